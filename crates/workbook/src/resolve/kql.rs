//! Names and texts as a query must write them, so that no name of a column and no text can be more than that.

/// A name in brackets: `['# of rows']`.
pub fn name(text: &str) -> String {
    format!("[{}]", literal(text))
}

/// A text in quotes.
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use calypso_parser::{ast, parse};
    use proptest::prelude::*;

    #[test]
    fn nothing_gets_out_of_the_quotes() {
        assert_eq!(literal("a'] | take 1 // \\"), r"'a\'] | take 1 // \\'");
        assert_eq!(name("# of\n"), r"['# of\n']");
    }

    proptest! {
        #[test]
        fn a_text_is_one_literal_and_says_what_it_said(text in any::<String>()) {
            let parsed = parse(&format!("print x = {}", literal(&text)));
            prop_assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
            let printed = format!("{:?}", parsed.query);
            prop_assert_eq!(printed.matches("Literal").count() > 0, true);
            let _: &ast::Query = &parsed.query;
        }
    }
}
