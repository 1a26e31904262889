//! The words a value is given by. In: a text such as `a, "b, c"`. Out: its words; and the way back.

/// One of the words a value is given by.
#[derive(Clone)]
pub(super) struct Word {
    /// What it says.
    pub(super) text: String,
    /// Whether it stood in double quotes, and so means only itself.
    pub(super) quoted: bool,
}

/// The words of one text: split at commas, except within double quotes, in which two are one; empty ones are dropped
/// unless they stand in quotes.
pub(super) fn split(text: &str) -> Vec<Word> {
    let mut words = vec![Word { text: String::new(), quoted: false }];
    let mut within = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let word = words.last_mut().expect("there is always a last word");
        match c {
            '"' if within && rest.peek() == Some(&'"') => {
                rest.next();
                word.text.push('"');
            }
            '"' if within => within = false,
            '"' if !word.quoted && word.text.trim().is_empty() => {
                word.text.clear();
                (word.quoted, within) = (true, true);
            }
            ',' if !within => words.push(Word { text: String::new(), quoted: false }),
            _ if c.is_whitespace() && word.quoted && !within => {}
            _ => word.text.push(c),
        }
    }
    for word in words.iter_mut().filter(|word| !word.quoted) {
        word.text = word.text.trim().to_owned();
    }
    words.retain(|word| word.quoted || !word.text.is_empty());
    words
}

/// A text that is read as that one value, whatever is in it.
pub fn given_text(value: &str) -> String {
    let special =
        value.contains([',', '"']) || value.trim() != value || is_special(value) || value.is_empty();
    if special { format!("\"{}\"", value.replace('"', "\"\"")) } else { value.to_owned() }
}

/// Whether a word means something else than itself.
pub(super) fn is_special(word: &str) -> bool {
    means_all(word) || word.eq_ignore_ascii_case("unset") || word.starts_with("value::")
}

/// Whether a word means all values.
pub(super) fn means_all(word: &str) -> bool {
    word == "*" || word.eq_ignore_ascii_case("all") || word == "value::all"
}
