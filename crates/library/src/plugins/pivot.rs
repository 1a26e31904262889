//! `pivot`: a column per value.

use crate::function::{Accepts, example, optional, repeated, required};
use crate::plugin::*;

/// `T | evaluate pivot(c, sum(x), k)`
pub const PLUGIN: Plugin = Plugin {
    name: "pivot",
    summary: "Turns the values of a column into columns, each with an aggregate over its rows.",
    signatures: &[&[
        slot(Takes::Column, required("pivotColumn", Accepts::Orderable, "Its values become columns.")),
        slot(
            Takes::Aggregate,
            optional("aggregateFunction", Accepts::Any, "What a cell is; `count()` when left out."),
        ),
        slot(
            Takes::Column,
            repeated(
                "columnName",
                Accepts::Orderable,
                0,
                "What rows are grouped by; all other columns when left out.",
            ),
        ),
    ]],
    work: Work::Rewrite(Rewrite::Pivot),
    examples: &[example(
        "datatable(k:string, v:long)['a', 1, 'b', 2, 'a', 3] | evaluate pivot(k, sum(v))",
        "4, 2",
    )],
};
