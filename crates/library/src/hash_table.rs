//! Sets of 64-bit hashes in one flat table. A hash lies at the place that its first bits name, or soon after, so that one
//! table goes through another in order when two are united, and a hash costs one look into memory.

/// A set of hashes that are well spread; clustered ones make it slow, not wrong.
#[derive(Clone, Debug, Default)]
pub struct HashTable {
    /// Hashes, 0 where a place is free; none, or a power of two.
    slots: Vec<u64>,
    /// How many hashes lie in the slots.
    filled: usize,
    /// Whether the hash 0 is in the set.
    zero: bool,
}

/// Places of the smallest table.
const LEAST: usize = 64;

impl HashTable {
    /// Adds a hash; whether it is new.
    pub fn insert(&mut self, hash: u64) -> bool {
        if hash == 0 {
            return !std::mem::replace(&mut self.zero, true);
        }
        if room(self.slots.len()) <= self.filled {
            self.resize((self.slots.len() * 2).max(LEAST));
        }
        let new = place(&mut self.slots, hash);
        self.filled += usize::from(new);
        new
    }

    /// Makes room for so many hashes more. Without it, hashes that come in order crowd the front of a table.
    pub fn reserve(&mut self, more: usize) {
        let mut slots = self.slots.len().max(LEAST);
        while room(slots) < self.filled.saturating_add(more) {
            slots *= 2;
        }
        if slots > self.slots.len() {
            self.resize(slots);
        }
    }

    /// How many hashes there are.
    pub fn len(&self) -> usize {
        self.filled + usize::from(self.zero)
    }

    /// The hashes, nearly in order.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        let zero = self.zero.then_some(0);
        zero.into_iter().chain(self.slots.iter().copied().filter(|hash| *hash != 0))
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u64>()
    }

    fn resize(&mut self, slots: usize) {
        let old = std::mem::replace(&mut self.slots, vec![0; slots]);
        for hash in old {
            if hash != 0 {
                place(&mut self.slots, hash);
            }
        }
    }
}

impl FromIterator<u64> for HashTable {
    fn from_iter<I: IntoIterator<Item = u64>>(hashes: I) -> HashTable {
        let hashes = hashes.into_iter();
        let mut table = HashTable::default();
        table.reserve(hashes.size_hint().0);
        hashes.for_each(|hash| {
            table.insert(hash);
        });
        table
    }
}

/// The same hashes, whatever the size of the tables.
impl PartialEq for HashTable {
    fn eq(&self, other: &HashTable) -> bool {
        let sorted = |table: &HashTable| {
            let mut hashes: Vec<u64> = table.iter().collect();
            hashes.sort_unstable();
            hashes
        };
        self.len() == other.len() && sorted(self) == sorted(other)
    }
}

/// How many hashes may lie in so many slots.
fn room(slots: usize) -> usize {
    slots / 8 * 5
}

/// Puts a hash other than 0 into slots of which some are free; whether it is new.
fn place(slots: &mut [u64], hash: u64) -> bool {
    let mask = slots.len() - 1;
    let mut at = (hash >> (64 - slots.len().trailing_zeros())) as usize;
    loop {
        let slot = &mut slots[at & mask];
        if *slot == hash {
            return false;
        }
        if *slot == 0 {
            *slot = hash;
            return true;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Numbers that look like chance, the same in every run.
    fn next(seed: &mut u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *seed ^ (*seed >> 29)
    }

    /// Hashes spread and clustered, at both ends, with repeats and 0.
    fn hashes(seed: u64, count: usize) -> Vec<u64> {
        let seed = &mut { seed };
        let hash = |_| match next(seed) % 8 {
            0 => next(seed) % 50,
            1 => u64::MAX - next(seed) % 50,
            2 => (next(seed) % 1000) << 54,
            _ => next(seed),
        };
        (0..count).map(hash).collect()
    }

    #[test]
    fn it_is_a_set() {
        for (seed, count) in [(1, 0), (2, 1), (3, 39), (4, 41), (5, 1000), (6, 20_000)] {
            let (mut table, mut plain) = (HashTable::default(), HashSet::new());
            for hash in hashes(seed, count) {
                assert_eq!(table.insert(hash), plain.insert(hash), "{hash}");
                assert_eq!(table.len(), plain.len());
            }
            assert_eq!(table.iter().collect::<HashSet<u64>>(), plain);
            assert_eq!(table.iter().count(), plain.len());
            assert_eq!(plain.iter().copied().collect::<HashTable>(), table);
            let other = hashes(seed + 100, count * 3);
            table.reserve(other.len());
            other.iter().for_each(|hash| assert_eq!(table.insert(*hash), plain.insert(*hash)));
            assert_eq!(plain.iter().copied().collect::<HashTable>(), table);
        }
    }
}
