//! `render`: rows go through as they are; what is drawn and how must be known words. `T | render timechart with (kind=stacked)`

use super::parameters::meant;
use crate::binder::Binder;
use crate::plan::Plan;
use calypso_parser::ast::{Expr, ExprKind, Render};

/// What may be drawn.
const CHARTS: &[&str] = &[
    "table",
    "list",
    "barchart",
    "piechart",
    "ladderchart",
    "timechart",
    "linechart",
    "anomalychart",
    "pivotchart",
    "areachart",
    "stackedareachart",
    "scatterchart",
    "timepivot",
    "columnchart",
    "timeline",
    "3Dchart",
    "card",
    "treemap",
    "plotly",
    "graph",
    "sankey",
];

/// Properties that take one of a few words.
const WORDS: &[(&str, &[&str])] = &[
    ("kind", &["default", "unstacked", "stacked", "stacked100", "map"]),
    ("legend", &["visible", "hidden"]),
    ("xaxis", &["linear", "log"]),
    ("yaxis", &["linear", "log"]),
    ("ysplit", &["none", "axes", "panels"]),
];

impl Binder<'_> {
    /// Refuses charts and words that are none.
    pub fn render(&mut self, plan: Plan, operator: &Render) -> Option<Plan> {
        let before = self.diagnostics.len();
        if let Some(chart) = &operator.visualization
            && !CHARTS.contains(&chart.text.as_str())
        {
            let message = format!("`{}` is no visualization", chart.text);
            self.error_with_help::<()>("KS140", chart.span, message, known(&chart.text, CHARTS));
        }
        for property in &operator.properties {
            let Some((_, words)) = WORDS.iter().find(|(name, _)| *name == property.name.text) else {
                continue;
            };
            for value in property.values.iter().filter(|value| !words.contains(&text(value))) {
                let message = format!("`{}` does not take `{}`", property.name.text, text(value));
                self.error_with_help::<()>("KS140", value.span, message, known(text(value), words));
            }
        }
        (self.diagnostics.len() == before).then_some(plan)
    }
}

fn known(given: &str, words: &[&str]) -> String {
    let list = format!("it is one of {}", words.join(", "));
    match meant(given, words) {
        Some(near) => format!("did you mean `{near}`? {list}"),
        None => list,
    }
}

fn text(value: &Expr) -> &str {
    match &value.kind {
        ExprKind::Name(name) => &name.text,
        ExprKind::Literal(literal) => &literal.text,
        _ => "",
    }
}
