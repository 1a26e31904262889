//! Answers to standard output or to a file, in the form asked for.

use crate::arguments::Shared;
use crate::draw::colour;
use crate::failure::Failure;
use calypso_library::{Answer, Table};
use calypso_view::{Format, Style, TableOptions, WriteOptions};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// The form of answers: what was asked, the ending of the file, else by where they go.
pub fn format(shared: &Shared) -> Result<Format, Failure> {
    let named = Format::from_name(&shared.format)
        .ok_or_else(|| Failure::Usage(format!("`--format {}`: it takes {}", shared.format, names())))?;
    Ok(match (named, &shared.output) {
        (Format::Auto, Some(file)) => {
            let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("");
            match (ending, Format::from_name(ending)) {
                ("svg", _) => Format::Chart,
                (_, Some(found)) => found,
                (_, None) => Format::Table,
            }
        }
        (Format::Auto, None) if std::io::stdout().is_terminal() => Format::Table,
        (Format::Auto, None) => Format::Ndjson,
        (other, _) => other,
    })
}

fn names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

/// Writes answers, one after another.
pub fn answers(shared: &Shared, answers: &[Answer]) -> Result<(), Failure> {
    let format = format(shared)?;
    match &shared.output {
        Some(file) => to_file(shared, answers, format, file),
        None => {
            let mut out = std::io::stdout().lock();
            for answer in answers {
                write(shared, answer, format, &mut out)?;
            }
            out.flush().map_err(Failure::from)
        }
    }
}

/// The look of a terminal: width, colour, glyphs.
pub fn style(shared: &Shared) -> Style {
    let terminal = std::io::stdout().is_terminal();
    let width = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let width = width.unwrap_or(100);
    Style { colour: colour(&shared.color, terminal), ..Style::plain(width) }
}

/// The chart that `render` asks for; a table when nothing can be drawn.
fn draw(shared: &Shared, answer: &Answer, out: &mut dyn Write) -> Result<(), Failure> {
    let style = style(shared);
    match calypso_view::chart::rendered(answer) {
        Some(Ok(chart))
            if shared.output.as_ref().is_some_and(|file| file.extension().is_some_and(|e| e == "svg")) =>
        {
            let options = calypso_view::chart::svg::SvgOptions { width: 900, height: 360, id: "chart" };
            out.write_all(calypso_view::chart::svg::svg(&chart, &options).as_bytes())?;
        }
        Some(Ok(chart)) => {
            for line in
                calypso_view::chart::terminal::draw(&chart, &style, calypso_view::chart::terminal::HEIGHT)
            {
                writeln!(out, "{line}")?;
            }
        }
        Some(Err(_)) | None => {
            out.write_all(calypso_view::table(answer, &TableOptions::new(style)).as_bytes())?;
        }
    }
    Ok(())
}

/// Writes one answer.
fn write(shared: &Shared, answer: &Answer, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    let terminal = shared.output.is_none() && std::io::stdout().is_terminal();
    match format {
        Format::Table | Format::Auto => {
            let options = TableOptions {
                rows: terminal.then_some(100),
                whole: shared.no_truncate || !terminal,
                expanded: shared.expanded,
                ..TableOptions::new(style(shared))
            };
            out.write_all(calypso_view::table(answer, &options).as_bytes())?;
        }
        Format::Chart => {
            draw(shared, answer, out)?;
        }
        Format::Parquet | Format::Arrow => {
            return Err(Failure::Usage("give a file for this form: `-O answer.parquet`".to_owned()));
        }
        Format::Json | Format::Ndjson | Format::Csv | Format::Tsv | Format::Markdown | Format::Html => {
            let options = WriteOptions { excel_safe: shared.excel_safe, terminal };
            calypso_view::write(answer, format, options, out)?;
        }
    }
    Ok(())
}

/// To a temporary file beside it, then renamed: a failed run leaves the old file.
fn to_file(shared: &Shared, answers: &[Answer], format: Format, file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let (Format::Parquet | Format::Arrow, [answer]) = (format, answers) {
        let table = Table {
            name: "Answer".to_owned(),
            columns: answer.columns.clone(),
            batches: answer.batches.clone(),
        };
        return match format {
            Format::Parquet => calypso_logs::write_parquet(&table, file, calypso_logs::Compression::Zstd),
            _ => calypso_logs::write_arrow(&table, file),
        }
        .map_err(|error| Failure::Output(std::io::Error::other(error.to_string())));
    }
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    for answer in answers {
        write(shared, answer, format, &mut temporary)?;
    }
    temporary.flush()?;
    temporary.persist(file).map_err(|error| Failure::Output(error.error))?;
    Ok(())
}
