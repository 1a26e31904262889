//! Plugins that give several answers from the same rows: `T | evaluate funnel_sequence(…)`

use super::arguments::BoundPlugin;
use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::Plan;
use crate::several::NamedRows;
use calypso_library::plugin::{Plugin, Rewrite, Work};
use calypso_library::plugins;
use calypso_parser::ast::Evaluate;

impl Binder<'_> {
    /// Each part works on rows that are computed once.
    pub(super) fn parts(
        &mut self,
        plan: Plan,
        plugin: &'static Plugin,
        parts: &[&'static Plugin],
        operator: &Evaluate,
        environment: &Environment,
    ) -> Option<Vec<NamedRows>> {
        let bound = self.plugin_call(plan, plugin, &operator.call, environment)?;
        let copies = self.copies(bound.plan, parts.len());
        let mut answers = Vec::new();
        for (part, plan) in parts.iter().zip(copies) {
            let Work::Rows(rows) = part.work else {
                return self.unsupported(operator.span, &format!("the plugin `{}`", plugin.name));
            };
            let (lookup, call) = (bound.lookup.clone(), bound.call.clone());
            answers.push((None, self.plugin_rows(BoundPlugin { plan, lookup, call }, part, rows, operator)?));
        }
        Some(answers)
    }
}

/// The plugin that gives several answers, when an `evaluate` calls one.
pub(super) fn of_several(operator: &Evaluate) -> Option<&'static Plugin> {
    plugins::find(&operator.call.name.text).filter(|plugin| match plugin.work {
        Work::Several(_) | Work::Rewrite(Rewrite::Preview) => true,
        Work::Rows(_) | Work::Rewrite(Rewrite::Identity | Rewrite::BagUnpack | Rewrite::Pivot) => false,
    })
}
