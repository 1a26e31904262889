//! The 16 bytes of a guid: its first three groups little-endian, the rest in order.

/// The places of the bytes within the hexadecimal digits.
const ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/// The bytes of a guid in its canonical text; nothing for another text.
pub fn bytes(text: &str) -> Option<[u8; 16]> {
    let digits = u128::from_str_radix(&text.replace('-', ""), 16).ok()?.to_be_bytes();
    Some(ORDER.map(|place| digits[place]))
}

/// The canonical text of a guid of these bytes.
pub fn text(bytes: [u8; 16]) -> String {
    let digits = u128::from_be_bytes(ORDER.map(|place| bytes[place]));
    let all = format!("{digits:032x}");
    format!("{}-{}-{}-{}-{}", &all[..8], &all[8..12], &all[12..16], &all[16..20], &all[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let guid = "00112233-4455-6677-8899-aabbccddeeff";
        let held = bytes(guid).expect("a guid");
        assert_eq!(held[..8], [0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66]);
        assert_eq!(text(held), guid);
        assert_eq!(bytes(""), None);
    }
}
