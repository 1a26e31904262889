//! Text made safe for its place: inside an element, in a quoted attribute, or as JSON in an attribute or a script
//! element. What is shown has nothing in it that acts on a reader's eyes or a terminal; what is read by the page's
//! script keeps its value.

use crate::text::acts;
use crate::write::escape;
use calypso_library::Json;
use std::fmt::Write;

/// A text to be shown: control characters and those that reorder text become visible.
pub fn element_text(text: &str) -> String {
    escape(text)
}

/// A text of several lines to be shown, in which tabs count and lines may end with CR LF.
pub fn element_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let parts: Vec<String> = text.split('\t').map(escape).collect();
    parts.join("\t")
}

/// ` name="…"` with a text to be shown; nothing for an empty text.
pub fn attribute(name: &'static str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {name}=\"{}\"", escape(text)) }
}

/// ` name="…"` with a value to be read: characters that act are written by their numbers and stay what they are,
/// except the few that HTML has no way to write, which become visible.
pub fn attribute_value(name: &'static str, value: &str) -> String {
    let mut out = format!(" {name}=\"");
    for c in value.chars() {
        let unwritable = matches!(c, '\0' | '\u{7f}'..='\u{9f}');
        if acts(c) && !unwritable {
            push(&mut out, format_args!("&#x{:x};", u32::from(c)));
        } else {
            out.push_str(&escape(c.encode_utf8(&mut [0; 4])));
        }
    }
    out.push('"');
    out
}

/// ` name="…"` with JSON.
pub fn attribute_json(name: &'static str, json: &Json) -> String {
    format!(" {name}=\"{}\"", script_json(json).replace('"', "&quot;").replace('\'', "&#39;"))
}

/// JSON that can stand in a script element: no `<`, `>` or `&`, and no character that acts.
pub fn script_json(json: &Json) -> String {
    let plain = json.to_string();
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        if acts(c) || matches!(c, '<' | '>' | '&') {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| push(&mut out, format_args!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

fn push(out: &mut String, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("writing to a string does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_place_has_its_own_escapes() {
        let hostile = "a\"><img onerror=x>\u{1b}\u{202e}'&";
        assert_eq!(element_text(hostile), "a&quot;&gt;&lt;img onerror=x&gt;␛⟨U+202E⟩&#39;&amp;");
        assert_eq!(attribute("title", hostile), format!(" title=\"{}\"", element_text(hostile)));
        assert_eq!(attribute("title", ""), "");
        assert_eq!(
            attribute_value("value", hostile),
            " value=\"a&quot;&gt;&lt;img onerror=x&gt;&#x1b;&#x202e;&#39;&amp;\""
        );
        assert_eq!(attribute_value("value", "\0\u{9b}\n"), " value=\"␀⟨U+009B⟩&#xa;\"");
        assert_eq!(
            attribute_json("data-set", &json!([["k", "</script>'\u{202e}"]])),
            " data-set=\"[[&quot;k&quot;,&quot;\\u003c/script\\u003e&#39;\\u202e&quot;]]\""
        );
        assert_eq!(script_json(&json!("\u{e0001}")), "\"\\udb40\\udc01\"");
    }

    #[test]
    fn queries_keep_their_tabs_and_lines() {
        assert_eq!(element_lines("T\r\n\t| where a < 1\u{1b}"), "T\n\t| where a &lt; 1␛");
    }
}
