//! Rules for the pages, and what `calypso alert watch` has told of their alerts. In: names of files of rules, the folder
//! of the watch. Out: what the alerts of the live page and of drawn workbooks are made of.

use super::alert::rules;
use crate::data::UNIX_TICKS;
use crate::places;
use calypso_notify::{Entry, Part, look};
use calypso_server::alerts::{RuleFile, RuleSource, Telling, Told};
use chrono::{DateTime, Utc};
use std::path::PathBuf;

/// Ticks of 100 ns in a second.
const SECOND: i64 = 10_000_000;

/// Files of rules by name, and the folder of a watch.
pub struct Rules {
    /// The files; none: all saved ones.
    pub names: Vec<String>,
    /// The folder; none: where a watch keeps its state when it is not told otherwise.
    pub state: Option<PathBuf>,
}

impl RuleSource for Rules {
    fn files(&self) -> Vec<RuleFile> {
        let names = if self.names.is_empty() { rules::saved() } else { self.names.clone() };
        let read = |name: String| match rules::named(&name) {
            Ok(files) => files
                .into_iter()
                .map(|file| RuleFile { origin: file.origin, read: Ok(file.reading) })
                .collect(),
            Err(failure) => vec![RuleFile { origin: name, read: Err(failure.sentence()) }],
        };
        names.into_iter().flat_map(read).collect()
    }

    fn told(&self) -> Result<Vec<Told>, String> {
        let usual = || Some(places::state()?.join("alerts"));
        let Some(folder) = self.state.clone().or_else(usual) else { return Ok(Vec::new()) };
        let entries = look(&folder).map_err(|error| error.to_string())?;
        Ok(entries.into_iter().map(told).collect())
    }
}

fn told((part, entry): (Part, Entry)) -> Told {
    let Entry { channel, notification: one, error, .. } = entry;
    let measured = one.measured.first();
    Told {
        alert: one.alert.text().to_owned(),
        rule: one.rule,
        title: one.title,
        severity: u8::from(one.severity),
        series: one.series,
        fired: ticks(one.fired),
        resolved: one.resolved.map(ticks),
        value: measured.and_then(|measured| measured.value),
        threshold: measured.map(|measured| measured.threshold),
        channel,
        telling: match part {
            Part::Delivered => Telling::Delivered,
            Part::Waiting => Telling::Waiting(error),
            Part::GivenUp => Telling::GivenUp(error),
        },
    }
}

/// A time of the calendar as ticks.
fn ticks(time: DateTime<Utc>) -> i64 {
    let within = i64::from(time.timestamp_subsec_nanos() / 100);
    time.timestamp().saturating_mul(SECOND).saturating_add(within).saturating_add(UNIX_TICKS)
}
