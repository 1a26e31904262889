//! For tests: binds a call of a function as the planner does and evaluates it, over a constant and over rows.

use crate::call::{Argument, Call, EvaluateError};
use crate::convert::conversion;
use crate::function::{ArgumentInfo, Function, Kind};
use crate::functions::find;
use crate::overload::choose;
use crate::types::Type;
use crate::value::Value;

/// A string value.
pub fn s(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A datetime value.
pub fn dt(text: &str) -> Value {
    Value::DateTime(crate::literals::datetime(text).expect(text))
}

/// A timespan value.
pub fn ts(text: &str) -> Value {
    Value::TimeSpan(crate::literals::timespan(text).expect(text))
}

/// A decimal value.
pub fn dec(text: &str) -> Value {
    Value::Decimal(crate::literals::decimal(text).expect(text))
}

/// A dynamic value from JSON text.
pub fn dynamic(text: &str) -> Value {
    Value::dynamic(crate::json::parse(text).expect(text))
}

/// The text of the answer, `null` for null, `refused` when no overload takes the arguments, else the error.
pub fn answer(name: &str, arguments: &[Value]) -> String {
    match try_answer(find(name).expect(name), arguments) {
        None => "refused".to_owned(),
        Some(Ok(Value::Null(_))) => "null".to_owned(),
        Some(Ok(value)) => value.text(),
        Some(Err(error)) => error.0,
    }
}

/// The type of the answer.
pub fn answer_type(name: &str, types: &[Type]) -> Option<Type> {
    let function = find(name).expect(name);
    let infos: Vec<_> = types.iter().map(|ty| ArgumentInfo { ty: *ty, constant: None }).collect();
    choose(function.signatures, function.overload, &infos).ok().map(|chosen| chosen.returns)
}

fn try_answer(function: &Function, arguments: &[Value]) -> Option<Result<Value, EvaluateError>> {
    let mut arguments = arguments.to_vec();
    if function.kind == Kind::Comparison {
        let wanted = arguments.iter().map(Value::ty).find(|ty| !matches!(ty, Type::String | Type::Dynamic));
        for argument in &mut arguments {
            if let (Value::String(text), Some(ty)) = (&*argument, wanted) {
                *argument = crate::literals::convert(ty, text);
            }
        }
    }
    let infos: Vec<_> =
        arguments.iter().map(|v| ArgumentInfo { ty: v.ty(), constant: Some(v.clone()) }).collect();
    let chosen = choose(function.signatures, function.overload, &infos).ok()?;
    let evaluate = |as_rows: u32| -> Result<Value, EvaluateError> {
        let mut held = Vec::new();
        for (index, (value, to)) in arguments.iter().zip(&chosen.arguments).enumerate() {
            let mut argument = Argument::constant(value.clone());
            if index < 4 && as_rows & (1 << index) != 0 {
                let array = Value::to_array(value.ty(), [value.clone(), value.clone(), value.clone()]);
                argument = Argument::rows(value.ty(), array);
            }
            if value.ty() != *to {
                let rows = argument.array.len();
                let call = Call { arguments: &[argument.clone()], rows, returns: *to };
                let array = (conversion(*to).evaluate)(&call)?;
                argument = Argument { ty: *to, array, constant: argument.constant };
            }
            held.push(argument);
        }
        let rows = if as_rows == 0 { 1 } else { 3 };
        let array = (function.evaluate)(&Call { arguments: &held, rows, returns: chosen.returns })?;
        assert_eq!(array.len(), rows, "{}: one value per row", function.name);
        assert_eq!(array.data_type(), &chosen.returns.arrow(), "{}", function.name);
        Ok(Value::from_array(chosen.returns, &array, rows - 1))
    };
    let folded = evaluate(0);
    for as_rows in 1..(1_u32 << arguments.len().min(4)) {
        let rows = evaluate(as_rows);
        if rows.as_ref().is_err_and(|error| error.0.ends_with("must be a constant")) {
            continue;
        }
        assert_eq!(format!("{folded:?}"), format!("{rows:?}"), "{}: rows {as_rows:b}", function.name);
    }
    Some(folded)
}
