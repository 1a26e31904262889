//! `preview`: two answers, the first rows and their number. `T | evaluate preview(5)`

use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::{AggregateExpr, Node, Plan};
use crate::several::NamedRows;
use calypso_library::plugin::Plugin;
use calypso_library::{Type, aggregates};
use calypso_parser::ast::Evaluate;

impl Binder<'_> {
    /// Both are computed from the same rows.
    pub(super) fn preview(
        &mut self,
        plan: Plan,
        plugin: &'static Plugin,
        operator: &Evaluate,
        environment: &Environment,
    ) -> Option<Vec<NamedRows>> {
        let span = operator.call.span;
        let bound = self.plugin_call(plan, plugin, &operator.call, environment)?;
        let Some(count) = bound.call.long("NumberOfRows").and_then(|rows| u64::try_from(rows).ok()) else {
            return self.error("KS131", span, "the number of rows is negative or null");
        };
        let Some(aggregate) = aggregates::find("count") else {
            return self.unsupported(span, "the aggregate `count`");
        };
        let mut copies = self.copies(bound.plan, 2).into_iter();
        let (rows, all) = (copies.next()?, copies.next()?);
        let columns = rows.columns.clone();
        let few = Plan { node: Node::Take { input: Box::new(rows), count }, columns };
        let returns = Type::Long;
        let counted = AggregateExpr { aggregate, arguments: Vec::new(), predicate: None, returns };
        let node = Node::Aggregate { input: Box::new(all), keys: Vec::new(), aggregates: vec![counted] };
        let number = Plan { node, columns: vec![self.column("Count", returns)] };
        Some(vec![(None, few), (None, number)])
    }
}
