//! The order of reals as integers: NaN on the chosen side of all numbers, -0 beside 0.

use crate::error::refused;
use arrow::array::{ArrayRef, AsArray, Int64Array};
use arrow::datatypes::{DataType, Float64Type};
use datafusion::error::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility, lit,
};
use datafusion::scalar::ScalarValue;
use std::sync::Arc;

/// An integer that sorts as the real does; null stays null. NaN is the least number or the greatest.
pub(crate) fn order_of(real: Expr, nan_low: bool) -> Expr {
    ScalarUDF::from(RealOrder { signature: Signature::any(2, Volatility::Immutable) })
        .call(vec![real, lit(nan_low)])
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct RealOrder {
    signature: Signature,
}

impl ScalarUDFImpl for RealOrder {
    fn name(&self) -> &str {
        "kql_order_of_real"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [reals, ColumnarValue::Scalar(ScalarValue::Boolean(Some(nan_low)))] = args.args.as_slice() else {
            return Err(refused("a sort key was planned wrongly"));
        };
        let array: ArrayRef = reals.to_array(args.number_rows)?;
        let reals = array.as_primitive_opt::<Float64Type>().ok_or_else(|| refused("a real was expected"))?;
        let order = reals.iter().map(|real| real.map(|real| rank(real, *nan_low)));
        Ok(ColumnarValue::Array(Arc::new(order.collect::<Int64Array>())))
    }
}

fn rank(real: f64, nan_low: bool) -> i64 {
    if real.is_nan() {
        return if nan_low { i64::MIN } else { i64::MAX };
    }
    // Zero has two forms; both are 0.
    let bits = (real + 0.0).to_bits() as i64;
    if bits < 0 { !(bits & i64::MAX) } else { bits }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn reals_in_order() {
        let reals = [f64::NEG_INFINITY, -1.5, -1.0, 0.0, 1e-300, 2.0, f64::INFINITY];
        for pair in reals.windows(2) {
            assert!(rank(pair[0], true) < rank(pair[1], true), "{pair:?}");
        }
        assert_eq!(rank(-0.0, true), rank(0.0, true));
        assert!(rank(f64::NAN, true) < rank(f64::NEG_INFINITY, true));
        assert!(rank(-f64::NAN, false) > rank(f64::INFINITY, false));
    }
}
