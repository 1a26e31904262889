//! The functions of this family. Written by the test `lists_are_current`.

pub mod parse_json;
pub mod to_dynamic;
pub mod tobool;
pub mod todatetime;
pub mod todecimal;
pub mod toguid;
pub mod tohex;
pub mod toint;
pub mod tolong;
pub mod toreal;
pub mod tostring;
pub mod totimespan;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &parse_json::FUNCTION,
    &to_dynamic::FUNCTION,
    &tobool::FUNCTION,
    &todatetime::FUNCTION,
    &todecimal::FUNCTION,
    &toguid::FUNCTION,
    &tohex::FUNCTION,
    &toint::FUNCTION,
    &tolong::FUNCTION,
    &toreal::FUNCTION,
    &tostring::FUNCTION,
    &totimespan::FUNCTION,
];
