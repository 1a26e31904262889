//! A query and its statements.

use super::{Expr, Name, Pipeline, Span, TypeName};

/// A whole text: statements separated by `;`. The tabular ones give the answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// `#connect …` and such lines at the start.
    pub directives: Vec<Directive>,
    /// In the order written.
    pub statements: Vec<Statement>,
}

/// A line that begins with `#`, meant for the tool that sends the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The line, `#` included.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// A tabular (or lone scalar) expression, which gives an answer.
    Tabular(Pipeline),
    /// `let name = …`
    Let(LetStatement),
    /// `set name = value`
    Set(SetStatement),
    /// `declare query_parameters(…)`
    DeclareQueryParameters(DeclareQueryParameters),
    /// `declare pattern …`
    DeclarePattern(DeclarePattern),
    /// `restrict access to (…)`
    RestrictAccess(RestrictAccess),
    /// `alias database name = cluster("c").database("d")`
    Alias(AliasStatement),
    /// `.show tables | …`
    Command(ManagementCommand),
}

/// `let name = value`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetStatement {
    /// The name that is given.
    pub name: Name,
    /// What it stands for.
    pub value: LetValue,
    /// `let` to the end of the value.
    pub span: Span,
}

/// What a `let` name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetValue {
    /// A scalar, or a tabular expression ([`super::ExprKind::Pipeline`], or a lone name or call: only the
    /// planner can tell).
    Expression(Expr),
    /// `(x:long, T:(*)) { … }`, `view () { … }`
    Function(FunctionDeclaration),
}

/// A query-defined function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionDeclaration {
    /// `view (…) {…}`: takes part in wildcards.
    pub view: bool,
    /// In order; tabular ones come first.
    pub parameters: Vec<FunctionParameter>,
    /// What it computes.
    pub body: FunctionBody,
    /// Where.
    pub span: Span,
}

/// One parameter of a function or of `declare query_parameters`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionParameter {
    /// Its name.
    pub name: Name,
    /// What it takes.
    pub kind: ParameterKind,
    /// `= value`, used when the argument is left out.
    pub default: Option<Expr>,
    /// Where.
    pub span: Span,
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterKind {
    /// `x:long`
    Scalar(TypeName),
    /// `T:(x:long, *)`
    Table(TableSchema),
}

/// A function's statements and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionBody {
    /// The `let`s before the result.
    pub statements: Vec<Statement>,
    /// The result, scalar or tabular.
    pub result: Option<Expr>,
    /// Braces included.
    pub span: Span,
}

/// `(a:long, b:string, *)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSchema {
    /// The named columns.
    pub columns: Vec<ColumnDeclaration>,
    /// Whether and where `*` stands for others.
    pub rest: RestColumns,
    /// Parentheses included.
    pub span: Span,
}

/// Where `*` stands in a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestColumns {
    /// The schema is closed.
    None,
    /// `(*, a:long)`
    First,
    /// `(a:long, *)`, `(*)`
    Last,
}

/// `name:type`, with `= default` in `scan`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDeclaration {
    /// The column.
    pub name: Name,
    /// Its type; absent only where the grammar lets it be (`find … project a`).
    pub type_name: Option<TypeName>,
    /// `= value`
    pub default: Option<Expr>,
    /// Where.
    pub span: Span,
}

/// `set name = value`, `set name`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetStatement {
    /// The option.
    pub name: Name,
    /// Its value; without one it is switched on.
    pub value: Option<Expr>,
    /// Where.
    pub span: Span,
}

/// `declare query_parameters(name:type = default, …)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclareQueryParameters {
    /// In order.
    pub parameters: Vec<FunctionParameter>,
    /// Where.
    pub span: Span,
}

/// `declare pattern name = (a:string)[path:string] { ("x").["y"] = { … }; }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarePattern {
    /// Its name.
    pub name: Name,
    /// What it takes; absent in `declare pattern name;`.
    pub definition: Option<PatternDefinition>,
    /// Where.
    pub span: Span,
}

/// What a pattern takes and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternDefinition {
    /// `(a:string, b:string)`
    pub parameters: Vec<ColumnDeclaration>,
    /// `[path:string]`
    pub path: Option<ColumnDeclaration>,
    /// The cases.
    pub matches: Vec<PatternMatch>,
}

/// `("x", "y").["path"] = { body }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternMatch {
    /// The arguments it is for.
    pub arguments: Vec<Expr>,
    /// `.["path"]`
    pub path: Option<Expr>,
    /// What it stands for.
    pub body: FunctionBody,
    /// Where.
    pub span: Span,
}

/// `restrict access to (a, database("d").*, …)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestrictAccess {
    /// What stays visible.
    pub entities: Vec<Expr>,
    /// Where.
    pub span: Span,
}

/// `alias database name = cluster("c").database("d")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasStatement {
    /// The new name.
    pub name: Name,
    /// The database.
    pub value: Expr,
    /// Where.
    pub span: Span,
}

/// `.show tables | where …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagementCommand {
    /// From the dot to the first `|`, trimmed.
    pub text: String,
    /// What follows; its source is [`super::Source::Input`].
    pub rest: Pipeline,
    /// Where.
    pub span: Span,
}
