//! `consume`: reads the rows and gives none. `T | consume`

use crate::binder::Binder;
use crate::plan::{Expr, Node, Plan};
use calypso_library::Value;

impl Binder<'_> {
    /// No rows, the same columns.
    pub fn consume(&mut self, plan: Plan) -> Option<Plan> {
        let columns = plan.columns.clone();
        let predicate = Expr::Literal(Value::Bool(false));
        Some(Plan { node: Node::Filter { input: Box::new(plan), predicate }, columns })
    }
}
