//! What a node of a plan is made of: the plans it reads and the expressions over their rows.

use crate::plan::{AggregateExpr, Expr, Node, Plan, ScanSource};

impl Plan {
    /// The plans it reads, in order.
    pub fn inputs(&self) -> Vec<&Plan> {
        match &self.node {
            Node::Table { .. } | Node::External(_) | Node::Values { .. } | Node::Range { .. } => Vec::new(),
            Node::Filter { input, .. }
            | Node::Project { input, .. }
            | Node::Aggregate { input, .. }
            | Node::Sort { input, .. }
            | Node::Take { input, .. }
            | Node::MvExpand { input, .. }
            | Node::Window { input, .. }
            | Node::Rank { input, .. }
            | Node::Parse { input, .. }
            | Node::ParseKv { input, .. }
            | Node::Scan { input, .. } => vec![input],
            Node::Join { left, right, .. } => vec![left, right],
            Node::Evaluate { input, lookup, .. } => {
                std::iter::once(input).chain(lookup).map(Box::as_ref).collect()
            }
            Node::GraphMeasure { nodes, edges, .. } | Node::GraphMatch { nodes, edges, .. } => {
                vec![nodes, edges]
            }
            Node::Union { inputs } => inputs.iter().map(|(input, _)| input).collect(),
            Node::Shared { plan, .. } => vec![plan],
        }
    }

    /// The same, to be changed; none of a shared plan, which others read too.
    pub fn inputs_mut(&mut self) -> Vec<&mut Plan> {
        match &mut self.node {
            Node::Table { .. }
            | Node::External(_)
            | Node::Values { .. }
            | Node::Range { .. }
            | Node::Shared { .. } => Vec::new(),
            Node::Filter { input, .. }
            | Node::Project { input, .. }
            | Node::Aggregate { input, .. }
            | Node::Sort { input, .. }
            | Node::Take { input, .. }
            | Node::MvExpand { input, .. }
            | Node::Window { input, .. }
            | Node::Rank { input, .. }
            | Node::Parse { input, .. }
            | Node::ParseKv { input, .. }
            | Node::Scan { input, .. } => vec![input],
            Node::Join { left, right, .. } => vec![left, right],
            Node::Evaluate { input, lookup, .. } => {
                std::iter::once(input).chain(lookup).map(Box::as_mut).collect()
            }
            Node::GraphMeasure { nodes, edges, .. } | Node::GraphMatch { nodes, edges, .. } => {
                vec![nodes, edges]
            }
            Node::Union { inputs } => inputs.iter_mut().map(|(input, _)| input).collect(),
        }
    }

    /// The greatest number of a column.
    pub fn last_column(&self) -> u32 {
        let own = self.columns.iter().map(|column| column.id.0);
        own.chain(self.inputs().into_iter().map(Plan::last_column)).max().unwrap_or(0)
    }

    /// The expressions of the node, in order, without those inside them and without those of its inputs.
    pub fn expressions(&self) -> Vec<&Expr> {
        match &self.node {
            Node::Table { .. }
            | Node::External(_)
            | Node::Take { .. }
            | Node::GraphMeasure { .. }
            | Node::GraphMatch { .. }
            | Node::Evaluate { .. }
            | Node::Shared { .. } => Vec::new(),
            Node::Values { rows } => rows.iter().flatten().collect(),
            Node::Range { from, to, step } => vec![from, to, step],
            Node::Filter { predicate, .. } => vec![predicate],
            Node::Project { expressions, .. } => expressions.iter().collect(),
            Node::Aggregate { keys, aggregates, .. } => {
                let calls = aggregates
                    .iter()
                    .flat_map(|AggregateExpr { arguments, predicate, .. }| arguments.iter().chain(predicate));
                keys.iter().chain(calls).collect()
            }
            Node::Sort { keys, .. } => keys.iter().map(|key| &key.expr).collect(),
            Node::Join { keys, .. } => keys.iter().flat_map(|(left, right)| [left, right]).collect(),
            Node::Union { inputs } => inputs.iter().flat_map(|(_, expressions)| expressions).collect(),
            Node::MvExpand { expansions, .. } => expansions.iter().map(|one| &one.source).collect(),
            Node::Window { partition, calls, .. } => {
                partition.iter().chain(calls.iter().flat_map(|call| &call.arguments)).collect()
            }
            Node::Scan { partition, sets, memory, steps, .. } => {
                let remembered = memory.iter().filter_map(|one| match &one.source {
                    ScanSource::Row(expr) => Some(expr),
                    ScanSource::Set(_) => None,
                });
                let steps = steps.iter().flat_map(|step| {
                    std::iter::once(&step.condition).chain(step.assignments.iter().map(|(_, value)| value))
                });
                let unset = sets.iter().map(|set| &set.unset);
                partition.iter().chain(unset).chain(remembered).chain(steps).collect()
            }
            Node::Rank { partition, keys, .. } => {
                partition.iter().chain(keys.iter().map(|key| &key.expr)).collect()
            }
            Node::Parse { source, .. } | Node::ParseKv { source, .. } => vec![source],
        }
    }

    /// The same, to be changed.
    pub fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.node {
            Node::Table { .. }
            | Node::External(_)
            | Node::Take { .. }
            | Node::GraphMeasure { .. }
            | Node::GraphMatch { .. }
            | Node::Evaluate { .. }
            | Node::Shared { .. } => Vec::new(),
            Node::Values { rows } => rows.iter_mut().flatten().collect(),
            Node::Range { from, to, step } => vec![from, to, step],
            Node::Filter { predicate, .. } => vec![predicate],
            Node::Project { expressions, .. } => expressions.iter_mut().collect(),
            Node::Aggregate { keys, aggregates, .. } => {
                let calls =
                    aggregates.iter_mut().flat_map(|AggregateExpr { arguments, predicate, .. }| {
                        arguments.iter_mut().chain(predicate)
                    });
                keys.iter_mut().chain(calls).collect()
            }
            Node::Sort { keys, .. } => keys.iter_mut().map(|key| &mut key.expr).collect(),
            Node::Join { keys, .. } => keys.iter_mut().flat_map(|(left, right)| [left, right]).collect(),
            Node::Union { inputs } => inputs.iter_mut().flat_map(|(_, expressions)| expressions).collect(),
            Node::MvExpand { expansions, .. } => expansions.iter_mut().map(|one| &mut one.source).collect(),
            Node::Window { partition, calls, .. } => {
                partition.iter_mut().chain(calls.iter_mut().flat_map(|call| &mut call.arguments)).collect()
            }
            Node::Scan { partition, sets, memory, steps, .. } => {
                let remembered = memory.iter_mut().filter_map(|one| match &mut one.source {
                    ScanSource::Row(expr) => Some(expr),
                    ScanSource::Set(_) => None,
                });
                let steps = steps.iter_mut().flat_map(|step| {
                    let values = step.assignments.iter_mut().map(|(_, value)| value);
                    std::iter::once(&mut step.condition).chain(values)
                });
                let unset = sets.iter_mut().map(|set| &mut set.unset);
                partition.iter_mut().chain(unset).chain(remembered).chain(steps).collect()
            }
            Node::Rank { partition, keys, .. } => {
                partition.iter_mut().chain(keys.iter_mut().map(|key| &mut key.expr)).collect()
            }
            Node::Parse { source, .. } | Node::ParseKv { source, .. } => vec![source],
        }
    }
}

impl Expr {
    /// The columns it reads, those of inner plans left out, as often as it reads them.
    pub fn columns(&self) -> Vec<crate::plan::ColumnId> {
        let mut read = Vec::new();
        let mut left = vec![self];
        while let Some(expr) = left.pop() {
            match expr {
                Expr::Column(id, _) => read.push(*id),
                Expr::Call { arguments, .. } => left.extend(arguments),
                Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => {}
            }
        }
        read
    }
}
