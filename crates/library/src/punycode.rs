//! Punycode: texts beyond ASCII written in ASCII (RFC 3492), and the names of domains in it.

const BASE: u32 = 36;
const FIRST_CODE: u32 = 128;
const FIRST_BIAS: u32 = 72;
const PREFIX: &str = "xn--";

/// The Punycode of a text; nothing where numbers overflow.
pub fn encode(text: &str) -> Option<String> {
    let mut output: String = text.chars().filter(char::is_ascii).collect();
    let basic = output.len() as u32;
    let mut handled = basic;
    if basic > 0 {
        output.push('-');
    }
    let total = text.chars().count() as u32;
    let (mut code, mut delta, mut bias) = (FIRST_CODE, 0u32, FIRST_BIAS);
    while handled < total {
        let next = text.chars().map(u32::from).filter(|c| *c >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for c in text.chars().map(u32::from) {
            if c < code {
                delta = delta.checked_add(1)?;
            }
            if c == code {
                write_number(delta, bias, &mut output);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code += 1;
    }
    Some(output)
}

/// The text of Punycode; nothing for what is none.
pub fn decode(punycode: &str) -> Option<String> {
    if !punycode.is_ascii() {
        return None;
    }
    let (basic, extended) = punycode.rsplit_once('-').unwrap_or(("", punycode));
    let mut output: Vec<char> = basic.chars().collect();
    let (mut code, mut place, mut bias) = (FIRST_CODE, 0u32, FIRST_BIAS);
    let mut digits = extended.bytes().peekable();
    while digits.peek().is_some() {
        let before = place;
        place = place.checked_add(read_number(&mut digits, bias)?)?;
        let count = output.len() as u32 + 1;
        bias = adapt(place - before, count, before == 0);
        code = code.checked_add(place / count)?;
        place %= count;
        output.insert(place as usize, char::from_u32(code)?);
        place += 1;
    }
    Some(output.into_iter().collect())
}

/// A domain's name with each label beyond ASCII in Punycode; ideographic full stops are dots.
pub fn domain_to_ascii(domain: &str) -> Option<String> {
    let label = |label: &str| match label.is_ascii() {
        true => Some(label.to_owned()),
        false => Some(format!("{PREFIX}{}", encode(label)?)),
    };
    let labels: Option<Vec<String>> = domain.split(is_dot).map(label).collect();
    labels.map(|labels| labels.join("."))
}

/// A domain's name with each label in Punycode decoded.
pub fn domain_from_ascii(domain: &str) -> Option<String> {
    let label = |label: &str| match label.strip_prefix(PREFIX) {
        Some(punycode) => decode(punycode),
        None => Some(label.to_owned()),
    };
    let labels: Option<Vec<String>> = domain.split(is_dot).map(label).collect();
    labels.map(|labels| labels.join("."))
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

/// The threshold of a digit's place.
fn threshold(place: u32, bias: u32) -> u32 {
    place.saturating_sub(bias).clamp(1, 26)
}

fn write_number(mut number: u32, bias: u32, output: &mut String) {
    let digit = |value: u32| char::from_digit(if value < 26 { value + 10 } else { value - 26 }, BASE);
    let mut place = BASE;
    loop {
        let threshold = threshold(place, bias);
        let last = number < threshold;
        let value = if last { number } else { threshold + (number - threshold) % (BASE - threshold) };
        output.extend(digit(value));
        if last {
            return;
        }
        number = (number - threshold) / (BASE - threshold);
        place += BASE;
    }
}

fn read_number(digits: &mut impl Iterator<Item = u8>, bias: u32) -> Option<u32> {
    let (mut number, mut weight, mut place) = (0u32, 1u32, BASE);
    loop {
        let value = match digits.next()? {
            letter if letter.is_ascii_alphabetic() => u32::from(letter.to_ascii_lowercase() - b'a'),
            digit if digit.is_ascii_digit() => u32::from(digit - b'0') + 26,
            _ => return None,
        };
        number = number.checked_add(value.checked_mul(weight)?)?;
        let threshold = threshold(place, bias);
        if value < threshold {
            return Some(number);
        }
        weight = weight.checked_mul(BASE - threshold)?;
        place += BASE;
    }
}

/// The bias after a number.
fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut steps = 0;
    while delta > 455 {
        delta /= BASE - 1;
        steps += BASE;
    }
    steps + BASE * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (text, punycode) in
            [("bücher", "bcher-kva"), ("", ""), ("abc", "abc-"), ("日本", "wgv71a"), ("ü", "tda")]
        {
            assert_eq!(encode(text).as_deref(), Some(punycode));
            assert_eq!(decode(punycode).as_deref(), Some(text));
        }
        assert_eq!(decode("99999999"), None);
        assert_eq!(decode("ü"), None);
        assert_eq!(decode("a!"), None);
        assert_eq!(domain_to_ascii("a.bücher。org").as_deref(), Some("a.xn--bcher-kva.org"));
        assert_eq!(domain_from_ascii("xn--bcher-kva.org").as_deref(), Some("bücher.org"));
        assert_eq!(domain_from_ascii("xn--!.org"), None);
    }
}
