//! A panel as tiles, one for each row.

use super::table::{column, shown};
use crate::page::PanelAnswer;
use calypso_library::Answer;
use calypso_view::{Colour, Icon, Style, Tile, spark_values, tiles};

/// Tiles drawn at most.
const MOST: usize = 100;

/// Draws an answer with rows.
pub fn draw(panel: &PanelAnswer, answer: &Answer, style: &Style) -> Vec<String> {
    let Some(settings) = &panel.panel.tiles else { return Vec::new() };
    let titles = column(answer, &settings.title);
    let bigs = column(answer, &settings.big);
    let trends = settings.trend.as_ref().map(|name| column(answer, name));
    let (Some(titles), Some(bigs), true) = (titles, bigs, trends.as_ref().is_none_or(Option::is_some)) else {
        return vec![format!("! the answer has no columns {} and {}", settings.title, settings.big)];
    };
    let colour = settings.colour.as_deref().and_then(Colour::from_name).unwrap_or(Colour::Blue);
    let drawn = titles.iter().zip(&bigs).enumerate().take(MOST).map(|(at, (title, big))| {
        let title = shown(title);
        let spark = trends.iter().flatten().find_map(|trend| spark_values(trend.get(at)?));
        Tile {
            icon: settings.icons.get(&title).and_then(|name| Icon::from_name(name)),
            spark: spark.unwrap_or_default(),
            colour,
            ..Tile::new(if title.is_empty() { "(empty)".to_owned() } else { title }, shown(big))
        }
    });
    tiles(&drawn.collect::<Vec<_>>(), style)
}
