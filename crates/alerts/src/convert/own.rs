//! A rule in our own form, which can say all of them.

use crate::own::phrases::{
    count_firing_text, dimensions_text, firing_text, resolves_text, value_firing_text,
};
use crate::own::{column_text, listed, name_text, quoted};
use crate::rule::*;
use std::fmt::Write;

/// Writes it.
pub fn write(rule: &Rule) -> String {
    let mut out = String::new();
    // Writing to a text does not fail.
    let mut say = |key: &str, value: &str| {
        let _ = writeln!(out, "// {key}: {value}");
    };
    rule.title.iter().for_each(|title| say("title", &plain(title)));
    let mut texts = |key: &str, text: &Option<String>| {
        for line in text.iter().flat_map(|text| text.split('\n')) {
            say(key, &plain(line));
        }
    };
    texts("description", &rule.description);
    say("name", &plain(&rule.name));
    rule.panel.iter().for_each(|panel| say("panel", &plain(panel)));
    say("severity", &rule.severity.number().to_string());
    if !rule.enabled {
        say("enabled", "false");
    }
    let standard_delay = match &rule.condition {
        Condition::Measured(_) | Condition::Series(_) => 0,
        Condition::Counted(counted) => {
            if counted.realtime {
                2
            } else {
                5
            }
        }
    };
    say("every", &rule.schedule.every.to_string());
    if rule.schedule.delay != crate::Timespan::minutes(standard_delay) {
        say("delay", &rule.schedule.delay.to_string());
    }
    for (name, value) in &rule.properties {
        say(&format!("property {}", name_text(name)), &plain(value));
    }
    for (path, value) in &rule.kept {
        say(&format!("keep {}", name_text(path)), &value.to_string());
    }
    let mut below = String::new();
    match &rule.condition {
        Condition::Measured(measured) => {
            say("window", &measured.window.to_string());
            measured.range.iter().for_each(|range| say("range", &range.to_string()));
            if !measured.warm_up.is_zero() {
                say("warm-up", &measured.warm_up.to_string());
            }
            life(&rule.life, &mut say, &mut below);
            for (number, one) in measured.criteria.iter().enumerate() {
                let mut lines = String::new();
                let mut note = |key: &str, value: &str| lines += &format!("// {key}: {value}\n");
                criterion(one, &mut note);
                lines += &format!("// query:\n{}\n", below_comments(&one.query));
                let marker = if number > 0 { "// criterion:\n" } else { "" };
                let at = below.find("// resolved by:").unwrap_or(below.len());
                below.insert_str(at, &format!("{marker}{lines}"));
            }
        }
        Condition::Series(series) => {
            say("kind", "series");
            say("window", &series.window.to_string());
            life(&rule.life, &mut say, &mut below);
            dimensions(&series.dimensions, &mut say);
            say("fires", &value_firing_text(series));
            below = format!("// query:\n{}\n", below_comments(&series.query));
        }
        Condition::Counted(one) => {
            counted(one, &mut say);
            below = format!("// query:\n{}\n", below_comments(&one.query));
        }
    }
    out + &below
}

/// A query's text; a comment of it that would begin a section here gets another space.
fn below_comments(query: &Query) -> String {
    let line = |line: &str| match ["// criterion:", "// resolved by:"].contains(&line.trim_end()) {
        true => line.replacen("// ", "//  ", 1),
        false => line.to_owned(),
    };
    query.text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// A value on one line; as JSON where it would be read as something else.
fn plain(value: &str) -> String {
    let same = value.trim() == value && !value.is_empty() && !value.starts_with('"');
    if same && !value.contains(['\n', '\r']) { value.to_owned() } else { quoted(value) }
}

fn life(life: &Life, say: &mut impl FnMut(&str, &str), below: &mut String) {
    match life {
        Life::Stateless { mute } => {
            say("resolves", &resolves_text(life));
            mute.iter().for_each(|mute| say("mute", &mute.to_string()));
        }
        Life::Stateful { resolve: Resolve::When(query) } => {
            *below += &format!("// resolved by:\n// query:\n{}\n", below_comments(query));
        }
        Life::Stateful { resolve: Resolve::Azure } => {}
        Life::Stateful {
            resolve: Resolve::Clear(_) | Resolve::NextDay | Resolve::AtOnce | Resolve::WhenColumn(_),
        } => {
            say("resolves", &resolves_text(life));
        }
    }
}

fn criterion(criterion: &Criterion, say: &mut impl FnMut(&str, &str)) {
    dimensions(&criterion.dimensions, say);
    say("fires", &firing_text(criterion));
    criterion.absent_within.iter().for_each(|span| say("absent within", &span.to_string()));
}

fn dimensions(dimensions: &[Dimension], say: &mut impl FnMut(&str, &str)) {
    if !dimensions.is_empty() {
        say("dimensions", &dimensions_text(dimensions));
    }
}

fn counted(counted: &Counted, say: &mut impl FnMut(&str, &str)) {
    say("kind", if counted.realtime { "realtime" } else { "scheduled" });
    say("period", &counted.period.to_string());
    say("fires", &count_firing_text(counted));
    if counted.grouping == Grouping::PerResult {
        say("alerts", "per row");
    }
    counted.suppression.iter().for_each(|span| say("suppress", &span.to_string()));
    for entity in &counted.entities {
        let fields = entity
            .fields
            .iter()
            .map(|(name, column)| format!("{} = {}", column_text(name), column_text(column)));
        say(&format!("entity {}", name_text(&entity.entity)), &fields.collect::<Vec<_>>().join(", "));
    }
    for (name, column) in &counted.details {
        say(&format!("detail {}", name_text(name)), &plain(column));
    }
    let overrides = &counted.overrides;
    overrides.title.iter().for_each(|text| say("alert title", &plain(text)));
    for line in overrides.description.iter().flat_map(|text| text.split('\n')) {
        say("alert description", &plain(line));
    }
    overrides.severity_column.iter().for_each(|text| say("alert severity column", &plain(text)));
    overrides.tactics_column.iter().for_each(|text| say("alert tactics column", &plain(text)));
    for (name, column) in &overrides.properties {
        say(&format!("alert property {}", name_text(name)), &plain(column));
    }
    for (key, list) in [("tactics", &counted.tactics), ("techniques", &counted.techniques)] {
        if !list.is_empty() {
            say(key, &list.iter().map(|text| listed(text)).collect::<Vec<_>>().join(", "));
        }
    }
}
