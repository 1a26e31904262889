//! Texts by rules. In: the rules and the values seen at their place. Out: what the first rule that applies gives.

use super::expression::evaluate;
use super::format::{plain, said};
use super::template::{Piece, pieces};
use super::{names, query, words};
use crate::chosen::{Circumstances, Scope};
use crate::model::{Criterion, CriterionResult, CriterionTest};
use std::cmp::Ordering;

/// What the first rule that applies gives; empty where none does.
///
/// # Errors
/// A sentence when an operator is not known or an expression cannot be worked out.
pub fn criteria(rules: &[Criterion], scope: &Scope, circumstances: &Circumstances) -> Result<String, String> {
    for rule in rules {
        if applies(&rule.test, scope, circumstances)? {
            return result(&rule.result, scope, circumstances);
        }
    }
    Ok(String::new())
}

/// The same as part of a query: values in it are written as [`query`] writes them. Nothing where it has no values, or
/// they cannot stand in it.
pub fn clause(rules: &[Criterion], scope: &Scope, circumstances: &Circumstances) -> Option<String> {
    let rule = rules.iter().find(|rule| applies(&rule.test, scope, circumstances).unwrap_or(false))?;
    match &rule.result {
        CriterionResult::Text(text) if !names(text).is_empty() => {
            query(text, scope, circumstances).ok().map(|expanded| expanded.text)
        }
        CriterionResult::Text(_) | CriterionResult::Parameter(_) | CriterionResult::Expression(_) => None,
    }
}

fn result(result: &CriterionResult, scope: &Scope, circumstances: &Circumstances) -> Result<String, String> {
    match result {
        CriterionResult::Text(text) => Ok(words(text, scope, circumstances)),
        CriterionResult::Parameter(name) => Ok(operand(&braced(name), scope, circumstances)),
        CriterionResult::Expression(text) => evaluate(&numbers(text, scope, circumstances)),
    }
}

/// The name in braces, where it has none.
fn braced(name: &str) -> String {
    if name.starts_with('{') { name.to_owned() } else { format!("{{{name}}}") }
}

/// The expression with numbers in place of its parameters; a value that is none counts as 0.
fn numbers(text: &str, scope: &Scope, circumstances: &Circumstances) -> String {
    let written = |piece: Piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Named(named) => {
            let value = operand(named.whole, scope, circumstances);
            match number(&value) {
                Some(number) if number.is_finite() => format!("({number})"),
                Some(_) | None => "(0)".to_owned(),
            }
        }
    };
    pieces(text).into_iter().map(written).collect()
}

/// One side of a comparison: a parameter alone is its value without quotes, and empty when it is not there.
fn operand(text: &str, scope: &Scope, circumstances: &Circumstances) -> String {
    let &[Piece::Named(named)] = pieces(text).as_slice() else { return words(text, scope, circumstances) };
    let Some(chosen) = scope.get(named.name) else { return String::new() };
    if named.format.is_empty() || said(chosen, named.format).is_none() {
        return plain(chosen);
    }
    words(text, scope, circumstances)
}

fn applies(test: &CriterionTest, scope: &Scope, circumstances: &Circumstances) -> Result<bool, String> {
    let CriterionTest::If { left, operator, right } = test else { return Ok(true) };
    let [left, right] = [left, right].map(|side| operand(side, scope, circumstances));
    let name: String = operator.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if let Some(holds) = compare(&name, &left, &right) {
        return Ok(holds);
    }
    let other = ["isnot", "doesnot", "not"].iter().find_map(|not| name.strip_prefix(not));
    match other.and_then(|name| compare(name, &left, &right)) {
        Some(holds) => Ok(!holds),
        None => Err(format!(
            "`{operator}` is no comparison; there are `==`, `!=`, `<`, `<=`, `>`, `>=`, `is Empty`, `isNull`, \
             `startsWith`, `endsWith`, `contains`, `regex`, `isValidJson`, and their opposites with `not`"
        )),
    }
}

/// Whether a comparison holds, its name in small letters without blanks; nothing for a name that is not known.
fn compare(name: &str, left: &str, right: &str) -> Option<bool> {
    let ordered = |wanted: &[Ordering]| compared(left, right).is_some_and(|found| wanted.contains(&found));
    let small = |text: &str| text.to_lowercase();
    Some(match name {
        "default" => true,
        "==" | "=" | "===" => ordered(&[Ordering::Equal]),
        "!=" | "<>" | "!==" => !ordered(&[Ordering::Equal]),
        "<" => ordered(&[Ordering::Less]),
        "<=" => ordered(&[Ordering::Less, Ordering::Equal]),
        ">" => ordered(&[Ordering::Greater]),
        ">=" => ordered(&[Ordering::Greater, Ordering::Equal]),
        "isempty" | "empty" | "isnull" | "null" => left.is_empty(),
        "startswith" | "startwith" => small(left).starts_with(&small(right)),
        "endswith" | "endwith" => small(left).ends_with(&small(right)),
        "contains" | "contain" => contains(left, right),
        "regex" | "matchesregex" | "matchregex" | "matches" => {
            regex::Regex::new(right).is_ok_and(|pattern| pattern.is_match(left))
        }
        "isvalidjson" | "validjson" => serde_json::from_str::<serde::de::IgnoredAny>(left).is_ok(),
        _ => return None,
    })
}

/// Whether the one is in the other, whatever the case.
pub(super) fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// How two texts stand to each other: as numbers where both are, else letter by letter. A text that is empty stands
/// to no number.
pub(super) fn compared(left: &str, right: &str) -> Option<Ordering> {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => left.partial_cmp(&right),
        (Some(_), None) if right.is_empty() => None,
        (None, Some(_)) if left.is_empty() => None,
        (Some(_), None) | (None, Some(_)) | (None, None) => Some(left.cmp(right)),
    }
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    // `inf` and `nan` are words.
    text.ends_with(|c: char| c.is_ascii_digit() || c == '.').then_some(())?;
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chosen::{Chosen, Held, Origin};
    use crate::model::Expansion;
    use proptest::prelude::*;

    const CIRCUMSTANCES: Circumstances =
        Circumstances { now: 0, faithful: false, expansion: Expansion::Braces };

    fn scope() -> Scope<'static> {
        let values = [("A", "10"), ("B", "2.5"), ("Name", "O'Neil"), ("Json", "{\"x\":1}"), ("Empty", "")];
        let mut values: std::collections::BTreeMap<String, Chosen> =
            values.map(|(name, text)| (name.to_owned(), Chosen::text(text, Origin::Given))).into();
        values.insert("Unset".to_owned(), Chosen { held: Held::Unset, ..Chosen::text("", Origin::Given) });
        Scope { around: None, values }
    }

    fn rule(left: &str, operator: &str, right: &str) -> Result<bool, String> {
        let [left, operator, right] = [left, operator, right].map(str::to_owned);
        applies(&CriterionTest::If { left, operator, right }, &scope(), &CIRCUMSTANCES)
    }

    #[test]
    fn comparisons() {
        for (left, operator, right, wanted) in [
            ("{A}", ">", "9", true),
            ("{A}", "<", "9", false),
            ("{A}", "==", "10.0", true),
            ("{A}", "!=", "{B}", true),
            ("{A}", ">=", "{B}", true),
            ("{A}", "<=", "x", true),
            ("{Name}", "==", "O'Neil", true),
            ("{Name}", "==", "o'neil", false),
            ("{Name}", "startsWith", "o'", true),
            ("{Name}", "notStartsWith", "o'", false),
            ("{Name}", "endsWith", "IL", true),
            ("{Name}", "CONTAINS", "'ne", true),
            ("{Name}", "notContains", "x", true),
            ("{Name}", "doesNotContain", "x", true),
            ("{Name}", "regex", "^O.Ne", true),
            ("{Name}", "regex", "(", false),
            ("{Empty}", "is Empty", "", true),
            ("{Unset}", "is empty", "", true),
            ("{Absent}", "isEmpty", "", true),
            ("{A}", "is not empty", "", true),
            ("{A}", "isNotNull", "", true),
            ("{Absent}", "isNotNull", "", false),
            ("{Absent}", "<", "5", false),
            ("{Json}", "isValidJson", "", true),
            ("{Name}", "isNotValidJson", "", true),
            ("{Name}", "notIsValidJson", "", true),
            ("{Absent}", "Default", "", true),
        ] {
            assert_eq!(rule(left, operator, right), Ok(wanted), "{left} {operator} {right}");
        }
        assert!(rule("{A}", "resembles", "1").unwrap_err().starts_with("`resembles` is no comparison"));
    }

    fn given(result: CriterionResult) -> Result<String, String> {
        criteria(&[Criterion { test: CriterionTest::Always, result }], &scope(), &CIRCUMSTANCES)
    }

    #[test]
    fn results() {
        assert_eq!(given(CriterionResult::Text("{A} of {Name} {x}".into())).unwrap(), "10 of O'Neil {x}");
        assert_eq!(given(CriterionResult::Parameter("Name".into())).unwrap(), "O'Neil");
        assert_eq!(given(CriterionResult::Parameter("{Absent}".into())).unwrap(), "");
        assert_eq!(given(CriterionResult::Expression("{A} / {B} - {Name}".into())).unwrap(), "4");
        let error = given(CriterionResult::Expression("Math.round({A})".into())).unwrap_err();
        assert!(error.starts_with("`Math.round((10))` is no arithmetic"), "{error}");
        assert_eq!(criteria(&[], &scope(), &CIRCUMSTANCES).unwrap(), "");
    }

    #[test]
    fn the_first_rule_that_applies() {
        let rule = |right: &str, text: &str| Criterion {
            test: CriterionTest::If { left: "{A}".into(), operator: ">".into(), right: right.into() },
            result: CriterionResult::Text(text.into()),
        };
        let rules = [rule("50", "many"), rule("5", "some"), rule("1", "few")];
        assert_eq!(criteria(&rules, &scope(), &CIRCUMSTANCES).unwrap(), "some");
    }

    proptest! {
        #[test]
        fn any_operator(operator in "[a-zA-Z =!<>]{0,12}", left in ".{0,10}", right in ".{0,10}") {
            let _ = rule(&left, &operator, &right);
        }
    }
}
