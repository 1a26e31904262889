//! `top`: the first rows by a key. `T | top 10 by x desc`

use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::Plan;
use calypso_parser::ast::Top;

impl Binder<'_> {
    /// The first rows by the key; descending when not said.
    pub fn top(&mut self, plan: Plan, operator: &Top, environment: &Environment) -> Option<Plan> {
        let count = self.row_count(&operator.count, environment);
        let keys = self.sort_keys(std::slice::from_ref(&operator.key), &plan, environment)?;
        let plan = self.with_windows(plan);
        self.first_rows(plan, count?, keys)
    }
}
