//! `cnt`: an old name of `count` that names its column after itself.

use super::count;
use crate::aggregate::*;
use crate::function::*;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "cnt",
    result_name: ResultName::Prefix("cnt"),
    examples: &[example("datatable(x:long)[1, 2] | summarize cnt()", "2")],
    ..count::AGGREGATE
};
