//! Answers to standard output or to a file, in the form asked for.

use crate::arguments::Shared;
use crate::draw::colour;
use crate::failure::Failure;
use calypso_library::{Answer, Table};
use calypso_view::chart::{self, svg, terminal};
use calypso_view::{Format, Style, TableOptions, WriteOptions};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Rows of an answer shown on a terminal.
pub const SHOWN: usize = 100;

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
        // On a terminal `render` is obeyed; what it does not ask for is a table.
        (Format::Auto, None) if std::io::stdout().is_terminal() => Format::Chart,
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

/// Shows an answer at the prompt: so many rows, or all.
pub fn show(shared: &Shared, answer: &Answer, rows: Option<usize>) -> Result<(), Failure> {
    let format = format(shared)?;
    let mut out = std::io::stdout().lock();
    match format {
        Format::Table | Format::Auto | Format::Chart => {
            let options = TableOptions { rows, hint: "#last shows all", ..table_options(shared) };
            if rows.is_none() || format == Format::Table || !draw(shared, answer, &mut out)? {
                out.write_all(calypso_view::table(answer, &options).as_bytes())?;
            }
        }
        Format::Json
        | Format::Ndjson
        | Format::Csv
        | Format::Tsv
        | Format::Markdown
        | Format::Html
        | Format::Parquet
        | Format::Arrow => write(shared, answer, format, &mut out)?,
    }
    out.flush().map_err(Failure::from)
}

/// The look of a terminal: width, colour, glyphs.
pub fn style(shared: &Shared) -> Style {
    let terminal = std::io::stdout().is_terminal();
    let given = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = given.or_else(|| if terminal { measured() } else { None }).unwrap_or(100);
    Style { colour: colour(&shared.color, terminal), ..Style::plain(width.max(20)) }
}

fn table_options(shared: &Shared) -> TableOptions {
    let terminal = shared.output.is_none() && std::io::stdout().is_terminal();
    TableOptions {
        rows: terminal.then_some(SHOWN),
        whole: shared.no_truncate || !terminal,
        expanded: shared.expanded,
        ..TableOptions::new(style(shared))
    }
}

/// Draws the chart that `render` asks for. False when it asks for none, or none can be drawn.
fn draw(shared: &Shared, answer: &Answer, out: &mut dyn Write) -> Result<bool, Failure> {
    let chart = match chart::rendered(answer) {
        Some(Ok(chart)) => chart,
        Some(Err(why)) => {
            eprintln!("calypso: `render`: {why}; this is the table");
            return Ok(false);
        }
        None => return Ok(false),
    };
    if shared.output.as_ref().is_some_and(|file| file.extension().is_some_and(|ending| ending == "svg")) {
        let options = svg::SvgOptions { width: 900, height: 360, id: "chart" };
        out.write_all(svg::svg(&chart, &options).as_bytes())?;
    } else {
        for line in terminal::draw(&chart, &style(shared), terminal::HEIGHT) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(true)
}

/// Writes one answer.
fn write(shared: &Shared, answer: &Answer, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    let terminal = shared.output.is_none() && std::io::stdout().is_terminal();
    match format {
        Format::Table | Format::Auto => {
            out.write_all(calypso_view::table(answer, &table_options(shared)).as_bytes())?;
        }
        Format::Chart => {
            if !draw(shared, answer, out)? {
                out.write_all(calypso_view::table(answer, &table_options(shared)).as_bytes())?;
            }
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

fn to_file(shared: &Shared, answers: &[Answer], format: Format, file: &Path) -> Result<(), Failure> {
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
    written(file, |out| answers.iter().try_for_each(|answer| write(shared, answer, format, out)))
}

/// Writes a text to standard output or to the file asked for.
pub fn text(shared: &Shared, text: &str) -> Result<(), Failure> {
    match &shared.output {
        Some(file) => written(file, |out| Ok(out.write_all(text.as_bytes())?)),
        None => Ok(std::io::stdout().lock().write_all(text.as_bytes())?),
    }
}

/// Writes to a temporary file beside it, then renames: a failed run leaves the old file.
pub fn written(
    file: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    write(&mut temporary)?;
    temporary.flush()?;
    open_to_others(temporary.as_file())?;
    temporary.persist(file).map_err(|error| Failure::Output(error.error))?;
    Ok(())
}

/// A temporary file is its owner's alone; a file that was asked for may be read as others are.
#[cfg(unix)]
fn open_to_others(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_others(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
