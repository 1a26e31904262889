//! Random numbers for the volatile functions: a small generator per thread, sown by the standard library's random
//! hashing keys.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

thread_local! {
    static STATE: Cell<u64> = Cell::new(RandomState::new().hash_one("sow"));
}

/// 64 random bits (SplitMix64).
pub fn next() -> u64 {
    let state = STATE.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
    STATE.set(state);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A real of at least 0 and below 1.
pub fn unit() -> f64 {
    (next() >> 11) as f64 / (1_u64 << 53) as f64
}
