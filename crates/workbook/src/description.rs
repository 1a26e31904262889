//! The description of a workbook, `dashboard.toml`, and the query files beside it. In: their texts. Out: the model; and
//! back again.
//!
//! `form` reads the file as a whole, `entry` an item, `parameter` a parameter; `simple` lowers tabs and panels; `write`
//! makes files of a workbook.

#[cfg(test)]
mod drawn;
mod entry;
mod form;
mod parameter;
mod read;
mod simple;
mod toml_text;
mod write;

pub use form::read;
pub use parameter::length_text;
pub use read::query_text;
pub use write::{file_slug, files, time_range};
