//! When two plans give the same rows: each gets a number, and equal numbers mean equal plans up to the numbers of their
//! columns. A plan whose rows differ from run to run (`rand`, `new_guid`) has none, nor has one that this file cannot
//! compare.

use calypso_library::function::Kind;
use calypso_planner::plan::{ColumnId, Expr, Node, Plan, PlanColumn, SortKey};
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

/// The number of a plan or expression.
pub(super) type Key = u32;

/// The numbers given so far.
#[derive(Default)]
pub(super) struct Keys {
    numbers: HashMap<String, Key>,
    /// By the address of the node. A node must be learned where it lies before it is asked for.
    plans: HashMap<usize, Option<Key>>,
    /// Which query is learned: the shares that each asks for are numbered by itself.
    pub query: usize,
}

/// Where each column stands among those an expression may read.
pub(super) type Places = HashMap<ColumnId, usize>;

/// The places of columns; the first of two with one number, which are the same.
pub(super) fn places<'a>(columns: impl IntoIterator<Item = &'a PlanColumn>) -> Places {
    let mut places = Places::new();
    for (at, column) in columns.into_iter().enumerate() {
        places.entry(column.id).or_insert(at);
    }
    places
}

fn address(plan: &Plan) -> usize {
    std::ptr::from_ref(plan) as usize
}

impl Keys {
    /// The number of a plan that was learned.
    pub fn of(&self, plan: &Plan) -> Option<Key> {
        self.plans.get(&address(plan)).copied().flatten()
    }

    /// Gives numbers to a plan, all below it and the inner plans of their expressions.
    pub fn learn(&mut self, plan: &Plan) -> Option<Key> {
        let inputs: Vec<_> = plan.inputs().into_iter().map(|input| self.learn(input)).collect();
        let key = if let Node::Shared { number, .. } = &plan.node {
            // The rows of a shared plan are those of the plan; what has no number is known by the share's own.
            let own = format!("shared {} {number}", self.query);
            inputs.first().copied().flatten().or_else(|| Some(self.number(own)))
        } else {
            let inputs: Option<Vec<Key>> = inputs.into_iter().collect();
            self.node(plan, inputs.as_deref()).map(|text| self.number(text))
        };
        self.plans.insert(address(plan), key);
        key
    }

    /// The number of an expression over columns at these places.
    pub fn expression(&mut self, expr: &Expr, places: &Places) -> Option<Key> {
        let mut text = "expression ".to_owned();
        self.write(expr, places, &mut text)?;
        Some(self.number(text))
    }

    fn number(&mut self, text: String) -> Key {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(text).or_insert(next)
    }

    /// All that the rows of a node depend on, its inputs by their numbers and columns by their places. Inner plans are
    /// learned even where the node itself has no number.
    fn node(&mut self, plan: &Plan, inputs: Option<&[Key]>) -> Option<String> {
        for expr in plan.expressions() {
            self.learn_inner(expr);
        }
        let inputs = inputs?;
        let below = plan.inputs();
        let all = places(below.iter().flat_map(|input| &input.columns));
        let mut text = String::new();
        match &plan.node {
            Node::Table { name } => write!(text, "table {name:?} {}", plan.columns.len()).ok()?,
            Node::External(source) => write!(text, "external {source:?}").ok()?,
            Node::Values { rows } => {
                text += "values";
                for row in rows {
                    text += " row";
                    self.list(row, &all, &mut text)?;
                }
            }
            Node::Range { from, to, step } => {
                text += "range";
                for expr in [from, to, step] {
                    self.write(expr, &all, &mut text)?;
                }
            }
            Node::Filter { predicate, .. } => {
                text += "filter";
                self.write(predicate, &all, &mut text)?;
            }
            Node::Project { expressions, .. } => {
                text += "project";
                self.list(expressions, &all, &mut text)?;
            }
            Node::Aggregate { keys, aggregates, .. } => {
                text += "aggregate";
                self.list(keys, &all, &mut text)?;
                for call in aggregates {
                    write!(text, " {} {:?}", call.aggregate.name, call.returns).ok()?;
                    self.list(&call.arguments, &all, &mut text)?;
                    self.list(call.predicate.as_slice(), &all, &mut text)?;
                }
            }
            Node::Sort { keys, .. } => {
                text += "sort";
                self.sort_keys(keys, &all, &mut text)?;
            }
            Node::Take { count, .. } => write!(text, "take {count}").ok()?,
            Node::Join { left, right, kind, keys } => {
                write!(text, "join {kind:?}").ok()?;
                let (left, right) = (places(&left.columns), places(&right.columns));
                for (a, b) in keys {
                    self.write(a, &left, &mut text)?;
                    self.write(b, &right, &mut text)?;
                }
            }
            Node::Union { inputs } => {
                text += "union";
                for (input, expressions) in inputs {
                    self.list(expressions, &places(&input.columns), &mut text)?;
                }
            }
            Node::MvExpand { expansions, item_index, bags_as_arrays, limit, .. } => {
                write!(text, "mv-expand {item_index} {bags_as_arrays} {limit}").ok()?;
                for one in expansions {
                    write!(text, " {:?}", one.to).ok()?;
                    self.write(&one.source, &all, &mut text)?;
                }
            }
            Node::Window { partition, calls, .. } => {
                text += "window";
                self.list(partition, &all, &mut text)?;
                for call in calls {
                    write!(text, " {} {:?}", call.function.name, call.returns).ok()?;
                    self.list(&call.arguments, &all, &mut text)?;
                }
            }
            Node::Rank { partition, keys, .. } => {
                text += "rank";
                self.list(partition, &all, &mut text)?;
                self.sort_keys(keys, &all, &mut text)?;
            }
            Node::Parse { source, pattern, only_matches, .. } => {
                write!(text, "parse {pattern:?} {only_matches}").ok()?;
                self.write(source, &all, &mut text)?;
            }
            Node::ParseKv { source, keys, .. } => {
                write!(text, "parse-kv {keys:?}").ok()?;
                self.write(source, &all, &mut text)?;
            }
            Node::Evaluate { .. }
            | Node::Scan { .. }
            | Node::GraphMeasure { .. }
            | Node::GraphMatch { .. }
            | Node::Shared { .. } => return None,
        }
        write!(text, " of {inputs:?} gives").ok()?;
        for column in &plan.columns {
            match all.get(&column.id) {
                Some(place) => write!(text, " {place}").ok()?,
                None => write!(text, " new {:?}", column.ty).ok()?,
            }
        }
        Some(text)
    }

    fn sort_keys(&mut self, keys: &[SortKey], places: &Places, text: &mut String) -> Option<()> {
        for key in keys {
            write!(text, " {} {}", key.descending, key.nulls_first).ok()?;
            self.write(&key.expr, places, text)?;
        }
        Some(())
    }

    fn list(&mut self, list: &[Expr], places: &Places, text: &mut String) -> Option<()> {
        text.push('[');
        for expr in list {
            self.write(expr, places, text)?;
        }
        text.push(']');
        Some(())
    }

    fn write(&mut self, expr: &Expr, places: &Places, text: &mut String) -> Option<()> {
        match expr {
            Expr::Column(id, ty) => write!(text, " #{}:{ty:?}", places.get(id)?).ok(),
            Expr::Literal(value) => write!(text, " {value:?}").ok(),
            Expr::Call { function, arguments, returns } => {
                if function.kind == Kind::Volatile {
                    return None;
                }
                write!(text, " {}:{returns:?}(", function.name).ok()?;
                for argument in arguments {
                    self.write(argument, places, text)?;
                }
                text.push(')');
                Some(())
            }
            Expr::Scalar(plan, ty) => {
                let inner = self.inner(plan);
                write!(text, " scalar {inner:?}:{ty:?}").ok()
            }
            Expr::FirstColumn(plan) => {
                let inner = self.inner(plan);
                write!(text, " first column {inner:?}").ok()
            }
        }
    }

    fn learn_inner(&mut self, expr: &Expr) {
        match expr {
            Expr::Column(..) | Expr::Literal(_) => {}
            Expr::Call { arguments, .. } => arguments.iter().for_each(|argument| self.learn_inner(argument)),
            Expr::Scalar(plan, _) | Expr::FirstColumn(plan) => {
                self.inner(plan);
            }
        }
    }

    /// What tells an inner plan from others: it is computed once, so even a volatile one is equal to itself.
    pub fn inner(&mut self, plan: &Arc<Plan>) -> Inner {
        let at = address(plan);
        let key = match self.plans.get(&at) {
            Some(key) => *key,
            None => self.learn(plan),
        };
        key.map_or(Inner::At(at), Inner::Key)
    }
}

/// An inner plan.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Inner {
    /// Equal to all of that number.
    Key(Key),
    /// Equal to itself, which lies there.
    At(usize),
}
