//! Markdown as lines for a terminal. In: the text of a workbook, which is not trusted. Out: paragraphs and lists broken
//! at the width, tables as grids, links as `text (address)`. Tags of HTML are dropped and their text is kept.

use super::layout::{cut, hanging, painted_width};
use calypso_view::text::visible;
use calypso_view::{GridCell, GridColumn, GridRow, Style, grid};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The lines of a Markdown text.
pub fn words(markdown: &str, style: &Style) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut writer = Writer { style: *style, ..Writer::default() };
    Parser::new_ext(markdown, options).for_each(|event| writer.take(event));
    writer.end_block();
    writer.lines
}

/// What has been read and not yet written.
struct Writer {
    style: Style,
    lines: Vec<String>,
    /// The words of the paragraph being read.
    text: String,
    /// What stands before the lines: quotes and list items, the outermost first.
    before: Vec<Before>,
    /// The next number of each list around, none for a list with dots.
    lists: Vec<Option<u64>>,
    /// The addresses of the links around.
    links: Vec<(String, usize)>,
    heading: bool,
    code: bool,
    html: bool,
    /// Whether a blank line is due before the next words.
    gap: bool,
    /// The cells of the table being read, the header first.
    table: Vec<Vec<String>>,
}

/// What stands before lines.
struct Before {
    first: String,
    later: String,
    used: bool,
}

impl Default for Writer {
    fn default() -> Writer {
        Writer {
            style: Style::plain(80),
            lines: Vec::new(),
            text: String::new(),
            before: Vec::new(),
            lists: Vec::new(),
            links: Vec::new(),
            heading: false,
            code: false,
            html: false,
            gap: false,
            table: Vec::new(),
        }
    }
}

impl Writer {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_lines(&text),
            Event::Text(text) | Event::Code(text) | Event::Html(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.end_line(),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.end_line(),
            Event::TaskListMarker(done) => self.text.push_str(if done { "[x] " } else { "[ ] " }),
            Event::Rule => {
                self.end_block();
                let room = self.room();
                self.text = self.style.glyph("─", "-").repeat(room.min(40));
                self.end_block();
            }
            Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { .. } => {
                self.end_block();
                self.heading = true;
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                let bar = format!("{} ", self.style.glyph("│", "|"));
                self.before.push(Before { first: bar.clone(), later: bar, used: false });
            }
            Tag::CodeBlock(kind) => {
                self.end_block();
                self.code = matches!(kind, CodeBlockKind::Indented | CodeBlockKind::Fenced(_));
            }
            Tag::HtmlBlock => {
                self.end_block();
                self.html = true;
            }
            Tag::List(first) => {
                self.end_line();
                self.lists.push(first);
            }
            Tag::Item => {
                let first = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    Some(None) | None => format!("{} ", self.style.glyph("•", "*")),
                };
                let later = " ".repeat(painted_width(&first));
                self.before.push(Before { first, later, used: false });
            }
            Tag::Link { dest_url, .. } => self.links.push((dest_url.into_string(), self.text.len())),
            Tag::Image { .. } => self.text.push('['),
            Tag::Table(_) => self.end_block(),
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.end_block(),
            TagEnd::CodeBlock => {
                self.code = false;
                self.gap = true;
            }
            TagEnd::HtmlBlock => {
                let text = std::mem::take(&mut self.text);
                self.html = false;
                for part in text_of_html(&text) {
                    self.text = part;
                    self.end_line();
                }
                self.gap = true;
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.before.pop();
            }
            TagEnd::List(_) => {
                self.end_line();
                self.lists.pop();
                self.gap = self.lists.is_empty();
            }
            TagEnd::Item => {
                self.end_line();
                self.before.pop();
            }
            TagEnd::Link => {
                let Some((address, from)) = self.links.pop() else { return };
                let same = self.text.get(from..).is_some_and(|text| text == address);
                if !same && !address.is_empty() {
                    self.text.push_str(&format!(" ({address})"));
                }
            }
            TagEnd::Image => self.text.push(']'),
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.text);
                if let Some(row) = self.table.last_mut() {
                    row.push(text.trim().to_owned());
                }
            }
            TagEnd::Table => self.end_table(),
            _ => {}
        }
    }

    /// Cells that the quotes and list items around leave.
    fn room(&self) -> usize {
        let used: usize = self.before.iter().map(|before| painted_width(&before.later)).sum();
        self.style.width.saturating_sub(used).max(1)
    }

    /// Writes the words read so far, and asks for a blank line after them unless they are an item of a list.
    fn end_block(&mut self) {
        if !self.text.trim().is_empty() {
            self.end_line();
            self.gap = self.lists.is_empty();
        }
        self.text.clear();
        self.heading = false;
    }

    /// Writes the words read so far on lines of their own.
    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.html {
            self.text = text + "\n";
            return;
        }
        let text = text.trim().replace('\u{a0}', " ");
        if !text.is_empty() {
            let style = Style { width: self.room(), ..self.style };
            for line in hanging(&text, 0, &style) {
                let line = if self.heading { self.style.bold(&line) } else { line };
                self.push(&line);
            }
        }
    }

    /// Adds a line behind what stands before lines.
    fn push(&mut self, line: &str) {
        if std::mem::take(&mut self.gap) && !self.lines.is_empty() {
            let around = self.before.iter().filter(|before| before.used);
            let around: String = around.map(|before| before.later.as_str()).collect();
            self.lines.push(around.trim_end().to_owned());
        }
        let mut whole = String::new();
        for before in &mut self.before {
            whole.push_str(if std::mem::replace(&mut before.used, true) {
                &before.later
            } else {
                &before.first
            });
        }
        whole.push_str(line);
        self.lines.push(cut(whole.trim_end(), self.style.width, &self.style));
    }

    /// Code, line by line, as it is written.
    fn code_lines(&mut self, text: &str) {
        let style = Style { width: self.room().saturating_sub(4).max(1), ..self.style };
        for line in text.lines() {
            let line = visible(line, style.unicode).into_owned();
            for (at, part) in hanging(&line, 0, &style).iter().enumerate() {
                self.push(&format!("{}{part}", if at == 0 { "    " } else { "      " }));
            }
        }
    }

    fn end_table(&mut self) {
        let mut table = std::mem::take(&mut self.table).into_iter();
        let header = table.next().unwrap_or_default();
        let columns: Vec<GridColumn> =
            header.into_iter().map(|label| GridColumn { label, ..GridColumn::default() }).collect();
        let rows: Vec<GridRow> = table
            .map(|cells| GridRow {
                cells: cells.into_iter().map(GridCell::plain).collect(),
                ..GridRow::default()
            })
            .collect();
        let style = Style { width: self.room(), ..self.style };
        for line in grid(&columns, &rows, &style) {
            self.push(&line);
        }
        self.gap = true;
    }
}

/// The text between the tags of HTML, a part for each line of it. Comments, scripts and style sheets are left out.
fn text_of_html(html: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_text(&mut parts, &rest[..at]);
        let tag = &rest[at..];
        let name: String = tag[1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        let name = name.to_ascii_lowercase();
        let end = match name.as_str() {
            "script" | "style" => format!("</{name}"),
            _ if tag.starts_with("<!--") => "-->".to_owned(),
            _ if name.is_empty() => {
                push_text(&mut parts, "<");
                rest = &tag[1..];
                continue;
            }
            _ => String::new(),
        };
        let after = found(tag, &end).map_or(tag.len(), |at| at + end.len());
        let closed =
            if end == "-->" { after } else { tag[after..].find('>').map_or(tag.len(), |at| after + at + 1) };
        rest = &tag[closed..];
        if matches!(
            name.trim_matches('/'),
            "br" | "p" | "div" | "li" | "tr" | "ul" | "ol" | "table" | "h1" | "h2" | "h3"
        ) {
            parts.push(String::new());
        }
    }
    push_text(&mut parts, rest);
    let clean = |part: String| part.split_whitespace().collect::<Vec<_>>().join(" ");
    parts.into_iter().map(clean).filter(|part| !part.is_empty()).collect()
}

/// Where the text has that part, in letters of any size.
fn found(text: &str, part: &str) -> Option<usize> {
    let wanted = part.as_bytes();
    if wanted.is_empty() {
        return Some(0);
    }
    text.as_bytes().windows(wanted.len()).position(|here| here.eq_ignore_ascii_case(wanted))
}

fn push_text(parts: &mut [String], text: &str) {
    const ENTITIES: [(&str, &str); 6] =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = ENTITIES.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c));
    if let Some(last) = parts.last_mut() {
        last.push_str(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calypso_view::text::{acts, width};
    use proptest::prelude::*;

    fn drawn(markdown: &str) -> String {
        words(markdown, &Style::plain(30)).join("\n")
    }

    #[test]
    fn long_html_is_read_once() {
        for tag in ["<b>", "<script>", "<!--", "<b", "</b", "<SCRIPT></SCRIPT>"] {
            // One that looked ahead from each of them anew would not come to its end.
            let text = tag.repeat(2_000_000 / tag.len());
            assert!(text_of_html(&text).len() <= text.len(), "{tag}");
        }
    }

    #[test]
    fn paragraphs_lists_and_links() {
        let text = "# Sync *insights*\nHow it **goes**, see [the docs](https://example.com/x).\n\n\
            1. one\n2. two\n   - inner with a text that is long\n\n> quoted\n\n    code  kept\n\n---\nend";
        let expected = "\
Sync insights

How it goes, see the docs
(https://example.com/x).

1. one
2. two
   • inner with a text that is
     long

│ quoted

    code  kept

──────────────────────────────

end";
        assert_eq!(drawn(text), expected);
    }

    #[test]
    fn tags_are_dropped_and_their_text_kept() {
        assert_eq!(drawn("a <span style='color:red'>red &amp; b</span><br/>c"), "a red & b\nc");
        assert_eq!(
            drawn("<div><script>alert('x')</script><!-- <p>no</p> --><b>Bold &lt;i&gt;</b><p>next"),
            "Bold <i>\nnext"
        );
        assert_eq!(drawn("<style"), "");
        assert_eq!(drawn("![a picture](x.png) <https://example.com>"), "[a picture]\nhttps://example.com");
    }

    #[test]
    fn bytes_that_steer_are_seen() {
        assert_eq!(drawn("a\u{1b}[2Jb \u{202e}c"), "a␛[2Jb ⟨U+202E⟩c");
    }

    #[test]
    fn tables_are_grids() {
        let expected = "\
┌───┬─────┐
│ a │ b   │
├───┼─────┤
│ 1 │ two │
└───┴─────┘";
        assert_eq!(drawn("| a | b |\n|---|---|\n| 1 | two |"), expected);
    }

    proptest! {
        #[test]
        fn any_text_fits_and_does_not_act(
            text in "([a-z#>*`_|<>/!&;\\[\\]()\\-0-9. \n\t\u{1b}]|文|\\PC){0,120}", cells in 24usize..60,
        ) {
            for line in words(&text, &Style::plain(cells)) {
                prop_assert!(!line.chars().any(acts), "{line:?}");
                prop_assert!(width(&line) <= cells, "{line:?}");
            }
        }
    }
}
