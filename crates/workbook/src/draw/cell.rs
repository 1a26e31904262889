//! One value by one formatter: the text of a cell, what is drawn with it, what a click does. In: a value, its
//! formatter and its row. Out: a `GridCell`, for grids and the parts of tiles alike.

use super::link::{action, address};
use super::number::{Written, amount_text, measure, number, ticks, time_in, written_number, written_time};
use super::rows::RowText;
use super::template::Template;
use super::threshold::Tests;
use crate::draw::Surroundings;
use crate::model::{Formatter, FormatterKind, NumberSettings};
use calypso_library::{Json, Type, Value};
use calypso_view::palette::Palette;
use calypso_view::text::value_text;
use calypso_view::{Action, Colour, GridCell, Icon, Look, spark_values};

/// The least and the greatest number of a column, for bars and heat. Of a composite bar: of the sums of its parts.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct ColumnRange {
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
}

impl ColumnRange {
    /// The range of numbers; those that are not finite do not count. Of none it is zero to zero.
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> ColumnRange {
        let finite = numbers.into_iter().filter(|number| number.is_finite());
        let ends = finite.fold(None, |ends: Option<(f64, f64)>, number| {
            let (min, max) = ends.unwrap_or((number, number));
            Some((min.min(number), max.max(number)))
        });
        ends.map_or(ColumnRange::default(), |(min, max)| ColumnRange { min, max })
    }
}

/// A formatter made ready for many values of one column.
pub struct CellPainter<'a> {
    name: &'a str,
    ty: Type,
    formatter: Option<&'a Formatter>,
    kind: FormatterKind,
    range: ColumnRange,
    palette: Option<Palette>,
    /// The words on a link.
    link_label: Option<Template>,
    /// The words of a composite bar.
    bar_label: Option<Template>,
    tooltip: Option<Template>,
    tests: Option<Tests>,
    around: &'a dyn Surroundings,
}

impl<'a> CellPainter<'a> {
    /// Makes a formatter ready for values of the column `name`.
    pub fn new(
        name: &'a str,
        ty: Type,
        formatter: Option<&'a Formatter>,
        range: ColumnRange,
        around: &'a dyn Surroundings,
    ) -> CellPainter<'a> {
        let template = |text: Option<&String>| {
            text.filter(|text| !text.is_empty()).map(|text| Template::read(&around.words(text)))
        };
        let kind = formatter.map_or(FormatterKind::Automatic, |one| one.kind);
        let tests = formatter.filter(|_| kind == FormatterKind::Thresholds);
        CellPainter {
            name,
            ty,
            formatter,
            kind,
            range,
            palette: palette(formatter),
            link_label: template(formatter.and_then(|one| one.link.as_ref()?.label.as_ref())),
            bar_label: template(formatter.and_then(|one| one.label.as_ref())),
            tooltip: template(formatter.and_then(|one| one.tooltip.as_ref())),
            tests: tests.and_then(|one| Some(Tests::read(one.thresholds.as_ref()?, around))),
            around,
        }
    }

    /// Draws one value of a row.
    pub fn cell(&self, value: &Value, row: &dyn RowText) -> GridCell {
        let written = self.written(value);
        let fill = |template: &Option<Template>| template.as_ref().map(|one| one.fill(&written.text, row));
        let (tooltip, label, action) = (fill(&self.tooltip), fill(&self.link_label), self.action(value, row));
        let mut cell = self.drawn(value, written, row);
        cell.number = order_number(value);
        if let Some(tooltip) = tooltip {
            cell.hint = tooltip;
        }
        if action.is_some() {
            if let Some(label) = label {
                cell.text = label;
            }
            if cell.look == Look::Plain {
                cell.look = Look::Link;
            }
        }
        cell.action = action;
        cell
    }

    fn numbers(&self) -> Option<&NumberSettings> {
        self.formatter.and_then(|one| one.number.as_ref())
    }

    /// The value as words.
    fn written(&self, value: &Value) -> Written {
        let settings = self.numbers();
        let empty = match value {
            Value::String(text) => text.is_empty(),
            other => other.is_null(),
        };
        if let (true, Some(substitute)) = (empty, settings.and_then(|settings| settings.empty)) {
            return Written::all(amount_text(substitute, settings));
        }
        match self.kind {
            FormatterKind::DateTime => {
                let format = self.formatter.and_then(|one| one.date_format.as_deref());
                if let Some(ticks) = ticks(value) {
                    return time_in(ticks, format);
                }
            }
            FormatterKind::Text if settings.is_none() && self.ty != Type::DateTime => {
                return Written::all(value_text(value));
            }
            FormatterKind::Resource => return last_segment(&value_text(value)),
            FormatterKind::Automatic
            | FormatterKind::Text
            | FormatterKind::Right
            | FormatterKind::Bar
            | FormatterKind::BarUnderneath
            | FormatterKind::Hidden
            | FormatterKind::Link
            | FormatterKind::HeatMap
            | FormatterKind::SparkArea
            | FormatterKind::SparkBars
            | FormatterKind::Icon
            | FormatterKind::BigNumber
            | FormatterKind::Thresholds
            | FormatterKind::Timeline
            | FormatterKind::SparkLine
            | FormatterKind::CompositeBar => {}
        }
        if let Some(written) = written_number(value, settings) {
            return written;
        }
        match value {
            Value::DateTime(ticks) => written_time(*ticks),
            other => Written::all(value_text(other)),
        }
    }

    /// Text, look and hint, without what a click does.
    fn drawn(&self, value: &Value, written: Written, row: &dyn RowText) -> GridCell {
        let Written { text, whole } = written;
        let look = match self.kind {
            FormatterKind::SparkArea | FormatterKind::SparkLine => {
                return self.spark(value, text, Look::Spark);
            }
            FormatterKind::SparkBars => return self.spark(value, text, Look::SparkBars),
            FormatterKind::CompositeBar => return self.composite(text, row),
            FormatterKind::Thresholds => {
                let applied = self.tests.as_ref().and_then(|tests| tests.apply(value, &text, row));
                if let Some((look, words)) = applied {
                    let whole = if whole.is_empty() { text } else { whole };
                    let hint = if words.contains(&whole) { String::new() } else { whole };
                    return GridCell { hint, ..GridCell::of(words, look) };
                }
                Look::Plain
            }
            FormatterKind::Automatic
            | FormatterKind::Text
            | FormatterKind::Right
            | FormatterKind::Hidden
            | FormatterKind::DateTime
            | FormatterKind::Link
            | FormatterKind::Resource
            | FormatterKind::Timeline => Look::Plain,
            FormatterKind::BigNumber => Look::Big,
            FormatterKind::Bar => self.bar(value, Look::Bar),
            FormatterKind::BarUnderneath => self.bar(value, Look::BarBelow),
            FormatterKind::HeatMap => self.heat(value),
            FormatterKind::Icon => Icon::from_name(&text).map_or(Look::Plain, Look::Sign),
        };
        GridCell { hint: whole, ..GridCell::of(text, look) }
    }

    /// A bar as long as the number's share of the longest; below zero by its size, since the text tells the sign.
    fn bar(&self, value: &Value, look: fn(f64, Colour) -> Look) -> Look {
        let Some(number) = measure(value).filter(|number| !number.is_nan()) else { return Look::Plain };
        let (min, max) = self.formatter.map_or((None, None), |one| (one.min, one.max));
        let left = min.unwrap_or(0.0);
        let right = max.unwrap_or_else(|| match min {
            Some(_) => self.range.max,
            None => self.range.max.abs().max(self.range.min.abs()),
        });
        let number = if min.is_none() && max.is_none() { number.abs() } else { number };
        let share = share(number, left, right);
        look(share, self.palette.as_ref().map_or(Colour::Blue, |palette| palette.colour(share)))
    }

    fn heat(&self, value: &Value) -> Look {
        let Some(number) = measure(value).filter(|number| !number.is_nan()) else { return Look::Plain };
        let (min, max) = self.formatter.map_or((None, None), |one| (one.min, one.max));
        let share = share(number, min.unwrap_or(self.range.min), max.unwrap_or(self.range.max));
        match &self.palette {
            None => Look::Heat(share, Colour::Blue),
            Some(Palette::One(Colour::None)) => Look::Plain,
            Some(Palette::One(colour)) => Look::Heat(share, *colour),
            Some(palette @ Palette::Scale(_)) => Look::Shade(share, palette.rgb(share)),
        }
    }

    fn spark(&self, value: &Value, text: String, look: fn(Vec<Option<f64>>, Colour) -> Look) -> GridCell {
        let Some(values) = series(value) else { return GridCell::plain(text) };
        let colour = self.palette.as_ref().map_or(Colour::Blue, |palette| palette.colour(1.0));
        let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
        let Some(last) = known().next_back() else { return GridCell::plain("") };
        let range = ColumnRange::of(known());
        let word = |number: f64| amount_text(number, self.numbers());
        let hint = format!("{} to {}, {} at the end", word(range.min), word(range.max), word(last));
        GridCell { hint, ..GridCell::of("", look(values, colour)) }
    }

    /// The numbers of several columns as one bar; the bar of the greatest sum is the longest.
    fn composite(&self, text: String, row: &dyn RowText) -> GridCell {
        let parts = self.formatter.map_or(&[][..], |one| &one.parts);
        let numbers: Vec<f64> = parts.iter().map(|part| part_number(&part.column, row)).collect();
        let sum: f64 = numbers.iter().sum();
        let longest = self.formatter.and_then(|one| one.max).unwrap_or(self.range.max.max(sum));
        let colours = parts
            .iter()
            .enumerate()
            .map(|(at, part)| Colour::from_name(&part.colour).unwrap_or_else(|| Colour::of_series(at)));
        let shares =
            numbers.iter().zip(colours).map(|(number, colour)| (share(*number, 0.0, longest), colour));
        let look = if parts.is_empty() { Look::Plain } else { Look::Parts(shares.collect()) };
        let text = match &self.bar_label {
            Some(label) => label.fill(&text, row),
            None => text,
        };
        let told = parts
            .iter()
            .zip(&numbers)
            .map(|(part, number)| format!("{}: {}", part.column, amount_text(*number, self.numbers())));
        GridCell { hint: told.collect::<Vec<_>>().join(", "), ..GridCell::of(text, look) }
    }

    fn action(&self, value: &Value, row: &dyn RowText) -> Option<Action> {
        match (self.formatter.and_then(|one| one.link.as_ref()), self.kind) {
            (Some(link), _) => action(link, self.name, value, row, self.around),
            // A link that does not say to where is an address.
            (None, FormatterKind::Link) => address(&value_text(value)).map(Action::Open),
            (None, _) => None,
        }
    }
}

/// The number of a part of a composite bar: no less than zero, zero where it is none.
pub fn part_number(column: &str, row: &dyn RowText) -> f64 {
    let number = row.value(column).and_then(|value| measure(&value));
    number.filter(|number| number.is_finite()).map_or(0.0, |number| number.max(0.0))
}

fn palette(formatter: Option<&Formatter>) -> Option<Palette> {
    Palette::from_name(formatter?.palette.as_deref()?)
}

/// Where a number stands between two ends, 0 to 1. Where the ends are the same: 1 for what is not below them,
/// unless all are zero.
fn share(number: f64, from: f64, to: f64) -> f64 {
    if from == to {
        return if number >= to && number != 0.0 { 1.0 } else { 0.0 };
    }
    // Halved, so that the difference of huge ends is finite.
    let share = (number / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0);
    if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) }
}

/// The number rows are put in order by, where the text does not do.
fn order_number(value: &Value) -> Option<f64> {
    match value {
        Value::TimeSpan(ticks) => Some(*ticks as f64 / 1e7),
        other => number(other),
    }
}

/// The numbers of an array, also of one written as text.
pub fn series(value: &Value) -> Option<Vec<Option<f64>>> {
    match value {
        Value::String(text) | Value::Dynamic(Json::String(text)) if text.trim_start().starts_with('[') => {
            spark_values(&Value::dynamic(serde_json::from_str(text).ok()?))
        }
        other => spark_values(other),
    }
}

/// What stands after the last slash of an Azure path.
fn last_segment(text: &str) -> Written {
    match text.trim_end_matches('/').rsplit_once('/') {
        Some((_, last)) if !last.is_empty() => Written { text: last.to_owned(), whole: text.to_owned() },
        Some(_) | None => Written::all(text),
    }
}

#[cfg(test)]
#[path = "cell_tests.rs"]
mod tests;
