//! What a function takes, shown faintly behind the cursor. In: the text up to the cursor. Out: what is still to come of
//! the call it ends in.

use calypso_library::builtin;
use calypso_parser::{TokenClass, tokens};

/// The parameters of the innermost open call from the one at the cursor on, with the result.
pub fn hint(text: &str) -> Option<String> {
    if !text.ends_with(['(', ',', ' ']) {
        return None;
    }
    let (name, argument, between) = open_call(text)?;
    if !between {
        return None;
    }
    let found = builtin::named(&name);
    let fits = |one: &&builtin::Form| {
        argument < one.parameters.len() || (argument == 0 && one.parameters.is_empty())
    };
    let signature = found.first()?.forms.iter().find(fits)?;
    let whole = builtin::signature("", signature);
    let (inside, result) = whole.strip_prefix('(')?.rsplit_once(')')?;
    let rest: Vec<&str> = inside.split(", ").skip(argument).collect();
    Some(format!("{}){result}", rest.join(", ")))
}

/// The function whose arguments the text ends in, how many are complete, and whether the next has not begun.
fn open_call(text: &str) -> Option<(String, usize, bool)> {
    let mut open: Vec<(Option<&str>, usize)> = Vec::new();
    let mut word = "";
    let mut named = false;
    for token in tokens(text) {
        let before = word;
        word = token.span.text(text);
        match (token.class, word) {
            (TokenClass::Comment, _) => return None,
            (TokenClass::Punctuation, "(") => open.push((named.then_some(before), 0)),
            (TokenClass::Punctuation, "[" | "{") => open.push((None, 0)),
            (TokenClass::Punctuation, ")" | "]" | "}") => drop(open.pop()),
            (TokenClass::Punctuation, ",") => open.last_mut()?.1 += 1,
            _ => {}
        }
        named = token.class == TokenClass::Function;
    }
    let (name, argument) = open.pop()?;
    Some((name?.to_owned(), argument, word == "(" || word == ","))
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn the_parameters_to_come() {
        assert_eq!(hint("print strlen(").as_deref(), Some("source: text) → long"));
        assert_eq!(hint("print strlen('a' "), None);
        assert_eq!(hint("print strlen('a')"), None);
        assert_eq!(hint("T | where ("), None);
        let whole = hint("print substring(").expect("substring is known");
        let rest = hint("print substring('abc', ").expect("substring is known");
        assert!(whole.ends_with(&rest) && whole != rest, "{whole} / {rest}");
    }
}
