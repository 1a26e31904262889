//! Charts. `settings` says what is asked (from `render` or from a panel), `model` resolves it against an answer into
//! numbers, and the painters `terminal` and `svg` only draw those numbers.

pub mod axis;
pub mod model;
mod points;
pub mod settings;
pub mod x;

pub use model::{Card, Chart, Pie, Plot, Series, Slice, Undrawable, chart};
pub use settings::{ChartSettings, Kind, SeriesLabel, Stacking};
pub use x::X;
