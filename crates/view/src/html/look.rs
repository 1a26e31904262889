//! A cell: its text with what is drawn with it, the same in a grid and in a tile.

use super::HtmlMode;
use super::action::act;
use super::colour::{colour_class, heat_class, ink_class};
use super::icon::icon_svg;
use super::small::{bar_svg, ground_svg, parts_svg};
use super::text::element_text;
use crate::chart::svg::{spark_bars_svg, spark_svg};
use crate::drawing::Action;
use crate::grid::{GridCell, Look};

/// A drawn cell.
pub struct Painted {
    /// Classes of the element around it; may be empty.
    pub class: String,
    /// What stands in it: words, pictures, links and buttons.
    pub inner: String,
}

/// Draws a cell. `name` says what it shows, to readers who do not see its picture; `action` stands in for the cell's
/// own where it has none.
pub fn paint(cell: &GridCell, name: &str, action: Option<&Action>, mode: HtmlMode) -> Painted {
    let text = element_text(&cell.text);
    let (class, drawn) = match &cell.look {
        Look::Plain => (String::new(), text),
        Look::Ink(colour) => {
            (String::new(), format!("<span class=\"ink {}\">{text}</span>", colour_class(*colour)))
        }
        Look::Sign(icon) => (String::new(), format!("<span class=\"sign\">{} {text}</span>", icon_svg(icon))),
        Look::On(colour) => {
            let classes = format!("pill {} {}", colour_class(*colour), ink_class(colour.rgb()));
            (String::new(), format!("<span class=\"{classes}\">{text}</span>"))
        }
        Look::Big => (String::new(), format!("<span class=\"big\">{text}</span>")),
        Look::Link => (String::new(), format!("<span class=\"link\">{text}</span>")),
        Look::Bar(share, colour) => (String::new(), bar("bar-cell", &text, &bar_svg(*share, *colour))),
        Look::BarBelow(share, colour) => {
            (String::new(), bar("bar-cell below", &text, &bar_svg(*share, *colour)))
        }
        Look::Parts(parts) => (String::new(), bar("bar-cell", &text, &parts_svg(parts))),
        Look::Heat(share, colour) => (heat_class(*share, *colour), text),
        Look::Shade(_, ground) => {
            (format!("shade {}", ink_class(*ground)), format!("{}<span>{text}</span>", ground_svg(*ground)))
        }
        Look::Spark(values, colour) => (String::new(), spark_svg(values, *colour, name)),
        Look::SparkBars(values, colour) => (String::new(), spark_bars_svg(values, *colour, name)),
    };
    Painted { class, inner: act(cell.action.as_ref().or(action), &drawn, mode) }
}

fn bar(class: &str, text: &str, picture: &str) -> String {
    format!("<span class=\"{class}\"><span class=\"value\">{text}</span>{picture}</span>")
}
