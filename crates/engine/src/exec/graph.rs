//! Operators over a graph: its nodes and edges are collected, then searched on a thread of its own, which ends when
//! nobody waits for matches any more.

use super::graph_match::matches;
use super::graph_measure::measured;
use crate::error::refused;
use arrow::array::ArrayRef;
use arrow::compute::concat_batches;
use arrow::datatypes::{Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use calypso_library::Type;
use calypso_library::graph::{Graph, PathValue, Pattern};
use calypso_planner::plan::Measure;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::TaskContext;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::physical_expr::{Distribution, EquivalenceProperties, Partitioning};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchReceiverStreamBuilder;
use datafusion::physical_plan::{
    ChildrenPropertiesMode, DisplayAs, DisplayFormatType, ExecutionPlan, InputDistributionRequirements,
    PhysicalExpr, PlanProperties, ReplaceChildrenOptions, SendableRecordBatchStream,
};
use futures::TryStreamExt;
use std::fmt;
use std::sync::Arc;
use tokio::sync::mpsc::Sender;

/// Bytes that the search keeps for each node and each edge beside their columns.
const BYTES_PER_ELEMENT: usize = 64;

/// What is asked of a graph. Columns are named as in the inputs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum GraphTask {
    /// The nodes with one column more per measure.
    Measure(Vec<Measure>),
    /// The matches of a pattern: one column per value.
    Match {
        /// What is looked for.
        pattern: Pattern<String>,
        /// What is given of each match.
        values: Vec<PathValue<String>>,
    },
}

/// The key columns of nodes and of the ends of edges.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct GraphKeys {
    /// Of a node.
    pub node: Vec<String>,
    /// Of the node at which an edge begins.
    pub source: Vec<String>,
    /// Of the node at which an edge ends.
    pub target: Vec<String>,
    /// Whether edges have a direction.
    pub directed: bool,
}

/// A task over nodes and edges.
#[derive(Debug)]
pub(crate) struct GraphExec {
    task: GraphTask,
    keys: GraphKeys,
    added: Vec<(String, Type)>,
    inputs: Vec<Arc<dyn ExecutionPlan>>,
    schema: SchemaRef,
    properties: Arc<PlanProperties>,
}

impl GraphExec {
    /// The inputs are the nodes and the edges.
    pub fn new(
        task: GraphTask,
        keys: GraphKeys,
        added: Vec<(String, Type)>,
        inputs: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<GraphExec> {
        let [nodes, _] = inputs.as_slice() else { return Err(refused("a graph lacks nodes or edges")) };
        let mut fields = Vec::new();
        if let GraphTask::Measure(_) = task {
            fields.extend(nodes.schema().fields().iter().cloned());
        }
        fields.extend(added.iter().map(|(name, ty)| Arc::new(Field::new(name, ty.arrow(), true))));
        let schema = Arc::new(Schema::new(fields));
        let properties = Arc::new(PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(1),
            EmissionType::Incremental,
            Boundedness::Bounded,
        ));
        Ok(GraphExec { task, keys, added, inputs, schema, properties })
    }
}

/// The collected graph.
pub(super) struct Collected {
    /// The nodes.
    pub nodes: RecordBatch,
    /// The edges.
    pub edges: RecordBatch,
    /// How they hang together.
    pub graph: Graph,
    /// Columns out.
    pub schema: SchemaRef,
    /// Rows per batch out.
    pub batch_size: usize,
    /// Where batches go.
    pub sender: Sender<Result<RecordBatch>>,
}

impl Collected {
    /// Passes a batch on; whether anybody waits for more.
    pub fn send(&self, batch: Result<RecordBatch>) -> bool {
        let failed = batch.is_err();
        self.sender.blocking_send(batch).is_ok() && !failed
    }
}

async fn collected(
    input: Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
    memory: &MemoryReservation,
) -> Result<RecordBatch> {
    let schema = input.schema();
    let mut stream = input.execute(0, context)?;
    let mut batches = Vec::new();
    while let Some(batch) = stream.try_next().await? {
        memory.try_grow(batch.get_array_memory_size() + batch.num_rows() * BYTES_PER_ELEMENT)?;
        batches.push(batch);
    }
    Ok(concat_batches(&schema, &batches)?)
}

fn columns(batch: &RecordBatch, names: &[String]) -> Result<Vec<ArrayRef>> {
    names.iter().map(|name| Ok(Arc::clone(batch.column(batch.schema().index_of(name)?)))).collect()
}

impl DisplayAs for GraphExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.task {
            GraphTask::Measure(measures) => write!(f, "GraphExec: {measures:?}"),
            GraphTask::Match { pattern, .. } => write!(f, "GraphExec: {:?}", pattern.search),
        }
    }
}

impl ExecutionPlan for GraphExec {
    fn name(&self) -> &str {
        "GraphExec"
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
        let (task, keys, added) = (self.task.clone(), self.keys.clone(), self.added.clone());
        Ok(Arc::new(GraphExec::new(task, keys, added, children)?))
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.replace_children(children, ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute))
    }

    fn execute(&self, _: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let [nodes, edges] = self.inputs.as_slice() else {
            return Err(refused("a graph lacks nodes or edges"));
        };
        let (nodes, edges) = (Arc::clone(nodes), Arc::clone(edges));
        let (task, keys, schema) = (self.task.clone(), self.keys.clone(), Arc::clone(&self.schema));
        let memory = MemoryConsumer::new("a graph").register(context.memory_pool());
        let batch_size = context.session_config().batch_size().max(1);
        let mut builder = RecordBatchReceiverStreamBuilder::new(Arc::clone(&schema), 2);
        let sender = builder.tx();
        builder.spawn(async move {
            let nodes = collected(nodes, Arc::clone(&context), &memory).await?;
            let edges = collected(edges, context, &memory).await?;
            let search = move || {
                let graph = Graph::new(
                    &columns(&nodes, &keys.node)?,
                    &columns(&edges, &keys.source)?,
                    &columns(&edges, &keys.target)?,
                    keys.directed,
                )?;
                let found = Collected { nodes, edges, graph, schema, batch_size, sender };
                match &task {
                    GraphTask::Measure(measures) => measured(&found, measures),
                    GraphTask::Match { pattern, values } => matches(&found, pattern, values),
                }
            };
            let done = tokio::task::spawn_blocking(search).await;
            drop(memory);
            done.map_err(|error| DataFusionError::External(Box::new(error)))?
        });
        Ok(builder.build())
    }
}
