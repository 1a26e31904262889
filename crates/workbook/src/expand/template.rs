//! A text with `{Name}` and `{Name:format}` in it. In: the text. Out: its pieces.

/// A piece of a template.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// What may be a parameter in braces.
    Named(Named<'a>),
}

/// A name in braces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Named<'a> {
    /// With its braces.
    pub(super) whole: &'a str,
    /// The name.
    pub(super) name: &'a str,
    /// What stands behind the colon; empty without one.
    pub(super) format: &'a str,
}

/// The pieces of a text, in order. Braces around anything else than a name stay text: JSON and the counts of regular
/// expressions have them too.
pub(super) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut plain) = (template, 0);
    while let Some(open) = rest[plain..].find('{').map(|at| plain + at) {
        match named(&rest[open..]) {
            Some(named) => {
                if open > 0 {
                    found.push(Piece::Text(&rest[..open]));
                }
                rest = &rest[open + named.whole.len()..];
                plain = 0;
                found.push(Piece::Named(named));
            }
            None => plain = open + 1,
        }
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    found
}

/// The longest format that is looked at: a path into JSON.
const LONGEST: usize = 400;

/// The name in the braces that `text` begins with.
fn named(text: &str) -> Option<Named<'_>> {
    let name_end = 1 + text[1..].find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))?;
    let name = &text[1..name_end];
    name.chars().any(|c| !c.is_ascii_digit()).then_some(())?;
    let behind = &text[name_end..];
    if behind.starts_with('}') {
        return Some(Named { whole: &text[..=name_end], name, format: "" });
    }
    let format = behind.strip_prefix(':')?;
    let end = format.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '{' | '}' | '\n' | '\r'))?;
    let (end, '}') = end else { return None };
    (end > 0).then(|| Named { whole: &text[..name_end + 1 + end + 1], name, format: &format[..end] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(template: &str) -> Vec<String> {
        let tell = |piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Named(Named { name, format, .. }) => format!("<{name}|{format}>"),
        };
        pieces(template).into_iter().map(tell).collect()
    }

    #[test]
    fn names_and_other_braces() {
        for (template, wanted) in [
            ("a {P} b", &["a ", "<P|>", " b"][..]),
            ("{P:label}{Q}", &["<P|label>", "<Q|>"]),
            ("{P:$.a.b[0]}", &["<P|$.a.b[0]>"]),
            (r"\d{3}{4,5}", &[r"\d{3}{4,5}"]),
            ("{\"a\": {\"b\": \"{P}\"}}", &["{\"a\": {\"b\": \"", "<P|>", "\"}}"]),
            ("{{P}}", &["{", "<P|>", "}"]),
            ("{P:}", &["{P:}"]),
            ("{P: {Q}", &["{P: ", "<Q|>"]),
            ("{ P }{", &["{ P }{"]),
            ("{P", &["{P"]),
            ("{Größe}", &["<Größe|>"]),
            ("", &[]),
        ] {
            assert_eq!(told(template), wanted, "{template}");
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_whole(template in "[{}:a3é \n$.]{0,40}") {
            let whole: String = pieces(&template).into_iter().map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Named(named) => named.whole,
            }).collect();
            prop_assert_eq!(whole, template);
        }
    }
}
