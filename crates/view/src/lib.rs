//! Answers as text, tables, files and charts. In: an `Answer` (record batches with KQL types and the wish of
//! `render`). Out: lines for a terminal of a given `Style`, or bytes written to any `io::Write`. Nothing here reads
//! files, the environment or the clock, and nothing decides by itself whether the output is a terminal.

pub mod chart;
pub mod drawing;
pub mod grid;
pub mod html;
pub mod icon;
pub mod number;
pub mod palette;
#[cfg(test)]
mod sample;
pub mod spark;
pub mod style;
pub mod table;
pub mod text;
pub mod tiles;
pub mod write;

pub use chart::{Chart, ChartSettings, chart};
pub use drawing::{Action, ChartDrawing, Drawing};
pub use grid::{GridCell, GridColumn, GridRow, Look, grid};
pub use html::{HtmlMode, Place, drawing_html};
pub use icon::Icon;
pub use number::{NumberFormat, Unit, number_text, short_number};
pub use spark::{spark_values, sparkline};
pub use style::{Colour, Style};
pub use table::{TableOptions, table};
pub use tiles::{Tile, tiles};
pub use write::{Format, WriteOptions, batch_json, json_text, write};
