//! Charts. `settings` says what is asked (from `render` or from a panel), `model` resolves it against an answer into
//! numbers, and the painters `terminal` and `svg` only draw those numbers.

pub mod axis;
pub mod model;
mod points;
pub mod scale;
pub mod settings;
pub mod svg;
pub mod terminal;
pub mod x;

pub use model::{Card, Chart, Pie, Plot, Series, Slice, Undrawable, chart};
pub use settings::{ChartSettings, Kind, SeriesLabel, Stacking};
pub use x::X;

use calypso_library::Answer;

/// The chart that an answer's own `render` asks for; nothing where it asks for none, or for a kind only the portal
/// draws, so that a table is the way to show it.
pub fn rendered(answer: &Answer) -> Option<Result<Chart, Undrawable>> {
    let settings = ChartSettings::from_render(answer.visualization.as_ref()?)?;
    Some(chart(answer, &settings))
}
