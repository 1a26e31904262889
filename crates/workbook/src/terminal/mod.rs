//! A page as lines for a terminal. In: an answered page and a style. Out: title, values chosen, notices, and the items
//! of the page, side by side where the width allows; tabs and groups as headings. No line is wider than the style says.

mod controls;
mod layout;
mod panel;
mod words;

use crate::model::Message;
use crate::page::{Page, PageBody, PageItem, PageTab};
use calypso_view::text::{shorten, visible, width};
use calypso_view::{Icon, Style};

/// Items stand side by side from this width on.
const WIDE: usize = 100;

impl Page {
    /// The page drawn.
    pub fn terminal(&self, style: &Style) -> Vec<String> {
        let style = &Style { width: style.width.max(1), ..*style };
        let title = style.bold(&line(&self.title, style));
        let mut lines = vec![title.clone()];
        let leading = self.items.iter().take_while(|item| matches!(item.body, PageBody::Pickers(_))).count();
        let (above, below) = self.items.split_at(leading);
        for item in above {
            lines.extend(drawn(item, self.alone, style));
        }
        for notice in &self.notices {
            lines.extend(layout::wrapped(&format!("! {notice}"), style));
        }
        let mut below = blocks(below, self.alone, style);
        // Many a workbook begins with a heading that says its title.
        if let Some(first) = below.first_mut().filter(|block| block.first() == Some(&title)) {
            first.drain(..=usize::from(first.get(1).is_some_and(String::is_empty)));
        }
        below.retain(|block| !block.is_empty());
        for block in below {
            lines.push(String::new());
            lines.extend(block);
        }
        lines.iter().map(|line| layout::cut(line, style.width, style)).collect()
    }
}

/// Items as blocks of lines; a blank line stands between two blocks.
fn blocks(items: &[PageItem], alone: bool, style: &Style) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = items;
    while !rest.is_empty() {
        let (row, after) = rest.split_at(beside(rest, style));
        rest = after;
        match row {
            [PageItem { body: PageBody::Tabs(tabs), border: false, .. }] => {
                found.extend(tab_blocks(tabs, alone, style));
            }
            [PageItem { body: PageBody::Group { title, items, .. }, border: false, .. }] => {
                let title = if alone { "" } else { title };
                found.extend(under(group_heading(title, style), blocks(items, alone, style)));
            }
            [one] => found.push(drawn(one, alone, style)),
            several => {
                let columns = several.iter().map(|item| {
                    let width = (style.width * usize::from(item.width) / 100).saturating_sub(1).max(1);
                    (drawn(item, alone, &Style { width, ..*style }), width)
                });
                found.push(layout::side_by_side(columns.collect()));
            }
        }
    }
    found.retain(|block| !block.is_empty());
    found
}

/// How many of the next items share a row.
fn beside(items: &[PageItem], style: &Style) -> usize {
    if style.width < WIDE {
        return 1;
    }
    let mut used = 0;
    let fits = items.iter().take_while(|item| {
        used += usize::from(item.width.clamp(1, 100));
        used <= 100
    });
    fits.count().max(1)
}

/// One item as one block.
fn drawn(item: &PageItem, alone: bool, style: &Style) -> Vec<String> {
    if item.border && style.width > 8 {
        let lines = body(&item.body, alone, &layout::inside(style));
        return if lines.is_empty() { lines } else { layout::boxed(&lines, style) };
    }
    body(&item.body, alone, style)
}

fn body(body: &PageBody, alone: bool, style: &Style) -> Vec<String> {
    match body {
        PageBody::Text { markdown, message } => text(markdown, *message, style),
        PageBody::Pickers(pickers) => controls::pickers(pickers, style),
        PageBody::Links { style: look, links } => controls::links(links, *look, style),
        PageBody::Tabs(tabs) => joined(tab_blocks(tabs, alone, style)),
        PageBody::Group { title, items, .. } => {
            let title = if alone { "" } else { title };
            joined(under(group_heading(title, style), blocks(items, alone, style)))
        }
        PageBody::Panel(panel) => panel::drawn(panel, alone, style),
        PageBody::Placeholder { what, title, why } => placeholder(what, title, why, style),
    }
}

/// Blocks with a blank line between them.
fn joined(blocks: Vec<Vec<String>>) -> Vec<String> {
    blocks.join(&String::new())
}

/// Blocks below a heading; the first follows it at once.
fn under(heading: Option<String>, mut blocks: Vec<Vec<String>>) -> Vec<Vec<String>> {
    match (heading, blocks.first_mut()) {
        (Some(heading), Some(first)) => first.insert(0, heading),
        (Some(heading), None) => blocks.push(vec![heading]),
        (None, _) => {}
    }
    blocks
}

/// What stands on each tab, under its name; then the names of those that were not made.
fn tab_blocks(tabs: &[PageTab], alone: bool, style: &Style) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for tab in tabs {
        if let Some(items) = &tab.items {
            let heading = (!alone).then(|| heading(&tab.label, style));
            found.extend(under(heading, blocks(items, alone, style)));
        }
    }
    let others: Vec<&str> =
        tabs.iter().filter(|tab| tab.items.is_none()).map(|tab| tab.label.as_str()).collect();
    if !alone && !others.is_empty() {
        let text = format!("not shown: {}", others.join(", "));
        found.push(layout::wrapped(&text, style).iter().map(|line| style.faint(line)).collect());
    }
    found
}

/// `── Sync summary ──────`
fn heading(name: &str, style: &Style) -> String {
    let dash = style.glyph("─", "-");
    let name = line(name, &Style { width: style.width.saturating_sub(6), ..*style });
    let rest = style.width.saturating_sub(4 + width(&name));
    format!("{} {} {}", dash.repeat(2), style.bold(&name), dash.repeat(rest))
}

/// `─ Errors ─`; nothing for a group without a title.
fn group_heading(name: &str, style: &Style) -> Option<String> {
    let dash = style.glyph("─", "-");
    let name = line(name, &Style { width: style.width.saturating_sub(4), ..*style });
    (!name.is_empty()).then(|| format!("{dash} {} {dash}", style.bold(&name)))
}

/// Words, and for a message its sign before them.
fn text(markdown: &str, message: Message, style: &Style) -> Vec<String> {
    let icon = match message {
        Message::Plain => None,
        Message::Info | Message::Upsell => Icon::from_name("info"),
        Message::Success => Icon::from_name("success"),
        Message::Warning => Icon::from_name("warning"),
        Message::Error => Icon::from_name("error"),
    };
    signed(icon, |style| words::words(markdown, style), style)
}

/// Lines behind a sign, made for the room it leaves.
fn signed(icon: Option<Icon>, lines: impl Fn(&Style) -> Vec<String>, style: &Style) -> Vec<String> {
    let Some(icon) = icon else { return lines(style) };
    let narrow = Style { width: style.width.saturating_sub(2).max(1), ..*style };
    let lines = lines(&narrow).into_iter().enumerate();
    let sign = icon.draw(style);
    let line = |(at, line): (usize, String)| match (at, line.is_empty()) {
        (0, _) => format!("{sign} {line}"),
        (_, true) => line,
        (_, false) => format!("  {line}"),
    };
    lines.map(line).collect()
}

/// What stands there in the portal and why it is not drawn, in a box.
fn placeholder(what: &str, title: &str, why: &str, style: &Style) -> Vec<String> {
    let named = if title.is_empty() { what.to_owned() } else { format!("{what}: {title}") };
    let room = layout::inside(style);
    let mut lines = layout::wrapped(&named, &room);
    if !why.is_empty() {
        lines.extend(layout::wrapped(why, &room).iter().map(|line| style.faint(line)));
    }
    let cells = lines.iter().map(|line| layout::painted_width(line)).max().unwrap_or(0);
    layout::boxed(&lines, &Style { width: (cells + 4).min(style.width), ..*style })
}

/// A text on one line that fits.
fn line(text: &str, style: &Style) -> String {
    shorten(&visible(text.trim(), style.unicode), style.width, style.unicode).into_owned()
}

#[cfg(test)]
mod tests;
