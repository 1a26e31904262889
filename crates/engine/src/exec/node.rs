//! The logical node: an operation over inputs. Its columns are those of its (first) input, then the added ones.

use super::graph::{GraphKeys, GraphTask};
use super::scan::Scan;
use arrow::array::ArrayRef;
use arrow::datatypes::Field;
use calypso_library::Type;
use calypso_library::call::EvaluateError;
use calypso_library::function::Function;
use calypso_library::plugin::{Plugin, PluginCall, PluginRows};
use calypso_planner::plan::{KeyPattern, ParsePattern};
use datafusion::common::{DFSchema, DFSchemaRef};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, LogicalPlan, UserDefinedLogicalNodeCore};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What a node of ours does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    /// Rows in the order of the expressions, kept by all that stands above; only the first `fetch` when given.
    Order { directions: Vec<Direction>, fetch: Option<u64> },
    /// The inputs one after another.
    Concatenate,
    /// The first row of each combination of the expressions.
    FirstPerKey,
    /// The number of each row, from 1, within each combination of the expressions.
    Number,
    /// Window functions over all rows at once; the expressions are their arguments, one call after another. Further
    /// expressions before these tell the rows apart that the functions see.
    Window(Vec<WindowFunction>),
    /// One row per element of the expressions, side by side.
    Expand(Expand),
    /// Columns out of the text that the expression gives.
    Parse(Parse),
    /// The values of keys out of the text that the expression gives.
    ParseKv(KeyPattern),
    /// What a plugin makes of all rows; none of the input's columns remain.
    Evaluate(Evaluate),
    /// Steps that rows match one after another.
    Scan(ScanProgram),
    /// A task over the two inputs, the nodes and the edges of a graph.
    Graph(GraphTask, GraphKeys),
}

/// A scan with its formulas. Copies of one node share it, and no other is equal to it.
#[derive(Clone, Debug)]
pub(crate) struct ScanProgram(pub Arc<Scan>);

impl PartialEq for ScanProgram {
    fn eq(&self, other: &ScanProgram) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for ScanProgram {}

impl Hash for ScanProgram {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// A plugin with its arguments.
#[derive(Clone, Debug)]
pub(crate) struct Evaluate {
    /// Which.
    pub plugin: &'static Plugin,
    /// Its work.
    pub evaluate: fn(&PluginCall, &PluginRows) -> std::result::Result<Vec<ArrayRef>, EvaluateError>,
    /// Its arguments.
    pub call: Arc<PluginCall>,
    /// Names of the input's columns in the order of the call.
    pub columns: Vec<String>,
    /// Names of the other table's columns in the order of the call.
    pub lookup_columns: Vec<String>,
}

impl PartialEq for Evaluate {
    fn eq(&self, other: &Evaluate) -> bool {
        self.plugin.name == other.plugin.name
            && self.call == other.call
            && self.columns == other.columns
            && self.lookup_columns == other.lookup_columns
    }
}

impl Eq for Evaluate {}

impl Hash for Evaluate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.plugin.name.hash(state);
        self.columns.hash(state);
    }
}

/// What `parse` looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parse {
    /// The pattern.
    pub pattern: ParsePattern,
    /// Rows without a match are dropped.
    pub only_matches: bool,
}

impl Hash for Parse {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.pattern.flags.hash(state);
        self.only_matches.hash(state);
    }
}

/// How dynamics are expanded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Expand {
    /// What the expressions are: dynamics, or strings to be read by `parse_json`.
    pub from: Vec<Type>,
    /// What the elements of each expression become.
    pub to: Vec<Type>,
    /// Whether a last column counts the elements from 0.
    pub item_index: bool,
    /// A bag gives `[key, value]` pairs.
    pub bags_as_arrays: bool,
    /// At most so many rows per row.
    pub limit: u64,
}

/// Which way a sort key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Direction {
    /// Greatest first.
    pub descending: bool,
    /// Nulls before all others.
    pub nulls_first: bool,
}

/// A window function with the types of a call.
#[derive(Clone, Debug)]
pub(crate) struct WindowFunction {
    /// Which.
    pub function: &'static Function,
    /// Types of its arguments.
    pub arguments: Vec<Type>,
    /// Type of its result.
    pub returns: Type,
}

impl WindowFunction {
    fn identity(&self) -> (&'static str, &[Type], Type) {
        (self.function.name, &self.arguments, self.returns)
    }
}

impl PartialEq for WindowFunction {
    fn eq(&self, other: &WindowFunction) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for WindowFunction {}

impl Hash for WindowFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

impl Operation {
    /// The name in explanations.
    pub fn name(&self) -> &'static str {
        match self {
            Operation::Order { .. } => "Order",
            Operation::Concatenate => "Concatenate",
            Operation::FirstPerKey => "FirstPerKey",
            Operation::Number => "Number",
            Operation::Window(_) => "KqlWindow",
            Operation::Scan(_) => "Scan",
            Operation::Expand(_) => "Expand",
            Operation::Parse(_) => "Parse",
            Operation::ParseKv(_) => "ParseKv",
            Operation::Evaluate(_) => "Evaluate",
            Operation::Graph(GraphTask::Measure(_), _) => "GraphMeasure",
            Operation::Graph(GraphTask::Match { .. }, _) => "GraphMatch",
        }
    }

    /// What asks for memory, in the words of queries.
    pub fn word(&self) -> &'static str {
        match self {
            Operation::Order { .. } => "`sort`",
            Operation::Concatenate => "`union`",
            Operation::FirstPerKey => "`join kind=innerunique`",
            Operation::Number => "the number of rows in each group",
            Operation::Window(_) => "a window function",
            Operation::Scan(_) => "`scan`",
            Operation::Expand(_) => "`mv-expand`",
            Operation::Parse(_) => "`parse`",
            Operation::ParseKv(_) => "`parse-kv`",
            Operation::Evaluate(_) => "`evaluate`",
            Operation::Graph(..) => "a graph",
        }
    }

    /// How many rows are taken at once: few, where each may give many.
    pub fn rows_at_once(&self) -> usize {
        match self {
            Operation::Expand(_) => 1024,
            Operation::Order { .. }
            | Operation::Concatenate
            | Operation::FirstPerKey
            | Operation::Number
            | Operation::Window(_)
            | Operation::Scan(_)
            | Operation::Parse(_)
            | Operation::ParseKv(_)
            | Operation::Evaluate(_)
            | Operation::Graph(..) => usize::MAX,
        }
    }

    /// Whether all rows must come through one partition.
    pub fn single_partition(&self) -> bool {
        match self {
            Operation::Order { .. }
            | Operation::Concatenate
            | Operation::FirstPerKey
            | Operation::Number
            | Operation::Window(_)
            | Operation::Scan(_)
            | Operation::Evaluate(_)
            | Operation::Graph(..) => true,
            Operation::Expand(_) | Operation::Parse(_) | Operation::ParseKv(_) => false,
        }
    }

    /// Whether the columns of the (first) input remain.
    fn keeps_columns(&self) -> bool {
        !matches!(self, Operation::Evaluate(_) | Operation::Graph(GraphTask::Match { .. }, _))
    }

    /// Whether a filter on the input's columns may run before it.
    fn filter_may_pass(&self) -> bool {
        match self {
            Operation::Order { fetch, .. } => fetch.is_none(),
            Operation::Concatenate | Operation::Expand(_) | Operation::Parse(_) | Operation::ParseKv(_) => {
                true
            }
            Operation::FirstPerKey
            | Operation::Number
            | Operation::Window(_)
            | Operation::Scan(_)
            | Operation::Evaluate(_)
            | Operation::Graph(..) => false,
        }
    }
}

/// An operation over inputs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OperatorNode {
    /// What it does.
    pub operation: Operation,
    /// Rows in.
    pub inputs: Vec<LogicalPlan>,
    /// What it reads of each row.
    pub expressions: Vec<Expr>,
    /// Columns behind those of the input.
    pub added: Vec<(String, Type)>,
    schema: DFSchemaRef,
}

impl OperatorNode {
    /// Computes the schema.
    pub fn new(
        operation: Operation,
        inputs: Vec<LogicalPlan>,
        expressions: Vec<Expr>,
        added: Vec<(String, Type)>,
    ) -> Result<OperatorNode> {
        let mut fields = Vec::new();
        if let (Some(input), true) = (inputs.first(), operation.keeps_columns()) {
            let known = input.schema().iter();
            fields.extend(known.map(|(table, field)| (table.cloned(), Arc::clone(field))));
        }
        fields.extend(added.iter().map(|(name, ty)| (None, Arc::new(Field::new(name, ty.arrow(), true)))));
        let schema = Arc::new(DFSchema::new_with_metadata(fields, HashMap::new())?);
        Ok(OperatorNode { operation, inputs, expressions, added, schema })
    }
}

impl PartialOrd for OperatorNode {
    fn partial_cmp(&self, other: &OperatorNode) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}

impl UserDefinedLogicalNodeCore for OperatorNode {
    fn name(&self) -> &str {
        self.operation.name()
    }

    fn inputs(&self) -> Vec<&LogicalPlan> {
        self.inputs.iter().collect()
    }

    fn schema(&self) -> &DFSchemaRef {
        &self.schema
    }

    fn expressions(&self) -> Vec<Expr> {
        self.expressions.clone()
    }

    fn prevent_predicate_push_down_columns(&self) -> HashSet<String> {
        if self.operation.filter_may_pass() {
            self.added.iter().map(|(name, _)| name.clone()).collect()
        } else {
            self.schema.fields().iter().map(|field| field.name().clone()).collect()
        }
    }

    fn fmt_for_explain(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let expressions = self.expressions.iter().map(ToString::to_string).collect::<Vec<_>>();
        write!(f, "{}: {}", self.operation.name(), expressions.join(", "))
    }

    fn with_exprs_and_inputs(&self, exprs: Vec<Expr>, inputs: Vec<LogicalPlan>) -> Result<OperatorNode> {
        OperatorNode::new(self.operation.clone(), inputs, exprs, self.added.clone())
    }

    fn necessary_children_exprs(&self, output_columns: &[usize]) -> Option<Vec<Vec<usize>>> {
        if let Operation::Graph(..) = self.operation {
            // Lowering gave the inputs only columns that are read.
            let all = self.inputs.iter().map(|input| (0..input.schema().fields().len()).collect());
            return Some(all.collect::<Vec<Vec<usize>>>());
        }
        // What the expressions read is added by the caller.
        let wanted = self.inputs.iter().map(|input| {
            let width = input.schema().fields().len();
            if !self.operation.keeps_columns() {
                return (0..width).collect();
            }
            output_columns.iter().copied().filter(|column| *column < width).collect::<Vec<_>>()
        });
        Some(wanted.collect())
    }
}
