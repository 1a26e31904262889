//! `join`: matches rows of two tables. `T | join kind=inner (U) on a, $left.b == $right.c`

use super::parameters::{parameter, parameter_text};
use super::summarize::outer_columns;
use crate::binder::{Binder, Scope, visible};
use crate::environment::Environment;
use crate::expression::find_column;
use crate::names::{ColumnName, Namer};
use crate::plan::{Expr, JoinKind, Node, Plan, PlanColumn};
use calypso_library::Type;
use calypso_library::overload::common_type;
use calypso_parser::ast::{self, BinaryOp, CompareOp, ExprKind, Join, JoinCondition, Span, Step};

/// The kinds as written.
const KINDS: &[(&str, JoinKind)] = &[
    ("innerunique", JoinKind::InnerUnique),
    ("inner", JoinKind::Inner),
    ("leftouter", JoinKind::LeftOuter),
    ("rightouter", JoinKind::RightOuter),
    ("fullouter", JoinKind::FullOuter),
    ("leftsemi", JoinKind::LeftSemi),
    ("rightsemi", JoinKind::RightSemi),
    ("leftanti", JoinKind::LeftAnti),
    ("anti", JoinKind::LeftAnti),
    ("leftantisemi", JoinKind::LeftAnti),
    ("rightanti", JoinKind::RightAnti),
    ("rightantisemi", JoinKind::RightAnti),
];

/// Pairs of key expressions, and the names of right columns that are plain keys.
pub struct JoinKeys {
    /// Left and right, of equal types.
    pub pairs: Vec<(Expr, Expr)>,
    /// Right columns compared as they are.
    pub right_columns: Vec<PlanColumn>,
}

impl Binder<'_> {
    /// Left columns, then right columns with clashes numbered; one side only for semi and anti kinds.
    pub fn join(&mut self, left: Plan, operator: &Join, environment: &Environment) -> Option<Plan> {
        let kind = match parameter(&operator.parameters, &["kind"]) {
            None => JoinKind::InnerUnique,
            Some(given) => match KINDS.iter().find(|(name, _)| *name == parameter_text(given)) {
                Some((_, kind)) => *kind,
                None => {
                    let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
                    return self.wrong_parameter(given, &names);
                }
            },
        };
        let right = self.table(&operator.right, environment)?;
        let keys = self.join_keys(&left, &right, &operator.condition, operator.span, environment)?;
        if outer_columns(&left).next().is_none() {
            return Some(self.joined(left, right, kind, keys.pairs, &[]));
        }
        let (left, kind) = self.within_outer_row(left, kind, &keys.pairs, operator.span)?;
        Some(self.joined(left, right, kind, keys.pairs, &[]))
    }

    /// Within `mv-apply` left rows are reduced to one per key among those of their outer row.
    fn within_outer_row(
        &mut self,
        left: Plan,
        kind: JoinKind,
        keys: &[(Expr, Expr)],
        span: Span,
    ) -> Option<(Plan, JoinKind)> {
        match kind {
            JoinKind::InnerUnique => {
                let mut partition: Vec<Expr> = outer_columns(&left).map(PlanColumn::expr).collect();
                partition.extend(keys.iter().map(|(key, _)| key.clone()));
                Some((self.first_within(left, partition, 1, Vec::new())?, JoinKind::Inner))
            }
            JoinKind::Inner | JoinKind::LeftOuter | JoinKind::LeftSemi | JoinKind::LeftAnti => {
                Some((left, kind))
            }
            JoinKind::RightOuter | JoinKind::FullOuter | JoinKind::RightSemi | JoinKind::RightAnti => {
                self.unsupported(span, "a join that keeps right rows, within `mv-apply`,")
            }
        }
    }

    /// The join of two plans; right columns among `dropped` are left out of the result.
    pub fn joined(
        &mut self,
        left: Plan,
        right: Plan,
        kind: JoinKind,
        keys: Vec<(Expr, Expr)>,
        dropped: &[PlanColumn],
    ) -> Plan {
        let (left_columns, right_columns) = (left.columns.clone(), right.columns.clone());
        let (takes_left, takes_right) = match kind {
            JoinKind::InnerUnique
            | JoinKind::Inner
            | JoinKind::LeftOuter
            | JoinKind::RightOuter
            | JoinKind::FullOuter => (true, true),
            JoinKind::LeftSemi | JoinKind::LeftAnti => (true, false),
            JoinKind::RightSemi | JoinKind::RightAnti => (false, true),
        };
        let mut columns = Vec::new();
        if takes_left {
            columns.extend(left_columns.iter().cloned());
        }
        if takes_right {
            columns.extend(right_columns.iter().cloned());
        }
        let node = Node::Join { left: Box::new(left), right: Box::new(right), kind, keys };
        let plan = Plan { node, columns: columns.clone() };
        if !(takes_left && takes_right) {
            return plan;
        }
        let made: Vec<ColumnName> =
            columns.iter().map(|column| ColumnName::Given(column.name.clone())).collect();
        let mut namer = Namer::new(&made);
        let mut shown = Vec::new();
        for column in &left_columns {
            namer.name(&ColumnName::Given(column.name.clone()));
            shown.push((column.clone(), column.expr()));
        }
        for column in visible(&right_columns) {
            if !dropped.iter().any(|gone| gone.id == column.id) {
                let name = namer.name(&ColumnName::Given(column.name.clone()));
                shown.push((self.column(name, column.ty), column.expr()));
            }
        }
        self.project(plan, shown)
    }

    /// The pairs of keys that a condition names.
    pub fn join_keys(
        &mut self,
        left: &Plan,
        right: &Plan,
        condition: &JoinCondition,
        span: Span,
        environment: &Environment,
    ) -> Option<JoinKeys> {
        let mut parts = Vec::new();
        match condition {
            JoinCondition::On(list) => list.iter().for_each(|e| flatten(e, &mut parts)),
            JoinCondition::Where(e) => flatten(e, &mut parts),
            JoinCondition::Missing => return None,
        }
        let mut keys = JoinKeys { pairs: Vec::new(), right_columns: Vec::new() };
        for part in parts {
            self.join_key(left, right, part, environment, &mut keys)?;
        }
        if keys.pairs.is_empty() {
            return self.error("KS006", span, "the join needs a key after `on`");
        }
        Some(keys)
    }

    fn join_key(
        &mut self,
        left: &Plan,
        right: &Plan,
        e: &ast::Expr,
        environment: &Environment,
        keys: &mut JoinKeys,
    ) -> Option<()> {
        let (l, r) = match &e.kind {
            ExprKind::Name(name) => {
                let (l, r) =
                    (find_column(&left.columns, &name.text), find_column(&right.columns, &name.text));
                match (l, r) {
                    (Some(l), Some(r)) => (l.expr(), r.expr()),
                    (l, _) => {
                        let side = if l.is_none() { "left" } else { "right" };
                        let message = format!(
                            "the column `{}` does not exist on the {side} side of the join",
                            name.text
                        );
                        let help = "columns of different names are compared as `$left.a == $right.b`";
                        return self.error_with_help("KS145", name.span, message, help);
                    }
                }
            }
            ExprKind::Compare(CompareOp::Equal, a, b) => {
                let scope = Scope {
                    environment,
                    columns: &left.columns,
                    right: Some(&right.columns),
                    steps: &[],
                    level: crate::binder::Level::Row,
                };
                match (side(a), side(b)) {
                    (Some("$left"), Some("$right")) => {
                        (self.expression(a, scope)?, self.expression(b, scope)?)
                    }
                    (Some("$right"), Some("$left")) => {
                        (self.expression(b, scope)?, self.expression(a, scope)?)
                    }
                    _ => {
                        let help = "write `$left.a == $right.b`";
                        return self.error_with_help(
                            "KS109",
                            e.span,
                            "a key compares a left with a right column",
                            help,
                        );
                    }
                }
            }
            ExprKind::Path(..) if side(e).is_some() => {
                let help = "write `$left.a == $right.b`";
                return self.error_with_help(
                    "KS109",
                    e.span,
                    "a key compares a left with a right column",
                    help,
                );
            }
            _ => {
                let help = "rows match by equality of columns; filter with `where` after the join";
                return self.error_with_help(
                    "KS109",
                    e.span,
                    "expected a column or `$left.a == $right.b`",
                    help,
                );
            }
        };
        if let Expr::Column(id, _) = &r
            && let Some(column) = right.columns.iter().find(|column| column.id == *id)
        {
            keys.right_columns.push(column.clone());
        }
        let ty = match common_type(l.ty(), r.ty()) {
            Some(ty) if ty != Type::Dynamic => ty,
            _ => {
                let message = format!("keys of types {} and {} cannot match", l.ty(), r.ty());
                return self.error_with_help("KS106", e.span, message, "convert one side before the join");
            }
        };
        keys.pairs.push((self.convert(l, ty, e.span)?, self.convert(r, ty, e.span)?));
        Some(())
    }
}

/// The terms of `a and b`.
fn flatten<'e>(e: &'e ast::Expr, parts: &mut Vec<&'e ast::Expr>) {
    match &e.kind {
        ExprKind::Chain(first, rest) if rest.iter().all(|(op, _)| *op == BinaryOp::And) => {
            flatten(first, parts);
            rest.iter().for_each(|(_, term)| flatten(term, parts));
        }
        _ => parts.push(e),
    }
}

/// `$left` or `$right`, when a path begins so.
fn side(e: &ast::Expr) -> Option<&str> {
    let ExprKind::Path(base, steps) = &e.kind else { return None };
    let name = base.as_name()?.text.as_str();
    (matches!(name, "$left" | "$right") && matches!(steps.first(), Some(Step::Field(_)))).then_some(name)
}
