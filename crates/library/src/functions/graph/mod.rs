//! The functions of this family. Written by the test `lists_are_current`.

pub mod all;
pub mod any;
pub mod inner_nodes;
pub mod labels;
pub mod map;
pub mod node_degree_in;
pub mod node_degree_out;
pub mod node_id;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &all::FUNCTION,
    &any::FUNCTION,
    &inner_nodes::FUNCTION,
    &labels::FUNCTION,
    &map::FUNCTION,
    &node_degree_in::FUNCTION,
    &node_degree_out::FUNCTION,
    &node_id::FUNCTION,
];
