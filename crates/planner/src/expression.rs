//! Scalar expressions: names, operators, paths into dynamics. Literals are in `literal.rs`, overloads in `overloads.rs`.

use crate::binder::{Binder, Level, Scope, StepState, hidden_name, visible};
use crate::call::vary;
use crate::environment::Binding;
use crate::literal::negated_literal;
use crate::plan::{Expr, PlanColumn};
use crate::words::a;
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, BinaryOp, ExprKind, ScalarType, Span, Step, UnaryOp};

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
            other => self.error_with_help(
                "KS107",
                e.span,
                format!("found {}, expected a bool", a(other)),
                "compare it with something: `== …`, `isnotempty(…)`",
            ),
        }
    }

    fn name(&mut self, name: &ast::Name, scope: Scope) -> Option<Expr> {
        if let Some(column) = find_column(scope.columns, &name.text) {
            return match scope.level {
                Level::Row | Level::Argument => Some(column.expr()),
                Level::Group => self.error_with_help(
                    "KS108",
                    name.span,
                    format!("the column `{}` stands outside an aggregate", name.text),
                    format!("write `take_any({0})`, or add `{0}` after `by`", name.text),
                ),
            };
        }
        if scope.steps.iter().any(|step| step.name == name.text) {
            let message = format!("`{}` is a step, expected a scalar value", name.text);
            return self.error_with_help("KS108", name.span, message, "name a column of it: `step.column`");
        }
        match scope.environment.find(&name.text) {
            Some(Binding::Scalar(expr)) => {
                let mut expr = expr.clone();
                vary(&mut expr, scope);
                Some(expr)
            }
            Some(Binding::Table(_)) => self.error_with_help(
                "KS108",
                name.span,
                format!("`{}` stands for rows, expected a scalar value", name.text),
                "wrap it in `toscalar(…)` to take its first cell",
            ),
            Some(Binding::Graph(_)) => self.error(
                "KS108",
                name.span,
                format!("`{}` stands for a graph, expected a scalar value", name.text),
            ),
            Some(Binding::Function(_)) => self.error(
                "KS117",
                name.span,
                format!("the function `{}` needs its arguments in parentheses", name.text),
            ),
            None => self.unknown_name(name, scope),
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
            (Some(database), None) if self.scopes.iter().any(|known| known == database) => {
                return self.of_database(steps, span);
            }
            _ => match step_of(base, scope) {
                Some(step) => {
                    let (Some(Step::Field(name)), rest) = (steps.first(), steps.get(1..).unwrap_or(&[]))
                    else {
                        return self.error(
                            "KS109",
                            span,
                            format!("expected a column after `{}.`", step.name),
                        );
                    };
                    steps = rest;
                    match step.columns.iter().find(|column| column.name == name.text) {
                        Some(column) => column.expr(),
                        None => {
                            return self.unknown_name(name, Scope { columns: &step.columns, ..scope });
                        }
                    }
                }
                None => self.expression(base, scope)?,
            },
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
                format!("{} has no parts to access", a(start.ty())),
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

    /// `x.$current_database` within `macro-expand`.
    fn of_database(&mut self, steps: &[Step], span: Span) -> Option<Expr> {
        match steps {
            [Step::Field(name)] if name.text == "$current_database" => {
                Some(Expr::Literal(Value::String(self.catalog.database())))
            }
            [Step::Field(name)] if name.text == "$current_cluster_endpoint" => {
                self.unsupported(span, "`$current_cluster_endpoint`")
            }
            _ => self.error("KS108", span, "found rows, expected a scalar value"),
        }
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
                if plan.columns.is_empty() {
                    return self.error("KS113", item.span, "the rows have no column");
                }
                Expr::FirstColumn(std::sync::Arc::new(plan))
            } else {
                self.expression(item, scope)?
            };
            arguments.push((bound, item.span));
        }
        arguments.insert(0, (bound?, value.span));
        self.operator(symbol, arguments, span)
    }
}

/// The step of a `scan` that a name stands for; a column of its name comes first.
fn step_of<'s>(base: &ast::Expr, scope: Scope<'s>) -> Option<&'s StepState> {
    let name = base.as_name()?;
    if find_column(scope.columns, &name.text).is_some() {
        return None;
    }
    scope.steps.iter().find(|step| step.name == name.text)
}

/// The column of that name: one that people see, else one carried along from an outer row.
pub fn find_column<'c>(columns: &'c [PlanColumn], name: &str) -> Option<&'c PlanColumn> {
    columns.iter().find(|column| column.name == name).or_else(|| {
        let outer = hidden_name(name);
        columns.iter().find(|column| column.name == outer)
    })
}
