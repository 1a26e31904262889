//! Azure's condition over a whole range at once, for queries that look at each row by itself: rows are counted per step of
//! time and series by one query, and the windows of every evaluation are put together from the steps.

use super::measured::{BySeries, Warm, found};
use super::rows::{Keys, each, instant, needed, number};
use super::windows::Part;
use super::{Evaluation, Labels};
use crate::ask::{Ask, Question, Range, Refused};
use crate::rule::{Criterion, Measure, Measured};
use calypso_library::Answer;
use calypso_library::function::{Function, Kind};
use calypso_library::functions::find;
use calypso_parser::ast::{Expr, ExprKind, Operator, Source, Statement};
use calypso_parser::{TokenClass, tokens};
use std::collections::BTreeMap;

/// The table that a query of one pipeline begins with.
pub(super) fn table(query: &str) -> Option<String> {
    let parsed = calypso_parser::parse(query);
    let last = parsed.query.statements.last()?;
    let Statement::Tabular(pipeline) = last else { return None };
    match &pipeline.source {
        Source::Expression(Expr { kind: ExprKind::Name(name), .. }) => Some(name.text.clone()),
        _ => None,
    }
}

/// A name as a query writes it, whatever it is.
pub(super) fn quoted(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Whether a query makes what it makes of each row by itself, so that the rows of a long range are those of its parts.
pub(crate) fn by_row(query: &str) -> bool {
    let parsed = calypso_parser::parse(query);
    if !parsed.is_ok() {
        return false;
    }
    let [Statement::Tabular(pipeline)] = parsed.query.statements.as_slice() else { return false };
    let plain = matches!(&pipeline.source, Source::Expression(Expr { kind: ExprKind::Name(_), .. }));
    let steady = tokens(query).into_iter().all(|token| match (token.class, find(token.span.text(query))) {
        (TokenClass::Function, function) => function.is_some_and(is_of_the_row),
        (TokenClass::Name | TokenClass::String, _) => true,
        // Words such as `toscalar` are functions, too.
        (_, function) => function.is_none_or(is_of_the_row),
    });
    // A list of values is written out; what a name or a pipeline gives may change.
    let written_out = query.split('(').zip(query.split('(').skip(1)).all(|(before, within)| {
        let word =
            before.trim_end().trim_end_matches('~').rsplit([' ', '!', '\n', '\t']).next().unwrap_or_default();
        let is_list = matches!(word, "in" | "has_any" | "has_all");
        !is_list
            || within
                .trim_start()
                .starts_with(['"', '\'', '@', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    });
    plain && steady && written_out && pipeline.operators.iter().all(looks_at_each_row)
}

/// Whether what a function gives depends on its arguments alone.
fn is_of_the_row(function: &Function) -> bool {
    match function.kind {
        Kind::Pure | Kind::Comparison => true,
        Kind::Volatile | Kind::Now | Kind::Window | Kind::Special(_) => false,
    }
}

fn looks_at_each_row(operator: &Operator) -> bool {
    matches!(
        operator,
        Operator::Where(_)
            | Operator::Extend(_)
            | Operator::Project(_)
            | Operator::ProjectAway(_)
            | Operator::ProjectKeep(_)
            | Operator::ProjectRename(_)
            | Operator::Parse(_)
    )
}

/// The evaluations at these instants, `delay` behind; `None` where they have to be asked one by one.
pub(super) fn evaluate(
    measured: &Measured,
    instants: &[i64],
    delay: i64,
    ask: &mut dyn Ask,
) -> Result<Option<Vec<Evaluation>>, Refused> {
    let (Some(first), Some(last)) = (instants.first(), instants.last()) else { return Ok(Some(Vec::new())) };
    let every = instants.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(measured.window.ticks());
    let lengths = [measured.window.ticks(), measured.range().ticks(), every, delay, *first];
    let step = lengths.into_iter().fold(0, |step, length| common(length, step));
    let plain = |one: &Criterion| {
        one.absent_within.is_none() && one.resource_column.is_none() && by_row(&one.query.text)
    };
    if step < MINUTE || !measured.criteria.iter().all(plain) {
        return Ok(None);
    }
    let reach = measured.window.times(measured.windows()).ticks().min(measured.range().ticks());
    let range = Range { after: first - delay - reach, until: last - delay };
    let mut steps = Vec::with_capacity(measured.criteria.len());
    for criterion in &measured.criteria {
        let text = counting(criterion, step);
        let question = Question { text: &text, range: Some(range), now: *last, parameters: vec![] };
        steps.push(Steps::read(criterion, &ask.ask(&question)?)?);
    }
    let warm = Warm::new(measured, *last, ask)?;
    let evaluations = instants.iter().map(|at| {
        let end = at - delay;
        let of_criteria: Vec<BySeries> = measured
            .criteria
            .iter()
            .zip(&steps)
            .map(|(criterion, steps)| steps.windows(criterion, end, measured, step))
            .collect();
        let window = (end - measured.window.ticks(), end);
        let found = found(measured, &of_criteria, |labels| warm.is_over(labels, *at));
        Evaluation { at: *at, window, found, notes: Vec::new() }
    });
    Ok(Some(evaluations.collect()))
}

const MINUTE: i64 = 600_000_000;

/// The greatest length that divides both.
fn common(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { common(other, one % other) }
}

/// The query with its rows counted per step `(k * step, (k + 1) * step]` and series.
fn counting(criterion: &Criterion, step: i64) -> String {
    let measure = match &criterion.measure {
        Measure::Rows => "calypso_rows = tolong(count())".to_owned(),
        Measure::Column { column, .. } => {
            let column = quoted(column);
            format!(
                "calypso_rows = countif(isnotnull({column})), calypso_sum = todouble(sum({column})), calypso_least = todouble(min({column})), calypso_greatest = todouble(max({column}))"
            )
        }
    };
    let by: String = criterion.dimensions.iter().map(|one| format!(", {}", quoted(&one.column))).collect();
    let query = criterion.query.text.trim_end().trim_end_matches(';');
    format!("{query}\n| summarize {measure} by calypso_step = bin(TimeGenerated - 1tick, {step}tick){by}")
}

/// What is known of each step of each series.
struct Steps(BTreeMap<Labels, BTreeMap<i64, Part>>);

impl Steps {
    fn read(criterion: &Criterion, answer: &Answer) -> Result<Steps, Refused> {
        let keys = Keys::new(answer, &criterion.dimensions)?;
        let (step, rows) = (needed(answer, "calypso_step")?, needed(answer, "calypso_rows")?);
        let numbers = match &criterion.measure {
            Measure::Rows => None,
            Measure::Column { .. } => {
                Some(["calypso_sum", "calypso_least", "calypso_greatest"].map(|name| needed(answer, name)))
            }
        };
        let numbers = match numbers {
            Some([sum, least, greatest]) => Some([sum?, least?, greatest?]),
            None => None,
        };
        let mut steps: BTreeMap<Labels, BTreeMap<i64, Part>> = BTreeMap::new();
        each(answer, |row| {
            let (Some(labels), Some(start)) = (keys.of(row), instant(&row(step))) else { return };
            let rows = number(&row(rows)).unwrap_or(0.0);
            let part = match numbers.map(|places| places.map(|place| number(&row(place)))) {
                Some([Some(sum), Some(least), Some(greatest)]) => {
                    Part::of_numbers(rows, sum, least, greatest)
                }
                Some(_) => Part::default(),
                None => Part::of_rows(rows),
            };
            steps.entry(labels).or_default().entry(start).or_default().add(&part);
        });
        Ok(Steps(steps))
    }

    /// The windows that end at `end`, of series that have rows in any of them, and of the only series.
    fn windows(&self, criterion: &Criterion, end: i64, measured: &Measured, step: i64) -> BySeries {
        let (window, count) = (measured.window.ticks(), criterion.failing.of.max(1) as usize);
        // What lies before the rule's range is not seen.
        let start = end - (window * count as i64).min(measured.range().ticks());
        let mut series = BySeries::new();
        if criterion.dimensions.is_empty() {
            series.insert(Labels::default(), vec![Part::default(); count]);
        }
        for (labels, steps) in &self.0 {
            for (at, part) in steps.range(start..end) {
                let age = end - (at + step);
                let windows = series.entry(labels.clone()).or_insert_with(|| vec![Part::default(); count]);
                if let Some(window) = windows.get_mut((age / window) as usize) {
                    window.add(part);
                }
            }
        }
        series
    }
}
