//! `make-series`: arrays of aggregates along an axis. `T | make-series n = count() on t from a to b step 1d by k`
//!
//! Rows are grouped by keys and bin, then by keys: hidden aggregates lay each group's values out along the axis.

use super::parameters::{parameter, parameter_text};
use super::summarize::outer_columns;
use crate::binder::{Binder, Level, Scope, hidden_name};
use crate::builtins::COUNT;
use crate::environment::Environment;
use crate::names::{ColumnName, Namer, item_name};
use crate::plan::{AggregateExpr, Expr, Node, Plan, PlanColumn};
use calypso_library::overload::common_type;
use calypso_library::{Type, Value, aggregates};
use calypso_parser::ast::{MakeSeries, SeriesBounds, Span};

/// The axis: what it is read from, and where it runs. Unknown ends are null.
struct Axis {
    value: Expr,
    from: Expr,
    to: Expr,
    step: Expr,
}

impl Binder<'_> {
    /// Keys, one array per aggregate, then the axis array.
    pub fn make_series(
        &mut self,
        plan: Plan,
        operator: &MakeSeries,
        environment: &Environment,
    ) -> Option<Plan> {
        let nonempty = match parameter(&operator.parameters, &["kind"]) {
            None => false,
            Some(given) if parameter_text(given) == "nonempty" => true,
            Some(given) => return self.wrong_parameter(given, &["nonempty"]),
        };
        let input = plan.columns.clone();
        let scope = Scope::rows(environment, &input);
        let axis = self.axis(operator, scope)?;
        let keys: Option<Vec<Expr>> = operator
            .by
            .iter()
            .map(|item| self.key(&item.value, scope))
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        let keys = keys?;
        let outer = std::mem::take(&mut self.aggregates);
        let group = Scope { level: Level::Group, ..scope };
        let values: Vec<Option<Expr>> =
            operator.aggregates.iter().map(|item| self.expression(&item.value.value, group)).collect();
        let calls = std::mem::replace(&mut self.aggregates, outer);
        let values: Vec<Expr> = values.into_iter().collect::<Option<_>>()?;
        let mut defaults = Vec::new();
        for (item, value) in operator.aggregates.iter().zip(&values) {
            defaults.push(match &item.default {
                Some(e) => Value::clone(&self.constant(e, Scope::constant(environment))?),
                None if value.ty() == Type::Real => Value::Real(0.0),
                None => Value::Long(0),
            });
        }
        let key_names: Vec<ColumnName> = operator.by.iter().map(|item| item_name(item, scope)).collect();
        let mut names = key_names.clone();
        names.extend(operator.aggregates.iter().map(|item| item_name(&item.value, group)));
        names.push(item_name(&operator.axis, scope));
        let mut namer = Namer::new(&names);

        let plan = self.with_windows(plan);
        let plan = self.within_axis(plan, &axis, operator.span)?;
        let bin = self.axis_bin(&axis, operator.span)?;
        // By keys and bin.
        let bin_column = self.column(hidden_name("bin"), bin.ty());
        let mut first_keys: Vec<(PlanColumn, Expr)> = Vec::new();
        for (name, key) in key_names.iter().zip(keys) {
            first_keys.push((self.column(namer.name(name), key.ty()), key));
        }
        // Within `mv-apply` each outer row has its own series.
        for outer in outer_columns(&plan) {
            first_keys.push((self.column(outer.name.clone(), outer.ty), outer.expr()));
        }
        let key_columns: Vec<PlanColumn> = first_keys.iter().map(|(column, _)| column.clone()).collect();
        first_keys.push((bin_column.clone(), bin));
        let binned = self.plain_group(plan, first_keys, calls);
        // One more projection: values may be expressions over aggregates.
        let mut shown: Vec<(PlanColumn, Expr)> =
            key_columns.iter().map(|column| (column.clone(), column.expr())).collect();
        shown.push((bin_column.clone(), bin_column.expr()));
        let mut value_columns = Vec::new();
        for value in values {
            let column = self.column(hidden_name("value"), value.ty());
            value_columns.push(column.clone());
            shown.push((column, value));
        }
        let binned = self.project(binned, shown);
        // By keys: the arrays.
        let mut series = Vec::new();
        for ((column, default), name) in value_columns.iter().zip(defaults).zip(&names[key_names.len()..]) {
            let arguments = vec![
                bin_column.expr(),
                column.expr(),
                axis.from.clone(),
                axis.to.clone(),
                axis.step.clone(),
                Expr::Literal(default),
            ];
            series.push(self.series_column("make series", arguments, namer.name(name), operator.span)?);
        }
        let axis_name = names.last().map_or_else(String::new, |name| namer.name(name));
        let arguments = vec![bin_column.expr(), axis.from, axis.to, axis.step];
        series.push(self.series_column("make axis", arguments, axis_name, operator.span)?);
        let keys = key_columns
            .iter()
            .map(|column| (self.column(column.name.clone(), column.ty), column.expr()))
            .collect::<Vec<_>>();
        self.series_rows(binned, keys, series, nonempty, operator.span)
    }

    fn axis(&mut self, operator: &MakeSeries, scope: Scope) -> Option<Axis> {
        let value = self.expression(&operator.axis.value, scope)?;
        let constant = Scope::constant(scope.environment);
        let ty = value.ty();
        let step_type = if ty == Type::DateTime { Type::TimeSpan } else { ty };
        if !ty.is_summable() || ty == Type::Decimal {
            return self.error("KS116", operator.axis.span, format!("a {ty} makes no axis"));
        }
        let bound = |binder: &mut Self, e: &calypso_parser::ast::Expr, to: Type| {
            let found = binder.expression(e, constant)?;
            if common_type(found.ty(), to).is_none() && found.ty() != Type::String {
                let message = format!("the axis is a {ty}, found a {}", found.ty());
                return binder.error("KS107", e.span, message);
            }
            binder.convert(found, to, e.span)
        };
        match &operator.bounds {
            SeriesBounds::Steps { from, to, step } => {
                let null = Expr::Literal(Value::Null(ty));
                let from = from.as_ref().map_or(Some(null.clone()), |e| bound(self, e, ty));
                let to = to.as_ref().map_or(Some(null), |e| bound(self, e, ty));
                let step = bound(self, step, step_type);
                Some(Axis { value, from: from?, to: to?, step: step? })
            }
            // The stop is included, and bins are those of `bin`.
            SeriesBounds::InRange { start, stop, step } => {
                let start_at = bound(self, start, ty)?;
                let stop_at = bound(self, stop, ty)?;
                let step_by = bound(self, step, step_type)?;
                let from = self.operator(
                    "bin",
                    vec![(start_at, start.span), (step_by.clone(), step.span)],
                    start.span,
                )?;
                let last = self.operator(
                    "bin",
                    vec![(stop_at, stop.span), (step_by.clone(), step.span)],
                    stop.span,
                )?;
                let to =
                    self.operator("+", vec![(last, stop.span), (step_by.clone(), step.span)], stop.span)?;
                Some(Axis { value, from, to, step: step_by })
            }
        }
    }

    /// Only rows on the axis.
    fn within_axis(&mut self, plan: Plan, axis: &Axis, span: Span) -> Option<Plan> {
        let mut plan = plan;
        for (symbol, end) in [(">=", &axis.from), ("<", &axis.to)] {
            if matches!(end, Expr::Literal(Value::Null(_))) {
                continue;
            }
            let predicate =
                self.operator(symbol, vec![(axis.value.clone(), span), (end.clone(), span)], span)?;
            let columns = plan.columns.clone();
            plan = Plan { node: Node::Filter { input: Box::new(plan), predicate }, columns };
        }
        Some(plan)
    }

    fn axis_bin(&mut self, axis: &Axis, span: Span) -> Option<Expr> {
        let mut arguments = vec![(axis.value.clone(), span), (axis.step.clone(), span)];
        let known = !matches!(axis.from, Expr::Literal(Value::Null(_)));
        if known {
            arguments.push((axis.from.clone(), span));
        }
        self.operator(if known { "bin_at" } else { "bin" }, arguments, span)
    }

    fn series_column(
        &mut self,
        aggregate: &str,
        arguments: Vec<Expr>,
        name: String,
        span: Span,
    ) -> Option<(PlanColumn, AggregateExpr)> {
        let Some(aggregate) = aggregates::find(aggregate) else {
            return self.unsupported(span, "the operator `make-series`");
        };
        let column = self.column(name, Type::Dynamic);
        let returns = Type::Dynamic;
        Some((column, AggregateExpr { aggregate, arguments, predicate: None, returns }))
    }

    /// Groups as they are, without columns carried along.
    fn plain_group(
        &mut self,
        plan: Plan,
        keys: Vec<(PlanColumn, Expr)>,
        calls: Vec<(PlanColumn, AggregateExpr)>,
    ) -> Plan {
        let (mut columns, keys): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
        let (results, aggregates): (Vec<_>, Vec<_>) = calls.into_iter().unzip();
        columns.extend(results);
        Plan { node: Node::Aggregate { input: Box::new(plan), keys, aggregates }, columns }
    }

    /// The series; without keys an empty input gives no row, unless `kind=nonempty`.
    fn series_rows(
        &mut self,
        binned: Plan,
        keys: Vec<(PlanColumn, Expr)>,
        mut series: Vec<(PlanColumn, AggregateExpr)>,
        nonempty: bool,
        span: Span,
    ) -> Option<Plan> {
        if !keys.is_empty() || nonempty {
            return Some(self.plain_group(binned, keys, series));
        }
        let rows = self.column(hidden_name("rows"), Type::Long);
        let shown: Vec<_> = series.iter().map(|(column, _)| (column.clone(), column.expr())).collect();
        let counted =
            AggregateExpr { aggregate: COUNT, arguments: Vec::new(), predicate: None, returns: Type::Long };
        series.push((rows.clone(), counted));
        let grouped = self.plain_group(binned, keys, series);
        let zero = Expr::Literal(Value::Long(0));
        let predicate = self.operator(">", vec![(rows.expr(), span), (zero, span)], span)?;
        let columns = grouped.columns.clone();
        let kept = Plan { node: Node::Filter { input: Box::new(grouped), predicate }, columns };
        Some(self.project(kept, shown))
    }
}
