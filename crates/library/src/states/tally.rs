//! Counts the memory of states as they change, so that asking for the sum of ten million costs nothing.

/// What the heap holds for one allocation beyond the bytes asked for.
const OVERHEAD: usize = 16;

/// Bytes taken from the heap by a piece of so many.
pub fn heap(bytes: usize) -> usize {
    if bytes == 0 { 0 } else { bytes + OVERHEAD }
}

/// Bytes that the state of each group holds beyond the struct itself.
#[derive(Default)]
pub struct Tally {
    sizes: Vec<usize>,
    total: usize,
}

impl Tally {
    /// Measures the groups that were touched, of `total` groups that there are now.
    pub fn note(&mut self, groups: &[usize], total: usize, size: impl Fn(usize) -> usize) {
        if self.sizes.len() < total {
            self.sizes.resize(total, 0);
        }
        let mut measure = |group: usize| {
            let known = &mut self.sizes[group];
            let now = size(group);
            self.total = self.total - *known + now;
            *known = now;
        };
        // Of few groups most were touched, and often.
        if total < groups.len() {
            (0..total).for_each(measure);
        } else {
            groups.iter().for_each(|group| measure(*group));
        }
    }

    /// Forgets the first `count` groups; the rest are renumbered from 0.
    pub fn forget(&mut self, count: usize) {
        let gone = self.sizes.drain(..count.min(self.sizes.len()));
        self.total -= gone.sum::<usize>();
        if self.sizes.is_empty() {
            self.sizes = Vec::new();
        }
    }

    /// Bytes held by the states, and by this.
    pub fn bytes(&self) -> usize {
        self.total + self.sizes.capacity() * size_of::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_what_grows_shrinks_and_goes() {
        let mut tally = Tally::default();
        tally.note(&[0, 2, 0], 3, |group| [10, 20, 30][group]);
        assert_eq!(tally.bytes() - tally.sizes.capacity() * 8, 40);
        tally.note(&[2, 1], 3, |group| [10, 5, 1][group]);
        assert_eq!(tally.bytes() - tally.sizes.capacity() * 8, 16);
        tally.forget(2);
        assert_eq!(tally.bytes() - tally.sizes.capacity() * 8, 1);
        tally.forget(5);
        assert_eq!(tally.bytes(), 0);
    }
}
