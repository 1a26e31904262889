//! `coalesce`: the first argument that holds something.

use crate::branches::{common, pick, present};
use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "coalesce",
    summary: "The first argument that is neither null nor an empty text.",
    overload: Some(overload),
    examples: &[example("print coalesce(long(null), 2, 3)", "2"), example("print coalesce('', 'b')", "b")],
    evaluate,
    ..DEFAULTS
};

/// Two to 64 arguments of one type.
fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    if !(2..=64).contains(&arguments.len()) {
        return None;
    }
    let types = || arguments.iter().map(|argument| argument.ty);
    let met = common(types())?;
    // What a dynamic holds is kept, whatever it is; only among texts it is one.
    let returns =
        if types().any(|ty| ty == Type::Dynamic) && met != Type::String { Type::Dynamic } else { met };
    Some(Overload { arguments: vec![returns; arguments.len()], returns })
}

fn evaluate(call: &Call) -> Evaluated {
    let Some((last, others)) = call.arguments.split_last() else {
        return Err(EvaluateError("coalesce takes at least two arguments".to_owned()));
    };
    let mut result = last.column(call.rows);
    for argument in others.iter().rev() {
        result = pick(&present(argument, call.rows), &argument.column(call.rows), &result)?;
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{Bool, Long, Null, Real};

    #[test]
    fn what_is_skipped() {
        assert_eq!(answer("coalesce", &[s(""), s(" "), s("x")]), " ");
        assert_eq!(answer("coalesce", &[s(""), s("")]), "");
        assert_eq!(answer("coalesce", &[Long(0), Long(1)]), "0");
        assert_eq!(answer("coalesce", &[Bool(false), Bool(true)]), "False");
        assert_eq!(answer("coalesce", &[Null(Type::Long), Null(Type::Long)]), "null");
        assert_eq!(answer("coalesce", &[dynamic("[]"), dynamic("1")]), "[]");
        assert_eq!(answer("coalesce", &[Null(Type::Dynamic), s("x")]), "x");
        assert_eq!(answer("coalesce", &[dynamic("[1]"), Long(5)]), "[1]");
        assert_eq!(answer("coalesce", &[Long(5), Real(1.5)]), "refused");
        assert_eq!(answer("coalesce", &[Long(5)]), "refused");
    }
}
