//! `sample`: so many rows, drawn by lot. `T | sample 10`

use crate::binder::{Binder, hidden_name};
use crate::builtins::RAND;
use crate::environment::Environment;
use crate::plan::{Expr, Plan, PlanColumn, SortKey};
use calypso_library::{Type, Value};
use calypso_parser::ast::Sample;

impl Binder<'_> {
    /// The first rows in an order of chance.
    pub fn sample(&mut self, plan: Plan, operator: &Sample, environment: &Environment) -> Option<Plan> {
        let count = self.row_count(&operator.count, environment)?;
        let lot = self.column(hidden_name("lot"), Type::Real);
        let before = plan.columns.clone();
        let seen = before.first().map_or(Expr::Literal(Value::Null(Type::Long)), PlanColumn::expr);
        let mut drawn: Vec<_> = before.iter().map(|column| (column.clone(), column.expr())).collect();
        drawn.push((lot.clone(), Expr::Call { function: RAND, arguments: vec![seen], returns: Type::Real }));
        let drawn = self.project(plan, drawn);
        let key = SortKey { expr: lot.expr(), descending: false, nulls_first: true };
        let rows = self.first_rows(drawn, count, vec![key])?;
        Some(self.project(rows, before.into_iter().map(|column| (column.clone(), column.expr())).collect()))
    }
}
