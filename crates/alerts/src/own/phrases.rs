//! A rule's condition in the phrases of our own form, whatever form the rule is written in. In: a rule, or a part of one.
//! Out: `count() > 10 in 2 of 3 windows`, `JobId, Action in ("Delete")`; the other way is `words`'.

use super::words::{aggregate_name, column_text, quoted};
use crate::rule::*;

impl Rule {
    /// What fires, on one line: `count() > 60, by JobId`; criteria that must all hold stand with `and` between them.
    pub fn fires(&self) -> String {
        let by = |firing: String, dimensions: &[Dimension]| match dimensions.is_empty() {
            true => firing,
            false => format!("{firing}, by {}", dimensions_text(dimensions)),
        };
        match &self.condition {
            Condition::Measured(measured) => {
                let each = measured.criteria.iter().map(|one| by(firing_text(one), &one.dimensions));
                each.collect::<Vec<_>>().join(" and ")
            }
            Condition::Series(series) => by(value_firing_text(series), &series.dimensions),
            Condition::Counted(counted) => match counted.grouping {
                Grouping::Single => count_firing_text(counted),
                Grouping::PerResult => format!("{}, by row", count_firing_text(counted)),
            },
        }
    }

    /// When its alerts are over: `after 3 clear`, `never`.
    pub fn resolves(&self) -> String {
        resolves_text(&self.life)
    }

    /// What kind of rule it is: `measured`, `series`, `scheduled` or `realtime`.
    pub fn kind(&self) -> &'static str {
        match &self.condition {
            Condition::Measured(_) => "measured",
            Condition::Series(_) => "series",
            Condition::Counted(counted) if counted.realtime => "realtime",
            Condition::Counted(_) => "scheduled",
        }
    }

    /// What one value is made of: the window, or the range whose rows are counted.
    pub fn window(&self) -> crate::Timespan {
        match &self.condition {
            Condition::Measured(measured) => measured.window,
            Condition::Series(series) => series.window,
            Condition::Counted(counted) => counted.period,
        }
    }
}

/// `sum(Objects) > 10 in 2 of 3 windows`.
pub(crate) fn firing_text(criterion: &Criterion) -> String {
    let FailingPeriods { least, of } = criterion.failing;
    let periods = if (least, of) == (1, 1) { String::new() } else { format!(" in {least} of {of} windows") };
    format!(
        "{} {} {}{periods}",
        measure_text(&criterion.measure, column_text),
        criterion.operator.symbol(),
        criterion.threshold
    )
}

/// `sum(Objects)`, with the column as a header or a query writes it.
pub(crate) fn measure_text(measure: &Measure, column_text: impl Fn(&str) -> String) -> String {
    match measure {
        Measure::Rows => "count()".to_owned(),
        Measure::Column { aggregate, column } => {
            format!("{}({})", aggregate_name(*aggregate), column_text(column))
        }
    }
}

/// `Value > Threshold`.
pub(crate) fn value_firing_text(series: &Series) -> String {
    let limit = match series.threshold {
        Limit::Number(number) => number.to_string(),
        Limit::Column => "Threshold".to_owned(),
    };
    format!("Value {} {limit}", series.operator.symbol())
}

/// `count() > 0`.
pub(crate) fn count_firing_text(counted: &Counted) -> String {
    format!("count() {} {}", counted.operator.symbol(), counted.threshold)
}

/// `JobId, Action in ("Delete")`.
pub(crate) fn dimensions_text(dimensions: &[Dimension]) -> String {
    let listed = |values: &[String]| values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ");
    let one = |dimension: &Dimension| {
        let column = column_text(&dimension.column);
        match &dimension.values {
            Values::All => column,
            Values::Include(values) => format!("{column} in ({})", listed(values)),
            Values::Exclude(values) => format!("{column} not in ({})", listed(values)),
        }
    };
    dimensions.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// `after 3 clear`; a rule of which a query ends the alerts says `by a query`, which our form writes as a section.
pub(crate) fn resolves_text(life: &Life) -> String {
    let resolve = match life {
        Life::Stateless { .. } => return "never".to_owned(),
        Life::Stateful { resolve } => resolve,
    };
    match resolve {
        Resolve::Azure => "as azure".to_owned(),
        Resolve::Clear(count) => format!("after {count} clear"),
        Resolve::NextDay => "next day".to_owned(),
        Resolve::AtOnce => "at once".to_owned(),
        Resolve::WhenColumn(column) => format!("when {}", column_text(column)),
        Resolve::When(_) => "by a query".to_owned(),
    }
}
