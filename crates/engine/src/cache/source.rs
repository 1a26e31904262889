//! The scan of a table's files through the columns kept in memory. The partitions take row groups in the order of the
//! files, whoever is idle the next one.

use super::ColumnCache;
use super::Place;
use super::reading::{Reading, is_moving};
use super::wave::{Counts, RowGroup, Work};
use crate::files::ScannedFile;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use datafusion::common::Statistics;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::config::ConfigOptions;
use datafusion::datasource::source::{DataSource, OpenArgs};
use datafusion::error::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::projection::ProjectionExprs;
use datafusion::physical_expr::utils::reassign_expr_columns;
use datafusion::physical_expr::{EquivalenceProperties, Partitioning, PhysicalExpr, conjunction};
use datafusion::physical_expr_common::physical_expr::is_volatile;
use datafusion::physical_optimizer::pruning::FilePruner;
use datafusion::physical_plan::DisplayFormatType;
use datafusion::physical_plan::execution_plan::SchedulingType;
use datafusion::physical_plan::filter_pushdown::{FilterPushdownPropagation, PushedDown};
use datafusion::physical_plan::metrics::{BaselineMetrics, Count, ExecutionPlanMetricsSet, RecordOutput};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::stream;
use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A table's files, the rows wanted, and what is wanted of them.
#[derive(Clone, Debug)]
pub(crate) struct KeptColumns {
    cache: Arc<ColumnCache>,
    /// The table's columns, as its files hold them.
    table: SchemaRef,
    files: Arc<Vec<ScannedFile>>,
    partitions: usize,
    /// Over the table's columns.
    conditions: Vec<Arc<dyn PhysicalExpr>>,
    /// Over the table's columns.
    outputs: ProjectionExprs,
    schema: SchemaRef,
    metrics: ExecutionPlanMetricsSet,
}

impl KeptColumns {
    /// All rows of these files, in their order, with these of the table's columns.
    ///
    /// # Errors
    /// When the table has no such columns.
    pub fn new(
        cache: Arc<ColumnCache>,
        table: SchemaRef,
        files: Vec<ScannedFile>,
        partitions: usize,
        columns: &[usize],
    ) -> Result<KeptColumns> {
        let outputs = ProjectionExprs::from_indices(columns, &table);
        let schema = Arc::new(outputs.project_schema(&table)?);
        Ok(KeptColumns {
            cache,
            table,
            files: Arc::new(files),
            partitions,
            conditions: Vec::new(),
            outputs,
            schema,
            metrics: ExecutionPlanMetricsSet::new(),
        })
    }

    /// What all partitions of an execution share.
    fn shared(&self) -> Result<Shared> {
        let reading = |expr: &Arc<dyn PhysicalExpr>| Reading::new(expr, &self.table);
        let moving = self.conditions.iter().filter(|one| is_moving(one));
        let moving: Vec<_> = moving.cloned().collect();
        Ok(Shared {
            units: Mutex::new((0..self.files.len()).map(|file| Unit { file, group: None }).collect()),
            files: Arc::clone(&self.files),
            table: Arc::clone(&self.table),
            moving: (!moving.is_empty()).then(|| conjunction(moving)),
            work: Work {
                cache: Arc::clone(&self.cache),
                scan: self.cache.scan(),
                conditions: self.conditions.iter().map(reading).collect::<Result<_>>()?,
                outputs: self.outputs.iter().map(|one| reading(&one.expr)).collect::<Result<_>>()?,
                schema: Arc::clone(&self.schema),
                counts: Counts::new(&self.metrics),
            },
        })
    }
}

impl DataSource for KeptColumns {
    fn open(&self, partition: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        self.open_with_args(OpenArgs::new(partition, context))
    }

    fn create_sibling_state(&self, _: &ConfigOptions) -> Option<Arc<dyn Any + Send + Sync>> {
        // What fails here fails again, and is told, when a partition is opened.
        Some(Arc::new(self.shared().ok()?))
    }

    fn open_with_args(&self, args: OpenArgs) -> Result<SendableRecordBatchStream> {
        let shared = match args.sibling_state.and_then(|state| state.downcast::<Shared>().ok()) {
            Some(shared) => shared,
            None => Arc::new(self.shared()?),
        };
        let metrics = BaselineMetrics::new(&self.metrics, args.partition);
        let flow = Flow { shared, group: None, ready: VecDeque::new(), metrics };
        let batches = stream::try_unfold(flow, Flow::next);
        Ok(Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), batches)))
    }

    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "kept columns, files={}, output=[{}]", self.files.len(), self.outputs)?;
        if !self.conditions.is_empty() {
            write!(f, ", predicate={}", conjunction(self.conditions.clone()))?;
        }
        Ok(())
    }

    fn output_partitioning(&self) -> Partitioning {
        Partitioning::UnknownPartitioning(self.partitions)
    }

    fn eq_properties(&self) -> EquivalenceProperties {
        EquivalenceProperties::new(Arc::clone(&self.schema))
    }

    fn partition_statistics(&self, _: Option<usize>) -> Result<Arc<Statistics>> {
        Ok(Arc::new(Statistics::new_unknown(&self.schema)))
    }

    fn scheduling_type(&self) -> SchedulingType {
        SchedulingType::Cooperative
    }

    fn with_fetch(&self, _: Option<usize>) -> Option<Arc<dyn DataSource>> {
        None
    }

    fn fetch(&self) -> Option<usize> {
        None
    }

    fn metrics(&self) -> ExecutionPlanMetricsSet {
        self.metrics.clone()
    }

    fn try_swapping_with_projection(
        &self,
        projection: &ProjectionExprs,
    ) -> Result<Option<Arc<dyn DataSource>>> {
        if repeats_work(&self.outputs, projection)? {
            return Ok(None);
        }
        let outputs = self.outputs.try_merge(projection)?;
        let schema = Arc::new(outputs.project_schema(&self.table)?);
        Ok(Some(Arc::new(KeptColumns { outputs, schema, ..self.clone() })))
    }

    fn try_pushdown_filters(
        &self,
        filters: Vec<Arc<dyn PhysicalExpr>>,
        _: &ConfigOptions,
    ) -> Result<FilterPushdownPropagation<Arc<dyn DataSource>>> {
        let taken = vec![PushedDown::Yes; filters.len()];
        let mut conditions = self.conditions.clone();
        for filter in filters {
            let filter = self.outputs.unproject_expr(&filter)?;
            conditions.push(reassign_expr_columns(filter, &self.table)?);
        }
        let source = Arc::new(KeptColumns { conditions, ..self.clone() });
        Ok(FilterPushdownPropagation::with_parent_pushdown_result(taken).with_updated_node(source))
    }

    fn apply_expressions(
        &self,
        f: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        for expr in self.conditions.iter().chain(self.outputs.iter().map(|one| &one.expr)) {
            if f(expr)? == TreeNodeRecursion::Stop {
                return Ok(TreeNodeRecursion::Stop);
            }
        }
        Ok(TreeNodeRecursion::Continue)
    }
}

/// Whether one projection over another would evaluate an expression twice that is now evaluated once.
fn repeats_work(inner: &ProjectionExprs, outer: &ProjectionExprs) -> Result<bool> {
    let mut readers = vec![0_usize; inner.iter().count()];
    for one in outer.iter() {
        one.expr.apply(|part| {
            if let Some(column) = part.downcast_ref::<Column>()
                && let Some(count) = readers.get_mut(column.index())
            {
                *count += 1;
            }
            Ok(TreeNodeRecursion::Continue)
        })?;
    }
    let costly = |expr: &Arc<dyn PhysicalExpr>| !expr.is::<Column>();
    Ok(inner
        .iter()
        .zip(readers)
        .any(|(one, readers)| is_volatile(&one.expr) || (readers > 1 && costly(&one.expr))))
}

/// A row group of a file, or a file whose row groups are not known yet.
#[derive(Clone, Copy, Debug)]
struct Unit {
    file: usize,
    group: Option<usize>,
}

/// What the partitions of an execution share.
struct Shared {
    units: Mutex<VecDeque<Unit>>,
    files: Arc<Vec<ScannedFile>>,
    table: SchemaRef,
    /// Conditions that become narrower while the query runs.
    moving: Option<Arc<dyn PhysicalExpr>>,
    work: Work,
}

impl Shared {
    /// The next row group.
    fn next(&self) -> Result<Option<RowGroup>> {
        loop {
            let unit = self.units.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some(unit) = unit else { return Ok(None) };
            let scanned = &self.files[unit.file];
            if unit.group.is_none() && self.is_beyond(scanned) {
                continue;
            }
            let file = scanned.known.open(&self.table)?;
            let group = match unit.group {
                Some(group) => group,
                None => {
                    let mut units = self.units.lock().unwrap_or_else(PoisonError::into_inner);
                    for group in (1..file.groups()).rev() {
                        units.push_front(Unit { group: Some(group), ..unit });
                    }
                    0
                }
            };
            if group < file.groups() {
                let place = Place { table: scanned.table, file: scanned.number, group, column: 0 };
                return Ok(Some(RowGroup::new(file, place)));
            }
        }
    }

    /// Whether what is known of a file's times says that no row of it is wanted any more.
    fn is_beyond(&self, file: &ScannedFile) -> bool {
        let Some(moving) = &self.moving else { return false };
        let pruner = FilePruner::try_new(Arc::clone(moving), &self.table, &file.told, Count::new());
        pruner.is_some_and(|mut pruner| pruner.should_prune().unwrap_or(false))
    }
}

/// Batches of a partition.
struct Flow {
    shared: Arc<Shared>,
    group: Option<RowGroup>,
    ready: VecDeque<RecordBatch>,
    metrics: BaselineMetrics,
}

impl Flow {
    async fn next(mut self) -> Result<Option<(RecordBatch, Flow)>> {
        loop {
            if let Some(batch) = self.ready.pop_front() {
                return Ok(Some((batch.record_output(&self.metrics), self)));
            }
            if !self.read()? {
                return Ok(None);
            }
            // Others may go on, and the query may be stopped, even where no row is found for long.
            tokio::task::consume_budget().await;
        }
    }

    /// Reads on. Whether there was something left.
    fn read(&mut self) -> Result<bool> {
        let _timer = self.metrics.elapsed_compute().timer();
        let group = match &mut self.group {
            Some(group) => group,
            none => match self.shared.next()? {
                Some(group) => none.insert(group),
                None => return Ok(false),
            },
        };
        match group.next(&self.shared.work)? {
            Some(batches) => self.ready.extend(batches),
            None => self.group = None,
        }
        Ok(true)
    }
}
