//! What the footer of a Parquet file tells.

use super::Span;
use crate::held::{FITS, UNIX_TICKS};
use arrow::datatypes::{DataType, Schema, TimeUnit};
use datafusion::parquet::arrow::arrow_reader::ArrowReaderMetadata;
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::statistics::Statistics;
use std::fs::File;
use std::path::Path;

/// A footer.
pub(super) struct Footer(ArrowReaderMetadata);

impl Footer {
    /// Reads it.
    pub fn read(path: &Path) -> Result<Footer, ParquetError> {
        Ok(Footer(ArrowReaderMetadata::load(&File::open(path)?, Default::default())?))
    }

    /// The columns as Arrow holds them.
    pub fn schema(&self) -> &Schema {
        self.0.schema()
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        usize::try_from(self.0.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// Bytes of a column, unpacked.
    pub fn bytes(&self, column: &str) -> f64 {
        let groups = self.0.metadata().row_groups().iter();
        let chunks = groups.flat_map(|group| group.columns());
        let named =
            chunks.filter(|chunk| chunk.column_path().parts().first().is_some_and(|name| name == column));
        named.map(|chunk| chunk.uncompressed_size() as f64).sum()
    }

    /// The times of a column of timestamps; `None` when they are not told, or are beyond what ticks can count.
    pub fn times(&self, column: &str) -> Option<Span> {
        let (at, field) = self.0.schema().column_with_name(column)?;
        let DataType::Timestamp(unit, _) = field.data_type() else { return None };
        let (mut span, mut some_null): (Option<(i64, i64)>, bool) = (None, false);
        for group in self.0.metadata().row_groups() {
            let chunk = group.columns().get(at)?;
            let Some(Statistics::Int64(told)) = chunk.statistics() else { return None };
            if chunk.column_path().parts() != [column] {
                return None;
            }
            let nulls = told.null_count_opt()?;
            some_null |= nulls > 0;
            if i64::try_from(nulls).is_ok_and(|nulls| nulls == group.num_rows()) {
                continue;
            }
            let (low, high) = ticks_between(*unit, *told.min_opt()?, *told.max_opt()?)?;
            let (least, most) = span.unwrap_or((low, high));
            span = Some((least.min(low), most.max(high)));
        }
        span.map(|(low, high)| Span { low, high, nulls: some_null })
    }
}

/// The ticks that counts between two may stand for; a microsecond may have any seventh digit.
fn ticks_between(unit: TimeUnit, low: i64, high: i64) -> Option<(i64, i64)> {
    let ticks = |count: i64, per: i64| count.checked_mul(per)?.checked_add(UNIX_TICKS);
    match unit {
        TimeUnit::Second => Some((ticks(low, 10_000_000)?, ticks(high, 10_000_000)?)),
        TimeUnit::Millisecond => Some((ticks(low, 10_000)?, ticks(high, 10_000)?)),
        TimeUnit::Microsecond if FITS.0 <= low && high <= FITS.1 => {
            Some((ticks(low, 10)?, ticks(high, 10)?.checked_add(9)?))
        }
        TimeUnit::Microsecond => None,
        TimeUnit::Nanosecond => Some((low.div_euclid(100) + UNIX_TICKS, high.div_euclid(100) + UNIX_TICKS)),
    }
}
