//! `scan`: what its expressions read of the row alone becomes columns; the rest is worked out row by row.

use super::expression::{constant, expression};
use super::{Context, added, lower, operator};
use crate::exec::scan::{Formula, Scan, ScanSlot, ScanSlotSource, ScanStepProgram};
use crate::exec::{Operation, ScanProgram};
use calypso_library::call::Argument;
use calypso_planner::plan::{ColumnId, Expr, Plan, Remembered, ScanSet, ScanSource, ScanStep};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr as Physical, LogicalPlan};
use std::sync::Arc;

/// The parts of a `scan`.
pub(super) struct Parts<'a> {
    pub partition: &'a [Expr],
    pub sets: &'a [ScanSet],
    pub memory: &'a [Remembered],
    pub steps: &'a [ScanStep],
}

/// The input's columns, those that steps set, then the number of the match when asked for.
pub(super) fn scan(plan: &Plan, input: &Plan, parts: &Parts, context: &Context) -> Result<LogicalPlan> {
    let mut read = Vec::new();
    for step in parts.steps {
        columns_read(&step.condition, &mut read);
        step.assignments.iter().for_each(|(_, value)| columns_read(value, &mut read));
    }
    let memory: Vec<&Remembered> = parts.memory.iter().filter(|one| read.contains(&one.column.id)).collect();
    let mut columns = Columns { expressions: Vec::new(), memory: &memory, context };
    for key in parts.partition {
        columns.push(key)?;
    }
    let unset = parts.sets.iter().map(|set| columns.formula(&set.unset)).collect::<Result<Vec<_>>>()?;
    let mut slots = Vec::with_capacity(memory.len());
    for one in &memory {
        let source = match &one.source {
            ScanSource::Set(index) => ScanSlotSource::Set(*index),
            ScanSource::Row(expr) => ScanSlotSource::Row(columns.push(expr)?, expr.ty()),
        };
        let initial = Argument::constant(one.absent.clone()).array;
        slots.push(ScanSlot { step: one.step, source, initial });
    }
    let mut steps = Vec::with_capacity(parts.steps.len());
    for step in parts.steps {
        let condition = columns.formula(&step.condition)?;
        let assignments = step.assignments.iter().map(|(set, value)| Ok((*set, columns.formula(value)?)));
        let assignments = assignments.collect::<Result<Vec<_>>>()?;
        steps.push(ScanStepProgram { condition, assignments, output: step.output });
    }
    let program =
        Scan { keys: parts.partition.len(), unset, slots, steps, types: columns_types(plan, input, parts) };
    let expressions = columns.expressions;
    let operation = Operation::Scan(ScanProgram(Arc::new(program)));
    operator(operation, vec![lower(input, context)?], expressions, added(plan, input))
}

fn columns_types(plan: &Plan, input: &Plan, parts: &Parts) -> Vec<calypso_library::Type> {
    let new = plan.columns.get(input.columns.len()..).unwrap_or_default();
    new.iter().take(parts.sets.len()).map(|column| column.ty).collect()
}

/// The columns read of each row.
struct Columns<'a> {
    expressions: Vec<Physical>,
    memory: &'a [&'a Remembered],
    context: &'a Context<'a>,
}

impl Columns<'_> {
    fn push(&mut self, expr: &Expr) -> Result<usize> {
        self.expressions.push(expression(expr, self.context)?);
        Ok(self.expressions.len() - 1)
    }

    /// How the value of an expression is found.
    fn formula(&mut self, expr: &Expr) -> Result<Formula> {
        if let Expr::Column(id, ty) = expr
            && let Some(slot) = self.memory.iter().position(|one| one.column.id == *id)
        {
            return Ok(Formula::Memory(slot, *ty));
        }
        let mut read = Vec::new();
        columns_read(expr, &mut read);
        if let (Expr::Call { function, arguments, returns }, true) =
            (expr, read.iter().any(|id| self.memory.iter().any(|one| one.column.id == *id)))
        {
            let arguments = arguments.iter().map(|argument| self.formula(argument));
            return Ok(Formula::Call(function, arguments.collect::<Result<_>>()?, *returns));
        }
        if matches!(expr, Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_)) {
            return Ok(Formula::Known(Argument::constant(constant(expr, self.context)?)));
        }
        Ok(Formula::Row(self.push(expr)?, expr.ty()))
    }
}

fn columns_read(expr: &Expr, read: &mut Vec<ColumnId>) {
    match expr {
        Expr::Column(id, _) => read.push(*id),
        Expr::Call { arguments, .. } => arguments.iter().for_each(|e| columns_read(e, read)),
        Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => {}
    }
}
