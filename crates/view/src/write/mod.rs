//! Answers as bytes for other programs: JSON, CSV, TSV, Markdown, HTML. In: an answer and a `Format`. Out: bytes to
//! any `io::Write`, in many small pieces (so give it a buffered one); a closed pipe comes back as the error it is. Parquet and Arrow are named here and written by
//! `calypso-logs`; the table and the chart are drawn by their own modules.

mod html;
mod json;
mod markdown;
mod separated;

pub use html::{escape, write_html};
pub use json::{batch_json, json_cell, json_text, write_json, write_ndjson};
pub use markdown::write_markdown;
pub use separated::{write_csv, write_tsv};

use calypso_library::Answer;
use std::io::{self, Write};

/// The forms an answer can take, by the names `--format` knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A table on a terminal, else one JSON object a line.
    Auto,
    /// The box table.
    Table,
    /// One object of `columns` and `rows`.
    Json,
    /// One object a row, one row a line.
    Ndjson,
    /// Comma-separated.
    Csv,
    /// Tab-separated.
    Tsv,
    /// A Markdown table.
    Markdown,
    /// An HTML table.
    Html,
    /// A Parquet file.
    Parquet,
    /// An Arrow IPC file.
    Arrow,
    /// Drawn as `render` asks.
    Chart,
}

impl Format {
    /// Every format, in the order help lists them.
    pub const ALL: [Format; 11] = [
        Format::Auto,
        Format::Table,
        Format::Json,
        Format::Ndjson,
        Format::Csv,
        Format::Tsv,
        Format::Markdown,
        Format::Html,
        Format::Parquet,
        Format::Arrow,
        Format::Chart,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Auto => "auto",
            Format::Table => "table",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Parquet => "parquet",
            Format::Arrow => "arrow",
            Format::Chart => "chart",
        }
    }

    /// The format of that name, or of a usual other name or file ending (`md`, `jsonl`, `htm`, `feather`).
    pub fn from_name(name: &str) -> Option<Format> {
        let name = name.to_ascii_lowercase();
        let other = match name.as_str() {
            "md" => Some(Format::Markdown),
            "jsonl" | "jsonlines" => Some(Format::Ndjson),
            "htm" => Some(Format::Html),
            "feather" | "ipc" => Some(Format::Arrow),
            _ => None,
        };
        other.or_else(|| Format::ALL.into_iter().find(|format| format.name() == name))
    }
}

/// What a writer minds besides the format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WriteOptions {
    /// Whether CSV and TSV cells that a spreadsheet would take for a formula get a `'` before them.
    pub excel_safe: bool,
    /// Whether the bytes go to a terminal: then nothing of the data may act on it, in any format.
    pub terminal: bool,
}

/// Writes an answer in a text format. The formats that other modules make are refused.
pub fn write(answer: &Answer, format: Format, options: WriteOptions, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => write_json(answer, out),
        Format::Ndjson | Format::Auto => write_ndjson(answer, out),
        Format::Csv => write_csv(answer, options, out),
        Format::Tsv => write_tsv(answer, options, out),
        Format::Markdown => write_markdown(answer, out),
        Format::Html => write_html(answer, out),
        Format::Table | Format::Parquet | Format::Arrow | Format::Chart => Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("the format {} is not written as text", format.name()),
        )),
    }
}

#[cfg(test)]
mod tests;
