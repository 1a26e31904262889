//! IP addresses with prefixes: reading, masking, writing, and finding them in text.

use crate::call::Argument;
use std::net::{Ipv4Addr, Ipv6Addr};

/// An address and how many of its leading bits count; `width` is 32 for IPv4 and 128 for IPv6.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Network {
    /// The bits of the address, not masked.
    pub bits: u128,
    /// How many leading bits count: 0 to `width`.
    pub prefix: u32,
    /// How many bits the address has.
    pub width: u32,
}

impl Network {
    /// The bits with those past a prefix cleared.
    pub fn masked(&self, prefix: u32) -> u128 {
        match self.width - prefix.min(self.width) {
            0 => self.bits,
            128 => 0,
            cleared => self.bits >> cleared << cleared,
        }
    }

    /// Whether all of another network lies within this one.
    pub fn contains(&self, other: &Network) -> bool {
        self.prefix <= other.prefix && self.masked(self.prefix) == other.masked(self.prefix)
    }

    /// The order of two addresses by the bits that count in both, and in a third prefix when given.
    pub fn order(&self, other: &Network, prefix: Option<u32>) -> std::cmp::Ordering {
        let prefix = self.prefix.min(other.prefix).min(prefix.unwrap_or(u32::MAX));
        self.masked(prefix).cmp(&other.masked(prefix))
    }
}

/// The address and prefix of `a.b.c.d` or `a.b.c.d/n`.
pub fn ipv4(text: &str) -> Option<Network> {
    let (address, prefix) = with_prefix(text.trim(), 32)?;
    let address: Ipv4Addr = address.parse().ok()?;
    Some(Network { bits: u128::from(u32::from(address)), prefix, width: 32 })
}

/// The address and prefix of an IPv6 text, or of an IPv4 one as its mapped form (`::ffff:a.b.c.d`).
pub fn ipv6(text: &str) -> Option<Network> {
    if let Some(Network { bits, prefix, .. }) = ipv4(text) {
        return Some(Network { bits: 0xFFFF_0000_0000 | bits, prefix: prefix + 96, width: 128 });
    }
    let (address, prefix) = with_prefix(text.trim(), 128)?;
    // The zone of an address is left out.
    let address: Ipv6Addr = address.split('%').next()?.parse().ok()?;
    Some(Network { bits: u128::from(address), prefix, width: 128 })
}

/// As `ipv6`, but a prefix after an IPv4 tail (`::10.0.0.1/24`) counts the bits of that tail, 32 at most, as the
/// functions that write addresses read it; those that compare addresses do not.
pub fn ipv6_by_tail(text: &str) -> Option<Network> {
    let network = ipv6(text)?;
    let tail = text.contains(':') && text.contains('.') && text.contains('/');
    match network.prefix {
        prefix if !tail => Some(Network { prefix, ..network }),
        prefix if prefix <= 32 => Some(Network { prefix: prefix + 96, ..network }),
        _ => None,
    }
}

/// Parts a text at its slash; without one all bits count.
fn with_prefix(text: &str, width: u32) -> Option<(&str, u32)> {
    match text.split_once('/') {
        None => Some((text, width)),
        Some((address, digits)) if (1..=3).contains(&digits.len()) && !digits.starts_with('+') => {
            digits.parse().ok().filter(|prefix| *prefix <= width).map(|prefix| (address, prefix))
        }
        Some(_) => None,
    }
}

/// `a.b.c.d`.
pub fn ipv4_text(bits: u128) -> String {
    Ipv4Addr::from(bits as u32).to_string()
}

/// Eight groups of four hexadecimal digits.
pub fn ipv6_text(bits: u128) -> String {
    let groups: Vec<String> =
        Ipv6Addr::from(bits).segments().iter().map(|group| format!("{group:04x}")).collect();
    groups.join(":")
}

/// A prefix argument; nothing when it is negative or above the width.
pub fn prefix(value: i64, width: u32) -> Option<u32> {
    u32::try_from(value).ok().filter(|prefix| *prefix <= width)
}

/// The IPv4 network of an argument that is a number or a text, held to a prefix when given.
pub fn numbered(argument: &Argument, most: Option<&Argument>, row: usize) -> Option<Network> {
    let mut network = if argument.ty.is_number() {
        let bits = u32::try_from(argument.long(row)?).ok()?;
        Network { bits: u128::from(bits), prefix: 32, width: 32 }
    } else {
        ipv4(&argument.text(row))?
    };
    if let Some(most) = most {
        network.prefix = network.prefix.min(prefix(most.long(row)?, 32)?);
    }
    Some(network)
}

/// Every IPv4 address in a text whose neighbours are neither letters nor digits.
pub fn ipv4_in(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_ascii_digit() || c == '.';
    let starts = text.char_indices().filter(move |(at, c)| {
        c.is_ascii_digit() && !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric)
    });
    starts.filter_map(move |(at, _)| {
        let rest = &text[at..];
        let run = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
        // Four numbers; a further point and what follows do not belong to the address.
        let end = run.match_indices('.').nth(3).map_or(run.len(), |(end, _)| end);
        let address = &run[..end];
        let alone = !rest[end..].chars().next().is_some_and(char::is_alphanumeric);
        (alone && address.parse::<Ipv4Addr>().is_ok()).then_some(address)
    })
}

/// Whether an IPv4 address in a text starts with a prefix: a whole address, or one to three numbers each followed by
/// a point. Any other prefix is in no text.
pub fn has_ipv4_prefix(text: &str, prefix: &str) -> bool {
    if prefix.parse::<Ipv4Addr>().is_ok() {
        return ipv4_in(text).any(|address| address == prefix);
    }
    let Some(numbers) = prefix.strip_suffix('.') else { return false };
    let valid = numbers.split('.').count() <= 3
        && numbers
            .split('.')
            .all(|number| number.parse::<u8>().is_ok_and(|value| value.to_string() == number));
    valid && ipv4_in(text).any(|address| address.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_and_masking() {
        let network = ipv4("192.168.1.7/24").expect("an address");
        assert_eq!(ipv4_text(network.masked(network.prefix)), "192.168.1.0");
        assert_eq!(ipv4_text(network.masked(0)), "0.0.0.0");
        for odd in [
            "",
            "1.2.3",
            "1.2.3.256",
            "1.2.3.4/33",
            "1.2.3.4/",
            "1.2.3.4/+1",
            "1.2.3.4/-1",
            "a",
            "1.2.3.4/1/1",
        ] {
            assert_eq!(ipv4(odd), None, "{odd}");
        }
        let mapped = ipv6("127.0.0.1/24").expect("an address");
        assert_eq!(ipv6_text(mapped.bits), "0000:0000:0000:0000:0000:ffff:7f00:0001");
        assert_eq!(mapped.prefix, 120);
        assert_eq!(ipv6("fe80::1/64").map(|network| network.masked(0)), Some(0));
        assert_eq!(ipv6("fe80::1/129"), None);
    }

    #[test]
    fn addresses_in_text() {
        let found = |text: &'static str| ipv4_in(text).collect::<Vec<_>>();
        assert_eq!(found("05:04:54 127.0.0.1 GET"), ["127.0.0.1"]);
        assert_eq!(found("05:04:54127.0.0.1 GET"), Vec::<&str>::new());
        assert_eq!(found("(10.0.0.1),10.0.0.2x 10.0.0.3."), ["10.0.0.1", "10.0.0.3"]);
        assert!(!has_ipv4_prefix("127.0.0.1", "127.0"));
        assert!(has_ipv4_prefix("x 127.0.0.1", "127.0."));
        assert!(!has_ipv4_prefix("x 127.0.0.256", "127.0."));
        assert!(has_ipv4_prefix("x 127.0.0.1", "127.0.0.1"));
        assert!(!has_ipv4_prefix("1.2.3.4", "."));
    }
}
