//! `print`: one row of values. `print a = 1, "x"`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer};
use crate::plan::{Node, Plan};
use calypso_parser::ast::{Print, Target};

impl Binder<'_> {
    /// One row; unnamed columns are `print_0`, `print_1` … by place.
    pub fn print(&mut self, print: &Print, environment: &Environment) -> Option<Plan> {
        let names: Vec<ColumnName> = print
            .columns
            .iter()
            .enumerate()
            .map(|(index, item)| match &item.target {
                Target::Name(name) => ColumnName::Given(name.text.clone()),
                Target::Tuple(_) | Target::None => ColumnName::Made(format!("print_{index}")),
            })
            .collect();
        let mut namer = Namer::new(&names);
        let mut columns = Vec::new();
        let mut row = Vec::new();
        let mut failed = false;
        for (item, name) in print.columns.iter().zip(&names) {
            match self.expression(&item.value, Scope::constant(environment)) {
                Some(expr) => {
                    columns.push(self.column(namer.name(name), expr.ty()));
                    row.push(expr);
                }
                None => failed = true,
            }
        }
        if failed {
            return None;
        }
        if !self.windows.is_empty() {
            let seed = self.column(crate::binder::hidden_name("row"), calypso_library::Type::Bool);
            let value = crate::plan::Expr::Literal(calypso_library::Value::Bool(true));
            let input = Plan { node: Node::Values { rows: vec![vec![value]] }, columns: vec![seed] };
            let input = self.with_windows(input);
            return Some(self.project(input, columns.into_iter().zip(row).collect()));
        }
        Some(Plan { node: Node::Values { rows: vec![row] }, columns })
    }
}
