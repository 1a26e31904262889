//! Query text in colours, by its tokens.

use calypso_parser::{TokenClass, tokens};

/// The code that begins a class's colour; empty for plain text.
fn code(class: TokenClass) -> &'static str {
    match class {
        TokenClass::Operator => "\u{1b}[1;34m",
        TokenClass::Keyword | TokenClass::ScalarOperator | TokenClass::Type => "\u{1b}[34m",
        TokenClass::Function => "\u{1b}[36m",
        TokenClass::Parameter => "\u{1b}[35m",
        TokenClass::String => "\u{1b}[32m",
        TokenClass::Number | TokenClass::Bool => "\u{1b}[33m",
        TokenClass::Comment => "\u{1b}[2m",
        TokenClass::Directive => "\u{1b}[35m",
        TokenClass::Invalid => "\u{1b}[31m",
        TokenClass::Name | TokenClass::Punctuation => "",
    }
}

/// The text with colour codes around its tokens; without them it is the same text.
pub fn coloured(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for token in tokens(text) {
        let range = token.span.range();
        let colour = code(token.class);
        out.push_str(text.get(done..range.start).unwrap_or(""));
        // A code must not reach over the end of a line: the prompt draws line by line.
        let inner = token.span.text(text).replace('\n', &format!("\u{1b}[0m\n{colour}"));
        match colour {
            "" => out.push_str(token.span.text(text)),
            _ => out.push_str(&format!("{colour}{inner}\u{1b}[0m")),
        }
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::coloured;

    #[test]
    fn only_codes_are_added() {
        for text in
            ["T | where a == 'x' // c", "print \"open", "  ", "let f = (x:long) { x + 1 };\nf(2)", "ä § `"]
        {
            let mut bare = String::new();
            let coloured = coloured(text);
            let mut parts = coloured.split('\u{1b}');
            bare.push_str(parts.next().unwrap_or(""));
            for part in parts {
                bare.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
            }
            assert_eq!(bare, text);
        }
        assert_eq!(coloured("take 1"), "\u{1b}[1;34mtake\u{1b}[0m \u{1b}[33m1\u{1b}[0m");
    }
}
