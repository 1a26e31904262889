//! Runs an operation that reads rows in order and gives them on with columns added.

use super::expand::ExpandElements;
use super::keys::{FirstPerKey, Number};
use super::node::Operation;
use super::parse::ParseText;
use super::parse_kv::ParseKeys;
use super::scan::ScanRows;
use super::window::WholeWindow;
use crate::error::refused;
use crate::memory::Kept;
use arrow::datatypes::{Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use calypso_library::Type;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::Result;
use datafusion::execution::TaskContext;
use datafusion::physical_expr::{Distribution, EquivalenceProperties, Partitioning};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    ChildrenPropertiesMode, DisplayAs, DisplayFormatType, ExecutionPlan, ExecutionPlanProperties,
    InputDistributionRequirements, PhysicalExpr, PlanProperties, ReplaceChildrenOptions,
    SendableRecordBatchStream,
};
use futures::{StreamExt, stream};
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

/// What reads batches in order.
pub(super) trait Step: Send {
    /// Takes a batch; gives what is ready.
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>>;
    /// Gives what is left.
    fn finish(&mut self) -> Result<Vec<RecordBatch>> {
        Ok(Vec::new())
    }
}

/// What a step works with.
pub(super) struct Setting {
    /// What is read of each row.
    pub expressions: Vec<Arc<dyn PhysicalExpr>>,
    /// Columns out.
    pub schema: SchemaRef,
    /// Columns in.
    pub input: SchemaRef,
    /// Rows per batch out.
    pub batch_size: usize,
    /// What is held from batch to batch.
    pub kept: Kept,
}

/// An operation over one input.
#[derive(Debug)]
pub(crate) struct RowsExec {
    operation: Operation,
    expressions: Vec<Arc<dyn PhysicalExpr>>,
    added: Vec<(String, Type)>,
    input: Arc<dyn ExecutionPlan>,
    schema: SchemaRef,
    properties: Arc<PlanProperties>,
}

impl RowsExec {
    /// The columns are those of the input, then the added ones.
    pub fn new(
        operation: Operation,
        expressions: Vec<Arc<dyn PhysicalExpr>>,
        added: Vec<(String, Type)>,
        input: Arc<dyn ExecutionPlan>,
    ) -> RowsExec {
        let mut fields = input.schema().fields().iter().cloned().collect::<Vec<_>>();
        fields.extend(added.iter().map(|(name, ty)| Arc::new(Field::new(name, ty.arrow(), true))));
        let schema = Arc::new(Schema::new(fields));
        let partitions =
            if operation.single_partition() { 1 } else { input.output_partitioning().partition_count() };
        let properties = Arc::new(PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(partitions),
            EmissionType::Incremental,
            Boundedness::Bounded,
        ));
        RowsExec { operation, expressions, added, input, schema, properties }
    }

    /// What it runs.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    fn step(&self, context: &TaskContext) -> Result<Box<dyn Step>> {
        let setting = Setting {
            expressions: self.expressions.clone(),
            schema: Arc::clone(&self.schema),
            input: self.input.schema(),
            batch_size: context.session_config().batch_size(),
            kept: Kept::new(self.operation.word(), context.memory_pool()),
        };
        Ok(match &self.operation {
            Operation::FirstPerKey => Box::new(FirstPerKey::new(setting)?),
            Operation::Number => Box::new(Number::new(setting)?),
            Operation::Window(functions) => Box::new(WholeWindow::new(setting, functions.clone())),
            Operation::Scan(program) => Box::new(ScanRows::new(setting, Arc::clone(&program.0))?),
            Operation::Expand(expand) => Box::new(ExpandElements::new(setting, expand.clone())),
            Operation::Parse(parse) => Box::new(ParseText::new(setting, parse)?),
            Operation::ParseKv(keys) => Box::new(ParseKeys::new(setting, keys)?),
            Operation::Order { .. }
            | Operation::Concatenate
            | Operation::Evaluate(_)
            | Operation::Graph(..) => {
                return Err(refused("an operator was planned wrongly"));
            }
        })
    }
}

impl DisplayAs for RowsExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "RowsExec: {}", self.operation.name())
    }
}

impl ExecutionPlan for RowsExec {
    fn name(&self) -> &str {
        "RowsExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn input_distribution_requirements(&self) -> InputDistributionRequirements {
        let wanted = if self.operation.single_partition() {
            Distribution::SinglePartition
        } else {
            Distribution::UnspecifiedDistribution
        };
        InputDistributionRequirements::new(vec![wanted])
    }

    /// Rows do come out in order, but a sort above must stay above: below, it would change the order that the operation
    /// itself sees.
    fn maintains_input_order(&self) -> Vec<bool> {
        vec![false]
    }

    fn apply_expressions(
        &self,
        f: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        for expr in &self.expressions {
            if f(expr)? == TreeNodeRecursion::Stop {
                return Ok(TreeNodeRecursion::Stop);
            }
        }
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(Arc::new(RowsExec::new(
            self.operation.clone(),
            self.expressions.clone(),
            self.added.clone(),
            children.swap_remove(0),
        )))
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.replace_children(children, ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute))
    }

    fn execute(&self, partition: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let step = self.step(&context)?;
        let input = self.input.execute(partition, context)?;
        let most = self.operation.rows_at_once();
        let flow = Flow { input: Some(input), most, step, waiting: None, ready: VecDeque::new() };
        let batches = stream::try_unfold(flow, Flow::next);
        Ok(Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), batches)))
    }
}

/// Batches on their way through a step.
struct Flow {
    input: Option<SendableRecordBatchStream>,
    /// Rows that the step takes at once.
    most: usize,
    step: Box<dyn Step>,
    /// What the step has not yet taken of a batch.
    waiting: Option<RecordBatch>,
    ready: VecDeque<RecordBatch>,
}

impl Flow {
    async fn next(mut self) -> Result<Option<(RecordBatch, Flow)>> {
        loop {
            if let Some(batch) = self.ready.pop_front() {
                return Ok(Some((batch, self)));
            }
            if let Some(batch) = self.waiting.take() {
                let rows = batch.num_rows();
                let taken = rows.min(self.most);
                self.waiting = (taken < rows).then(|| batch.slice(taken, rows - taken));
                self.ready.extend(self.step.push(batch.slice(0, taken))?);
                continue;
            }
            let Some(input) = &mut self.input else {
                return Ok(None);
            };
            match input.next().await {
                Some(batch) => self.waiting = Some(batch?),
                None => {
                    self.input = None;
                    self.ready.extend(self.step.finish()?);
                }
            }
        }
    }
}
