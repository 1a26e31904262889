//! The page around the content: head, bar, banner; and the list of workbooks. In: names and titles, untrusted. Out: HTML.

use crate::assets::VERSION;
use crate::data::Generation;
use crate::pages::Listed;
use calypso_view::write::escape;
use calypso_workbook::DashboardError;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value as Json, json};

/// The list of workbooks.
pub fn index(listed: &[Listed]) -> String {
    let mut html = head("Workbooks", false);
    html.push_str("<body class=\"index\"><header class=\"bar\"><span class=\"home\">Calypso</span></header><main>\n<h1>Workbooks</h1>\n<ul class=\"workbooks\">\n");
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

/// All that stands before a workbook's content; sent at once, so that the reader sees what is being answered.
pub fn before(name: &str, title: &str) -> String {
    format!(
        "{}<body data-name=\"{}\" data-assets=\"/assets/{}/\">\n\
         <header class=\"bar\"><a class=\"home\" href=\"/\">Calypso</a><span id=\"back\"></span>\
         <span id=\"read\" role=\"status\"></span><button type=\"button\" id=\"refresh\" hidden>Refresh</button></header>\n\
         <div id=\"progress\" role=\"progressbar\" aria-label=\"Answering\" hidden></div>\n\
         <div id=\"banner\" role=\"alert\" hidden></div>\n\
         <p class=\"waiting\">Answering the queries of <b>{}</b> …</p>\n",
        head(title, true),
        escape(name),
        *VERSION,
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

/// What stands in place of the content of a page that cannot be made.
pub fn refused(name: &str, error: &DashboardError) -> String {
    let help = error.help.as_ref().map(|help| format!("<p>{}</p>", escape(help))).unwrap_or_default();
    format!(
        "<p class=\"problem\" role=\"alert\">{}</p>{help}<p><a href=\"{}\">Open the workbook as it is shipped</a></p>",
        escape(&error.message),
        address(name)
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

/// The address of a workbook.
pub fn address(name: &str) -> String {
    format!("/w/{}", utf8_percent_encode(name, PLAIN))
}

/// The address of a workbook with values of its parameters.
pub fn address_with(name: &str, given: &[(String, String)]) -> String {
    if given.is_empty() {
        return address(name);
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    format!("{}?{}", address(name), query.extend_pairs(given).finish())
}
