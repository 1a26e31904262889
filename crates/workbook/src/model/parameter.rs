//! Parameters: named values a reader chooses.

use super::{Condition, JsonSource, QueryText, TimeContext};

/// Parameters that stand together.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Parameters {
    /// In order.
    pub parameters: Vec<Parameter>,
}

/// A named value.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Parameter {
    /// The name in queries and texts.
    pub name: String,
    /// The name for readers; none: the name.
    pub label: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// What it holds.
    pub kind: ParameterKind,
    /// Whether several values can be chosen.
    pub multiple: bool,
    /// What stands around each value in queries.
    pub quote: String,
    /// What stands between values in queries.
    pub delimiter: String,
    /// Whether `value::all` is offered.
    pub offers_all: bool,
    /// What stands for all values in queries, quoted like a value; none: all the values themselves.
    pub select_all: Option<String>,
    /// Numbers of first values offered as one choice: `value::1`, `value::3`.
    pub offers_first: Vec<usize>,
    /// Values that can be chosen at most.
    pub limit: Option<usize>,
    /// Whether the page waits for a value.
    pub required: bool,
    /// Whether the reader does not see it.
    pub hidden: bool,
    /// Whether the reader sees it only when it is set.
    pub quiet: bool,
    /// Whether it is one value for the whole workbook, groups and templates included.
    pub global: bool,
    /// The value it has at first.
    pub value: Shipped,
    /// Where the values offered come from.
    pub choices: Choices,
    /// What bounds the time of its query.
    pub time: TimeContext,
    /// The lengths of time offered, milliseconds.
    pub durations: Vec<i64>,
    /// Whether two times can be given.
    pub custom_time: bool,
    /// What a value must match, and what is said otherwise: regular expression, whether it must match, sentence.
    pub rules: Vec<(String, bool, String)>,
    /// When it is shown: all of them hold.
    pub conditions: Vec<Condition>,
}

impl Parameter {
    /// The name for readers.
    pub fn label(&self) -> &str {
        self.label.as_deref().filter(|label| !label.is_empty()).unwrap_or(&self.name)
    }
}

/// What a parameter holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum ParameterKind {
    /// Any text; type 1.
    #[default]
    Text,
    /// Out of a list; type 2.
    DropDown,
    /// A span of time; type 4.
    TimeRange,
    /// Values added by clicks; type 9.
    MultiValue,
    /// Out of a few, all seen; types 10 and 11.
    Options,
    /// Something of Azure's that is not here (a subscription, a resource …); types 5 to 8: what it is. It holds a fixed
    /// name, so that queries over the logs run.
    Resource(String),
}

/// The value a parameter is shipped with.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Shipped {
    /// None.
    #[default]
    Unset,
    /// A text; also `value::all`, `value::1`.
    Text(String),
    /// Several.
    List(Vec<String>),
    /// So many milliseconds back from now.
    Milliseconds(i64),
    /// From and to, as ISO text.
    Span(String, String),
}

/// Where the values offered come from; for a text, where its value comes from.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Choices {
    /// Nowhere: the reader writes one.
    #[default]
    None,
    /// Listed.
    List(Vec<Choice>),
    /// The rows of a query: value, label, selected, group.
    Query(QueryText),
    /// JSON text with parameters in braces: texts, or objects of value, label, selected, group.
    Json(String),
    /// Rows out of JSON.
    Rows(JsonSource),
    /// The result of the first rule that matches.
    Criteria(Vec<Criterion>),
    /// Rows that are not to be had here: why.
    Unavailable(String),
}

/// A value offered.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// The words for readers.
    pub label: String,
    /// Whether it is chosen at first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub selected: bool,
    /// The heading it stands under; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
}

/// A rule of a text's value.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// When it applies.
    pub test: CriterionTest,
    /// What the value then is.
    pub result: CriterionResult,
}

/// When a rule applies.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionTest {
    /// Always; `Default`.
    Always,
    /// A comparison.
    If {
        /// The left side, with parameters in braces: `{Name}`.
        left: String,
        /// The operator as the file writes it: `==`, `is Empty`, `contains`, `notContains`, `isValidJson` …
        operator: String,
        /// The right side, with parameters in braces.
        right: String,
    },
}

/// What a rule gives.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionResult {
    /// A text with parameters in braces.
    Text(String),
    /// The value of a parameter.
    Parameter(String),
    /// An expression over parameters in braces: arithmetic, as the file writes it.
    Expression(String),
}
