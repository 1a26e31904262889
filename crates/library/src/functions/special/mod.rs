//! The functions of this family. Written by the test `lists_are_current`.

pub mod bag_pack_columns;
pub mod bag_pack_nonempty;
pub mod bin_auto;
pub mod column_ifexists;
pub mod column_names_of;
pub mod estimate_data_size;
pub mod extent_id;
pub mod extent_tags;
pub mod ingestion_time;
pub mod iscolumnexists;
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
    &estimate_data_size::FUNCTION,
    &extent_id::FUNCTION,
    &extent_tags::FUNCTION,
    &ingestion_time::FUNCTION,
    &iscolumnexists::FUNCTION,
    &materialize::FUNCTION,
    &pack_all::FUNCTION,
    &toscalar::FUNCTION,
];
