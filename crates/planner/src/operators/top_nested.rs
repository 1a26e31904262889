//! `top-nested`: the first values, level by level. `T | top-nested 2 of a with others="x" by count(), top-nested of b by sum(x)`
//!
//! The rows are computed once. Each level groups them by the values of all levels so far and ranks the groups within
//! those of the level above; the groups kept are joined level by level. The rows of a kept group whose own value was
//! not kept make up the row of the others.

use super::summarize::OUTER_ROW;
use crate::binder::{Binder, Level, Scope, hidden, hidden_name};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer, expression_name, item_name};
use crate::plan::{AggregateExpr, ColumnId, Expr, JoinKind, Node, Plan, PlanColumn, SortKey};
use crate::renumber::{moved, renumber};
use calypso_library::{Type, Value};
use calypso_parser::ast::{Direction, NamedExpr, Nulls, Span, Target, TopNested, TopNestedLevel};

/// One level, bound over the shared rows.
struct Bound {
    /// How many values are kept; all when absent.
    count: Option<u64>,
    /// The column of the value among the shared rows.
    value: PlanColumn,
    /// What the aggregate is called, the result over its calls, and the calls.
    measure: Expr,
    calls: Vec<(PlanColumn, AggregateExpr)>,
    descending: bool,
    nulls_first: bool,
    others: Option<Value>,
    /// The two columns of the answer.
    names: (String, String),
}

/// The groups kept down to a level.
struct Kept {
    plan: Plan,
    /// The columns carried along, then the values.
    keys: Vec<PlanColumn>,
    /// The measure of each level.
    measures: Vec<PlanColumn>,
    /// The place of each level's value.
    places: Vec<PlanColumn>,
}

impl Binder<'_> {
    /// Two columns per level, the value and its aggregate.
    pub fn top_nested(
        &mut self,
        plan: Plan,
        operator: &TopNested,
        environment: &Environment,
    ) -> Option<Plan> {
        let span = operator.span;
        let (rows, levels) = self.top_nested_levels(plan, operator, environment)?;
        let carried: Vec<PlanColumn> =
            hidden(&rows.columns).filter(|column| column.name == hidden_name(OUTER_ROW)).cloned().collect();
        let mut parts: Vec<Plan> = Vec::new();
        let mut above: Option<Kept> = None;
        for depth in 0..levels.len() {
            let kept = self.kept_groups(&rows, &carried, &levels[..=depth], above.as_ref(), span)?;
            if levels[depth].others.is_some() {
                parts.push(self.others(&rows, &carried, &levels, depth, above.as_ref(), &kept)?);
            }
            above = Some(kept);
        }
        let kept = above?;
        let main = self.in_place(kept);
        parts.push(main);
        parts.reverse();
        let columns = self.answer_columns(&carried, &levels);
        if let [only] = parts.as_slice() {
            let expressions = only.columns.iter().map(PlanColumn::expr).collect();
            let node = Node::Project { input: Box::new(only.clone()), expressions };
            return Some(Plan { node, columns });
        }
        let inputs = parts
            .into_iter()
            .map(|part| {
                let expressions = part.columns.iter().map(PlanColumn::expr).collect();
                (part, expressions)
            })
            .collect();
        Some(Plan { node: Node::Union { inputs }, columns })
    }

    /// The rows with one column per value, and the levels over them.
    fn top_nested_levels(
        &mut self,
        plan: Plan,
        operator: &TopNested,
        environment: &Environment,
    ) -> Option<(Plan, Vec<Bound>)> {
        let input = plan.columns.clone();
        let scope = Scope::rows(environment, &input);
        let mut namer = Namer::new([]);
        let mut values = Vec::new();
        let mut levels = Vec::new();
        for level in &operator.levels {
            let (value, bound) = self.top_nested_level(level, scope, environment, &mut namer)?;
            values.push((bound.value.clone(), value));
            levels.push(bound);
        }
        // Only what the levels read is kept.
        let mut read: Vec<ColumnId> = Vec::new();
        for (_, call) in levels.iter().flat_map(|level| &level.calls) {
            call.arguments.iter().chain(&call.predicate).for_each(|e| columns_read(e, &mut read));
        }
        let plan = self.with_windows(plan);
        let needed =
            |column: &&PlanColumn| read.contains(&column.id) || column.name == hidden_name(OUTER_ROW);
        let mut columns: Vec<(PlanColumn, Expr)> =
            plan.columns.iter().filter(needed).map(|column| (column.clone(), column.expr())).collect();
        columns.extend(values);
        let projected = self.project(plan, columns);
        let before = projected.columns.clone();
        let rows = self.shared(projected);
        for level in &mut levels {
            level.value = match before.iter().position(|column| column.id == level.value.id) {
                Some(at) => rows.columns[at].clone(),
                None => return None,
            };
            for (_, call) in &mut level.calls {
                *call = moved_call(call, &before, &rows.columns);
            }
        }
        Some((rows, levels))
    }

    fn top_nested_level(
        &mut self,
        level: &TopNestedLevel,
        scope: Scope,
        environment: &Environment,
        namer: &mut Namer,
    ) -> Option<(Expr, Bound)> {
        let count = match &level.count {
            Some(e) => Some(self.row_count(e, environment)?),
            None => None,
        };
        let value = self.key(&level.of.value, scope)?;
        let others = match &level.others {
            None => None,
            Some(e) => {
                let constant = self.expression(e, Scope::constant(environment))?;
                match self.convert(constant, value.ty(), e.span)? {
                    Expr::Literal(value) => Some(value),
                    Expr::Column(..) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => {
                        return self.error("KS129", e.span, "the value must be known before any row is read");
                    }
                }
            }
        };
        let outer = std::mem::take(&mut self.aggregates);
        let measure = self.expression(&level.by.value.value, Scope { level: Level::Group, ..scope });
        let calls = std::mem::replace(&mut self.aggregates, outer);
        let measure = measure?;
        let span = level.by.value.span;
        if calls.is_empty() {
            return self.error_with_help("KS236", span, "expected an aggregate", "write `count()`, `sum(…)`");
        }
        let measure = self.orderable(measure, span)?;
        let descending =
            !matches!(level.by.direction, Some(Direction::Ascending | Direction::GrannyAscending));
        let nulls_first = match level.by.nulls {
            Some(Nulls::First) => true,
            Some(Nulls::Last) => false,
            None => !descending,
        };
        let names = level_names(&level.of, &level.by.value, scope, namer);
        let column = self.column(names.0.clone(), value.ty());
        Some((value, Bound { count, value: column, measure, calls, descending, nulls_first, others, names }))
    }

    /// The groups of the last of these levels, within the groups kept above.
    fn kept_groups(
        &mut self,
        rows: &Plan,
        carried: &[PlanColumn],
        levels: &[Bound],
        above: Option<&Kept>,
        span: Span,
    ) -> Option<Kept> {
        let level = levels.last()?;
        let by: Vec<&PlanColumn> = carried.iter().chain(levels.iter().map(|level| &level.value)).collect();
        let (grouped, keys, measured) = self.measured(rows, &by, &[level]);
        let measure = measured.into_iter().next()?;
        let place = self.column(hidden_name("place"), Type::Long);
        let (within, own) = keys.split_at(keys.len() - 1);
        let sort = |expr, descending, nulls_first| SortKey { expr, descending, nulls_first };
        // The value settles ties, so that an answer can be repeated.
        let order = vec![
            sort(measure.expr(), level.descending, level.nulls_first),
            sort(own.first()?.expr(), false, true),
        ];
        let mut columns = grouped.columns.clone();
        columns.push(place.clone());
        let partition = within.iter().map(PlanColumn::expr).collect();
        let mut plan =
            Plan { node: Node::Rank { input: Box::new(grouped), partition, keys: order }, columns };
        if let Some(count) = level.count {
            let limit = Expr::Literal(Value::Long(i64::try_from(count).unwrap_or(i64::MAX)));
            let predicate = self.operator("<=", vec![(place.expr(), span), (limit, span)], span)?;
            let columns = plan.columns.clone();
            plan = Plan { node: Node::Filter { input: Box::new(plan), predicate }, columns };
        }
        let Some(above) = above else {
            return Some(Kept { plan, keys, measures: vec![measure], places: vec![place] });
        };
        let copy = renumber(self, &above.plan);
        let old = |column: &PlanColumn| relocated(column, &above.plan.columns, &copy.columns);
        let pairs = above.keys.iter().map(old).zip(within);
        let pairs = pairs.map(|(left, right)| (left.expr(), right.expr())).collect();
        let mut measures: Vec<PlanColumn> = above.measures.iter().map(old).collect();
        let mut places: Vec<PlanColumn> = above.places.iter().map(old).collect();
        measures.push(measure);
        places.push(place);
        Some(Kept { plan: joined(copy, plan, JoinKind::Inner, pairs), keys, measures, places })
    }

    /// The rows grouped by some columns, with the measures of some levels: plan, keys, measures.
    fn measured(
        &mut self,
        rows: &Plan,
        by: &[&PlanColumn],
        levels: &[&Bound],
    ) -> (Plan, Vec<PlanColumn>, Vec<PlanColumn>) {
        let input = renumber(self, rows);
        let keys: Vec<Expr> =
            by.iter().map(|column| relocated(column, &rows.columns, &input.columns).expr()).collect();
        let key_columns: Vec<PlanColumn> =
            by.iter().map(|column| self.column(column.name.clone(), column.ty)).collect();
        let mut columns = key_columns.clone();
        let mut aggregates = Vec::new();
        let mut results = Vec::new();
        for level in levels {
            let fresh: Vec<PlanColumn> =
                level.calls.iter().map(|(column, _)| self.column(column.name.clone(), column.ty)).collect();
            let known: Vec<PlanColumn> = level.calls.iter().map(|(column, _)| column.clone()).collect();
            results.push(moved(&level.measure, &known, &fresh));
            aggregates
                .extend(level.calls.iter().map(|(_, call)| moved_call(call, &rows.columns, &input.columns)));
            columns.extend(fresh);
        }
        let grouped = Plan { node: Node::Aggregate { input: Box::new(input), keys, aggregates }, columns };
        let mut shown: Vec<(PlanColumn, Expr)> =
            key_columns.iter().map(|column| (column.clone(), column.expr())).collect();
        let measures: Vec<PlanColumn> =
            results.iter().map(|e| self.column(hidden_name("measure"), e.ty())).collect();
        shown.extend(measures.iter().cloned().zip(results));
        (self.project(grouped, shown), key_columns, measures)
    }

    /// The rows of the others at a level: one per group kept above it, of the rows whose value was not kept. Levels
    /// below have one value each, the name of their others.
    fn others(
        &mut self,
        rows: &Plan,
        carried: &[PlanColumn],
        levels: &[Bound],
        depth: usize,
        above: Option<&Kept>,
        kept: &Kept,
    ) -> Option<Plan> {
        let left = renumber(self, rows);
        let value_of = |plan: &Plan, column: &PlanColumn| relocated(column, &rows.columns, &plan.columns);
        let chosen = renumber(self, &kept.plan);
        let by: Vec<&PlanColumn> =
            carried.iter().chain(levels[..=depth].iter().map(|level| &level.value)).collect();
        let pairs = by.iter().zip(&kept.keys).map(|(column, key)| {
            let key = relocated(key, &kept.plan.columns, &chosen.columns);
            (value_of(&left, column).expr(), key.expr())
        });
        let pairs = pairs.collect();
        let columns = left.columns.clone();
        let node = Node::Join {
            left: Box::new(left.clone()),
            right: Box::new(chosen),
            kind: JoinKind::LeftAnti,
            keys: pairs,
        };
        let rest = Plan { node, columns };
        // `rest` has the columns of `left`, so the levels move there.
        let below: Vec<Bound> = levels.iter().map(|level| level.over(rows, &left)).collect();
        let prefix: Vec<PlanColumn> =
            by[..by.len() - 1].iter().map(|column| value_of(&left, column)).collect();
        let measuring: Vec<&Bound> = below[depth..]
            .iter()
            .enumerate()
            .filter(|(index, level)| *index == 0 || level.others.is_some())
            .map(|(_, level)| level)
            .collect();
        let prefix_columns: Vec<&PlanColumn> = prefix.iter().collect();
        let (mut plan, keys, measured) = self.measured(&rest, &prefix_columns, &measuring);
        let mut earlier: Vec<PlanColumn> = Vec::new();
        if let Some(above) = above {
            let copy = renumber(self, &above.plan);
            let old = |column: &PlanColumn| relocated(column, &above.plan.columns, &copy.columns);
            earlier = above.measures.iter().map(old).collect();
            let pairs = above.keys.iter().map(old).zip(&keys);
            let pairs = pairs.map(|(left, right)| (left.expr(), right.expr())).collect();
            plan = joined(copy, plan, JoinKind::Inner, pairs);
        } else if keys.is_empty() {
            // Without keys the aggregation gives a row even of nothing.
            plan = self.nonempty(plan, &rest)?;
        }
        let mut shown: Vec<(PlanColumn, Expr)> = Vec::new();
        let add = |binder: &mut Self, shown: &mut Vec<(PlanColumn, Expr)>, name: &str, expr: Expr| {
            shown.push((binder.column(name, expr.ty()), expr));
        };
        let (carried_keys, values) = keys.split_at(carried.len());
        for (value, measure) in values.iter().zip(&earlier) {
            add(self, &mut shown, "value", value.expr());
            add(self, &mut shown, "measure", measure.expr());
        }
        let mut measured = measured.into_iter();
        for (index, level) in levels[depth..].iter().enumerate() {
            let counts = index == 0 || level.others.is_some();
            let absent = Value::absent(level.value.ty);
            let name = level.others.clone().unwrap_or(absent);
            add(self, &mut shown, "value", Expr::Literal(name));
            let measure = match measured.next() {
                Some(column) if counts => column.expr(),
                Some(_) | None => Expr::Literal(Value::absent(level.measure.ty())),
            };
            add(self, &mut shown, "measure", measure);
        }
        for column in carried_keys {
            add(self, &mut shown, &column.name, column.expr());
        }
        Some(self.project(plan, shown))
    }

    /// The one row of an aggregation, unless the rows it is made of are none.
    fn nonempty(&mut self, plan: Plan, rest: &Plan) -> Option<Plan> {
        let some = renumber(self, rest);
        let columns = some.columns.clone();
        let first = Plan { node: Node::Take { input: Box::new(some), count: 1 }, columns };
        let one = self.column(hidden_name("one"), Type::Bool);
        let kept = self.project(first, vec![(one.clone(), Expr::Literal(Value::Bool(true)))]);
        let mut columns = plan.columns.clone();
        columns.push(one);
        let node = Node::Join {
            left: Box::new(plan),
            right: Box::new(kept),
            kind: JoinKind::Inner,
            keys: Vec::new(),
        };
        Some(Plan { node, columns })
    }

    /// The kept groups in order of their places; values and measures side by side, then the columns carried along.
    fn in_place(&mut self, kept: Kept) -> Plan {
        let Kept { plan, keys, measures, places } = kept;
        let (carried, values) = keys.split_at(keys.len() - measures.len());
        let columns = plan.columns.clone();
        let order = places
            .iter()
            .map(|place| SortKey { expr: place.expr(), descending: false, nulls_first: true })
            .collect();
        let sorted = Plan { node: Node::Sort { input: Box::new(plan), keys: order }, columns };
        let mut shown = Vec::new();
        for column in
            values.iter().zip(&measures).flat_map(|(value, measure)| [value, measure]).chain(carried)
        {
            shown.push((self.column(column.name.clone(), column.ty), column.expr()));
        }
        self.project(sorted, shown)
    }

    fn answer_columns(&mut self, carried: &[PlanColumn], levels: &[Bound]) -> Vec<PlanColumn> {
        let mut columns = Vec::new();
        for level in levels {
            columns.push(self.column(level.names.0.clone(), level.value.ty));
            columns.push(self.column(level.names.1.clone(), level.measure.ty()));
        }
        for column in carried {
            columns.push(self.column(column.name.clone(), column.ty));
        }
        columns
    }
}

impl Bound {
    /// The level over a copy of its rows.
    fn over(&self, rows: &Plan, copy: &Plan) -> Bound {
        let calls = self.calls.iter();
        Bound {
            count: self.count,
            value: relocated(&self.value, &rows.columns, &copy.columns),
            measure: self.measure.clone(),
            calls: calls
                .map(|(column, call)| (column.clone(), moved_call(call, &rows.columns, &copy.columns)))
                .collect(),
            descending: self.descending,
            nulls_first: self.nulls_first,
            others: self.others.clone(),
            names: self.names.clone(),
        }
    }
}

/// The names of a level's two columns.
fn level_names(of: &NamedExpr, by: &NamedExpr, scope: Scope, namer: &mut Namer) -> (String, String) {
    let value = namer.name(&item_name(of, scope));
    let made = match &by.target {
        Target::Name(name) => name.text.clone(),
        Target::Tuple(_) | Target::None => {
            let base = match &of.target {
                Target::Name(name) => Some(name.text.clone()),
                Target::Tuple(_) | Target::None => expression_name(&of.value, scope),
            };
            format!("aggregated_{}", base.unwrap_or_else(|| value.clone()))
        }
    };
    (value, namer.name(&ColumnName::Made(made)))
}

fn joined(left: Plan, right: Plan, kind: JoinKind, keys: Vec<(Expr, Expr)>) -> Plan {
    let mut columns = left.columns.clone();
    columns.extend(right.columns.iter().cloned());
    Plan { node: Node::Join { left: Box::new(left), right: Box::new(right), kind, keys }, columns }
}

/// The column in the place of one of a plan's columns, in a copy of the plan.
fn relocated(column: &PlanColumn, from: &[PlanColumn], to: &[PlanColumn]) -> PlanColumn {
    let at = from.iter().position(|one| one.id == column.id);
    at.and_then(|at| to.get(at)).unwrap_or(column).clone()
}

fn moved_call(call: &AggregateExpr, from: &[PlanColumn], to: &[PlanColumn]) -> AggregateExpr {
    AggregateExpr {
        aggregate: call.aggregate,
        arguments: call.arguments.iter().map(|e| moved(e, from, to)).collect(),
        predicate: call.predicate.as_ref().map(|e| moved(e, from, to)),
        returns: call.returns,
    }
}

fn columns_read(e: &Expr, read: &mut Vec<ColumnId>) {
    match e {
        Expr::Column(id, _) => read.push(*id),
        Expr::Call { arguments, .. } => arguments.iter().for_each(|e| columns_read(e, read)),
        Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => {}
    }
}
