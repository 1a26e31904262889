//! Statements of SQL, answered with the same in KQL: `SELECT a, COUNT(*) FROM T WHERE x = 1 GROUP BY a` is
//! `T | where x == 1 | summarize count() by a`.

use crate::Diagnostic;
use crate::grammar::In;
use crate::pipeline::skip_to_end;
use crate::token::Kind;

/// Most words of a part that are still written out in KQL.
const MOST_WORDS: usize = 60;

/// Steps over a statement of SQL, having said how it is written here; none when this is no such statement.
pub(crate) fn statement(i: In<'_>) -> Option<In<'_>> {
    let word = i.nth_text(0);
    if !matches!(i.kind(), Kind::Name | Kind::Word(_)) || !begins(i) {
        return None;
    }
    let help = match word.to_ascii_lowercase().as_str() {
        "select" => select(i),
        "from" => "a query begins with its table, without `from`: `T | …`".to_string(),
        "with" => "name a subquery with `let name = …;`".to_string(),
        "insert" => "queries only read; rows written out are `datatable(a:long) [1, 2]`".to_string(),
        "update" | "merge" => "queries only read; `extend` computes new values of columns".to_string(),
        "delete" | "truncate" => "queries only read; `where` leaves rows out".to_string(),
        "show" | "describe" => "management commands begin with a dot: `.show tables`".to_string(),
        _ => "queries only read; tables come from files, or from `datatable(a:long) [1, 2]`".to_string(),
    };
    i.complain(
        Diagnostic::error(i.peek().span(), format!("`{word}` begins a statement of SQL, not of KQL"))
            .with_code("KS198")
            .with_help(help),
    );
    let mut rest = skip_to_end(i);
    while rest.at(Kind::Bar) {
        rest = skip_to_end(rest.skip(1));
    }
    Some(rest.skip(1))
}

/// Whether the first words cannot be KQL.
fn begins(i: In<'_>) -> bool {
    let (first, second) = (i.nth_text(0).to_ascii_lowercase(), i.nth_text(1).to_ascii_lowercase());
    let name = matches!(i.nth(1).kind, Kind::Name);
    match first.as_str() {
        "select" => match i.nth(1).kind {
            Kind::Name | Kind::Long | Kind::String => true,
            Kind::Word(_) => matches!(second.as_str(), "distinct" | "top" | "count") || names_table(i),
            Kind::Star => names_table(i),
            _ => false,
        },
        "insert" => second == "into",
        "delete" => second == "from",
        "create" | "drop" | "alter" | "truncate" => {
            matches!(second.as_str(), "table" | "view" | "index" | "database")
        }
        "with" => name && i.nth_text(2).eq_ignore_ascii_case("as"),
        "from" | "update" | "merge" | "describe" => name,
        "show" => name || matches!(i.nth(1).kind, Kind::Word(_)),
        _ => false,
    }
}

/// Whether `from` comes later in the statement.
fn names_table(i: In<'_>) -> bool {
    (2..200)
        .take_while(|offset| !matches!(i.nth(*offset).kind, Kind::End | Kind::Semicolon))
        .any(|offset| i.nth_text(offset).eq_ignore_ascii_case("from"))
}

/// The parts of a `SELECT`.
#[derive(Default)]
struct Parts {
    select: Vec<String>,
    from: Vec<String>,
    filter: Vec<String>,
    group: Vec<String>,
    having: Vec<String>,
    order: Vec<String>,
    limit: Vec<String>,
}

/// The same in KQL, or how a query begins.
fn select(i: In<'_>) -> String {
    match parts(i).and_then(pipeline) {
        Some(text) => format!("write `{text}`"),
        None => "a query begins with its table: `T | where … | project a, b`".to_string(),
    }
}

/// The words of each part; none when the statement holds more than a plain `SELECT`.
fn parts(i: In<'_>) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut list = &mut parts.select;
    let mut offset = 1;
    while !matches!(i.nth(offset).kind, Kind::End | Kind::Semicolon) {
        let text = i.nth_text(offset);
        let by = i.nth_text(offset + 1).eq_ignore_ascii_case("by");
        let width = match text.to_ascii_lowercase().as_str() {
            "join" | "union" | "select" | "over" | "case" | "with" => return None,
            "from" => {
                list = &mut parts.from;
                1
            }
            "where" => {
                list = &mut parts.filter;
                1
            }
            "having" => {
                list = &mut parts.having;
                1
            }
            "limit" => {
                list = &mut parts.limit;
                1
            }
            "group" if by => {
                list = &mut parts.group;
                2
            }
            "order" if by => {
                list = &mut parts.order;
                2
            }
            _ if list.len() >= MOST_WORDS => return None,
            _ => {
                list.push(text.to_string());
                1
            }
        };
        offset += width;
    }
    Some(parts)
}

/// The pipeline that does the same.
fn pipeline(mut parts: Parts) -> Option<String> {
    let [table] = parts.from.as_slice() else { return None };
    let mut steps = vec![table.clone()];
    let distinct = begins_with(&parts.select, "distinct");
    if distinct {
        parts.select.remove(0);
    }
    if begins_with(&parts.select, "top") && parts.select.len() > 2 {
        parts.limit = vec![parts.select[1].clone()];
        parts.select.drain(..2);
    }
    if !parts.filter.is_empty() {
        steps.push(format!("where {}", condition(&parts.filter)?));
    }
    let items: Vec<Item> = split(&parts.select).into_iter().map(item).collect::<Option<_>>()?;
    let groups: Vec<String> = split(&parts.group).iter().map(|words| joined(words)).collect();
    let grouped = items.iter().any(|item| item.aggregate) || !groups.is_empty();
    if grouped {
        let aggregates: Vec<String> = items.iter().filter(|item| item.aggregate).map(Item::text).collect();
        let mut step = format!("summarize {}", aggregates.join(", "));
        if !groups.is_empty() {
            step = format!("{} by {}", step.trim_end(), groups.join(", "));
        }
        steps.push(step);
        if !parts.having.is_empty() {
            steps.push(format!("where {}", condition(&parts.having)?));
        }
    }
    let list = items.iter().map(Item::text).collect::<Vec<_>>().join(", ");
    if distinct {
        steps.push(format!("distinct {list}"));
    }
    steps.extend(ordered(&parts));
    if !grouped && !distinct && list != "*" {
        steps.push(format!("project {list}"));
    }
    Some(steps.join(" | "))
}

fn begins_with(words: &[String], wanted: &str) -> bool {
    words.first().is_some_and(|first| first.eq_ignore_ascii_case(wanted))
}

/// `top`, `sort` or `take`.
fn ordered(parts: &Parts) -> Option<String> {
    let keys: Vec<String> = split(&parts.order).into_iter().map(key).collect();
    match (keys.as_slice(), parts.limit.first()) {
        ([], None) => None,
        ([], Some(count)) => Some(format!("take {count}")),
        ([key], Some(count)) => Some(format!("top {count} by {key}")),
        (keys, Some(count)) => Some(format!("sort by {} | take {count}", keys.join(", "))),
        (keys, None) => Some(format!("sort by {}", keys.join(", "))),
    }
}

/// `a DESC`; without a word SQL sorts upwards.
fn key(mut words: Vec<String>) -> String {
    let mut direction = "asc".to_string();
    let last = words.last().map(|last| last.to_ascii_lowercase());
    if let Some(given @ ("asc" | "desc")) = last.as_deref() {
        direction = given.to_string();
        words.pop();
    }
    format!("{} {direction}", joined(&words))
}

/// A column of the list.
struct Item {
    name: Option<String>,
    value: String,
    aggregate: bool,
}

impl Item {
    fn text(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} = {}", self.value),
            None => self.value.clone(),
        }
    }
}

/// `COUNT(*) AS n`, `a`
fn item(mut words: Vec<String>) -> Option<Item> {
    let at = words.iter().position(|word| word.eq_ignore_ascii_case("as"));
    let name = at.and_then(|at| words.get(at + 1).cloned());
    words.truncate(at.unwrap_or(words.len()));
    let function = words.first()?.to_ascii_lowercase();
    let called = words.get(1).is_some_and(|word| word == "(");
    let aggregate = called && matches!(function.as_str(), "count" | "sum" | "avg" | "min" | "max");
    if !aggregate {
        return Some(Item { name, value: joined(&words), aggregate });
    }
    let inner = words.get(2..words.len().saturating_sub(1)).unwrap_or(&[]);
    let value = match inner.split_first() {
        Some((first, rest)) if function == "count" && first.eq_ignore_ascii_case("distinct") => {
            format!("dcount({})", joined(rest))
        }
        Some(_) if function != "count" => format!("{function}({})", joined(inner)),
        _ => "count()".to_string(),
    };
    Some(Item { name, value, aggregate })
}

/// The parts between commas outside brackets.
fn split(words: &[String]) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = Vec::new();
    let mut depth = 0;
    for word in words {
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            "," if depth == 0 => {
                parts.push(Vec::new());
                continue;
            }
            _ => {}
        }
        match parts.last_mut() {
            Some(last) => last.push(word.clone()),
            None => parts.push(vec![word.clone()]),
        }
    }
    parts
}

/// A condition: `=` is `==`, `<>` is `!=`, words in lower case, `LIKE` and `IS NULL` by what they mean. None where
/// that takes more than changing words.
fn condition(words: &[String]) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let lower = word.to_ascii_lowercase();
        let next = words.get(at + 1).map(|next| next.to_ascii_lowercase()).unwrap_or_default();
        at += match lower.as_str() {
            "=" => push(&mut out, "==", 1),
            "<>" => push(&mut out, "!=", 1),
            "and" | "or" | "in" => push(&mut out, &lower, 1),
            "not" if next == "in" => push(&mut out, "!in", 2),
            "between" | "not" | "exists" => return None,
            "like" => push(&mut out, &like(words.get(at + 1)?)?, 2),
            "is" => {
                let (test, width) = if next == "not" { ("isnotempty", 3) } else { ("isempty", 2) };
                let value = out.pop()?;
                push(&mut out, &format!("{test}({value})"), width)
            }
            // The column that `count()` makes has that name.
            "count" if next == "(" => {
                let width = words[at..].iter().position(|word| word == ")")? + 1;
                push(&mut out, "count_", width)
            }
            _ => push(&mut out, word, 1),
        };
    }
    Some(joined(&out))
}

fn push(out: &mut Vec<String>, word: &str, width: usize) -> usize {
    out.push(word.to_string());
    width
}

/// `LIKE '%x%'` is `contains "x"`.
fn like(pattern: &str) -> Option<String> {
    let inner = pattern.trim_matches(['\'', '"']);
    let text = inner.trim_matches('%');
    let operator = match (inner.starts_with('%'), inner.ends_with('%')) {
        (true, true) => "contains",
        (false, true) => "startswith",
        (true, false) => "endswith",
        (false, false) => "=~",
    };
    let plain = !text.contains(['%', '_', '\\', '"']);
    plain.then(|| format!("{operator} \"{text}\""))
}

/// Words as a text, with spaces where people put them.
fn joined(words: &[String]) -> String {
    let mut text = String::new();
    for (index, word) in words.iter().enumerate() {
        let tight = matches!(word.as_str(), ")" | "," | ".") || (word == "(" && !text.ends_with("in"));
        if index > 0 && !tight && !text.ends_with(['(', '.']) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}
