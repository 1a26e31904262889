//! The functions of this family. Written by the test `lists_are_current`.

pub mod base64_decode_toarray;
pub mod base64_decode_toguid;
pub mod base64_decode_tostring;
pub mod base64_encode_fromarray;
pub mod base64_encode_fromguid;
pub mod base64_encode_tostring;
pub mod gzip_compress_to_base64_string;
pub mod gzip_decompress_from_base64_string;
pub mod hash;
pub mod hash_md5;
pub mod hash_sha1;
pub mod hash_sha256;
pub mod punycode_domain_from_string;
pub mod punycode_domain_to_string;
pub mod punycode_from_string;
pub mod punycode_to_string;
pub mod zlib_compress_to_base64_string;
pub mod zlib_decompress_from_base64_string;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &base64_decode_toarray::FUNCTION,
    &base64_decode_toguid::FUNCTION,
    &base64_decode_tostring::FUNCTION,
    &base64_encode_fromarray::FUNCTION,
    &base64_encode_fromguid::FUNCTION,
    &base64_encode_tostring::FUNCTION,
    &gzip_compress_to_base64_string::FUNCTION,
    &gzip_decompress_from_base64_string::FUNCTION,
    &hash::FUNCTION,
    &hash_md5::FUNCTION,
    &hash_sha1::FUNCTION,
    &hash_sha256::FUNCTION,
    &punycode_domain_from_string::FUNCTION,
    &punycode_domain_to_string::FUNCTION,
    &punycode_from_string::FUNCTION,
    &punycode_to_string::FUNCTION,
    &zlib_compress_to_base64_string::FUNCTION,
    &zlib_decompress_from_base64_string::FUNCTION,
];
