//! The functions of this family. Written by the test `lists_are_current`.

pub mod countof;
pub mod extract;
pub mod extract_all;
pub mod format_bytes;
pub mod has_any_index;
pub mod indexof;
pub mod indexof_regex;
pub mod isascii;
pub mod isutf8;
pub mod new_guid;
pub mod parse_command_line;
pub mod parse_csv;
pub mod parse_path;
pub mod parse_url;
pub mod parse_urlquery;
pub mod parse_user_agent;
pub mod parse_version;
pub mod regex_quote;
pub mod replace;
pub mod replace_regex;
pub mod replace_string;
pub mod replace_strings;
pub mod reverse;
pub mod split;
pub mod strcat;
pub mod strcat_array;
pub mod strcat_delim;
pub mod strcmp;
pub mod string_size;
pub mod strlen;
pub mod strrep;
pub mod substring;
pub mod tolower;
pub mod toupper;
pub mod translate;
pub mod trim;
pub mod trim_end;
pub mod trim_start;
pub mod unicode_codepoints_from_string;
pub mod unicode_codepoints_to_string;
pub mod url_decode;
pub mod url_encode;
pub mod url_encode_component;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &countof::FUNCTION,
    &extract::FUNCTION,
    &extract_all::FUNCTION,
    &format_bytes::FUNCTION,
    &has_any_index::FUNCTION,
    &indexof::FUNCTION,
    &indexof_regex::FUNCTION,
    &isascii::FUNCTION,
    &isutf8::FUNCTION,
    &new_guid::FUNCTION,
    &parse_command_line::FUNCTION,
    &parse_csv::FUNCTION,
    &parse_path::FUNCTION,
    &parse_url::FUNCTION,
    &parse_urlquery::FUNCTION,
    &parse_user_agent::FUNCTION,
    &parse_version::FUNCTION,
    &regex_quote::FUNCTION,
    &replace::FUNCTION,
    &replace_regex::FUNCTION,
    &replace_string::FUNCTION,
    &replace_strings::FUNCTION,
    &reverse::FUNCTION,
    &split::FUNCTION,
    &strcat::FUNCTION,
    &strcat_array::FUNCTION,
    &strcat_delim::FUNCTION,
    &strcmp::FUNCTION,
    &string_size::FUNCTION,
    &strlen::FUNCTION,
    &strrep::FUNCTION,
    &substring::FUNCTION,
    &tolower::FUNCTION,
    &toupper::FUNCTION,
    &translate::FUNCTION,
    &trim::FUNCTION,
    &trim_end::FUNCTION,
    &trim_start::FUNCTION,
    &unicode_codepoints_from_string::FUNCTION,
    &unicode_codepoints_to_string::FUNCTION,
    &url_decode::FUNCTION,
    &url_encode::FUNCTION,
    &url_encode_component::FUNCTION,
];
