//! `datatable`: rows written out in the query. `datatable(a:long, b:string)[1, "x", 2, "y"]`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::expression::type_of;
use crate::plan::{Expr, Node, Plan};
use calypso_library::{Type, Value};
use calypso_parser::ast::Datatable;

impl Binder<'_> {
    /// The rows; each value is converted to its column's type.
    pub fn datatable(&mut self, datatable: &Datatable, environment: &Environment) -> Option<Plan> {
        let mut columns = Vec::new();
        for declared in &datatable.schema.columns {
            let ty = declared.type_name.as_ref().and_then(|name| name.scalar()).map(type_of);
            let Some(ty) = ty else {
                let text = declared.type_name.as_ref().map_or("", |name| name.text.as_str());
                return self.error("KS141", declared.span, format!("`{text}` is no scalar type"));
            };
            columns.push(self.column(declared.name.text.clone(), ty));
        }
        if columns.is_empty() {
            return self.error("KS006", datatable.span, "a datatable needs a column");
        }
        if !datatable.values.len().is_multiple_of(columns.len()) {
            let message =
                format!("{} values do not fill rows of {} columns", datatable.values.len(), columns.len());
            return self.error("KS119", datatable.span, message);
        }
        let scope = Scope::constant(environment);
        let mut cells = Vec::with_capacity(datatable.values.len());
        for (index, value) in datatable.values.iter().enumerate() {
            let to = columns[index % columns.len()].ty;
            cells.push(self.cell(value, to, scope));
        }
        let cells: Vec<Expr> = cells.into_iter().collect::<Option<_>>()?;
        let rows = cells.chunks(columns.len()).map(<[Expr]>::to_vec).collect();
        Some(Plan { node: Node::Values { rows }, columns })
    }

    fn cell(&mut self, value: &calypso_parser::ast::Expr, to: Type, scope: Scope) -> Option<Expr> {
        let bound = self.expression(value, scope)?;
        match (&bound, to) {
            (Expr::Literal(Value::String(text)), Type::Dynamic) => {
                Some(Expr::Literal(Value::Dynamic(text.clone().into())))
            }
            _ => self.convert(bound, to, value.span),
        }
    }
}
