//! Files cut into pieces of bytes, so that the cores share a few large files evenly. A row group belongs to the piece in
//! which it begins; whoever is idle takes the next piece.

use datafusion::datasource::listing::{FileRange, PartitionedFile};

/// Pieces per core: enough that none waits long for the other at the end.
const PER_CORE: u64 = 8;

/// Smaller pieces are not worth opening.
const LEAST_BYTES: u64 = 1 << 20;

/// The files in order, large ones in pieces.
pub(super) fn cut(files: Vec<PartitionedFile>, cores: usize) -> Vec<PartitionedFile> {
    let total: u64 = files.iter().map(|file| file.object_meta.size).sum();
    let pieces = PER_CORE.saturating_mul(cores as u64).max(1);
    let size = (total / pieces).max(LEAST_BYTES);
    files.into_iter().flat_map(|file| cut_one(file, size)).collect()
}

fn cut_one(file: PartitionedFile, size: u64) -> Vec<PartitionedFile> {
    let bytes = file.object_meta.size;
    let count = bytes.div_ceil(size).max(1);
    if count == 1 {
        return vec![file];
    }
    let border =
        |at: u64| i64::try_from(u128::from(bytes) * u128::from(at) / u128::from(count)).unwrap_or(i64::MAX);
    let piece = |at: u64| {
        let mut piece = file.clone();
        piece.range = Some(FileRange { start: border(at), end: border(at + 1) });
        piece
    };
    (0..count).map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_every_byte_once() {
        for sizes in [vec![], vec![0], vec![5], vec![3 << 20, 1], vec![100 << 20, 7 << 20, 1 << 19]] {
            let files: Vec<_> = sizes.iter().map(|size| PartitionedFile::new("f", *size)).collect();
            let pieces = cut(files, 2);
            let mut covered = Vec::new();
            for piece in &pieces {
                match &piece.range {
                    None => covered.push(piece.object_meta.size),
                    Some(range) if range.start == 0 => covered.push(range.end as u64),
                    Some(range) => {
                        let last = covered.last_mut().expect("a first piece");
                        assert_eq!(*last, range.start as u64);
                        *last = range.end as u64;
                    }
                }
            }
            assert_eq!(covered, sizes);
            assert!(pieces.len() <= sizes.len() + 16 + 1, "{}", pieces.len());
        }
    }
}
