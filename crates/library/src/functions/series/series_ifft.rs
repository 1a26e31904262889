//! `series_ifft`: a series from its frequencies.

use super::series_fft::{PARTS, SIGNATURES, transformed};
use crate::fourier::inverse;
use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_ifft",
    summary: "Gives the series whose Fourier transform this is, real and imaginary part, as columns.",
    signatures: SIGNATURES,
    examples: &[example("print series_ifft(dynamic([1, 1, 1, 1]))", "[1.0,0.0,0.0,0.0], [0.0,0.0,0.0,0.0]")],
    columns: PARTS,
    evaluate: |call| call.dynamics(|row| transformed(call, row, inverse)),
    ..DEFAULTS
};
