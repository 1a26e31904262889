//! `join`: null keys equal each other, and strings of an absent side are empty.

use super::expression::{expression, null};
use super::{Context, lower, name_of, operator};
use crate::exec::Operation;
use calypso_library::Type;
use calypso_planner::plan::{Expr, JoinKind, Plan};
use datafusion::common::{JoinConstraint, JoinType, NullEquality};
use datafusion::error::Result;
use datafusion::functions::core::expr_fn::coalesce;
use datafusion::logical_expr::{Expr as Physical, Join, LogicalPlan, LogicalPlanBuilder};
use std::sync::Arc;

/// Pairs of rows.
pub(super) fn join(
    plan: &Plan,
    left: &Plan,
    right: &Plan,
    kind: JoinKind,
    keys: &[(Expr, Expr)],
    context: &Context,
) -> Result<LogicalPlan> {
    let mut on = Vec::with_capacity(keys.len());
    for (left_key, right_key) in keys {
        on.push((expression(left_key, context)?, expression(right_key, context)?));
    }
    let mut left_rows = lower(left, context)?;
    let right_rows = lower(right, context)?;
    if kind == JoinKind::InnerUnique {
        let keys = on.iter().map(|(key, _)| key.clone()).collect();
        left_rows = operator(Operation::FirstPerKey, vec![left_rows], keys, Vec::new())?;
    }
    let joined = LogicalPlan::Join(Join::try_new(
        Arc::new(left_rows),
        Arc::new(right_rows),
        on,
        None,
        join_type(kind),
        JoinConstraint::On,
        NullEquality::NullEqualsNull,
        false,
    )?);
    filled(joined, plan, kind, left.columns.len())
}

fn join_type(kind: JoinKind) -> JoinType {
    match kind {
        JoinKind::InnerUnique | JoinKind::Inner => JoinType::Inner,
        JoinKind::LeftOuter => JoinType::Left,
        JoinKind::RightOuter => JoinType::Right,
        JoinKind::FullOuter => JoinType::Full,
        JoinKind::LeftSemi => JoinType::LeftSemi,
        JoinKind::RightSemi => JoinType::RightSemi,
        JoinKind::LeftAnti => JoinType::LeftAnti,
        JoinKind::RightAnti => JoinType::RightAnti,
    }
}

/// The columns in the plan's order, with empty strings instead of nulls on a side that may be absent.
fn filled(joined: LogicalPlan, plan: &Plan, kind: JoinKind, left: usize) -> Result<LogicalPlan> {
    let (left_absent, right_absent) = match kind {
        JoinKind::LeftOuter => (false, true),
        JoinKind::RightOuter => (true, false),
        JoinKind::FullOuter => (true, true),
        JoinKind::InnerUnique
        | JoinKind::Inner
        | JoinKind::LeftSemi
        | JoinKind::RightSemi
        | JoinKind::LeftAnti
        | JoinKind::RightAnti => (false, false),
    };
    if !left_absent && !right_absent {
        return Ok(joined);
    }
    let columns = plan.columns.iter().enumerate().map(|(index, column)| {
        let plain = super::column(column.id);
        let absent = if index < left { left_absent } else { right_absent };
        if absent && column.ty == Type::String {
            let empty = Physical::Literal(null(Type::String), None);
            coalesce(vec![plain, empty]).alias(name_of(column.id))
        } else {
            plain
        }
    });
    let columns = columns.collect::<Vec<_>>();
    LogicalPlanBuilder::from(joined).project(columns)?.build()
}
