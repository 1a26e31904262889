//! The functions of this family. Written by the test `lists_are_current`.

pub mod base64_decode_toarray;
pub mod base64_decode_toguid;
pub mod base64_decode_tostring;
pub mod base64_encode_fromarray;
pub mod base64_encode_fromguid;
pub mod base64_encode_tostring;
pub mod hash;
pub mod hash_md5;
pub mod hash_sha1;
pub mod hash_sha256;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &base64_decode_toarray::FUNCTION,
    &base64_decode_toguid::FUNCTION,
    &base64_decode_tostring::FUNCTION,
    &base64_encode_fromarray::FUNCTION,
    &base64_encode_fromguid::FUNCTION,
    &base64_encode_tostring::FUNCTION,
    &hash::FUNCTION,
    &hash_md5::FUNCTION,
    &hash_sha1::FUNCTION,
    &hash_sha256::FUNCTION,
];
