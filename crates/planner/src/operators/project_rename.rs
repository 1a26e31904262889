//! `project-rename`: new names in the old places. `T | project-rename new = old`

use crate::binder::Binder;
use crate::plan::{Plan, PlanColumn};
use calypso_parser::ast::{ProjectRename, Target};

impl Binder<'_> {
    /// The same columns under new names.
    pub fn project_rename(&mut self, plan: Plan, operator: &ProjectRename) -> Option<Plan> {
        let mut plan = plan;
        let before = plan.columns.clone();
        for item in &operator.columns {
            let Target::Name(new) = &item.target else {
                return self.error("KS110", item.span, "expected `new = old`");
            };
            let old = self.matching(&item.value, &before)?;
            let [old] = old.as_slice() else {
                return self.error("KS109", item.value.span, "expected the name of one column");
            };
            for column in &mut plan.columns {
                if column.id == old.id {
                    column.name = new.text.clone();
                }
            }
        }
        let doubled = plan.columns.iter().enumerate().find(|(index, column): &(usize, &PlanColumn)| {
            plan.columns[..*index].iter().any(|earlier| earlier.name == column.name)
        });
        match doubled.map(|(_, column)| column.name.clone()) {
            Some(name) => self.error("KS146", operator.span, format!("the column `{name}` is named twice")),
            None => Some(plan),
        }
    }
}
