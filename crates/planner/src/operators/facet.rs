//! `facet`: for each column its values with their counts, each an answer. `T | facet by a, b with (take 5)`

use crate::binder::{Binder, Scope, visible};
use crate::builtins::COUNT;
use crate::environment::Environment;
use crate::plan::{AggregateExpr, Node, Plan};
use crate::several::NamedRows;
use calypso_library::Type;
use calypso_parser::ast::{self, ExprKind, Facet};

impl Binder<'_> {
    /// The rows of `with`, then one table per column: the column and `count_` with its name. All are computed from the
    /// same rows.
    pub fn facet(
        &mut self,
        plan: Plan,
        operator: &Facet,
        environment: &Environment,
    ) -> Option<Vec<NamedRows>> {
        let mut copies = self.copies(plan, operator.columns.len() + usize::from(operator.with.is_some()));
        let mut answers = Vec::with_capacity(copies.len());
        if let Some(with) = &operator.with {
            let rows = copies.pop();
            answers.push((None, self.pipeline(with, environment, rows)?));
        }
        for (column, rows) in operator.columns.iter().zip(copies) {
            answers.push((None, self.counted(rows, column, environment)?));
        }
        Some(answers)
    }

    /// The values of a column with how often each occurs.
    fn counted(&mut self, plan: Plan, column: &ast::Expr, environment: &Environment) -> Option<Plan> {
        let ExprKind::Name(name) = &column.kind else {
            return self.error("KS109", column.span, "`facet by` takes the names of columns");
        };
        if visible(&plan.columns).all(|known| known.name != name.text) {
            self.matching(column, &plan.columns)?;
        }
        let key = self.expression(column, Scope::rows(environment, &plan.columns))?;
        if key.ty() == Type::Dynamic {
            return self.error("KS116", column.span, "a dynamic column has no facets");
        }
        let count =
            AggregateExpr { aggregate: COUNT, arguments: Vec::new(), predicate: None, returns: Type::Long };
        let columns = vec![
            self.column(name.text.clone(), key.ty()),
            self.column(format!("count_{}", name.text), Type::Long),
        ];
        let node = Node::Aggregate { input: Box::new(plan), keys: vec![key], aggregates: vec![count] };
        Some(Plan { node, columns })
    }
}
