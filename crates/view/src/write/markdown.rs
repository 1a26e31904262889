//! Answers as a Markdown table: numbers on the right, line ends as `<br>`, and no cell that becomes markup.

use crate::text::{cell_text, visible};
use calypso_library::Answer;
use std::io::{self, Write};

/// Writes an answer as a Markdown table.
pub fn write_markdown(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    if answer.columns.is_empty() {
        return Ok(());
    }
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", line(answer.columns.iter().map(|c| cell(&c.name)).collect()))?;
    let rule = |right: bool| if right { "---:" } else { "---" }.to_owned();
    writeln!(out, "{}", line(answer.columns.iter().map(|c| rule(c.ty.is_number())).collect()))?;
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            let cells = answer.columns.iter().zip(batch.columns());
            writeln!(out, "{}", line(cells.map(|(c, a)| cell(&cell_text(c.ty, a, row))).collect()))?;
        }
    }
    Ok(())
}

/// The text of a cell: a backslash goes before what Markdown would read as markup at that place, and nowhere else, so
/// that `count_` and `[1,2]` stay as they are.
fn cell(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = visible(line, true);
        let mut out = String::with_capacity(line.len());
        let mut before = ' ';
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            let markup = match c {
                '\\' | '|' | '<' | '`' | '*' | '~' => true,
                '_' => !before.is_alphanumeric(),
                ']' => matches!(chars.peek(), Some('(' | '[' | ':')),
                _ => false,
            };
            if markup {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
        out
    });
    lines.collect::<Vec<_>>().join("<br>")
}
