//! Lines beside lines, and long sentences over several lines.

use calypso_view::Style;
use calypso_view::text::{visible, width};

/// Blocks of lines beside each other, each in so many cells, with a blank between.
pub fn side_by_side(columns: Vec<(Vec<String>, usize)>) -> Vec<String> {
    if let [(lines, _)] = columns.as_slice() {
        return lines.clone();
    }
    let height = columns.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
    let row = |at: usize| {
        let cells = columns.iter().map(|(lines, cells)| {
            let line = lines.get(at).map_or("", String::as_str);
            format!("{line}{}", " ".repeat((cells + 1).saturating_sub(painted_width(line))))
        });
        cells.collect::<String>().trim_end().to_owned()
    };
    (0..height).map(row).collect()
}

/// Cells that a line takes whose colour codes take none.
fn painted_width(line: &str) -> usize {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().map_or(0, width);
    first + parts.map(|part| part.split_once('m').map_or(0, |(_, text)| width(text))).sum::<usize>()
}

/// A sentence broken at blanks where it is too long for a line; a word too long for a line stands alone.
pub fn wrapped(text: &str, style: &Style) -> Vec<String> {
    let text = visible(text, style.unicode);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= style.width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_their_cells() {
        let red = "\u{1b}[31mab\u{1b}[0m".to_owned();
        let lines = side_by_side(vec![(vec![red.clone(), "c".into()], 3), (vec!["x".into()], 3)]);
        assert_eq!(lines, [format!("{red}  x"), "c".to_owned()]);
        assert_eq!(painted_width("─é\u{1b}[1mb"), 3);
    }

    #[test]
    fn sentences_are_broken_at_blanks() {
        assert_eq!(wrapped("one two three", &Style::plain(7)), ["one two", "three"]);
        assert_eq!(wrapped("a\u{1b}b", &Style::plain(7)), ["a␛b"]);
    }
}
