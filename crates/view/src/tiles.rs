//! Tiles: boxes with a title, a big number and a sparkline, laid side by side as far as the width goes. In: tiles
//! whose texts are already made. Out: lines.

use crate::drawing::Action;
use crate::grid::{self, GridCell, Look};
use crate::icon::Icon;
use crate::spark::sparkline;
use crate::style::{Colour, Style};
use crate::text::{fit, visible, width};

/// One tile. Empty parts take no line, unless a tile beside it has them.
#[derive(Clone, PartialEq, Debug)]
pub struct Tile {
    /// The sign before the title.
    pub icon: Option<Icon>,
    /// The first line.
    pub title: String,
    /// The line below the title.
    pub subtitle: String,
    /// What the eye should meet first.
    pub big: String,
    /// How that looks beyond being large.
    pub look: Look,
    /// The bars at the bottom.
    pub spark: Vec<Option<f64>>,
    /// The colour of the sparkline.
    pub colour: Colour,
    /// On the right of the large text.
    pub right: Option<GridCell>,
    /// At the bottom, where it is no sparkline.
    pub bottom: Option<GridCell>,
    /// What is told where the pointer rests; may be empty.
    pub hint: String,
    /// What a click does.
    pub action: Option<Action>,
    /// Whether it is the one clicked.
    pub selected: bool,
}

impl Tile {
    /// A tile with a title and a big text.
    pub fn new(title: impl Into<String>, big: impl Into<String>) -> Tile {
        Tile {
            icon: None,
            title: title.into(),
            subtitle: String::new(),
            big: big.into(),
            look: Look::Plain,
            spark: Vec::new(),
            colour: Colour::Blue,
            right: None,
            bottom: None,
            hint: String::new(),
            action: None,
            selected: false,
        }
    }
}

/// Cells inside a tile: at least and at most.
const INSIDE: (usize, usize) = (14, 30);

/// Draws tiles side by side, all of one width.
pub fn tiles(tiles: &[Tile], style: &Style) -> Vec<String> {
    let wanted = tiles.iter().map(|tile| natural(tile, style)).max().unwrap_or(0);
    let inside = wanted.clamp(INSIDE.0, INSIDE.1).min(style.width.saturating_sub(4)).max(1);
    let in_line = ((style.width + 1) / (inside + 5)).max(1);
    let mut lines = Vec::new();
    for group in tiles.chunks(in_line) {
        let parts = Parts {
            subtitle: group.iter().any(|tile| !tile.subtitle.is_empty()),
            big: group.iter().any(|tile| !tile.big.is_empty() || tile.right.is_some()),
            bottom: group.iter().any(|tile| !tile.spark.is_empty() || tile.bottom.is_some()),
        };
        let boxes: Vec<Vec<String>> = group.iter().map(|tile| boxed(tile, &parts, inside, style)).collect();
        let height = boxes.first().map_or(0, Vec::len);
        lines.extend((0..height).map(|at| {
            let row: Vec<&str> = boxes.iter().map(|one| one[at].as_str()).collect();
            row.join(" ")
        }));
    }
    lines
}

/// Which lines the tiles of one row have.
struct Parts {
    subtitle: bool,
    big: bool,
    bottom: bool,
}

/// Cells a tile would like inside.
fn natural(tile: &Tile, style: &Style) -> usize {
    let of = |text: &str| width(&visible(text, style.unicode));
    let icon = if tile.icon.is_some() { 2 } else { 0 };
    let right = tile.right.as_ref().map_or(0, |cell| 2 + grid::natural(cell, style));
    let bottom = tile.bottom.as_ref().map_or(0, |cell| grid::natural(cell, style));
    let middle = of(&tile.big) + right;
    (of(&tile.title) + icon).max(of(&tile.subtitle)).max(middle).max(bottom).max(tile.spark.len().min(24))
}

fn boxed(tile: &Tile, parts: &Parts, inside: usize, style: &Style) -> Vec<String> {
    let clean = |text: &str, cells: usize| fit(&visible(text, style.unicode), cells, false, style.unicode);
    // The one clicked has a stronger frame.
    let [across, down, corners @ ..] = match (tile.selected, style.unicode) {
        (false, true) => ["─", "│", "┌", "┐", "└", "┘"],
        (true, true) => ["━", "┃", "┏", "┓", "┗", "┛"],
        (false, false) => ["-", "|", "+", "+", "+", "+"],
        (true, false) => ["=", "|", "#", "#", "#", "#"],
    };
    let across = across.repeat(inside + 2);
    let line = |inner: String| format!("{down} {inner} {down}");
    let title = match &tile.icon {
        Some(icon) if inside > 2 => format!("{} {}", icon.draw(style), clean(&tile.title, inside - 2)),
        Some(_) | None => clean(&tile.title, inside),
    };
    let mut lines = vec![format!("{}{across}{}", corners[0], corners[1]), line(title)];
    if parts.subtitle {
        lines.push(line(style.faint(&clean(&tile.subtitle, inside))));
    }
    if parts.big {
        lines.push(line(middle(tile, inside, style)));
    }
    if parts.bottom {
        let bottom = match &tile.bottom {
            Some(cell) if tile.spark.is_empty() => grid::draw(cell, inside, false, style),
            Some(_) | None => {
                let bars = fit(&sparkline(&tile.spark, inside, style), inside, false, style.unicode);
                style.paint(tile.colour, &bars)
            }
        };
        lines.push(line(bottom));
    }
    lines.push(format!("{}{across}{}", corners[2], corners[3]));
    lines
}

/// The large text on the left, and what stands on the right.
fn middle(tile: &Tile, inside: usize, style: &Style) -> String {
    let right = tile.right.as_ref().map_or(0, |cell| grid::natural(cell, style).min(inside / 2));
    let left = inside - right - usize::from(right > 0);
    let text = fit(&visible(&tile.big, style.unicode), left, false, style.unicode);
    let text = match &tile.look {
        Look::Plain | Look::Big | Look::Link => style.bold(&text),
        look => grid::draw(&GridCell::of(tile.big.clone(), look.clone()), left, false, style),
    };
    match &tile.right {
        Some(cell) if right > 0 => format!("{text} {}", grid::draw(cell, right, true, style)),
        Some(_) | None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> Tile {
        let spark = [0.0, 1.0, 2.0, 4.0, 7.0].map(Some).to_vec();
        Tile { spark, icon: Icon::from_name("success"), ..Tile::new("user", "1,234") }
    }

    #[test]
    fn side_by_side() {
        let drawn = tiles(&[user(), Tile::new("group\u{1b}[2J", "56")], &Style::plain(60)).join("\n");
        let expected = "\
┌────────────────┐ ┌────────────────┐
│ ✓ user         │ │ group␛[2J      │
│ 1,234          │ │ 56             │
│ ▁▂▃▅█          │ │                │
└────────────────┘ └────────────────┘";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn parts_on_the_right_and_below_and_the_one_clicked() {
        let cell = |text: &str| Some(GridCell::plain(text));
        let tile = Tile {
            right: cell("12%"),
            bottom: cell("of all 文 rows"),
            selected: true,
            look: Look::Ink(Colour::Red),
            ..Tile::new("Failure", "1,234")
        };
        let drawn = tiles(&[tile, Tile::new("", "")], &Style::plain(60)).join("\n");
        let expected = "\
┏━━━━━━━━━━━━━━━━┓ ┌────────────────┐
┃ Failure        ┃ │                │
┃ 1,234      12% ┃ │                │
┃ of all 文 rows ┃ │                │
┗━━━━━━━━━━━━━━━━┛ └────────────────┘";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn narrow_terminals_stack_them() {
        let drawn = tiles(&[user(), user()], &Style::ascii(20));
        assert_eq!(drawn.len(), 10);
        assert_eq!(drawn[1], "| + user         |");
        assert!(drawn.iter().all(|line| line.len() <= 20), "{drawn:?}");
        assert!(tiles(&[], &Style::plain(80)).is_empty());
        assert!(!tiles(&[user()], &Style::plain(0)).is_empty());
    }
}
