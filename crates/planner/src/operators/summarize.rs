//! `summarize`: aggregates groups of rows. `T | summarize n = count(), max(x) by k, bin(t, 1h)`

use crate::aggregate_call::AggregateColumn;
use crate::binder::{Binder, Level, Scope, hidden, hidden_name, is_hidden};
use crate::builtins::{IFF, ISNULL};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer, item_name};
use crate::plan::{AggregateExpr, Expr, JoinKind, Node, Plan, PlanColumn};
use crate::renumber::renumber;
use calypso_library::aggregate::{AggregateCall, Expands};
use calypso_library::{Type, Value, aggregates, functions};
use calypso_parser::ast::{self, ExprKind, NamedExpr, Summarize, Target};

impl Binder<'_> {
    /// Keys first, then aggregates.
    pub fn summarize(&mut self, plan: Plan, operator: &Summarize, environment: &Environment) -> Option<Plan> {
        let items: Vec<NamedExpr> = operator.by.iter().chain(&operator.aggregates).cloned().collect();
        self.given_once(&items)?;
        let input = plan.columns.clone();
        let scope = Scope::rows(environment, &input);
        let key_names: Vec<ColumnName> = operator.by.iter().map(|item| key_name(item, scope)).collect();
        let mut keys: Vec<Option<Expr>> =
            operator.by.iter().map(|item| self.key(&item.value, scope)).collect();
        if let Some(width) = &operator.bin {
            self.bin_the_key(&mut keys, width, environment)?;
        }
        let plain: Vec<String> = operator
            .by
            .iter()
            .filter_map(|item| item.value.as_name().map(|name| name.text.clone()))
            .collect();
        let group = Scope { level: Level::Group, ..scope };
        let mut results: Vec<(ColumnName, Expr)> = Vec::new();
        let mut failed = false;
        let outer = std::mem::take(&mut self.aggregates);
        for item in &operator.aggregates {
            match self.aggregate_item(item, group, &plain) {
                Some(columns) => results.extend(columns),
                None => failed = true,
            }
        }
        let calls = std::mem::replace(&mut self.aggregates, outer);
        let keys: Vec<Expr> = keys.into_iter().collect::<Option<_>>()?;
        if failed {
            return None;
        }
        let plan = self.with_windows(plan);
        let names = key_names.iter().chain(results.iter().map(|(name, _)| name));
        let mut namer = Namer::new(names).avoiding(scope);
        let keys: Vec<_> = key_names
            .iter()
            .zip(keys)
            .map(|(name, key)| (self.column(namer.name(name), key.ty()), key))
            .collect();
        let key_columns: Vec<PlanColumn> = keys.iter().map(|(column, _)| column.clone()).collect();
        let grouped = self.group(plan, keys, calls)?;
        let mut columns: Vec<_> =
            key_columns.into_iter().map(|column| (column.clone(), column.expr())).collect();
        for (name, expr) in results {
            columns.push((self.column(namer.name(&name), expr.ty()), expr));
        }
        columns.extend(outer_columns(&grouped).map(|column| (column.clone(), column.expr())));
        Some(self.project(grouped, columns))
    }

    /// `by t bin = 1h`, an old form of `by bin(t, 1h)`. Of several keys nothing says which one it means.
    fn bin_the_key(
        &mut self,
        keys: &mut [Option<Expr>],
        width: &ast::Expr,
        environment: &Environment,
    ) -> Option<()> {
        let [only] = keys else {
            return self.unsupported(width.span, "`bin =` after several columns");
        };
        let key = only.take()?;
        let step = self.expression(width, Scope::constant(environment))?;
        let Some(bin) = functions::find("bin") else {
            return self.unsupported(width.span, "`bin =` after `by`");
        };
        *only = Some(self.function_call(bin, vec![(key, width.span), (step, width.span)], width.span)?);
        Some(())
    }

    /// One item before `by`: an aggregate call, or an expression over such calls.
    fn aggregate_item(
        &mut self,
        item: &NamedExpr,
        group: Scope,
        keys: &[String],
    ) -> Option<Vec<(ColumnName, Expr)>> {
        if let ExprKind::Call(call) = &item.value.kind
            && let Some(aggregate) = aggregates::find(&call.name.text)
            && aggregate.expands != Expands::No
            && group.environment.find(&call.name.text).is_none()
        {
            let columns = self.aggregate_call(aggregate, call, group, keys)?;
            return Some(name_columns(columns, &item.target));
        }
        let before = self.aggregates.len();
        let expr = self.expression(&item.value, group)?;
        if self.aggregates.len() == before && !matches!(expr, Expr::Column(..)) {
            return self.error_with_help(
                "KS144",
                item.span,
                "expected an aggregate",
                "write `count()`, `sum(…)`, `take_any(…)`, or move the expression after `by`",
            );
        }
        Some(vec![(item_name(item, group), expr)])
    }

    /// Groups with the columns carried along as further keys. Where rows belong to outer rows (`mv-apply`) and there is
    /// no `by`, each outer row gets a row even without input.
    pub fn group(
        &mut self,
        plan: Plan,
        keys: Vec<(PlanColumn, Expr)>,
        calls: Vec<(PlanColumn, AggregateExpr)>,
    ) -> Option<Plan> {
        let everything = keys.is_empty();
        let carried: Vec<PlanColumn> = outer_columns(&plan).cloned().collect();
        let mut columns: Vec<PlanColumn> = keys.iter().map(|(column, _)| column.clone()).collect();
        let mut keys: Vec<Expr> = keys.into_iter().map(|(_, key)| key).collect();
        for column in &carried {
            columns.push(self.column(column.name.clone(), column.ty));
            keys.push(column.expr());
        }
        let at = columns.len();
        let (results, aggregates): (Vec<_>, Vec<_>) = calls.into_iter().unzip();
        columns.extend(results);
        let empty: Vec<Value> = aggregates.iter().map(empty_result).collect();
        let grouped = Plan { node: Node::Aggregate { input: Box::new(plan), keys, aggregates }, columns };
        match (&carried.first(), everything, self.outer_rows.clone()) {
            (Some(_), true, Some(outer)) => self.for_each_outer_row(grouped, &outer, at, &empty),
            _ => Some(grouped),
        }
    }

    /// The groups of one key column (the number of an outer row), with a row of empty results for each outer row that
    /// has none.
    fn for_each_outer_row(
        &mut self,
        grouped: Plan,
        outer: &Plan,
        at: usize,
        empty: &[Value],
    ) -> Option<Plan> {
        let outer = renumber(self, outer);
        let (Some(number), Some(key)) = (outer.columns.first().cloned(), grouped.columns.first().cloned())
        else {
            return Some(grouped);
        };
        let results: Vec<PlanColumn> = grouped.columns[at..].to_vec();
        let mut columns = outer.columns.clone();
        columns.extend(grouped.columns.iter().cloned());
        let keys = vec![(number.expr(), key.expr())];
        let kind = JoinKind::LeftOuter;
        let joined = Plan {
            node: Node::Join { left: Box::new(outer), right: Box::new(grouped), kind, keys },
            columns,
        };
        let absent = Expr::Call { function: ISNULL, arguments: vec![key.expr()], returns: Type::Bool };
        let mut filled = vec![(key, number.expr())];
        for (column, value) in results.into_iter().zip(empty) {
            let arguments = vec![absent.clone(), Expr::Literal(value.clone()), column.expr()];
            filled.push((column.clone(), Expr::Call { function: IFF, arguments, returns: column.ty }));
        }
        Some(self.project(joined, filled))
    }
}

/// The number of the outer row, where there is one: the only column that groups carry along.
pub fn outer_columns(plan: &Plan) -> impl Iterator<Item = &PlanColumn> {
    let name = hidden_name(OUTER_ROW);
    hidden(&plan.columns).filter(move |column| column.name == name)
}

/// The hidden column that numbers the rows outside an `mv-apply` subquery.
pub const OUTER_ROW: &str = "outer row";

/// What an aggregate gives for no rows.
fn empty_result(call: &AggregateExpr) -> Value {
    let about = AggregateCall {
        types: call.arguments.iter().map(Expr::ty).collect(),
        constants: call.arguments.iter().map(|e| e.literal().cloned()).collect(),
        returns: call.returns,
    };
    let array = (call.aggregate.states)(about).finish(1);
    Value::from_array(call.returns, &array, 0)
}

/// The name of a key: a variable's name is not taken over.
fn key_name(item: &NamedExpr, scope: Scope) -> ColumnName {
    match (&item.target, item.value.as_name()) {
        (Target::None, Some(name)) if !scope.columns.iter().any(|c| c.name == name.text && !is_hidden(c)) => {
            ColumnName::Anonymous
        }
        _ => item_name(item, scope),
    }
}

/// The columns of a call that gives several, under the names given or their own.
fn name_columns(columns: Vec<AggregateColumn>, target: &Target) -> Vec<(ColumnName, Expr)> {
    let given: &[ast::Name] = match target {
        Target::None => &[],
        Target::Name(name) => std::slice::from_ref(name),
        Target::Tuple(names) => names,
    };
    columns
        .into_iter()
        .enumerate()
        .map(|(index, found)| {
            let name = match (given.get(index), found.name) {
                (Some(name), _) => ColumnName::Given(name.text.clone()),
                (None, Some(made)) => ColumnName::Made(made),
                (None, None) => ColumnName::Anonymous,
            };
            (name, found.column.expr())
        })
        .collect()
}
