//! `extract`: a group of the first match of a regular expression.

use crate::function::*;
use crate::literals::convert;
use crate::overload::named_type;
use crate::pattern;
use crate::types::Type;
use crate::value::Value;

/// The function.
pub const FUNCTION: Function = Function {
    name: "extract",
    summary: "Takes what a group of a regular expression matched first in a text, as a text or as another type.",
    signatures: &[
        signature(
            &[
                constant(required("regex", Accepts::Is(Type::String), "The regular expression.")),
                required(
                    "capture_group",
                    Accepts::Is(Type::Long),
                    "Number of the group; 0 is the whole match.",
                ),
                required("source", Accepts::Is(Type::String), "The text to search."),
            ],
            Returns::Is(Type::String),
        ),
        signature(
            &[
                constant(required("regex", Accepts::Is(Type::String), "The regular expression.")),
                required(
                    "capture_group",
                    Accepts::Is(Type::Long),
                    "Number of the group; 0 is the whole match.",
                ),
                required("source", Accepts::Is(Type::String), "The text to search."),
                constant(required(
                    "type",
                    Accepts::Is(Type::String),
                    "The type to convert to: `typeof(long)`.",
                )),
            ],
            Returns::Computed(|arguments| named_type(arguments.get(3))),
        ),
    ],
    examples: &[
        example("print extract('x=([0-9.]+)', 1, 'hello x=45.6|wo')", "45.6"),
        example("print extract('x=([0-9.]+)', 1, 'hello x=45.6|wo', typeof(real))", "45.6"),
        example("print extract('x=([0-9.]+)', 1, 'nothing')", ""),
    ],
    evaluate: |call| {
        let regex = pattern::argument(&call[0], "", "")?;
        let found = |row: usize| {
            let group = usize::try_from(call[1].long(row)?).ok()?;
            let captures = regex.captures(call[2].raw(row))?;
            Some(captures.get(group)?.as_str())
        };
        if call.returns == Type::String {
            return call.strings(|row| found(row).unwrap_or(""));
        }
        call.values(|row| match found(row) {
            Some(text) => convert(call.returns, text),
            None => Value::Null(call.returns),
        })
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{call, l, s, text};
    use crate::types::Type;
    use crate::value::Value;

    #[test]
    fn types_and_groups() {
        let typed = |text: &str, ty: &str| call(&FUNCTION, &[s("=(.*)"), l(1), s(text), s(ty)]);
        assert_eq!(typed("x=17", "long"), Value::Long(17));
        assert_eq!(typed("x=y", "long"), Value::Null(Type::Long));
        assert_eq!(typed("x", "string"), s(""));
        assert_eq!(text(&FUNCTION, &[s("(a)|(b)"), l(2), s("a")]), "");
        assert_eq!(text(&FUNCTION, &[s("a(b)"), l(0), s("xaby")]), "ab");
        assert_eq!(text(&FUNCTION, &[s("a"), l(5), s("a")]), "");
        assert_eq!(text(&FUNCTION, &[s("a"), l(-1), s("a")]), "");
    }
}
