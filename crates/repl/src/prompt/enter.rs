//! What Enter does: runs the text, or begins a new line. In: the text so far. Out: yes or no.

use calypso_parser::{TokenClass, tokens};

/// Whether Enter runs the text: it ends in `;` with nothing left open, the line before is blank, or it is a line for
/// the prompt (`#help`) or a command (`.show tables`).
pub fn runs(text: &str) -> bool {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return true;
    }
    if is_directive(text) || (trimmed.starts_with('.') && !trimmed.contains('\n') && is_whole(trimmed)) {
        return true;
    }
    let last = text.rsplit('\n').next().unwrap_or("");
    (text.contains('\n') && last.trim().is_empty()) || is_complete(text)
}

/// Whether the text is a line for the prompt itself.
pub fn is_directive(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('#') && !text.contains('\n')
}

/// Whether nothing is left open: a bracket, or the rows or query after `<|`.
fn is_whole(text: &str) -> bool {
    let mut depth = 0i32;
    for token in tokens(text).into_iter().filter(|token| token.class == TokenClass::Punctuation) {
        match token.span.text(text) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
    }
    depth <= 0 && !text.ends_with("<|")
}

/// Whether the last token is a `;` outside of all brackets and texts.
fn is_complete(text: &str) -> bool {
    let mut depth = 0i32;
    let mut ended = false;
    for token in tokens(text) {
        let word = token.span.text(text);
        match (token.class, word) {
            (TokenClass::Comment, _) => continue,
            (TokenClass::Punctuation, "(" | "[" | "{") => depth += 1,
            (TokenClass::Punctuation, ")" | "]" | "}") => depth -= 1,
            _ => {}
        }
        ended = token.class == TokenClass::Punctuation && word == ";" && depth <= 0;
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semicolon_or_a_blank_line_runs() {
        for text in
            ["T;", "T\n| take 1;  ", "T;  // done", "T\n", "T\n| where (\n  ", "", "let x = 1;", "T ); "]
        {
            assert!(runs(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_ended_goes_on() {
        for text in
            ["T", "T | take 1", "T\n| take 1", "print ';", "print (1;", "print 1 // ;", "let f = () { 1;"]
        {
            assert!(!runs(text), "{text:?}");
        }
    }

    #[test]
    fn lines_for_the_prompt_run_at_once() {
        for text in ["#help", " #schema T", ".show tables", "#"] {
            assert!(runs(text), "{text:?}");
        }
        for text in [".show tables\n| take 1", ".create function f() {", ".set T <|"] {
            assert!(!runs(text), "{text:?}");
        }
        assert!(is_directive("#quit ") && !is_directive("#connect x\nT"));
    }
}
