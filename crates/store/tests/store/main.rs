//! The store over generated logs: what readers find is what opening the same files in memory gives.

#![allow(clippy::unwrap_used)]

mod broken;
mod order;
mod same_rows;
mod told;
