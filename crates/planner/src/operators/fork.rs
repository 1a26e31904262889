//! `fork`: the rows down several pipelines, each an answer. `T | fork few = (take 5) (count)`

use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::Plan;
use crate::several::{NamedRows, given_name};
use calypso_parser::ast::Fork;

impl Binder<'_> {
    /// One answer per branch, named by `name = (…)` or by `as` at its end. The rows are computed once.
    pub fn fork(&mut self, plan: Plan, operator: &Fork, environment: &Environment) -> Option<Vec<NamedRows>> {
        let copies = self.copies(plan, operator.branches.len());
        let answers: Vec<Option<NamedRows>> = operator
            .branches
            .iter()
            .zip(copies)
            .map(|(branch, rows)| {
                let name = branch.name.as_ref().map(|name| name.text.clone());
                let name = name.or_else(|| given_name(&branch.pipeline.operators));
                Some((name, self.pipeline(&branch.pipeline, environment, Some(rows))?))
            })
            .collect();
        answers.into_iter().collect()
    }
}
