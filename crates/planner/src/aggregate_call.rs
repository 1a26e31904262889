//! Calls of aggregates: one column, or the several of `arg_max`, `take_any` and `percentiles`.

use crate::binder::{Binder, Level, Scope, hidden_name, visible};
use crate::misfit::forms;
use crate::names::expression_name;
use crate::plan::{AggregateExpr, Expr, PlanColumn};
use calypso_library::aggregate::{Aggregate, Expands};
use calypso_library::function::{ArgumentInfo, ResultName};
use calypso_library::overload::choose;
use calypso_library::{Type, aggregates};
use calypso_parser::ast::{self, ExprKind, NamedExpr, Span};

/// One column of an aggregate call: the name it makes, and the column it is.
pub struct AggregateColumn {
    /// The name when the query gives none.
    pub name: Option<String>,
    /// The column of the aggregation that holds it.
    pub column: PlanColumn,
}

/// One of the columns that an argument list stands for, `*` taken apart.
struct Listed {
    name: Option<String>,
    expr: Expr,
    span: Span,
}

impl Binder<'_> {
    /// Binds a call of an aggregate: one column, or several (`arg_max`, `percentiles`, `take_any(a, b)`). `keys` are the
    /// names of plain key columns, which `*` leaves out.
    pub fn aggregate_call(
        &mut self,
        aggregate: &'static Aggregate,
        call: &ast::Call,
        scope: Scope,
        keys: &[String],
    ) -> Option<Vec<AggregateColumn>> {
        let rows = Scope { level: Level::Argument, ..scope };
        match aggregate.expands {
            Expands::No => {
                if let Some(star) = call.arguments.iter().find(|one| matches!(one.value.kind, ExprKind::Star))
                {
                    return self.star_argument(aggregate, star.span);
                }
                let arguments = self.aggregate_arguments(&call.arguments, rows)?;
                let name = made_name(call, scope);
                Some(vec![self.aggregate_column(aggregate, arguments, name, call.span)?])
            }
            Expands::Extreme(extreme) => self.extreme_call(aggregate, extreme, call, rows, keys),
            Expands::PerArgument(several) => self.per_argument_call(aggregate, several, call, rows, keys),
            Expands::PerParameter(leading) => self.per_parameter_call(aggregate, leading, call, rows),
        }
    }

    /// `take_any(a, b)`: a column per argument.
    fn per_argument_call(
        &mut self,
        aggregate: &'static Aggregate,
        several: &str,
        call: &ast::Call,
        rows: Scope,
        keys: &[String],
    ) -> Option<Vec<AggregateColumn>> {
        if let Some(at) = aggregate.predicate {
            let arguments = self.aggregate_arguments(&call.arguments, rows)?;
            let named = call.arguments.iter().enumerate().find(|(index, _)| *index != at);
            let name = named.and_then(|(_, argument)| expression_name(&argument.value, rows));
            return Some(vec![self.aggregate_column(aggregate, arguments, name, call.span)?]);
        }
        if call.arguments.is_empty() {
            return self.wrong_count(&aggregate.into(), 0, call.span);
        }
        let listed = self.listed_columns(&call.arguments, rows, keys, None)?;
        let chosen =
            if listed.len() > 1 { aggregates::find(several).unwrap_or(aggregate) } else { aggregate };
        let mut columns = Vec::new();
        for Listed { name, expr, span } in listed {
            let name = match aggregate.result_name {
                ResultName::Prefix(prefix) => Some(format!("{prefix}_{}", name.unwrap_or_default())),
                ResultName::None
                | ResultName::FirstArgument
                | ResultName::Suffix(_)
                | ResultName::All(_)
                | ResultName::Ends(_) => name,
            };
            columns.push(self.aggregate_column(chosen, vec![(expr, span)], name, span)?);
        }
        Some(columns)
    }

    /// `percentiles(x, 5, 95)`: a column per parameter after the leading arguments.
    fn per_parameter_call(
        &mut self,
        aggregate: &'static Aggregate,
        leading: usize,
        call: &ast::Call,
        rows: Scope,
    ) -> Option<Vec<AggregateColumn>> {
        let mut arguments = self.aggregate_arguments(&call.arguments, rows)?;
        if arguments.len() <= leading {
            return Some(vec![self.aggregate_column(aggregate, arguments, None, call.span)?]);
        }
        let parameters = arguments.split_off(leading);
        let base = call.arguments.first().and_then(|argument| expression_name(&argument.value, rows));
        let prefix = match aggregate.result_name {
            ResultName::All(prefix) | ResultName::Prefix(prefix) | ResultName::Ends(prefix) => prefix,
            ResultName::None | ResultName::FirstArgument | ResultName::Suffix(_) => aggregate.name,
        };
        let mut columns = Vec::new();
        for ((expr, span), written) in parameters.into_iter().zip(&call.arguments[leading..]) {
            let parameter = match written.value.as_literal() {
                Some(literal) => literal.text.replace('.', "_"),
                None => expr.literal().map(|value| value.text().replace('.', "_")).unwrap_or_default(),
            };
            let name = format!("{prefix}_{}_{parameter}", base.clone().unwrap_or_default());
            let mut all = arguments.clone();
            all.push((expr, span));
            columns.push(self.aggregate_column(aggregate, all, Some(name), span)?);
        }
        Some(columns)
    }

    /// `count(*)`: no columns are named in an aggregate that looks at rows.
    fn star_argument<T>(&mut self, aggregate: &'static Aggregate, span: Span) -> Option<T> {
        let name = aggregate.name;
        let without = crate::misfit::bounds(&aggregate.into()).0 == 0;
        let help = if without { format!("write `{name}()`") } else { forms(&aggregate.into()) };
        self.error_with_help("KS191", span, format!("the aggregate `{name}` takes no `*`"), help)
    }

    fn aggregate_arguments(&mut self, arguments: &[NamedExpr], rows: Scope) -> Option<Vec<(Expr, Span)>> {
        let bound: Vec<Option<(Expr, Span)>> = arguments
            .iter()
            .filter(|argument| !matches!(argument.value.kind, ExprKind::Star))
            .map(|argument| Some((self.expression(&argument.value, rows)?, argument.span)))
            .collect();
        bound.into_iter().collect()
    }

    /// The arguments with `*` replaced by all columns but the keys and `without`.
    fn listed_columns(
        &mut self,
        arguments: &[NamedExpr],
        rows: Scope,
        keys: &[String],
        without: Option<&str>,
    ) -> Option<Vec<Listed>> {
        let mut listed = Vec::new();
        for argument in arguments {
            if matches!(argument.value.kind, ExprKind::Star) {
                let others = visible(rows.columns)
                    .filter(|column| !keys.contains(&column.name) && Some(column.name.as_str()) != without);
                listed.extend(others.map(|column| Listed {
                    name: Some(column.name.clone()),
                    expr: column.expr(),
                    span: argument.span,
                }));
            } else {
                let expr = self.expression(&argument.value, rows)?;
                let name = expression_name(&argument.value, rows);
                listed.push(Listed { name, expr, span: argument.span });
            }
        }
        Some(listed)
    }

    /// `arg_max(e, a, b)`: the extreme of `e`, then `a` and `b` of the row that has it.
    fn extreme_call(
        &mut self,
        aggregate: &'static Aggregate,
        extreme: &str,
        call: &ast::Call,
        rows: Scope,
        keys: &[String],
    ) -> Option<Vec<AggregateColumn>> {
        let Some((first, others)) = call.arguments.split_first() else {
            return self.wrong_count(&aggregate.into(), 0, call.span);
        };
        let measure = self.expression(&first.value, rows)?;
        if measure.ty() == Type::Dynamic {
            return self.error_with_help(
                "KS116",
                first.span,
                "a dynamic value has no order",
                "convert it first: `tostring(…)`, `tolong(…)`, `todatetime(…)`",
            );
        }
        let name = expression_name(&first.value, rows);
        let listed =
            self.listed_columns(others, rows, keys, first.value.as_name().map(|name| name.text.as_str()))?;
        let Some(bound) = aggregates::find(extreme) else {
            return self.unsupported(call.span, &format!("the aggregate `{extreme}`"));
        };
        let base = format!("{extreme}_{}", name.clone().unwrap_or_default());
        let made = Some(name.unwrap_or_else(|| base.clone()));
        let mut columns =
            vec![self.aggregate_column(bound, vec![(measure.clone(), first.span)], made, first.span)?];
        for (index, Listed { name, expr, .. }) in listed.into_iter().enumerate() {
            let name = name.or_else(|| Some(format!("{base}_arg{}", index + 1)));
            let column = self.column(hidden_name(aggregate.name), expr.ty());
            let returns = expr.ty();
            let arguments = vec![measure.clone(), expr];
            self.aggregates
                .push((column.clone(), AggregateExpr { aggregate, arguments, predicate: None, returns }));
            columns.push(AggregateColumn { name, column });
        }
        Some(columns)
    }

    fn aggregate_column(
        &mut self,
        aggregate: &'static Aggregate,
        mut arguments: Vec<(Expr, Span)>,
        name: Option<String>,
        span: Span,
    ) -> Option<AggregateColumn> {
        let infos: Vec<ArgumentInfo> = arguments
            .iter()
            .map(|(expr, _)| ArgumentInfo { ty: expr.ty(), constant: expr.literal().cloned() })
            .collect();
        let overload = match choose(aggregate.signatures, aggregate.overload, &infos) {
            Ok(overload) => overload,
            Err(mismatch) => return self.does_not_fit(&aggregate.into(), mismatch, &arguments, span),
        };
        let mut converted = Vec::with_capacity(arguments.len());
        for ((expr, place), ty) in arguments.drain(..).zip(&overload.arguments) {
            converted.push(self.convert(expr, *ty, place)?);
        }
        let predicate = match aggregate.predicate {
            Some(at) if at < converted.len() => Some(converted.remove(at)),
            Some(_) | None => None,
        };
        let column = self.column(hidden_name(aggregate.name), overload.returns);
        let call = AggregateExpr { aggregate, arguments: converted, predicate, returns: overload.returns };
        self.aggregates.push((column.clone(), call));
        Some(AggregateColumn { name, column })
    }
}

/// The name an aggregate call makes.
fn made_name(call: &ast::Call, scope: Scope) -> Option<String> {
    let e = ast::Expr::new(ExprKind::Call(call.clone()), call.span);
    expression_name(&e, Scope { level: Level::Group, ..scope })
}
