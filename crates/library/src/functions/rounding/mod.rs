//! The functions of this family. Written by the test `lists_are_current`.

pub mod abs;
pub mod bin;
pub mod bin_at;
pub mod ceiling;
pub mod round;
pub mod sign;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &abs::FUNCTION,
    &bin::FUNCTION,
    &bin_at::FUNCTION,
    &ceiling::FUNCTION,
    &round::FUNCTION,
    &sign::FUNCTION,
];
