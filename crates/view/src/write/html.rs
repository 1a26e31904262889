//! Answers as one HTML table, all of the data escaped and nothing in it that runs.

use crate::text::{cell_text, visible};
use calypso_library::Answer;
use std::io::{self, Write};

/// Text that can stand in an element or a quoted attribute; line feeds stay, other characters that act become visible.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        for c in visible(line, true).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                _ => out.push(c),
            }
        }
    }
    out
}

/// Writes an answer as a `<table>`; cells of numbers have the class `number`.
pub fn write_html(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<table>\n<thead><tr>")?;
    for column in &answer.columns {
        let class = if column.ty.is_number() { " class=\"number\"" } else { "" };
        write!(out, "<th scope=\"col\"{class} title=\"{}\">{}</th>", column.ty, escape(&column.name))?;
    }
    out.write_all(b"</tr></thead>\n<tbody>\n")?;
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            out.write_all(b"<tr>")?;
            for (column, array) in answer.columns.iter().zip(batch.columns()) {
                let class = if column.ty.is_number() { " class=\"number\"" } else { "" };
                write!(out, "<td{class}>{}</td>", escape(&cell_text(column.ty, array, row)))?;
            }
            out.write_all(b"</tr>\n")?;
        }
    }
    out.write_all(b"</tbody>\n</table>\n")
}
