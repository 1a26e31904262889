//! Our own form to a rule. In: a text and the name of its file. Out: the rule, or why it is none.

use super::header::{CRITERION, RESOLVED_BY, Section, Setting, sections};
use super::settings::{KEYS, Settings};
use super::words::{dimensions, firing};
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
    let kind_words =
        [("scheduled", Kind::Scheduled), ("realtime", Kind::Realtime), ("measured", Kind::Measured)];
    let kind = settings.word("kind", &kind_words, found).unwrap_or(Kind::Measured);
    let name = settings.text("name").unwrap_or_else(|| crate::read::stem(file));
    let title = settings.text("title");
    let description = settings.all("description").filter(|text| !text.is_empty());
    let delay = settings.timespan("delay", found);
    let every = settings.timespan("every", found);
    let properties = settings.named("property");
    let kept = kept(&mut settings, found);
    let rest: Vec<(&str, Section)> = sections.collect();
    let (condition, life, window) = match kind {
        Kind::Measured => {
            let read = measured(&first, &mut settings, &rest, found);
            settings.finish(found);
            let (measured, life) = read?;
            let window = measured.window;
            (Condition::Measured(measured), life, window)
        }
        Kind::Scheduled | Kind::Realtime => {
            for (marker, section) in &rest {
                let what = format!("`{marker}` does not go with a rule that counts rows");
                found.add(Finding::error("own-form", section.query_place, what));
            }
            let read = super::counted::read(&first, &mut settings, kind == Kind::Realtime, found);
            settings.finish(found);
            let counted = read?;
            let period = counted.period;
            (Condition::Counted(Box::new(counted)), Life::Stateless { mute: None }, period)
        }
    };
    let standard_delay = match kind {
        Kind::Measured => Timespan::ZERO,
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Measured,
    Scheduled,
    Realtime,
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
        let path = setting.key.trim_start_matches("keep ").trim().to_owned();
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

fn measured(
    first: &Section,
    settings: &mut Settings,
    rest: &[(&str, Section)],
    found: &mut Found,
) -> Option<(Measured, Life)> {
    let life = life(settings, rest, found);
    let window = settings.timespan("window", found);
    let range = settings.timespan("range", found);
    let warm_up = settings.timespan("warm-up", found).unwrap_or_default();
    let mut criteria = vec![criterion(first, settings, found)];
    for (_, section) in rest.iter().filter(|(marker, _)| *marker == CRITERION) {
        let mut settings = Settings::new(&section.settings, found);
        criteria.push(criterion(section, &mut settings, found));
        settings.finish(found);
    }
    if window.is_none() && !settings.has("window") {
        let finding = Finding::error("missing-field", Place::default(), "`// window:` is missing");
        found.add(finding.at("window").help("say what one value is made of, such as `// window: 1h`"));
    }
    let criteria: Option<Vec<Criterion>> = criteria.into_iter().collect();
    Some((Measured { criteria: criteria?, window: window?, range, warm_up }, life))
}

fn criterion(section: &Section, settings: &mut Settings, found: &mut Found) -> Option<Criterion> {
    let dimensions = match settings.take("by") {
        Some(setting) => said(setting, dimensions(&setting.value), found),
        None => Some(Vec::new()),
    };
    let absent_within = settings.timespan("absent within", found);
    let Some(setting) = settings.take("fires") else {
        let finding = Finding::error("missing-field", section.query_place, "`// fires:` is missing");
        found.add(finding.at("fires").help("say when it fires, such as `// fires: count() > 10`"));
        return None;
    };
    let (measure, operator, threshold, failing) = said(setting, firing(&setting.value), found)?;
    if failing.least == 0 || failing.least > failing.of {
        let what = format!("{} of {} windows cannot fail", failing.least, failing.of);
        found.add(Finding::error("wrong-value", setting.place, what).at("fires"));
    }
    let query = query(section, found)?;
    Some(Criterion {
        query,
        measure,
        dimensions: dimensions?,
        resource_column: None,
        operator,
        threshold,
        failing,
        absent_within,
    })
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

fn life(settings: &mut Settings, rest: &[(&str, Section)], found: &mut Found) -> Life {
    let mute = settings.take("mute");
    let mute_span = mute.and_then(|setting| said(setting, Timespan::read(&setting.value), found));
    let mut queries = rest.iter().filter(|(marker, _)| *marker == RESOLVED_BY).map(|(_, section)| section);
    let resolving = queries.next();
    if let Some(section) = queries.next() {
        found.add(Finding::error("own-form", section.query_place, "`// resolved by:` stands twice"));
    }
    let words = settings.take("resolves");
    let resolve = match (words.map(|setting| (setting, setting.value.as_str())), resolving) {
        (Some((setting, _)), Some(_)) => {
            let what = "`resolves` does not go with a query that ends alerts";
            found.add(Finding::error("own-form", setting.place, what).at("resolves"));
            None
        }
        (None, Some(section)) => {
            let mut settings = Settings::new(&section.settings, found);
            settings.finish(found);
            query(section, found).map(Resolve::When)
        }
        (None | Some((_, "as azure")), None) => Some(Resolve::Azure),
        (Some((_, "next day")), None) => Some(Resolve::NextDay),
        (Some((_, "never")), None) => return Life::Stateless { mute: mute_span },
        (Some((setting, text)), None) => {
            let count = text.strip_prefix("after ").and_then(|text| text.strip_suffix(" clear"));
            let count = count.and_then(|text| text.parse().ok()).filter(|count| *count > 0);
            let wanted = "wanted `as azure`, `after 3 clear`, `next day` or `never`";
            said(setting, count.ok_or(wanted.to_owned()), found).map(Resolve::Clear)
        }
    };
    if let Some(setting) = mute {
        let what = "`mute` goes with `resolves: never`: an alert that lasts is told once anyway";
        found.add(Finding::error("own-form", setting.place, what).at("mute"));
    }
    Life::Stateful { resolve: resolve.unwrap_or(Resolve::Azure) }
}
