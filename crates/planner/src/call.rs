//! Function calls in scalar expressions: built-in functions, aggregates, functions of the query, and the few that are
//! syntax in disguise.

use crate::binder::{Binder, Level, Scope, hidden_name, visible};
use crate::environment::Binding;
use crate::invocation::Invoked;
use crate::names::expression_name;
use crate::plan::{AggregateExpr, Expr, PlanColumn};
use crate::suggest::nearest;
use calypso_library::aggregate::{Aggregate, Expands};
use calypso_library::function::{ArgumentInfo, Function, Kind, ResultName, Special};
use calypso_library::overload::{Mismatch, choose};
use calypso_library::{Type, Value, aggregates, functions};
use calypso_parser::ast::{self, ExprKind, NamedExpr, Span};
use std::sync::Arc;

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
    /// Binds a call where a scalar is wanted.
    pub fn scalar_call(&mut self, call: &ast::Call, scope: Scope) -> Option<Expr> {
        let name = call.name.text.as_str();
        if let Some(Binding::Function(closure)) = scope.environment.find(name) {
            let closure = closure.clone();
            return match self.invoke(&closure, &call.arguments, None, call.span, scope)? {
                Invoked::Scalar(expr) => Some(expr),
                Invoked::Table(_) => self.error_with_help(
                    "KS108",
                    call.span,
                    format!("the function `{name}` gives rows, expected a scalar value"),
                    "wrap it in `toscalar(…)` to take its first cell",
                ),
            };
        }
        let aggregate = aggregates::find(name);
        if let (Level::Group, Some(aggregate)) = (scope.level, aggregate) {
            let columns = self.aggregate_call(aggregate, call, scope, &[])?;
            return columns.into_iter().next().map(|found| found.column.expr());
        }
        match functions::find(name) {
            Some(function) => self.builtin(function, call, scope),
            None if aggregate.is_some() => self.error_with_help(
                "KS144",
                call.span,
                format!("the aggregate `{name}` is not allowed here"),
                "aggregates stand in `summarize`, `make-series` and `top-nested`",
            ),
            None => match self.stored_function(&call.name) {
                Some(closure) => match self.invoke(&closure, &call.arguments, None, call.span, scope)? {
                    Invoked::Scalar(expr) => Some(expr),
                    Invoked::Table(_) => self.error(
                        "KS108",
                        call.span,
                        format!("the function `{name}` gives rows, expected a scalar value"),
                    ),
                },
                None => self.unknown_function(&call.name, scope),
            },
        }
    }

    /// Reports a function that nobody knows.
    pub fn unknown_function<T>(&mut self, name: &ast::Name, scope: Scope) -> Option<T> {
        let message = format!("the function `{}` is not known", name.text);
        let known = functions::all()
            .filter(|function| {
                function.name.starts_with(|c: char| c.is_ascii_alphabetic()) && !function.name.contains(' ')
            })
            .map(|function| function.name)
            .chain(aggregates::ALL.iter().map(|aggregate| aggregate.name))
            .chain(scope.environment.names());
        match nearest(&name.text, known).map(str::to_owned) {
            Some(near) => {
                self.error_with_help("KS143", name.span, message, format!("did you mean `{near}`?"))
            }
            None => self.error("KS143", name.span, message),
        }
    }

    fn builtin(&mut self, function: &'static Function, call: &ast::Call, scope: Scope) -> Option<Expr> {
        if let Kind::Special(special) = function.kind {
            return self.special(special, function, call, scope);
        }
        if function.columns.is_some() {
            return self.one_value(function, call, scope);
        }
        let arguments = self.call_arguments(call, scope)?;
        let mut bound = self.function_call(function, arguments, call.span)?;
        if let (Kind::Volatile, Expr::Call { arguments, .. }) = (function.kind, &mut bound) {
            let column = visible(scope.columns).next().filter(|_| scope.level == Level::Row);
            arguments.push(column.map_or(Expr::Literal(Value::Null(Type::Long)), PlanColumn::expr));
        }
        Some(bound)
    }

    /// The arguments of a call of a function. Within a group they may be aggregates again; elsewhere they are read row
    /// by row.
    pub fn call_arguments(&mut self, call: &ast::Call, scope: Scope) -> Option<Vec<(Expr, Span)>> {
        let bound: Vec<Option<(Expr, Span)>> = call
            .arguments
            .iter()
            .map(|argument| Some((self.expression(&argument.value, scope)?, argument.span)))
            .collect();
        bound.into_iter().collect()
    }

    fn special(
        &mut self,
        special: Special,
        function: &'static Function,
        call: &ast::Call,
        scope: Scope,
    ) -> Option<Expr> {
        match special {
            Special::ToScalar => self.first_cell(call, scope),
            Special::Materialize => {
                self.error("KS108", call.span, "`materialize` gives rows, expected a scalar value")
            }
            Special::ColumnIfExists => self.column_if_exists(call, scope),
            Special::PackAll => self.pack_all(call, scope),
            Special::BagPackColumns => {
                let mut arguments = Vec::new();
                for argument in &call.arguments {
                    let name = expression_name(&argument.value, scope).unwrap_or_default();
                    arguments.push((Expr::Literal(Value::String(name)), argument.span));
                    arguments.push((self.expression(&argument.value, scope)?, argument.span));
                }
                self.named_function("bag_pack", arguments, call.span)
            }
            Special::ColumnNamesOf => self.column_names_of(call, scope),
            Special::BinAuto => self.bin_auto(function, call, scope),
        }
    }

    /// A call of the built-in function of that name.
    fn named_function(&mut self, name: &str, arguments: Vec<(Expr, Span)>, span: Span) -> Option<Expr> {
        match functions::find(name) {
            Some(function) => self.function_call(function, arguments, span),
            None => self.unsupported(span, &format!("the function `{name}`")),
        }
    }

    fn first_cell(&mut self, call: &ast::Call, scope: Scope) -> Option<Expr> {
        let [argument] = call.arguments.as_slice() else {
            return self.error("KS119", call.span, "the function `toscalar` expects 1 argument");
        };
        if !self.is_tabular(&argument.value, scope.environment) {
            return self.expression(&argument.value, Scope::constant(scope.environment));
        }
        let plan = self.table(&argument.value, scope.environment)?;
        let Some(ty) = visible(&plan.columns).next().map(|column| column.ty) else {
            return self.error("KS113", argument.span, "the rows have no column");
        };
        Some(Expr::Scalar(Arc::new(plan), ty))
    }

    fn column_if_exists(&mut self, call: &ast::Call, scope: Scope) -> Option<Expr> {
        let [name, default] = call.arguments.as_slice() else {
            return self.error("KS119", call.span, "the function `column_ifexists` expects 2 arguments");
        };
        let Some(Value::String(wanted)) = self.constant(&name.value, scope) else {
            return self.error("KS131", name.span, "expected the name of a column as a text");
        };
        match crate::expression::find_column(scope.columns, &wanted) {
            Some(column) => Some(column.expr()),
            None => self.expression(&default.value, scope),
        }
    }

    fn pack_all(&mut self, call: &ast::Call, scope: Scope) -> Option<Expr> {
        let ignore = match call.arguments.first() {
            None => false,
            Some(argument) => matches!(self.constant(&argument.value, scope)?, Value::Bool(true)),
        };
        let mut arguments = Vec::new();
        for column in visible(scope.columns).cloned().collect::<Vec<_>>() {
            arguments.push((Expr::Literal(Value::String(column.name.clone())), call.span));
            arguments.push((column.expr(), call.span));
        }
        let name = if ignore { "bag_pack_nonempty" } else { "bag_pack" };
        self.named_function(name, arguments, call.span)
    }

    fn column_names_of(&mut self, call: &ast::Call, scope: Scope) -> Option<Expr> {
        let [argument] = call.arguments.as_slice() else {
            return self.error("KS119", call.span, "the function `column_names_of` expects 1 argument");
        };
        let plan = self.table(&argument.value, scope.environment)?;
        let names = visible(&plan.columns).map(|column| column.name.clone().into()).collect();
        Some(Expr::Literal(Value::Dynamic(calypso_library::Json::Array(names))))
    }

    fn bin_auto(&mut self, function: &'static Function, call: &ast::Call, scope: Scope) -> Option<Expr> {
        let [argument] = call.arguments.as_slice() else {
            return self.error(
                "KS119",
                call.span,
                format!("the function `{}` expects 1 argument", function.name),
            );
        };
        let value = self.expression(&argument.value, scope)?;
        let Some(size) = self.settings.get("query_bin_auto_size").cloned() else {
            return self.error_with_help(
                "KS129",
                call.span,
                format!("`{}` needs a bin size", function.name),
                "write `set query_bin_auto_size = 1h;` before the query",
            );
        };
        let mut arguments = vec![(value, argument.span), (Expr::Literal(size), call.span)];
        match self.settings.get("query_bin_auto_at").cloned() {
            Some(at) => {
                arguments.push((Expr::Literal(at), call.span));
                self.named_function("bin_at", arguments, call.span)
            }
            None => self.named_function("bin", arguments, call.span),
        }
    }

    /// Binds a call of an aggregate: one column, or several (`arg_max`, `percentiles`, `take_any(a, b)`). `keys` are the
    /// names of plain key columns, which `*` leaves out.
    pub fn aggregate_call(
        &mut self,
        aggregate: &'static Aggregate,
        call: &ast::Call,
        scope: Scope,
        keys: &[String],
    ) -> Option<Vec<AggregateColumn>> {
        let rows = Scope { level: Level::Row, ..scope };
        match aggregate.expands {
            Expands::No => {
                let arguments = self.aggregate_arguments(&call.arguments, rows)?;
                let name = made_name(aggregate, call, scope);
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
            let message = format!("the aggregate `{}` expects at least 1 argument", aggregate.name);
            return self.error("KS120", call.span, message);
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
            return self.error(
                "KS120",
                call.span,
                format!("the aggregate `{}` expects at least 1 argument", aggregate.name),
            );
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
        let made = Some(name.unwrap_or_else(|| format!("{extreme}_")));
        let mut columns =
            vec![self.aggregate_column(bound, vec![(measure.clone(), first.span)], made, first.span)?];
        for Listed { name, expr, .. } in listed {
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
            Err(mismatch) => return self.aggregate_mismatch(aggregate, mismatch, &arguments, span),
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

    fn aggregate_mismatch<T>(
        &mut self,
        aggregate: &Aggregate,
        mismatch: Mismatch,
        arguments: &[(Expr, Span)],
        span: Span,
    ) -> Option<T> {
        let name = aggregate.name;
        match mismatch {
            Mismatch::Count(least, most) => {
                let wanted = match most {
                    Some(most) if most == least => format!("{least}"),
                    Some(most) => format!("{least} to {most}"),
                    None => format!("at least {least}"),
                };
                let found = arguments.len();
                self.error(
                    "KS119",
                    span,
                    format!("the aggregate `{name}` expects {wanted} arguments, found {found}"),
                )
            }
            Mismatch::Type(index) => {
                let (ty, place) =
                    arguments.get(index).map_or((Type::Dynamic, span), |(expr, at)| (expr.ty(), *at));
                let message = format!("the aggregate `{name}` does not take a {ty} here");
                if ty == Type::Dynamic {
                    let help = "convert the dynamic value first: `tostring(…)`, `tolong(…)`";
                    return self.error_with_help("KS127", place, message, help);
                }
                self.error("KS127", place, message)
            }
            Mismatch::Constant(index) => {
                let place = arguments.get(index).map_or(span, |(_, place)| *place);
                self.error(
                    "KS129",
                    place,
                    format!("this argument of `{name}` must be known before any row is read"),
                )
            }
        }
    }
}

/// The name an aggregate call makes.
fn made_name(aggregate: &Aggregate, call: &ast::Call, scope: Scope) -> Option<String> {
    let _ = aggregate;
    let e = ast::Expr::new(ExprKind::Call(call.clone()), call.span);
    expression_name(&e, Scope { level: Level::Group, ..scope })
}
