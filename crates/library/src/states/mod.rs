//! The states that aggregates keep per group, a file per kind. Hot ones read Arrow arrays directly.

pub mod any;
pub mod average;
pub mod bag;
pub mod bits;
pub mod count;
pub mod digests;
pub mod distinct;
pub mod extreme;
pub mod extreme_row;
pub mod fixed;
pub mod gathered;
pub mod list;
pub mod moments;
pub mod percentile;
pub mod ranked;
pub mod rows;
pub mod schema;
pub mod series;
pub mod sum;
pub mod tally;
pub mod text;

#[cfg(test)]
mod tests;
