//! What a scalar function, scalar operator or window function is: one constant that binding, evaluation, reference
//! pages, completion and tests all read.
//!
//! ```text
//! pub const FUNCTION: Function = Function {
//!     name: "strlen",
//!     summary: "Counts the characters of a string.",
//!     signatures: &[signature(&[required("source", Text, "The text to measure.")], Is(Type::Long))],
//!     examples: &[example("print strlen('hello')", "5")],
//!     result_name: ResultName::Prefix("strlen"),
//!     evaluate: |call| call.longs(|row| Some(call[0].text(row).chars().count() as i64)),
//!     ..DEFAULTS
//! };
//! ```

use crate::call::{Call, EvaluateError, Evaluated};
use crate::types::Type;
use crate::value::Value;

/// A scalar function, scalar operator or window function.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// The name or operator symbol, as queries write it.
    pub name: &'static str,
    /// Other names for the very same function.
    pub aliases: &'static [&'static str],
    /// One sentence.
    pub summary: &'static str,
    /// The overloads, the most specific first.
    pub signatures: &'static [Signature],
    /// Chooses argument types and result where signatures cannot say it; tried before them.
    pub overload: Option<ChooseOverload>,
    /// The name an unnamed column gets from a call.
    pub result_name: ResultName,
    /// The columns of a call that gives several, where an operator lists columns.
    pub columns: Option<Columns>,
    /// What the planner must know beyond the types.
    pub kind: Kind,
    /// Whether a star among the arguments stands for all columns of the row (`pack_array(*)`).
    pub takes_star: bool,
    /// Whether the types of the arguments alone say the answer, unless one is a dynamic (`gettype`).
    pub type_only: bool,
    /// Queries with the text of their answer; every one runs in the tests.
    pub examples: &'static [Example],
    /// The engine's own operator that means the same, wherever nulls, NaN and text cannot make a difference.
    pub native: Option<NativeOperator>,
    /// Gives one value per row.
    pub evaluate: fn(&Call) -> Evaluated,
}

/// The defaults of all fields but the name: `Function { name: …, ..DEFAULTS }`.
pub const DEFAULTS: Function = Function {
    name: "",
    aliases: &[],
    summary: "",
    signatures: &[],
    overload: None,
    result_name: ResultName::None,
    columns: None,
    kind: Kind::Pure,
    takes_star: false,
    type_only: false,
    examples: &[],
    native: None,
    evaluate: |_| Err(EvaluateError(String::new())),
};

/// Operators that an engine has of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NativeOperator {
    /// Both; of false and null false.
    And,
    /// Either; of true and null true.
    Or,
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Below.
    Less,
    /// At most.
    LessOrEqual,
    /// Above.
    Greater,
    /// At least.
    GreaterOrEqual,
    /// At least the second and at most the third.
    Between,
    /// Equal to one of several.
    In,
    /// Neither null nor an empty text.
    IsNotEmpty,
}

/// What the planner must know of a function beyond its types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The same arguments give the same result: may be folded and shared.
    Pure,
    /// A new result for each row (`rand`, `new_guid`): never folded. In a plan such a call ends in one argument more, a
    /// column of the rows if there is one, so that no engine takes it for a constant; `evaluate` does not see it.
    Volatile,
    /// The query's instant is appended as one more datetime argument, the last (`now`, `ago`).
    Now,
    /// Needs the rows in order and sees them all at once: `call.rows` is the whole row set (`prev`, `row_number`).
    Window,
    /// A comparison: text literals convert to the other side's type.
    Comparison,
    /// The planner rewrites the call; `evaluate` is never reached.
    Special(Special),
}

/// Functions that are syntax in disguise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Special {
    /// `toscalar(T)`: the first cell of a table, evaluated once.
    ToScalar,
    /// `column_ifexists(name, default)`.
    ColumnIfExists,
    /// `iscolumnexists(name)`: whether there is such a column.
    IsColumnExists,
    /// `pack_all([ignore])`: all columns as a bag.
    PackAll,
    /// `bag_pack_columns(c, …)`: the columns as a bag under their names.
    BagPackColumns,
    /// `materialize(T)` where a scalar is wanted.
    Materialize,
    /// `column_names_of(T)`.
    ColumnNamesOf,
    /// `bin_auto(x)`: reads the query's options.
    BinAuto,
    /// What can only be said of the elements of a graph's pattern.
    Graph(GraphFunction),
}

/// What is said of the elements of a graph's pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GraphFunction {
    /// `all(e, condition)`
    All,
    /// `any(e, condition)`
    Any,
    /// `map(e, expression)`
    Map,
    /// `inner_nodes(e)`
    InnerNodes,
    /// `node_degree_in(n)`
    DegreeIn,
    /// `node_degree_out(n)`
    DegreeOut,
    /// `node_id(n)`
    NodeId,
    /// `labels(x)`
    Labels,
}

/// The name an unnamed column gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResultName {
    /// `Column1`, `Column2`, …
    None,
    /// The name of the first argument: `tostring(d.a)` is `d_a`.
    FirstArgument,
    /// The prefix, `_`, the first argument's name: `strlen(s)` is `strlen_s`, without a name `strlen_`.
    Prefix(&'static str),
    /// The first argument's name (or the text given), `_`, the suffix: `array_sort_asc(d)` is `d_sorted`.
    Suffix(&'static str),
    /// The prefix and the names of all arguments but a predicate, joined by `_`: `covariance_x_y`, `percentile_x_95`
    /// (a constant by its digits, a point as `_`: `percentile_x_99_9`).
    All(&'static str),
    /// The same with the first and the last argument only: `percentilew(x, weight, 50)` is `percentile_x_50`.
    Ends(&'static str),
}

/// How a call gives several columns: `evaluate` gives them all as one dynamic, which the planner takes apart.
#[derive(Clone, Copy, Debug)]
pub enum Columns {
    /// The parts of a bag with the types to convert them to, each column named by the function, the first argument and
    /// the part: `series_stats(x)` gives `series_stats_x_min`, `series_stats_x_min_idx`, …
    Parts(&'static [(&'static str, Type)]),
    /// The elements of an array, one for each dynamic argument and named after it by the rule of the result name. With
    /// a single such argument the result itself: `array_sort_asc(a, b)` gives `a_sorted`, `b_sorted`.
    Arguments,
}

/// An overload: parameters and what comes back.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// The formal slots; only the last ones may be optional or repeated.
    pub parameters: &'static [Parameter],
    /// The type of the result.
    pub returns: Returns,
}

/// A formal slot.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The name shown in help.
    pub name: &'static str,
    /// The types taken.
    pub accepts: Accepts,
    /// How often it may occur.
    pub occurs: Occurs,
    /// Whether the argument must be known before any row.
    pub constant: bool,
    /// What it is for.
    pub summary: &'static str,
}

/// How often an argument occurs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Occurs {
    /// Once.
    Once,
    /// Once or not at all.
    Optional,
    /// At least this often; only for the last slot.
    Repeated(usize),
}

/// The types a slot takes. int widens to long, integers to real and decimal; a dynamic converts to the held value
/// wherever the slot is not text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Accepts {
    /// That type, or one that widens to it.
    Is(Type),
    /// One of these types as they are.
    OneOf(&'static [Type]),
    /// Any type.
    Any,
    /// string or dynamic: the evaluation reads `text`.
    Text,
    /// int or long.
    Integer,
    /// int, long, real or decimal.
    Number,
    /// A number, datetime or timespan.
    Summable,
    /// Any type but dynamic.
    Orderable,
    /// All slots marked so share one type, reached by widening.
    Common,
}

/// The type of the result.
#[derive(Clone, Copy, Debug)]
pub enum Returns {
    /// That type.
    Is(Type),
    /// The type of the argument at that place.
    Argument(usize),
    /// The type in which the `Common` arguments met.
    Common,
    /// The widest of the number arguments; int counts as long.
    Widest,
    /// Computed from types and constants; `None` refuses the call.
    Computed(fn(&[ArgumentInfo]) -> Option<Type>),
}

/// What is known of an argument before evaluation.
#[derive(Clone, Debug)]
pub struct ArgumentInfo {
    /// Its type.
    pub ty: Type,
    /// Its value, when known before any row. `typeof(long)` is the string `long`.
    pub constant: Option<Value>,
}

/// Chooses argument types and result of a call from what is known of its arguments; `None` when it does not fit.
pub type ChooseOverload = fn(&[ArgumentInfo]) -> Option<Overload>;

/// The outcome of choosing an overload.
#[derive(Clone, PartialEq, Debug)]
pub struct Overload {
    /// The type each argument must be converted to; equal to the given one where nothing is to be done.
    pub arguments: Vec<Type>,
    /// The type of the result.
    pub returns: Type,
}

/// A query and the text of its only cell, or of its cells joined by `, `.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// A whole query.
    pub query: &'static str,
    /// Each row's cells as `tostring` shows them joined by `, `; rows joined by `; `.
    pub answer: &'static str,
}

/// An overload.
pub const fn signature(parameters: &'static [Parameter], returns: Returns) -> Signature {
    Signature { parameters, returns }
}

/// A slot that must be filled.
pub const fn required(name: &'static str, accepts: Accepts, summary: &'static str) -> Parameter {
    Parameter { name, accepts, occurs: Occurs::Once, constant: false, summary }
}

/// A slot that may stay empty.
pub const fn optional(name: &'static str, accepts: Accepts, summary: &'static str) -> Parameter {
    Parameter { name, accepts, occurs: Occurs::Optional, constant: false, summary }
}

/// A last slot that may be filled again and again, at least `least` times.
pub const fn repeated(
    name: &'static str,
    accepts: Accepts,
    least: usize,
    summary: &'static str,
) -> Parameter {
    Parameter { name, accepts, occurs: Occurs::Repeated(least), constant: false, summary }
}

/// The same slot, for values known before any row.
pub const fn constant(parameter: Parameter) -> Parameter {
    Parameter { constant: true, ..parameter }
}

/// An example.
pub const fn example(query: &'static str, answer: &'static str) -> Example {
    Example { query, answer }
}
