//! Keyed random numbers: every object, cycle, change and delivery draws from its own stream, named by
//! (seed, label, index), so that adding one feature never shifts another. Integers only, the same on every platform.

/// Steps of the SplitMix64 sequence.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finishing permutation of SplitMix64: a bijection on 64 bits that looks random.
pub fn mix(value: u64) -> u64 {
    let z = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The 64-bit key of a sub-stream: FNV-1a over the label, mixed with seed and index.
pub fn key(seed: u64, label: &str, index: u64) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325u64;
    for byte in label.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    mix(mix(seed.wrapping_add(GOLDEN) ^ hash).wrapping_add(index.wrapping_mul(GOLDEN)))
}

/// A sequence of random integers.
#[derive(Clone, Debug)]
pub struct Stream(u64);

impl Stream {
    /// The stream of that name.
    pub fn new(seed: u64, label: &str, index: u64) -> Stream {
        Stream(key(seed, label, index))
    }

    /// A stream that continues from a key already drawn.
    pub fn of(key: u64) -> Stream {
        Stream(key)
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// An integer in `0..bound`; 0 when the bound is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.draw()) * u128::from(bound)) >> 64) as u64
    }

    /// An integer in `low..high`; `low` when the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high.saturating_sub(low).max(0) as u64) as i64
    }

    /// True in `part` of `whole` cases.
    pub fn chance(&mut self, part: u64, whole: u64) -> bool {
        self.below(whole) < part
    }

    /// The place of one of the weights, each as likely as it is heavy.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().map(|w| u64::from(*w)).sum();
        let mut left = self.below(total);
        for (place, weight) in weights.iter().enumerate() {
            let weight = u64::from(*weight);
            if left < weight {
                return place;
            }
            left -= weight;
        }
        0
    }

    /// `amount / whole` rounded down or up at random, so that the mean is exact.
    pub fn share(&mut self, amount: u64, whole: u64) -> u64 {
        amount / whole + u64::from(self.below(whole) < amount % whole)
    }
}

/// A version 4 GUID made from a key, as its 128 bits.
pub fn guid(key: u64) -> u128 {
    let high = mix(key ^ 0x5851_F42D_4C95_7F2D);
    let low = mix(high ^ key.rotate_left(17));
    let bits = (u128::from(high) << 64) | u128::from(low);
    (bits & !(0xF000u128 << 64) & !(0xC000u128 << 48)) | (0x4000u128 << 64) | (0x8000u128 << 48)
}

/// Appends the 36 characters of a GUID.
pub fn push_guid(out: &mut String, bits: u128) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for place in 0..32u32 {
        if matches!(place, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(DIGITS[((bits >> (124 - 4 * place)) & 15) as usize] as char);
    }
}

/// The 36 characters of a GUID.
pub fn guid_text(bits: u128) -> String {
    let mut out = String::with_capacity(36);
    push_guid(&mut out, bits);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_fixed_for_ever() {
        // SplitMix64 from state 0, as its author publishes it.
        assert_eq!(Stream::of(0).draw(), 0xE220_A839_7B1D_CDAF);
        assert_ne!(key(42, "a", 0), key(42, "b", 0));
        assert_ne!(key(42, "a", 0), key(43, "a", 0));
    }

    #[test]
    fn guids_are_version_four() {
        for index in 0..100 {
            let text = guid_text(guid(key(1, "guid", index)));
            assert_eq!(text.len(), 36);
            assert_eq!(&text[14..15], "4");
            assert!(matches!(&text[19..20], "8" | "9" | "a" | "b"), "{text}");
        }
    }

    #[test]
    fn draws_stay_in_their_range() {
        let mut stream = Stream::new(7, "range", 0);
        assert!((0..1000).all(|_| stream.below(3) < 3));
        assert_eq!(stream.below(0), 0);
        let total: u64 = (0..1000).map(|_| stream.share(1500, 1000)).sum();
        assert!((1400..1600).contains(&total));
    }
}
