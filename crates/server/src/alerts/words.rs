//! Words and numbers of alerts as readers see them.

use calypso_alerts::Rule;
use calypso_alerts::rule::Severity;
use calypso_library::format::{TICKS_PER_DAY, TICKS_PER_SECOND, date_parts};
use calypso_view::{GridCell, GridColumn, Icon, Look, NumberFormat, Unit, number_text};

/// `2026-10-28 09:15`, in UTC; with seconds where there are any.
pub fn moment(ticks: i64) -> String {
    let p = date_parts(ticks);
    let minute = format!("{:04}-{:02}-{:02} {:02}:{:02}", p.year, p.month, p.day, p.hour, p.minute);
    if p.second == 0 && p.fraction == 0 { minute } else { format!("{minute}:{:02}", p.second) }
}

/// `3d 2h`, `1h 15m`, `40s`: the two greatest parts.
pub fn length(ticks: i64) -> String {
    let units = [
        (TICKS_PER_DAY, "d"),
        (3600 * TICKS_PER_SECOND, "h"),
        (60 * TICKS_PER_SECOND, "m"),
        (TICKS_PER_SECOND, "s"),
    ];
    let mut rest = ticks.max(0);
    let mut parts = Vec::new();
    for (unit, name) in units {
        if rest >= unit {
            parts.push(format!("{}{name}", rest / unit));
        } else if !parts.is_empty() {
            break;
        }
        rest %= unit;
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

/// `1,234.5`.
pub fn number(value: f64) -> String {
    number_text(value, &NumberFormat { unit: Unit::Plain, digits: (0, 2), grouping: true })
}

/// A number that may not be there.
pub fn maybe(value: Option<f64>) -> String {
    value.filter(|value| !value.is_nan()).map_or_else(|| "–".to_owned(), number)
}

/// `1 alert`, `2 alerts`.
pub fn count(number: usize, one: &str, several: &str) -> String {
    let digits = calypso_view::text::grouped(number);
    if number == 1 { format!("{digits} {one}") } else { format!("{digits} {several}") }
}

/// What people call a rule.
pub fn title(rule: &Rule) -> &str {
    rule.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&rule.name)
}

/// The sign and the name of a severity.
pub fn severity(severity: Severity) -> GridCell {
    let name = severity.azure_name();
    let look = Icon::from_name(name).map_or(Look::Plain, Look::Sign);
    GridCell { number: Some(f64::from(severity.number())), ..GridCell::of(name, look) }
}

/// What a severity means.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Informational => "informational",
        Severity::Verbose => "verbose",
    }
}

/// A cell of an instant, by which rows are put in order.
pub fn time_cell(ticks: i64, before: bool) -> GridCell {
    let text = if before { format!("before {}", moment(ticks)) } else { moment(ticks) };
    GridCell { number: Some(ticks as f64), ..GridCell::plain(text) }
}

/// A cell of a number.
pub fn number_cell(value: Option<f64>) -> GridCell {
    GridCell { number: value.filter(|value| value.is_finite()), ..GridCell::plain(maybe(value)) }
}

/// Columns; those whose names begin with `>` stand on the right.
pub fn columns(names: &[&str]) -> Vec<GridColumn> {
    let column = |name: &&str| {
        let label = name.trim_start_matches('>');
        GridColumn {
            label: label.to_owned(),
            name: label.to_owned(),
            right: name.starts_with('>'),
            ..GridColumn::default()
        }
    };
    names.iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_moments() {
        let second = TICKS_PER_SECOND;
        for (seconds, text) in [
            (0, "0s"),
            (40, "40s"),
            (900, "15m"),
            (4500, "1h 15m"),
            (86_400, "1d"),
            (86_400 + 60, "1d"),
            (3 * 86_400 + 7200 + 60, "3d 2h"),
        ] {
            assert_eq!(length(seconds * second), text);
        }
        let at = calypso_library::literals::datetime("2026-10-28T09:15:00Z").unwrap();
        assert_eq!(
            (moment(at), moment(at + second)),
            ("2026-10-28 09:15".into(), "2026-10-28 09:15:01".into())
        );
        assert_eq!(
            (maybe(Some(1234.567)), maybe(Some(f64::NAN)), maybe(None)),
            ("1,234.57".into(), "–".into(), "–".into())
        );
    }
}
