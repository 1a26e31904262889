//! `evaluate`: collects the rows of its inputs, hands them to a plugin, gives what that makes of them.

use super::node::Evaluate;
use crate::error::{evaluation, refused};
use crate::run::CancelToken;
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::concat_batches;
use arrow::datatypes::{Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use calypso_library::Column;
use calypso_library::call::Argument;
use calypso_library::plugin::PluginRows;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::TaskContext;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::physical_expr::{Distribution, EquivalenceProperties, Partitioning};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    ChildrenPropertiesMode, DisplayAs, DisplayFormatType, ExecutionPlan, InputDistributionRequirements,
    PhysicalExpr, PlanProperties, ReplaceChildrenOptions, SendableRecordBatchStream,
};
use futures::{StreamExt, TryStreamExt, stream};
use std::fmt;
use std::sync::Arc;

/// A plugin over the rows of one input, or of two.
#[derive(Debug)]
pub(crate) struct EvaluateExec {
    how: Evaluate,
    added: SchemaRef,
    inputs: Vec<Arc<dyn ExecutionPlan>>,
    cancel: CancelToken,
    properties: Arc<PlanProperties>,
}

impl EvaluateExec {
    /// `schema` has the columns of the answer.
    pub fn new(how: Evaluate, schema: SchemaRef, inputs: Vec<Arc<dyn ExecutionPlan>>) -> EvaluateExec {
        let properties = Arc::new(PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(1),
            EmissionType::Final,
            Boundedness::Bounded,
        ));
        EvaluateExec { how, added: schema, inputs, cancel: CancelToken::default(), properties }
    }

    /// The same, which asks that token whether to go on.
    pub fn with_cancel(&self, cancel: &CancelToken) -> EvaluateExec {
        let inputs = self.inputs.clone();
        let same = EvaluateExec::new(self.how.clone(), Arc::clone(&self.added), inputs);
        EvaluateExec { cancel: cancel.clone(), ..same }
    }
}

impl DisplayAs for EvaluateExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "EvaluateExec: {}", self.how.plugin.name)
    }
}

impl ExecutionPlan for EvaluateExec {
    fn name(&self) -> &str {
        "EvaluateExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        self.inputs.iter().collect()
    }

    fn input_distribution_requirements(&self) -> InputDistributionRequirements {
        InputDistributionRequirements::new(vec![Distribution::SinglePartition; self.inputs.len()])
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let same = EvaluateExec::new(self.how.clone(), Arc::clone(&self.added), children);
        Ok(Arc::new(EvaluateExec { cancel: self.cancel.clone(), ..same }))
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.replace_children(children, ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute))
    }

    fn execute(&self, _: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let schema = Arc::clone(&self.added);
        let size = context.session_config().batch_size().max(1);
        let (how, inputs, cancel) = (self.how.clone(), self.inputs.clone(), self.cancel.clone());
        let work = async move {
            let memory = MemoryConsumer::new("`evaluate`").register(context.memory_pool());
            let mut tables = Vec::with_capacity(inputs.len());
            for input in &inputs {
                tables.push(collected(input, &context, &memory).await?);
            }
            let batch = evaluate(&how, &tables, &cancel, &schema)?;
            memory.try_grow(bytes_of(&batch))?;
            let rows = batch.num_rows();
            let slices = (0..rows).step_by(size).map(move |at| {
                // The rows held are let go with the last slice.
                let _held = &memory;
                Ok(batch.slice(at, size.min(rows - at)))
            });
            Ok::<_, DataFusionError>(stream::iter(slices))
        };
        let batches = stream::once(work).try_flatten();
        Ok(Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.added), batches)))
    }
}

/// All rows of an input as one batch.
async fn collected(
    input: &Arc<dyn ExecutionPlan>,
    context: &Arc<TaskContext>,
    memory: &MemoryReservation,
) -> Result<RecordBatch> {
    let mut stream = input.execute(0, Arc::clone(context))?;
    let mut batches = Vec::new();
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        memory.try_grow(bytes_of(&batch))?;
        batches.push(batch);
    }
    Ok(concat_batches(&input.schema(), &batches)?)
}

fn evaluate(
    how: &Evaluate,
    tables: &[RecordBatch],
    cancel: &CancelToken,
    schema: &SchemaRef,
) -> Result<RecordBatch> {
    let call = &how.call;
    let input = tables.first().ok_or_else(|| refused("a plugin has no rows"))?;
    let columns = arguments(&call.columns, &how.columns, input)?;
    let lookup = match tables.get(1) {
        Some(table) => arguments(&call.lookup, &how.lookup_columns, table)?,
        None => Vec::new(),
    };
    let rows = PluginRows {
        columns: &columns,
        rows: input.num_rows(),
        lookup: &lookup,
        lookup_rows: tables.get(1).map_or(0, RecordBatch::num_rows),
        stopped: &|| cancel.is_cancelled(),
    };
    let arrays = (how.evaluate)(call, &rows).map_err(evaluation)?;
    Ok(RecordBatch::try_new(Arc::clone(schema), arrays)?)
}

/// The columns in the order of the call, whatever order they come in.
fn arguments(wanted: &[Column], names: &[String], batch: &RecordBatch) -> Result<Vec<Argument>> {
    let found = wanted.iter().zip(names).map(|(column, name)| {
        let array = batch.column_by_name(name).ok_or_else(|| refused("a plugin lacks a column"))?;
        Ok(Argument::rows(column.ty, Arc::clone(array)))
    });
    found.collect()
}

/// Bytes of a batch, texts that views share counted as far as they are seen.
fn bytes_of(batch: &RecordBatch) -> usize {
    let bytes = |array: &ArrayRef| match array.as_string_view_opt() {
        Some(texts) => texts.lengths().map(|length| size_of::<u128>() + length as usize).sum(),
        None => array.get_array_memory_size(),
    };
    batch.columns().iter().map(bytes).sum()
}

/// The schema of the columns that a plugin gives.
pub(super) fn schema_of(added: &[(String, calypso_library::Type)]) -> SchemaRef {
    let fields = added.iter().map(|(name, ty)| Field::new(name, ty.arrow(), true));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}
