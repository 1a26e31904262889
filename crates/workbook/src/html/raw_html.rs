//! Raw HTML within Markdown, taken apart so that nothing of it passes unseen. In: markup as it is written. Out: words,
//! and the few elements that may stand on the page, without attributes; a link keeps its address.

/// A piece of raw HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Words, not yet escaped.
    Text(String),
    /// A line ends.
    Break,
    /// An element opens.
    Open(&'static str),
    /// A link opens.
    Link(String),
    /// An element closes.
    Close(&'static str),
    /// From here on nothing is shown, until that element closes.
    Skip(String),
    /// That element closes.
    Resume(String),
}

/// Elements that pass, with the names they get: headings stand one deeper.
const PASSED: [(&str, &str); 16] = [
    ("a", "a"),
    ("b", "b"),
    ("i", "i"),
    ("em", "em"),
    ("strong", "strong"),
    ("ul", "ul"),
    ("ol", "ol"),
    ("li", "li"),
    ("p", "p"),
    ("h1", "h2"),
    ("h2", "h3"),
    ("h3", "h4"),
    ("h4", "h5"),
    ("h5", "h6"),
    ("h6", "h6"),
    ("code", "code"),
];

/// Elements that stand on lines of their own: words of neighbours must not run together.
const BLOCKS: [&str; 10] =
    ["div", "section", "article", "table", "tr", "td", "th", "blockquote", "center", "hr"];

/// Takes raw HTML apart.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_text(&mut found, &rest[..at]);
        let markup = &rest[at..];
        rest = if let Some(comment) = markup.strip_prefix("<!--") {
            comment.find("-->").map_or("", |end| &comment[end + 3..])
        } else if markup.starts_with("<!") || markup.starts_with("<?") {
            markup.find('>').map_or("", |end| &markup[end + 1..])
        } else if let Some((tag, after)) = Tag::read(markup) {
            found.extend(piece(&tag));
            after
        } else {
            push_text(&mut found, "<");
            &markup[1..]
        };
    }
    push_text(&mut found, rest);
    found
}

fn push_text(found: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        found.push(Piece::Text(decoded(text)));
    }
}

/// What a tag becomes.
fn piece(tag: &Tag) -> Option<Piece> {
    let name = tag.name.as_str();
    if matches!(name, "script" | "style" | "template" | "noscript" | "title" | "svg" | "math" | "iframe") {
        let name = tag.name.clone();
        return Some(if tag.closes { Piece::Resume(name) } else { Piece::Skip(name) });
    }
    match (name, tag.closes) {
        ("br", _) => Some(Piece::Break),
        ("img", false) => tag.attribute("alt").map(|alt| Piece::Text(alt.to_owned())),
        ("a", false) => tag.attribute("href").map(|href| Piece::Link(href.to_owned())),
        _ => match PASSED.iter().find(|(passed, _)| *passed == name) {
            Some((_, element)) => Some(if tag.closes { Piece::Close(element) } else { Piece::Open(element) }),
            None => BLOCKS.contains(&name).then(|| Piece::Text("\n".to_owned())),
        },
    }
}

/// A tag as it is written.
struct Tag {
    name: String,
    closes: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of the first attribute of that name.
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Reads a tag that starts with `<`, and gives what follows it.
    fn read(markup: &str) -> Option<(Tag, &str)> {
        let inner = &markup[1..];
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<'))?;
        let name = inner[..end].to_ascii_lowercase();
        let mut attributes = Vec::new();
        let mut rest = &inner[end..];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                return Some((Tag { name, closes, attributes }, after));
            }
            let (given, value, after) = attribute(rest)?;
            attributes.push((given.to_ascii_lowercase(), decoded(value)));
            rest = after;
        }
    }
}

/// Name and value of an attribute, and what follows. None of them begins or goes on with `<` outside quotes: a tag that
/// is never closed ends at the next one, and the text is read only once.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=' | '<');
    // An equals sign at the start belongs to the name.
    let first = text.chars().next().filter(|c| *c != '<')?.len_utf8();
    let end = first + text[first..].find(ends)?;
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.trim_start().strip_prefix('=') else { return Some((name, "", rest)) };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(value) = value.strip_prefix(quote) {
            let (value, after) = value.split_once(quote)?;
            return Some((name, value, after));
        }
    }
    let end = value.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '<'))?;
    Some((name, &value[..end], &value[end..]))
}

/// Character references as the characters they stand for: numbers and the names in common use.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn character(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
        return char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?);
    }
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "copy" => '©',
        "bull" => '•',
        "hellip" => '…',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn tags_and_words() {
        assert_eq!(
            pieces("a &amp; <B x='>'>b</b>"),
            [text("a & "), Piece::Open("b"), text("b"), Piece::Close("b")]
        );
        assert_eq!(pieces("<h1>x<br/>"), [Piece::Open("h2"), text("x"), Piece::Break]);
        assert_eq!(pieces("1 < 2 <3"), [text("1 "), text("<"), text(" 2 "), text("<"), text("3")]);
        assert_eq!(pieces("<!-- <b> -->x<!doctype y>"), [text("x")]);
        assert_eq!(pieces("<a href=java&#115;cript:x>"), [Piece::Link("javascript:x".into())]);
        assert_eq!(pieces("<script src=x>"), [Piece::Skip("script".into())]);
        assert_eq!(pieces("<b"), [text("<"), text("b")]);
    }

    #[test]
    fn tags_that_are_never_closed_are_read_once() {
        for open in [
            "<a ",
            "<a b=",
            "<a<",
            "<a b='",
            "<a b=\"c' ",
            "<a b<",
            "</",
            "<!--",
            "<! ",
            "<a / ",
            "<a b='<a c=\"",
        ] {
            // One that looked ahead from each of them anew would not come to its end.
            let text = open.repeat(2_000_000 / open.len());
            assert!(pieces(&text).len() <= text.len(), "{open}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "[<>/a-c!=\"' &;#x0-9\u{e9}-]{0,40}|.{0,40}") {
            for piece in pieces(&text) {
                if let Piece::Open(name) | Piece::Close(name) = piece {
                    prop_assert!(PASSED.iter().any(|(_, passed)| *passed == name));
                }
            }
        }
    }
}
