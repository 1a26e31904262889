//! `sort`: orders the rows. `T | sort by a asc nulls first, b`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::operators::summarize::outer_columns;
use crate::plan::{Expr, Node, Plan, SortKey};
use calypso_library::Type;
use calypso_parser::ast::{self, Direction, Nulls, Sort, Span};

impl Binder<'_> {
    /// The rows in order.
    pub fn sort(&mut self, plan: Plan, operator: &Sort, environment: &Environment) -> Option<Plan> {
        let keys = self.sort_keys(&operator.keys, &plan, environment)?;
        let plan = self.with_windows(plan);
        // Within `mv-apply` the rows of each outer row are sorted among themselves.
        let outer = outer_columns(&plan).map(|column| SortKey {
            expr: column.expr(),
            descending: false,
            nulls_first: true,
        });
        let keys = outer.chain(keys).collect();
        let columns = plan.columns.clone();
        Some(Plan { node: Node::Sort { input: Box::new(plan), keys }, columns })
    }

    /// Sort keys over the columns of a plan.
    pub fn sort_keys(
        &mut self,
        keys: &[ast::SortKey],
        plan: &Plan,
        environment: &Environment,
    ) -> Option<Vec<SortKey>> {
        let scope = Scope::rows(environment, &plan.columns);
        let bound: Vec<Option<SortKey>> = keys
            .iter()
            .map(|key| {
                let expr = self.key(&key.value.value, scope)?;
                let descending =
                    !matches!(key.direction, Some(Direction::Ascending | Direction::GrannyAscending));
                let nulls_first = match key.nulls {
                    Some(Nulls::First) => true,
                    Some(Nulls::Last) => false,
                    None => !descending,
                };
                Some(SortKey { expr, descending, nulls_first })
            })
            .collect();
        bound.into_iter().collect()
    }

    /// An expression that rows are ordered or grouped by: anything but a dynamic.
    pub fn key(&mut self, e: &ast::Expr, scope: Scope) -> Option<Expr> {
        let bound = self.expression(e, scope)?;
        self.orderable(bound, e.span)
    }

    /// Refuses a dynamic value as a key.
    pub fn orderable(&mut self, bound: Expr, span: Span) -> Option<Expr> {
        match bound.ty() {
            Type::Dynamic => self.error_with_help(
                "KS116",
                span,
                "a dynamic value has no order and makes no groups",
                "convert it first: `tostring(…)`, `tolong(…)`, `todatetime(…)`",
            ),
            _ => Some(bound),
        }
    }
}
