//! `identity`: the rows as they are.

use crate::function::example;
use crate::plugin::*;

/// `T | evaluate identity()`
pub const PLUGIN: Plugin = Plugin {
    name: "identity",
    summary: "Gives its rows as they are.",
    signatures: &[&[]],
    work: Work::Rewrite(Rewrite::Identity),
    examples: &[example("print a = 1, b = 'x' | evaluate identity()", "1, x")],
};
