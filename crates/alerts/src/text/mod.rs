//! Texts of rule files as trees with places, whatever their notation; `fields` reads the members of a tree and tells those
//! that nobody read.

mod broken;
mod fields;
mod json;
mod node;
mod yaml;

pub use broken::Broken;
pub(crate) use fields::{Fields, Found, within};
pub use node::{Entry, Node, Value};

pub use json::json;
pub use yaml::yaml;

/// How deep trees go; more is refused.
pub(crate) const DEPTH: usize = 64;
