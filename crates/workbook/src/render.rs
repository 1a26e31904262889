//! A page as lines for a terminal. In: an answered page and a style. Out: title, parameters, notices, and each panel
//! as tiles, bars or a grid, side by side where the width allows.

mod bars;
mod layout;
mod table;
mod tiles;

use crate::description::Look;
use crate::page::{Page, PanelAnswer};
use calypso_view::Style;
use calypso_view::text::{shorten, visible, width};

/// Panels stand side by side from this width on.
const WIDE: usize = 100;

impl Page {
    /// The page drawn; no line is wider than the style says, as far as its parts can be cut.
    pub fn terminal(&self, style: &Style) -> Vec<String> {
        let mut lines = vec![style.bold(&line(&self.title, style))];
        lines.extend(self.choice(style));
        for notice in &self.notices {
            lines.extend(layout::wrapped(&format!("! {notice}"), style));
        }
        let mut tab = None;
        let mut panels = self.panels.as_slice();
        while let Some(first) = panels.first() {
            lines.push(String::new());
            if !self.alone && first.panel.tab != tab {
                tab.clone_from(&first.panel.tab);
                lines.push(heading(tab.as_deref().unwrap_or_default(), style));
            }
            let beside = beside(panels, style);
            let (row, rest) = panels.split_at(beside);
            lines.extend(self.row(row, style));
            panels = rest;
        }
        lines
    }

    /// `Date: last 48h (…)   Status: all …`, on as many lines as it takes.
    fn choice(&self, style: &Style) -> Vec<String> {
        let shown = self.parameters.iter().filter(|(parameter, chosen)| !parameter.quiet || !chosen.is_all());
        let mut lines: Vec<String> = Vec::new();
        for (parameter, chosen) in shown {
            let part =
                visible(&format!("{}: {}", parameter.label(), chosen.shown()), style.unicode).into_owned();
            match lines.last_mut() {
                Some(last) if width(last) + 3 + width(&part) <= style.width => *last += &format!("   {part}"),
                Some(_) | None => lines.extend(layout::wrapped(&part, style)),
            }
        }
        lines
    }

    /// Panels side by side.
    fn row(&self, panels: &[PanelAnswer], style: &Style) -> Vec<String> {
        let columns = panels.iter().map(|panel| {
            let width = match panels {
                [_] => style.width,
                _ => (style.width * usize::from(panel.panel.width) / 100).saturating_sub(1),
            };
            let narrow = Style { width, ..*style };
            (self.drawn(panel, &narrow), width)
        });
        layout::side_by_side(columns.collect())
    }

    /// One panel: its title, its drawing, and what is to be known of it.
    fn drawn(&self, panel: &PanelAnswer, style: &Style) -> Vec<String> {
        let mut lines = vec![style.bold(&line(&panel.title, style))];
        let answer = match &panel.answer {
            Ok(answer) => answer,
            Err(why) => {
                lines.extend(layout::wrapped(&format!("! {why}"), style));
                return lines;
            }
        };
        if answer.rows() == 0 {
            let message = panel.panel.no_data.as_deref().unwrap_or("no rows");
            lines.extend(layout::wrapped(message, style));
        } else {
            lines.extend(match panel.panel.look {
                Look::Tiles => tiles::draw(panel, answer, style),
                Look::Bars => bars::draw(panel, answer, style),
                Look::Table => table::draw(panel, answer, self.alone, style),
            });
        }
        let mut note = |text: String| {
            lines.extend(layout::wrapped(&text, style).iter().map(|line| style.faint(line)));
        };
        if let (true, Some(description)) = (self.alone, &panel.description) {
            note(description.clone());
        }
        if !panel.unheeded.is_empty() {
            note(format!("not narrowed by {}", panel.unheeded.join(", ")));
        }
        if let Some(arguments) = &panel.drill_down {
            note(format!("look closer: {arguments}"));
        }
        lines
    }
}

/// How many of the next panels share a row.
fn beside(panels: &[PanelAnswer], style: &Style) -> usize {
    if style.width < WIDE {
        return 1;
    }
    let tab = panels.first().map(|panel| &panel.panel.tab);
    let mut used = 0;
    let fits = panels.iter().take_while(|panel| {
        used += usize::from(panel.panel.width);
        used <= 100 && Some(&panel.panel.tab) == tab
    });
    fits.count().max(1)
}

/// `── Sync summary ──────`
fn heading(name: &str, style: &Style) -> String {
    let dash = style.glyph("─", "-");
    let name = line(name, &Style { width: style.width.saturating_sub(6), ..*style });
    let rest = style.width.saturating_sub(4 + width(&name));
    format!("{} {} {}", dash.repeat(2), style.bold(&name), dash.repeat(rest))
}

/// A text on one line that fits.
fn line(text: &str, style: &Style) -> String {
    shorten(&visible(text, style.unicode), style.width, style.unicode).into_owned()
}
