//! `series_fft`: the frequencies in a series.

use crate::call::Call;
use crate::decompose::array;
use crate::fourier::{Complex, transform};
use crate::function::*;
use crate::series::all_numbers;
use crate::types::Type;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fft",
    summary: "Gives the Fourier transform of a series, real and imaginary part, as columns.",
    signatures: SIGNATURES,
    examples: &[example("print series_fft(dynamic([1, 0, 0, 0]))", "[1.0,1.0,1.0,1.0], [0.0,0.0,0.0,0.0]")],
    columns: PARTS,
    evaluate: |call| call.dynamics(|row| transformed(call, row, transform)),
    ..DEFAULTS
};

/// The arguments of a transform.
pub const SIGNATURES: &[Signature] = &[signature(
    &[
        required("real", Accepts::Is(Type::Dynamic), "Array of the real parts."),
        optional(
            "imaginary",
            Accepts::Is(Type::Dynamic),
            "Array of the imaginary parts, as long; 0 when not given.",
        ),
    ],
    Returns::Is(Type::Dynamic),
)];

/// The columns of a transform.
pub const PARTS: Option<Columns> = Some(Columns::Parts(&[("real", Type::Dynamic), ("imag", Type::Dynamic)]));

/// The transform of a row; nothing where the parts are no numbers or not equally long.
pub fn transformed(call: &Call, row: usize, how: fn(&Complex) -> Complex) -> Option<Json> {
    let real = all_numbers(&call[0], row)?;
    let imaginary = match call.get(1).filter(|part| !part.is_null(row)) {
        Some(part) => all_numbers(part, row)?,
        None => vec![0.0; real.len()],
    };
    if real.len() != imaginary.len() {
        return None;
    }
    let result = how(&Complex { real, imaginary });
    Some(json!({ "real": array(&result.real), "imag": array(&result.imaginary) }))
}
