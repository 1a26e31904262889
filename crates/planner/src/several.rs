//! Answers by the operator that ends a query: `fork`, `facet` and `graph-to-table` give several, each perhaps with a name. Everywhere else
//! an operator gives one set of rows.

use crate::binder::Binder;
use crate::environment::{Binding, Environment};
use crate::plan::{BoundAnswer, Node, Plan};
use crate::renumber::renumber;
use calypso_parser::ast::{self, Operator, Statement};
use std::rc::Rc;

/// Rows with the name that the query gives to them.
pub type NamedRows = (Option<String>, Plan);

impl Binder<'_> {
    /// The answers of the pipeline of a statement.
    pub fn several(&mut self, pipeline: &ast::Pipeline, environment: &Environment) -> Option<Vec<NamedRows>> {
        let mut environment = environment.clone();
        let last = pipeline.operators.split_last();
        if let Some((Operator::Fork(fork), before)) = last {
            let piped = self.source(pipeline, &environment, None)?;
            let piped = self.steps(piped, before, &mut environment)?;
            let plan = self.rows(piped, pipeline.span)?;
            return self.fork(plan, fork, &environment);
        }
        if let Some((Operator::Facet(facet), before)) = last {
            let piped = self.source(pipeline, &environment, None)?;
            let piped = self.steps(piped, before, &mut environment)?;
            let plan = self.rows(piped, pipeline.span)?;
            return self.facet(plan, facet, &environment);
        }
        if let Some((Operator::GraphToTable(tables), before)) = last {
            let piped = self.source(pipeline, &environment, None)?;
            let piped = self.steps(piped, before, &mut environment)?;
            return self.graph_tables(piped, tables);
        }
        if let Some((Operator::Evaluate(evaluate), before)) = last {
            let piped = self.source(pipeline, &environment, None)?;
            let piped = self.steps(piped, before, &mut environment)?;
            let plan = self.rows(piped, pipeline.span)?;
            return self.evaluate_several(plan, evaluate, &environment);
        }
        let plan = self.pipeline(pipeline, &environment, None)?;
        Some(vec![(given_name(&pipeline.operators), plan)])
    }

    /// The names that a statement gives to the statements after it: `graph-to-table nodes as N, edges as E; N; E`.
    pub fn with_named_answers(
        &mut self,
        pipeline: &ast::Pipeline,
        answers: &[BoundAnswer],
        environment: Environment,
    ) -> Environment {
        if !gives_names(pipeline) {
            return environment;
        }
        answers.iter().fold(environment, |environment, answer| match &answer.name {
            Some(name) => environment.with(name.clone(), Binding::Table(Rc::new(answer.plan.clone()))),
            None => environment,
        })
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

/// Whether the answers of a statement are known to those after it.
fn gives_names(pipeline: &ast::Pipeline) -> bool {
    matches!(pipeline.operators.last(), Some(Operator::GraphToTable(_)))
}

/// Whether a statement only names its answers for those after it, which show them.
pub fn only_names(pipeline: &ast::Pipeline, rest: &[Statement]) -> bool {
    let several = match pipeline.operators.last() {
        Some(Operator::GraphToTable(tables)) => tables.outputs.len() > 1,
        Some(_) | None => false,
    };
    several && rest.iter().any(|statement| matches!(statement, Statement::Tabular(_)))
}

/// The name that `as` gives to the rows at the end of a pipeline.
pub fn given_name(operators: &[Operator]) -> Option<String> {
    match operators.last() {
        Some(Operator::As(named)) => Some(named.name.text.clone()),
        Some(_) | None => None,
    }
}
