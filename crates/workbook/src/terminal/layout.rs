//! Lines beside lines, lines in a box, and long sentences over several lines. A line may hold colour codes, which take
//! no cell.

use calypso_view::Style;
use calypso_view::text::{shorten, visible, width};

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
pub fn painted_width(line: &str) -> usize {
    parts(line).map(|(_, text)| width(text)).sum()
}

/// The line in at most `cells` cells; what is cut off is its end, and colours are closed again.
pub fn cut(line: &str, cells: usize, style: &Style) -> String {
    if painted_width(line) <= cells {
        return line.to_owned();
    }
    let (mut out, mut used) = (String::new(), 0);
    for (code, text) in parts(line) {
        out.push_str(code);
        let kept = shorten(text, cells.saturating_sub(used), style.unicode);
        out.push_str(&kept);
        used += width(&kept);
        if kept != text {
            break;
        }
    }
    if line.contains('\u{1b}') {
        out.push_str("\u{1b}[0m");
    }
    out
}

/// Colour codes, each with the text after it; the first code may be empty.
fn parts(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let code = if rest.starts_with("\u{1b}[") { rest.find('m').map_or(0, |at| at + 1) } else { 0 };
        let next = rest[code..].find("\u{1b}[").map_or(rest.len(), |at| code + at);
        // An escape that is no colour is taken as text, so that the end is always reached.
        let next = if next == 0 { rest.len() } else { next };
        let part = (&rest[..code], &rest[code..next]);
        rest = &rest[next..];
        Some(part)
    })
}

/// The room inside a box that is as wide as the style.
pub fn inside(style: &Style) -> Style {
    Style { width: style.width.saturating_sub(4), ..*style }
}

/// Lines made for `inside(style)` in a box as wide as the style.
pub fn boxed(lines: &[String], style: &Style) -> Vec<String> {
    let cells = inside(style).width;
    let across = style.glyph("─", "-").repeat(cells + 2);
    let down = style.glyph("│", "|");
    let mut out = vec![format!("{}{across}{}", style.glyph("┌", "+"), style.glyph("┐", "+"))];
    out.extend(lines.iter().map(|line| {
        let line = cut(line, cells, style);
        format!("{down} {line}{} {down}", " ".repeat(cells.saturating_sub(painted_width(&line))))
    }));
    out.push(format!("{}{across}{}", style.glyph("└", "+"), style.glyph("┘", "+")));
    out
}

/// A sentence broken at blanks where it is too long for a line; a word too long for a line is broken itself. What acts
/// in it is made visible.
pub fn wrapped(text: &str, style: &Style) -> Vec<String> {
    hanging(text, 0, style)
}

/// A sentence as `wrapped`, its second and later lines begun with that many blanks.
pub fn hanging(text: &str, indent: usize, style: &Style) -> Vec<String> {
    let text = visible(text, style.unicode);
    let indent = indent.min(style.width / 2);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for (at, word) in text.split(' ').enumerate() {
        let mut word = word;
        let blank = usize::from(at > 0 && used > 0);
        if used > 0 && used + blank + width(word) > style.width {
            lines.push(" ".repeat(indent));
            used = indent;
        } else if blank > 0 {
            last(&mut lines).push(' ');
            used += 1;
        }
        while used + width(word) > style.width {
            let (head, tail) = split(word, style.width.saturating_sub(used).max(1));
            last(&mut lines).push_str(head);
            lines.push(" ".repeat(indent));
            (word, used) = (tail, indent);
        }
        last(&mut lines).push_str(word);
        used += width(word);
    }
    lines
}

fn last(lines: &mut [String]) -> &mut String {
    lines.last_mut().expect("a sentence has at least one line")
}

/// A word in two, the first at most `cells` wide but never empty.
fn split(word: &str, cells: usize) -> (&str, &str) {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut kept = word.chars().next().map_or(0, char::len_utf8);
    for end in ends {
        if width(&word[..end]) > cells {
            break;
        }
        kept = end;
    }
    word.split_at(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        assert_eq!(wrapped("a abcdefghij b", &Style::plain(4)), ["a", "abcd", "efgh", "ij b"]);
        assert_eq!(hanging("! one two", 2, &Style::plain(6)), ["! one", "  two"]);
        assert_eq!(wrapped("", &Style::plain(6)), [""]);
    }

    #[test]
    fn long_lines_are_cut_and_colours_closed() {
        let style = Style { colour: true, ..Style::plain(80) };
        assert_eq!(cut("\u{1b}[1mabcdef\u{1b}[0mg", 4, &style), "\u{1b}[1mabc…\u{1b}[0m");
        assert_eq!(cut("abc", 3, &style), "abc");
    }

    #[test]
    fn boxes_are_as_wide_as_the_style() {
        let lines = boxed(&["abc".to_owned(), "a longer line".to_owned()], &Style::plain(12));
        assert_eq!(lines, ["┌──────────┐", "│ abc      │", "│ a longe… │", "└──────────┘"]);
    }

    proptest! {
        #[test]
        fn no_sentence_is_too_wide(text in "\\PC{0,60}|[a-z \u{1b}]{0,60}", cells in 4usize..30, indent in 0usize..9) {
            let lines = hanging(&text, indent, &Style::plain(cells));
            prop_assert!(lines.iter().all(|line| width(line) <= cells), "{lines:?}");
        }

        #[test]
        fn any_line_can_be_cut(text in "(\u{1b}\\[[0-9]m|\u{1b}|[a-m\\[]|文){0,30}", cells in 0usize..30) {
            prop_assert!(painted_width(&cut(&text, cells, &Style::plain(80))) <= cells);
        }
    }
}
