//! The bound plan: a typed tree in which every name is resolved and every type known. In: what the binder makes of a
//! syntax tree. Out: what the engine lowers.
//!
//! Columns are known by number: names are for people, may repeat between operators, and appear only in the output
//! list. A node gives exactly the columns of its `Plan::columns`, in that order.

use crate::effect::Effect;
use calypso_library::aggregate::Aggregate;
use calypso_library::function::Function;
use calypso_library::graph::{Connection, PathValue, Pattern};
use calypso_library::plugin::{Plugin, PluginCall};
use calypso_library::{Type, Value, Visualization, parse_kv};
use std::sync::Arc;

/// The number of a column, unique within a bound query.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ColumnId(pub u32);

/// A column that a node gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanColumn {
    /// What expressions above refer to.
    pub id: ColumnId,
    /// What people see.
    pub name: String,
    /// The type.
    pub ty: Type,
}

/// A node with the columns it gives.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What makes the rows.
    pub node: Node,
    /// The columns it gives, in order.
    pub columns: Vec<PlanColumn>,
}

/// What makes rows.
#[derive(Clone, Debug)]
pub enum Node {
    /// A table of the catalog. `Plan::columns` lists all its columns, under their own names.
    Table {
        /// Its name.
        name: String,
    },
    /// Rows of files, read when the plan runs. `Plan::columns` are as declared.
    External(External),
    /// Rows given in the query (`datatable`, `print`); expressions refer to no column.
    Values {
        /// One list per row, as long as `Plan::columns`.
        rows: Vec<Vec<Expr>>,
    },
    /// `range`: one column from `from` to `to`, both included, by `step`. All three have the column's type, but for a
    /// datetime column `step` is a timespan. They refer to no column. A zero or null step gives no row.
    Range {
        /// First value.
        from: Expr,
        /// Bound, included.
        to: Expr,
        /// Distance; may be negative.
        step: Expr,
    },
    /// Rows where the predicate (bool) is true; null counts as false.
    Filter {
        /// Rows in.
        input: Box<Plan>,
        /// A bool.
        predicate: Expr,
    },
    /// One expression per column of `Plan::columns`, all over the input. Keeps order.
    Project {
        /// Rows in.
        input: Box<Plan>,
        /// In the order of `Plan::columns`.
        expressions: Vec<Expr>,
    },
    /// Groups. `Plan::columns` are the keys, then the aggregates. Without keys always one row; with keys none for an
    /// empty input. Null keys form one group.
    Aggregate {
        /// Rows in.
        input: Box<Plan>,
        /// What rows are grouped by.
        keys: Vec<Expr>,
        /// One per remaining column.
        aggregates: Vec<AggregateExpr>,
    },
    /// Rows in order; what stands above sees them so until an operator that loses order.
    Sort {
        /// Rows in.
        input: Box<Plan>,
        /// Most significant first.
        keys: Vec<SortKey>,
    },
    /// The first rows of an ordered input, any rows of another.
    Take {
        /// Rows in.
        input: Box<Plan>,
        /// At most so many.
        count: u64,
    },
    /// Pairs of rows with equal keys; null equals null. `Plan::columns` are the left columns, then the right ones; for
    /// semi and anti kinds only one side's. Columns of an absent side are null, strings empty. Without keys each left
    /// row pairs with each right row.
    Join {
        /// Left rows.
        left: Box<Plan>,
        /// Right rows.
        right: Box<Plan>,
        /// Which rows stay.
        kind: JoinKind,
        /// Left and right key expressions, of equal types.
        keys: Vec<(Expr, Expr)>,
    },
    /// All rows of all inputs.
    Union {
        /// Each input with one expression over it per column of `Plan::columns`.
        inputs: Vec<(Plan, Vec<Expr>)>,
    },
    /// One row per element of the arrays or bags, expanded side by side. `Plan::columns` are the input's, then one per
    /// expansion, then the item index (long, from 0) when asked for.
    MvExpand {
        /// Rows in.
        input: Box<Plan>,
        /// What is expanded.
        expansions: Vec<Expansion>,
        /// Whether the last column counts the elements from 0.
        item_index: bool,
        /// `kind=array`: a bag gives `[key, value]` pairs instead of one-key bags.
        bags_as_arrays: bool,
        /// At most so many rows per input row.
        limit: u64,
    },
    /// Window calls over the ordered input. `Plan::columns` are the input's, then one per call. With a partition the
    /// rows come out partition by partition.
    Window {
        /// Rows in, in order.
        input: Box<Plan>,
        /// What calls see the rows of; all rows without it.
        partition: Vec<Expr>,
        /// Each a window function (`Kind::Window`) with plain arguments.
        calls: Vec<WindowCall>,
    },
    /// The place of each row, from 1, within its partition by order of the keys. `Plan::columns` are the input's, then
    /// one long. Without partition and keys: the row's number in the input order, unique.
    Rank {
        /// Rows in.
        input: Box<Plan>,
        /// What rows are numbered within.
        partition: Vec<Expr>,
        /// What numbers follow.
        keys: Vec<SortKey>,
    },
    /// `parse`: columns out of a text. `Plan::columns` are the input's, then one per captured column.
    Parse {
        /// Rows in.
        input: Box<Plan>,
        /// The text.
        source: Expr,
        /// What is looked for.
        pattern: ParsePattern,
        /// Rows without a match are dropped (`parse-where`).
        only_matches: bool,
    },
    /// `parse-kv`: values of keys out of a text. `Plan::columns` are the input's, then one per key.
    ParseKv {
        /// Rows in.
        input: Box<Plan>,
        /// The text.
        source: Expr,
        /// What is looked for.
        keys: KeyPattern,
    },
    /// `evaluate`: what a plugin makes of all rows. `Plan::columns` are those of `PluginCall::output`; columns of the
    /// inputs are known to the call by their places.
    Evaluate {
        /// Rows in.
        input: Box<Plan>,
        /// The other table, for plugins that take one.
        lookup: Option<Box<Plan>>,
        /// Which; its work is `Work::Rows`.
        plugin: &'static Plugin,
        /// With which arguments.
        call: Arc<PluginCall>,
    },
    /// `scan`: steps that rows match one after another. `Plan::columns` are the input's, then one per set column, then
    /// the number of the match (long, from 0) when asked for.
    Scan {
        /// Rows in, in order.
        input: Box<Plan>,
        /// Each combination of these has steps of its own.
        partition: Vec<Expr>,
        /// The columns that steps set.
        sets: Vec<ScanSet>,
        /// What steps may remember.
        memory: Vec<Remembered>,
        /// In order.
        steps: Vec<ScanStep>,
        /// Whether the last column numbers the match.
        match_id: bool,
    },
    /// The nodes of a graph with what their edges say of them. `Plan::columns` are the nodes', then one long per measure.
    GraphMeasure {
        /// The nodes.
        nodes: Box<Plan>,
        /// The edges.
        edges: Box<Plan>,
        /// Which node is at which end of an edge.
        ends: GraphEnds,
        /// What is measured.
        measures: Vec<Measure>,
    },
    /// The matches of a pattern in a graph. `Plan::columns`: one per value.
    GraphMatch {
        /// The nodes.
        nodes: Box<Plan>,
        /// The edges.
        edges: Box<Plan>,
        /// Which node is at which end of an edge.
        ends: GraphEnds,
        /// What is looked for.
        pattern: Pattern<ColumnId>,
        /// What is given of each match.
        values: Vec<PathValue<ColumnId>>,
    },
    /// A plan computed once per query, however often it stands there with the same number. `Plan::columns` are the
    /// inner plan's by position, under numbers of their own.
    Shared {
        /// Which.
        number: u32,
        /// What is computed.
        plan: Arc<Plan>,
        /// Whether the query asks for that (`materialize`). Otherwise it only saves time, and where there are too many
        /// rows to hold, they are computed wherever the plan stands.
        asked: bool,
    },
}

/// A typed expression over the columns of an input.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A column of the input.
    Column(ColumnId, Type),
    /// A known value.
    Literal(Value),
    /// A call of a scalar function or operator; arguments have the types its overload wants.
    Call {
        /// Which.
        function: &'static Function,
        /// In order. For `Kind::Now` the query's instant comes last.
        arguments: Vec<Expr>,
        /// The type of the result.
        returns: Type,
    },
    /// `toscalar(T)`: the first cell, absent when there is no row; computed once.
    Scalar(Arc<Plan>, Type),
    /// The first column of a table as a dynamic array, nulls kept, at most 1,048,576 values (`x in (T)`); computed
    /// once.
    FirstColumn(Arc<Plan>),
}

/// A call of an aggregate.
#[derive(Clone, Debug)]
pub struct AggregateExpr {
    /// Which.
    pub aggregate: &'static Aggregate,
    /// Without the predicate.
    pub arguments: Vec<Expr>,
    /// Only rows where it is true take part.
    pub predicate: Option<Expr>,
    /// The type of the result.
    pub returns: Type,
}

/// A call of a window function.
#[derive(Clone, Debug)]
pub struct WindowCall {
    /// Which; `Kind::Window`.
    pub function: &'static Function,
    /// Over the input's columns.
    pub arguments: Vec<Expr>,
    /// The type of the result.
    pub returns: Type,
}

/// Which node is at which end of an edge: columns of equal types side by side, null equal to null. Edges of which an end
/// is no node are not part of the graph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GraphEnds {
    /// The key of a node.
    pub node: Vec<ColumnId>,
    /// The key of the node at which an edge begins.
    pub source: Vec<ColumnId>,
    /// The key of the node at which an edge ends.
    pub target: Vec<ColumnId>,
    /// Whether edges have a direction.
    pub directed: bool,
}

/// What the edges of a graph say of a node, as a long.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Measure {
    /// How many edges end there.
    DegreeIn,
    /// How many edges begin there.
    DegreeOut,
    /// The number of its component, from 0.
    Component(Connection),
}

/// A sort key.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What is compared: by value; strings ordinal; NaN stands beside the nulls, on the inner side.
    pub expr: Expr,
    /// Greatest first.
    pub descending: bool,
    /// Nulls (and NaN) before all others.
    pub nulls_first: bool,
}

/// An array to expand.
#[derive(Clone, Debug)]
pub struct Expansion {
    /// A dynamic.
    pub source: Expr,
    /// The elements cast to this type; `Dynamic` leaves them.
    pub to: Type,
}

/// Files and how their rows are written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct External {
    /// Paths, none on a network.
    pub addresses: Vec<String>,
    /// `csv`, `json` …; else told by the ending of the path.
    pub format: Option<String>,
    /// Whether the first record of each file is a header.
    pub skip_first: bool,
    /// Which column is where, as JSON; else columns of separated values go by place, of JSON by name.
    pub mapping: Option<String>,
}

/// Which rows a join gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JoinKind {
    /// The left side reduced to one row per key (the first), then inner. The language's default.
    InnerUnique,
    /// Pairs.
    Inner,
    /// Pairs, and left rows without a match.
    LeftOuter,
    /// Pairs, and right rows without a match.
    RightOuter,
    /// Pairs, and rows of both sides without a match.
    FullOuter,
    /// Left rows with a match.
    LeftSemi,
    /// Right rows with a match.
    RightSemi,
    /// Left rows without a match.
    LeftAnti,
    /// Right rows without a match.
    RightAnti,
}

/// What `parse` looks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParsePattern {
    /// How.
    pub kind: ParseKind,
    /// Regular expression flags.
    pub flags: String,
    /// In order.
    pub parts: Vec<ParsePart>,
}

/// How `parse` matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParseKind {
    /// All or nothing.
    Simple,
    /// Texts are regular expressions.
    Regex,
    /// Each column converts alone.
    Relaxed,
}

/// A part of a `parse` pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ParsePart {
    /// Skip.
    Star,
    /// A text, or a regular expression.
    Text(String),
    /// Capture into the next column, of this type.
    Column(Type),
}

/// What `parse-kv` looks for; the options are known to be valid.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct KeyPattern {
    /// The keys, with the types of their values.
    pub keys: Vec<(String, Type)>,
    /// How keys and values stand in the text.
    pub options: parse_kv::Options,
}

/// A column that the steps of a `scan` set.
#[derive(Clone, Debug)]
pub struct ScanSet {
    /// Its value in a row whose step does not set it, over the input.
    pub unset: Expr,
    /// What a step remembers of it before any row matched.
    pub initial: Value,
}

/// A value of the last row that matched a step.
#[derive(Clone, Debug)]
pub struct Remembered {
    /// What the expressions of steps read it by.
    pub column: PlanColumn,
    /// Which step remembers.
    pub step: usize,
    /// What.
    pub source: ScanSource,
    /// Before any row matched.
    pub absent: Value,
}

/// What a step remembers of a row.
#[derive(Clone, Debug)]
pub enum ScanSource {
    /// The column that steps set, by its place.
    Set(usize),
    /// A column of the input.
    Row(Expr),
}

/// A step of a `scan`. Its expressions read the input's columns and what steps remember.
#[derive(Clone, Debug)]
pub struct ScanStep {
    /// A bool: when a row matches.
    pub condition: Expr,
    /// The columns it sets, by their places, with their values.
    pub assignments: Vec<(usize, Expr)>,
    /// Which matching rows are given on.
    pub output: ScanOutput,
}

/// Which of the rows that match a step are given on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScanOutput {
    /// All.
    All,
    /// The last of each run.
    Last,
    /// None.
    None,
}

/// A bound query: its answers in order.
#[derive(Clone, Debug)]
pub struct Bound {
    /// One per tabular statement, several where it ends in an operator that gives several (`fork`, `facet`).
    pub answers: Vec<BoundAnswer>,
    /// `set truncationmaxrecords`: an answer of more rows is an error.
    pub most_rows: Option<u64>,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct BoundAnswer {
    /// What the query calls it: a branch of `fork`, `as X` at the end.
    pub name: Option<String>,
    /// What is computed.
    pub plan: Plan,
    /// What `render` asks for.
    pub visualization: Option<Visualization>,
    /// What a command changes first; the answer is about it.
    pub effect: Option<Effect>,
}

impl Expr {
    /// The type.
    pub fn ty(&self) -> Type {
        match self {
            Expr::Column(_, ty) | Expr::Scalar(_, ty) => *ty,
            Expr::Literal(value) => value.ty(),
            Expr::Call { returns, .. } => *returns,
            Expr::FirstColumn(_) => Type::Dynamic,
        }
    }

    /// The value, when known before any row.
    pub fn literal(&self) -> Option<&Value> {
        match self {
            Expr::Literal(value) => Some(value),
            Expr::Column(..) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => None,
        }
    }
}

impl PlanColumn {
    /// An expression that reads it.
    pub fn expr(&self) -> Expr {
        Expr::Column(self.id, self.ty)
    }
}

impl Plan {
    /// The column of that name; the language keeps names unique within a row set.
    pub fn column(&self, name: &str) -> Option<&PlanColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}
