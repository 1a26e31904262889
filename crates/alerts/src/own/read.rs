//! Our own form to a rule. In: a text and the name of its file. Out: the rule, or why it is none.

use super::header::{Section, Setting, sections};
use super::settings::{KEYS, Settings};
use super::{counted, measured, series};
use crate::read::Reading;
use crate::rule::*;
use crate::text::Found;
use crate::{Finding, Place, Timespan};

/// Reads a file.
pub fn read(text: &str, file: &str) -> Reading {
    let mut found = Found::default();
    let rule = rule(text, file, &mut found);
    let findings = found.findings;
    Reading {
        rules: rule.filter(|_| !findings.iter().any(Finding::is_error)).into_iter().collect(),
        findings,
    }
}

fn rule(text: &str, file: &str, found: &mut Found) -> Option<Rule> {
    let mut sections = sections(text, |key| KEYS.iter().any(|known| is_key(known, key))).into_iter();
    let (_, first) = sections.next()?;
    let mut settings = Settings::new(&first.settings, found);
    let severity = settings.word("severity", &severities(), found).unwrap_or(Severity::Informational);
    let enabled = settings.word("enabled", &[("true", true), ("false", false)], found).unwrap_or(true);
    let kind_words = [
        ("scheduled", Kind::Scheduled),
        ("realtime", Kind::Realtime),
        ("measured", Kind::Measured),
        ("series", Kind::Series),
    ];
    let kind = settings.word("kind", &kind_words, found).unwrap_or(Kind::Measured);
    let name = settings.text("name").unwrap_or_else(|| crate::read::stem(file));
    let title = settings.text("title");
    let description = settings.all("description").filter(|text| !text.is_empty());
    let panel = settings.text("panel");
    let delay = settings.timespan("delay", found);
    let every = settings.timespan("every", found);
    let properties = settings.named("property");
    let kept = kept(&mut settings, found);
    let rest: Vec<(&str, Section)> = sections.collect();
    let (condition, life, window) = match kind {
        Kind::Measured => {
            let read = measured::read(&first, &mut settings, &rest, found);
            settings.finish(found);
            let (measured, life) = read?;
            let window = measured.window;
            (Condition::Measured(measured), life, window)
        }
        Kind::Series => {
            alone(&rest, found);
            let read = series::read(&first, &mut settings, found);
            settings.finish(found);
            let (series, life) = read?;
            let window = series.window;
            (Condition::Series(series), life, window)
        }
        Kind::Scheduled | Kind::Realtime => {
            alone(&rest, found);
            let read = counted::read(&first, &mut settings, kind == Kind::Realtime, found);
            settings.finish(found);
            let counted = read?;
            let period = counted.period;
            (Condition::Counted(Box::new(counted)), Life::Stateless { mute: None }, period)
        }
    };
    let standard_delay = match kind {
        Kind::Measured | Kind::Series => Timespan::ZERO,
        Kind::Scheduled => Timespan::minutes(5),
        Kind::Realtime => Timespan::minutes(2),
    };
    let schedule = Schedule {
        every: every.unwrap_or(window.min(Timespan::days(1))),
        delay: delay.unwrap_or(standard_delay),
    };
    if schedule.every.is_zero() || window.is_zero() {
        found.add(Finding::error(
            "own-form",
            Place::default(),
            "a rule is evaluated every so often, over some time",
        ));
    }
    Some(Rule {
        name,
        title,
        description,
        panel,
        severity,
        enabled,
        schedule,
        condition,
        life,
        properties,
        kept,
        source: Source { file: file.to_owned(), form: Form::Own, place: Place::default() },
    })
}

/// Tells sections that go with measured rules alone.
fn alone(rest: &[(&str, Section)], found: &mut Found) {
    for (marker, section) in rest {
        let what = format!("`{marker}` does not go with this kind of rule");
        found.add(Finding::error("own-form", section.query_place, what));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Measured,
    Scheduled,
    Realtime,
    Series,
}

/// Whether a comment's key is a known one; known ones that end with a space are followed by a name.
pub(super) fn is_key(known: &str, key: &str) -> bool {
    if known.ends_with(' ') { key.starts_with(known) } else { key == known }
}

fn severities() -> Vec<(&'static str, Severity)> {
    let names = ["critical", "error", "warning", "informational", "verbose"];
    let numbers = ["0", "1", "2", "3", "4"];
    let all = |words: [&'static str; 5]| words.into_iter().zip(Severity::ALL);
    all(numbers).chain(all(names)).collect()
}

fn kept(settings: &mut Settings, found: &mut Found) -> Vec<(String, serde_json::Value)> {
    let mut kept = Vec::new();
    for setting in settings.each("keep ") {
        let path = setting.key["keep ".len()..].to_owned();
        match serde_json::from_str(&setting.value) {
            Ok(value) => kept.push((path, value)),
            Err(error) => {
                let finding = Finding::error("own-form", setting.place, format!("no JSON: {error}"));
                found.add(finding.at(setting.key.clone()));
            }
        }
    }
    kept
}

/// A value, or the finding that it is none.
pub(super) fn said<T>(setting: &Setting, read: Result<T, String>, found: &mut Found) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(what) => {
            let what = format!("`{}`: {what}", setting.value);
            found.add(Finding::error("wrong-value", setting.place, what).at(setting.key.clone()));
            None
        }
    }
}

/// The query of a section.
pub(super) fn query(section: &Section, found: &mut Found) -> Option<Query> {
    if section.query.is_empty() {
        found.add(Finding::error(
            "missing-field",
            section.query_place,
            "there is no query below the comments",
        ));
        return None;
    }
    Some(Query { text: section.query.clone(), place: section.query_place })
}
