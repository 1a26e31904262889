//! What a click does, as markup: addresses are links; all else is a button with `data-…` for the live page's script,
//! or words in a file.

use super::HtmlMode;
use super::text::{attribute, attribute_json, attribute_value};
use crate::drawing::Action;
use calypso_library::Json;
use serde_json::json;

/// Markup with what a click on it does. `inner` is markup without buttons and links.
pub fn act(action: Option<&Action>, inner: &str, mode: HtmlMode) -> String {
    match action {
        None => inner.to_owned(),
        Some(Action::Open(to)) => match address(to) {
            Some(href) => {
                format!("<a{href} rel=\"noopener noreferrer\" target=\"_blank\">{inner}</a>")
            }
            None => inner.to_owned(),
        },
        Some(Action::Page(path)) => match page(path).filter(|_| mode == HtmlMode::Live) {
            Some(href) => format!("<a{href}>{inner}</a>"),
            None => inner.to_owned(),
        },
        Some(Action::Portal(what)) => {
            let title = attribute("title", &format!("Only the Azure portal can do this: {what}"));
            format!("<span class=\"portal\"{title}>{inner}</span>")
        }
        Some(action @ (Action::Set(_) | Action::Workbook { .. } | Action::Jump(_) | Action::Details(_))) => {
            match act_attributes(action, mode) {
                Some(attributes) => {
                    format!("<button type=\"button\" class=\"act\"{attributes}>{inner}</button>")
                }
                None => inner.to_owned(),
            }
        }
    }
}

/// The attributes by which the live page's script knows what a click does; nothing in a file, and nothing for
/// addresses and what only the portal can do. Details without any are those of the row around, its `row_details`.
pub fn act_attributes(action: &Action, mode: HtmlMode) -> Option<String> {
    if mode == HtmlMode::File {
        return None;
    }
    match action {
        Action::Set(pairs) if pairs.is_empty() => None,
        Action::Set(pairs) => Some(attribute_json("data-set", &list(pairs))),
        Action::Workbook { name, given } => {
            Some(attribute_json("data-workbook", &json!({"name": name, "given": list(given)})))
        }
        Action::Jump(item) => Some(attribute_value("data-jump", item)),
        Action::Details(pairs) if pairs.is_empty() => Some(" data-details=\"\"".to_owned()),
        Action::Details(pairs) => Some(attribute_json("data-details", &list(pairs))),
        Action::Open(_) | Action::Page(_) | Action::Portal(_) => None,
    }
}

/// The details that several cells of a row show, once for all of them.
pub fn row_details(pairs: &[(String, String)]) -> String {
    attribute_json("data-row", &list(pairs))
}

/// ` href="…"` for an address of `http` or `https`; nothing for any other, nor for one with a user before the host,
/// which is read as the host: `https://login.example@elsewhere`.
pub fn address(to: &str) -> Option<String> {
    let (scheme, rest) = to.split_once("://")?;
    let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let host = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    (known && !host.is_empty() && !host.contains('@')).then(|| attribute_value("href", to))
}

/// ` href="…"` for a path on the same server; nothing for what would lead to another.
fn page(path: &str) -> Option<String> {
    let rest = path.strip_prefix('/')?;
    let plain = !rest.starts_with(['/', '\\']) && !path.contains(|c: char| c.is_control() || c == ' ');
    plain.then(|| attribute_value("href", path))
}

fn list(pairs: &[(String, String)]) -> Json {
    pairs.iter().map(|(name, value)| json!([name, value])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks() {
        let set = Action::Set(vec![("P".into(), "a'b".into())]);
        assert_eq!(
            act(Some(&set), "x", HtmlMode::Live),
            "<button type=\"button\" class=\"act\" data-set=\"[[&quot;P&quot;,&quot;a&#39;b&quot;]]\">x</button>"
        );
        assert_eq!(act(Some(&set), "x", HtmlMode::File), "x");
        let none = Action::Set(Vec::new());
        assert_eq!(act(Some(&none), "x", HtmlMode::Live), "x");
        let open = Action::Open("https://example.org/?a=1&b=2".into());
        assert_eq!(
            act(Some(&open), "x", HtmlMode::File),
            "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\" target=\"_blank\">x</a>"
        );
        for to in ["javascript:alert(1)", "javascript://x", "data:text/html,x", "/x", "//x", " https://x", ""]
        {
            assert_eq!(act(Some(&Action::Open(to.into())), "x", HtmlMode::Live), "x", "{to}");
        }
        let page = |path: &str, mode| act(Some(&Action::Page(path.into())), "x", mode);
        assert_eq!(page("/w/a?b=c&d#e", HtmlMode::Live), "<a href=\"/w/a?b=c&amp;d#e\">x</a>");
        assert_eq!(page("/w/a", HtmlMode::File), "x");
        for path in ["", "w/a", "//x", "/\\x", "/\t/x", "/ x", "https://x", "javascript:alert(1)"] {
            assert_eq!(page(path, HtmlMode::Live), "x", "{path}");
        }
        for to in
            ["https://a@b", "https://a:b@c/d", "https://", "java\nscript://x", "https:\\\\x", "https:///x"]
        {
            assert_eq!(act(Some(&Action::Open(to.into())), "x", HtmlMode::File), "x", "{to}");
        }
        assert!(address("https://a/?b=c@d#@").is_some() && address("https://a/@b").is_some());
        let workbook = Action::Workbook { name: "w".into(), given: vec![("A".into(), "1".into())] };
        assert_eq!(
            act_attributes(&workbook, HtmlMode::Live).unwrap(),
            " data-workbook=\"{&quot;name&quot;:&quot;w&quot;,&quot;given&quot;:[[&quot;A&quot;,&quot;1&quot;]]}\""
        );
    }
}
