//! The functions of this family. Written by the test `lists_are_current`.

pub mod dcount_hll;
pub mod hll_merge;
pub mod percentile_tdigest;
pub mod percentiles_array_tdigest;
pub mod percentrank_tdigest;
pub mod rank_tdigest;
pub mod tdigest_merge;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &dcount_hll::FUNCTION,
    &hll_merge::FUNCTION,
    &percentile_tdigest::FUNCTION,
    &percentiles_array_tdigest::FUNCTION,
    &percentrank_tdigest::FUNCTION,
    &rank_tdigest::FUNCTION,
    &tdigest_merge::FUNCTION,
];
