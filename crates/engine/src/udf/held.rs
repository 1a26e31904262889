//! A column of a file as the engine holds its type, as a DataFusion function: `kql_held('datetime', raw)`, or with the
//! column of its seventh digits behind.

use crate::error::refused;
use crate::held::{held_as, held_with_digits};
use arrow::datatypes::{DataType, Field, FieldRef};
use calypso_library::Type;
use datafusion::error::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility, lit,
};
use datafusion::scalar::ScalarValue;
use std::sync::Arc;

/// The name of the function.
pub(crate) const HELD: &str = "kql_held";

/// The column in the form of that type; a datetime may have its seventh digit in a column of its own.
pub(crate) fn held(ty: Type, raw: Expr, digits: Option<Expr>) -> Expr {
    let arguments = [lit(ty.name()), raw].into_iter().chain(digits).collect();
    ScalarUDF::from(Held { signature: Signature::variadic_any(Volatility::Immutable) }).call(arguments)
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Held {
    signature: Signature,
}

fn type_of(scalar: Option<&ScalarValue>) -> Result<Type> {
    let name = scalar.and_then(|scalar| scalar.try_as_str().flatten());
    name.and_then(Type::from_name).ok_or_else(|| refused("a column of a file was planned wrongly"))
}

impl ScalarUDFImpl for Held {
    fn name(&self) -> &str {
        HELD
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Err(refused("the result follows from the type"))
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs) -> Result<FieldRef> {
        let ty = type_of(args.scalar_arguments.first().copied().flatten())?;
        Ok(Arc::new(Field::new(self.name(), ty.arrow(), true)))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = args.number_rows;
        let array = match args.args.as_slice() {
            [ColumnarValue::Scalar(ty), raw] => held_as(type_of(Some(ty))?, &raw.to_array(rows)?),
            [_, raw, digits] => held_with_digits(&raw.to_array(rows)?, &digits.to_array(rows)?),
            _ => return Err(refused("a column of a file was planned wrongly")),
        };
        Ok(ColumnarValue::Array(array.map_err(refused)?))
    }
}
