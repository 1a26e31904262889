//! `pivot`: groups with one aggregate per value of a column, each over the rows of that value.
//! `T | evaluate pivot(c, sum(x), k1, k2)`

use crate::binder::{Binder, Level, Scope};
use crate::builtins::{COUNT, ISNULL, MIN};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer};
use crate::plan::{AggregateExpr, ColumnId, Expr, Node, Plan, PlanColumn, SortKey};
use calypso_library::{Type, Value, aggregates};
use calypso_parser::ast::{Evaluate, ExprKind, NamedExpr, RestColumns, Span};

/// Most columns made of values.
const MOST_VALUES: usize = 2_000;

/// A value with the name its column wants.
struct Pivoted {
    name: ColumnName,
    /// The type promised for it.
    to: Option<Type>,
    /// Whether a row has the value.
    holds: Expr,
}

impl Binder<'_> {
    /// Keys, then a column per value in the order in which they first appear.
    pub(super) fn pivot(
        &mut self,
        plan: Plan,
        operator: &Evaluate,
        environment: &Environment,
    ) -> Option<Plan> {
        let call = &operator.call;
        let Some((first, rest)) = call.arguments.split_first() else {
            let help = "write `pivot(column, count())`";
            return self.error_with_help("KS119", call.span, "`pivot` needs the column to turn", help);
        };
        let plan = if operator.schema.is_some() { plan } else { self.shared(plan) };
        let turned = self.pivot_column(first, &plan.columns)?;
        self.orderable(turned.expr(), first.span)?;
        let (aggregate, rest) = match rest.split_first() {
            Some((second, rest)) if is_aggregate(second) => (Some(second), rest),
            _ => (None, rest),
        };
        let (call, default) = self.pivot_aggregate(aggregate, &plan.columns, environment)?;
        let mut keys = Vec::new();
        if rest.is_empty() {
            let mut read = Vec::new();
            call.arguments.iter().chain(&call.predicate).for_each(|expr| columns_read(expr, &mut read));
            let others = plan.columns.iter();
            keys.extend(
                others.filter(|column| column.id != turned.id && !read.contains(&column.id)).cloned(),
            );
        } else {
            for argument in rest {
                keys.push(self.pivot_column(argument, &plan.columns)?);
            }
        }
        for key in &keys {
            self.orderable(key.expr(), operator.call.span)?;
        }
        let values = match &operator.schema {
            None => self.pivot_values(&plan, &turned, operator.call.span)?,
            Some(schema) => {
                let promised = self.promised(schema)?;
                let new = |(name, _): &&(String, Type)| !keys.iter().any(|key| key.name == *name);
                let wanted: Vec<(String, Type)> = promised.iter().filter(new).cloned().collect();
                self.promised_values(&turned, wanted, schema.span)?
            }
        };
        let pivoted = self.pivot_groups(plan, &keys, (call, default), values, operator.call.span)?;
        match &operator.schema {
            None => Some(pivoted),
            Some(schema) => {
                let promised = self.promised(schema)?;
                self.promised_order(pivoted, &keys, &promised, schema.rest, schema.span)
            }
        }
    }

    fn pivot_column(&mut self, argument: &NamedExpr, columns: &[PlanColumn]) -> Option<PlanColumn> {
        let [column] = self
            .matching(&argument.value, columns)?
            .try_into()
            .ok()
            .or_else(|| self.error("KS109", argument.span, "expected the name of one column"))?;
        Some(column)
    }

    /// The aggregate, and what it gives for no rows when that is not null.
    fn pivot_aggregate(
        &mut self,
        written: Option<&NamedExpr>,
        columns: &[PlanColumn],
        environment: &Environment,
    ) -> Option<(AggregateExpr, Type)> {
        let Some(written) = written else {
            let returns = Type::Long;
            let count = AggregateExpr { aggregate: COUNT, arguments: Vec::new(), predicate: None, returns };
            return Some((count, returns));
        };
        let ExprKind::Call(call) = &written.value.kind else { return None };
        let aggregate = aggregates::find(&call.name.text)?;
        let scope = Scope { level: Level::Group, ..Scope::rows(environment, columns) };
        let outer = std::mem::take(&mut self.aggregates);
        let bound = self.aggregate_call(aggregate, call, scope, &[]);
        let mut calls = std::mem::replace(&mut self.aggregates, outer);
        bound?;
        match (calls.pop(), calls.is_empty()) {
            (Some((_, call)), true) => {
                let returns = call.returns;
                Some((call, returns))
            }
            _ => self.error("KS144", written.span, "`pivot` takes an aggregate that gives one column"),
        }
    }

    /// The values of the column in the order in which they first appear.
    fn pivot_values(&mut self, plan: &Plan, turned: &PlanColumn, span: Span) -> Option<Vec<Pivoted>> {
        let number = self.column("number", Type::Long);
        let mut columns = plan.columns.clone();
        columns.push(number.clone());
        let (partition, keys) = (Vec::new(), Vec::new());
        let numbered = Plan { node: Node::Rank { input: Box::new(plan.clone()), partition, keys }, columns };
        let value = self.column("value", turned.ty);
        let place = self.column("first", Type::Long);
        let aggregates = vec![AggregateExpr {
            aggregate: MIN,
            arguments: vec![number.expr()],
            predicate: None,
            returns: Type::Long,
        }];
        let keys = vec![turned.expr()];
        let grouped = Plan {
            node: Node::Aggregate { input: Box::new(numbered), keys, aggregates },
            columns: vec![value, place.clone()],
        };
        let columns = grouped.columns.clone();
        let keys = vec![SortKey { expr: place.expr(), descending: false, nulls_first: true }];
        let sorted = Plan { node: Node::Sort { input: Box::new(grouped), keys }, columns };
        let answer = match self.catalog.run(&sorted) {
            Ok(answer) => answer,
            Err(sentence) => return self.error("KS131", span, sentence),
        };
        if answer.rows() > MOST_VALUES {
            let message = format!(
                "`{}` has {} values, at most {MOST_VALUES} become columns",
                turned.name,
                answer.rows()
            );
            return self.error("KS131", span, message);
        }
        let mut pivoted = Vec::new();
        for batch in &answer.batches {
            for row in 0..batch.num_rows() {
                let value = Value::from_array(turned.ty, batch.column(0), row);
                let holds = self.holds(turned, &value, span)?;
                let text = value.text();
                let name = if text.is_empty() { ColumnName::Anonymous } else { ColumnName::Made(text) };
                pivoted.push(Pivoted { name, to: None, holds });
            }
        }
        Some(pivoted)
    }

    /// Whether a row has the value; null has itself only.
    fn holds(&mut self, turned: &PlanColumn, value: &Value, span: Span) -> Option<Expr> {
        if value.is_null() {
            return self.function_call(ISNULL, vec![(turned.expr(), span)], span);
        }
        self.operator("==", vec![(turned.expr(), span), (Expr::Literal(value.clone()), span)], span)
    }

    /// The promised columns that are no keys: each is the value of its name.
    fn promised_values(
        &mut self,
        turned: &PlanColumn,
        wanted: Vec<(String, Type)>,
        span: Span,
    ) -> Option<Vec<Pivoted>> {
        let mut pivoted = Vec::new();
        for (name, ty) in wanted {
            let text = self.convert(turned.expr(), Type::String, span)?;
            let value = Expr::Literal(Value::String(name.clone()));
            let holds = self.operator("==", vec![(text, span), (value, span)], span)?;
            pivoted.push(Pivoted { name: ColumnName::Given(name), to: Some(ty), holds });
        }
        Some(pivoted)
    }

    fn pivot_groups(
        &mut self,
        plan: Plan,
        keys: &[PlanColumn],
        (call, returns): (AggregateExpr, Type),
        values: Vec<Pivoted>,
        span: Span,
    ) -> Option<Plan> {
        let plan = self.with_windows(plan);
        let key_names: Vec<ColumnName> = keys.iter().map(|key| ColumnName::Given(key.name.clone())).collect();
        let mut namer = Namer::new(key_names.iter().chain(values.iter().map(|value| &value.name)));
        let mut columns: Vec<PlanColumn> = keys
            .iter()
            .map(|key| self.column(namer.name(&ColumnName::Given(key.name.clone())), key.ty))
            .collect();
        let mut shown: Vec<(PlanColumn, Expr)> =
            columns.iter().map(|column| (column.clone(), column.expr())).collect();
        let mut aggregates = Vec::new();
        for value in values {
            let predicate = match &call.predicate {
                None => value.holds,
                Some(own) => self.operator("and", vec![(value.holds, span), (own.clone(), span)], span)?,
            };
            aggregates.push(AggregateExpr { predicate: Some(predicate), ..call.clone() });
            let name = namer.name(&value.name);
            let column = self.column(name.clone(), returns);
            columns.push(column.clone());
            let to = value.to.unwrap_or(returns);
            let expr = self.convert(column.expr(), to, span)?;
            shown.push((self.column(name, to), expr));
        }
        let keys = keys.iter().map(PlanColumn::expr).collect();
        let grouped = Plan { node: Node::Aggregate { input: Box::new(plan), keys, aggregates }, columns };
        Some(self.project(grouped, shown))
    }

    /// The promised columns in their order; `*` stands for the keys that were not named.
    fn promised_order(
        &mut self,
        pivoted: Plan,
        keys: &[PlanColumn],
        promised: &[(String, Type)],
        rest: RestColumns,
        span: Span,
    ) -> Option<Plan> {
        let mut named = Vec::new();
        for (name, ty) in promised {
            let found = pivoted.columns.iter().find(|column| column.name == *name).cloned();
            let Some(column) = found else { continue };
            let expr = self.convert(column.expr(), *ty, span)?;
            named.push((self.column(name.clone(), *ty), expr));
        }
        let unnamed = pivoted.columns.iter().take(keys.len());
        let unnamed = unnamed.filter(|column| !promised.iter().any(|(name, _)| *name == column.name));
        let others = unnamed.map(|column| (column.clone(), column.expr())).collect::<Vec<_>>();
        let columns = match rest {
            RestColumns::None => named,
            RestColumns::First => others.into_iter().chain(named).collect(),
            RestColumns::Last => named.into_iter().chain(others).collect(),
        };
        Some(self.project(pivoted, columns))
    }
}

/// Whether an argument is a call of an aggregate.
fn is_aggregate(argument: &NamedExpr) -> bool {
    match &argument.value.kind {
        ExprKind::Call(call) => aggregates::find(&call.name.text).is_some(),
        _ => false,
    }
}

fn columns_read(expr: &Expr, read: &mut Vec<ColumnId>) {
    match expr {
        Expr::Column(id, _) => read.push(*id),
        Expr::Call { arguments, .. } => arguments.iter().for_each(|argument| columns_read(argument, read)),
        Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => {}
    }
}
