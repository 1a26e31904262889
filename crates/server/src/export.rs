//! The rows behind a panel as CSV.

use crate::respond::{Body, answer, text, whole};
use calypso_view::{Format, WriteOptions, write};
use calypso_workbook::Page;
use hyper::header::{CONTENT_DISPOSITION, HeaderValue};
use hyper::{Response, StatusCode};

/// The key in an address that asks for cells that no spreadsheet takes for a formula. No parameter has a name like it.
pub const GUARDED: &str = ".guarded";

/// The rows of the panel of that id.
pub fn csv(page: &Page, id: &str, guarded: bool) -> Response<Body> {
    let panels = page.panels();
    let Some((_, panel)) = panels.iter().find(|(item, _)| item.id == id) else {
        return text(StatusCode::NOT_FOUND, "There is no such panel on the page.");
    };
    let Some(rows) = &panel.answer else {
        return text(StatusCode::NOT_FOUND, "The panel has no rows.");
    };
    let mut out = Vec::new();
    let options = WriteOptions { excel_safe: guarded, terminal: false };
    if let Err(error) = write(rows, Format::Csv, options, &mut out) {
        return text(StatusCode::INTERNAL_SERVER_ERROR, &format!("The rows cannot be written: {error}"));
    }
    let mut response = answer(StatusCode::OK, "text/csv; charset=utf-8", whole(out));
    let name = format!("attachment; filename=\"{}.csv\"", file_name(&page.name, &panel.title, id));
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    response
}

/// A name for the file, of letters that are plain on every machine.
fn file_name(workbook: &str, title: &str, id: &str) -> String {
    let title = if title.trim().is_empty() { id } else { title };
    let mut name = String::new();
    for letter in format!("{workbook} {title}").chars().take(80) {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "rows".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        assert_eq!(file_name("cloud-sync", "Recent sync errors", "3"), "cloud-sync-recent-sync-errors");
        assert_eq!(file_name("a/../b", "x\"\r\ny: z", "3"), "a-b-x-y-z");
        assert_eq!(file_name("c", " ", "4.2"), "c-4-2");
        assert_eq!(file_name("é", "é", "3"), "rows");
    }
}
