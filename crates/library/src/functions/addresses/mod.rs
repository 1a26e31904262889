//! The functions of this family. Written by the test `lists_are_current`.

pub mod format_ipv4;
pub mod format_ipv4_mask;
pub mod has_any_ipv4;
pub mod has_any_ipv4_prefix;
pub mod has_ipv4;
pub mod has_ipv4_prefix;
pub mod ipv4_compare;
pub mod ipv4_is_in_any_range;
pub mod ipv4_is_in_range;
pub mod ipv4_is_match;
pub mod ipv4_is_private;
pub mod ipv4_netmask_suffix;
pub mod ipv4_range_to_cidr_list;
pub mod ipv6_compare;
pub mod ipv6_is_in_any_range;
pub mod ipv6_is_in_range;
pub mod ipv6_is_match;
pub mod parse_ipv4;
pub mod parse_ipv4_mask;
pub mod parse_ipv6;
pub mod parse_ipv6_mask;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &format_ipv4::FUNCTION,
    &format_ipv4_mask::FUNCTION,
    &has_any_ipv4::FUNCTION,
    &has_any_ipv4_prefix::FUNCTION,
    &has_ipv4::FUNCTION,
    &has_ipv4_prefix::FUNCTION,
    &ipv4_compare::FUNCTION,
    &ipv4_is_in_any_range::FUNCTION,
    &ipv4_is_in_range::FUNCTION,
    &ipv4_is_match::FUNCTION,
    &ipv4_is_private::FUNCTION,
    &ipv4_netmask_suffix::FUNCTION,
    &ipv4_range_to_cidr_list::FUNCTION,
    &ipv6_compare::FUNCTION,
    &ipv6_is_in_any_range::FUNCTION,
    &ipv6_is_in_range::FUNCTION,
    &ipv6_is_match::FUNCTION,
    &parse_ipv4::FUNCTION,
    &parse_ipv4_mask::FUNCTION,
    &parse_ipv6::FUNCTION,
    &parse_ipv6_mask::FUNCTION,
];
