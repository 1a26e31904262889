//! A column of a row group in memory, and the rows that a query picks of it, chunk by chunk.

use crate::udf::numbered;
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, UInt8Array, UInt16Array, UInt32Array};
use arrow::buffer::BooleanBuffer;
use arrow::compute::{concat, prep_null_mask_filter, take};
use arrow::datatypes::{DataType, UInt8Type, UInt16Type, UInt32Type};
use datafusion::error::Result;
use std::sync::Arc;

/// Rows of a chunk; the last one of a row group has fewer.
pub(super) const CHUNK: usize = 8192;

/// A dictionary is worth it when each of its values stands for so many rows.
const ROWS_PER_VALUE: usize = 2;

/// A column.
#[derive(Clone, Debug)]
pub(super) enum Held {
    /// Texts that repeat: the values, and which of them each row has, in as few bytes as do.
    Dictionary { codes: ArrayRef, values: ArrayRef },
    /// The rows of each chunk.
    Chunks(Arc<[ArrayRef]>),
}

impl Held {
    /// Rows of a whole row group; texts whose views repeat become a dictionary.
    pub fn of_whole(rows: ArrayRef) -> Result<Held> {
        let few = rows.as_string_view_opt().map(numbered);
        if let Some(few) = few.filter(|few| few.firsts.len() * ROWS_PER_VALUE <= rows.len()) {
            let values = take(&rows, &UInt32Array::from(few.firsts), None)?;
            let codes: ArrayRef = if values.len() <= 1 << 8 {
                Arc::new(few.values.iter().map(|code| *code as u8).collect::<UInt8Array>())
            } else if values.len() <= 1 << 16 {
                Arc::new(few.values.iter().map(|code| *code as u16).collect::<UInt16Array>())
            } else {
                Arc::new(UInt32Array::from(few.values))
            };
            return Ok(Held::Dictionary { codes, values });
        }
        let starts = (0..rows.len()).step_by(CHUNK);
        Ok(Held::Chunks(starts.map(|start| rows.slice(start, CHUNK.min(rows.len() - start))).collect()))
    }

    /// What it holds.
    pub fn arrays(&self) -> impl Iterator<Item = &ArrayRef> {
        let (pair, chunks): ([Option<&ArrayRef>; 2], &[ArrayRef]) = match self {
            Held::Dictionary { codes, values } => ([Some(codes), Some(values)], &[]),
            Held::Chunks(chunks) => ([None, None], chunks),
        };
        pair.into_iter().flatten().chain(chunks)
    }

    /// The picked rows of a chunk.
    pub fn rows(&self, chunk: usize, picked: &Picked) -> Result<ArrayRef> {
        match self {
            Held::Dictionary { codes, values } => spread(values, codes, chunk, picked),
            Held::Chunks(chunks) => match picked {
                Picked::All(_) => Ok(Arc::clone(&chunks[chunk])),
                Picked::Some(rows) => Ok(take(&chunks[chunk], rows, None)?),
            },
        }
    }
}

/// The values of the picked rows of a chunk.
pub(super) fn spread(values: &ArrayRef, codes: &ArrayRef, chunk: usize, picked: &Picked) -> Result<ArrayRef> {
    let start = chunk * CHUNK;
    let codes = codes.slice(start, CHUNK.min(codes.len() - start));
    Ok(match picked {
        Picked::All(_) => take(values, &codes, None)?,
        Picked::Some(rows) => take(values, &take(&codes, rows, None)?, None)?,
    })
}

/// Rows of a chunk.
#[derive(Clone, Debug)]
pub(super) enum Picked {
    /// All, of which there are so many.
    All(usize),
    /// These, in order.
    Some(UInt32Array),
}

impl Picked {
    /// How many.
    pub fn count(&self) -> usize {
        match self {
            Picked::All(rows) => *rows,
            Picked::Some(rows) => rows.len(),
        }
    }

    /// Those of the picked rows for which a condition over the picked rows holds.
    pub fn filtered(self, holds: &BooleanArray) -> Result<Picked> {
        let mask = match holds.null_count() {
            0 => holds.values().clone(),
            _ => prep_null_mask_filter(holds).values().clone(),
        };
        self.masked(&mask)
    }

    fn masked(self, mask: &BooleanBuffer) -> Result<Picked> {
        let count = mask.count_set_bits();
        Ok(match self {
            picked if count == picked.count() => picked,
            Picked::All(_) => {
                let mut rows = Vec::with_capacity(count);
                rows.extend(mask.set_indices_u32());
                Picked::Some(UInt32Array::from(rows))
            }
            Picked::Some(rows) => {
                let mut kept = Vec::with_capacity(count);
                kept.extend(mask.set_indices().map(|at| rows.value(at)));
                Picked::Some(UInt32Array::from(kept))
            }
        })
    }

    /// Those of the picked rows whose value is one for which a condition holds.
    pub fn among(self, holds: &BooleanArray, codes: &ArrayRef, chunk: usize) -> Result<Picked> {
        let start = chunk * CHUNK;
        let held: Vec<bool> = (0..holds.len()).map(|at| holds.is_valid(at) && holds.value(at)).collect();
        let mask = match codes.data_type() {
            DataType::UInt8 => self.mask(codes.as_primitive::<UInt8Type>().values(), start, &held),
            DataType::UInt16 => self.mask(codes.as_primitive::<UInt16Type>().values(), start, &held),
            _ => self.mask(codes.as_primitive::<UInt32Type>().values(), start, &held),
        };
        self.masked(&mask)
    }

    fn mask<T: Copy + TryInto<usize>>(&self, codes: &[T], start: usize, held: &[bool]) -> BooleanBuffer {
        let holds = |row: usize| {
            let code = codes.get(start + row).and_then(|code| (*code).try_into().ok());
            code.and_then(|code: usize| held.get(code)).is_some_and(|held| *held)
        };
        match self {
            Picked::All(rows) => BooleanBuffer::collect_bool(*rows, holds),
            Picked::Some(rows) => {
                let rows = rows.values();
                BooleanBuffer::collect_bool(rows.len(), |at| holds(rows[at] as usize))
            }
        }
    }

    /// Where these rows stand among others that hold them all.
    pub fn within(&self, others: &Picked) -> Picked {
        let (rows, others) = match (self, others) {
            (Picked::All(_), _) => return self.clone(),
            (Picked::Some(_), Picked::All(_)) => return self.clone(),
            (Picked::Some(rows), Picked::Some(others)) => (rows, others.values()),
        };
        if rows.len() == others.len() {
            return Picked::All(rows.len());
        }
        let mut at = 0;
        let places = rows.values().iter().map(|row| {
            while others.get(at).is_some_and(|other| other < row) {
                at += 1;
            }
            at as u32
        });
        Picked::Some(places.collect::<Vec<_>>().into())
    }
}

/// Rows of several arrays one after the other.
pub(super) fn joined(arrays: &[ArrayRef]) -> Result<ArrayRef> {
    Ok(match arrays {
        [one] => Arc::clone(one),
        _ => concat(&arrays.iter().map(|array| array.as_ref()).collect::<Vec<_>>())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::StringViewArray;

    fn picked(rows: &[u32]) -> Picked {
        Picked::Some(UInt32Array::from(rows.to_vec()))
    }

    fn shown(picked: &Picked) -> Vec<u32> {
        match picked {
            Picked::All(rows) => (0..*rows as u32).collect(),
            Picked::Some(rows) => rows.values().to_vec(),
        }
    }

    #[test]
    fn null_does_not_hold() {
        let holds = BooleanArray::from(vec![Some(true), None, Some(false), Some(true)]);
        assert_eq!(shown(&Picked::All(4).filtered(&holds).expect("rows")), [0, 3]);
        assert_eq!(shown(&picked(&[2, 5, 6, 9]).filtered(&holds).expect("rows")), [2, 9]);
        let all = BooleanArray::from(vec![true; 4]);
        assert!(matches!(Picked::All(4).filtered(&all).expect("rows"), Picked::All(4)));
    }

    #[test]
    fn rows_are_found_among_others() {
        for (rows, others, expected) in [
            (vec![1, 4], vec![0, 1, 3, 4, 9], vec![1, 3]),
            (vec![0, 9], vec![0, 1, 3, 4, 9], vec![0, 4]),
            (vec![3, 4], vec![3, 4], vec![0, 1]),
            (vec![], vec![7], vec![]),
        ] {
            assert_eq!(shown(&picked(&rows).within(&picked(&others))), expected);
        }
        assert_eq!(shown(&picked(&[2, 7]).within(&Picked::All(8))), [2, 7]);
    }

    /// Texts that stand at one place in memory for each value, as a dictionary page gives them.
    fn repeated(rows: usize, values: usize) -> ArrayRef {
        let values = StringViewArray::from_iter(
            (0..values).map(|value| (value != 2).then(|| format!("value number {value}"))),
        );
        let codes = (0..rows).map(|row| (row * 7 % values.len()) as u32);
        take(&values, &UInt32Array::from_iter_values(codes), None).expect("rows")
    }

    #[test]
    fn held_rows_are_those_that_were_read() {
        for (rows, values) in [(100, 3), (20_000, 5), (20_000, 256), (20_000, 257), (300_000, 65_537)] {
            let whole = repeated(rows, values);
            let held = Held::of_whole(Arc::clone(&whole)).expect("held");
            assert!(matches!(held, Held::Dictionary { .. }), "{rows} {values}");
            for chunk in 0..rows.div_ceil(CHUNK) {
                let count = CHUNK.min(rows - chunk * CHUNK);
                let all = held.rows(chunk, &Picked::All(count)).expect("rows");
                assert_eq!(&all, &whole.slice(chunk * CHUNK, count));
                let some = held.rows(chunk, &picked(&[1, 2, count as u32 - 1])).expect("rows");
                let places = UInt32Array::from(vec![1, 2, count as u32 - 1]);
                assert_eq!(&some, &take(&all, &places, None).expect("rows"));
            }
        }
        let distinct: ArrayRef =
            Arc::new(StringViewArray::from_iter_values((0..9000).map(|row| format!("row number {row}"))));
        let held = Held::of_whole(Arc::clone(&distinct)).expect("held");
        assert!(matches!(held, Held::Chunks(_)));
        assert_eq!(&held.rows(1, &Picked::All(808)).expect("rows"), &distinct.slice(CHUNK, 808));
    }

    #[test]
    fn values_pick_rows() {
        for values in [3, 300, 70_000] {
            let rows = values * 4 + 9000;
            let Held::Dictionary { codes, values } = Held::of_whole(repeated(rows, values)).expect("held")
            else {
                panic!("{values} repeat");
            };
            let ends = |text: Option<&str>| text.map(|text| text.ends_with('1'));
            let holds: BooleanArray = values.as_string_view().iter().map(ends).collect();
            let texts = repeated(rows, values.len());
            let texts = texts.as_string_view().slice(CHUNK, 800);
            let expected: Vec<u32> = (0..800)
                .filter(|row| ends(texts.iter().nth(*row as usize).flatten()) == Some(true))
                .collect();
            let kept = Picked::All(800).among(&holds, &codes, 1).expect("rows");
            assert_eq!(shown(&kept), expected);
            let evens: Vec<u32> = (0..800).filter(|row| row % 2 == 0).collect();
            let kept = picked(&evens).among(&holds, &codes, 1).expect("rows");
            let expected: Vec<u32> = expected.into_iter().filter(|row| row % 2 == 0).collect();
            assert_eq!(shown(&kept), expected);
        }
    }
}
