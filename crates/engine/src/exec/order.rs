//! Passes ordered rows on and demands their order, so that DataFusion keeps the sort below.

use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::Result;
use datafusion::execution::TaskContext;
use datafusion::physical_expr::{Distribution, LexOrdering, OrderingRequirements};
use datafusion::physical_plan::sorts::{sort::SortExec, sort_preserving_merge::SortPreservingMergeExec};
use datafusion::physical_plan::{
    ChildrenPropertiesMode, DisplayAs, DisplayFormatType, ExecutionPlan, InputDistributionRequirements,
    PhysicalExpr, PlanProperties, ReplaceChildrenOptions, SendableRecordBatchStream,
};
use std::fmt;
use std::sync::Arc;

/// The rows of an input in one partition, in order.
#[derive(Debug)]
pub(crate) struct KeepOrderExec {
    order: LexOrdering,
    input: Arc<dyn ExecutionPlan>,
}

impl KeepOrderExec {
    /// Demands that order of the input.
    pub fn new(order: LexOrdering, input: Arc<dyn ExecutionPlan>) -> KeepOrderExec {
        KeepOrderExec { order, input }
    }
}

impl DisplayAs for KeepOrderExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "KeepOrderExec: {}", self.order)
    }
}

impl ExecutionPlan for KeepOrderExec {
    fn name(&self) -> &str {
        "KeepOrderExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        self.input.properties()
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn input_distribution_requirements(&self) -> InputDistributionRequirements {
        InputDistributionRequirements::new(vec![Distribution::SinglePartition])
    }

    fn required_input_ordering(&self) -> Vec<Option<OrderingRequirements>> {
        vec![Some(OrderingRequirements::from(self.order.clone()))]
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        vec![true]
    }

    fn apply_expressions(
        &self,
        f: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        for key in self.order.iter() {
            if f(&key.expr)? == TreeNodeRecursion::Stop {
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
        let input = children.swap_remove(0);
        Ok(Arc::new(KeepOrderExec::new(kept(&self.order, &input), input)))
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.replace_children(children, ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute))
    }

    fn execute(&self, partition: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        self.input.execute(partition, context)
    }
}

/// The keys that a sort below still sorts by. DataFusion leaves out a key that a filter holds to one value, and may
/// forget so when it moves the filter: demanded further, the order would seem to be lost. A key may also stand below
/// under another name of the same column; then the order is met as it is.
fn kept(order: &LexOrdering, input: &Arc<dyn ExecutionPlan>) -> LexOrdering {
    if input.properties().equivalence_properties().ordering_satisfy(order.clone()).unwrap_or(false) {
        return order.clone();
    }
    let sorted = match (input.downcast_ref::<SortExec>(), input.downcast_ref::<SortPreservingMergeExec>()) {
        (Some(sort), _) => sort.expr(),
        (None, Some(merge)) => merge.expr(),
        (None, None) => return order.clone(),
    };
    let keys = order.iter().filter(|key| sorted.contains(key)).cloned();
    LexOrdering::new(keys).unwrap_or_else(|| order.clone())
}
