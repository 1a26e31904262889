//! Panels and lists whose rows come from other panels or from JSON text.

/// Rows made of the rows of other items, step by step; `queryType` 7.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The steps; the last gives the rows.
    pub steps: Vec<MergeStep>,
    /// The columns kept, in order and under which names; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Renamed>,
}

/// One step of a merge.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeStep {
    /// The id by which later steps mean it.
    #[serde(default)]
    pub id: String,
    /// How the two are put together.
    pub kind: MergeKind,
    /// The name of an item with rows, or the id of an earlier step.
    pub left: String,
    /// The other; none for a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    /// The column of the left that is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_column: Option<String>,
    /// The column of the right that is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right_column: Option<String>,
}

/// How two row sets are put together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names of Kusto's joins")]
pub enum MergeKind {
    Union,
    /// The rows of one item again.
    Copy,
    Inner,
    InnerUnique,
    LeftOuter,
    RightOuter,
    FullOuter,
    LeftSemi,
    RightSemi,
    LeftAnti,
    RightAnti,
}

/// A column of a merge's answer.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    /// `[item].column`, or a column's name; empty for a new column.
    #[serde(default)]
    pub from: String,
    /// The name it has.
    pub to: String,
    /// For a new column: the rule of every row, first that matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<super::Criterion>,
}

/// Rows out of JSON text; `queryType` 8.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JsonSource {
    /// The text, with parameters in braces.
    pub content: String,
    /// What is taken out of it; none: an array of objects is its rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transformer: Option<Transformer>,
}

/// What is taken out of JSON.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transformer {
    /// The JSONPath of the rows; empty for the whole.
    #[serde(default)]
    pub rows: String,
    /// Path within a row, name, and type as the file writes it (`string`, `number`, `long`, `datetime` …; may be empty).
    #[serde(default)]
    pub columns: Vec<(String, String, String)>,
}
