//! `mv-expand`: one row per element.

use super::expression::expression;
use super::{Context, added, lower, operator};
use crate::exec::{Expand, Operation};
use crate::optimization::Optimization;
use calypso_library::Type;
use calypso_library::functions::conversion::parse_json;
use calypso_planner::plan::{Expansion, Expr, Plan};
use datafusion::error::Result;
use datafusion::logical_expr::LogicalPlan;

/// The input's columns, then the elements, then their places when asked for.
pub(super) fn mv_expand(
    plan: &Plan,
    input: &Plan,
    expansions: &[Expansion],
    mut how: Expand,
    context: &Context,
) -> Result<LogicalPlan> {
    let mut sources = Vec::with_capacity(expansions.len());
    for (expansion, from) in expansions.iter().zip(&mut how.from) {
        let text =
            text_read(&expansion.source).filter(|_| context.optimizations.has(Optimization::JsonParts));
        if text.is_some() {
            *from = Type::String;
        }
        sources.push(expression(text.unwrap_or(&expansion.source), context)?);
    }
    operator(Operation::Expand(how), vec![lower(input, context)?], sources, added(plan, input))
}

/// The text that an expression reads as JSON; expanding it checks it in the same pass.
fn text_read(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Call { function, arguments, .. } if function.name == parse_json::FUNCTION.name => {
            arguments.first().filter(|text| text.ty() == Type::String)
        }
        Expr::Call { .. } | Expr::Column(..) | Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => {
            None
        }
    }
}
