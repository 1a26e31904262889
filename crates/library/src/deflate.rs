//! Texts packed as gzip and zlib in base64.

use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use std::io::Read;

/// Signature, method, no flags, no time, no hint, unknown system.
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// Method with a window of 32 KiB, fastest level.
const ZLIB_HEADER: [u8; 2] = [0x78, 0x01];
/// Texts below are stored as they are, as Kusto stores its documented example of 20 letters.
const PACKED_FROM: usize = 64;
/// The most that is unpacked: what a value may hold in Kusto.
const UNPACKED_LIMIT: u64 = 32 << 20;

/// A text as gzip in base64.
pub fn gzip(text: &str) -> String {
    let mut check = flate2::Crc::new();
    check.update(text.as_bytes());
    let trailer = [check.sum().to_le_bytes(), check.amount().to_le_bytes()].concat();
    BASE64_STANDARD.encode([&GZIP_HEADER[..], &packed(text), &trailer].concat())
}

/// A text as zlib in base64.
pub fn zlib(text: &str) -> String {
    let trailer = adler(text.as_bytes()).to_be_bytes();
    BASE64_STANDARD.encode([&ZLIB_HEADER[..], &packed(text), &trailer].concat())
}

/// The text of gzip in base64; nothing for anything else, also when optional fields are in its header.
pub fn from_gzip(base64: &str) -> Option<String> {
    let bytes = BASE64_STANDARD.decode(base64).ok()?;
    let (header, body) = bytes.split_at_checked(GZIP_HEADER.len())?;
    let (body, trailer) = body.split_at_checked(body.len().checked_sub(8)?)?;
    let text = unpacked(body).filter(|_| header[..4] == GZIP_HEADER[..4])?;
    let mut check = flate2::Crc::new();
    check.update(text.as_bytes());
    (trailer == [check.sum().to_le_bytes(), check.amount().to_le_bytes()].concat()).then_some(text)
}

/// The text of zlib in base64; nothing for anything else.
pub fn from_zlib(base64: &str) -> Option<String> {
    let bytes = BASE64_STANDARD.decode(base64).ok()?;
    let (header, body) = bytes.split_first_chunk::<2>()?;
    let (body, trailer) = body.split_last_chunk::<4>()?;
    // The low bits of the first byte name the method; both together are a multiple of 31; no dictionary.
    let valid = header[0] & 15 == 8 && u16::from_be_bytes(*header) % 31 == 0 && header[1] & 32 == 0;
    let text = unpacked(body).filter(|_| valid)?;
    (*trailer == adler(text.as_bytes()).to_be_bytes()).then_some(text)
}

fn packed(text: &str) -> Vec<u8> {
    let level = if text.len() < PACKED_FROM { Compression::none() } else { Compression::fast() };
    let mut bytes = Vec::new();
    DeflateEncoder::new(text.as_bytes(), level).read_to_end(&mut bytes).expect("memory can be read");
    bytes
}

fn unpacked(bytes: &[u8]) -> Option<String> {
    let mut text = Vec::new();
    DeflateDecoder::new(bytes).take(UNPACKED_LIMIT).read_to_end(&mut text).ok()?;
    String::from_utf8(text).ok()
}

/// The check sum of zlib.
fn adler(bytes: &[u8]) -> u32 {
    let add = |(a, b): (u32, u32), byte: &u8| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    };
    let (a, b) = bytes.iter().fold((1, 0), add);
    b << 16 | a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for text in ["", "a", "häh", &"ab".repeat(5000)] {
            assert_eq!(from_gzip(&gzip(text)).as_deref(), Some(text));
            assert_eq!(from_zlib(&zlib(text)).as_deref(), Some(text));
        }
        assert!(gzip(&"ab".repeat(5000)).len() < 500);
        for bad in ["", "x", "x0x0x0", "eNpLBAAAQgBC", "eAE=", "H4sIAAAAAAAA/w=="] {
            assert!(from_gzip(bad).is_none() && from_zlib(bad).is_none(), "{bad}");
        }
    }
}
