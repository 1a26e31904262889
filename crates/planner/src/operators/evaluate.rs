//! `evaluate`: calls a plugin. `T | evaluate narrow()`, `T | evaluate bag_unpack(d) : (*, a:long)`

mod arguments;
mod bag_unpack;
mod pivot;
mod preview;
mod schema;
mod several;

use crate::binder::{Binder, is_hidden};
use crate::environment::Environment;
use crate::plan::{Node, Plan};
use crate::several::NamedRows;
use crate::suggest::nearest;
use arguments::BoundPlugin;
use calypso_library::plugin::{Plugin, Rewrite, Rows, Work};
use calypso_library::{absent_plugins, plugins};
use calypso_parser::ast::Evaluate;
use std::sync::Arc;

impl Binder<'_> {
    /// The rows that the plugin makes of these. Hints change no answer.
    pub fn evaluate(
        &mut self,
        plan: Option<Plan>,
        operator: &Evaluate,
        environment: &Environment,
    ) -> Option<Plan> {
        let name = &operator.call.name;
        if let Some(reason) = absent_plugins::reason(&name.text) {
            let message = format!("the plugin `{}` has no meaning on one machine", name.text);
            return self.error_with_help("KS124", name.span, message, reason);
        }
        if absent_plugins::PENDING.contains(&name.text.as_str()) {
            return self.unsupported(name.span, &format!("the plugin `{}`", name.text));
        }
        let Some(plugin) = plugins::find(&name.text) else {
            let known = plugins::ALL.iter().map(|plugin| plugin.name);
            let message = format!("the plugin `{}` is not known", name.text);
            if let Some(lack) = absent_plugins::feature(&name.text) {
                return self.error_with_help("KS124", name.span, message, lack);
            }
            return match nearest(&name.text, known) {
                Some(near) => {
                    self.error_with_help("KS124", name.span, message, format!("did you mean `{near}`?"))
                }
                None => self.error("KS124", name.span, message),
            };
        };
        let Some(plan) = plan else {
            let message = format!("the plugin `{}` needs rows", plugin.name);
            return self.error_with_help("KS006", name.span, message, "write `T | evaluate …`");
        };
        if plan.columns.iter().any(is_hidden) {
            return self.unsupported(operator.span, "`evaluate` within a subquery over the items of a row");
        }
        match plugin.work {
            Work::Rows(rows) => self.evaluate_rows(plan, plugin, rows, operator, environment),
            Work::Rewrite(Rewrite::Identity) => {
                self.without_schema(plugin, operator)?;
                self.plugin_call(plan, plugin, &operator.call, environment).map(|bound| bound.plan)
            }
            Work::Rewrite(Rewrite::BagUnpack) => self.bag_unpack(plan, plugin, operator, environment),
            Work::Rewrite(Rewrite::Pivot) => self.pivot(plan, operator, environment),
            Work::Several(_) | Work::Rewrite(Rewrite::Preview) => {
                let message = format!("`{}` gives several answers and must end the query", plugin.name);
                self.error("KS177", operator.span, message)
            }
        }
    }

    /// The answers of a plugin that gives several, at the end of a query; nothing for other plugins.
    pub fn evaluate_several(
        &mut self,
        plan: Plan,
        operator: &Evaluate,
        environment: &Environment,
    ) -> Option<Vec<NamedRows>> {
        let Some(plugin) = several::of_several(operator) else {
            return Some(vec![(None, self.evaluate(Some(plan), operator, environment)?)]);
        };
        self.without_schema(plugin, operator)?;
        match plugin.work {
            Work::Several(parts) => self.parts(plan, plugin, parts, operator, environment),
            Work::Rows(_) | Work::Rewrite(_) => self.preview(plan, plugin, operator, environment),
        }
    }

    /// A plugin over collected rows.
    fn evaluate_rows(
        &mut self,
        plan: Plan,
        plugin: &'static Plugin,
        rows: Rows,
        operator: &Evaluate,
        environment: &Environment,
    ) -> Option<Plan> {
        self.without_schema(plugin, operator)?;
        let bound = self.plugin_call(plan, plugin, &operator.call, environment)?;
        self.plugin_rows(bound, plugin, rows, operator)
    }

    /// The node of a plugin over collected rows.
    fn plugin_rows(
        &mut self,
        mut bound: BoundPlugin,
        plugin: &'static Plugin,
        rows: Rows,
        operator: &Evaluate,
    ) -> Option<Plan> {
        bound.call.output = match (rows.columns)(&bound.call) {
            Ok(columns) => columns,
            Err(sentence) => return self.error("KS127", operator.call.span, sentence),
        };
        let output = bound.call.output.clone();
        let columns = output.into_iter().map(|column| self.column(column.name, column.ty)).collect();
        let input = Box::new(bound.plan);
        let lookup = bound.lookup.map(Box::new);
        Some(Plan { node: Node::Evaluate { input, lookup, plugin, call: Arc::new(bound.call) }, columns })
    }

    /// Refuses a promise of columns where the plugin alone says what they are.
    fn without_schema(&mut self, plugin: &Plugin, operator: &Evaluate) -> Option<()> {
        let Some(schema) = &operator.schema else { return Some(()) };
        let message = format!("the columns of `{}` follow from its arguments", plugin.name);
        self.error_with_help("KS119", schema.span, message, "leave the columns after `:` out")
    }
}
