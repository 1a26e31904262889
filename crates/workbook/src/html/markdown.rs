//! Markdown as HTML of our own. In: the text of a workbook file or of a cell. Out: paragraphs, headings (one deeper
//! than written: the page's title is the first), lists, tables, code, links to `http` and `https`. Images become
//! their alternative text, and of raw HTML only a few elements pass, without attributes (see `raw_html`).

use super::raw_html::{Piece, pieces};
use calypso_view::html::{address, element_lines, element_text};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A text with Markdown as HTML.
pub fn html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut writer = Writer::default();
    for event in Parser::new_ext(markdown, options) {
        writer.event(event);
    }
    writer.close_all();
    writer.out
}

/// An element that is open.
struct Open {
    /// Its name; empty for what has no element of its own.
    name: &'static str,
    /// Whether it comes from raw HTML.
    raw: bool,
}

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<Open>,
    /// The raw HTML of the block being read.
    block: Option<String>,
    /// The element whose content is left out, `script` or `style`.
    skipped: Option<String>,
    /// Whether cells are those of a table's head.
    head: bool,
}

impl Writer {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(html) => match &mut self.block {
                Some(block) => block.push_str(&html),
                None => self.raw(&html),
            },
            Event::InlineHtml(html) => self.raw(&html),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::FootnoteReference(text) => self.text(&text),
            Event::Code(code) => {
                if self.skipped.is_none() {
                    self.out += &format!("<code>{}</code>", element_text(&code));
                }
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out += "<br>\n",
            Event::Rule => self.out += "<hr>\n",
            Event::TaskListMarker(done) => self.text(if done { "☑ " } else { "☐ " }),
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        let code = self.open.last().is_some_and(|open| open.name == "code");
        self.out += &if code { element_lines(text) } else { element_text(text) };
    }

    fn push(&mut self, name: &'static str, attributes: &str) {
        self.out += &format!("<{name}{attributes}>");
        self.open.push(Open { name, raw: false });
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => self.push("p", ""),
            Tag::Heading { level, .. } => self.push(heading(level as usize), ""),
            Tag::BlockQuote(_) => self.push("blockquote", ""),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.out += "<pre tabindex=\"0\">";
                self.push("code", "");
            }
            Tag::HtmlBlock => self.block = Some(String::new()),
            Tag::List(None) => self.push("ul", ""),
            Tag::List(Some(first)) => self.push("ol", &format!(" start=\"{first}\"")),
            Tag::Item => self.push("li", ""),
            Tag::Table(_) => self.push("table", ""),
            Tag::TableHead => {
                self.head = true;
                self.out += "<thead>";
                self.push("tr", "");
            }
            Tag::TableRow => self.push("tr", ""),
            Tag::TableCell => self.push(if self.head { "th" } else { "td" }, ""),
            Tag::Emphasis => self.push("em", ""),
            Tag::Strong => self.push("strong", ""),
            Tag::Strikethrough => self.push("del", ""),
            Tag::Link { dest_url, .. } => match self.link(&dest_url) {
                Some(attributes) => self.push("a", &attributes),
                None => self.open.push(Open { name: "", raw: false }),
            },
            Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open.push(Open { name: "", raw: false }),
        }
    }

    /// The attributes of a link, unless it goes elsewhere than to the web or stands within another.
    fn link(&self, to: &str) -> Option<String> {
        let within = self.open.iter().any(|open| open.name == "a");
        let href = address(to).filter(|_| !within)?;
        Some(format!("{href} rel=\"noopener noreferrer\" target=\"_blank\""))
    }

    fn end(&mut self, tag: TagEnd) {
        if let Some(block) = self.block.take() {
            self.raw(&block);
            self.skipped = None;
            self.out.push('\n');
            return;
        }
        while self.open.last().is_some_and(|open| open.raw) {
            self.close();
        }
        self.close();
        match tag {
            TagEnd::CodeBlock => self.out += "</pre>\n",
            TagEnd::TableHead => {
                self.head = false;
                self.out += "</thead>\n";
            }
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.skipped = None;
                self.out.push('\n');
            }
            TagEnd::Item | TagEnd::List(_) | TagEnd::Table | TagEnd::TableRow | TagEnd::BlockQuote(_) => {
                self.out.push('\n');
            }
            TagEnd::HtmlBlock
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Closes the innermost element.
    fn close(&mut self) {
        if let Some(open) = self.open.pop()
            && !open.name.is_empty()
        {
            self.out += &format!("</{}>", open.name);
        }
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// What passes of raw HTML.
    fn raw(&mut self, html: &str) {
        for piece in pieces(html) {
            if let Some(skipped) = &self.skipped {
                if matches!(&piece, Piece::Resume(name) if name == skipped) {
                    self.skipped = None;
                }
                continue;
            }
            match piece {
                Piece::Text(text) => self.text(&text),
                Piece::Break => self.out += "<br>",
                Piece::Open(name) => self.open_raw(name, ""),
                Piece::Link(to) => {
                    if let Some(attributes) = self.link(&to) {
                        self.open_raw("a", &attributes);
                    }
                }
                Piece::Close(name) => self.close_raw(name),
                Piece::Skip(name) => self.skipped = Some(name),
                Piece::Resume(_) => {}
            }
        }
    }

    fn open_raw(&mut self, name: &'static str, attributes: &str) {
        self.push(name, attributes);
        if let Some(open) = self.open.last_mut() {
            open.raw = true;
        }
    }

    /// Closes a raw element and those within it; one that Markdown opened is not closed by raw HTML.
    fn close_raw(&mut self, name: &str) {
        let raw = self.open.iter().rev().take_while(|open| open.raw);
        let Some(depth) = raw.map(|open| open.name).position(|open| open == name) else { return };
        (0..=depth).for_each(|_| self.close());
    }
}

/// The element of a heading, one deeper than written.
pub(super) fn heading(level: usize) -> &'static str {
    ["h2", "h3", "h4", "h5", "h6"][level.clamp(1, HeadingLevel::H5 as usize) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown() {
        let text = "# Title\n\nSome *words* and `code`.\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n";
        assert_eq!(
            html(text),
            "<h2>Title</h2>\n<p>Some <em>words</em> and <code>code</code>.</p>\n<ul><li>a</li>\n<li>b</li>\n</ul>\n\
             <table><thead><tr><th>x</th><th>y</th></tr></thead>\n<tr><td>1</td><td>2</td></tr>\n</table>\n"
        );
    }

    #[test]
    fn links_go_to_the_web_alone() {
        assert_eq!(
            html("[a](https://example.org/?q=1&r=\"x\")"),
            "<p><a href=\"https://example.org/?q=1&amp;r=&quot;x&quot;\" rel=\"noopener noreferrer\" \
             target=\"_blank\">a</a></p>\n"
        );
        for link in
            ["[a](javascript:alert(1))", "[a](data:text/html,x)", "[a](#x)", "<a href='vbscript:x'>a</a>"]
        {
            assert_eq!(html(link), "<p>a</p>\n", "{link}");
        }
        assert_eq!(html("![alt *text*](https://example.org/x.png)"), "<p>alt <em>text</em></p>\n");
    }

    #[test]
    fn raw_html_is_reduced_to_words() {
        let cases = [
            ("a <span style=\"color:red\" onclick=x>b</span> c", "<p>a b c</p>\n"),
            ("<b class=x>bold</b> <i>it", "<p><b>bold</b> <i>it</i></p>\n"),
            ("a</p></div></main>b", "<p>a\nb</p>\n"),
            ("x<script>alert(1)</script>y", "<p>xy</p>\n"),
            ("<div><script>\nalert('<b>')\n</script>\nafter</div>", "\n\nafter\n\n"),
            ("<img src=x onerror=alert(1) alt='A &lt;picture>'>", "A &lt;picture&gt;\n"),
            ("<h1>Big</h1>", "<h2>Big</h2>\n"),
            (
                "<a href=\"https://example.org\" onclick=\"x\">go</a>",
                "<p><a href=\"https://example.org\" rel=\"noopener noreferrer\" target=\"_blank\">go</a></p>\n",
            ),
            ("<!-- no\n\n<b>x</b> --> y", " y\n"),
            ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(html(text), expected, "{text}");
        }
    }
}
