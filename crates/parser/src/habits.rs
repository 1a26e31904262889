//! What writers of other languages mean: `AND`, `= "x"`, `order by x DESC`, `case when`. Words and signs in, the KQL
//! way out. A whole statement of SQL is [`sql`]'s.

pub(crate) mod sql;

use crate::grammar::In;
use crate::keywords::{OPERATORS, Word, word};
use crate::token::Kind;

/// What was meant by the token here, wherever it stands.
pub(crate) fn meant(i: In<'_>) -> Option<String> {
    let text = i.nth_text(0);
    let lower = text.to_ascii_lowercase();
    let fixed = match lower.as_str() {
        "and" if text != "and" => "write `and` in lower case",
        "or" if text != "or" => "write `or` in lower case",
        "in" if text != "in" => "write `in` in lower case",
        "between" if text != "between" => "write `between (low .. high)` in lower case",
        "like" | "ilike" if text != "like" => "use `contains`, `startswith`, `endswith` or `matches regex`",
        "rlike" | "regexp" | "matches" => "write `matches regex \"…\"`",
        "by" if i.nth_text_before() == "," => "remove the comma before `by`",
        "not" => not_help(i),
        "is" => "use `isnull(…)`, `isempty(…)`, or their negations `isnotnull(…)`, `isnotempty(…)`",
        "null" => "use `isnull(…)`; a null of a type is `long(null)`",
        "group" => "groups are named in `summarize … by …`",
        "having" => "filter after `summarize` with `| where …`",
        "case" | "when" | "then" | "else" => "`case(condition, value, …, otherwise)` is a function",
        "offset" => "number the rows and filter: `| serialize n = row_number() | where n > 10`",
        "using" => "write `on` and the columns: `join (U) on key`",
        "ascending" => "write `asc`",
        "descending" => "write `desc`",
        "eq" => "compare with `==`",
        "ne" => "compare with `!=`",
        "gt" | "ge" | "lt" | "le" => "compare with `>`, `>=`, `<`, `<=`",
        "as" if text != "as" || !i.begins_step() => "a column is named before its value: `name = value`",
        _ => return sign(i).or_else(|| lower_case(text, &lower)),
    };
    Some(fixed.to_string())
}

/// `not in (…)`, `not like`, `not (…)`
fn not_help(i: In<'_>) -> &'static str {
    match i.nth_text(1).to_ascii_lowercase().as_str() {
        "in" => "write `!in (…)`",
        "like" | "contains" => "write `!contains`, or `not(…)` around the comparison",
        "has" => "write `!has`",
        "between" => "write `!between (low .. high)`",
        _ => "write `not(…)`, or a negated operator such as `!=`, `!in`, `!has`",
    }
}

fn sign(i: In<'_>) -> Option<String> {
    let (text, before) = (i.nth_text(0), i.nth_text_before());
    let fixed = match i.kind() {
        Kind::Assign => "compare with `==`; `=` gives a name",
        Kind::Question => "use `iff(condition, yes, no)`",
        Kind::Bar if before == "|" => "write `or`; to join texts, `strcat(a, b)`",
        Kind::Minus if i.nth_text(1) == "-" => "a comment begins with `//`",
        Kind::Colon if before == ":" => "convert with a function: `tostring(…)`, `tolong(…)`",
        Kind::Word(Word::Hard) if i.nth(1).kind == Kind::OpenParen => return conversion(text),
        _ if before.eq_ignore_ascii_case("distinct") && !i.begins_step() => {
            return Some(format!("count distinct values with `dcount({text})` or `count_distinct({text})`"));
        }
        _ if unit(text) && before.starts_with(|c: char| c.is_ascii_digit()) => {
            return Some(format!("write the unit right behind the number: `{before}{text}`"));
        }
        _ if matches!(before.to_ascii_lowercase().as_str(), "case" | "when" | "then") => {
            "`case(condition, value, …, otherwise)` is a function"
        }
        _ if before.eq_ignore_ascii_case("not") => "write `not(…)`",
        _ => return None,
    };
    Some(fixed.to_string())
}

/// `string(x)`
fn conversion(text: &str) -> Option<String> {
    let known =
        matches!(text, "string" | "int" | "long" | "real" | "double" | "decimal" | "datetime" | "timespan");
    known.then(|| format!("convert with `to{text}(…)`"))
}

fn unit(text: &str) -> bool {
    matches!(
        text,
        "d" | "day"
            | "days"
            | "h"
            | "hour"
            | "hours"
            | "m"
            | "minute"
            | "minutes"
            | "s"
            | "second"
            | "seconds"
            | "ms"
    )
}

/// A word of the language in other case: `DESC`, `By`.
fn lower_case(text: &str, lower: &str) -> Option<String> {
    let known = lower != text && (word(lower).is_some() || OPERATORS.contains(&lower));
    known.then(|| match OPERATORS.contains(&lower) && lower != "count" {
        true => format!("write `| {lower} …`: operators are in lower case, after a `|`"),
        false => format!("write `{lower}` in lower case"),
    })
}

/// What is meant behind a whole operator: `summarize count() s`.
pub(crate) fn behind(operator: &str, i: In<'_>) -> Option<String> {
    let text = i.nth_text(0);
    let lower = text.to_ascii_lowercase();
    match (operator, lower.as_str()) {
        ("project" | "extend" | "summarize" | "distinct" | "make-series" | "serialize", "as") => {
            Some("a column is named before its value: `name = value`".to_string())
        }
        ("project" | "extend", "*") => {
            Some("`extend` keeps all columns and adds some; `project` lists those that stay".to_string())
        }
        ("count", "by" | "distinct") => Some("count groups with `summarize count() by …`".to_string()),
        ("union", _) if i.nth_text_before().eq_ignore_ascii_case("all") => {
            Some("`union` keeps all rows: write it without `all`".to_string())
        }
        ("summarize", _)
            if matches!(i.kind(), Kind::Name) && word(&lower).is_none() && meant(i).is_none() =>
        {
            Some(format!("put `by` before `{text}` to group by it, or `,` between aggregates"))
        }
        _ => None,
    }
}

/// What is meant by a word where an operator should be.
pub(crate) fn operator(word: &str, calls: bool) -> Option<String> {
    let lower = word.to_ascii_lowercase();
    let fixed = match lower.as_str() {
        "select" => "use `project` to choose columns, `extend` to add some",
        "group" | "groupby" => "use `summarize … by …`",
        "having" => "use `where` after `summarize`",
        "from" => "a query begins with its table: `T | where …`",
        "head" => "use `take` for some rows, `top … by …` for the first by a key",
        "tail" => "sort the other way round: `top … by … asc`",
        "orderby" | "sortby" => "use `sort by …`",
        "left" => "use `join kind=leftouter (U) on key`",
        "right" => "use `join kind=rightouter (U) on key`",
        "full" | "outer" => "use `join kind=fullouter (U) on key`",
        "inner" => "use `join kind=inner (U) on key`",
        "cross" => {
            "give both sides the same value and join on it: `extend k = 1 | join (U | extend k = 1) on k`"
        }
        "and" | "or" => "conditions are joined within one `where`: `where a and b`",
        "table" | "fields" => "use `project`",
        "stats" => "use `summarize`",
        "eval" => "use `extend`",
        "rename" => "use `project-rename new = old`",
        "drop" => "use `project-away`",
        "dedup" | "unique" | "uniq" => "use `distinct`",
        "explode" | "unnest" | "flatten" => "use `mv-expand`",
        "pivot" | "bag_unpack" | "autocluster" | "basket" | "diffpatterns" | "narrow" => {
            return Some(format!("it is a plugin: `| evaluate {lower}(…)`"));
        }
        _ if calls => {
            return Some(format!(
                "call a plugin with `evaluate {word}(…)`, a function with `invoke {word}(…)`"
            ));
        }
        _ => return None,
    };
    Some(fixed.to_string())
}
