//! Tiles as boxes beside each other, each as wide as the widest needs, as many in a row as there is room for.

use super::action::{act_attributes, address};
use super::icon::icon_svg;
use super::look::{Painted, paint};
use super::text::{attribute, element_text};
use super::{HtmlMode, Place, left_out};
use crate::chart::svg::spark_svg;
use crate::drawing::{Action, TileSize, Tiles};
use crate::grid::{GridCell, Look};
use crate::tiles::Tile;

/// Draws tiles.
pub fn draw(tiles: &Tiles, place: &Place) -> String {
    let border = if tiles.border { " border" } else { "" };
    let size = match tiles.size {
        TileSize::Auto | TileSize::Fixed => "",
        TileSize::Full => " full",
    };
    let drawn: String =
        tiles.tiles.iter().map(|tile| format!("<li>{}</li>\n", boxed(tile, place.mode))).collect();
    let label = attribute("aria-label", place.name);
    let left_out = left_out(tiles.tiles.len(), tiles.total);
    format!("<ul class=\"tiles{border}{size}\"{label}>{drawn}</ul>{left_out}")
}

/// The box and what a click on it does.
fn boxed(tile: &Tile, mode: HtmlMode) -> String {
    let selected = if tile.selected { " selected" } else { "" };
    let title = attribute("title", &tile.hint);
    // A box that is itself a button or a link holds no others.
    let click = tile.action.as_ref().and_then(|action| act_attributes(action, mode));
    if let Some(click) = click {
        let inner = inside(tile, HtmlMode::File, false);
        let pressed = tile.selected;
        return format!(
            "<button type=\"button\" class=\"tile{selected}\" aria-pressed=\"{pressed}\"{title}{click}>{inner}</button>"
        );
    }
    if let Some(Action::Open(to)) = &tile.action
        && let Some(href) = address(to)
    {
        let inner = inside(tile, HtmlMode::File, false);
        return format!(
            "<a class=\"tile{selected}\"{href} rel=\"noopener noreferrer\" target=\"_blank\"{title}>{inner}</a>"
        );
    }
    let current = if tile.selected { " aria-current=\"true\"" } else { "" };
    format!("<div class=\"tile{selected}\"{current}{title}>{}</div>", inside(tile, mode, true))
}

fn inside(tile: &Tile, mode: HtmlMode, links: bool) -> String {
    let part = |class: &str, inner: String| {
        if inner.is_empty() { inner } else { format!("<span class=\"{class}\">{inner}</span>") }
    };
    let cell = |cell: &Option<GridCell>| {
        let Some(cell) = cell else { return String::new() };
        let without = GridCell { action: None, ..cell.clone() };
        let Painted { class, inner } = paint(if links { cell } else { &without }, &tile.title, None, mode);
        let hint = attribute("title", &cell.hint);
        if class.is_empty() && hint.is_empty() {
            inner
        } else {
            format!("<span class=\"{}\"{hint}>{inner}</span>", class.trim())
        }
    };
    let icon = tile.icon.as_ref().map_or_else(String::new, |icon| icon_svg(icon) + " ");
    let title = part("tile-title", icon + &element_text(&tile.title));
    let subtitle = part("tile-subtitle", element_text(&tile.subtitle));
    let big = match &tile.look {
        Look::Plain | Look::Big | Look::Link => element_text(&tile.big),
        look => cell(&Some(GridCell::of(tile.big.clone(), look.clone()))),
    };
    let big = part("big", big) + &part("tile-right", cell(&tile.right));
    let spark =
        if tile.spark.is_empty() { String::new() } else { spark_svg(&tile.spark, tile.colour, &tile.title) };
    let bottom = part("tile-bottom", spark + &cell(&tile.bottom));
    title + &subtitle + &part("tile-main", big) + &bottom
}
