//! How a value is shown: in a cell of a grid or a part of a tile.

/// A rule for columns.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formatter {
    /// The column: its name, else a regular expression for the whole name. `$gen_group` means the rows of groups.
    pub column: String,
    /// What is drawn.
    #[serde(default)]
    pub kind: FormatterKind,
    /// The palette's or colour's name (`blue`, `greenRed`); none: chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub palette: Option<String>,
    /// The value at one end of a palette or the left of a bar; none: the column's least, or zero for bars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The value at the other end; none: the column's greatest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// What rows of groups show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregation: Option<Aggregation>,
    /// How numbers are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<NumberSettings>,
    /// Values shown as icons or colours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thresholds: Option<Thresholds>,
    /// The parts of a composite bar: column and colour.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// The text beside a composite bar, with columns as `["name"]`; none: the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What a click on the value does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<CellLink>,
    /// What is told where the pointer rests, with columns as `["name"]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tooltip: Option<String>,
    /// The width of the column as the file writes it: `30ch`, `20%`, `200px`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<String>,
    /// The format of a date as the file names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
}

/// What is drawn. The numbers are those of workbook files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormatterKind {
    /// By the value; 0.
    #[default]
    Automatic,
    /// The value; 1.
    Text,
    /// The value on the right; 2.
    Right,
    /// The value with a bar; 3.
    Bar,
    /// The value with a bar below; 4.
    BarUnderneath,
    /// Nothing: the column is left out; 5.
    Hidden,
    /// Date and time; 6.
    DateTime,
    /// A link; 7.
    Link,
    /// The value on a background, stronger for more; 8.
    HeatMap,
    /// An array as a filled line; 9.
    SparkArea,
    /// An array as bars; 10.
    SparkBars,
    /// An icon by its name; 11.
    Icon,
    /// The value, large; 12.
    BigNumber,
    /// The name at the end of an Azure path: resource, group, subscription, type, location; 13 to 17.
    Resource,
    /// Icons or colours by value; 18.
    Thresholds,
    /// A span on a line of time; 19.
    Timeline,
    /// An array as a line; 21.
    SparkLine,
    /// A bar of several columns; 22.
    CompositeBar,
}

/// What rows of groups show.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Aggregation {
    #[default]
    None,
    Sum,
    Count,
    Min,
    Max,
    Average,
    /// The number of different values.
    Unique,
    /// The value of the group's own row.
    Inherit,
}

/// How numbers are written.
#[derive(Clone, Copy, PartialEq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberSettings {
    /// The file's number of the unit; see `calypso_view::Unit::from_workbook`.
    #[serde(default)]
    pub unit: u64,
    /// Digits after the point at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_digits: Option<usize>,
    /// Digits after the point at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_digits: Option<usize>,
    /// Digits that count at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub significant: Option<usize>,
    /// Whether a comma stands between thousands; none: yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grouping: Option<bool>,
    /// Whether the number is a share of 1, written per cent (`style: percent`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub percent: bool,
    /// What an empty cell shows as a number; none: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub empty: Option<f64>,
}

/// Values shown as icons or colours; the first that matches.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Whether the representations are names of colours; else of icons.
    #[serde(default)]
    pub colours: bool,
    /// The tests, in order.
    pub tests: Vec<Threshold>,
}

/// One test of a value.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// How it is compared.
    pub test: ThresholdTest,
    /// With what.
    #[serde(default)]
    pub value: String,
    /// The icon or colour; may be empty.
    #[serde(default)]
    pub shows: String,
    /// The text: `{0}` is the value, `{1}` its unit, `["name"]` a column.
    #[serde(default)]
    pub text: String,
}

/// How a value is compared; texts without regard to case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ThresholdTest {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,
    Matches,
    Empty,
    NotEmpty,
    /// Any value.
    Default,
}

/// A part of a composite bar.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The column of its length.
    pub column: String,
    /// The colour's name.
    pub colour: String,
}

/// What a click on a cell does.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellLink {
    /// What it does.
    pub target: LinkTarget,
    /// The column whose value it opens or shows; none: the cell's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The words on it, with columns as `["name"]`; none: the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether it opens beside the page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub beside: bool,
}

/// What a click on a cell does.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkTarget {
    /// Opens the address the cell holds.
    Url,
    /// Shows the cell's whole text (JSON in lines).
    Cell,
    /// Shows all columns of the row.
    Row,
    /// Opens another workbook.
    Workbook {
        /// Its template path or file.
        template: LinkValue,
        /// Values for its parameters: name, value. All parameters of this workbook are passed, too.
        #[serde(default)]
        parameters: Vec<(String, LinkValue)>,
    },
    /// Only the portal can do it: what it is.
    Portal(String),
}

/// A value that a link passes on.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkValue {
    /// That text.
    Text(String),
    /// The value of that column in the row.
    Column(String),
    /// The value of that parameter.
    Parameter(String),
}
