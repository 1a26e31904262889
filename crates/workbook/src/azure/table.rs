//! The table a workbook is about: the one most of its queries begin with. Its newest row tells how old the logs are.

use crate::model::{Choices, Content, Item, Source};
use std::collections::BTreeMap;

/// The table that at least half of the queries begin with.
pub fn table(items: &[Item]) -> Option<String> {
    let mut texts = Vec::new();
    queries(items, &mut texts);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in texts.iter().filter_map(|text| first_table(text)) {
        *counts.entry(name).or_default() += 1;
    }
    let (name, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (2 * count >= texts.len()).then(|| name.to_owned())
}

fn queries<'a>(items: &'a [Item], found: &mut Vec<&'a str>) {
    for item in items {
        match &item.content {
            Content::Group(group) => queries(&group.items, found),
            Content::Panel(panel) => match &panel.source {
                Source::Query(query) => found.push(&query.text),
                Source::Merge(_) | Source::Json(_) => {}
            },
            Content::Parameters(step) => {
                for parameter in &step.parameters {
                    if let Choices::Query(query) = &parameter.choices {
                        found.push(&query.text);
                    }
                }
            }
            Content::Text(_) | Content::Links(_) | Content::Placeholder(_) => {}
        }
    }
}

/// The name before a query's first pipe, behind `let x =` where there is one.
fn first_table(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    while rest.starts_with("//") {
        rest = rest.split_once('\n')?.1.trim_start();
    }
    if let Some(after) = rest.strip_prefix("let ") {
        rest = after.split_once('=')?.1.trim_start();
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let after = after.trim_start();
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && (after.is_empty() || after.starts_with('|'))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_before_the_first_pipe() {
        for (text, name) in [
            ("SigninLogs\r\n| take 1", Some("SigninLogs")),
            ("// all\n// of it\nlet a = Logs | count; a", Some("Logs")),
            ("Logs", Some("Logs")),
            ("print 1", None),
            ("let a = 1; Logs", None),
            ("union A, B", None),
            ("{Table} | take 1", None),
            ("", None),
        ] {
            assert_eq!(first_table(text), name, "{text}");
        }
    }
}
