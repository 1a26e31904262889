//! What stands in several places of some plans, and which of its columns are read.

use super::Shared;
use super::base::Use;
use super::chain::chain;
use super::keys::{Inner, Key, Keys};
use super::needed::{self, Needed};
use calypso_library::Type;
use calypso_planner::plan::{Expr, Node, Plan};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Rows in an order that a `sort` has given are shared up to so many, which are held as one batch.
pub(super) const MOST_IN_ORDER: u64 = 8192;

/// What was found.
pub(super) struct Survey<'a> {
    /// Parts that are computed once.
    pub shared: HashMap<Key, Shared>,
    /// Chains over tables that remain.
    pub uses: BTreeMap<Key, Use>,
    keys: &'a mut Keys,
    known: &'a dyn Fn(usize, u32) -> bool,
    /// How often each part worth sharing stands somewhere, what stands within it counted once.
    counts: HashMap<Key, usize>,
    worth: HashMap<Key, bool>,
    inner: HashSet<Inner>,
    /// Whether what is looked at is read only until there are enough rows.
    early: bool,
}

/// A shared part whose inside is still to be looked at: the largest first, since it may hold the others.
type Open<'p> = BTreeMap<(Reverse<usize>, Key), &'p Plan>;

impl<'a> Survey<'a> {
    /// Looks through plans that `keys` has learned.
    pub fn of(
        keys: &'a mut Keys,
        plans: &[(usize, Plan)],
        known: &'a dyn Fn(usize, u32) -> bool,
    ) -> Survey<'a> {
        let mut survey = Survey {
            shared: HashMap::new(),
            uses: BTreeMap::new(),
            keys,
            known,
            counts: HashMap::new(),
            worth: HashMap::new(),
            inner: HashSet::new(),
            early: false,
        };
        for (query, plan) in plans {
            survey.keys.query = *query;
            survey.count(plan);
        }
        survey.inner.clear();
        let mut open = Open::new();
        for (query, plan) in plans {
            survey.keys.query = *query;
            survey.look(plan, &needed::all(plan), &mut open);
        }
        while let Some(((_, key), plan)) = open.pop_first() {
            survey.early = false;
            let places = survey.shared.get(&key).map(|shared| shared.needed.clone()).unwrap_or_default();
            let read = places.iter().filter_map(|place| plan.columns.get(*place)).map(|column| column.id);
            survey.look_below(plan, &read.collect(), &mut open);
        }
        survey
    }

    /// The number of a part that may be shared, and whether the query asks for that.
    fn candidate(&mut self, plan: &Plan) -> Option<(Key, bool)> {
        let key = self.keys.of(plan)?;
        if let Node::Shared { number, plan: inner, .. } = &plan.node {
            // What was computed while binding, or differs from run to run, stays what it is.
            let again = self.keys.of(inner).is_some() && !(self.known)(self.keys.query, *number);
            return again.then_some((key, true));
        }
        let worth = match self.worth.get(&key) {
            Some(worth) => *worth,
            None => {
                let worth = is_dear(plan) && (!in_order(plan) || is_short(plan));
                self.worth.insert(key, worth);
                worth
            }
        };
        worth.then_some((key, false))
    }

    fn count(&mut self, plan: &Plan) {
        if let Some((key, asked)) = self.candidate(plan) {
            let count = self.counts.entry(key).or_default();
            *count += 1;
            let first = *count == 1;
            if asked {
                self.shared.entry(key).or_insert(Shared { needed: BTreeSet::new(), asked }).asked = true;
            }
            if !first {
                return;
            }
        } else if matches!(plan.node, Node::Shared { .. }) {
            return;
        }
        let plan = body(plan);
        plan.expressions().into_iter().for_each(|expr| self.count_inner(expr));
        plan.inputs().into_iter().for_each(|input| self.count(input));
    }

    fn count_inner(&mut self, expr: &Expr) {
        match expr {
            Expr::Column(..) | Expr::Literal(_) => {}
            Expr::Call { arguments, .. } => arguments.iter().for_each(|argument| self.count_inner(argument)),
            Expr::Scalar(plan, _) | Expr::FirstColumn(plan) => {
                let id = self.keys.inner(plan);
                if self.inner.insert(id) {
                    self.count(plan);
                }
            }
        }
    }

    /// Notes what is shared and which columns are read of it.
    fn look<'p>(&mut self, plan: &'p Plan, read: &Needed, open: &mut Open<'p>) {
        let found = self.candidate(plan).map(|(key, _)| key);
        let found = found.filter(|key| self.counts.get(key).is_some_and(|count| *count > 1));
        let asked = self.keys.of(plan).filter(|key| self.shared.contains_key(key));
        if let Some(key) = asked.or(found) {
            let none = Shared { needed: BTreeSet::new(), asked: false };
            let shared = self.shared.entry(key).or_insert(none);
            let places = plan.columns.iter().enumerate();
            shared.needed.extend(places.filter(|(_, column)| read.contains(&column.id)).map(|(at, _)| at));
            let body = body(plan);
            open.entry((Reverse(size(body)), key)).or_insert(body);
            return;
        }
        self.look_below(plan, read, open);
    }

    fn look_below<'p>(&mut self, plan: &'p Plan, read: &Needed, open: &mut Open<'p>) {
        if matches!(plan.node, Node::Shared { .. }) {
            return;
        }
        if let Some(key) = self.keys.of(plan)
            && self.note_chain(plan, key, read)
        {
            let mut left = vec![plan];
            while let Some(plan) = left.pop() {
                plan.expressions().into_iter().for_each(|expr| self.look_inner(expr, open));
                left.extend(plan.inputs());
            }
            return;
        }
        let before = std::mem::take(&mut self.early);
        plan.expressions().into_iter().for_each(|expr| self.look_inner(expr, open));
        self.early = if let Node::Sort { keys, .. } = &plan.node {
            before && keys.iter().all(|key| key.expr.ty() == Type::DateTime)
        } else {
            let passes = matches!(plan.node, Node::Filter { .. } | Node::Project { .. });
            matches!(plan.node, Node::Take { .. }) || (before && passes)
        };
        for (input, read) in plan.inputs().into_iter().zip(needed::of_inputs(plan, read)) {
            self.look(input, &read, open);
        }
        self.early = before;
    }

    fn look_inner<'p>(&mut self, expr: &'p Expr, open: &mut Open<'p>) {
        match expr {
            Expr::Column(..) | Expr::Literal(_) => {}
            Expr::Call { arguments, .. } => {
                arguments.iter().for_each(|argument| self.look_inner(argument, open));
            }
            Expr::Scalar(plan, _) | Expr::FirstColumn(plan) => {
                let id = self.keys.inner(plan);
                if self.inner.insert(id) {
                    // Only the first column is looked at.
                    let read = plan.columns.first().map(|column| column.id).into_iter().collect();
                    self.look(plan, &read, open);
                }
            }
        }
    }

    /// Whether the plan is a chain that can be compared with others.
    fn note_chain(&mut self, plan: &Plan, key: Key, read: &Needed) -> bool {
        if !self.uses.contains_key(&key) {
            let Some(found) = chain(plan).and_then(|chain| Use::of(self.keys, key, chain)) else {
                return false;
            };
            self.uses.insert(key, found);
        }
        let Some(found) = self.uses.get_mut(&key) else { return false };
        // Rows of which only the first are wanted are found sooner in the files.
        found.count += usize::from(!self.early);
        let places = plan.columns.iter().enumerate();
        found.needed.extend(places.filter(|(_, column)| read.contains(&column.id)).map(|(at, _)| at));
        true
    }
}

/// What a shared plan computes; any other plan is its own.
pub(super) fn body(plan: &Plan) -> &Plan {
    if let Node::Shared { plan, .. } = &plan.node { body(plan) } else { plan }
}

fn size(plan: &Plan) -> usize {
    1 + plan.inputs().into_iter().map(size).sum::<usize>()
}

/// Whether computing the rows takes more than reading a table.
fn is_dear(plan: &Plan) -> bool {
    match &plan.node {
        Node::Table { .. } | Node::Values { .. } | Node::Range { .. } | Node::Shared { .. } => false,
        Node::Filter { .. } | Node::Project { .. } | Node::Union { .. } => {
            plan.inputs().into_iter().any(is_dear)
        }
        Node::External(_)
        | Node::Aggregate { .. }
        | Node::Sort { .. }
        | Node::Take { .. }
        | Node::Join { .. }
        | Node::MvExpand { .. }
        | Node::Window { .. }
        | Node::Rank { .. }
        | Node::Parse { .. }
        | Node::ParseKv { .. }
        | Node::Evaluate { .. }
        | Node::Scan { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. } => true,
    }
}

/// Whether a `sort` below decides the order of the rows.
fn in_order(plan: &Plan) -> bool {
    match &plan.node {
        Node::Sort { .. } | Node::Window { .. } | Node::Scan { .. } | Node::Rank { .. } => true,
        Node::Filter { input, .. }
        | Node::Project { input, .. }
        | Node::Take { input, .. }
        | Node::MvExpand { input, .. }
        | Node::Parse { input, .. }
        | Node::ParseKv { input, .. } => in_order(input),
        Node::Shared { plan, .. } => in_order(plan),
        Node::Evaluate { .. } | Node::Union { .. } | Node::Join { .. } => {
            plan.inputs().into_iter().any(in_order)
        }
        Node::Table { .. }
        | Node::External(_)
        | Node::Values { .. }
        | Node::Range { .. }
        | Node::Aggregate { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. } => false,
    }
}

/// Whether so few rows come out that they are held as one batch.
fn is_short(plan: &Plan) -> bool {
    match &plan.node {
        Node::Take { count, .. } => *count <= MOST_IN_ORDER,
        Node::Filter { input, .. }
        | Node::Project { input, .. }
        | Node::Parse { input, .. }
        | Node::ParseKv { input, .. }
        | Node::Window { input, .. }
        | Node::Rank { input, .. }
        | Node::Sort { input, .. } => is_short(input),
        Node::Table { .. }
        | Node::External(_)
        | Node::Values { .. }
        | Node::Range { .. }
        | Node::Aggregate { .. }
        | Node::Join { .. }
        | Node::Union { .. }
        | Node::MvExpand { .. }
        | Node::Evaluate { .. }
        | Node::Scan { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Shared { .. } => false,
    }
}
