//! XML to dynamic values, as `parse_xml` gives them.
//!
//! In: `<e name="v">text<a/></e>`. Out: `{"e":{"@name":"v","#text":"text","a":null}}`. Declarations, comments and
//! processing instructions are passed over; what is not well-formed gives nothing.

use crate::value::Json;
use serde_json::Map;

/// Elements within elements; deeper texts are refused, so that no text exhausts the stack.
const DEEPEST: usize = 128;

/// The value of a whole document.
pub fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text.trim_start_matches('\u{feff}') };
    reader.skip_prolog()?;
    let (name, value) = reader.element(DEEPEST)?;
    reader.skip_prolog()?;
    if !reader.rest.is_empty() {
        return None;
    }
    Some(Json::Object(Map::from_iter([(name, value)])))
}

/// What is left to read.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// Steps over a text when it comes next.
    fn take(&mut self, wanted: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(wanted)?;
        Some(())
    }

    /// What comes before a text; both are stepped over.
    fn until(&mut self, end: &str) -> Option<&'a str> {
        let (before, after) = self.rest.split_once(end)?;
        self.rest = after;
        Some(before)
    }

    /// Steps over blanks.
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Steps over a comment, processing instruction or document type when one comes next.
    fn skip_aside(&mut self) -> Option<bool> {
        for (start, end) in [("<!--", "-->"), ("<?", "?>"), ("<!DOCTYPE", ">")] {
            if self.take(start).is_some() {
                self.until(end)?;
                return Some(true);
            }
        }
        Some(false)
    }

    /// Steps over all that may stand before and after the root.
    fn skip_prolog(&mut self) -> Option<()> {
        self.skip_blanks();
        while self.skip_aside()? {
            self.skip_blanks();
        }
        Some(())
    }

    /// A name of an element or attribute.
    fn name(&mut self) -> Option<&'a str> {
        let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.');
        let end = self.rest.find(|c| !in_name(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!name.is_empty()).then_some(name)
    }

    /// An element: its name and value.
    fn element(&mut self, depth: usize) -> Option<(String, Json)> {
        self.take("<")?;
        let name = self.name()?;
        let mut members = Map::new();
        loop {
            self.skip_blanks();
            if self.take("/>").is_some() {
                return Some((name.to_owned(), value(members, "")));
            }
            if self.take(">").is_some() {
                break;
            }
            let (attribute, text) = self.attribute()?;
            members.insert(format!("@{attribute}"), scalar(&text));
        }
        let text = self.content(&mut members, depth.checked_sub(1)?)?;
        if self.name()? != name {
            return None;
        }
        self.skip_blanks();
        self.take(">")?;
        Some((name.to_owned(), value(members, text.trim())))
    }

    /// `name="text"`.
    fn attribute(&mut self) -> Option<(&'a str, String)> {
        let name = self.name()?;
        self.skip_blanks();
        self.take("=")?;
        self.skip_blanks();
        let quote = if self.take("\"").is_some() { "\"" } else { self.take("'").map(|()| "'")? };
        Some((name, unescaped(self.until(quote)?)?))
    }

    /// Children, added to the members, and the text between them; ends past the `</` of the end tag.
    fn content(&mut self, members: &mut Map<String, Json>, depth: usize) -> Option<String> {
        let mut text = String::new();
        loop {
            let at = self.rest.find('<')?;
            text.push_str(&unescaped(&self.rest[..at])?);
            self.rest = &self.rest[at..];
            if self.take("</").is_some() {
                return Some(text);
            } else if self.take("<![CDATA[").is_some() {
                text.push_str(self.until("]]>")?);
            } else if !self.skip_aside()? {
                let (name, value) = self.element(depth)?;
                add(members, name, value);
            }
        }
    }
}

/// Adds a child; children of one name become an array.
fn add(members: &mut Map<String, Json>, name: String, value: Json) {
    match members.get_mut(&name) {
        None => {
            members.insert(name, value);
        }
        // A child's own value is never an array: one that is here holds the children so far.
        Some(Json::Array(all)) => all.push(value),
        Some(first) => {
            let all = vec![first.take(), value];
            *first = Json::Array(all);
        }
    }
}

/// The value of an element: its text alone, or its members with the text among them.
fn value(mut members: Map<String, Json>, text: &str) -> Json {
    if members.is_empty() {
        return if text.is_empty() { Json::Null } else { scalar(text) };
    }
    if !text.is_empty() {
        let children = members.keys().position(|name| !name.starts_with('@')).unwrap_or(members.len());
        members.shift_insert(children, "#text".to_owned(), scalar(text));
    }
    Json::Object(members)
}

/// A text that is a number as JSON writes it becomes one; all others stay texts.
fn scalar(text: &str) -> Json {
    match serde_json::from_str(text) {
        Ok(Json::Number(number)) if text == text.trim() => Json::Number(number),
        _ => Json::from(text),
    }
}

/// The text with its character references replaced.
fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('&');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let (name, after) = part.split_once(';')?;
        out.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = name.strip_prefix('#')?;
                let point = match number.strip_prefix(['x', 'X']) {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => number.parse(),
                };
                char::from_u32(point.ok()?)?
            }
        });
        out.push_str(after);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn documents() {
        for (xml, json) in [
            ("<e/>", r#"{"e":null}"#),
            ("<e>text</e>", r#"{"e":"text"}"#),
            ("<e name=\"v\" />", r#"{"e":{"@name":"v"}}"#),
            ("<e> text <a>t</a> </e>", r##"{"e":{"#text":"text","a":"t"}}"##),
            ("<e> <a>x</a> <a>y</a><a>z</a> </e>", r#"{"e":{"a":["x","y","z"]}}"#),
            (
                "<?xml version=\"1.0\"?>\n<!-- c --><d><v>118.0</v><n>007</n></d>\n",
                r#"{"d":{"v":118.0,"n":"007"}}"#,
            ),
            ("<e>a &lt; b &#65;<![CDATA[<c>]]></e>", r#"{"e":"a < b A<c>"}"#),
        ] {
            assert_eq!(parse(xml).map(|value| value.to_string()).as_deref(), Some(json), "{xml}");
        }
    }

    #[test]
    fn what_is_not_well_formed_and_what_is_too_deep() {
        for xml in ["", "text", "<e>", "<e></f>", "<e a=1/>", "<e/><f/>", "<e>&x;</e>", "<", "</e>", "<e/>x"]
        {
            assert_eq!(parse(xml), None, "{xml}");
        }
        assert_eq!(parse(&"<e>".repeat(100_000)), None);
    }
}
