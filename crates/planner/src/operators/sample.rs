//! `sample`: so many rows, drawn by lot. `T | sample 10`

use crate::binder::{Binder, hidden_name};
use crate::environment::Environment;
use crate::plan::{Expr, Plan, SortKey};
use calypso_library::{Type, functions};
use calypso_parser::ast::Sample;

impl Binder<'_> {
    /// The first rows in an order of chance.
    pub fn sample(&mut self, plan: Plan, operator: &Sample, environment: &Environment) -> Option<Plan> {
        let count = self.row_count(&operator.count, environment)?;
        let chance = functions::find("rand")?;
        let lot = self.column(hidden_name("lot"), Type::Real);
        let before = plan.columns.clone();
        let mut drawn: Vec<_> = before.iter().map(|column| (column.clone(), column.expr())).collect();
        drawn.push((
            lot.clone(),
            Expr::Call { function: chance, arguments: vec![before.first()?.expr()], returns: Type::Real },
        ));
        let drawn = self.project(plan, drawn);
        let key = SortKey { expr: lot.expr(), descending: false, nulls_first: true };
        let rows = self.first_rows(drawn, count, vec![key])?;
        Some(self.project(rows, before.into_iter().map(|column| (column.clone(), column.expr())).collect()))
    }
}
