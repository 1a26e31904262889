//! `min_of`: the least of its arguments, nulls left out.

use crate::call::{Call, Evaluated};
use crate::extremes;
use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "min_of",
    summary: "The least of 2 to 64 values; nulls are left out.",
    overload: Some(extremes::overload),
    examples: &[example("print min_of(10, 1, -3, 17)", "-3"), example("print min_of(int(null), 2)", "2")],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    extremes::evaluate(call, false)
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{Long, Null, Real};

    #[test]
    fn types_and_nulls() {
        assert_eq!(answer("min_of", &[Null(Type::Long), Null(Type::Long)]), "null");
        assert_eq!(answer("min_of", &[Long(1), Real(1.5)]), "1.0");
        assert_eq!(answer("min_of", &[s("a"), s("b")]), "a");
        assert_eq!(answer("min_of", &[ts("1d"), ts("2d")]), "1.00:00:00");
        assert_eq!(answer("min_of", &[dec("1"), Long(2)]), "1");
        assert_eq!(answer_type("min_of", &[Type::Int, Type::Int]), Some(Type::Int));
        assert_eq!(answer_type("min_of", &[Type::Dynamic, Type::Int]), None);
    }
}
