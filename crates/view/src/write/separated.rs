//! Answers as comma- or tab-separated text with a header line. CSV quotes as RFC 4180 does and ends lines with a line
//! feed, as pipes expect. TSV never quotes: a tab, a line end and a backslash in a cell are written `\t`, `\n`, `\r`,
//! `\\`. Null and the empty text are both empty.

use super::WriteOptions;
use crate::text::{cell_text, visible};
use calypso_library::{Answer, Type};
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes an answer as CSV.
pub fn write_csv(answer: &Answer, options: WriteOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    each_line(answer, options, &mut |cells| {
        writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(io::Error::from)
    })?;
    writer.flush()
}

/// Writes an answer as TSV.
pub fn write_tsv(answer: &Answer, options: WriteOptions, out: &mut dyn Write) -> io::Result<()> {
    each_line(answer, options, &mut |cells| {
        let cells: Vec<Cow<str>> = cells.iter().map(|cell| escape_tabs(cell)).collect();
        writeln!(out, "{}", cells.join("\t"))
    })
}

/// Hands over the names, then the cells of each row.
fn each_line(
    answer: &Answer,
    options: WriteOptions,
    line: &mut dyn FnMut(&[Cow<str>]) -> io::Result<()>,
) -> io::Result<()> {
    if answer.columns.is_empty() {
        return Ok(());
    }
    let names = answer.columns.iter().map(|c| prepare(Type::String, Cow::from(c.name.as_str()), options));
    line(&names.collect::<Vec<_>>())?;
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            let cells = answer.columns.iter().zip(batch.columns());
            let cells = cells.map(|(c, array)| prepare(c.ty, cell_text(c.ty, array, row), options));
            line(&cells.collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

/// Guards a cell as the options ask. Numbers and times are ours and need no guard.
fn prepare(ty: Type, cell: Cow<'_, str>, options: WriteOptions) -> Cow<'_, str> {
    let text = matches!(ty, Type::String | Type::Dynamic | Type::Guid);
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if options.excel_safe && text && formula { Cow::Owned(format!("'{cell}")) } else { cell };
    if !options.terminal {
        return cell;
    }
    match visible(&cell, true) {
        Cow::Borrowed(_) => cell,
        Cow::Owned(shown) => Cow::Owned(shown),
    }
}

/// Writes what would end a TSV cell as an escape.
fn escape_tabs(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['\t', '\n', '\r', '\\']) {
        return Cow::Borrowed(cell);
    }
    let escaped = cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
    Cow::Owned(escaped)
}
