//! What plans have in common is computed once. In: the plans of a query, or of several queries over the same tables and
//! times. Out: plans that give the same rows, in which parts that stand in several places are `Node::Shared`.
//!
//! Two things are found. Equal parts: the same operators over the same rows, wherever they stand (`equal`). And bases:
//! rows of one table that several parts begin with and go on from in different ways (`base`). Of a shared part only the
//! columns are held that someone reads. Whether its rows can be held is seen when they are computed (`rows`).

mod base;
mod chain;
mod keys;
mod needed;
mod rows;
mod survey;

pub(crate) use rows::{Held, SharedRows, held};

use base::Base;
use calypso_library::{Type, Value};
use calypso_planner::plan::{ColumnId, Expr, Node, Plan, PlanColumn};
use keys::{Inner, Key, Keys};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use survey::Survey;

/// The shares that queries ask for are numbered from 1; those found here from this.
pub(crate) const FIRST_FOUND: u32 = 1 << 31;

/// Has what the plans have in common computed once. Each plan comes with the number of its query. `known` says of the
/// shares that a query asks for whether they are computed already.
pub(crate) fn share(plans: &mut [(usize, Plan)], known: impl Fn(usize, u32) -> bool) {
    let mut keys = Keys::default();
    for (query, plan) in plans.iter() {
        keys.query = *query;
        keys.learn(plan);
    }
    let mut next = FIRST_FOUND;
    let Survey { uses, shared, .. } = Survey::of(&mut keys, plans, &known);
    let uses: Vec<_> = uses.into_values().collect();
    let needed = uses.iter().map(|one| (one.key, one.needed.clone())).collect();
    let bases = base::bases(&mut keys, uses, &mut next);
    if shared.is_empty() && bases.is_empty() {
        return;
    }
    let fresh = plans.iter().map(|(_, plan)| plan.last_column()).max().unwrap_or(0);
    let mut answered = HashMap::new();
    let mut made = Vec::with_capacity(bases.len());
    for (at, (base, keys)) in bases.into_iter().enumerate() {
        answered.extend(keys.into_iter().map(|key| (key, at)));
        made.push(base);
    }
    let mut work = Rewrite {
        keys,
        shared,
        bodies: HashMap::new(),
        needed,
        bases: made,
        answered,
        inner: HashMap::new(),
        before: Vec::new(),
        next,
        fresh,
    };
    for (query, plan) in plans {
        work.keys.query = *query;
        work.rewrite(plan);
    }
}

/// A part that is shared.
struct Shared {
    /// Which of its columns are read, by place.
    needed: BTreeSet<usize>,
    /// Whether a query asks for it.
    asked: bool,
}

struct Rewrite {
    keys: Keys,
    shared: HashMap<Key, Shared>,
    /// Shared parts by number: what they are shared by, and what makes them.
    bodies: HashMap<Key, (u32, Arc<Plan>)>,
    /// What is read of each chain.
    needed: HashMap<Key, BTreeSet<usize>>,
    bases: Vec<Base>,
    /// Which base answers a chain.
    answered: HashMap<Key, usize>,
    /// Inner plans that were rewritten, and the plans they were; those are kept so that no address is used twice.
    inner: HashMap<Inner, Arc<Plan>>,
    before: Vec<Arc<Plan>>,
    next: u32,
    fresh: u32,
}

impl Rewrite {
    fn rewrite(&mut self, plan: &mut Plan) {
        let key = self.keys.of(plan);
        if let Some(key) = key.filter(|key| self.shared.contains_key(key)) {
            return self.put_shared(plan, key);
        }
        self.rewrite_below(plan);
    }

    /// Rewrites a plan that is itself not shared, or the one that all others share.
    fn rewrite_below(&mut self, plan: &mut Plan) {
        if let Some(answer) = self.by_base(plan) {
            *plan = answer;
            // Its inner plans are those of the conditions and columns, which are rewritten like all others.
            let mut left = vec![&mut *plan];
            while let Some(plan) = left.pop() {
                plan.expressions_mut().into_iter().for_each(|expr| self.rewrite_inner(expr));
                left.extend(plan.inputs_mut());
            }
            return;
        }
        // What is read of a chain is known of the whole of it only.
        let whole = self.keys.of(plan).is_some_and(|key| self.needed.contains_key(&key));
        let mut left = vec![plan];
        while let Some(plan) = left.pop() {
            plan.expressions_mut().into_iter().for_each(|expr| self.rewrite_inner(expr));
            for input in plan.inputs_mut() {
                if whole {
                    left.push(input);
                } else {
                    self.rewrite(input);
                }
            }
        }
    }

    fn by_base(&mut self, plan: &Plan) -> Option<Plan> {
        let key = self.keys.of(plan)?;
        let base = self.bases.get(*self.answered.get(&key)?)?;
        base.answer(&mut self.keys, plan, self.needed.get(&key)?, &mut self.fresh)
    }

    fn put_shared(&mut self, plan: &mut Plan, key: Key) {
        let Some(Shared { needed, asked }) = self.shared.get(&key) else { return };
        let (mut needed, asked) = (needed.clone(), *asked);
        let columns = std::mem::take(&mut plan.columns);
        if needed.is_empty() {
            // Rows that are only counted: a narrow column tells how many.
            let text = |column: &PlanColumn| matches!(column.ty, Type::String | Type::Dynamic | Type::Guid);
            needed.extend(
                columns.iter().position(|column| !text(column)).or((!columns.is_empty()).then_some(0)),
            );
        }
        if !self.bodies.contains_key(&key) {
            let node = std::mem::replace(&mut plan.node, Node::Values { rows: Vec::new() });
            let body = self.body(Plan { node, columns: columns.clone() }, &needed);
            self.bodies.insert(key, (self.next, Arc::new(body)));
            self.next += 1;
        }
        let (number, body) = &self.bodies[&key];
        let kept: Vec<PlanColumn> = needed.iter().filter_map(|place| columns.get(*place).cloned()).collect();
        let node = Node::Shared { number: *number, plan: Arc::clone(body), asked };
        *plan = if kept.len() == columns.len() {
            Plan { node, columns }
        } else {
            let read = |column: &PlanColumn| kept.iter().any(|known| known.id == column.id);
            let expressions = columns
                .iter()
                .map(
                    |column| {
                        if read(column) { column.expr() } else { Expr::Literal(Value::absent(column.ty)) }
                    },
                )
                .collect();
            let input = Box::new(Plan { node, columns: kept.clone() });
            Plan { node: Node::Project { input, expressions }, columns }
        };
    }

    /// What makes the rows of a shared part: its needed columns.
    fn body(&mut self, plan: Plan, needed: &BTreeSet<usize>) -> Plan {
        let mut plan =
            if matches!(plan.node, Node::Shared { .. }) { survey::body(&plan).clone() } else { plan };
        self.keys.learn(&plan);
        self.rewrite_below(&mut plan);
        if needed.len() == plan.columns.len() {
            return plan;
        }
        let kept: Vec<PlanColumn> =
            needed.iter().filter_map(|place| plan.columns.get(*place).cloned()).collect();
        let columns = kept
            .iter()
            .map(|column| {
                self.fresh += 1;
                PlanColumn { id: ColumnId(self.fresh), ..column.clone() }
            })
            .collect();
        let expressions = kept.iter().map(PlanColumn::expr).collect();
        Plan { node: Node::Project { input: Box::new(plan), expressions }, columns }
    }

    fn rewrite_inner(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Column(..) | Expr::Literal(_) => {}
            Expr::Call { arguments, .. } => {
                arguments.iter_mut().for_each(|argument| self.rewrite_inner(argument));
            }
            Expr::Scalar(plan, _) | Expr::FirstColumn(plan) => *plan = self.inner(plan),
        }
    }

    /// An inner plan, rewritten; equal ones become the same.
    fn inner(&mut self, plan: &Arc<Plan>) -> Arc<Plan> {
        if let Some(done) = self.inner.values().find(|done| Arc::ptr_eq(done, plan)) {
            return Arc::clone(done);
        }
        let id = self.keys.inner(plan);
        self.before.push(Arc::clone(plan));
        if let Some(done) = self.inner.get(&id) {
            return Arc::clone(done);
        }
        let mut own = Plan::clone(plan);
        self.keys.learn(&own);
        self.rewrite(&mut own);
        let done = Arc::new(own);
        self.inner.insert(id, Arc::clone(&done));
        done
    }
}
