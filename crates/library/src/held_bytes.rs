//! What rows take in memory, where batches share what holds their texts.

use arrow::array::{Array, ArrayData};
use arrow::record_batch::RecordBatch;
use std::collections::HashSet;

/// Counts the bytes of batches; a buffer that several share counts once.
#[derive(Debug, Default)]
pub struct HeldBytes {
    met: HashSet<usize>,
}

impl HeldBytes {
    /// The bytes that a batch takes beside those counted so far.
    pub fn add(&mut self, batch: &RecordBatch) -> usize {
        batch.columns().iter().map(|column| self.add_array(&column.to_data())).sum()
    }

    /// The bytes that an array takes beside those counted so far.
    pub fn add_array(&mut self, array: &ArrayData) -> usize {
        let nulls = array.nulls().map(|nulls| nulls.buffer());
        let mut bytes = 0;
        for buffer in array.buffers().iter().chain(nulls) {
            if self.met.insert(buffer.data_ptr().as_ptr() as usize) {
                bytes += buffer.capacity();
            }
        }
        bytes + array.child_data().iter().map(|child| self.add_array(child)).sum::<usize>()
    }
}
