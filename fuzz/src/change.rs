//! Changed texts: byte by byte, and token by token with tokens of other queries.

use calypso_parser::tokens as read_tokens;

/// Repeatable random numbers (SplitMix64).
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// 64 random bits.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 when that is 0.
    fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next() % bound as u64) as usize }
    }

    /// One of some; nothing of none.
    pub fn of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

/// Bytes that are likely to matter.
const BYTES: &[u8] = b"'\"\\`()[]{}|;,.*=!~<>-+/%:@#$0129eExdhms \n\t\0\x80\xff";

/// A text with a few bytes changed, taken out, doubled or put in.
pub fn bytes(corpus: &[String], random: &mut Random) -> String {
    let mut text = random.of(corpus).map_or_else(Vec::new, |text| text.clone().into_bytes());
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        let until = (at + 1 + random.below(8)).min(text.len());
        let byte = random.of(BYTES).copied().unwrap_or(b'|');
        match random.below(5) {
            0 if at < text.len() => text[at] = byte,
            1 if at < until => drop(text.drain(at..until)),
            2 if at < until => {
                let part = text[at..until].to_vec();
                text.splice(at..at, part);
            }
            3 => text.truncate(at),
            _ => text.insert(at, byte),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// A text with a few tokens taken out, doubled, swapped, or put in from another query; or with a run of operators of
/// another query behind it.
pub fn tokens(corpus: &[String], random: &mut Random) -> String {
    let mut pieces = random.of(corpus).map_or_else(Vec::new, |text| split(text));
    let others = random.of(corpus).map_or_else(Vec::new, |text| split(text));
    for _ in 0..=random.below(3) {
        let (at, to) = (random.below(pieces.len()), random.below(pieces.len()));
        match random.below(6) {
            0 if at < pieces.len() => drop(pieces.remove(at)),
            1 if at < pieces.len() => pieces.insert(at, pieces[at].clone()),
            2 if at < pieces.len() => pieces.swap(at, to),
            3 => {
                let taken = random.of(&others).cloned().unwrap_or_default();
                pieces.insert(at, taken);
            }
            4 if at < pieces.len() => {
                pieces[at] = random.of(&others).cloned().unwrap_or_default();
            }
            _ => {
                let pipes: Vec<usize> =
                    others.iter().enumerate().filter(|(_, piece)| *piece == "|").map(|(i, _)| i).collect();
                if let Some(from) = random.of(&pipes) {
                    pieces.extend_from_slice(&others[*from..]);
                }
            }
        }
    }
    pieces.join(" ")
}

fn split(text: &str) -> Vec<String> {
    read_tokens(text).into_iter().map(|token| token.span.text(text).to_owned()).collect()
}
