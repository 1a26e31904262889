//! `as`: a name for the rows so far. `T | as X | union X`

use crate::binder::Binder;
use crate::environment::{Binding, Environment};
use crate::plan::Plan;
use crate::renumber::renumber;
use calypso_parser::ast::As;
use std::rc::Rc;

impl Binder<'_> {
    /// The same rows; operators after it know them by the name.
    pub fn name_rows(&mut self, plan: Plan, operator: &As, environment: &mut Environment) -> Option<Plan> {
        let materialized = operator.parameters.iter().any(|p| {
            p.name.text == "hint.materialized"
                && p.value.as_literal().is_some_and(|value| value.text == "true")
        });
        let plan = if materialized { self.shared(plan) } else { plan };
        let copy = renumber(self, &plan);
        *environment = environment.with(operator.name.text.clone(), Binding::Table(Rc::new(copy)));
        Some(plan)
    }
}
