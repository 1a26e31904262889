//! `sort by TimeGenerated | take 10` over files: sorted by the files' own column of times, so that what is already found
//! tells which files and row groups need not be read. The column is carried up beside the columns of the plan.

use super::Context;
use crate::optimization::Optimization;
use calypso_library::Type;
use calypso_planner::plan::{ColumnId, Expr, Node, Plan, SortKey};
use datafusion::common::Column;
use datafusion::logical_expr::Expr as Physical;

/// A column of times whose form in the files is carried up to a sort.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Carried {
    /// Which, at this place of the plan.
    pub column: ColumnId,
    /// Whether the last rows are wanted first.
    pub backwards: bool,
    /// Whether its seventh digit has a column of its own.
    pub digits: bool,
}

/// The name of the carried column.
pub(super) const RAW_TIME: &str = "raw_time";

/// The name of the column of its seventh digits.
pub(super) const RAW_DIGIT: &str = "raw_digit";

/// What to carry for the first rows by these keys, if it helps.
pub(super) fn carried(input: &Plan, keys: &[SortKey], context: &Context) -> Option<Carried> {
    let Expr::Column(column, Type::DateTime) = keys.first()?.expr else { return None };
    if !context.optimizations.has(Optimization::NewestFirst) {
        return None;
    }
    // Among rows of the same ticks any order will do, unless other keys decide.
    let finer = keys.len() == 1;
    let digits = digits(input, column, finer, context)?;
    Some(Carried { column, backwards: keys.first()?.descending, digits })
}

/// Whether the column below is one of files that may stand for its ticks, and then, whether it has digits.
fn digits(plan: &Plan, id: ColumnId, finer: bool, context: &Context) -> Option<bool> {
    match &plan.node {
        Node::Filter { input, .. } => digits(input, id, finer, context),
        Node::Project { input, expressions } => digits(input, source(plan, expressions, id)?, finer, context),
        Node::Table { name } => {
            let entry = context.tables.get(name)?;
            let at = plan.columns.iter().position(|column| column.id == id)?;
            entry.files()?.ok()?.sortable(entry.columns.get(at)?, finer)
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
        | Node::Scan { .. }
        | Node::Rank { .. }
        | Node::Parse { .. }
        | Node::ParseKv { .. }
        | Node::Evaluate { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Shared { .. } => None,
    }
}

/// The column below a projection that one above only renames.
fn source(plan: &Plan, expressions: &[Expr], id: ColumnId) -> Option<ColumnId> {
    let at = plan.columns.iter().position(|column| column.id == id)?;
    match expressions.get(at)? {
        Expr::Column(source, _) => Some(*source),
        Expr::Literal(_) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => None,
    }
}

impl Carried {
    /// The same for the input of a node that `carried` went through.
    pub fn below(self, plan: &Plan) -> Option<Carried> {
        match &plan.node {
            Node::Filter { .. } => Some(self),
            Node::Project { expressions, .. } => {
                Some(Carried { column: source(plan, expressions, self.column)?, ..self })
            }
            Node::Table { .. }
            | Node::External(_)
            | Node::Values { .. }
            | Node::Range { .. }
            | Node::Aggregate { .. }
            | Node::Sort { .. }
            | Node::Take { .. }
            | Node::Join { .. }
            | Node::Union { .. }
            | Node::MvExpand { .. }
            | Node::Window { .. }
            | Node::Scan { .. }
            | Node::Rank { .. }
            | Node::Parse { .. }
            | Node::ParseKv { .. }
            | Node::Evaluate { .. }
            | Node::GraphMeasure { .. }
            | Node::GraphMatch { .. }
            | Node::Shared { .. } => None,
        }
    }

    /// The carried columns, as those above a table read them.
    pub fn columns(self) -> impl Iterator<Item = Physical> {
        let digit = self.digits.then_some(RAW_DIGIT);
        std::iter::once(RAW_TIME).chain(digit).map(|name| Physical::Column(Column::from_name(name)))
    }
}
