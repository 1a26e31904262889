//! Rules that run, and cannot do what they seem to.

use super::Report;
use super::survey::{Ago, Survey};
use crate::rule::{Comparison, Counted, Criterion, Measure, Measured, Rule, Values};
use crate::{Timespan, Weight};

/// Tells what is odd about a criterion of a measured rule.
pub fn measured(
    rule: &Rule,
    measured: &Measured,
    criterion: &Criterion,
    survey: &Survey,
    found: &mut Report,
) {
    let every = rule.schedule.every;
    if measured.range() < every {
        let what = format!("it is evaluated every {every} over {}", measured.range());
        let why = "rows between are never looked at";
        found.criterion(
            criterion,
            "gaps",
            what,
            why,
            "make the window as long as the time between evaluations",
        );
    }
    if measured.range.is_some_and(|range| range < measured.window.times(criterion.failing.of)) {
        let what = format!("the query is asked for {} and its windows are longer", measured.range());
        let why = "what lies before that is always empty";
        found.criterion(criterion, "range", what, why, "make the range as long as the windows");
    }
    absence(criterion, survey, found);
    columns(measured, criterion, survey, found);
    rows(
        criterion.measure == Measure::Rows,
        criterion.operator.holds_for_nothing(criterion.threshold),
        survey,
        found,
    );
    let (operator, threshold) = (criterion.operator, criterion.threshold);
    if criterion.measure == Measure::Rows {
        taken(|rows| operator.holds(rows, threshold), threshold, survey, found);
    }
    beyond(measured.range(), survey, found);
}

/// Tells what is odd about a rule that counts rows.
pub fn counted(rule: &Rule, counted: &Counted, survey: &Survey, found: &mut Report) {
    if counted.realtime && counted.period < rule.schedule.every {
        let what = format!("it is evaluated every {} over {}", rule.schedule.every, counted.period);
        found.field(Weight::Warning, "gaps", what, "rows between are never looked at", "");
    }
    let (operator, threshold) = (counted.operator, counted.threshold as f64);
    rows(true, operator.holds_for_nothing(threshold), survey, found);
    taken(|rows| operator.holds(rows, threshold), threshold, survey, found);
    beyond(counted.period, survey, found);
    if counted.operator == Comparison::Less && counted.threshold == 0 {
        let why = "no number of rows is below 0";
        found.field(
            Weight::Warning,
            "never",
            "it can never fire".into(),
            why,
            "choose a threshold of 1 or more",
        );
    }
    told(counted, survey, found);
}

/// Columns that alerts tell, and the answer does not have.
fn told(counted: &Counted, survey: &Survey, found: &mut Report) {
    let overrides = &counted.overrides;
    let named =
        |pairs: &[(String, String)]| pairs.iter().map(|(_, column)| column.clone()).collect::<Vec<_>>();
    let mut wanted: Vec<(String, &str)> = Vec::new();
    let mut want = |columns: Vec<String>, role: &'static str| {
        wanted.extend(columns.into_iter().map(|column| (column, role)));
    };
    counted.entities.iter().for_each(|entity| want(named(&entity.fields), "an entity's"));
    want(named(&counted.details), "a detail's");
    want(overrides.severity_column.iter().chain(&overrides.tactics_column).cloned().collect(), "an alert's");
    want(named(&overrides.properties), "an alert property's");
    for text in overrides.title.iter().chain(&overrides.description) {
        want(placeholders(text), "named in an alert's text, in braces");
    }
    let columns = survey.columns();
    let at = (survey.query, survey.answer().map_or(0, |answer| answer.span.start as usize));
    let mut said: Vec<String> = Vec::new();
    for (column, role) in wanted.into_iter().filter(|(column, _)| columns.lacks(column)) {
        if !said.contains(&column) {
            let what = format!("the answer has no column `{column}`, which is {role}");
            let way_out = "let the last operators keep it";
            found.query(Weight::Warning, "missing-column", at, what, "alerts cannot tell it", way_out);
            said.push(column);
        }
    }
}

/// The columns in `{{…}}`.
fn placeholders(text: &str) -> Vec<String> {
    let behind = text.split("{{").skip(1);
    behind.filter_map(|rest| Some(rest.split_once("}}")?.0.trim().to_owned())).collect()
}

/// Rules that look for silence.
fn absence(criterion: &Criterion, survey: &Survey, found: &mut Report) {
    if !criterion.operator.holds_for_nothing(criterion.threshold) {
        return;
    }
    let sign = format!("`{} {}`", criterion.operator.symbol(), criterion.threshold);
    if let Measure::Column { column, .. } = &criterion.measure {
        let what = format!("it fires when `{column}` is {sign}");
        let why = "without rows there is no value, and nothing fires: an outage is not seen";
        found.criterion(criterion, "absence-of-value", what, why, "count rows, or make the query give 0");
    } else if let Some(first) = criterion.dimensions.first().filter(|_| criterion.absent_within.is_none()) {
        let what = format!("it fires when the rows of one `{}` are {sign}", first.column);
        let why = "one that has no rows at all is no series, so that its silence is never seen";
        let way_out =
            "say `// absent within: 30d` in a rule of our own form, or make the query give rows for all";
        found.criterion(criterion, "absence-by-dimension", what, why, way_out);
    } else if criterion.dimensions.is_empty() && !survey.names("JobId").is_empty() {
        // The query chooses the job itself.
    } else if criterion.dimensions.is_empty() && !survey.names("AADProvisioningLogs").is_empty() {
        let what = format!("it fires when the rows of all jobs together are {sign}");
        let why = "a job that is silent is not seen while another one writes";
        let way_out = "say `// dimensions: JobId` and `// absent within: 30d` in a rule of our own form";
        found.criterion(criterion, "absence-of-all", what, why, way_out);
    }
}

/// Columns that the answer does not have.
fn columns(measured: &Measured, criterion: &Criterion, survey: &Survey, found: &mut Report) {
    let columns = survey.columns();
    let at = (survey.query, survey.answer().map_or(0, |answer| answer.span.start as usize));
    let dimensions = criterion.dimensions.iter().map(|dimension| (&dimension.column, "dimension"));
    let measure = match &criterion.measure {
        Measure::Rows => None,
        Measure::Column { column, .. } => Some((column, "measure")),
    };
    for (column, role) in dimensions.chain(measure) {
        if columns.lacks(column) {
            let what = format!("the answer has no column `{column}`, which is a {role}");
            found.query(Weight::Error, "missing-column", at, what, "the rule cannot be evaluated", "add it");
        }
    }
    let several = measured.windows() > 1;
    if several && columns.lacks("TimeGenerated") {
        let what =
            format!("it looks at {} windows, and the answer has no `TimeGenerated`", measured.windows());
        let why = "all rows belong to the last window, and the others are empty";
        let way_out = "add `by bin(TimeGenerated, …)`, or look at one window";
        found.query(Weight::Warning, "windows-without-time", at, what, why, way_out);
    }
    for dimension in &criterion.dimensions {
        if let Values::Include(values) = &dimension.values
            && values.iter().any(|value| value.contains('*'))
        {
            let what = format!("`{}` is compared with a text that holds `*`", dimension.column);
            found.criterion(
                criterion,
                "star",
                what,
                "a star within a text is only itself",
                "name the values",
            );
        }
    }
}

/// A query whose answer is one row, counted.
fn rows(counts_rows: bool, holds_for_nothing: bool, survey: &Survey, found: &mut Report) {
    let Some(at) = survey.one_row().filter(|_| counts_rows) else { return };
    let what = "the query gives one row, whatever is there, and the rule counts rows".to_owned();
    let why = if holds_for_nothing { "it can never see silence" } else { "the count is always 1" };
    let way_out = "leave the last operator out, or add a `where` behind it, or measure its column";
    found.query(Weight::Warning, "counts-one-row", (survey.query, at), what, why, way_out);
}

/// A `take` that leaves too few rows.
fn taken(holds: impl Fn(f64) -> bool, threshold: f64, survey: &Survey, found: &mut Report) {
    let Some((at, count)) = survey.taken().filter(|(_, count)| *count <= 1_000_000) else { return };
    let ever = (0..=count).any(|rows| holds(rows as f64));
    if !ever {
        let what = format!("`take {count}` leaves {count} rows at most, and the threshold is {threshold}");
        let way_out = "leave `take` out";
        found.query(Weight::Warning, "take", (survey.query, at), what, "the rule can never fire", way_out);
    }
}

/// `ago()` that goes back further than the query is asked for.
fn beyond(range: Timespan, survey: &Survey, found: &mut Report) {
    for (at, ago) in survey.agos() {
        let (Ago::Literal(far) | Ago::Named(far)) = ago else { continue };
        if far > range {
            let what = format!("`ago({far})` goes back further than the {range} that the query is asked for");
            let why = "rows before that are not there";
            let way_out = "make the rule's range longer, or `ago()` shorter";
            found.query(Weight::Warning, "ago-beyond-range", (survey.query, at), what, why, way_out);
        }
    }
}
