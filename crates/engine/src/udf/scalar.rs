//! A scalar function of the library as a DataFusion function named `kql_…`. Its first argument is the text of its KQL
//! types. Nothing is kept in it, so it can be found by name elsewhere.

use super::memo;
use super::types::Types;
use crate::error::{evaluation, refused};
use crate::held::without_nulls;
use crate::optimization::{Optimization, Optimizations};
use arrow::array::{Array, ArrayRef};
use arrow::datatypes::{DataType, Field, FieldRef};
use calypso_library::Type;
use calypso_library::call::{Argument, Call};
use calypso_library::function::{Function, Kind};
use datafusion::error::Result;
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::scalar::ScalarValue;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A call of a function whose arguments have these types.
pub(crate) fn call(
    function: &'static Function,
    arguments: &[Type],
    returns: Type,
    lowered: Vec<Expr>,
) -> Expr {
    let types = Types { arguments: arguments.to_vec(), returns };
    let types = Expr::Literal(ScalarValue::Utf8(Some(types.text())), None);
    let all = std::iter::once(types).chain(lowered).collect();
    Expr::ScalarFunction(ScalarFunction::new_udf(
        Arc::new(ScalarUDF::from(LibraryFunction::new(function))),
        all,
    ))
}

/// The name of a function in DataFusion's plans.
pub(crate) fn name_of(function: &Function) -> String {
    format!("kql_{}", function.name)
}

/// The adapter.
#[derive(Debug)]
struct LibraryFunction {
    name: String,
    function: &'static Function,
    signature: Signature,
}

impl LibraryFunction {
    fn new(function: &'static Function) -> LibraryFunction {
        let volatility = match function.kind {
            Kind::Volatile => Volatility::Volatile,
            Kind::Pure | Kind::Now | Kind::Window | Kind::Comparison | Kind::Special(_) => {
                Volatility::Immutable
            }
        };
        LibraryFunction { name: name_of(function), function, signature: Signature::variadic_any(volatility) }
    }
}

impl PartialEq for LibraryFunction {
    fn eq(&self, other: &LibraryFunction) -> bool {
        self.name == other.name
    }
}

impl Eq for LibraryFunction {}

impl Hash for LibraryFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for LibraryFunction {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Err(refused("the result of a function follows from its types"))
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs) -> Result<FieldRef> {
        let types = types_of(args.scalar_arguments.first().copied().flatten())?;
        Ok(Arc::new(Field::new(&self.name, types.returns.arrow(), true)))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let (first, given) = args.args.split_first().ok_or_else(|| refused("the types are missing"))?;
        let types = match first {
            ColumnarValue::Scalar(scalar) => types_of(Some(scalar))?,
            ColumnarValue::Array(array) => types_of(Some(&ScalarValue::try_from_array(array, 0)?))?,
        };
        if types.arguments.len() != given.len() {
            return Err(refused(format!(
                "{} was called with other arguments than planned",
                self.function.name
            )));
        }
        let arguments = types.arguments.iter().zip(given).map(|(ty, value)| argument(*ty, value));
        let arguments = arguments.collect::<Result<Vec<_>>>()?;
        let once = Optimizations::of(&args.config_options).has(Optimization::OncePerText);
        evaluate(self.function, &arguments, args.number_rows, types.returns, once)
    }
}

fn types_of(first: Option<&ScalarValue>) -> Result<Types> {
    match first {
        Some(ScalarValue::Utf8(Some(text)) | ScalarValue::Utf8View(Some(text))) => Types::parse(text),
        _ => Err(refused("the types of a call are no text")),
    }
}

fn argument(ty: Type, value: &ColumnarValue) -> Result<Argument> {
    Ok(match value {
        ColumnarValue::Scalar(scalar) => {
            Argument { ty, array: present(ty, &scalar.to_array()?), constant: true }
        }
        ColumnarValue::Array(array) => Argument::rows(ty, present(ty, array)),
    })
}

/// Strings have no null: where one came about on the way (a join, a union), it is the empty string.
fn present(ty: Type, array: &ArrayRef) -> ArrayRef {
    if ty == Type::String { without_nulls(array) } else { Arc::clone(array) }
}

/// The arguments that the evaluation sees: a volatile call ends in one that only says that it is no constant.
pub(crate) fn seen<'a>(function: &Function, arguments: &'a [Argument]) -> &'a [Argument] {
    match function.kind {
        Kind::Volatile => arguments.split_last().map_or(arguments, |(_, rest)| rest),
        Kind::Pure | Kind::Now | Kind::Window | Kind::Comparison | Kind::Special(_) => arguments,
    }
}

/// Evaluates: once when all is constant, once per distinct text when texts repeat, else row by row.
fn evaluate(
    function: &Function,
    arguments: &[Argument],
    rows: usize,
    returns: Type,
    once_per_text: bool,
) -> Result<ColumnarValue> {
    let pure = function.kind != Kind::Volatile;
    let arguments = seen(function, arguments);
    if pure && arguments.iter().all(|argument| argument.constant) {
        let array = whole(function, arguments, 1, returns)?;
        return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
    }
    if pure
        && once_per_text
        && let Some(array) = memo::evaluate(arguments, |few, rows| whole(function, few, rows, returns))
    {
        return Ok(ColumnarValue::Array(array?));
    }
    Ok(ColumnarValue::Array(whole(function, arguments, rows, returns)?))
}

fn whole(function: &Function, arguments: &[Argument], rows: usize, returns: Type) -> Result<ArrayRef> {
    let array = (function.evaluate)(&Call { arguments, rows, returns }).map_err(evaluation)?;
    if array.len() != rows || array.data_type() != &returns.arrow() {
        return Err(refused(format!(
            "{} gave {} values of {} instead of {rows} of {returns}",
            function.name,
            array.len(),
            array.data_type()
        )));
    }
    Ok(array)
}
