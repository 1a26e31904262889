//! A notification for people: a block of lines for terminals and e-mail, without markup, and a subject. In: any texts.
//! Out: lines without control characters.

use crate::notification::{Measured, Notification};
use crate::text::line;
use chrono::{DateTime, SecondsFormat, Utc};
use std::fmt::Write;

/// How many characters of a text are shown in a line.
const LONGEST: usize = 500;

/// How many lines of a list, or of a query, are shown.
const MOST: usize = 50;

/// The block: its first line is [`subject`], the others are indented by two blanks.
pub fn block(one: &Notification) -> String {
    let mut text = subject(one);
    let mut add = |name: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {name:<10}{value}");
    };
    if !one.description.trim().is_empty() {
        add("about", &line(&one.description, LONGEST));
    }
    for (name, value) in one.series.iter().take(MOST) {
        add("series", &format!("{} = {}", line(name, LONGEST), line(value, LONGEST)));
    }
    for measured in one.measured.iter().take(MOST) {
        add("measured", &measure(measured));
    }
    add("window", &format!("{} to {}", time(one.window.0), time(one.window.1)));
    add("fired", &time(one.fired));
    if let Some(resolved) = one.resolved {
        add("resolved", &time(resolved));
    }
    for (name, value) in one.properties.iter().take(MOST) {
        add("property", &format!("{} = {}", line(name, LONGEST), line(value, LONGEST)));
    }
    if let Some(link) = &one.link {
        add("see", &line(&link.to_string(), LONGEST));
    }
    add("alert", one.alert.text());
    text
}

/// One line: `[Fired] Sev2 prov-failures: Spike in failures`.
pub fn subject(one: &Notification) -> String {
    let (rule, title) = (line(&one.rule, 80), line(&one.title, 120));
    let name = if title.is_empty() || title == rule { rule } else { format!("{rule}: {title}") };
    format!("[{}] {} {name}", one.kind().name(), one.severity)
}

/// The queries, each line indented, for where there is room.
pub fn queries(one: &Notification) -> String {
    let mut text = String::new();
    for measured in one.measured.iter().take(MOST) {
        text += "\n  query\n";
        for part in measured.query.lines().take(MOST) {
            let indent = part.len() - part.trim_start_matches(' ').len();
            text += &format!("    {:indent$}{}\n", "", line(part, LONGEST), indent = indent.min(40));
        }
    }
    text
}

fn measure(measured: &Measured) -> String {
    let what = match &measured.column {
        None => line(&measured.aggregation, LONGEST),
        Some(column) => format!("{} of {}", line(&measured.aggregation, LONGEST), line(column, LONGEST)),
    };
    let value = measured.value.map_or("no value".to_owned(), |value| value.to_string());
    let (least, of) = measured.failing;
    let periods = if of > 1 { format!(", in {least} of {of} windows") } else { String::new() };
    format!("{what}: {value}, fires when {} {}{periods}", measured.operator.symbol(), measured.threshold)
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::tests::{any_notification, failures, instant};
    use proptest::prelude::*;

    #[test]
    fn a_block_for_people() {
        let mut one = failures();
        one.title = "Spike\x1b[2J in\r\nfailures".to_owned();
        let expected = format!(
            "[Fired] Sev2 prov-failures: Spike�[2J in failures
  about     More objects fail than usual.
  series    JobId = job-1
  measured  Count: 37, fires when > 10
  window    2026-11-20T08:15:00Z to 2026-11-20T09:15:00Z
  fired     2026-11-20T09:15:00Z
  property  team = identity
  see       file:///tmp/report.html
  alert     {}",
            one.alert
        );
        assert_eq!(block(&one), expected);
        let resolved = block(&one.resolved(instant("2026-11-20T10:00:00Z")));
        assert!(
            resolved.starts_with("[Resolved] Sev2")
                && resolved.contains("\n  resolved  2026-11-20T10:00:00Z\n")
        );
        assert_eq!(
            queries(&one),
            "\n  query\n    AADProvisioningLogs\n    | where ResultType == \"Failure\"\n"
        );
    }

    proptest! {
        #[test]
        fn any_texts_stay_in_their_lines(one in any_notification(700)) {
            prop_assert!(!subject(&one).contains(char::is_control));
            let blocks = block(&one) + &queries(&one);
            prop_assert!(!blocks.contains(|c: char| c.is_control() && c != '\n'));
            let own = blocks.lines().skip(1).all(|line| line.is_empty() || line.starts_with("  "));
            prop_assert!(own, "{blocks}");
        }
    }
}
