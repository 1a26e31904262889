//! Where a short text stands in much text, as fast as memory gives it. In: bytes. Out: the places, one by one.
//!
//! Two bytes of the needle that logs seldom hold are compared with 64 places at a time, in a loop that compilers turn
//! into vector instructions and that does not stop at a find: a search that returns and starts again loses more than a
//! few bytes read in vain. Only where both stand is the whole needle compared.

/// Places looked at together.
const BLOCK: usize = 64;
/// To go on as much later as this is worth a new start.
const FAR: usize = 4096;

/// A text to be looked for.
pub struct Scan {
    /// In lower case when case does not count.
    needle: Box<[u8]>,
    /// Whether the case of ASCII letters does not count.
    folded: bool,
    probes: [Probe; 2],
}

/// A byte of the needle.
#[derive(Clone, Copy)]
struct Probe {
    /// Its place in the needle.
    at: usize,
    byte: u8,
    /// The bit that makes a small letter of a capital one, where case does not count.
    fold: u8,
}

impl Probe {
    #[inline(always)]
    fn is(self, byte: u8) -> bool {
        byte | self.fold == self.byte
    }
}

impl Scan {
    /// Prepares the search for a text that is not empty; `folded` ignores the case of ASCII letters.
    pub fn new(needle: &str, folded: bool) -> Option<Scan> {
        let needle = if folded { needle.to_ascii_lowercase() } else { needle.to_owned() }.into_bytes();
        let rarest = |other: Option<usize>| {
            let places = (0..needle.len()).filter(|at| Some(*at) != other);
            places.min_by_key(|at| {
                (other.is_some_and(|other| needle[other] == needle[*at]), frequency(needle[*at]))
            })
        };
        let first = rarest(None)?;
        let second = rarest(Some(first)).unwrap_or(first);
        let probes = [first, second].map(|at| {
            let byte = needle[at];
            Probe { at, byte, fold: if folded && byte.is_ascii_alphabetic() { 0x20 } else { 0 } }
        });
        Some(Scan { needle: needle.into(), folded, probes })
    }

    /// How many bytes the needle has.
    pub fn len(&self) -> usize {
        self.needle.len()
    }

    /// Calls `found` with each place of the needle, in order; its answer is the place from which the search goes on.
    pub fn each(&self, bytes: &[u8], mut found: impl FnMut(usize) -> usize) {
        let Some(last) = bytes.len().checked_sub(self.needle.len()) else { return };
        let mut from = 0;
        while from <= last {
            from = self.each_between(bytes, from, last + 1, &mut found);
        }
    }

    /// The same for places from one to before another. Out: where to go on.
    fn each_between(
        &self,
        bytes: &[u8],
        from: usize,
        end: usize,
        found: &mut impl FnMut(usize) -> usize,
    ) -> usize {
        let [first, second] = self.probes;
        let (firsts, _) = bytes[from + first.at..end + first.at].as_chunks::<BLOCK>();
        let (seconds, _) = bytes[from + second.at..end + second.at].as_chunks::<BLOCK>();
        let mut next = from;
        for (number, pair) in firsts.iter().zip(seconds).enumerate() {
            if self.any(pair) {
                let start = from + number * BLOCK;
                next = self.each_of_block(bytes, start, pair, next, found);
                if next > start + FAR {
                    return next;
                }
            }
        }
        next = next.max(from + firsts.len() * BLOCK);
        // What is left is less than a block: the last block that fits holds it, too.
        let last = end.checked_sub(BLOCK).filter(|last| *last >= from);
        let pair = last.and_then(|last| {
            Some((bytes[last + first.at..].first_chunk()?, bytes[last + second.at..].first_chunk()?))
        });
        match (last, pair) {
            (Some(last), Some(pair)) if self.any(pair) => {
                next = self.each_of_block(bytes, last, pair, next, found);
            }
            (Some(_), Some(_)) => {}
            _ => {
                while next < end {
                    let probed = first.is(bytes[next + first.at]) && second.is(bytes[next + second.at]);
                    next = if probed && self.is_at(bytes, next) { found(next) } else { next + 1 };
                }
            }
        }
        next.max(end)
    }

    /// Whether both probes stand at a place of the block.
    #[inline(always)]
    fn any(&self, (firsts, seconds): (&[u8; BLOCK], &[u8; BLOCK])) -> bool {
        let [first, second] = self.probes;
        let mut any = 0;
        for at in 0..BLOCK {
            any |= u8::from(first.is(firsts[at])) & u8::from(second.is(seconds[at]));
        }
        any != 0
    }

    /// Calls `found` for the places of one block, `next` the first that counts. Out: where to go on.
    fn each_of_block(
        &self,
        bytes: &[u8],
        start: usize,
        (firsts, seconds): (&[u8; BLOCK], &[u8; BLOCK]),
        mut next: usize,
        found: &mut impl FnMut(usize) -> usize,
    ) -> usize {
        if next >= start + BLOCK {
            return next;
        }
        let [first, second] = self.probes;
        let mut probed = [0; BLOCK];
        for at in 0..BLOCK {
            probed[at] = u8::from(first.is(firsts[at])) & u8::from(second.is(seconds[at]));
        }
        let (words, _) = probed.as_chunks::<8>();
        for (number, word) in words.iter().enumerate() {
            let mut word = u64::from_le_bytes(*word);
            while word != 0 {
                let at = start + number * 8 + word.trailing_zeros() as usize / 8;
                word &= word - 1;
                if at >= next && self.is_at(bytes, at) {
                    next = found(at);
                }
            }
        }
        next
    }

    fn is_at(&self, bytes: &[u8], at: usize) -> bool {
        let Some(bytes) = bytes.get(at..at + self.needle.len()) else { return false };
        if self.folded { bytes.eq_ignore_ascii_case(&self.needle) } else { *bytes == *self.needle }
    }
}

/// How often a byte stands in provisioning logs, as a rank: 0 for all that is rare, such as capital letters.
fn frequency(byte: u8) -> usize {
    /// The most frequent first.
    const FREQUENT: &[u8] = br#""eaitdnsrco-p:l4 ,fu1m09b257863yv{}gh.xkw'@=z][()jq\;"#;
    FREQUENT.iter().rev().position(|known| *known == byte).map_or(0, |place| place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn places(text: &str, needle: &str, folded: bool, step: usize) -> Vec<usize> {
        let mut places = Vec::new();
        if let Some(scan) = Scan::new(needle, folded) {
            scan.each(text.as_bytes(), |at| {
                places.push(at);
                at + step
            });
        }
        places
    }

    /// The plain way: every place, one after the other.
    fn plainly(text: &str, needle: &str, folded: bool, step: usize) -> Vec<usize> {
        let (text, needle) = (text.as_bytes(), needle.as_bytes());
        let mut places: Vec<usize> = Vec::new();
        for (at, part) in text.windows(needle.len()).enumerate() {
            let same = if folded { part.eq_ignore_ascii_case(needle) } else { part == needle };
            if same && places.last().is_none_or(|last| at >= last + step) {
                places.push(at);
            }
        }
        places
    }

    #[test]
    fn far_steps_and_overlaps() {
        let text = "aA".repeat(10_000);
        for step in [1, 2, 63, 64, 65, 5000, usize::MAX / 2] {
            for folded in [false, true] {
                assert_eq!(places(&text, "aAa", folded, step), plainly(&text, "aAa", folded, step), "{step}");
            }
        }
        assert_eq!(places("", "a", true, 1), Vec::<usize>::new());
        assert!(Scan::new("", true).is_none());
    }

    #[test]
    fn letters_fold_and_their_neighbours_do_not() {
        // The bit that folds letters is also what tells these apart.
        assert_eq!(places("[K@\u{212a}k{`", "k", true, 1), [1, 6]);
        assert_eq!(places("[@{`", "{", true, 1), [2]);
        assert_eq!(places("[@{`", "`", true, 1), [3]);
    }

    proptest! {
        #[test]
        fn each_place_is_found(
            text in "[abAB_\u{e9}\u{212a}k]{0,300}",
            needle in "[abAB_\u{e9}k]{1,4}",
            folded: bool,
            step in 1usize..80,
        ) {
            prop_assert_eq!(places(&text, &needle, folded, step), plainly(&text, &needle, folded, step));
        }
    }
}
