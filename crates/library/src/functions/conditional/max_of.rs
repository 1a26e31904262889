//! `max_of`: the greatest of its arguments, nulls left out.

use crate::call::{Call, Evaluated};
use crate::extremes;
use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "max_of",
    summary: "The greatest of 2 to 64 values; nulls are left out.",
    overload: Some(extremes::overload),
    examples: &[example("print max_of(10, 1, -3, 17)", "17"), example("print max_of(int(null), 2)", "2")],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    extremes::evaluate(call, true)
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{Long, Null, Real};

    #[test]
    fn types_and_nulls() {
        assert_eq!(answer("max_of", &[Null(Type::Long), Null(Type::Long)]), "null");
        assert_eq!(answer("max_of", &[Long(1), Real(1.5)]), "1.5");
        assert_eq!(answer("max_of", &[s("a"), s("b")]), "b");
        assert_eq!(answer("max_of", &[ts("1d"), ts("2d")]), "2.00:00:00");
        assert_eq!(answer("max_of", &[dec("1"), Long(2)]), "2");
        assert_eq!(answer_type("max_of", &[Type::Int, Type::Int]), Some(Type::Int));
        assert_eq!(answer_type("max_of", &[Type::Dynamic, Type::Int]), None);
    }
}
