//! Regular expressions of queries: compiled once per pattern and thread, with the meaning Kusto gives them (Unicode
//! classes, `$` only at the end of the text, no look-around, `\101` an octal code).

use crate::call::{Argument, EvaluateError};
use regex::{Regex, RegexBuilder};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

/// Patterns kept per thread; beyond that the store starts anew, so that patterns made from rows cannot fill memory.
const KEPT: usize = 256;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Regex>> = RefCell::new(HashMap::new());
}

/// The compiled form of a pattern; an error names what is wrong with it.
pub fn compiled(pattern: &str) -> Result<Regex, EvaluateError> {
    if let Some(known) = COMPILED.with_borrow(|kept| kept.get(pattern).cloned()) {
        return Ok(known);
    }
    let built = RegexBuilder::new(pattern).octal(true).build();
    let regex = built.map_err(|error| EvaluateError(refusal(pattern, &error)))?;
    COMPILED.with_borrow_mut(|kept| {
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), regex.clone());
    });
    Ok(regex)
}

/// The compiled form of an argument that is the same in every row, wrapped as `^(?:` … `)` and the like where asked.
pub fn argument(argument: &Argument, before: &str, after: &str) -> Result<Regex, EvaluateError> {
    match argument.constant_value() {
        Some(value) if before.is_empty() && after.is_empty() => compiled(&value.text()),
        Some(value) => compiled(&format!("{before}{}{after}", value.text())),
        None => Err(EvaluateError("a regular expression must be a constant".to_owned())),
    }
}

/// Refuses the empty expression, which `trim` and its kin do not take.
pub fn refuse_empty(regex: &Regex) -> Result<(), EvaluateError> {
    if regex.as_str().is_empty() {
        return Err(EvaluateError("the regular expression must not be empty".to_owned()));
    }
    Ok(())
}

/// The last line of the compiler's words, which says what is wrong, beside the pattern.
fn refusal(pattern: &str, error: &regex::Error) -> String {
    let text = error.to_string();
    let reason = text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
    format!("the regular expression '{pattern}' is not valid: {reason}")
}

/// The rewrite of `replace_regex` in the notation of the `regex` crate: `\1` stands for the first group, `\0` for the
/// whole match, `\\` for a backslash; `$` is plain.
pub fn rewrite(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '$']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('$', _) => out.push_str("$$"),
            ('\\', Some(digit)) if digit.is_ascii_digit() => {
                out.push_str("${");
                out.push(*digit);
                out.push('}');
                rest.next();
            }
            ('\\', Some('\\')) => {
                out.push('\\');
                rest.next();
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_pattern_is_named() {
        let error = compiled("a(").expect_err("the group is open");
        assert!(error.0.contains("'a('") && error.0.contains("unclosed group"), "{error}");
    }

    #[test]
    fn octal_codes() {
        assert!(compiled(r"^\101$").is_ok_and(|regex| regex.is_match("A")));
    }

    #[test]
    fn rewrites() {
        assert_eq!(rewrite(r"x\1y"), "x${1}y");
        assert_eq!(rewrite(r"$5 \\ \0"), r"$$5 \ ${0}");
        assert_eq!(rewrite("plain"), "plain");
    }
}
