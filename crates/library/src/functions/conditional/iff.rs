//! `iff`: one of two values by a condition.

use crate::branches::{bools, common, pick, predicate, uniform};
use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "iff",
    aliases: &["iif"],
    summary: "The second argument where the first is true, elsewhere the third.",
    overload: Some(overload),
    examples: &[
        example("print iff(1 < 2, 'yes', 'no')", "yes"),
        example("print iff(bool(null), 'yes', 'no')", "no"),
    ],
    evaluate,
    ..DEFAULTS
};

fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let [condition, then, otherwise] = arguments else {
        return None;
    };
    let returns = common([then.ty, otherwise.ty].into_iter())?;
    Some(Overload { arguments: vec![predicate(condition.ty)?, returns, returns], returns })
}

fn evaluate(call: &Call) -> Evaluated {
    let [condition, then, otherwise] = call.arguments else {
        return Err(EvaluateError("iff takes three arguments".to_owned()));
    };
    let mask = bools(condition, call.rows);
    match uniform(&mask) {
        Some(true) => Ok(then.column(call.rows)),
        Some(false) => Ok(otherwise.column(call.rows)),
        None => pick(&mask, &then.column(call.rows), &otherwise.column(call.rows)),
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{Bool, Int, Long, Null, Real};

    #[test]
    fn branches() {
        assert_eq!(answer("iff", &[Null(Type::Bool), Long(1), Long(2)]), "2");
        assert_eq!(answer("iif", &[Bool(true), Int(1), Long(2)]), "1");
        assert_eq!(answer("iff", &[Bool(true), Long(1), Real(2.0)]), "refused");
        assert_eq!(answer("iff", &[Bool(true), s("a"), Null(Type::Dynamic)]), "a");
        assert_eq!(answer("iff", &[Bool(false), s("a"), Null(Type::Dynamic)]), "");
        assert_eq!(answer_type("iff", &[Type::Bool, Type::Int, Type::Int]), Some(Type::Int));
        assert_eq!(answer_type("iff", &[Type::Bool, Type::Dynamic, Type::Long]), Some(Type::Long));
    }
}
