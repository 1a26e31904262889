//! `top-hitters`: the most frequent values, or those of the greatest sums. `T | top-hitters 5 of a [by w]`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::names::expression_name;
use crate::plan::{Plan, SortKey};
use calypso_library::Type;
use calypso_parser::ast::{self, Call, ExprKind, Name, NamedExpr, Summarize, Target, TopHitters};

impl Binder<'_> {
    /// `summarize` and `top`: the language promises an estimate, and the exact answer is one.
    pub fn top_hitters(
        &mut self,
        plan: Plan,
        operator: &TopHitters,
        environment: &Environment,
    ) -> Option<Plan> {
        let count = self.row_count(&operator.count, environment)?;
        let scope = Scope::rows(environment, &plan.columns);
        let span = operator.span;
        if let Some(by) = &operator.by {
            let ty = self.expression(by, scope)?.ty();
            if !matches!(ty, Type::Int | Type::Long | Type::Real | Type::Decimal) {
                return self.error("KS137", by.span, format!("found a {ty}, expected a number"));
            }
        }
        let (aggregate, measured) = match &operator.by {
            Some(by) => ("sum", by),
            None => ("count", &operator.of),
        };
        let unnamed = |e: &ast::Expr| NamedExpr { target: Target::None, value: e.clone(), span: e.span };
        let name =
            format!("approximate_{aggregate}_{}", expression_name(measured, scope).unwrap_or_default());
        let call = Call {
            name: Name::new(aggregate, span),
            arguments: operator.by.iter().map(unnamed).collect(),
            span,
        };
        let measure = NamedExpr {
            target: Target::Name(Name::new(name.clone(), span)),
            value: ast::Expr::new(ExprKind::Call(call), span),
            span,
        };
        let by = vec![unnamed(&operator.of)];
        let groups = Summarize { parameters: Vec::new(), aggregates: vec![measure], by, bin: None, span };
        let grouped = self.summarize(plan, &groups, environment)?;
        let expr = grouped.column(&name)?.expr();
        self.first_rows(grouped, count, vec![SortKey { expr, descending: true, nulls_first: false }])
    }
}
