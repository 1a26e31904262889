//! The functions of this family. Written by the test `lists_are_current`.

pub mod next;
pub mod prev;
pub mod reduce_pattern;
pub mod row_cumsum;
pub mod row_number;
pub mod row_rank_dense;
pub mod row_rank_min;
pub mod row_window_session;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &next::FUNCTION,
    &prev::FUNCTION,
    &reduce_pattern::FUNCTION,
    &row_cumsum::FUNCTION,
    &row_number::FUNCTION,
    &row_rank_dense::FUNCTION,
    &row_rank_min::FUNCTION,
    &row_window_session::FUNCTION,
];
