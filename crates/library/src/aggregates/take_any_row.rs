//! What `take_any(a, b)` becomes, a column at a time: the first row's value as it is, so that all come from one row.
//! Its name has blanks, so that no query reaches it.

use crate::aggregate::*;
use crate::function::*;
use crate::states::any::Any;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "take_any of one row",
    summary: "Gives the value of the first row.",
    signatures: &[signature(&[required("value", Accepts::Any, "The column wanted.")], Returns::Argument(0))],
    result_name: ResultName::FirstArgument,
    states: |call| Box::new(PerGroup::<Any<false>>::new(call)),
    ..crate::aggregate::DEFAULTS
};
