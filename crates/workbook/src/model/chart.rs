//! How a chart looks.

use super::NumberSettings;

/// Settings of a chart; what is left open is chosen by the columns of the answer.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartPanel {
    /// The column of the horizontal axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
    /// The columns of numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub y: Vec<String>,
    /// The column whose values name the series.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Series or slices kept; the rest is summed as `Other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others_after: Option<usize>,
    /// Names and colours of series.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<ChartLabel>,
    /// Whether the series are listed; none: where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legend: Option<bool>,
    /// Whether the sums of the series are shown above the chart.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub metrics: bool,
    /// Whether the points of lines are marked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub points: bool,
    /// The name of the horizontal axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x_title: Option<String>,
    /// The name of the vertical axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y_title: Option<String>,
    /// Lowest value of the vertical axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y_min: Option<f64>,
    /// Highest value of the vertical axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y_max: Option<f64>,
    /// How numbers of the vertical axis are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y_number: Option<NumberSettings>,
    /// A line across the chart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<ThresholdLine>,
    /// The palette's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub palette: Option<String>,
}

/// Name and colour of a series.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartLabel {
    /// The name the series has in the answer.
    pub series: String,
    /// The name shown instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The colour's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
}

/// A line across a chart.
#[derive(Clone, Copy, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdLine {
    /// Where it stands.
    pub at: f64,
    /// The file's number of its style.
    #[serde(default)]
    pub style: u64,
}
