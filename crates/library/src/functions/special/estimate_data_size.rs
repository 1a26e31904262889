//! `estimate_data_size`: the bytes that columns take. The planner puts all columns in the place of a star.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "estimate_data_size",
    summary: "About how many bytes the values of the columns take; a star stands for all columns.",
    signatures: &[signature(
        &[repeated("column", Accepts::Any, 1, "A column, or `*`.")],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print a = 1, b = 'four' | project estimate_data_size(*)", "12"),
        example("print a = 1, b = 'four' | project estimate_data_size(b)", "4"),
    ],
    kind: Kind::Special(Special::DataSize),
    ..DEFAULTS
};
