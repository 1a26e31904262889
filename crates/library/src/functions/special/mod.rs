//! The functions of this family. Written by the test `lists_are_current`.

pub mod bag_pack_columns;
pub mod bag_pack_nonempty;
pub mod bin_auto;
pub mod column_ifexists;
pub mod column_names_of;
pub mod materialize;
pub mod pack_all;
pub mod toscalar;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &bag_pack_columns::FUNCTION,
    &bag_pack_nonempty::FUNCTION,
    &bin_auto::FUNCTION,
    &column_ifexists::FUNCTION,
    &column_names_of::FUNCTION,
    &materialize::FUNCTION,
    &pack_all::FUNCTION,
    &toscalar::FUNCTION,
];
