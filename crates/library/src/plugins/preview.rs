//! `preview`: a few rows, and how many there are.

use crate::function::{Accepts, constant, example, required};
use crate::plugin::*;

/// `T | evaluate preview(5)`
pub const PLUGIN: Plugin = Plugin {
    name: "preview",
    summary: "Gives two answers: some of the rows, and how many rows there are. It ends a query.",
    signatures: &[&[slot(
        Takes::Constant,
        constant(required("NumberOfRows", Accepts::Integer, "How many rows to show at most.")),
    )]],
    work: Work::Rewrite(Rewrite::Preview),
    examples: &[example("range x from 1 to 9 step 1 | evaluate preview(3)", "9")],
};
