//! The 99th percentile of a growing list of gaps, by nearest rank: the value that 99 of a hundred do not pass.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Gaps seen so far: the highest hundredth apart from the rest.
#[derive(Default)]
pub(super) struct Gaps {
    rest: BinaryHeap<i64>,
    highest: BinaryHeap<Reverse<i64>>,
}

impl Gaps {
    /// Adds a gap.
    pub(super) fn add(&mut self, gap: i64) {
        match self.highest.peek() {
            Some(Reverse(least)) if gap > *least => self.highest.push(Reverse(gap)),
            Some(_) | None => self.rest.push(gap),
        }
        let wanted = (self.rest.len() + self.highest.len()) / 100;
        while self.highest.len() > wanted {
            self.rest.extend(self.highest.pop().map(|Reverse(gap)| gap));
        }
        while self.highest.len() < wanted {
            self.highest.extend(self.rest.pop().map(Reverse));
        }
    }

    /// The percentile; none before the first gap.
    pub(super) fn p99(&self) -> Option<i64> {
        self.rest.peek().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::Stream;
    use super::Gaps;

    #[test]
    fn it_is_the_nearest_rank() {
        let mut stream = Stream::new(1, "gaps", 0);
        let (mut gaps, mut all) = (Gaps::default(), Vec::new());
        assert_eq!(gaps.p99(), None);
        for _ in 0..1_234 {
            let gap = stream.between(0, 500);
            gaps.add(gap);
            all.push(gap);
            all.sort_unstable();
            assert_eq!(gaps.p99(), Some(all[(all.len() * 99).div_ceil(100) - 1]));
        }
    }
}
