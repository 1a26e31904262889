//! `project-reorder`: named columns first. `T | project-reorder a, k* asc`

use crate::binder::{Binder, hidden, visible};
use crate::plan::{Plan, PlanColumn};
use calypso_parser::ast::{Direction, ExprKind, ProjectReorder};
use std::cmp::Ordering;

impl Binder<'_> {
    /// The same columns in another order; those not named follow.
    pub fn project_reorder(&mut self, plan: Plan, operator: &ProjectReorder) -> Option<Plan> {
        let spelled: Vec<&str> = operator
            .columns
            .iter()
            .filter_map(|item| item.column.as_name().map(|name| name.text.as_str()))
            .collect();
        let mut order: Vec<PlanColumn> = Vec::new();
        for item in &operator.columns {
            let mut matching = self.matching(&item.column, &plan.columns)?;
            if !matches!(item.column.kind, ExprKind::Name(_)) {
                matching.retain(|column| !spelled.contains(&column.name.as_str()));
            }
            if let Some(direction) = item.direction {
                matching.sort_by(|a, b| compare(direction, &a.name, &b.name));
            }
            for column in matching {
                if !order.iter().any(|known| known.id == column.id) {
                    order.push(column);
                }
            }
        }
        let rest = visible(&plan.columns).chain(hidden(&plan.columns));
        let rest: Vec<_> =
            rest.filter(|column| !order.iter().any(|known| known.id == column.id)).cloned().collect();
        order.extend(rest);
        let columns = order.into_iter().map(|column| (column.clone(), column.expr())).collect();
        Some(self.project(plan, columns))
    }
}

fn compare(direction: Direction, a: &str, b: &str) -> Ordering {
    match direction {
        Direction::Ascending => a.cmp(b),
        Direction::Descending => b.cmp(a),
        Direction::GrannyAscending => granny(a).cmp(&granny(b)),
        Direction::GrannyDescending => granny(b).cmp(&granny(a)),
    }
}

/// A name cut into texts and numbers, so that `a2` comes before `a10`.
fn granny(name: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut in_number = false;
    for c in name.chars() {
        if in_number && !c.is_ascii_digit() {
            parts.push((String::new(), 0));
        }
        in_number = c.is_ascii_digit();
        if let Some((text, number)) = parts.last_mut() {
            match c.to_digit(10) {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
                None => text.push(c),
            }
        }
    }
    parts
}
