//! Answers by the operator that ends a query: `fork` and `facet` give several, each perhaps with a name. Everywhere else
//! an operator gives one set of rows.

use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::{Node, Plan};
use crate::renumber::renumber;
use calypso_parser::ast::{self, Operator};

/// Rows with the name that the query gives to them.
pub type NamedRows = (Option<String>, Plan);

impl Binder<'_> {
    /// The answers of the pipeline of a statement.
    pub fn several(&mut self, pipeline: &ast::Pipeline, environment: &Environment) -> Option<Vec<NamedRows>> {
        let mut environment = environment.clone();
        let last = pipeline.operators.split_last();
        if let Some((Operator::Fork(fork), before)) = last {
            let plan = self.source(pipeline, &environment, None)?;
            let plan = self.operators(plan, before, &mut environment)?;
            return self.fork(plan, fork, &environment);
        }
        if let Some((Operator::Facet(facet), before)) = last {
            let plan = self.source(pipeline, &environment, None)?;
            let plan = self.operators(plan, before, &mut environment)?;
            return self.facet(plan, facet, &environment);
        }
        let plan = self.pipeline(pipeline, &environment, None)?;
        Some(vec![(given_name(&pipeline.operators), plan)])
    }

    /// So many copies of the same rows, computed once.
    pub fn copies(&mut self, plan: Plan, count: usize) -> Vec<Plan> {
        let plan = match (&plan.node, count) {
            // A table is scanned again: each reader reads only what it needs of it.
            (Node::Table { .. }, _) | (_, 0 | 1) => plan,
            _ => self.shared(plan),
        };
        (0..count).map(|_| renumber(self, &plan)).collect()
    }

    /// Refuses an operator of several answers within a query.
    pub fn not_last<T>(&mut self, operator: &Operator) -> Option<T> {
        let keyword = operator.keyword();
        let message = format!("`{keyword}` gives several answers and must end the query");
        self.error_with_help(
            "KS177",
            operator.span(),
            message,
            "for rows that are read several times write `let name = materialize(…);`",
        )
    }
}

/// The name that `as` gives to the rows at the end of a pipeline.
pub fn given_name(operators: &[Operator]) -> Option<String> {
    match operators.last() {
        Some(Operator::As(named)) => Some(named.name.text.clone()),
        Some(_) | None => None,
    }
}
