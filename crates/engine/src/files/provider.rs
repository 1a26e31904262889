//! A scan of Parquet files: which files and row groups are read, which filters run while reading, and in which order.

use super::filters::{Kinds, count_of, ticks_of, told};
use super::{KnownFile, ParquetFiles, ScannedFile, TIME_COLUMN, pieces};
use crate::cache::{ColumnCache, KeptColumns};
use crate::held::{Counts, UNIX_TICKS, counts_within};
use crate::optimization::{Optimization, Optimizations};
use crate::udf::HELD;
use arrow::datatypes::{DataType, SchemaRef, TimeUnit};
use async_trait::async_trait;
use datafusion::catalog::Session;
use datafusion::common::config::TableParquetOptions;
use datafusion::common::stats::Precision;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{ColumnStatistics, DFSchema, Statistics};
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::parquet::CachedParquetFileReaderFactory;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::{TableProvider, TableType};
use datafusion::error::Result;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::physical_expr::{PhysicalExpr, conjunction};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::filter::FilterExecBuilder;
use std::sync::Arc;

/// Files as a query reads them.
#[derive(Debug)]
pub(crate) struct FileScan {
    /// Which.
    pub files: Arc<ParquetFiles>,
    /// Whether the last rows are wanted first.
    pub backwards: bool,
}

/// A column at least so wide, in bytes per row, is worth reading only for the rows that pass.
const WIDE: f64 = 24.0;

/// A call costs as much as reading so many bytes.
const CALL: f64 = 16.0;

#[async_trait]
impl TableProvider for FileScan {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.files.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        Ok(vec![TableProviderFilterPushDown::Exact; filters.len()])
    }

    async fn scan(
        &self,
        session: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let optimizations = Optimizations::of(session.config_options());
        let filters = Filters::new(&self.files, filters, optimizations);
        let wanted: Vec<usize> = match projection {
            Some(wanted) => wanted.clone(),
            None => (0..self.files.schema.fields().len()).collect(),
        };
        // Behind the wanted columns stand those that only filters read.
        let mut read = wanted.clone();
        read.extend(filters.columns.iter().flatten().filter(|column| !wanted.contains(column)).copied());
        read.sort_unstable();
        read.dedup();
        read.sort_by_key(|column| wanted.iter().position(|one| one == column).unwrap_or(usize::MAX));

        if let Some(kept) = self.kept(session, &read, &filters, limit, optimizations)? {
            return self.filtered(session, DataSourceExec::from_data_source(kept), &filters, wanted.len());
        }
        let late = optimizations.has(Optimization::LateColumns) && self.late_is_worth_it(&filters, &wanted);
        let source = self.source(session, late)?;
        let unfiltered = filters.conjuncts.is_empty();
        let mut scan = FileScanConfigBuilder::new(ObjectStoreUrl::local_filesystem(), Arc::new(source))
            .with_file_groups(self.groups(session, &filters, optimizations))
            .with_projection_indices(Some(read))?
            .with_limit(limit.filter(|_| unfiltered));
        if unfiltered && wanted.is_empty() && optimizations.has(Optimization::CountFromMetadata) {
            let unknown = Statistics::new_unknown(&self.files.schema);
            scan = scan.with_statistics(unknown.with_num_rows(Precision::Exact(self.files.rows)));
        }
        let scan = DataSourceExec::from_data_source(scan.build());
        self.filtered(session, scan, &filters, wanted.len())
    }
}

/// What is asked of rows.
struct Filters {
    /// All of which must hold, the cheapest first.
    conjuncts: Vec<Expr>,
    /// The columns that each reads.
    columns: Vec<Vec<usize>>,
    /// Ticks between which the rows lie.
    times: (i64, i64),
}

impl Filters {
    fn new(files: &ParquetFiles, filters: &[Expr], optimizations: Optimizations) -> Filters {
        let times = optimizations.has(Optimization::PruneByTime);
        let texts = optimizations.has(Optimization::PruneByValue);
        let spans_known = files.files.iter().all(|file| file.span.is_some());
        let kinds = Kinds { times, texts, spans_known };
        let mut found = Filters { conjuncts: Vec::new(), columns: Vec::new(), times: (i64::MIN, i64::MAX) };
        for filter in filters {
            if let Some((low, high)) = times.then(|| ticks_of(filter, TIME_COLUMN)).flatten() {
                found.times = (found.times.0.max(low), found.times.1.min(high));
            }
            let told = told(filter.clone(), &files.schema, kinds);
            found.conjuncts.extend(told.raw.into_iter().chain(told.rest));
        }
        if optimizations.has(Optimization::CheapFirst) {
            let mut priced: Vec<(f64, Expr)> =
                found.conjuncts.into_iter().map(|one| (files.price(&one), one)).collect();
            priced.sort_by(|(left, _), (right, _)| left.total_cmp(right));
            found.conjuncts = priced.into_iter().map(|(_, one)| one).collect();
        }
        found.columns = found.conjuncts.iter().map(|one| files.columns_of(one)).collect();
        found
    }
}

impl ParquetFiles {
    /// The columns that an expression reads.
    fn columns_of(&self, expr: &Expr) -> Vec<usize> {
        let names = expr.column_refs();
        let mut columns: Vec<usize> =
            names.into_iter().filter_map(|column| self.schema.index_of(&column.name).ok()).collect();
        columns.sort_unstable();
        columns
    }

    /// Bytes per row of columns.
    fn width(&self, columns: &[usize]) -> f64 {
        columns.iter().filter_map(|column| self.widths.get(*column)).sum()
    }

    /// What a filter costs per row: the bytes it reads, and as many again for what it calls.
    fn price(&self, filter: &Expr) -> f64 {
        let width = self.width(&self.columns_of(filter));
        let mut calls: f64 = 0.0;
        // Walking on cannot fail.
        let _ = filter.apply(|part| {
            if let Expr::ScalarFunction(call) = part {
                calls += if call.func.name() == HELD { 0.25 } else { 1.0 };
            }
            Ok(TreeNodeRecursion::Continue)
        });
        width + calls * (CALL + width)
    }
}

impl FileScan {
    /// Whether wide columns remain after the first filter, to be read only for the rows that passed.
    fn late_is_worth_it(&self, filters: &Filters, wanted: &[usize]) -> bool {
        let Some(first) = filters.columns.first() else {
            // A filter may still come from a `top` above.
            return self.files.width(wanted) >= WIDE;
        };
        let later = filters.columns.iter().flatten().chain(wanted).copied();
        let mut later: Vec<usize> = later.filter(|column| !first.contains(column)).collect();
        later.sort_unstable();
        later.dedup();
        later.iter().any(|column| self.files.width(&[*column]) >= WIDE)
    }

    fn source(&self, session: &dyn Session, late: bool) -> Result<ParquetSource> {
        let parquet = session.config_options().execution.parquet.clone();
        let options = TableParquetOptions { global: parquet, ..TableParquetOptions::default() };
        let environment = session.runtime_env();
        let store = environment.object_store(ObjectStoreUrl::local_filesystem())?;
        let footers = environment.cache_manager.get_file_metadata_cache();
        Ok(ParquetSource::new(Arc::clone(&self.files.schema))
            .with_table_parquet_options(options)
            .with_parquet_file_reader_factory(Arc::new(CachedParquetFileReaderFactory::new(store, footers)))
            .with_pushdown_filters(late))
    }

    /// The scan through columns kept in memory: when those that are read of all rows were asked for before, and fit.
    fn kept(
        &self,
        session: &dyn Session,
        read: &[usize],
        filters: &Filters,
        limit: Option<usize>,
        optimizations: Optimizations,
    ) -> Result<Option<KeptColumns>> {
        let Some(cache) = session.config().get_extension::<ColumnCache>() else { return Ok(None) };
        let first = filters.columns.first().map_or(read, Vec::as_slice);
        let known = cache.ask(self.files.number, first.iter().copied());
        cache.ask(self.files.number, read.iter().copied());
        let some_only = limit.is_some() && filters.conjuncts.is_empty();
        if !optimizations.has(Optimization::KeptColumns) || read.is_empty() || !known || some_only {
            return Ok(None);
        }
        let mut files: Vec<(usize, &Arc<KnownFile>)> = self.wanted(filters).collect();
        let rows: usize = files.iter().map(|(_, file)| file.rows).sum();
        if self.files.width(first) * rows as f64 > cache.budget() as f64 {
            return Ok(None);
        }
        if self.backwards {
            files.reverse();
        }
        let scanned = files.into_iter().map(|(number, file)| ScannedFile {
            known: Arc::clone(file),
            table: self.files.number,
            number,
            told: self.with_times(file),
        });
        let (table, cores) = (Arc::clone(&self.files.schema), session.config().target_partitions());
        KeptColumns::new(cache, table, scanned.collect(), cores, read).map(Some)
    }

    /// The files that may hold rows wanted, with their numbers.
    fn wanted(&self, filters: &Filters) -> impl Iterator<Item = (usize, &Arc<KnownFile>)> {
        let (low, high) = filters.times;
        let within =
            move |file: &KnownFile| file.span.is_none_or(|span| span.low <= high && span.high >= low);
        self.files.files.iter().enumerate().filter(move |(_, file)| within(file))
    }

    /// The rows of a scan for which the filters hold, with the first so many columns.
    fn filtered(
        &self,
        session: &dyn Session,
        scan: Arc<dyn ExecutionPlan>,
        filters: &Filters,
        columns: usize,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        if filters.conjuncts.is_empty() {
            return Ok(scan);
        }
        let predicate = self.predicate(session, &filters.conjuncts, &scan.schema())?;
        let filter = FilterExecBuilder::new(predicate, scan)
            .apply_projection(Some((0..columns).collect()))?
            .with_batch_size(session.config().batch_size())
            .build()?;
        Ok(Arc::new(filter))
    }

    /// The files that may hold rows wanted, shared among the cores.
    fn groups(
        &self,
        session: &dyn Session,
        filters: &Filters,
        optimizations: Optimizations,
    ) -> Vec<FileGroup> {
        let kept = self.wanted(filters).map(|(_, file)| self.with_times(file)).collect();
        let cores = session.config().target_partitions();
        let mut files = match optimizations.has(Optimization::EvenPieces) {
            true => pieces::cut(kept, if self.backwards { cores.max(2) } else { cores }),
            false => kept,
        };
        if self.backwards {
            files.reverse();
        }
        let count = cores.min(files.len()).max(1);
        let mut groups = vec![Vec::new(); count];
        // A single core reads them in order; several take the next one whenever they are idle.
        for (at, file) in files.into_iter().enumerate() {
            if let Some(group) = groups.get_mut(at % count) {
                group.push(file);
            }
        }
        groups.into_iter().map(FileGroup::new).collect()
    }

    /// The file with its span of times where DataFusion looks for it.
    fn with_times(&self, known: &KnownFile) -> PartitionedFile {
        let mut file = known.file.clone();
        let schema = &self.files.schema;
        let Some((column, span)) = schema.index_of(TIME_COLUMN).ok().zip(known.span) else {
            return file;
        };
        let ty = schema.field(column).data_type();
        let DataType::Timestamp(unit, _) = ty else {
            return file;
        };
        let digits = *unit == TimeUnit::Microsecond;
        let Counts { low, high, .. } = counts_within(*unit, UNIX_TICKS, span.low, span.high, digits);
        let mut told = Statistics::new_unknown(schema);
        if let (Some(low), Some(high), Some(slot)) =
            (count_of(ty, low), count_of(ty, high), told.column_statistics.get_mut(column))
        {
            *slot = ColumnStatistics {
                min_value: Precision::Exact(low),
                max_value: Precision::Exact(high),
                null_count: if span.nulls { Precision::Absent } else { Precision::Exact(0) },
                ..ColumnStatistics::new_unknown()
            };
            file.statistics = Some(Arc::new(told));
        }
        file
    }

    fn predicate(
        &self,
        session: &dyn Session,
        conjuncts: &[Expr],
        schema: &SchemaRef,
    ) -> Result<Arc<dyn PhysicalExpr>> {
        let schema = DFSchema::try_from(Arc::clone(schema))?;
        let filters = conjuncts.iter().map(|one| session.create_physical_expr(one.clone(), &schema));
        Ok(conjunction(filters.collect::<Result<Vec<_>>>()?))
    }
}
