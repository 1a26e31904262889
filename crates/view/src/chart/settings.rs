//! What is asked of a chart: the kind, the columns to use, stacking, titles, labels. In: the wish of `render`, or a
//! panel's settings filled in by the workbook. Nothing here has seen an answer yet.

use crate::number::NumberFormat;
use crate::style::Colour;
use calypso_library::Visualization;

/// The shape of a drawing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Points joined by lines.
    Line,
    /// Lines filled to the base.
    Area,
    /// Bars from left to right, a category a line.
    Bar,
    /// Bars from the base up.
    Column,
    /// Points.
    Scatter,
    /// Shares of a whole.
    Pie,
    /// The values of the first row, large.
    Card,
}

/// How series share a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Stacking {
    /// Beside or over one another.
    #[default]
    None,
    /// On top of one another.
    Stacked,
    /// On top of one another, each place filled to a hundred per cent.
    Stacked100,
}

impl Kind {
    /// The kind and stacking that a name after `render` stands for. Kinds that only the portal draws give nothing.
    pub fn of_render(name: &str) -> Option<(Kind, Stacking)> {
        Some(match name {
            "timechart" | "linechart" | "anomalychart" => (Kind::Line, Stacking::None),
            "areachart" => (Kind::Area, Stacking::None),
            "stackedareachart" => (Kind::Area, Stacking::Stacked),
            "barchart" => (Kind::Bar, Stacking::None),
            "columnchart" => (Kind::Column, Stacking::None),
            "scatterchart" => (Kind::Scatter, Stacking::None),
            "piechart" => (Kind::Pie, Stacking::None),
            "card" => (Kind::Card, Stacking::None),
            _ => return None,
        })
    }

    /// The kind and stacking that a workbook's `visualization` stands for. Bars stand upright in workbooks, and those
    /// of `barchart` are stacked.
    pub fn of_workbook(name: &str) -> Option<(Kind, Stacking)> {
        Some(match name {
            "barchart" | "stackedbar" => (Kind::Column, Stacking::Stacked),
            "unstackedbar" | "categoricalbar" => (Kind::Column, Stacking::None),
            "areachart" => (Kind::Area, Stacking::Stacked),
            other => return Kind::of_render(other),
        })
    }
}

/// A series shown under another name or in a chosen colour.
#[derive(Clone, PartialEq, Debug)]
pub struct SeriesLabel {
    /// The name the series has in the answer.
    pub series: String,
    /// The name shown instead.
    pub label: Option<String>,
    /// The colour.
    pub colour: Option<Colour>,
}

/// All that can be asked of a chart. What is left open is chosen by the columns of the answer.
#[derive(Clone, PartialEq, Debug)]
pub struct ChartSettings {
    /// The shape.
    pub kind: Kind,
    /// How series share a place.
    pub stacking: Stacking,
    /// The line above.
    pub title: String,
    /// The column of the horizontal axis.
    pub x_column: Option<String>,
    /// The columns of numbers; all numbers when empty.
    pub y_columns: Vec<String>,
    /// The columns whose values name the series; all remaining text when empty.
    pub series_columns: Vec<String>,
    /// Whether the series are listed.
    pub legend: bool,
    /// The name of the horizontal axis.
    pub x_title: Option<String>,
    /// The name of the vertical axis.
    pub y_title: Option<String>,
    /// Lowest value of the vertical axis.
    pub y_min: Option<f64>,
    /// Highest value of the vertical axis.
    pub y_max: Option<f64>,
    /// How numbers of the vertical axis are written.
    pub y_format: NumberFormat,
    /// Other names and colours of series.
    pub labels: Vec<SeriesLabel>,
    /// Whether each value adds up with those before it.
    pub accumulate: bool,
    /// Keep that many series or slices and sum the rest as `Other`.
    pub other_after: Option<usize>,
    /// Whether places are names even where they are instants or numbers.
    pub categories: bool,
    /// Whether the points of lines are marked.
    pub points: bool,
    /// A line across at that value.
    pub threshold: Option<f64>,
    /// The colours that series without one of their own take in turn; empty: the usual ones.
    pub palette: Vec<Colour>,
    /// Whether the values of a series at one place are added up; else each is drawn.
    pub sum: bool,
    /// Values drawn at most; none: all.
    pub most_points: Option<usize>,
}

impl ChartSettings {
    /// A chart of that kind with nothing else asked.
    pub fn new(kind: Kind, stacking: Stacking) -> ChartSettings {
        ChartSettings {
            kind,
            stacking,
            title: String::new(),
            x_column: None,
            y_columns: Vec::new(),
            series_columns: Vec::new(),
            legend: true,
            x_title: None,
            y_title: None,
            y_min: None,
            y_max: None,
            y_format: NumberFormat::default(),
            labels: Vec::new(),
            accumulate: false,
            other_after: None,
            categories: false,
            points: false,
            threshold: None,
            palette: Vec::new(),
            sum: false,
            most_points: None,
        }
    }

    /// What `render` asks; nothing when its kind is not drawn (`table`, and those only the portal has).
    pub fn from_render(wish: &Visualization) -> Option<ChartSettings> {
        let (kind, stacking) = Kind::of_render(&wish.kind)?;
        let mut settings = ChartSettings::new(kind, stacking);
        for (name, value) in &wish.properties {
            settings.take_property(name, value.trim());
        }
        Some(settings)
    }

    /// One property of `render … with (…)`; those that change nothing here are passed over.
    fn take_property(&mut self, name: &str, value: &str) {
        let some = || Some(value.to_owned()).filter(|text| !text.is_empty());
        let number = || value.parse::<f64>().ok().filter(|number| number.is_finite());
        match name.to_ascii_lowercase().as_str() {
            "title" => self.title = value.to_owned(),
            "xcolumn" => self.x_column = some(),
            "ycolumns" => self.y_columns = names(value),
            "series" => self.series_columns = names(value),
            "xtitle" => self.x_title = some(),
            "ytitle" => self.y_title = some(),
            "ymin" => self.y_min = number(),
            "ymax" => self.y_max = number(),
            "legend" => self.legend = value != "hidden",
            "accumulate" => self.accumulate = value.eq_ignore_ascii_case("true"),
            "kind" => match value {
                "stacked" => self.stacking = Stacking::Stacked,
                "stacked100" => self.stacking = Stacking::Stacked100,
                "default" | "unstacked" => self.stacking = Stacking::None,
                _ => {}
            },
            _ => {}
        }
    }
}

/// Column names, split at commas.
fn names(value: &str) -> Vec<String> {
    let bare = |name: &str| name.trim().trim_matches(['[', ']', '\'', '"']).to_owned();
    value.split(',').map(bare).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn render_properties() {
        let pairs = [("title", "Sync"), ("kind", "stacked"), ("ycolumns", "a, b"), ("legend", "hidden")];
        let wish = Visualization {
            kind: "columnchart".into(),
            properties: pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec(),
        };
        let settings = ChartSettings::from_render(&wish).unwrap();
        assert_eq!((settings.kind, settings.stacking), (Kind::Column, Stacking::Stacked));
        assert_eq!((settings.title.as_str(), settings.legend), ("Sync", false));
        assert_eq!(settings.y_columns, ["a", "b"]);
        let table = Visualization { kind: "table".into(), properties: vec![] };
        assert_eq!(ChartSettings::from_render(&table), None);
    }
}
