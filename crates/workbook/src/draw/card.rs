//! A panel as one value: the first cell of its rows. In: how a card looks, and rows. Out: a card; several values for a
//! `render card` over several columns.

use super::Surroundings;
use super::cell::{CellPainter, ColumnRange};
use super::rows::Rows;
use crate::model::{CardStyle, Look, Panel};
use calypso_library::Answer;
use calypso_view::chart::{ChartSettings, Kind, Stacking};
use calypso_view::drawing::{Card, ChartDrawing};
use calypso_view::text::value_text;
use calypso_view::{Drawing, chart};

/// Draws rows.
pub fn card(panel: &Panel, answer: &Answer, around: &dyn Surroundings) -> Drawing {
    let rows = Rows::of(answer);
    let Some(column) = answer.columns.first().filter(|_| rows.count() > 0) else {
        return super::grid::grid(panel, answer, around);
    };
    if panel.look == Look::Auto
        && answer.columns.len() > 1
        && let Ok(chart) = chart(answer, &ChartSettings::new(Kind::Card, Stacking::None))
    {
        return Drawing::Chart(Box::new(ChartDrawing { chart, metrics: Vec::new() }));
    }
    let value = rows.value(0, 0);
    let numbers = || CellPainter::new(&column.name, column.ty, None, ColumnRange::default(), around);
    let (style, text) = match panel.card {
        CardStyle::Header => ("header", numbers().cell(&value, &rows.row(0)).text),
        CardStyle::Big => ("big", numbers().cell(&value, &rows.row(0)).text),
        CardStyle::Markdown => ("markdown", value_text(&value)),
        CardStyle::Editor => ("editor", value_text(&value)),
    };
    // A card of the portal is its value alone; one number needs a name.
    let label = match panel.look {
        Look::Stat | Look::Auto => column.name.clone(),
        Look::Card
        | Look::Table
        | Look::Tiles
        | Look::Line
        | Look::Time
        | Look::Area
        | Look::Bar
        | Look::Unstacked
        | Look::Categorical
        | Look::Pie
        | Look::Scatter
        | Look::Graph
        | Look::Map => String::new(),
    };
    Drawing::Card(Card { text, label, style })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::sample::{Around, answer, s};
    use calypso_library::{Type, Value, Visualization};

    fn drawn(look: Look, style: CardStyle, answer: &Answer) -> Drawing {
        let panel = Panel { look, card: style, ..Panel::default() };
        crate::draw::drawing(&panel, answer, &Around::default())
    }

    #[test]
    fn the_first_cell_is_shown() {
        let two = answer(
            &[("n", Type::Long), ("t", Type::String)],
            &[vec![Value::Long(1_234_567), s("x")], vec![Value::Long(2), s("y")]],
        );
        let one = |text: &str, label: &str, style| {
            Drawing::Card(Card { text: text.into(), label: label.into(), style })
        };
        assert_eq!(drawn(Look::Card, CardStyle::Header, &two), one("1,234,567", "", "header"));
        assert_eq!(drawn(Look::Stat, CardStyle::Big, &two), one("1,234,567", "n", "big"));
        assert_eq!(drawn(Look::Card, CardStyle::Markdown, &two), one("1234567", "", "markdown"));
        let null = answer(&[("n", Type::Real)], &[vec![Value::Null(Type::Real)]]);
        assert_eq!(drawn(Look::Card, CardStyle::Editor, &null), one("", "", "editor"));
    }

    #[test]
    fn render_card_shows_every_column() {
        let wish = Visualization { kind: "card".into(), properties: Vec::new() };
        let rows = [vec![Value::Long(1), s("x")]];
        let two = Answer {
            visualization: Some(wish.clone()),
            ..answer(&[("n", Type::Long), ("t", Type::String)], &rows)
        };
        assert!(matches!(drawn(Look::Auto, CardStyle::Big, &two), Drawing::Chart(_)));
        let one =
            Answer { visualization: Some(wish), ..answer(&[("n", Type::Long)], &[vec![Value::Long(1)]]) };
        assert!(matches!(drawn(Look::Auto, CardStyle::Big, &one), Drawing::Card(_)));
    }
}
