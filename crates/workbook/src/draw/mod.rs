//! What a panel shows, drawn out of its answer. In: a panel as described, its rows, and what the page around it
//! knows. Out: a drawing in which every text is final: a grid, tiles, a chart, one value, or a sentence.

mod aggregate;
mod card;
mod cell;
mod chart;
mod choice;
mod columns;
mod grid;
mod groups;
mod link;
mod number;
mod parents;
mod rows;
#[cfg(test)]
mod sample;
mod sort;
mod template;
mod threshold;
mod tiles;

pub use link::address;

use crate::model::{Look, Message, Panel};
use calypso_library::Answer;
use calypso_view::Drawing;

/// What the page around a panel knows.
pub trait Surroundings {
    /// A text with the parameters in braces replaced by their values.
    fn words(&self, text: &str) -> String;
    /// The key under which a parameter's value is given.
    fn key(&self, parameter: &str) -> String;
    /// The text of a parameter's value; none where it is unset or unknown.
    fn value(&self, parameter: &str) -> Option<String>;
    /// Keys and values the reader gave.
    fn given(&self) -> &[(String, String)];
    /// Names and values of the parameters that hold one, as another workbook is given them: also those the reader
    /// left as they were.
    fn passed(&self) -> Vec<(String, String)> {
        self.given().to_vec()
    }
    /// The name another workbook is loaded by.
    fn workbook(&self, template: &str) -> Option<String>;
    /// The id of the item of that name.
    fn item(&self, name: &str) -> Option<String>;
}

/// Draws the rows of a panel.
pub fn drawing(panel: &Panel, answer: &Answer, around: &dyn Surroundings) -> Drawing {
    if answer.rows() == 0 {
        return no_rows(panel, around);
    }
    match panel.look {
        Look::Auto => match rendered(answer) {
            Rendered::Table => grid::grid(panel, answer, around),
            Rendered::Card => card::card(panel, answer, around),
            Rendered::Chart => chart::chart(panel, answer, around),
        },
        Look::Table => grid::grid(panel, answer, around),
        Look::Graph => {
            rows_instead(panel, answer, around, "shown as rows: nodes and edges are not drawn".to_owned())
        }
        Look::Map => rows_instead(panel, answer, around, "shown as rows: maps are not drawn".to_owned()),
        Look::Tiles => tiles::tiles(panel, answer, around),
        Look::Card | Look::Stat => card::card(panel, answer, around),
        Look::Line
        | Look::Time
        | Look::Area
        | Look::Bar
        | Look::Unstacked
        | Look::Categorical
        | Look::Pie
        | Look::Scatter => chart::chart(panel, answer, around),
    }
}

/// The rows as a grid, with the reason why they are not drawn otherwise.
fn rows_instead(panel: &Panel, answer: &Answer, around: &dyn Surroundings, why: String) -> Drawing {
    match grid::grid(panel, answer, around) {
        Drawing::Grid(mut grid) => {
            grid.notes.push(why);
            Drawing::Grid(grid)
        }
        other => other,
    }
}

/// The sentence instead of rows.
fn no_rows(panel: &Panel, around: &dyn Surroundings) -> Drawing {
    let text = match panel.no_data.as_deref() {
        Some(text) if !text.trim().is_empty() => around.words(text),
        Some(_) | None => "no rows".to_owned(),
    };
    let kind = match panel.no_data_message {
        Message::Plain => "",
        Message::Info | Message::Upsell => "info",
        Message::Success => "success",
        Message::Warning => "warning",
        Message::Error => "error",
    };
    Drawing::Message { text, kind }
}

/// What the query's `render` wishes.
enum Rendered {
    Table,
    Card,
    Chart,
}

fn rendered(answer: &Answer) -> Rendered {
    match answer.visualization.as_ref().map(|wish| wish.kind.to_ascii_lowercase()).as_deref() {
        None | Some("" | "table" | "pivotchart" | "plotly" | "graph") => Rendered::Table,
        Some("card") => Rendered::Card,
        Some(_) => Rendered::Chart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::sample::{Around, answer, s};
    use calypso_library::Type;

    #[test]
    fn no_rows_are_a_sentence() {
        let none = answer(&[("Name", Type::String)], &[]);
        let panel = Panel {
            no_data: Some("nothing for {Job}".into()),
            no_data_message: Message::Success,
            look: Look::Tiles,
            ..Panel::default()
        };
        let drawn = drawing(&panel, &none, &Around::default());
        assert_eq!(drawn, Drawing::Message { text: "nothing for j".into(), kind: "success" });
        let drawn = drawing(&Panel::default(), &none, &Around::default());
        assert_eq!(drawn, Drawing::Message { text: "no rows".into(), kind: "" });
    }

    #[test]
    fn rows_are_a_grid_where_nothing_else_is_asked_for() {
        let two = answer(&[("Name", Type::String)], &[vec![s("a")], vec![s("b")]]);
        for look in [Look::Auto, Look::Table, Look::Graph, Look::Map] {
            let drawn = drawing(&Panel { look, ..Panel::default() }, &two, &Around::default());
            assert!(matches!(drawn, Drawing::Grid(grid) if grid.total == 2), "{look:?}");
        }
    }
}
