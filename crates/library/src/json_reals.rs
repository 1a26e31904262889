//! Reals in JSON text, to the last digit: the reader of trees may miss the nearest real by one when a number has more
//! than fifteen digits. In: the text and its tree. Out: the tree with each such real as the text says.

use crate::value::Json;

/// Digits that any reader gets right.
const SAFE_DIGITS: usize = 15;

/// Corrects the reals of a tree read from this text.
pub fn correct(text: &str, tree: &mut Json) {
    let Some(reals) = long_reals(text) else { return };
    let mut held = Vec::new();
    collect(tree, &mut held);
    // Where a key occurs twice, the tree holds fewer: its reals stay as they are.
    if held.len() == reals.len() {
        for (place, real) in held.into_iter().zip(reals) {
            let near = place.as_f64().is_some_and(|old| (old - real).abs() <= old.abs() * 1e-14);
            if let (true, Some(number)) = (near, serde_json::Number::from_f64(real)) {
                *place = Json::Number(number);
            }
        }
    }
}

/// All reals of a text in order, if one of them is long.
fn long_reals(text: &str) -> Option<Vec<f64>> {
    let bytes = text.as_bytes();
    let mut reals = Vec::new();
    let mut long = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = after_string(bytes, at + 1),
            b'-' | b'0'..=b'9' => {
                let length = bytes[at..].iter().take_while(|byte| is_part(**byte)).count();
                let token = text.get(at..at + length)?;
                if token.contains(['.', 'e', 'E'])
                    || token.parse::<i64>().is_err() && token.parse::<u64>().is_err()
                {
                    long |= token.bytes().filter(u8::is_ascii_digit).count() > SAFE_DIGITS;
                    reals.push(token.parse().ok()?);
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    long.then_some(reals)
}

fn is_part(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}

/// The place after the quote that ends a string.
fn after_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The reals of a tree in order.
fn collect<'t>(tree: &'t mut Json, reals: &mut Vec<&'t mut Json>) {
    match tree {
        Json::Number(number) if number.is_f64() => reals.push(tree),
        Json::Array(elements) => elements.iter_mut().for_each(|element| collect(element, reals)),
        Json::Object(entries) => entries.values_mut().for_each(|entry| collect(entry, reals)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::json::{parse, text};

    #[test]
    fn reals_come_back_as_written() {
        for written in [
            "[23.308445025757262,1,\"9.12345678901234567\"]",
            "{\"a\":{\"b\":[0.009221885624698875,12088.995980580641]},\"c\":4.33680868994202e-19}",
            "939167018948.5865",
            "[\"\\\"1.5\",0.30000000000000004]",
        ] {
            assert_eq!(parse(written).map(|tree| text(&tree)).as_deref(), Some(written));
        }
        let twice = parse("{\"a\":1,\"b\":1.5,\"a\":0.30000000000000004}").expect("JSON");
        assert_eq!(twice["b"], 1.5);
    }
}
