//! The page around the content: head, bar, banner; and the list of workbooks. In: names and titles, untrusted. Out: HTML.

use crate::assets::VERSION;
use crate::data::Generation;
use crate::pages::Listed;
use calypso_view::write::escape;
use calypso_workbook::DashboardError;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value as Json, json};

/// What stands around a page.
pub struct Around<'a> {
    /// The workbook's name; empty for other pages.
    pub name: &'a str,
    /// The path that the page's requests begin with.
    pub base: &'a str,
    /// The title.
    pub title: &'a str,
    /// Whether there are alerts to look for.
    pub alerts: bool,
}

/// The list of workbooks.
pub fn index(listed: &[Listed], alerts: bool) -> String {
    let mut html = head("Workbooks", false);
    html.push_str("<body class=\"index\"><header class=\"bar\"><span class=\"home\">Calypso</span>");
    html.push_str("<span id=\"back\"></span>");
    html.push_str(if alerts { ALERTS } else { "" });
    html.push_str("</header><main>\n<h1>Workbooks</h1>\n<ul class=\"workbooks\">\n");
    for one in listed {
        html.push_str(&format!(
            "<li><a href=\"{}\">{}</a> <span>{}</span></li>\n",
            address(&one.name),
            escape(&one.title),
            escape(&one.place)
        ));
    }
    if listed.is_empty() {
        html.push_str("<li>There is none: name a file on the command line.</li>\n");
    }
    html.push_str("</ul>\n</main></body></html>\n");
    html
}

/// The way to the alerts.
const ALERTS: &str = "<a class=\"to-alerts\" href=\"/alerts\">Alerts</a>";

/// Where the alerts of the page's time are told; the script fills it when the page is there.
const TOLD: &str = "<details id=\"alerts\" hidden><summary>Alerts</summary></details>\n";

/// All that stands before a page's content; sent at once, so that the reader sees what is being answered.
pub fn before(around: &Around) -> String {
    let Around { name, base, title, alerts } = around;
    format!(
        "{}<body data-name=\"{}\" data-base=\"{}\" data-assets=\"/assets/{}/\">\n\
         <header class=\"bar\"><a class=\"home\" href=\"/\">Calypso</a><span id=\"back\"></span>\
         <span id=\"read\" role=\"status\"></span>{}<button type=\"button\" id=\"refresh\" hidden>Refresh</button></header>\n\
         <div id=\"progress\" role=\"progressbar\" aria-label=\"Answering\" hidden></div>\n\
         <div id=\"banner\" role=\"alert\" hidden></div>\n{}\
         <p class=\"waiting\">Answering the queries of <b>{}</b> …</p>\n",
        head(title, true),
        escape(name),
        escape(base),
        *VERSION,
        if *alerts { ALERTS } else { "" },
        if *alerts && !name.is_empty() { TOLD } else { "" },
        escape(title)
    )
}

/// The content, and all that stands after it.
pub fn content(html: &str, state: &Json) -> String {
    format!(
        "<main id=\"page\">{html}</main>\n\
         <aside id=\"drawer\" aria-label=\"Details\" hidden></aside>\n\
         <script type=\"application/json\" id=\"state\">{}</script>\n</body></html>\n",
        state.to_string().replace('<', "\\u003c")
    )
}

/// What stands in place of the content of a page that cannot be made, with the address and the words of a way on.
pub fn refused(error: &DashboardError, (way, words): &(String, &str)) -> String {
    let help = error.help.as_ref().map(|help| format!("<p>{}</p>", escape(help))).unwrap_or_default();
    format!(
        "<p class=\"problem\" role=\"alert\">{}</p>{help}<p><a href=\"{}\">{}</a></p>",
        escape(&error.message),
        escape(way),
        escape(words)
    )
}

/// What the page's script knows of the page it is on.
pub fn state(generation: &Generation, problem: Option<&str>, given: &[(String, String)]) -> Json {
    json!({ "generation": generation.number, "read": generation.read, "problem": problem, "given": given })
}

fn head(title: &str, script: bool) -> String {
    let assets = format!("/assets/{}", *VERSION);
    let script = if script {
        format!("<script type=\"module\" src=\"{assets}/page.js\"></script>")
    } else {
        String::new()
    };
    format!(
        "<!doctype html>\n<html lang=\"en\"><head>\n{}<link rel=\"icon\" href=\"{assets}/icon.svg\">\n\
         <link rel=\"stylesheet\" href=\"{assets}/page.css\">\n{script}</head>\n",
        calypso_workbook::html::head(&format!("{title} · Calypso"))
    )
}

/// Letters that mean nothing of their own in an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A text as one part of a path.
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

/// The address of a workbook.
pub fn address(name: &str) -> String {
    format!("/w/{}", segment(name))
}

/// The address of a workbook with values of its parameters.
pub fn address_with(name: &str, given: &[(String, String)]) -> String {
    if given.is_empty() {
        return address(name);
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    format!("{}?{}", address(name), query.extend_pairs(given).finish())
}
