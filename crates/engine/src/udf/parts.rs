//! Parts of JSON text as DataFusion functions: `kql_parts('string', '[[["a"],true],…]', text)` gives one part as a column,
//! several as a struct, out of which `kql_part(0, …)` takes one.

use crate::error::refused;
use arrow::array::{Array, ArrayRef, AsArray, StructArray};
use arrow::datatypes::{DataType, Field, FieldRef, Fields};
use calypso_library::Type;
use calypso_library::call::Argument;
use calypso_library::json_parts::{self, Part};
use datafusion::error::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility, lit,
};
use datafusion::scalar::ScalarValue;
use std::sync::Arc;

/// The name of the function that finds parts.
pub(crate) const PARTS: &str = "kql_parts";

/// One expression per part of a text, which is read once where several are wanted.
pub(crate) fn parts(source: &Expr, ty: Type, parts: &[Part]) -> Vec<Expr> {
    let any = |count| Signature::any(count, Volatility::Immutable);
    let arguments = vec![lit(ty.name()), lit(json_parts::written(parts)), source.clone()];
    let all = ScalarUDF::from(Parts { signature: any(3) }).call(arguments);
    if parts.len() == 1 {
        return vec![all];
    }
    let one =
        |at: usize| ScalarUDF::from(OnePart { signature: any(2) }).call(vec![lit(at as u64), all.clone()]);
    (0..parts.len()).map(one).collect()
}

/// What a call of `kql_parts` looks for: the type of the texts, the parts, the texts.
pub(crate) fn parts_of(arguments: &[Expr]) -> Option<(Type, Vec<Part>, &Expr)> {
    let [Expr::Literal(ty, _), Expr::Literal(parts, _), source] = arguments else { return None };
    let (ty, parts) = wanted(Some(ty), Some(parts)).ok()?;
    Some((ty, parts, source))
}

fn wanted(ty: Option<&ScalarValue>, parts: Option<&ScalarValue>) -> Result<(Type, Vec<Part>)> {
    let text = |scalar: Option<&ScalarValue>| {
        scalar.and_then(|scalar| scalar.try_as_str().flatten().map(str::to_owned))
    };
    let ty = text(ty).and_then(|name| Type::from_name(&name));
    let parts = text(parts).and_then(|parts| json_parts::read(&parts));
    ty.zip(parts)
        .filter(|(_, parts)| !parts.is_empty())
        .ok_or_else(|| refused("parts of a text were planned wrongly"))
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Parts {
    signature: Signature,
}

/// What several parts are held in.
fn fields(count: usize) -> Fields {
    (0..count).map(|at| Field::new(at.to_string(), DataType::Utf8View, true)).collect()
}

impl ScalarUDFImpl for Parts {
    fn name(&self) -> &str {
        PARTS
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Err(refused("the result follows from the parts"))
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs) -> Result<FieldRef> {
        let scalar = |at: usize| args.scalar_arguments.get(at).copied().flatten();
        let (_, parts) = wanted(scalar(0), scalar(1))?;
        let ty = if parts.len() == 1 { DataType::Utf8View } else { DataType::Struct(fields(parts.len())) };
        Ok(Arc::new(Field::new(self.name(), ty, true)))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [ColumnarValue::Scalar(ty), ColumnarValue::Scalar(parts), source] = args.args.as_slice() else {
            return Err(refused("parts of a text were planned wrongly"));
        };
        let (ty, parts) = wanted(Some(ty), Some(parts))?;
        let rows = args.number_rows;
        let mut columns = json_parts::extract(&Argument::rows(ty, source.to_array(rows)?), rows, &parts);
        if columns.len() == 1 {
            return Ok(ColumnarValue::Array(columns.remove(0)));
        }
        Ok(ColumnarValue::Array(Arc::new(StructArray::try_new(fields(parts.len()), columns, None)?)))
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct OnePart {
    signature: Signature,
}

impl ScalarUDFImpl for OnePart {
    fn name(&self) -> &str {
        "kql_part"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [ColumnarValue::Scalar(ScalarValue::UInt64(Some(at))), all] = args.args.as_slice() else {
            return Err(refused("a part of a text was planned wrongly"));
        };
        let all = all.to_array(args.number_rows)?;
        let held = all.as_struct_opt().filter(|held| held.null_count() == 0);
        let part = held.and_then(|held| held.columns().get(usize::try_from(*at).ok()?));
        let part: &ArrayRef = part.ok_or_else(|| refused("a part of a text is missing"))?;
        Ok(ColumnarValue::Array(Arc::clone(part)))
    }
}
