//! `print`: one row of values. `print a = 1, "x"`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer};
use crate::plan::{Expr, Node, Plan};
use calypso_parser::ast::Print;

impl Binder<'_> {
    /// One row; unnamed columns are `print_0`, `print_1` … by place.
    pub fn print(&mut self, print: &Print, environment: &Environment) -> Option<Plan> {
        self.given_once(&print.columns)?;
        let mut listed: Vec<(ColumnName, Expr)> = Vec::new();
        let mut failed = false;
        for (index, item) in print.columns.iter().enumerate() {
            match self.listed(item, Scope::constant(environment)).as_deref_mut() {
                Some([(name, expr)]) => {
                    let given = matches!(name, ColumnName::Given(_));
                    let name = if given { name.clone() } else { ColumnName::Made(format!("print_{index}")) };
                    listed.push((name, expr.clone()));
                }
                Some(columns) => listed.extend_from_slice(columns),
                None => failed = true,
            }
        }
        if failed {
            return None;
        }
        let names: Vec<ColumnName> = listed.iter().map(|(name, _)| name.clone()).collect();
        let mut namer = Namer::new(&names);
        let mut columns = Vec::new();
        let mut row = Vec::new();
        for (name, expr) in listed {
            columns.push(self.column(namer.name(&name), expr.ty()));
            row.push(expr);
        }
        if !self.windows.is_empty() {
            let seed = self.column(crate::binder::hidden_name("row"), calypso_library::Type::Bool);
            let value = Expr::Literal(calypso_library::Value::Bool(true));
            let input = Plan { node: Node::Values { rows: vec![vec![value]] }, columns: vec![seed] };
            let input = self.with_windows(input);
            return Some(self.project(input, columns.into_iter().zip(row).collect()));
        }
        Some(Plan { node: Node::Values { rows: vec![row] }, columns })
    }
}
