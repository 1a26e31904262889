//! Reads Azure Monitor Workbooks as they are. In: the text of a `.workbook` file, of a template for Azure Resource
//! Manager, or of a gallery's package. Out: the workbook. Nothing in the file is lost and nothing in it fails: what has
//! no meaning here becomes a placeholder that names it, what is not understood becomes a note.

mod chart;
mod choices;
mod envelope;
mod expression;
mod formatter;
mod grid;
mod items;
mod links;
mod loose;
mod merge;
mod panel;
mod parameter;
mod portal;
#[cfg(test)]
pub mod real;
mod table;
mod templates;
#[cfg(test)]
mod tests;

pub use templates::{FolderTemplates, Templates};

use crate::error::DashboardError;
use crate::model::{Content, Expansion, Item, Workbook};
use items::Level;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Notes kept at most; a file with more has the same thing wrong everywhere.
const MOST_NOTES: usize = 100;

/// Reads a workbook. Templates it loads are looked for in `templates`.
pub fn read(text: &str, name: &str, templates: &dyn Templates) -> Result<Workbook, DashboardError> {
    let found = envelope::open(text, name)?;
    let mut reader = Reader { templates, notes: found.notes, open: vec![templates::key(name)], depth: 0 };
    let items = items::read(&mut reader, &loose::list(&found.workbook, "items"), &Level::top());
    let title = heading(&items).or(found.title).unwrap_or_else(|| name.to_owned());
    Ok(Workbook {
        name: name.to_owned(),
        title,
        table: table::table(&items),
        expansion: Expansion::Braces,
        items,
        notes: reader.notes,
    })
}

/// What reading keeps in mind.
struct Reader<'a> {
    templates: &'a dyn Templates,
    notes: Vec<String>,
    /// The templates around this place, by `templates::key`.
    open: Vec<String>,
    /// How many groups are around this place.
    depth: usize,
}

impl Reader<'_> {
    fn note(&mut self, note: String) {
        if self.notes.len() < MOST_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// The words of the first heading without parameters in it.
fn heading(items: &[Item]) -> Option<String> {
    items.iter().find_map(|item| match &item.content {
        Content::Text(text) => first_heading(&text.markdown).filter(|words| !words.contains('{')),
        Content::Group(group) => heading(&group.items),
        Content::Parameters(_) | Content::Links(_) | Content::Panel(_) | Content::Placeholder(_) => None,
    })
}

fn first_heading(markdown: &str) -> Option<String> {
    let mut words: Option<String> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => words = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                if let Some(found) = words.take().filter(|words| !words.trim().is_empty()) {
                    return Some(found.trim().to_owned());
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(words) = &mut words {
                    words.push_str(&text);
                }
            }
            // Everything else within a heading is markup.
            _ => {}
        }
    }
    html_heading(markdown)
}

/// The words between `<h1 …>` and `</h1>`, or another heading's, without tags in them.
fn html_heading(html: &str) -> Option<String> {
    let small = html.to_ascii_lowercase();
    let (start, level) =
        ('1'..='6').filter_map(|level| Some((small.find(&format!("<h{level}"))?, level))).min()?;
    let open = start + small[start..].find('>')? + 1;
    let close = open + small[open..].find(&format!("</h{level}"))?;
    let mut words = String::new();
    let mut tag = false;
    for c in html[open..close].chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => words.push(c),
            _ => {}
        }
    }
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}
