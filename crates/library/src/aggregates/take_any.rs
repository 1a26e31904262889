//! `take_any`: some value of a group.

use crate::aggregate::*;
use crate::function::*;
use crate::states::any::Any;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "take_any",
    aliases: &["takeany"],
    summary: "Gives a value of the group, one that is neither null nor empty where there is one; several columns come from one row.",
    signatures: &[signature(
        &[repeated("value", Accepts::Any, 1, "The columns wanted.")],
        Returns::Argument(0),
    )],
    result_name: ResultName::FirstArgument,
    expands: Expands::PerArgument("take_any of one row"),
    examples: &[example("datatable(s:string)['', 'a'] | summarize take_any(s)", "a")],
    states: |call| Box::new(PerGroup::<Any<true>>::new(call)),
    ..crate::aggregate::DEFAULTS
};
