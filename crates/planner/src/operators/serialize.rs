//! `serialize`: fixes the order of the rows. `T | serialize n = row_number()`

use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::Plan;
use calypso_parser::ast::Serialize;

impl Binder<'_> {
    /// The same rows, with columns added on the way.
    pub fn serialize(&mut self, plan: Plan, operator: &Serialize, environment: &Environment) -> Option<Plan> {
        if operator.columns.is_empty() {
            return Some(plan);
        }
        self.extend(plan, &operator.columns, environment)
    }
}
