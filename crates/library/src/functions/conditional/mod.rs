//! The functions of this family. Written by the test `lists_are_current`.

pub mod assert;
pub mod case;
pub mod coalesce;
pub mod gettype;
pub mod iff;
pub mod isempty;
pub mod isnotempty;
pub mod isnotnull;
pub mod isnull;
pub mod max_of;
pub mod min_of;
pub mod not;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &assert::FUNCTION,
    &case::FUNCTION,
    &coalesce::FUNCTION,
    &gettype::FUNCTION,
    &iff::FUNCTION,
    &isempty::FUNCTION,
    &isnotempty::FUNCTION,
    &isnotnull::FUNCTION,
    &isnull::FUNCTION,
    &max_of::FUNCTION,
    &min_of::FUNCTION,
    &not::FUNCTION,
];
