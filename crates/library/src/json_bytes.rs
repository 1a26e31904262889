//! Where strings and numbers of JSON text end, found eight bytes at a time. In: the bytes of a text and a place. Out: the
//! place after; nothing where the text is no JSON or would be written otherwise.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The first of the bytes from a place on for which `marks` sets the high bit. Where it sets one, it may set those of
/// later bytes of the same eight wrongly.
fn first_marked(bytes: &[u8], mut at: usize, marks: impl Fn(u64) -> u64) -> Option<usize> {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let marked = marks(u64::from_le_bytes(*chunk)) & HIGHS;
        if marked != 0 {
            return Some(at + marked.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = bytes.get(at..)?;
    let place = rest.iter().position(|byte| marks(ONES * u64::from(*byte)) & HIGHS != 0)?;
    Some(at + place)
}

/// Marks the bytes that are this one.
fn same(word: u64, byte: u8) -> u64 {
    let mixed = word ^ (ONES * u64::from(byte));
    mixed.wrapping_sub(ONES) & !mixed
}

/// The first quote, backslash or control character from a place on.
fn next_mark(bytes: &[u8], at: usize) -> Option<usize> {
    first_marked(bytes, at, |word| {
        same(word, b'"') | same(word, b'\\') | word.wrapping_sub(ONES * 0x20) & !word
    })
}

/// The first quote or backslash from a place on.
pub(crate) fn quote_or_backslash(bytes: &[u8], at: usize) -> Option<usize> {
    first_marked(bytes, at, |word| same(word, b'"') | same(word, b'\\'))
}

/// The quote that ends a key which begins at that place.
pub(crate) fn end_of_key(bytes: &[u8], start: usize) -> Option<usize> {
    next_mark(bytes, start).filter(|end| bytes[*end] == b'"')
}

/// The place after the quote that ends a string which begins at that place.
pub(crate) fn end_of_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = next_mark(bytes, at)?;
        match bytes[at] {
            b'"' => return Some(at + 1),
            b'\\' => {
                let next = bytes.get(at + 1)?;
                let after_escape = |byte: &u8| matches!(byte, b'u' | b'/');
                match next {
                    b'"' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'\\' if !bytes.get(at + 2).is_some_and(after_escape) => {}
                    _ => return None,
                }
                at += 2;
            }
            _ => return None,
        }
    }
}

/// The place after a number.
pub(crate) fn end_of_number(bytes: &[u8], mut at: usize) -> Option<usize> {
    let digits =
        |at: usize| bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count());
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    let whole = digits(at);
    if whole == 0 || whole > 1 && bytes[at] == b'0' {
        return None;
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let part = digits(at + 1);
        at += 1 + (part > 0).then_some(part)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let part = digits(at);
        at += (part > 0).then_some(part)?;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_of_the_bytes(bytes in prop::collection::vec(any::<u8>(), 0..40), at in 0usize..45) {
            let first = |test: fn(u8) -> bool| {
                bytes.iter().enumerate().skip(at).find(|(_, byte)| test(**byte)).map(|(place, _)| place)
            };
            prop_assert_eq!(quote_or_backslash(&bytes, at), first(|byte| matches!(byte, b'"' | b'\\')));
            prop_assert_eq!(next_mark(&bytes, at), first(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)));
        }
    }
}
