//! The resolved chart: which numbers stand where, under which names, in which colours. In: an answer and
//! `ChartSettings`. Out: a `Chart` that painters draw without deciding anything more.
//!
//! What is not asked for is chosen so: the first datetime column (else the first text column, else the first column)
//! is x; numbers are y; the remaining text names the series. A pie takes the first number only, unless
//! there is nothing but numbers. Arrays, as `make-series` gives them, are laid out.

use super::settings::{ChartSettings, Kind, Stacking};
use super::x::X;
use crate::number::{NumberFormat, number_text};
use crate::style::Colour;
use calypso_library::Answer;
use std::fmt;

pub use super::points::chart;

/// Series drawn at most.
pub const MOST_SERIES: usize = 100;

/// A chart with all its numbers.
#[derive(Clone, PartialEq, Debug)]
pub enum Chart {
    /// Numbers over an axis.
    Plot(Plot),
    /// Shares of a whole.
    Pie(Pie),
    /// Values to read.
    Card(Card),
}

/// Numbers over an axis.
#[derive(Clone, PartialEq, Debug)]
pub struct Plot {
    /// Line, Area, Bar, Column or Scatter.
    pub kind: Kind,
    /// How series share a place.
    pub stacking: Stacking,
    /// The line above; may be empty.
    pub title: String,
    /// The name of the horizontal axis.
    pub x_title: String,
    /// The name of the vertical axis.
    pub y_title: String,
    /// Lowest and highest value asked for.
    pub y_range: (Option<f64>, Option<f64>),
    /// How values are written.
    pub y_format: NumberFormat,
    /// Whether the series are listed.
    pub legend: bool,
    /// The places, in order. A place occurs twice when a series has two values there.
    pub xs: Vec<X>,
    /// The series, each with a value or nothing for every place.
    pub series: Vec<Series>,
    /// A line across at that value.
    pub threshold: Option<f64>,
    /// Whether the points of lines are marked.
    pub points: bool,
    /// What was left out or changed, to be told to the reader.
    pub notes: Vec<String>,
}

/// One series of a plot.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// The name shown.
    pub name: String,
    /// The colour.
    pub colour: Colour,
    /// One for each place of the plot.
    pub values: Vec<Option<f64>>,
}

/// Shares of a whole.
#[derive(Clone, PartialEq, Debug)]
pub struct Pie {
    /// The line above; may be empty.
    pub title: String,
    /// Whether the slices are listed.
    pub legend: bool,
    /// How values are written.
    pub format: NumberFormat,
    /// The slices, in the order of the answer; none is negative.
    pub slices: Vec<Slice>,
    /// What was left out or changed, to be told to the reader.
    pub notes: Vec<String>,
}

/// One share of a whole.
#[derive(Clone, PartialEq, Debug)]
pub struct Slice {
    /// The name shown.
    pub name: String,
    /// The colour.
    pub colour: Colour,
    /// The number itself.
    pub value: f64,
    /// The part of the sum of all slices, 0 to 1.
    pub share: f64,
}

/// Values to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// The line above; may be empty.
    pub title: String,
    /// Name and text of each value of the first row.
    pub entries: Vec<(String, String)>,
}

/// Why an answer cannot be drawn as asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Undrawable {
    /// No column holds numbers.
    NoNumbers,
    /// A column that was asked for is not in the answer.
    NoColumn(String),
    /// The answer has no column at all.
    Empty,
}

impl fmt::Display for Undrawable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Undrawable::NoNumbers => f.write_str("no column of numbers to draw"),
            Undrawable::NoColumn(name) => write!(f, "no column named {name} to draw"),
            Undrawable::Empty => f.write_str("no columns to draw"),
        }
    }
}

impl Chart {
    /// What was left out or changed, to be told to the reader.
    pub fn notes_mut(&mut self) -> Option<&mut Vec<String>> {
        match self {
            Chart::Plot(plot) => Some(&mut plot.notes),
            Chart::Pie(pie) => Some(&mut pie.notes),
            Chart::Card(_) => None,
        }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        match self {
            Chart::Plot(plot) => plot.series.iter().all(|series| series.values.iter().all(Option::is_none)),
            Chart::Pie(pie) => pie.slices.is_empty(),
            Chart::Card(card) => card.entries.is_empty(),
        }
    }

    /// The sum of each series or slice, under its name.
    pub fn sums(&self) -> Vec<(String, String)> {
        match self {
            Chart::Plot(plot) => plot
                .series
                .iter()
                .map(|one| {
                    let sum: f64 = one.values.iter().flatten().sum();
                    (one.name.clone(), number_text(sum, &plot.y_format))
                })
                .collect(),
            Chart::Pie(pie) => {
                pie.slices.iter().map(|one| (one.name.clone(), number_text(one.value, &pie.format))).collect()
            }
            Chart::Card(card) => card.entries.clone(),
        }
    }
}

impl Plot {
    /// Lowest and highest value to show: those asked for, else those of the numbers, with the base (zero) for all but
    /// lines and points. Stacked values count together. Never an empty range.
    pub fn y_extent(&self) -> (f64, f64) {
        let mut low = f64::INFINITY;
        let mut high = f64::NEG_INFINITY;
        let mut meet = |value: f64| {
            low = low.min(value);
            high = high.max(value);
        };
        if self.stacking == Stacking::None {
            self.series.iter().flat_map(|s| s.values.iter().flatten()).for_each(|value| meet(*value));
        } else {
            for at in 0..self.xs.len() {
                let values = self.series.iter().filter_map(|s| s.values[at]);
                let (below, above): (Vec<f64>, Vec<f64>) = values.partition(|value| *value < 0.0);
                meet(below.iter().sum());
                meet(above.iter().sum());
            }
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if !matches!(self.kind, Kind::Scatter) {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if let Some(at) = self.threshold.filter(|at| at.is_finite()) {
            (low, high) = (low.min(at), high.max(at));
        }
        let low = self.y_range.0.unwrap_or(low);
        let high = self.y_range.1.unwrap_or(high);
        if high > low { (low, high) } else { (low, low + low.abs().max(1.0)) }
    }
}

/// A name in the colour its label asks for, or in the next of the palette.
pub(crate) fn labelled(settings: &ChartSettings, name: &str, place: usize) -> (String, Colour) {
    let label = settings.labels.iter().find(|label| label.series == name);
    let shown = label.and_then(|l| l.label.clone()).unwrap_or_else(|| name.to_owned());
    let shown = if shown.is_empty() { "(empty)".to_owned() } else { shown };
    let in_turn = || match settings.palette.len() {
        0 => Colour::of_series(place),
        count => settings.palette[place % count],
    };
    (shown, label.and_then(|l| l.colour).unwrap_or_else(in_turn))
}

/// The values of the first row as texts.
pub(crate) fn card(answer: &Answer, settings: &ChartSettings) -> Card {
    let first = answer.batches.iter().find(|batch| batch.num_rows() > 0);
    let entries = answer.columns.iter().enumerate().filter_map(|(at, column)| {
        let wanted = settings.y_columns.is_empty() || settings.y_columns.contains(&column.name);
        let text = crate::text::cell_text(column.ty, first?.column(at), 0);
        wanted.then(|| (column.name.clone(), text.into_owned()))
    });
    Card { title: settings.title.clone(), entries: entries.collect() }
}
