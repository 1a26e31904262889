//! Function calls in scalar expressions: built-in functions, aggregates, functions of the query, and the few that are
//! syntax in disguise.

use crate::binder::{Binder, Level, Scope, visible};
use crate::environment::Binding;
use crate::invocation::Invoked;
use crate::misfit::bounds;
use crate::names::expression_name;
use crate::plan::Expr;
use calypso_library::function::{Function, Kind, Special};
use calypso_library::{Type, Value, aggregates, functions};
use calypso_parser::ast::{self, ExprKind, Span};
use std::sync::Arc;

impl Binder<'_> {
    /// Binds a call where a scalar is wanted.
    pub fn scalar_call(&mut self, call: &ast::Call, scope: Scope) -> Option<Expr> {
        let name = call.name.text.as_str();
        if let Some(Binding::Function(closure)) = scope.environment.find(name) {
            let closure = closure.clone();
            return match self.invoke(&closure, &call.arguments, None, call.span, scope)? {
                Invoked::Scalar(expr) => Some(expr),
                Invoked::Table(_) | Invoked::Graph(_) => self.error_with_help(
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
            None if aggregate.is_some() => self.misplaced_aggregate(call, scope),
            None => match self.stored_function(&call.name, scope.environment) {
                Some(closure) => match self.invoke(&closure, &call.arguments, None, call.span, scope)? {
                    Invoked::Scalar(expr) => Some(expr),
                    Invoked::Table(_) | Invoked::Graph(_) => self.error(
                        "KS108",
                        call.span,
                        format!("the function `{name}` gives rows, expected a scalar value"),
                    ),
                },
                None => self.unknown_function(&call.name, scope),
            },
        }
    }

    /// Reports an aggregate where rows are seen one by one, or within another aggregate.
    fn misplaced_aggregate<T>(&mut self, call: &ast::Call, scope: Scope) -> Option<T> {
        let name = call.name.text.as_str();
        let help = match scope.level {
            Level::Argument => "aggregate twice: `summarize x = … by … | summarize … (x)`".to_owned(),
            Level::Row | Level::Group => {
                format!("rows are seen one by one here; first write `| summarize {name}(…) by …`")
            }
        };
        self.error_with_help("KS144", call.span, format!("the aggregate `{name}` is not allowed here"), help)
    }

    fn builtin(&mut self, function: &'static Function, call: &ast::Call, scope: Scope) -> Option<Expr> {
        if let Kind::Special(special) = function.kind {
            return self.special(special, function, call, scope);
        }
        if function.columns.is_some() {
            return self.one_value(function, call, scope);
        }
        let arguments = match call.arguments.as_slice() {
            [all]
                if function.takes_star
                    && scope.level != Level::Group
                    && matches!(all.value.kind, ExprKind::Star) =>
            {
                visible(scope.columns).map(|column| (column.expr(), all.span)).collect()
            }
            _ => self.call_arguments(call, scope)?,
        };
        let mut bound = self.function_call(function, arguments, call.span)?;
        if let (Kind::Volatile, Expr::Call { arguments, .. }) = (function.kind, &mut bound) {
            arguments.push(Expr::Literal(Value::Null(Type::Long)));
            vary(&mut bound, scope);
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
        let (least, most) = bounds(&function.into());
        let given = call.arguments.len();
        if given < least || most.is_some_and(|most| given > most) {
            return self.wrong_count(&function.into(), given, call.span);
        }
        match special {
            Special::ToScalar => self.first_cell(call, scope),
            Special::Materialize => {
                self.error("KS108", call.span, "`materialize` gives rows, expected a scalar value")
            }
            Special::ColumnIfExists => self.column_if_exists(call, scope),
            Special::IsColumnExists => self.is_column(function, call, scope),
            Special::PackAll => self.pack_all(call, scope),
            Special::BagPackColumns => {
                let mut arguments = Vec::new();
                for argument in &call.arguments {
                    let Some(name) = expression_name(&argument.value, scope) else {
                        return self.error("KS109", argument.span, "expected the name of a column");
                    };
                    arguments.push((Expr::Literal(Value::String(name)), argument.span));
                    arguments.push((self.expression(&argument.value, scope)?, argument.span));
                }
                self.named_function("bag_pack", arguments, call.span)
            }
            Special::ColumnNamesOf => self.column_names_of(call, scope),
            Special::BinAuto => self.bin_auto(function, call, scope),
            Special::Graph(_) => self.error_with_help(
                "KS143",
                call.span,
                format!("`{}` is said of a pattern in a graph", function.name),
                "it stands in `graph-match` and `graph-shortest-paths`",
            ),
        }
    }

    /// A call of the built-in function of that name.
    pub fn named_function(&mut self, name: &str, arguments: Vec<(Expr, Span)>, span: Span) -> Option<Expr> {
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

    fn is_column(&mut self, function: &'static Function, call: &ast::Call, scope: Scope) -> Option<Expr> {
        let [name] = call.arguments.as_slice() else {
            let message = format!("the function `{}` expects 1 argument", function.name);
            return self.error("KS119", call.span, message);
        };
        let Some(Value::String(wanted)) = self.constant(&name.value, scope) else {
            return self.error("KS131", name.span, "expected the name of a column as a text");
        };
        let found = crate::expression::find_column(scope.columns, &wanted).is_some();
        Some(Expr::Literal(Value::Bool(found)))
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
}

/// Lets the volatile calls of an expression read a column of the rows, where there is one: a `let` binds them before any
/// row is known.
pub fn vary(expr: &mut Expr, scope: Scope) {
    let Expr::Call { function, arguments, .. } = expr else { return };
    arguments.iter_mut().for_each(|argument| vary(argument, scope));
    if function.kind != Kind::Volatile || scope.level == Level::Group {
        return;
    }
    if let (Some(column), Some(last @ Expr::Literal(_))) =
        (visible(scope.columns).next(), arguments.last_mut())
    {
        *last = column.expr();
    }
}
