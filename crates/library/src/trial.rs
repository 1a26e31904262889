//! Calls a function on single values, for the tests of this crate.

use crate::call::{Argument, Call};
use crate::function::{ArgumentInfo, Function};
use crate::overload::choose;
use crate::value::{Json, Value};

/// The result of one call with constant arguments; panics when no overload fits or the evaluation stops.
pub fn call(function: &Function, arguments: &[Value]) -> Value {
    let infos: Vec<ArgumentInfo> = arguments
        .iter()
        .map(|value| ArgumentInfo { ty: value.ty(), constant: Some(value.clone()) })
        .collect();
    let overload = choose(function.signatures, function.overload, &infos)
        .unwrap_or_else(|mismatch| panic!("{}: {mismatch:?}", function.name));
    let arguments: Vec<Argument> = arguments.iter().cloned().map(Argument::constant).collect();
    let call = Call { arguments: &arguments, rows: 1, returns: overload.returns };
    let array = (function.evaluate)(&call).unwrap_or_else(|error| panic!("{}: {error}", function.name));
    assert_eq!(array.data_type(), &overload.returns.arrow(), "{}", function.name);
    Value::from_array(overload.returns, &array, 0)
}

/// The text of the result, as `tostring` gives it.
pub fn text(function: &Function, arguments: &[Value]) -> String {
    call(function, arguments).text()
}

/// A string.
pub fn s(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A long.
pub fn l(value: i64) -> Value {
    Value::Long(value)
}

/// A real.
pub fn r(value: f64) -> Value {
    Value::Real(value)
}

/// A dynamic of JSON text.
pub fn d(json: &str) -> Value {
    Value::dynamic(serde_json::from_str::<Json>(json).expect("the test gives JSON"))
}
