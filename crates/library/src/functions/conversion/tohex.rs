//! `tohex`: a whole number in hexadecimal digits.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "tohex",
    summary: "Writes a whole number in hexadecimal digits; a negative one as its 32 or 64 bits.",
    signatures: &[signature(
        &[
            required("value", Accepts::Integer, "The number to write."),
            optional(
                "minLength",
                Accepts::Integer,
                "The least number of digits, filled with zeros on the left.",
            ),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print tohex(256)", "100"),
        example("print tohex(-256)", "ffffffffffffff00"),
        example("print tohex(256, 8)", "00000100"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

/// No string gets longer than this by filling.
const MOST_DIGITS: i64 = 1024;

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    call.strings(|row| {
        let Some(value) = source.long(row) else {
            return String::new();
        };
        let least =
            call.get(1).and_then(|length| length.long(row)).unwrap_or(0).clamp(0, MOST_DIGITS) as usize;
        if source.ty == Type::Int {
            format!("{:0>least$x}", value as i32)
        } else {
            format!("{value:0>least$x}")
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn ints_have_eight_digits() {
        assert_eq!(answer("tohex", &[Value::Int(-256)]), "ffffff00");
        assert_eq!(answer("tohex", &[Value::Long(256), Value::Long(2)]), "100");
    }
}
