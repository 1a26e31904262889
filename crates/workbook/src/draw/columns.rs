//! The columns of a grid: which are shown, in which order, by which names and formatters. In: the settings of a grid
//! and the columns of an answer. Out: headers with their formatters and the ranges bars and heat are measured by.

use super::Surroundings;
use super::cell::{CellPainter, ColumnRange, part_number};
use super::number::measure;
use super::rows::Rows;
use crate::model::{ColumnLabel, Formatter, FormatterKind, GridPanel};
use calypso_library::Type;
use calypso_view::GridColumn;
use regex::{Regex, RegexBuilder};

/// One column that is shown.
pub struct Shown<'a> {
    /// Its place in the answer.
    pub place: usize,
    /// Its header.
    pub header: GridColumn,
    /// How its values are drawn.
    pub formatter: Option<&'a Formatter>,
    /// The formatter made ready.
    pub painter: CellPainter<'a>,
}

/// The formatters of a grid with their patterns.
pub struct Formatters<'a> {
    rules: Vec<(&'a Formatter, Option<Regex>)>,
}

impl<'a> Formatters<'a> {
    /// Makes the patterns ready; one that does not compile is a name only.
    pub fn of(settings: &'a GridPanel) -> Formatters<'a> {
        let whole = |text: &str| RegexBuilder::new(&format!("^(?:{text})$")).size_limit(1 << 20).build().ok();
        Formatters { rules: settings.formatters.iter().map(|one| (one, whole(&one.column))).collect() }
    }

    /// The first formatter for a column of that name.
    pub fn find(&self, name: &str) -> Option<&'a Formatter> {
        let holds = |rule: &&(&'a Formatter, Option<Regex>)| {
            rule.0.column == name || rule.1.as_ref().is_some_and(|pattern| pattern.is_match(name))
        };
        self.rules.iter().find(holds).map(|(formatter, _)| *formatter)
    }

    /// The formatter that names the rows of groups.
    pub fn group(&self) -> Option<&'a Formatter> {
        self.rules.iter().find(|(one, _)| one.column == GROUP).map(|(formatter, _)| *formatter)
    }
}

/// The name by which files mean the column of groups.
pub const GROUP: &str = "$gen_group";

/// The column a file means: a name, or `$gen_bar_X_3` for `X`, as the portal writes the columns it draws.
pub fn meant(rows: &Rows, name: &str) -> Option<usize> {
    rows.column(name).or_else(|| {
        let (_, rest) = name.strip_prefix("$gen_")?.split_once('_')?;
        let bare = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let bare = if bare.len() < rest.len() { bare.strip_suffix('_') } else { None };
        bare.and_then(|name| rows.column(name)).or_else(|| rows.column(rest))
    })
}

/// The columns shown, without `without`: in the order of the labels where each has one, as the portal writes them once
/// a column was moved; else in the order of the query.
pub fn shown<'a>(
    settings: &'a GridPanel,
    formatters: &Formatters<'a>,
    rows: &'a Rows<'a>,
    without: &[usize],
    around: &'a dyn Surroundings,
) -> Vec<Shown<'a>> {
    let formatter = |place: usize| formatters.find(&rows.answer.columns[place].name);
    let hidden = |place: usize| formatter(place).is_some_and(|one| one.kind == FormatterKind::Hidden);
    let mut order: Vec<usize> = (0..rows.answer.columns.len()).collect();
    order.retain(|place| !without.contains(place) && !hidden(*place));
    let labelled: Vec<usize> =
        settings.labels.iter().filter_map(|label| meant(rows, &label.column)).collect();
    let rank = |place: usize| labelled.iter().position(|other| *other == place);
    if order.iter().all(|place| rank(*place).is_some()) {
        order.sort_by_key(|place| rank(*place));
    }
    order.into_iter().map(|place| column(settings, formatter(place), rows, place, around)).collect()
}

/// One column, whatever hides it.
pub fn column<'a>(
    settings: &GridPanel,
    formatter: Option<&'a Formatter>,
    rows: &'a Rows<'a>,
    place: usize,
    around: &'a dyn Surroundings,
) -> Shown<'a> {
    let column = &rows.answer.columns[place];
    let label = settings.labels.iter().find(|label| meant(rows, &label.column) == Some(place));
    let range = range(formatter, rows, place);
    Shown {
        place,
        header: GridColumn {
            label: label_text(label, &column.name, around),
            right: is_right(column.ty, formatter),
            name: column.name.clone(),
            comment: label
                .and_then(|one| one.comment.as_deref())
                .map_or(String::new(), |text| around.words(text)),
            width: formatter.and_then(|one| letters(one.width.as_deref()?)),
        },
        formatter,
        painter: CellPainter::new(&column.name, column.ty, formatter, range, around),
    }
}

/// The words of a header.
pub fn label_text(label: Option<&ColumnLabel>, name: &str, around: &dyn Surroundings) -> String {
    let text = label.and_then(|one| one.label.as_deref()).filter(|text| !text.is_empty());
    text.map_or_else(|| name.to_owned(), |text| around.words(text))
}

/// Numbers stand on the right, except where something is drawn instead of them.
fn is_right(ty: Type, formatter: Option<&Formatter>) -> bool {
    let number = ty.is_number();
    match formatter.map_or(FormatterKind::Automatic, |one| one.kind) {
        FormatterKind::Right => true,
        FormatterKind::Icon | FormatterKind::CompositeBar => false,
        FormatterKind::Automatic
        | FormatterKind::Text
        | FormatterKind::Bar
        | FormatterKind::BarUnderneath
        | FormatterKind::Hidden
        | FormatterKind::DateTime
        | FormatterKind::Link
        | FormatterKind::HeatMap
        | FormatterKind::SparkArea
        | FormatterKind::SparkBars
        | FormatterKind::BigNumber
        | FormatterKind::Resource
        | FormatterKind::Thresholds
        | FormatterKind::Timeline
        | FormatterKind::SparkLine => number,
    }
}

/// The numbers of a column from end to end, where its formatter measures by them.
pub fn range(formatter: Option<&Formatter>, rows: &Rows, place: usize) -> ColumnRange {
    let Some(formatter) = formatter else { return ColumnRange::default() };
    match formatter.kind {
        FormatterKind::Bar | FormatterKind::BarUnderneath | FormatterKind::HeatMap => {
            ColumnRange::of((0..rows.count()).filter_map(|row| measure(&rows.value(place, row))))
        }
        FormatterKind::CompositeBar => ColumnRange::of((0..rows.count()).map(|row| {
            let one = rows.row(row);
            formatter.parts.iter().map(|part| part_number(&part.column, &one)).sum()
        })),
        FormatterKind::Automatic
        | FormatterKind::Text
        | FormatterKind::Right
        | FormatterKind::Hidden
        | FormatterKind::DateTime
        | FormatterKind::Link
        | FormatterKind::SparkArea
        | FormatterKind::SparkBars
        | FormatterKind::Icon
        | FormatterKind::BigNumber
        | FormatterKind::Resource
        | FormatterKind::Thresholds
        | FormatterKind::Timeline
        | FormatterKind::SparkLine => ColumnRange::default(),
    }
}

/// A width as files write it in letters: `30ch` is 30, `200px` 25. Shares of the page have no such number.
fn letters(width: &str) -> Option<u16> {
    let width = width.trim();
    let in_units =
        |end: &str, letters: f64| Some(width.strip_suffix(end)?.trim().parse::<f64>().ok()? * letters);
    let letters = in_units("ch", 1.0).or_else(|| in_units("px", 0.125)).or_else(|| in_units("em", 2.0))?;
    (letters >= 1.0).then(|| letters.min(400.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::sample::{answer, formatter};

    #[test]
    fn names_patterns_and_the_first_of_them() {
        let settings = GridPanel {
            formatters: vec![
                formatter("Count (", FormatterKind::Bar),
                formatter("Na.*", FormatterKind::Hidden),
                formatter("Name", FormatterKind::Link),
                formatter("a|b", FormatterKind::Text),
                formatter(GROUP, FormatterKind::Resource),
            ],
            ..GridPanel::default()
        };
        let formatters = Formatters::of(&settings);
        let kind = |name: &str| formatters.find(name).map(|one| one.kind);
        assert_eq!(kind("Count ("), Some(FormatterKind::Bar));
        assert_eq!(kind("Name"), Some(FormatterKind::Hidden));
        assert_eq!((kind("name"), kind("xName"), kind("ab")), (None, None, None));
        assert_eq!(kind("b"), Some(FormatterKind::Text));
        assert_eq!(formatters.group().map(|one| one.kind), Some(FormatterKind::Resource));
    }

    #[test]
    fn generated_names_mean_columns() {
        let answer = answer(&[("My_Col", Type::Long), ("$gen_x", Type::Long), ("X_3", Type::Long)], &[]);
        let rows = Rows::of(&answer);
        for (name, place) in [
            ("My_Col", Some(0)),
            ("$gen_bar_My_Col_3", Some(0)),
            ("$gen_heatmap_My_Col_12", Some(0)),
            ("$gen_x", Some(1)),
            ("$gen_bar_X_3", Some(2)),
            ("$gen_bar_X_3_1", Some(2)),
            ("$gen_group", None),
            ("My", None),
        ] {
            assert_eq!(meant(&rows, name), place, "{name}");
        }
    }

    #[test]
    fn widths() {
        for (text, width) in [
            ("30ch", Some(30)),
            ("200px", Some(25)),
            ("20%", None),
            ("", None),
            ("-5ch", None),
            ("1e9ch", Some(400)),
            ("NaNch", None),
        ] {
            assert_eq!(letters(text), width, "{text}");
        }
    }
}
