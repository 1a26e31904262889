//! `reduce`: groups texts by what they have in common. `T | reduce [kind=source] by s [with threshold=0.1, characters="-"]`

use super::mv_expand::free_name;
use super::parameters::{parameter, parameter_text};
use super::summarize::outer_columns;
use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::plan::{AggregateExpr, Expr, Node, Plan, PlanColumn, SortKey};
use calypso_library::reduce::OTHERS;
use calypso_library::{Type, Value, aggregates, functions};
use calypso_parser::ast::Reduce;

/// The part of the texts that makes a pattern when the query does not say.
const THRESHOLD: f64 = 0.1;

impl Binder<'_> {
    /// Pattern, number of texts and one of them; with `kind=source` the rows, each with its pattern.
    pub fn reduce(&mut self, plan: Plan, operator: &Reduce, environment: &Environment) -> Option<Plan> {
        let source = match parameter(&operator.parameters, &["kind"]) {
            None => false,
            Some(given) if parameter_text(given) == "source" => true,
            Some(given) => return self.wrong_parameter(given, &["source"]),
        };
        let input = plan.columns.clone();
        let text = self.expression(&operator.by, Scope::rows(environment, &input))?;
        if text.ty() != Type::String {
            let message = format!("found a {}, expected a string", text.ty());
            return self.error_with_help(
                "KS141",
                operator.by.span,
                message,
                "convert it first: `tostring(…)`",
            );
        }
        let pattern = self.reduce_pattern(text.clone(), operator)?;
        let plan = self.with_windows(plan);
        if source {
            let mut columns: Vec<(PlanColumn, Expr)> =
                input.iter().map(|column| (column.clone(), column.expr())).collect();
            let name = free_name("Pattern", input.iter().map(|column| column.name.as_str()));
            columns.push((self.column(name, Type::String), pattern));
            return Some(self.project(plan, columns));
        }
        let (Some(count), Some(any)) = (aggregates::find("count"), aggregates::find("take_any")) else {
            return self.unsupported(operator.span, "the operator `reduce`");
        };
        let key = self.column("Pattern", Type::String);
        let number = self.column("Count", Type::Long);
        let one = self.column("Representative", Type::String);
        let counted =
            AggregateExpr { aggregate: count, arguments: Vec::new(), predicate: None, returns: Type::Long };
        let taken =
            AggregateExpr { aggregate: any, arguments: vec![text], predicate: None, returns: Type::String };
        let calls = vec![(number.clone(), counted), (one.clone(), taken)];
        let grouped = self.group(plan, vec![(key.clone(), pattern)], calls)?;
        self.reduced(grouped, [key, number, one], operator)
    }

    /// The pattern of each row's text among all.
    fn reduce_pattern(&mut self, text: Expr, operator: &Reduce) -> Option<Expr> {
        let span = operator.span;
        let mut threshold = THRESHOLD;
        let mut characters = String::new();
        for property in &operator.properties {
            let value = self.constant(&property.value, Scope::constant(&Environment::default()))?;
            if property.name.text == "characters" {
                characters = value.text();
                continue;
            }
            threshold = match value {
                Value::Real(part) if part > 0.0 && part < 1.0 => part,
                _ => {
                    let message = "the threshold is a real number between 0 and 1";
                    return self.error("KS140", property.span, message);
                }
            };
        }
        let Some(function) = functions::find("reduce pattern") else {
            return self.unsupported(span, "the operator `reduce`");
        };
        let threshold = Expr::Literal(Value::Real(threshold));
        let characters = Expr::Literal(Value::String(characters));
        self.function_call(function, vec![(text, span), (threshold, span), (characters, span)], span)
    }

    /// The largest groups first; what has no pattern stands for nothing.
    fn reduced(&mut self, grouped: Plan, columns: [PlanColumn; 3], operator: &Reduce) -> Option<Plan> {
        let span = operator.span;
        let [key, number, one] = columns;
        let order = vec![
            SortKey { expr: number.expr(), descending: true, nulls_first: false },
            SortKey { expr: key.expr(), descending: false, nulls_first: true },
        ];
        let others = Expr::Literal(Value::String(OTHERS.to_owned()));
        let none = self.operator("==", vec![(key.expr(), span), (others, span)], span)?;
        let nothing = Expr::Literal(Value::String(String::new()));
        let choose = functions::find("iff")?;
        let one_shown =
            self.function_call(choose, vec![(none, span), (nothing, span), (one.expr(), span)], span)?;
        let before = grouped.columns.clone();
        let sorted = Plan { node: Node::Sort { input: Box::new(grouped), keys: order }, columns: before };
        let mut shown = vec![(key.clone(), key.expr()), (number.clone(), number.expr())];
        shown.push((self.column("Representative", Type::String), one_shown));
        shown.extend(outer_columns(&sorted).map(|column| (column.clone(), column.expr())));
        Some(self.project(sorted, shown))
    }
}
