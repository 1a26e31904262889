//! `count`: how many rows. `T | count`

use crate::binder::Binder;
use crate::builtins::COUNT;
use crate::plan::{AggregateExpr, Plan};
use calypso_parser::ast::Count;

impl Binder<'_> {
    /// One row with the column `Count`.
    pub fn count(&mut self, plan: Plan, operator: &Count) -> Option<Plan> {
        let name = operator.alias.as_ref().map_or("Count", |alias| alias.text.as_str());
        let column = self.column(name, calypso_library::Type::Long);
        let call =
            AggregateExpr { aggregate: COUNT, arguments: Vec::new(), predicate: None, returns: column.ty };
        self.group(plan, Vec::new(), vec![(column, call)])
    }
}
