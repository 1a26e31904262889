//! `where` and `extend` over a table, as one set of conditions and one list of expressions over the table's own columns.
//! `T | extend a = f(x) | where a > 1` is: of `T`, where `f(x) > 1`, all columns and `f(x)`.

use calypso_library::function::{Kind, NativeOperator};
use calypso_library::{Type, Value};
use calypso_planner::plan::{ColumnId, Expr, Node, Plan, PlanColumn};
use std::collections::HashMap;

/// An expression put together of those of many operators may have so many parts.
const MOST_PARTS: usize = 4096;

/// Conditions and expressions over one table, whose columns are known by their places.
pub(super) struct Chain<'a> {
    /// The name of the table.
    pub table: &'a str,
    /// Its columns.
    pub columns: &'a [PlanColumn],
    /// Rows are those where each is true.
    pub conditions: Vec<Expr>,
    /// One per column of the plan.
    pub outputs: Vec<Expr>,
}

/// The column of a table at a place.
pub(super) fn placed(place: usize, ty: Type) -> Expr {
    Expr::Column(ColumnId(u32::try_from(place).unwrap_or(u32::MAX)), ty)
}

/// A plan as a chain; none where it holds other operators, or calls that give something else each time.
pub(super) fn chain(plan: &Plan) -> Option<Chain<'_>> {
    match &plan.node {
        Node::Table { name } => {
            let columns = plan.columns.iter().enumerate();
            let outputs = columns.map(|(place, column)| placed(place, column.ty)).collect();
            Some(Chain { table: name, columns: &plan.columns, conditions: Vec::new(), outputs })
        }
        Node::Filter { input, predicate } => {
            let mut chain = chain(input)?;
            let known = known(input, &chain);
            let mut room = MOST_PARTS;
            let condition = simple(put(predicate, &known, &mut room)?);
            split(condition, &mut chain.conditions);
            Some(chain)
        }
        Node::Project { input, expressions } => {
            let mut chain = chain(input)?;
            let known = known(input, &chain);
            let mut room = MOST_PARTS;
            let outputs =
                expressions.iter().map(|expr| put(expr, &known, &mut room)).collect::<Option<_>>()?;
            chain.outputs = outputs;
            Some(chain)
        }
        Node::External(_)
        | Node::Values { .. }
        | Node::Range { .. }
        | Node::Aggregate { .. }
        | Node::Sort { .. }
        | Node::Take { .. }
        | Node::Join { .. }
        | Node::Union { .. }
        | Node::MvExpand { .. }
        | Node::Window { .. }
        | Node::Rank { .. }
        | Node::Parse { .. }
        | Node::ParseKv { .. }
        | Node::Evaluate { .. }
        | Node::Scan { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Shared { .. } => None,
    }
}

fn known<'a>(input: &Plan, chain: &'a Chain) -> HashMap<ColumnId, &'a Expr> {
    input.columns.iter().map(|column| column.id).zip(&chain.outputs).collect()
}

/// An expression with those of its columns in their places.
fn put(expr: &Expr, known: &HashMap<ColumnId, &Expr>, room: &mut usize) -> Option<Expr> {
    *room = room.checked_sub(1)?;
    match expr {
        Expr::Column(id, _) => {
            let found = *known.get(id)?;
            *room = room.checked_sub(parts(found))?;
            Some(found.clone())
        }
        Expr::Call { function, arguments, returns } => {
            if function.kind == Kind::Volatile {
                return None;
            }
            let arguments = arguments.iter().map(|e| put(e, known, room)).collect::<Option<_>>()?;
            Some(Expr::Call { function, arguments, returns: *returns })
        }
        Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => Some(expr.clone()),
    }
}

fn parts(expr: &Expr) -> usize {
    match expr {
        Expr::Call { arguments, .. } => 1 + arguments.iter().map(parts).sum::<usize>(),
        Expr::Column(..) | Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => 1,
    }
}

/// A condition without what is true in it. Where null is as good as false, `x or true` is true and `x and true` is x.
fn simple(expr: Expr) -> Expr {
    let Expr::Call { function, arguments, returns } = expr else { return expr };
    let (or, and) =
        (function.native == Some(NativeOperator::Or), function.native == Some(NativeOperator::And));
    if !or && !and {
        return Expr::Call { function, arguments, returns };
    }
    let mut arguments: Vec<Expr> = arguments.into_iter().map(simple).collect();
    let known = arguments.iter().position(is_true);
    match known {
        Some(_) if or => Expr::Literal(Value::Bool(true)),
        Some(known) if arguments.len() == 2 => arguments.swap_remove(1 - known),
        Some(_) | None => Expr::Call { function, arguments, returns },
    }
}

fn is_true(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(Value::Bool(true)))
}

/// The conditions that must all be true.
fn split(condition: Expr, conditions: &mut Vec<Expr>) {
    match condition {
        Expr::Call { function, arguments, .. }
            if function.native == Some(NativeOperator::And)
                && arguments.iter().all(|argument| argument.ty() == Type::Bool) =>
        {
            arguments.into_iter().for_each(|argument| split(argument, conditions));
        }
        condition if is_true(&condition) => {}
        condition => conditions.push(condition),
    }
}
