//! What the reader should know before reading: that the logs are older than the page looks back, or that a value that
//! was chosen is in no row.

use super::given::Given;
use super::job::{Job, sentence};
use super::kql;
use super::options::{Now, PageOptions};
use super::outline::{By, Outline};
use super::query::has_word;
use super::value::Settled;
use crate::chosen::Held;
use crate::model::{Choices, Content, Item, Source, Workbook};
use crate::time_range::second_text;
use calypso_engine::Engine;
use calypso_library::{Type, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The time of the newest row.
pub enum Newest {
    /// No table is asked.
    Untold,
    /// The table cannot be read: why.
    Unread(String),
    /// There is no row.
    Empty,
    /// Ticks.
    At(i64),
}

impl Newest {
    /// The time, where there is one.
    pub fn time(&self) -> Option<i64> {
        match self {
            Newest::At(ticks) => Some(*ticks),
            Newest::Untold | Newest::Unread(_) | Newest::Empty => None,
        }
    }
}

/// The time of the newest row of the workbook's table; where it names none and the page ends with the logs, of the
/// tables its queries name.
pub fn newest(workbook: &Workbook, engine: &Engine, options: &PageOptions, generation: u64) -> Newest {
    if let Some(table) = &workbook.table {
        return match newest_of(table, engine, options, generation) {
            Ok(Some(ticks)) => Newest::At(ticks),
            Ok(None) => Newest::Empty,
            Err(why) => Newest::Unread(why),
        };
    }
    if options.now != Now::End {
        return Newest::Untold;
    }
    let mut newest = None;
    for (table, columns) in engine.tables() {
        let timed =
            columns.iter().any(|column| column.name == "TimeGenerated" && column.ty == Type::DateTime);
        if timed && names_table(&workbook.items, &table) {
            newest = newest.max(newest_of(&table, engine, options, generation).ok().flatten());
        }
    }
    newest.map_or(Newest::Untold, Newest::At)
}

fn newest_of(
    table: &str,
    engine: &Engine,
    options: &PageOptions,
    generation: u64,
) -> Result<Option<i64>, String> {
    let text = format!("{} | summarize max(TimeGenerated)", kql::name(table));
    let job = Job::new(text, 0, None, BTreeMap::new(), 0);
    let cache = options.cache.as_ref();
    let answer = match cache.and_then(|cache| cache.get(generation, job.key())) {
        Some(answer) => answer,
        None => {
            let reply = job.run(engine, Vec::new(), &options.cancel);
            let answer = reply.map_err(|error| sentence(&error, &job.text, "", 0))?;
            if let Some(cache) = cache {
                cache.put(generation, job.key(), &answer);
            }
            answer
        }
    };
    let batch = answer.batches.iter().find(|batch| batch.num_rows() > 0);
    let cell =
        batch.and_then(|batch| Some(Value::from_array(answer.columns.first()?.ty, batch.column(0), 0)));
    Ok(if let Some(Value::DateTime(ticks)) = cell { Some(ticks) } else { None })
}

/// Whether a panel's query names a table.
fn names_table(items: &[Item], table: &str) -> bool {
    items.iter().any(|item| match &item.content {
        Content::Group(group) => names_table(&group.items, table),
        Content::Panel(panel) => match &panel.source {
            Source::Query(query) => has_word(&query.text, table),
            Source::Merge(_) | Source::Json(_) => false,
        },
        Content::Text(_) | Content::Parameters(_) | Content::Links(_) | Content::Placeholder(_) => false,
    })
}

/// What to say where there are no rows, or the first time range begins after the newest.
pub fn age(workbook: &Workbook, newest: &Newest, settled: &[(usize, Arc<Settled>)]) -> Vec<String> {
    let Some(table) = &workbook.table else { return Vec::new() };
    let ranges = settled.iter().filter_map(|(_, value)| match &value.chosen.held {
        Held::Time(range) => Some(range),
        Held::Unset | Held::Text(_) | Held::Picked { .. } => None,
    });
    let range = ranges.into_iter().next();
    let notice = match (newest, range) {
        (Newest::Unread(why), _) => {
            // The query that asked for it is not the reader's.
            let why = why.strip_prefix("line 1: ").unwrap_or(why);
            Some(format!("the table {table} cannot be read: {why}"))
        }
        (Newest::Empty, _) => Some(format!("the table {table} has no rows: open logs with `--data PATH`")),
        (Newest::At(newest), Some(range)) if *newest <= range.from => Some(format!(
            "the newest row is of {} UTC, before the chosen range begins ({} UTC): \
             `--now end` counts back from the newest row",
            second_text(*newest),
            second_text(range.from)
        )),
        (Newest::At(_) | Newest::Untold, _) => None,
    };
    Vec::from_iter(notice)
}

/// Says which values the reader gave that no row has.
pub fn unknown_values(
    outline: &Outline<'_>,
    given: &Given,
    settled: &[(usize, Arc<Settled>)],
) -> Vec<String> {
    let mut notices = Vec::new();
    for (at, value) in settled {
        let By::Parameter(parameter, _) = &outline.declared[*at].by else { continue };
        let Held::Picked { all: false, values } = &value.chosen.held else { continue };
        let by_query = matches!(parameter.choices, Choices::Query(_)) && value.listed;
        if !by_query || given.of(*at).is_empty() {
            continue;
        }
        let known: Vec<&str> = value.offered.iter().map(|choice| choice.value.as_str()).collect();
        for value in values.iter().filter(|value| !known.contains(&value.value.as_str())) {
            let listed = if known.len() <= 12 { known.join(", ") } else { known[..12].join(", ") + ", …" };
            let rest = if known.is_empty() { String::new() } else { format!("; there are {listed}") };
            notices.push(format!(
                "no row of the chosen range has the {} `{}`{rest}",
                parameter.label(),
                value.value
            ));
        }
    }
    notices
}
