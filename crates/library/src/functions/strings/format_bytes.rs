//! `format_bytes`: a number of bytes as text.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "format_bytes",
    summary: "Writes a number of bytes in the unit that suits it, or in the one given; units are 1024-fold.",
    signatures: &[signature(
        &[
            required("size", Accepts::Number, "The number of bytes."),
            constant(optional("precision", Accepts::Number, "Digits after the point; none without it.")),
            constant(optional(
                "unit",
                Accepts::Is(Type::String),
                "`Bytes`, `KB`, `MB`, `GB`, `TB`, `PB` or `EB`.",
            )),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print format_bytes(564)", "564 Bytes"),
        example("print format_bytes(10332, 1)", "10.1 KB"),
        example("print format_bytes(20010332, 0, 'KB')", "19541 KB"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.strings(|row| {
            let unit = call.get(2).map(|unit| unit.text(row)).filter(|unit| !unit.is_empty());
            let precision = call.get(1).and_then(|precision| precision.long(row)).unwrap_or(0);
            match call[0].real(row) {
                Some(size) => written(size, precision, unit.as_deref()),
                None => String::new(),
            }
        })
    },
    ..DEFAULTS
};

/// The units, each 1024 times the one before.
const UNITS: [&str; 7] = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

/// The size in the unit named, or in the largest one it reaches; nothing for a unit that does not exist.
fn written(size: f64, precision: i64, unit: Option<&str>) -> String {
    let index = match unit {
        Some(name) => match UNITS.iter().position(|known| known.eq_ignore_ascii_case(name)) {
            Some(index) => index,
            None => return String::new(),
        },
        None => (1..UNITS.len()).take_while(|index| size.abs() >= 1024_f64.powi(*index as i32)).count(),
    };
    let scale = 10_f64.powi(precision.clamp(0, 15) as i32);
    let value = (size / 1024_f64.powi(index as i32) * scale).round() / scale;
    format!("{value} {}", UNITS[index])
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn units() {
        assert_eq!(written(20_010_332.0, 0, None), "19 MB");
        assert_eq!(written(20_010_332.0, 2, None), "19.08 MB");
        assert_eq!(written(1024.0, 2, None), "1 KB");
        assert_eq!(written(0.0, 0, None), "0 Bytes");
        assert_eq!(written(-2048.0, 0, None), "-2 KB");
        assert_eq!(written(1.0, 0, Some("XB")), "");
    }
}
