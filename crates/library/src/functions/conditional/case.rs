//! `case`: the value beside the first condition that is true, or the last argument.

use crate::branches::{bools, common, pick, predicate};
use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "case",
    summary: "The value that follows the first true condition; the last argument when none is.",
    overload: Some(overload),
    examples: &[
        example("print case(1 > 2, 'a', 2 > 1, 'b', 'c')", "b"),
        example("print case(false, 1, bool(null), 2, 3)", "3"),
    ],
    evaluate,
    ..DEFAULTS
};

fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    if arguments.len() < 3 || arguments.len().is_multiple_of(2) {
        return None;
    }
    let last = arguments.len() - 1;
    let is_predicate = |index: usize| index.is_multiple_of(2) && index != last;
    let values = arguments.iter().enumerate().filter(|(index, _)| !is_predicate(*index));
    let returns = common(values.map(|(_, argument)| argument.ty))?;
    let mut types = Vec::with_capacity(arguments.len());
    for (index, argument) in arguments.iter().enumerate() {
        types.push(if is_predicate(index) { predicate(argument.ty)? } else { returns });
    }
    Some(Overload { arguments: types, returns })
}

fn evaluate(call: &Call) -> Evaluated {
    let Some((last, pairs)) = call.arguments.split_last() else {
        return Err(EvaluateError("case takes at least three arguments".to_owned()));
    };
    let mut result = last.column(call.rows);
    for pair in pairs.chunks_exact(2).rev() {
        let mask = bools(&pair[0], call.rows);
        if mask.true_count() > 0 {
            result = pick(&mask, &pair[1].column(call.rows), &result)?;
        }
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{Bool, Long, Null};

    #[test]
    fn the_first_true_condition_wins() {
        let case = |first, second| answer("case", &[first, Long(1), second, Long(2), Long(3)]);
        assert_eq!(case(Bool(true), Bool(true)), "1");
        assert_eq!(case(Null(Type::Bool), Bool(true)), "2");
        assert_eq!(case(Bool(false), Null(Type::Bool)), "3");
        assert_eq!(answer("case", &[Bool(true), Long(1)]), "refused");
        assert_eq!(answer("case", &[Bool(true), Long(1), s("x")]), "refused");
    }
}
