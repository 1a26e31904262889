//! `gettype`: the name of the type of a value.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::json::{Held, held};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "gettype",
    summary: "The name of the type of a value; of a dynamic, the type of what it holds.",
    signatures: &[signature(&[required("value", Accepts::Any, "The value.")], Returns::Is(Type::String))],
    examples: &[
        example("print gettype(long(null))", "long"),
        example("print gettype(dynamic({'a': 1}))", "dictionary"),
        example("print gettype(dynamic([1])[5])", "null"),
        example("print gettype(dynamic({'t': datetime(2020-01-02)}).t)", "datetime"),
    ],
    result_name: ResultName::Prefix("type"),
    type_only: true,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    if source.ty != Type::Dynamic {
        return call.strings(|_| source.ty.name());
    }
    call.strings(|row| match held(source.raw(row)) {
        Held::Null => "null",
        Held::Bool(_) => "bool",
        Held::Long(_) => "long",
        Held::Real(_) => "double",
        Held::String(text) if is_instant(&text) => "datetime",
        Held::String(_) => "string",
        Held::Array => "array",
        Held::Bag => "dictionary",
    })
}

/// Whether a text is a datetime as dynamics keep it: `2020-01-02T03:04:05.6000000Z`.
fn is_instant(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00.0000000Z";
    let fits = |(byte, form): (u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form };
    text.len() == FORM.len() && text.bytes().zip(FORM).all(fits)
}
