//! `assert-schema`: refuses a query whose columns are not as declared. `T | assert-schema (a:long, b:string)`

use crate::binder::{Binder, visible};
use crate::expression::type_of;
use crate::plan::Plan;
use calypso_parser::ast::AssertSchema;

impl Binder<'_> {
    /// The same rows, when they have these columns with these types and no others; their order does not matter.
    pub fn assert_schema(&mut self, plan: Plan, operator: &AssertSchema) -> Option<Plan> {
        for declared in &operator.schema.columns {
            let name = &declared.name.text;
            let Some(column) = visible(&plan.columns).find(|column| column.name == *name) else {
                return self.error("KS142", declared.span, format!("the rows lack the column `{name}`"));
            };
            let wanted = declared.type_name.as_ref().and_then(|name| name.scalar()).map(type_of);
            if wanted != Some(column.ty) {
                let wanted = declared.type_name.as_ref().map_or("", |name| name.text.as_str());
                let message = format!("the column `{name}` is a {}, expected a {wanted}", column.ty);
                return self.error("KS141", declared.span, message);
            }
        }
        let more = visible(&plan.columns)
            .find(|column| operator.schema.columns.iter().all(|declared| declared.name.text != column.name));
        match more {
            Some(column) => {
                let message = format!("the rows have a column more, `{}`", column.name);
                self.error("KS142", operator.schema.span, message)
            }
            None => Some(plan),
        }
    }
}
