//! The functions of this family. Written by the test `lists_are_current`.

pub mod add;
pub mod and;
pub mod between;
pub mod contains;
pub mod contains_cs;
pub mod divide;
pub mod endswith;
pub mod endswith_cs;
pub mod equal;
pub mod equal_folded;
pub mod greater;
pub mod greater_or_equal;
pub mod has;
pub mod has_all;
pub mod has_any;
pub mod has_cs;
pub mod hasprefix;
pub mod hasprefix_cs;
pub mod hassuffix;
pub mod hassuffix_cs;
pub mod in_set;
pub mod in_set_folded;
pub mod less;
pub mod less_or_equal;
pub mod matches_regex;
pub mod modulo;
pub mod multiply;
pub mod not_between;
pub mod not_contains;
pub mod not_contains_cs;
pub mod not_endswith;
pub mod not_endswith_cs;
pub mod not_equal;
pub mod not_equal_folded;
pub mod not_has;
pub mod not_has_cs;
pub mod not_hasprefix;
pub mod not_hasprefix_cs;
pub mod not_hassuffix;
pub mod not_hassuffix_cs;
pub mod not_in_set;
pub mod not_in_set_folded;
pub mod not_startswith;
pub mod not_startswith_cs;
pub mod or;
pub mod path;
pub mod startswith;
pub mod startswith_cs;
pub mod subtract;
pub mod unary_minus;
pub mod unary_plus;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &add::FUNCTION,
    &and::FUNCTION,
    &between::FUNCTION,
    &contains::FUNCTION,
    &contains_cs::FUNCTION,
    &divide::FUNCTION,
    &endswith::FUNCTION,
    &endswith_cs::FUNCTION,
    &equal::FUNCTION,
    &equal_folded::FUNCTION,
    &greater::FUNCTION,
    &greater_or_equal::FUNCTION,
    &has::FUNCTION,
    &has_all::FUNCTION,
    &has_any::FUNCTION,
    &has_cs::FUNCTION,
    &hasprefix::FUNCTION,
    &hasprefix_cs::FUNCTION,
    &hassuffix::FUNCTION,
    &hassuffix_cs::FUNCTION,
    &in_set::FUNCTION,
    &in_set_folded::FUNCTION,
    &less::FUNCTION,
    &less_or_equal::FUNCTION,
    &matches_regex::FUNCTION,
    &modulo::FUNCTION,
    &multiply::FUNCTION,
    &not_between::FUNCTION,
    &not_contains::FUNCTION,
    &not_contains_cs::FUNCTION,
    &not_endswith::FUNCTION,
    &not_endswith_cs::FUNCTION,
    &not_equal::FUNCTION,
    &not_equal_folded::FUNCTION,
    &not_has::FUNCTION,
    &not_has_cs::FUNCTION,
    &not_hasprefix::FUNCTION,
    &not_hasprefix_cs::FUNCTION,
    &not_hassuffix::FUNCTION,
    &not_hassuffix_cs::FUNCTION,
    &not_in_set::FUNCTION,
    &not_in_set_folded::FUNCTION,
    &not_startswith::FUNCTION,
    &not_startswith_cs::FUNCTION,
    &or::FUNCTION,
    &path::FUNCTION,
    &startswith::FUNCTION,
    &startswith_cs::FUNCTION,
    &subtract::FUNCTION,
    &unary_minus::FUNCTION,
    &unary_plus::FUNCTION,
];
