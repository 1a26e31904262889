//! The engine over plans made by hand: one module per family of nodes, strange cases among them.

mod best_rows;
mod build;
mod groups;
mod joins;
mod kept;
mod members;
mod memory;
mod order;
mod parquet;
mod share;
mod simple;
mod stored;
mod text;
mod texts_of_json;
mod there;
