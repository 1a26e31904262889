//! Scalar expressions: names, literals, operators, paths into dynamics.

use crate::binder::{Binder, Level, Scope, hidden_name, visible};
use crate::environment::Binding;
use crate::plan::{Expr, PlanColumn};
use crate::suggest::nearest;
use calypso_library::format::TICKS_PER_DAY;
use calypso_library::function::{ArgumentInfo, Function, Kind};
use calypso_library::overload::{Mismatch, choose, counts};
use calypso_library::{Json, Type, Value, functions, json, literals};
use calypso_parser::ast::{self, BinaryOp, DynamicValue, ExprKind, Literal, ScalarType, Span, Step, UnaryOp};

/// Longest chain of `+ - * / %` bound as one expression; each term nests one deeper in the plan.
const MAX_TERMS: usize = 500;

/// The type a name in the syntax stands for.
pub fn type_of(ty: ScalarType) -> Type {
    match ty {
        ScalarType::Bool => Type::Bool,
        ScalarType::DateTime => Type::DateTime,
        ScalarType::Decimal => Type::Decimal,
        ScalarType::Dynamic => Type::Dynamic,
        ScalarType::Guid => Type::Guid,
        ScalarType::Int => Type::Int,
        ScalarType::Long => Type::Long,
        ScalarType::Real => Type::Real,
        ScalarType::String => Type::String,
        ScalarType::TimeSpan => Type::TimeSpan,
    }
}

impl Binder<'_> {
    /// Binds a scalar expression; `None` when a diagnostic was given.
    pub fn expression(&mut self, e: &ast::Expr, scope: Scope) -> Option<Expr> {
        match &e.kind {
            ExprKind::Literal(literal) => self.literal(literal, e.span),
            ExprKind::Name(name) => self.name(name, scope),
            ExprKind::Path(base, steps) => self.path(base, steps, e.span, scope),
            ExprKind::Call(call) => self.scalar_call(call, scope),
            ExprKind::Unary(op, operand) => self.unary(*op, operand, e.span, scope),
            ExprKind::Chain(first, rest) => self.chain(first, rest, e.span, scope),
            ExprKind::Compare(ast::CompareOp::Search, ..) => {
                self.error("KS106", e.span, "the operator `:` is only for `search`")
            }
            ExprKind::Compare(op, left, right) => self.compare(op.symbol(), left, right, e.span, scope),
            ExprKind::Membership(op, value, items) => {
                self.membership(op.symbol(), value, items, e.span, scope)
            }
            ExprKind::Between { negated, value, low, high } => {
                let symbol = if *negated { "!between" } else { "between" };
                let arguments = [value, low, high]
                    .map(|part| self.expression(part, scope).map(|bound| (bound, part.span)));
                let arguments: Option<Vec<_>> = arguments.into_iter().collect();
                self.operator(symbol, arguments?, e.span)
            }
            ExprKind::TypeOf(types) => self.type_literal(types, e.span),
            ExprKind::Pipeline(_) => self.error_with_help(
                "KS108",
                e.span,
                "found rows, expected a scalar value",
                "wrap it in `toscalar(…)` to take its first cell",
            ),
            ExprKind::Star | ExprKind::Wildcard(_) => {
                self.error("KS108", e.span, "`*` stands for columns, expected a scalar value")
            }
            ExprKind::EntityGroup(_) => self.unsupported(e.span, "`entity_group`"),
            ExprKind::Missing => None,
        }
    }

    /// Binds an expression that must have a value before any row.
    pub fn constant(&mut self, e: &ast::Expr, scope: Scope) -> Option<Value> {
        match self.expression(e, Scope { columns: &[], ..scope })? {
            Expr::Literal(value) => Some(value),
            Expr::Column(..) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => {
                self.error("KS129", e.span, "the value must be known before any row is read")
            }
        }
    }

    /// Binds an expression to a bool; numbers count by non-zero.
    pub fn predicate(&mut self, e: &ast::Expr, scope: Scope) -> Option<Expr> {
        let bound = self.expression(e, scope)?;
        match bound.ty() {
            Type::Bool => Some(bound),
            Type::Int | Type::Long | Type::Real | Type::Decimal | Type::Dynamic => {
                self.convert(bound, Type::Bool, e.span)
            }
            other => self.error("KS107", e.span, format!("found a {other}, expected a bool")),
        }
    }

    /// The value of a literal.
    pub fn literal(&mut self, literal: &Literal, span: Span) -> Option<Expr> {
        let ty = type_of(literal.kind);
        let text = literal.text.trim();
        if literal.is_null() {
            return Some(Expr::Literal(Value::absent(ty)));
        }
        let value = match ty {
            Type::String => Some(Value::String(literal.text.clone())),
            Type::DateTime if text.is_empty() => Some(Value::DateTime(self.now)),
            Type::DateTime => literals::value(ty, text).or_else(|| {
                // A time alone is one of today.
                let midnight = self.now - self.now.rem_euclid(TICKS_PER_DAY);
                literals::time_of_day(text).map(|time| Value::DateTime(midnight + time))
            }),
            Type::Dynamic => self.dynamic_literal(&literal.text).map(Value::dynamic),
            Type::Bool
            | Type::Int
            | Type::Long
            | Type::Real
            | Type::Decimal
            | Type::TimeSpan
            | Type::Guid => literals::value(ty, text),
        };
        match value {
            Some(value) => Some(Expr::Literal(value)),
            None => self.error("KS004", span, format!("`{text}` is no {ty}")),
        }
    }

    fn dynamic_literal(&mut self, text: &str) -> Option<Json> {
        let tree = calypso_parser::dynamic_literal(text).ok()?;
        self.dynamic_tree(&tree)
    }

    /// Typed parts are stored each their own way: a timespan as its ticks, a datetime as text.
    fn dynamic_tree(&mut self, tree: &DynamicValue) -> Option<Json> {
        Some(match tree {
            DynamicValue::Null => Json::Null,
            DynamicValue::Bool(value) => Json::Bool(*value),
            DynamicValue::Number(text) => match json::parse(text) {
                Some(number) => number,
                None => match literals::long(text) {
                    Some(long) => Json::from(long),
                    None => json::from_real(literals::real(text)?),
                },
            },
            DynamicValue::String(text) => Json::String(text.clone()),
            DynamicValue::Array(items) => {
                Json::Array(items.iter().map(|item| self.dynamic_tree(item)).collect::<Option<_>>()?)
            }
            DynamicValue::Bag(entries) => entries
                .iter()
                .map(|(key, value)| Some((key.clone(), self.dynamic_tree(value)?)))
                .collect::<Option<Json>>()?,
            // The language refuses these two inside a dynamic.
            DynamicValue::Typed(literal) if literal.kind == ScalarType::Bool => return None,
            DynamicValue::Typed(literal) if literal.kind == ScalarType::DateTime && literal.is_null() => {
                return None;
            }
            DynamicValue::Typed(literal) => match self.literal(literal, Span::default())? {
                Expr::Literal(Value::TimeSpan(ticks)) => Json::from(ticks),
                Expr::Literal(value) => json::from_value(&value).unwrap_or(Json::Null),
                Expr::Column(..) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => {
                    return None;
                }
            },
        })
    }

    fn name(&mut self, name: &ast::Name, scope: Scope) -> Option<Expr> {
        if let Some(column) = find_column(scope.columns, &name.text) {
            return match scope.level {
                Level::Row => Some(column.expr()),
                Level::Group => self.error_with_help(
                    "KS108",
                    name.span,
                    format!("the column `{}` stands outside an aggregate", name.text),
                    format!("write `take_any({0})`, or add `{0}` after `by`", name.text),
                ),
            };
        }
        match scope.environment.find(&name.text) {
            Some(Binding::Scalar(expr)) => Some(expr.clone()),
            Some(Binding::Table(_)) => self.error_with_help(
                "KS108",
                name.span,
                format!("`{}` stands for rows, expected a scalar value", name.text),
                "wrap it in `toscalar(…)` to take its first cell",
            ),
            Some(Binding::Function(_)) => self.error(
                "KS117",
                name.span,
                format!("the function `{}` needs its arguments in parentheses", name.text),
            ),
            None => self.unknown_name(name, scope),
        }
    }

    fn unknown_name<T>(&mut self, name: &ast::Name, scope: Scope) -> Option<T> {
        if name.text.is_empty() {
            return None;
        }
        if self.catalog.table(&name.text).is_some() {
            return self.error(
                "KS108",
                name.span,
                format!("`{}` is a table, expected a scalar value", name.text),
            );
        }
        let message = format!("the name `{}` does not refer to any known column or variable", name.text);
        let names =
            visible(scope.columns).map(|column| column.name.as_str()).chain(scope.environment.names());
        match nearest(&name.text, names).map(str::to_owned) {
            Some(near) => {
                self.error_with_help("KS142", name.span, message, format!("did you mean `{near}`?"))
            }
            None if scope.columns.is_empty() => self.error("KS142", name.span, message),
            None => {
                let mut list: Vec<&str> =
                    visible(scope.columns).take(8).map(|column| column.name.as_str()).collect();
                if visible(scope.columns).count() > 8 {
                    list.push("…");
                }
                let help = format!("the columns here are {}", list.join(", "));
                self.error_with_help("KS142", name.span, message, help)
            }
        }
    }

    fn path(&mut self, base: &ast::Expr, steps: &[Step], span: Span, scope: Scope) -> Option<Expr> {
        let mut steps = steps;
        let start = match (base.as_name().map(|name| name.text.as_str()), scope.right) {
            (Some(side @ ("$left" | "$right")), Some(right)) => {
                let columns = if side == "$left" { scope.columns } else { right };
                let (Some(Step::Field(name)), rest) = (steps.first(), steps.get(1..).unwrap_or(&[])) else {
                    return self.error("KS109", span, format!("expected a column after `{side}.`"));
                };
                steps = rest;
                self.name(name, Scope { columns, right: None, ..scope })?
            }
            _ => self.expression(base, scope)?,
        };
        if steps.is_empty() {
            return Some(start);
        }
        if start.ty() != Type::Dynamic {
            let help = match start.ty() {
                Type::String => "a text that holds JSON is read by `parse_json(…)` first",
                _ => "only a dynamic value has parts",
            };
            return self.error_with_help(
                "KS147",
                span,
                format!("a {} has no parts to access", start.ty()),
                help,
            );
        }
        let mut arguments = vec![(start, base.span)];
        for step in steps {
            arguments.push(match step {
                Step::Field(name) => (Expr::Literal(Value::String(name.text.clone())), name.span),
                Step::Index(index) => (self.expression(index, scope)?, index.span),
                Step::Wildcard(name) => return self.unsupported(name.span, "a pattern in a path"),
                Step::Call(call) => {
                    return self.error(
                        "KS128",
                        call.span,
                        format!("`{}` is not a part of a dynamic value", call.name.text),
                    );
                }
            });
        }
        self.operator("[]", arguments, span)
    }

    fn unary(&mut self, op: UnaryOp, operand: &ast::Expr, span: Span, scope: Scope) -> Option<Expr> {
        if let (UnaryOp::Minus, Some(literal)) = (op, operand.as_literal())
            && let Some(value) = negated_literal(literal)
        {
            return Some(Expr::Literal(value));
        }
        let bound = self.expression(operand, scope)?;
        match op {
            UnaryOp::Minus => self.operator("unary -", vec![(bound, operand.span)], span),
            UnaryOp::Plus => Some(bound),
        }
    }

    fn chain(
        &mut self,
        first: &ast::Expr,
        rest: &[(BinaryOp, ast::Expr)],
        span: Span,
        scope: Scope,
    ) -> Option<Expr> {
        if let Some((op @ (BinaryOp::And | BinaryOp::Or), _)) = rest.first() {
            let terms = std::iter::once(first).chain(rest.iter().map(|(_, term)| term));
            let bound: Vec<Option<(Expr, Span)>> =
                terms.map(|term| Some((self.predicate(term, scope)?, term.span))).collect();
            return self.balanced(op.symbol(), bound.into_iter().collect::<Option<Vec<_>>>()?, span);
        }
        if rest.len() > MAX_TERMS {
            return self.error("KS005", span, format!("more than {MAX_TERMS} terms in one expression"));
        }
        let mut left = self.expression(first, scope);
        for (op, term) in rest {
            let right = self.expression(term, scope);
            left = match (left, right) {
                (Some(left), Some(right)) => {
                    let span = first.span.to(term.span);
                    self.operator(op.symbol(), vec![(left, first.span), (right, term.span)], span)
                }
                _ => None,
            };
        }
        left
    }

    /// `and` and `or` over many terms as a tree of even height.
    fn balanced(&mut self, symbol: &str, mut terms: Vec<(Expr, Span)>, span: Span) -> Option<Expr> {
        if terms.len() == 1 {
            return terms.pop().map(|(expr, _)| expr);
        }
        let right = terms.split_off(terms.len() / 2);
        let left = self.balanced(symbol, terms, span)?;
        let right = self.balanced(symbol, right, span)?;
        self.operator(symbol, vec![(left, span), (right, span)], span)
    }

    fn compare(
        &mut self,
        symbol: &str,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        scope: Scope,
    ) -> Option<Expr> {
        if matches!(left.kind, ExprKind::Star) {
            return self.any_column(symbol, right, span, scope);
        }
        let l = self.expression(left, scope);
        let r = self.expression(right, scope);
        self.operator(symbol, vec![(l?, left.span), (r?, right.span)], span)
    }

    /// `* has "x"`: true when it holds for any column.
    fn any_column(&mut self, symbol: &str, right: &ast::Expr, span: Span, scope: Scope) -> Option<Expr> {
        let needle = self.expression(right, scope)?;
        let mut terms = Vec::new();
        for column in visible(scope.columns) {
            let text = self.convert(column.expr(), Type::String, span)?;
            terms
                .push((self.operator(symbol, vec![(text, span), (needle.clone(), right.span)], span)?, span));
        }
        if terms.is_empty() {
            return Some(Expr::Literal(Value::Bool(false)));
        }
        self.balanced("or", terms, span)
    }

    fn membership(
        &mut self,
        symbol: &str,
        value: &ast::Expr,
        items: &[ast::Expr],
        span: Span,
        scope: Scope,
    ) -> Option<Expr> {
        if matches!(value.kind, ExprKind::Star) {
            return self.unsupported(value.span, &format!("`* {symbol}`"));
        }
        let bound = self.expression(value, scope);
        let mut arguments = Vec::with_capacity(items.len() + 1);
        for item in items {
            let bound = if self.is_tabular(item, scope.environment) {
                let plan = self.table(item, scope.environment)?;
                Expr::FirstColumn(std::sync::Arc::new(plan))
            } else {
                self.expression(item, scope)?
            };
            arguments.push((bound, item.span));
        }
        arguments.insert(0, (bound?, value.span));
        self.operator(symbol, arguments, span)
    }

    fn type_literal(&mut self, types: &[ast::TypeName], span: Span) -> Option<Expr> {
        match types {
            [one] if one.scalar().is_some() => {
                let ty = one.scalar().map_or(Type::String, type_of);
                Some(Expr::Literal(Value::String(ty.name().to_owned())))
            }
            _ => self.error("KS141", span, "expected one of the scalar types in `typeof(…)`"),
        }
    }

    /// A call of the operator of that symbol.
    pub fn operator(&mut self, symbol: &str, arguments: Vec<(Expr, Span)>, span: Span) -> Option<Expr> {
        match functions::find(symbol) {
            Some(function) => self.function_call(function, arguments, span),
            None => self.unsupported(span, &format!("the operator `{symbol}`")),
        }
    }

    /// Chooses the overload, converts the arguments and makes the call.
    pub fn function_call(
        &mut self,
        function: &'static Function,
        mut arguments: Vec<(Expr, Span)>,
        span: Span,
    ) -> Option<Expr> {
        if function.kind == Kind::Comparison {
            self.convert_text_literals(&mut arguments);
        }
        let infos: Vec<ArgumentInfo> = arguments
            .iter()
            .map(|(expr, _)| ArgumentInfo { ty: expr.ty(), constant: expr.literal().cloned() })
            .collect();
        let overload = match choose(function.signatures, function.overload, &infos) {
            Ok(overload) => overload,
            Err(mismatch) => return self.mismatch(function, mismatch, &arguments, span),
        };
        let mut converted = Vec::with_capacity(arguments.len() + 1);
        for ((expr, place), ty) in arguments.into_iter().zip(&overload.arguments) {
            converted.push(self.convert(expr, *ty, place)?);
        }
        match function.kind {
            Kind::Now => converted.push(Expr::Literal(Value::DateTime(self.now))),
            Kind::Window => {
                let column = self.column(hidden_name(function.name), overload.returns);
                let call =
                    crate::plan::WindowCall { function, arguments: converted, returns: overload.returns };
                let expr = column.expr();
                self.windows.push((column, call));
                return Some(expr);
            }
            Kind::Pure | Kind::Volatile | Kind::Comparison | Kind::Special(_) => {}
        }
        self.call(function, converted, overload.returns, span)
    }

    /// In a comparison with a typed value a text literal is read as that type.
    fn convert_text_literals(&mut self, arguments: &mut [(Expr, Span)]) {
        let typed = arguments.iter().map(|(expr, _)| expr.ty()).find(|ty| {
            matches!(
                ty,
                Type::Bool
                    | Type::Int
                    | Type::Long
                    | Type::Real
                    | Type::Decimal
                    | Type::DateTime
                    | Type::TimeSpan
                    | Type::Guid
            )
        });
        let Some(to) = typed else { return };
        for (expr, span) in arguments {
            if let Expr::Literal(Value::String(_)) = expr
                && let Some(converted) = self.convert(expr.clone(), to, *span)
            {
                *expr = converted;
            }
        }
    }

    fn mismatch<T>(
        &mut self,
        function: &Function,
        mismatch: Mismatch,
        arguments: &[(Expr, Span)],
        span: Span,
    ) -> Option<T> {
        let types: Vec<&str> = arguments.iter().map(|(expr, _)| expr.ty().name()).collect();
        let is_operator =
            !function.name.starts_with(|c: char| c.is_ascii_alphabetic()) || function.name.contains(' ');
        match mismatch {
            Mismatch::Count(..) | Mismatch::Type(_) if is_operator || function.kind == Kind::Comparison => {
                let message =
                    format!("the operator `{}` is not defined for {}", function.name, types.join(" and "));
                let help = if types.contains(&"dynamic") {
                    "convert the dynamic value first: `tostring(…)`, `tolong(…)`, `todatetime(…)`"
                } else {
                    "convert one side so that both have one type"
                };
                self.error_with_help("KS106", span, message, help)
            }
            Mismatch::Count(least, most) => {
                let (least, most) = function
                    .signatures
                    .iter()
                    .map(|signature| counts(signature.parameters))
                    .fold((least, most), |(l, m), (l2, m2)| (l.min(l2), m.zip(m2).map(|(a, b)| a.max(b))));
                let (code, wanted) = match most {
                    Some(most) if most == least => ("KS119", format!("{least}")),
                    Some(most) => ("KS120", format!("{least} to {most}")),
                    None => ("KS120", format!("at least {least}")),
                };
                let message = format!(
                    "the function `{}` expects {wanted} arguments, found {}",
                    function.name,
                    arguments.len()
                );
                self.error(code, span, message)
            }
            Mismatch::Type(index) => {
                let place = arguments.get(index).map_or(span, |(_, place)| *place);
                let message =
                    format!("the function `{}` does not take ({})", function.name, types.join(", "));
                self.error_with_help("KS127", place, message, signature_help(function))
            }
            Mismatch::Constant(index) => {
                let place = arguments.get(index).map_or(span, |(_, place)| *place);
                self.error(
                    "KS129",
                    place,
                    format!("this argument of `{}` must be known before any row is read", function.name),
                )
            }
        }
    }
}

/// How a function is called: `substring(source, startingIndex, [length])`.
fn signature_help(function: &Function) -> String {
    let forms: Vec<String> = function
        .signatures
        .iter()
        .map(|signature| {
            let names: Vec<&str> = signature.parameters.iter().map(|parameter| parameter.name).collect();
            format!("`{}({})`", function.name, names.join(", "))
        })
        .collect();
    format!("it is called as {}", forms.join(" or "))
}

/// The column of that name: one that people see, else one carried along from an outer row.
pub fn find_column<'c>(columns: &'c [PlanColumn], name: &str) -> Option<&'c PlanColumn> {
    columns.iter().find(|column| column.name == name).or_else(|| {
        let outer = hidden_name(name);
        columns.iter().find(|column| column.name == outer)
    })
}

fn negated_literal(literal: &Literal) -> Option<Value> {
    let text = literal.text.as_str();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match literal.kind {
        ScalarType::Long if !text.starts_with("0x") && !text.starts_with("0X") => {
            literals::long(&format!("-{text}")).map(Value::Long)
        }
        _ => None,
    }
}
