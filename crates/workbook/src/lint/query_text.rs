//! What can be read off a query's text without binding it: its string literals, which word stands for an empty value in
//! a column, which columns are compared with which parameters, and the order of the rows. The text still holds its
//! parameters in braces, so it is not parsed as a query.

use regex::Regex;
use std::sync::LazyLock;

/// A column compared with a parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared<'a> {
    /// Where the comparison begins.
    pub start: usize,
    /// The column, or a path into it.
    pub column: &'a str,
    /// The parameter's name.
    pub parameter: &'a str,
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("the pattern is right"));
    };
}

pattern!(COMPARED, r#"([A-Za-z_][\w.]*)\s*(?:in~?|==|=~)\s*\(?\s*['"]?\{([A-Za-z_][\w-]*)(?::\w+)?\}"#);
pattern!(
    SEARCHED,
    r#"(?i)\b(?:contains|has|startswith|endswith)(?:_cs)?\s+['"]\{([A-Za-z_][\w-]*)(?::\w+)?\}['"]"#
);
pattern!(ASSIGNED, r"([A-Za-z_]\w*)\s*=\s*([^=~\s])");
pattern!(FIRST_COLUMN, r"\|\s*(?:distinct|project|summarize\b[^|;]*\bby)\s+([A-Za-z_]\w*)\s*(?:$|[,|;=])");
pattern!(ORDER, r"\|\s*(?:order|sort)\s+by\s+([A-Za-z_]\w*)(?:\s+(asc|desc))?");
pattern!(EMPTY, r#"(?i)^(?:isempty\(.*\)(?:==true)?|isnotempty\(.*\)==false|[^=!]+==(?:''|""))$"#);
pattern!(FILLED, r#"(?i)^(?:isnotempty\(.*\)(?:==true)?|isempty\(.*\)==false|[^=!]+!=(?:''|""))$"#);

/// The text with blanks in place of comments; every place stays where it is.
pub fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut comment = false;
    let mut chars = text.chars().peekable();
    let mut escaped = false;
    while let Some(c) = chars.next() {
        if c == '\n' {
            (comment, quote, escaped) = (false, None, false);
        }
        if quote.is_none() && c == '/' && chars.peek() == Some(&'/') {
            comment = true;
        }
        if comment {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
            continue;
        }
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open && !escaped => quote = None,
            (_, _) => {}
        }
        escaped = quote.is_some() && c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// The contents of the string literals.
pub fn literals(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['\'', '"']) {
        let quote = &rest[open..open + 1];
        let inside = &rest[open + 1..];
        let Some(end) = inside.find([quote.as_bytes()[0] as char, '\n']) else { break };
        if inside[end..].starts_with(quote) {
            found.push(&inside[..end]);
        }
        rest = &inside[end + 1..];
    }
    found
}

/// The columns that are compared with parameters.
pub fn compared(text: &str) -> Vec<Compared<'_>> {
    let found = COMPARED.captures_iter(text).filter_map(|found| {
        let column = found.get(1)?;
        Some(Compared { start: column.start(), column: column.as_str(), parameter: found.get(2)?.as_str() })
    });
    found.collect()
}

/// Parameters that are searched for, where one of several that are found is enough: joined by `or` within one operator.
pub fn searched_by_or(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for operator in text.split('|') {
        let searched: Vec<_> = SEARCHED.captures_iter(operator).collect();
        for pair in searched.windows(2) {
            let (Some(one), Some(next)) = (pair[0].get(0), pair[1].get(0)) else { continue };
            if operator[one.end()..next.start()].trim_start().to_ascii_lowercase().starts_with("or ") {
                let names = pair.iter().filter_map(|found| Some(found.get(1)?.as_str()));
                names.for_each(|name| {
                    if !found.contains(&name) {
                        found.push(name)
                    }
                });
            }
        }
    }
    found
}

/// The column that gives the values of a list: the first of the last `distinct`, `project` or `by`.
pub fn first_column(text: &str) -> Option<&str> {
    Some(FIRST_COLUMN.captures_iter(text).last()?.get(1)?.as_str())
}

/// The order of the rows: the column, and whether from the greatest down.
pub fn order(text: &str) -> Option<(&str, bool)> {
    let found = ORDER.captures_iter(text).last()?;
    Some((found.get(1)?.as_str(), found.get(2).is_none_or(|direction| direction.as_str() == "desc")))
}

/// The word that stands for the empty value of a column before a place of the text.
pub fn word_for_empty<'a>(text: &'a str, column: &str, before: usize) -> Option<&'a str> {
    word_at(text, column, before, 0)
}

/// Columns that are made of columns are followed so far.
const DEEPEST: usize = 4;

fn word_at<'a>(text: &'a str, column: &str, before: usize, depth: usize) -> Option<&'a str> {
    if depth > DEEPEST {
        return None;
    }
    let made = ASSIGNED.captures_iter(text.get(..before)?).filter(|found| &found[1] == column).last()?;
    let (start, value) = (made.get(1)?.start(), made.get(2)?.start());
    let value = &text[value..];
    let arguments = ["iff", "iif", "case"].iter().find_map(|name| {
        let open = value.strip_prefix(name)?.trim_start();
        open.starts_with('(').then(|| arguments(open))
    });
    let Some([test, one, other]) = arguments.as_deref() else { return None };
    let tight: String = test.chars().filter(|c| !c.is_whitespace()).collect();
    let (empty, filled) = (EMPTY.is_match(&tight), FILLED.is_match(&tight));
    match (empty, filled) {
        (true, _) => literal(one),
        (_, true) => literal(other),
        (false, false) => [one, other].iter().find_map(|side| word_at(text, side, start, depth + 1)),
    }
}

/// The arguments in the parentheses that `text` begins with.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0usize, None, 1);
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    found.push(text[start..at].trim());
                    break;
                }
            }
            (None, ',') if depth == 1 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    found
}

/// The content of a text that is one string literal, and not an empty one.
fn literal(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let inside = text[1..].strip_suffix(quote)?;
    (!inside.is_empty() && !inside.contains(quote)).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_for_empty_values() {
        for (text, word) in [
            ("T | extend X = iff(isempty(X), 'None', X)", Some("None")),
            ("T | extend X=iff(isempty( X ) == true, \"None\", X)", Some("None")),
            ("T | extend X = iff(X == '', 'None', X)", Some("None")),
            ("T | extend X = case(isempty(X), 'None', X)", Some("None")),
            ("T | extend X = iif(tostring(Y.Z) != \"\", tostring(Y.Z), \"None\")", Some("None")),
            ("T | extend A = iff(B == '', 'None', B) | extend X = iff(C == 1, D, A)", Some("None")),
            ("T | extend X = iff(X == '', 'None', X) | extend X = tostring(Y)", None),
            ("T | extend X = iff(X contains 'a', 'None', X)", None),
            ("T | extend X = iff(X == '', '', X)", None),
            ("T | where X == ''", None),
            ("T | extend X = iff(X", None),
            ("", None),
        ] {
            assert_eq!(word_for_empty(text, "X", text.len()), word, "{text}");
        }
        let text = "T | where X in ({P}) | extend X = iff(X == '', 'None', X) | where X == '{P:label}' or '*' in ({P})";
        let found = compared(text);
        assert_eq!(found.len(), 2);
        assert_eq!(word_for_empty(text, "X", found[0].start), None);
        assert_eq!(word_for_empty(text, "X", found[1].start), Some("None"));
    }

    #[test]
    fn parts_of_queries() {
        assert_eq!(first_column("T | distinct a\n| project b = x | summarize by c\r\n"), Some("c"));
        assert_eq!(first_column("T | distinct tostring(a)"), None);
        assert_eq!(order("T | order by a asc | sort by b"), Some(("b", true)));
        assert_eq!(order("T | order by a asc"), Some(("a", false)));
        assert_eq!(
            searched_by_or("T | where a contains '{A}' or f(b) has '{B:label}' | where c has '{C}'"),
            ["A", "B"]
        );
        assert!(searched_by_or("T | where a contains '{A}' and b has '{B}'").is_empty());
        assert_eq!(literals("a == 'x' and b == \"y\" or 'z"), ["x", "y"]);
        assert_eq!(without_comments("a // 'b'\n'c//d' //é"), "a       \n'c//d'     ");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC*", place in 0..40usize) {
            let bare = without_comments(&text);
            prop_assert_eq!(bare.len(), text.len());
            literals(&bare);
            first_column(&bare);
            order(&bare);
            searched_by_or(&bare);
            compared(&bare);
            word_for_empty(&bare, "a", place);
        }

        #[test]
        fn any_query_is_read(text in "(a|iff|=|==|\\(|\\)|'|\"|,| |é|X|\\{P\\}|in|//|\n|\\||distinct|!=){0,40}") {
            let bare = without_comments(&text);
            prop_assert_eq!(bare.len(), text.len());
            literals(&bare);
            for found in compared(&bare) {
                word_for_empty(&bare, found.column, found.start);
            }
            word_for_empty(&bare, "a", bare.len());
        }
    }
}
