//! Whole pages: the markup others rely on, and that no text of a page becomes markup.

use super::sample;
use super::{HtmlMode, STYLE};
use crate::page::Page;
use proptest::prelude::*;

fn plain() -> Page {
    sample::page(&|words| words.to_owned())
}

/// Elements that may stand on a page, and the attributes any of them may have.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "circle",
    "code",
    "col",
    "colgroup",
    "dd",
    "defs",
    "del",
    "desc",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figure",
    "footer",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "input",
    "label",
    "legend",
    "li",
    "line",
    "main",
    "meta",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "pre",
    "rect",
    "section",
    "select",
    "span",
    "strong",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "textarea",
    "th",
    "thead",
    "title",
    "tr",
    "tspan",
    "ul",
];
const ATTRIBUTES: &[&str] = &[
    "aria-controls",
    "aria-current",
    "aria-expanded",
    "aria-hidden",
    "aria-invalid",
    "aria-label",
    "aria-labelledby",
    "aria-level",
    "aria-pressed",
    "aria-selected",
    "autocomplete",
    "charset",
    "checked",
    "class",
    "content",
    "color",
    "cx",
    "cy",
    "d",
    "data-alone",
    "data-column",
    "data-depth",
    "data-details",
    "data-export",
    "data-item",
    "data-jump",
    "data-key",
    "data-kind",
    "data-number",
    "data-query",
    "data-reset",
    "data-row",
    "data-run",
    "data-set",
    "data-workbook",
    "dominant-baseline",
    "dx",
    "dy",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-weight",
    "for",
    "height",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "label",
    "lang",
    "name",
    "open",
    "opacity",
    "patternTransform",
    "patternUnits",
    "placeholder",
    "points",
    "preserveAspectRatio",
    "r",
    "rel",
    "required",
    "role",
    "rows",
    "rx",
    "ry",
    "scope",
    "selected",
    "spellcheck",
    "start",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "tabindex",
    "target",
    "text-anchor",
    "title",
    "transform",
    "type",
    "value",
    "vector-effect",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "xmlns",
    "y",
    "y1",
    "y2",
];

/// Reads a page as a browser does, as far as our markup goes, and complains of all that is not expected.
fn check(html: &str, mode: HtmlMode) -> Result<(), String> {
    let mut rest = html.strip_prefix("<!doctype html>").unwrap_or(html);
    let mut open: Vec<String> = Vec::new();
    while let Some(at) = rest.find('<') {
        let (tag, after) = read_tag(&rest[at + 1..])?;
        rest = after;
        if let Some(name) = tag.name.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
            continue;
        }
        check_tag(&tag, mode)?;
        if tag.name == "textarea" || tag.name == "style" || tag.name == "script" {
            // Their content ends at their own closing tag alone.
            let end = rest.find(&format!("</{}>", tag.name)).ok_or("not closed")?;
            if tag.name != "style" && rest[..end].contains('<') {
                return Err(format!("markup in {}", tag.name));
            }
            rest = &rest[end..];
        }
        let void = matches!(tag.name.as_str(), "br" | "col" | "hr" | "input" | "meta");
        if !void && !tag.closed {
            open.push(tag.name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    closed: bool,
}

/// Reads a tag after its `<`.
fn read_tag(text: &str) -> Result<(Tag, &str), String> {
    let end = text.find(|c: char| c.is_whitespace() || c == '>').ok_or("a tag without end")?;
    let name = text[..end].trim_end_matches(if text.starts_with('/') { ' ' } else { '/' }).to_owned();
    let mut tag = Tag { name, attributes: Vec::new(), closed: text[..end].ends_with('/') };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((tag, after));
        }
        if let Some(after) = rest.strip_prefix("/>") {
            tag.closed = true;
            return Ok((tag, after));
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>')).ok_or("no end")?;
        let (name, after) = rest.split_at(end);
        if name.is_empty() {
            return Err(format!("an attribute without name in {:?}", tag.name));
        }
        let Some(value) = after.strip_prefix('=') else {
            tag.attributes.push((name.to_owned(), String::new()));
            rest = after;
            continue;
        };
        let value = value.strip_prefix('"').ok_or("a value without quotes")?;
        let (value, after) = value.split_once('"').ok_or("a value without end")?;
        tag.attributes.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
}

fn check_tag(tag: &Tag, mode: HtmlMode) -> Result<(), String> {
    let numbers = tag.name == "script"
        && mode == HtmlMode::Live
        && tag.attributes.iter().any(|(name, value)| name == "type" && value == "application/json");
    if !numbers && !ELEMENTS.contains(&tag.name.as_str()) {
        return Err(format!("the element {:?}", tag.name));
    }
    for (name, value) in &tag.attributes {
        if !ATTRIBUTES.contains(&name.as_str()) {
            return Err(format!("the attribute {name:?} of {}", tag.name));
        }
        let inside = mode == HtmlMode::File && value.starts_with('#');
        if name == "href" && !inside && !value.starts_with("https://") && !value.starts_with("http://") {
            return Err(format!("the address {value:?}"));
        }
        let ours = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ' ';
        if name == "class" && !value.chars().all(ours) {
            return Err(format!("the class {value:?}"));
        }
    }
    Ok(())
}

fn whole(words: &dyn Fn(&str) -> String) -> Result<(), String> {
    let page = sample::page(words);
    for mode in [HtmlMode::File, HtmlMode::Live] {
        let html = page.html(&mode);
        check(&html, mode).map_err(|wrong| format!("{mode:?}: {wrong}"))?;
        let acts = |c: char| !matches!(c, '\n' | '\t') && calypso_view::text::acts(c);
        if let Some(c) = html.chars().find(|c| acts(*c)) {
            return Err(format!("{mode:?}: {c:?} as it is"));
        }
    }
    Ok(())
}

#[test]
fn hostile_words_everywhere() {
    for words in [
        "",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'><svg onload=alert(1)>",
        "</textarea></pre></title></style></script></table><b>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "[x](javascript:alert(1)) ![y](https://example.org/y.png) <https://example.org/\"onclick=x>",
        "\u{1b}[31m\u{202e}\u{0}\u{85}\u{2028}",
        "a\n\n<b><i>\n\n# x\n\n```\n</code>",
        "&#60;script&#62; &lt;img&gt;",
        "]]> --> <!-- <![CDATA[",
    ] {
        assert_eq!(whole(&|_| words.to_owned()), Ok(()), "{words}");
        assert_eq!(whole(&|own| format!("{own} {words}")), Ok(()), "{words}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_words_stay_words(words in "[<>/a-p!=\"'` &;#x0-9\\[\\]()*\n\u{1b}\u{202e}-]{0,40}|\\PC{0,30}") {
        prop_assert_eq!(whole(&|_| words.clone()), Ok(()));
    }
}

#[test]
fn a_file_stands_alone() {
    let html = plain().html(&HtmlMode::File);
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"));
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
                  'unsafe-inline'; img-src data:\">";
    for part in [
        policy,
        "<title>Cloud sync insights</title>",
        "<a class=\"skip\" href=\"#main\">",
        "<h1>Cloud sync insights</h1>",
        "As of 2026-11-01 00:00 UTC · Date Time: Last 48 hours (2026-10-30 00:00 to 2026-11-01 00:00 UTC)",
        "<div class=\"picker\" title=\"What it is for\"><dt>Status:</dt> <dd>Failure, Skipped</dd></div>",
        "<input type=\"radio\" class=\"tab\" name=\"item-4-tabs\" id=\"item-4-tab-0\" checked>",
        "<section class=\"tab\"><h2>Details</h2>",
        "<details class=\"group\" open><summary><h2>More</h2></summary>",
        "<p class=\"problem\" role=\"alert\">KS142: no table named X</p>",
        "<section class=\"placeholder\"><h3>Processor</h3><p><strong>Metrics chart</strong> Metrics are not in the logs</p>",
        "<details class=\"query\"><summary>Query</summary>",
    ] {
        assert!(html.contains(part), "{part}\nin\n{html}");
    }
    for gone in ["<script", "<link", "data-set", "<button", "<select", "<textarea", " style=", "src="] {
        assert!(!html.contains(gone), "{gone}");
    }
    assert!(!html.contains("Picked:"), "quiet and not set");
}

#[test]
fn a_live_page_answers_clicks() {
    let html = plain().html(&HtmlMode::Live);
    for part in [
        "<div class=\"item w-50\" id=\"item-4-2\" data-item=\"4.2\">",
        "<section class=\"panel size-medium\" aria-labelledby=\"item-4-2-title\">\n<header><h3 id=\"item-4-2-title\">Actions per day</h3>",
        "<div class=\"picker\" data-key=\"Date Time\" data-kind=\"time\" role=\"group\" aria-label=\"Date Time\" title=",
        "<option value=\"48h\" selected>Last 48 hours</option><option value=\"custom\">Custom…</option></select>",
        "<span class=\"custom\" hidden><input type=\"datetime-local\" class=\"from\"",
        "<details class=\"multi\"><summary>Failure, Skipped</summary>",
        "<label class=\"choice\"><input type=\"checkbox\" value=\"Failure\" checked> <span>Failure</span></label>",
        "<label class=\"picker\" data-key=\"Action\" data-kind=\"drop-down\"",
        "<optgroup label=\"bad\"><option value=\"Failure\">Failure</option>",
        "<input type=\"radio\" name=\"3.3\" value=\"Success\" checked>",
        "<input type=\"text\" value=\"ab\" required aria-invalid=\"true\" autocomplete=\"off\">",
        "<span class=\"problem\" role=\"alert\">At least three letters</span>",
        "<button type=\"button\" role=\"tab\" id=\"item-4-tab-0\" aria-controls=\"item-4-shown\" aria-selected=\"true\" \
         data-set=\"[[&quot;selTab&quot;,&quot;Summary&quot;]]\">Summary</button>",
        "<textarea spellcheck=\"false\" rows=\"3\" aria-label=\"Query\" data-query=\"4.2\">\nAADProvisioningLogs\n",
        "data-run=\"4.2\">Run</button>",
        "data-reset=\"4.2\">Reset</button>",
        "<script type=\"application/json\" class=\"chart-data\">{\"kind\":\"column\"",
        "data-jump=\"4.2\">Jump</button>",
        "<span class=\"portal\" title=\"Only the Azure portal can do this: Azure resource\">Portal</span>",
    ] {
        assert!(html.contains(part), "{part}\nin\n{html}");
    }
    assert!(!html.contains("item-5-1"), "the other tab is not there");
    assert!(!html.contains("<h1 class") && !html.contains("<html"));
}

#[test]
fn an_item_alone_is_the_same_as_on_the_page() {
    let page = plain();
    let html = page.html(&HtmlMode::Live);
    for item in &page.items {
        assert!(html.contains(&item.html(&HtmlMode::Live)), "{}", item.id);
    }
}

#[test]
fn every_class_of_width_and_colour_has_a_rule() {
    for width in 1..=100 {
        assert!(STYLE.contains(&format!(".w-{width}{{")), "{width}");
    }
    for colour in calypso_view::style::Colour::SERIES {
        let class = calypso_view::html::colour_class(colour);
        assert!(STYLE.contains(&format!(".{class} {{ --fill: {};", colour.hex())), "{class}");
    }
    for step in (0..=100).step_by(5) {
        assert!(STYLE.contains(&format!(".heat-{step}{{")), "{step}");
    }
}

#[test]
fn charts_are_lifted_off_the_dark() {
    for rule in calypso_view::chart::svg::DARK_INKS.split_inclusive('}').map(str::trim) {
        assert!(STYLE.contains(rule), "{rule}");
    }
}
