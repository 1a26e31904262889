//! Tabular expressions: a source and operators, and the parts that operators share.

use super::*;

/// A source and the operators its rows flow through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// Where the rows come from.
    pub source: Source,
    /// What is done to them, in order.
    pub operators: Vec<Operator>,
    /// Where.
    pub span: Span,
}

/// Where a pipeline's rows come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A name, a path, a call, a subquery in parentheses (any expression, as far as syntax goes).
    Expression(Expr),
    /// The rows of the operator this pipeline is written in: `mv-apply x on (where x > 1)`, `fork (count)`.
    Input,
    /// `print …`
    Print(Print),
    /// `range x from 1 to 10 step 1`
    Range(Range),
    /// `datatable (a:long) [1, 2]`
    Datatable(Datatable),
    /// `externaldata (a:long) ["https://…"]`
    Externaldata(Externaldata),
    /// `inline_external_table (a:long) kind=storage …`
    InlineExternalTable(InlineExternalTable),
    /// `union A, B`
    Union(Union),
    /// `find in (A, B) where …`
    Find(Find),
    /// `search in (A, B) "text"`
    Search(Search),
    /// `evaluate plugin()`
    Evaluate(Evaluate),
    /// `macro-expand group as x (…)`
    MacroExpand(MacroExpand),
}

/// `kind = inner`, `hint.strategy = shuffle`, `withsource = Table`; also a property in `with (…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorParameter {
    /// Its name, dots included.
    pub name: Name,
    /// Its value: a literal, a name, or a path of names.
    pub value: Expr,
    /// Where.
    pub span: Span,
}

/// `expression asc nulls first`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    /// What is sorted by.
    pub value: NamedExpr,
    /// `asc`, `desc`; descending when left out.
    pub direction: Option<Direction>,
    /// `nulls first`, `nulls last`; last for descending, first for ascending when left out.
    pub nulls: Option<Nulls>,
    /// Where.
    pub span: Span,
}

/// Which way a key is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `asc`
    Ascending,
    /// `desc`
    Descending,
    /// `granny-asc`, in `project-reorder`
    GrannyAscending,
    /// `granny-desc`, in `project-reorder`
    GrannyDescending,
}

/// Where nulls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nulls {
    /// `nulls first`
    First,
    /// `nulls last`
    Last,
}

/// An array to be expanded: `name = expression to typeof(long)`, in `mv-expand` and `mv-apply`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpandedColumn {
    /// The array or bag.
    pub value: NamedExpr,
    /// `to typeof(long)`
    pub to_type: Option<TypeName>,
    /// Where.
    pub span: Span,
}

impl Direction {
    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Ascending => "asc",
            Direction::Descending => "desc",
            Direction::GrannyAscending => "granny-asc",
            Direction::GrannyDescending => "granny-desc",
        }
    }
}

impl Nulls {
    /// As written.
    pub fn words(self) -> &'static str {
        match self {
            Nulls::First => "nulls first",
            Nulls::Last => "nulls last",
        }
    }
}
