//! Answers kept from page to page, so that a page drawn again after a click runs only what the click changed. In: all
//! that an answer depends on, as text. Out: the answer, where it is still known. As many are kept as fit the bounds;
//! those not asked for the longest go first.

use calypso_library::{Answer, HeldBytes};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Answers kept, if nothing else is said.
const MOST_ANSWERS: usize = 400;
/// Bytes of their rows.
const MOST_BYTES: usize = 256 << 20;

/// Answers of queries over one state of the logs. It is shared by threads.
#[derive(Debug)]
pub struct AnswerCache {
    most_answers: usize,
    most_bytes: usize,
    shelf: Mutex<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    generation: u64,
    answers: HashMap<String, Kept>,
    bytes: usize,
    /// Counts what is asked and kept; tells what is oldest.
    clock: u64,
    found: u64,
}

#[derive(Debug)]
struct Kept {
    answer: Arc<Answer>,
    bytes: usize,
    asked: u64,
}

impl Default for AnswerCache {
    fn default() -> AnswerCache {
        AnswerCache::new(MOST_ANSWERS, MOST_BYTES)
    }
}

impl AnswerCache {
    /// An empty one that keeps so many answers and so many bytes of rows at most.
    pub fn new(answers: usize, bytes: usize) -> AnswerCache {
        AnswerCache { most_answers: answers, most_bytes: bytes, shelf: Mutex::default() }
    }

    /// Says which state of the logs holds from now on; another one forgets every answer.
    pub fn set_generation(&self, generation: u64) {
        let mut shelf = self.shelf();
        if shelf.generation != generation {
            *shelf = Shelf { generation, clock: shelf.clock, found: shelf.found, ..Shelf::default() };
        }
    }

    /// The state of the logs that the answers are of.
    pub fn generation(&self) -> u64 {
        self.shelf().generation
    }

    /// How many answers are kept.
    pub fn answers(&self) -> usize {
        self.shelf().answers.len()
    }

    /// How often an answer was asked for and known.
    pub fn found(&self) -> u64 {
        self.shelf().found
    }

    /// An answer over that state of the logs.
    pub(super) fn get(&self, generation: u64, key: &str) -> Option<Arc<Answer>> {
        let mut shelf = self.shelf();
        if shelf.generation != generation {
            return None;
        }
        shelf.clock += 1;
        let asked = shelf.clock;
        let kept = shelf.answers.get_mut(key)?;
        kept.asked = asked;
        let answer = Arc::clone(&kept.answer);
        shelf.found += 1;
        Some(answer)
    }

    /// Keeps an answer, unless the logs are other ones by now or it is too large.
    pub(super) fn put(&self, generation: u64, key: &str, answer: &Arc<Answer>) {
        let bytes = key.len() + held(answer);
        let mut shelf = self.shelf();
        if shelf.generation != generation || bytes > self.most_bytes || self.most_answers == 0 {
            return;
        }
        shelf.clock += 1;
        let kept = Kept { answer: Arc::clone(answer), bytes, asked: shelf.clock };
        shelf.bytes += bytes;
        if let Some(before) = shelf.answers.insert(key.to_owned(), kept) {
            shelf.bytes -= before.bytes;
        }
        while shelf.answers.len() > self.most_answers || shelf.bytes > self.most_bytes {
            let oldest = shelf.answers.iter().min_by_key(|(_, kept)| kept.asked).map(|(key, _)| key.clone());
            let Some(gone) = oldest.and_then(|key| shelf.answers.remove(&key)) else { return };
            shelf.bytes -= gone.bytes;
        }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bytes that an answer holds.
fn held(answer: &Answer) -> usize {
    let mut bytes = HeldBytes::default();
    answer.batches.iter().map(|batch| bytes.add(batch)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{ArrayRef, Int64Array};
    use arrow::record_batch::RecordBatch;

    fn answer(rows: i64) -> Arc<Answer> {
        let column: ArrayRef = Arc::new((0..rows).collect::<Int64Array>());
        let batch = RecordBatch::try_from_iter([("x", column)]).unwrap();
        Arc::new(Answer { name: None, columns: Vec::new(), batches: vec![batch], visualization: None })
    }

    #[test]
    fn the_answers_not_asked_for_the_longest_go_first() {
        let cache = AnswerCache::new(2, 1 << 20);
        cache.put(0, "a", &answer(1));
        cache.put(0, "b", &answer(1));
        assert!(cache.get(0, "a").is_some());
        cache.put(0, "c", &answer(1));
        assert!(cache.get(0, "a").is_some() && cache.get(0, "b").is_none() && cache.get(0, "c").is_some());
        assert_eq!((cache.answers(), cache.found()), (2, 3));
    }

    #[test]
    fn bytes_are_bounded() {
        let cache = AnswerCache::new(100, 20_000);
        cache.put(0, "large", &answer(10_000));
        assert_eq!(cache.answers(), 0);
        for at in 0..100 {
            cache.put(0, &at.to_string(), &answer(500));
        }
        assert!((1..=5).contains(&cache.answers()), "{}", cache.answers());
        assert!(cache.get(0, "99").is_some());
    }

    #[test]
    fn what_batches_share_counts_once() {
        let whole = answer(10_000).batches[0].clone();
        let parts = (0..100).map(|at| whole.slice(at * 100, 100)).collect();
        let answer = Answer { name: None, columns: Vec::new(), batches: parts, visualization: None };
        assert!((80_000..100_000).contains(&held(&answer)), "{}", held(&answer));
        let cache = AnswerCache::new(100, 100_000);
        cache.put(0, "parts", &Arc::new(answer));
        assert_eq!(cache.answers(), 1);
    }

    #[test]
    fn other_logs_forget_every_answer() {
        let cache = AnswerCache::default();
        cache.put(0, "a", &answer(1));
        cache.set_generation(1);
        assert!(cache.get(0, "a").is_none() && cache.get(1, "a").is_none());
        // What was begun over the older logs is not kept.
        cache.put(0, "a", &answer(1));
        assert_eq!(cache.answers(), 0);
        cache.put(1, "a", &answer(1));
        cache.set_generation(1);
        assert!(cache.get(1, "a").is_some());
    }
}
