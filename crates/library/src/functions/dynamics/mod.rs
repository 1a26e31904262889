//! The functions of this family. Written by the test `lists_are_current`.

pub mod array_concat;
pub mod array_iff;
pub mod array_index_of;
pub mod array_length;
pub mod array_reverse;
pub mod array_rotate_left;
pub mod array_rotate_right;
pub mod array_shift_left;
pub mod array_shift_right;
pub mod array_slice;
pub mod array_sort_asc;
pub mod array_sort_desc;
pub mod array_split;
pub mod bag_has_key;
pub mod bag_keys;
pub mod bag_merge;
pub mod bag_pack;
pub mod bag_remove_keys;
pub mod bag_set_key;
pub mod bag_zip;
pub mod dynamic_to_json;
pub mod extract_json;
pub mod jaccard_index;
pub mod pack_array;
pub mod parse_xml;
pub mod range;
pub mod repeat;
pub mod set_difference;
pub mod set_equals;
pub mod set_has_element;
pub mod set_intersect;
pub mod set_union;
pub mod treepath;
pub mod zip;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &array_concat::FUNCTION,
    &array_iff::FUNCTION,
    &array_index_of::FUNCTION,
    &array_length::FUNCTION,
    &array_reverse::FUNCTION,
    &array_rotate_left::FUNCTION,
    &array_rotate_right::FUNCTION,
    &array_shift_left::FUNCTION,
    &array_shift_right::FUNCTION,
    &array_slice::FUNCTION,
    &array_sort_asc::FUNCTION,
    &array_sort_desc::FUNCTION,
    &array_split::FUNCTION,
    &bag_has_key::FUNCTION,
    &bag_keys::FUNCTION,
    &bag_merge::FUNCTION,
    &bag_pack::FUNCTION,
    &bag_remove_keys::FUNCTION,
    &bag_set_key::FUNCTION,
    &bag_zip::FUNCTION,
    &dynamic_to_json::FUNCTION,
    &extract_json::FUNCTION,
    &jaccard_index::FUNCTION,
    &pack_array::FUNCTION,
    &parse_xml::FUNCTION,
    &range::FUNCTION,
    &repeat::FUNCTION,
    &set_difference::FUNCTION,
    &set_equals::FUNCTION,
    &set_has_element::FUNCTION,
    &set_intersect::FUNCTION,
    &set_union::FUNCTION,
    &treepath::FUNCTION,
    &zip::FUNCTION,
];
