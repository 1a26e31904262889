//! `sample-distinct`: some of the values of a column. `T | sample-distinct 10 of a`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::names::{Namer, item_name};
use crate::plan::Plan;
use calypso_parser::ast::{NamedExpr, SampleDistinct, Target};

impl Binder<'_> {
    /// The first of the values.
    pub fn sample_distinct(
        &mut self,
        plan: Plan,
        operator: &SampleDistinct,
        environment: &Environment,
    ) -> Option<Plan> {
        let count = self.row_count(&operator.count, environment);
        let columns = plan.columns.clone();
        let scope = Scope::rows(environment, &columns);
        let key = self.key(&operator.of, scope)?;
        let item = NamedExpr { target: Target::None, value: operator.of.clone(), span: operator.span };
        let name = item_name(&item, scope);
        let column = self.column(Namer::new([&name]).name(&name), key.ty());
        let plan = self.with_windows(plan);
        let values = self.group(plan, vec![(column, key)], Vec::new())?;
        self.first_rows(values, count?, Vec::new())
    }
}
