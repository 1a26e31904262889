//! The functions of this family. Written by the test `lists_are_current`.

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[];
