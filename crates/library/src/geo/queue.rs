//! A queue that gives the smallest item first. In which order items of one size come decides where rings of a union
//! begin, so the heap is the one that C++ has: what the standard library here promises is less.

/// Items by size, the smallest on top.
pub struct Queue<T>(Vec<(usize, T)>);

impl<T> Default for Queue<T> {
    fn default() -> Queue<T> {
        Queue(Vec::new())
    }
}

impl<T> Queue<T> {
    /// Adds an item.
    pub fn push(&mut self, size: usize, item: T) {
        self.0.push((size, item));
        self.rise(self.0.len() - 1);
    }

    /// Takes the item on top.
    pub fn pop(&mut self) -> Option<T> {
        let count = self.0.len().checked_sub(1)?;
        self.0.swap(0, count);
        let top = self.0.pop();
        // The last item, now on top, sinks to the bottom along the smaller items, then rises to its place.
        let mut hole = 0;
        while 2 * hole + 1 < count {
            let right = 2 * hole + 2;
            let smaller =
                if right < count && self.0[right].0 <= self.0[right - 1].0 { right } else { right - 1 };
            self.0.swap(hole, smaller);
            hole = smaller;
        }
        if hole < count {
            self.rise(hole);
        }
        top.map(|(_, item)| item)
    }

    fn rise(&mut self, mut index: usize) {
        while index > 0 && self.0[(index - 1) / 2].0 > self.0[index].0 {
            self.0.swap(index, (index - 1) / 2);
            index = (index - 1) / 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Queue;

    #[test]
    fn sizes_ascend_and_equals_come_as_from_a_heap() {
        let mut queue = Queue::default();
        for (index, size) in [4, 3, 5, 3, 4].into_iter().enumerate() {
            queue.push(size, index);
        }
        let order: Vec<usize> = std::iter::from_fn(|| queue.pop()).collect();
        assert_eq!(order, [1, 3, 0, 4, 2]);
    }
}
