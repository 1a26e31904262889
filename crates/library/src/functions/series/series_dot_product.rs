//! `series_dot_product`: the dot product of two series.

use crate::function::*;
use crate::series::{Operand, operand};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_dot_product",
    summary: "Adds the products of the elements of two series.",
    signatures: &[
        signature(
            &[
                required("series1", Accepts::Is(Type::Dynamic), "Array of numbers."),
                required("series2", Accepts::Is(Type::Dynamic), "Another."),
            ],
            Returns::Is(Type::Real),
        ),
        signature(
            &[
                required("series1", Accepts::Is(Type::Dynamic), "Array of numbers."),
                required("number", Accepts::Number, "A number that stands for every element."),
            ],
            Returns::Is(Type::Real),
        ),
        signature(
            &[
                required("number", Accepts::Number, "A number that stands for every element."),
                required("series2", Accepts::Is(Type::Dynamic), "Array of numbers."),
            ],
            Returns::Is(Type::Real),
        ),
    ],
    examples: &[example("print series_dot_product(dynamic([1, 2, 3]), dynamic([4, 5, 6]))", "32.0")],
    evaluate: |call| {
        call.reals(|row| {
            let (a, b) = (operand(&call[0], row)?, operand(&call[1], row)?);
            let length = Operand::longest(&a, &b)?;
            Some((0..length).filter_map(|index| Some(a.at(index)? * b.at(index)?)).sum())
        })
    },
    ..DEFAULTS
};
