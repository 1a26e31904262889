//! A column of a file as the engine holds its type, as a DataFusion function: `kql_held('datetime', raw)`.

use crate::error::refused;
use crate::held::held_as;
use arrow::datatypes::{DataType, Field, FieldRef};
use calypso_library::Type;
use datafusion::error::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility, lit,
};
use datafusion::scalar::ScalarValue;
use std::sync::Arc;

/// The column in the form of that type.
pub(crate) fn held(ty: Type, raw: Expr) -> Expr {
    ScalarUDF::from(Held { signature: Signature::any(2, Volatility::Immutable) })
        .call(vec![lit(ty.name()), raw])
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
        "kql_held"
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
        let [ColumnarValue::Scalar(ty), raw] = args.args.as_slice() else {
            return Err(refused("a column of a file was planned wrongly"));
        };
        let array = raw.to_array(args.number_rows)?;
        Ok(ColumnarValue::Array(held_as(type_of(Some(ty))?, &array).map_err(refused)?))
    }
}
