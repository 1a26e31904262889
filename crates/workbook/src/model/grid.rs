//! How a grid looks.

use super::{Formatter, LinkValue};

/// Settings of a grid.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridPanel {
    /// Rules for columns; the first that matches a column holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formatters: Vec<Formatter>,
    /// Other names for columns. Where every column shown has one, they stand in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<ColumnLabel>,
    /// The order of rows; none: the query's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// Rows shown at most; none: 250.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<usize>,
    /// Rows shown at most in a terminal among other panels; none: 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_on_page: Option<usize>,
    /// Whether a field to search the rows is shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub filter: bool,
    /// How rows stand below each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hierarchy: Option<Hierarchy>,
    /// Columns with the fewest cells of a terminal's width that leave room for them; narrower, they are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from_width: Vec<(String, usize)>,
    /// The panel that tells more about a row, by name, with the parameters it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill_down: Option<(String, Vec<(String, LinkValue)>)>,
}

/// Another name for a column.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnLabel {
    /// The column.
    pub column: String,
    /// The name shown; none: the column's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// The order of rows by one column.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// The column; also `$gen_bar_X_3`, which means `X`.
    pub column: String,
    /// From the greatest down.
    #[serde(default)]
    pub descending: bool,
}

/// How rows stand below each other.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hierarchy {
    /// Rows below the values of columns; `treeType` 1.
    Groups {
        /// The columns, from the outermost in.
        by: Vec<String>,
        /// The column whose values are the names of the rows themselves.
        #[serde(default)]
        last: Option<String>,
        /// Whether the outermost groups are unfolded at first.
        #[serde(default)]
        expanded: bool,
    },
    /// Rows below the row whose id they name; `treeType` 0.
    Parents {
        /// The column of a row's id.
        id: String,
        /// The column of the id of the row above.
        parent: String,
        /// The column that can be unfolded.
        #[serde(default)]
        expander: Option<String>,
        /// Whether the outermost rows are unfolded at first.
        #[serde(default)]
        expanded: bool,
    },
}
