//! A copy of a plan with column numbers of its own, so that one `let` may stand in several places of a query.

use crate::binder::Binder;
use crate::plan::{
    AggregateExpr, ColumnId, Expansion, Expr, GraphEnds, Node, Plan, PlanColumn, Remembered, ScanSet,
    ScanSource, ScanStep, SortKey, WindowCall,
};
use std::collections::HashMap;

type Numbers = HashMap<ColumnId, ColumnId>;

/// The same plan with new column numbers throughout.
pub fn renumber(binder: &mut Binder, plan: &Plan) -> Plan {
    copy(binder, plan, &mut Numbers::new())
}

/// An expression over the columns of a plan, as one over those of a copy of it.
pub fn moved(e: &Expr, from: &[PlanColumn], to: &[PlanColumn]) -> Expr {
    let numbers = from.iter().zip(to).map(|(old, new)| (old.id, new.id)).collect();
    expr(e, &numbers)
}

fn copy(binder: &mut Binder, plan: &Plan, numbers: &mut Numbers) -> Plan {
    let node = match &plan.node {
        Node::Table { name } => Node::Table { name: name.clone() },
        Node::External(source) => Node::External(source.clone()),
        Node::Values { rows } => Node::Values { rows: rows.clone() },
        Node::Range { from, to, step } => {
            Node::Range { from: from.clone(), to: to.clone(), step: step.clone() }
        }
        Node::Filter { input, predicate } => {
            let input = boxed(binder, input, numbers);
            Node::Filter { input, predicate: expr(predicate, numbers) }
        }
        Node::Project { input, expressions } => {
            let input = boxed(binder, input, numbers);
            Node::Project { input, expressions: exprs(expressions, numbers) }
        }
        Node::Aggregate { input, keys, aggregates } => {
            let input = boxed(binder, input, numbers);
            let aggregates = aggregates
                .iter()
                .map(|call| AggregateExpr {
                    aggregate: call.aggregate,
                    arguments: exprs(&call.arguments, numbers),
                    predicate: call.predicate.as_ref().map(|predicate| expr(predicate, numbers)),
                    returns: call.returns,
                })
                .collect();
            Node::Aggregate { input, keys: exprs(keys, numbers), aggregates }
        }
        Node::Sort { input, keys } => {
            let input = boxed(binder, input, numbers);
            Node::Sort { input, keys: sort_keys(keys, numbers) }
        }
        Node::Take { input, count } => Node::Take { input: boxed(binder, input, numbers), count: *count },
        Node::Join { left, right, kind, keys } => {
            let left = boxed(binder, left, numbers);
            let right = boxed(binder, right, numbers);
            let keys = keys.iter().map(|(l, r)| (expr(l, numbers), expr(r, numbers))).collect();
            Node::Join { left, right, kind: *kind, keys }
        }
        Node::Union { inputs } => Node::Union {
            inputs: inputs
                .iter()
                .map(|(input, expressions)| {
                    let input = copy(binder, input, numbers);
                    (input, exprs(expressions, numbers))
                })
                .collect(),
        },
        Node::MvExpand { input, expansions, item_index, bags_as_arrays, limit } => {
            let input = boxed(binder, input, numbers);
            let expansions = expansions
                .iter()
                .map(|expansion| Expansion { source: expr(&expansion.source, numbers), to: expansion.to })
                .collect();
            Node::MvExpand {
                input,
                expansions,
                item_index: *item_index,
                bags_as_arrays: *bags_as_arrays,
                limit: *limit,
            }
        }
        Node::Window { input, partition, calls } => {
            let input = boxed(binder, input, numbers);
            let partition = exprs(partition, numbers);
            let calls = calls
                .iter()
                .map(|call| WindowCall {
                    function: call.function,
                    arguments: exprs(&call.arguments, numbers),
                    returns: call.returns,
                })
                .collect();
            Node::Window { input, partition, calls }
        }
        Node::Rank { input, partition, keys } => {
            let input = boxed(binder, input, numbers);
            Node::Rank { input, partition: exprs(partition, numbers), keys: sort_keys(keys, numbers) }
        }
        Node::Parse { input, source, pattern, only_matches } => {
            let input = boxed(binder, input, numbers);
            let source = expr(source, numbers);
            Node::Parse { input, source, pattern: pattern.clone(), only_matches: *only_matches }
        }
        Node::ParseKv { input, source, keys } => {
            let input = boxed(binder, input, numbers);
            Node::ParseKv { input, source: expr(source, numbers), keys: keys.clone() }
        }
        Node::Evaluate { input, lookup, plugin, call } => {
            let input = boxed(binder, input, numbers);
            let lookup = lookup.as_ref().map(|lookup| boxed(binder, lookup, numbers));
            Node::Evaluate { input, lookup, plugin, call: call.clone() }
        }
        Node::Scan { input, partition, sets, memory, steps, match_id } => {
            let input = boxed(binder, input, numbers);
            let memory: Vec<Remembered> = memory.iter().map(|one| remembered(binder, one, numbers)).collect();
            Node::Scan {
                input,
                partition: exprs(partition, numbers),
                sets: sets
                    .iter()
                    .map(|set| ScanSet { unset: expr(&set.unset, numbers), ..set.clone() })
                    .collect(),
                memory,
                steps: steps.iter().map(|step| scan_step(step, numbers)).collect(),
                match_id: *match_id,
            }
        }
        Node::GraphMeasure { nodes, edges, ends, measures } => {
            let nodes = boxed(binder, nodes, numbers);
            let edges = boxed(binder, edges, numbers);
            Node::GraphMeasure { nodes, edges, ends: graph_ends(ends, numbers), measures: measures.clone() }
        }
        Node::GraphMatch { nodes, edges, ends, pattern, values } => {
            let nodes = boxed(binder, nodes, numbers);
            let edges = boxed(binder, edges, numbers);
            let new = |id: &ColumnId| number(*id, numbers);
            Node::GraphMatch {
                nodes,
                edges,
                ends: graph_ends(ends, numbers),
                pattern: pattern.map(new, new),
                values: values.iter().map(|value| value.map(new, new)).collect(),
            }
        }
        Node::Shared { number, plan, asked } => {
            Node::Shared { number: *number, plan: plan.clone(), asked: *asked }
        }
    };
    let columns = plan.columns.iter().map(|column| fresh(binder, column, numbers)).collect();
    Plan { node, columns }
}

fn boxed(binder: &mut Binder, plan: &Plan, numbers: &mut Numbers) -> Box<Plan> {
    Box::new(copy(binder, plan, numbers))
}

/// The new column of an old one; a column passed through several nodes keeps one new number.
fn fresh(binder: &mut Binder, column: &PlanColumn, numbers: &mut Numbers) -> PlanColumn {
    match numbers.get(&column.id) {
        Some(id) => PlanColumn { id: *id, ..column.clone() },
        None => {
            let new = binder.column(column.name.clone(), column.ty);
            numbers.insert(column.id, new.id);
            new
        }
    }
}

fn remembered(binder: &mut Binder, one: &Remembered, numbers: &mut Numbers) -> Remembered {
    let source = match &one.source {
        ScanSource::Set(index) => ScanSource::Set(*index),
        ScanSource::Row(e) => ScanSource::Row(expr(e, numbers)),
    };
    Remembered { column: fresh(binder, &one.column, numbers), source, ..one.clone() }
}

fn scan_step(step: &ScanStep, numbers: &Numbers) -> ScanStep {
    let assignments = step.assignments.iter().map(|(set, value)| (*set, expr(value, numbers)));
    ScanStep {
        condition: expr(&step.condition, numbers),
        assignments: assignments.collect(),
        output: step.output,
    }
}

fn exprs(list: &[Expr], numbers: &Numbers) -> Vec<Expr> {
    list.iter().map(|e| expr(e, numbers)).collect()
}

fn sort_keys(keys: &[SortKey], numbers: &Numbers) -> Vec<SortKey> {
    keys.iter().map(|key| SortKey { expr: expr(&key.expr, numbers), ..key.clone() }).collect()
}

fn graph_ends(ends: &GraphEnds, numbers: &Numbers) -> GraphEnds {
    let new = |ids: &[ColumnId]| ids.iter().map(|id| number(*id, numbers)).collect();
    GraphEnds {
        node: new(&ends.node),
        source: new(&ends.source),
        target: new(&ends.target),
        directed: ends.directed,
    }
}

fn number(id: ColumnId, numbers: &Numbers) -> ColumnId {
    numbers.get(&id).copied().unwrap_or(id)
}

fn expr(e: &Expr, numbers: &Numbers) -> Expr {
    match e {
        Expr::Column(id, ty) => Expr::Column(number(*id, numbers), *ty),
        Expr::Call { function, arguments, returns } => {
            Expr::Call { function, arguments: exprs(arguments, numbers), returns: *returns }
        }
        Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => e.clone(),
    }
}
