//! `mv-apply`: runs a pipeline over the items of arrays, row by row. `T | mv-apply x to typeof(long) on (top 1 by x)`
//!
//! The items of all rows flow through the subquery at once. Each carries the number of its row and the row's columns
//! under hidden names; operators that look at several rows (`top`, `summarize`) do so within one number.

use super::mv_expand::{DEFAULT_LIMIT, free_name};
use super::partition::gives_order;
use super::summarize::{OUTER_ROW, outer_columns};
use crate::binder::{Binder, hidden, hidden_name, visible};
use crate::environment::Environment;
use crate::plan::{JoinKind, Node, Plan, PlanColumn};
use crate::renumber::renumber;
use calypso_library::Type;
use calypso_parser::ast::{MvApply, Operator, Pipeline, Target};

impl Binder<'_> {
    /// The columns of the row that were not expanded, then those of the subquery.
    pub fn mv_apply(&mut self, plan: Plan, operator: &MvApply, environment: &Environment) -> Option<Plan> {
        if let Some(context) = &operator.context {
            return self.unsupported(context.span, "`id` in `mv-apply`");
        }
        let regroups = operator.subquery.operators.iter().any(loses_rows);
        let (numbered, number) = self.numbered(plan, regroups);
        let source: Vec<PlanColumn> =
            numbered.columns.iter().filter(|column| column.id != number.id).cloned().collect();
        let rows = regroups.then(|| self.number_only(&numbered, &number));
        let base = regroups.then(|| renumber(self, &numbered));

        let limit = match &operator.limit {
            Some(e) => self.row_count(e, environment)?,
            None => DEFAULT_LIMIT,
        };
        let expanded =
            self.expanded(numbered, &operator.columns, &operator.parameters, limit, environment)?;
        let replaced: Vec<String> = operator
            .columns
            .iter()
            .zip(&expanded.items)
            .filter(|(column, _)| matches!(column.value.target, Target::None))
            .map(|(_, (name, _))| name.clone())
            .collect();
        let mut columns = Vec::new();
        for (name, item) in expanded.items.iter().chain(&expanded.index) {
            columns.push((self.column(name.clone(), item.ty), item.expr()));
        }
        columns.push((number.clone(), number.expr()));
        for column in &source {
            columns.push((self.column(hidden_name(&column.name), column.ty), column.expr()));
        }
        let items = self.project(expanded.plan, columns);
        let outer = std::mem::replace(&mut self.outer_rows, rows);
        let result = self.pipeline(&operator.subquery, environment, Some(items));
        self.outer_rows = outer;
        let result = result?;
        match base {
            None => {
                let result = self.row_after_row(result, &operator.subquery);
                self.with_carried(result, &source, &replaced)
            }
            Some(base) if outer_columns(&result).next().is_some() => {
                self.with_joined(result, base, &replaced)
            }
            Some(_) => self.unsupported(operator.span, "this subquery of `mv-apply`"),
        }
    }

    /// The rows with a hidden number each; computed once where it is read twice.
    fn numbered(&mut self, plan: Plan, shared: bool) -> (Plan, PlanColumn) {
        let number = self.column(hidden_name(OUTER_ROW), Type::Long);
        // The number of an enclosing `mv-apply` stays, one level further hidden.
        let mut columns: Vec<PlanColumn> = plan.columns.clone();
        for column in &mut columns {
            if column.name == number.name {
                column.name = hidden_name(&column.name);
            }
        }
        columns.push(number.clone());
        let node = Node::Rank { input: Box::new(plan), partition: Vec::new(), keys: Vec::new() };
        let plan = Plan { node, columns };
        if !shared {
            return (plan, number);
        }
        let plan = self.shared(plan);
        let number = plan.columns.last().cloned().unwrap_or(number);
        (plan, number)
    }

    fn number_only(&mut self, numbered: &Plan, number: &PlanColumn) -> Plan {
        let copy = renumber(self, numbered);
        let at = numbered.columns.iter().position(|column| column.id == number.id).unwrap_or(0);
        let column = copy.columns[at].clone();
        let shown = vec![(column.clone(), column.expr())];
        self.project(copy, shown)
    }

    /// The rows of each outer row together, where the subquery orders them.
    fn row_after_row(&mut self, result: Plan, subquery: &Pipeline) -> Plan {
        let name = hidden_name(OUTER_ROW);
        match result.columns.iter().find(|column| column.name == name).cloned() {
            Some(number) if gives_order(subquery) => self.part_after_part(result, &number),
            Some(_) | None => result,
        }
    }

    /// The columns of the row are still there, under hidden names.
    fn with_carried(&mut self, result: Plan, source: &[PlanColumn], replaced: &[String]) -> Option<Plan> {
        let mut columns: Vec<(PlanColumn, crate::plan::Expr)> = Vec::new();
        for column in source {
            let carried = hidden_name(&column.name);
            let found = hidden(&result.columns).find(|c| c.name == carried).cloned();
            if let Some(found) = found
                && !replaced.contains(&column.name)
            {
                columns.push((self.column(restored(&column.name), column.ty), found.expr()));
            }
        }
        self.append_visible(&result, &mut columns);
        Some(self.project(result, columns))
    }

    /// The columns of the row are joined back by its number.
    fn with_joined(&mut self, result: Plan, base: Plan, replaced: &[String]) -> Option<Plan> {
        let name = hidden_name(OUTER_ROW);
        let left = base.columns.iter().find(|column| column.name == name).cloned()?;
        let right = result.columns.iter().find(|column| column.name == name).cloned()?;
        let mut columns: Vec<(PlanColumn, crate::plan::Expr)> = base
            .columns
            .iter()
            .filter(|column| column.id != left.id && !replaced.contains(&column.name))
            .map(|column| (PlanColumn { name: restored(&column.name), ..column.clone() }, column.expr()))
            .collect();
        self.append_visible(&result, &mut columns);
        let mut all = base.columns.clone();
        all.extend(result.columns.iter().cloned());
        let keys = vec![(left.expr(), right.expr())];
        let node = Node::Join { left: Box::new(base), right: Box::new(result), kind: JoinKind::Inner, keys };
        Some(self.project(Plan { node, columns: all }, columns))
    }

    fn append_visible(&mut self, result: &Plan, columns: &mut Vec<(PlanColumn, crate::plan::Expr)>) {
        for column in visible(&result.columns) {
            let name = free_name(&column.name, columns.iter().map(|(column, _)| column.name.as_str()));
            columns.push((self.column(name, column.ty), column.expr()));
        }
    }
}

/// The name a column had before an inner `mv-apply` hid it one level further.
fn restored(name: &str) -> String {
    let doubly = hidden_name(&hidden_name(OUTER_ROW));
    if name == doubly { hidden_name(OUTER_ROW) } else { name.to_owned() }
}

/// Operators after which the columns of the outer row are no longer carried along.
fn loses_rows(operator: &Operator) -> bool {
    !matches!(
        operator,
        Operator::Where(_)
            | Operator::Extend(_)
            | Operator::Project(_)
            | Operator::ProjectAway(_)
            | Operator::ProjectKeep(_)
            | Operator::ProjectRename(_)
            | Operator::ProjectReorder(_)
            | Operator::Parse(_)
            | Operator::ParseWhere(_)
            | Operator::MvExpand(_)
            | Operator::Sort(_)
            | Operator::Top(_)
            | Operator::Take(_)
            | Operator::Serialize(_)
    )
}
