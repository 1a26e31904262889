//! `graph-shortest-paths`: finds shortest paths in a graph. `G | graph-shortest-paths [output=all] (a)-[e*1..9]->(b) where … project …`
//!
//! One path between two nodes, with conditions that the search itself reads, is found breadth first. Anything else is
//! all matches without cycles, of which the shortest of each pair stay.

use super::parameters::{parameter, parameter_text};
use crate::binder::{Binder, hidden_name};
use crate::builtins::MIN;
use crate::environment::Environment;
use crate::graph::Graph;
use crate::graph_pattern::Shape;
use crate::graph_values::Reading;
use crate::plan::{AggregateExpr, Expr, JoinKind, Node, Plan, PlanColumn, SortKey};
use crate::renumber::renumber;
use calypso_library::graph::{Cycles, PathValue, Search};
use calypso_library::{Type, Value};
use calypso_parser::ast::{GraphShortestPaths, Span};

impl Binder<'_> {
    /// A row per path.
    pub fn graph_shortest_paths(
        &mut self,
        graph: Graph,
        operator: &GraphShortestPaths,
        environment: &Environment,
    ) -> Option<Plan> {
        let all = match parameter(&operator.parameters, &["output"]) {
            None => false,
            Some(given) => match parameter_text(given) {
                "any" => false,
                "all" => true,
                _ => return self.wrong_parameter(given, &["any", "all"]),
            },
        };
        let [_] = operator.patterns.as_slice() else {
            return self.error("KS217", operator.span, "`graph-shortest-paths` takes one pattern");
        };
        let shape = self.pattern_shape(&operator.patterns, environment, operator.span)?;
        if shape.edges.iter().all(|edge| edge.hops.is_none()) {
            let help = "such as `-[e*1..5]->`";
            return self.error_with_help(
                "KS217",
                operator.span,
                "the pattern has no edge of variable length",
                help,
            );
        }
        if shape.nodes != shape.edges.len() + 1 {
            return self.unsupported(operator.span, "a node that occurs twice in `graph-shortest-paths`");
        }
        let mut reading = Reading::new(&graph, &shape);
        let conditions = self.match_conditions(operator.predicate.as_ref(), &mut reading, environment)?;
        let columns =
            self.match_columns(operator.columns.as_deref(), &mut reading, environment, operator.span)?;
        let plain = conditions.rest.iter().all(|(_, only_nodes)| *only_nodes);
        let filters: Vec<Expr> = conditions.rest.iter().map(|(filter, _)| filter.clone()).collect();
        if plain && is_one_path(&shape) {
            let plan = self.graph_matches(reading, conditions, Search::Shortest { all });
            let plan = self.kept_matches(plan, filters);
            return Some(self.match_rows(plan, columns));
        }
        let last = shape.nodes - 1;
        let mut value = |value, ty| reading.value(self, value, ty);
        let length = value(PathValue::Length, Type::Long);
        let ends = [value(PathValue::Number(0), Type::Long), value(PathValue::Number(last), Type::Long)];
        let plan = self.graph_matches(reading, conditions, Search::Walk(Cycles::None));
        let plan = self.kept_matches(plan, filters);
        let plan = match all {
            true => self.all_shortest(plan, &length, &ends)?,
            false => self.one_shortest(plan, &length, &ends, operator.span)?,
        };
        Some(self.match_rows(plan, columns))
    }

    /// One of the least length per pair.
    fn one_shortest(
        &mut self,
        plan: Plan,
        length: &PlanColumn,
        ends: &[PlanColumn; 2],
        span: Span,
    ) -> Option<Plan> {
        let rank = self.column(hidden_name("rank"), Type::Long);
        let mut columns = plan.columns.clone();
        columns.push(rank.clone());
        let node = Node::Rank {
            input: Box::new(plan),
            partition: ends.iter().map(PlanColumn::expr).collect(),
            keys: vec![SortKey { expr: length.expr(), descending: false, nulls_first: false }],
        };
        let first = vec![(rank.expr(), span), (Expr::Literal(Value::Long(1)), span)];
        let predicate = self.operator("==", first, span)?;
        let ranked = Plan { node, columns };
        Some(self.kept_matches(ranked, vec![predicate]))
    }

    /// All of the least length per pair.
    fn all_shortest(&mut self, plan: Plan, length: &PlanColumn, ends: &[PlanColumn; 2]) -> Option<Plan> {
        // The columns keep their numbers for those that read them, so the shared rows are projected back.
        let before = plan.columns.clone();
        let shared = self.shared(plan);
        let back = before.iter().zip(&shared.columns).map(|(old, new)| (old.clone(), new.expr())).collect();
        let copy = renumber(self, &shared);
        let place = |wanted: &PlanColumn| before.iter().position(|column| column.id == wanted.id);
        let read = |wanted: &PlanColumn| place(wanted).map(|at| copy.columns[at].expr());
        let (first, last, shortest) = (read(&ends[0])?, read(&ends[1])?, read(length)?);
        let matches = self.project(shared, back);
        let call =
            AggregateExpr { aggregate: MIN, arguments: vec![shortest], predicate: None, returns: Type::Long };
        let least = ["first", "last", "least"].map(|name| self.column(hidden_name(name), Type::Long));
        let node = Node::Aggregate { input: Box::new(copy), keys: vec![first, last], aggregates: vec![call] };
        let shortest = Plan { node, columns: least.to_vec() };
        let keys = [&ends[0], &ends[1], length].into_iter().zip(&least);
        let keys = keys.map(|(of_match, of_pair)| (of_pair.expr(), of_match.expr())).collect();
        let columns = [shortest.columns.clone(), matches.columns.clone()].concat();
        let node =
            Node::Join { left: Box::new(shortest), right: Box::new(matches), kind: JoinKind::Inner, keys };
        Some(Plan { node, columns })
    }
}

/// Whether the pattern is one path, of which the shortest never meets a node twice.
fn is_one_path(shape: &Shape) -> bool {
    match shape.edges.as_slice() {
        [edge] => edge.hops.is_some_and(|(least, _)| least <= 1),
        _ => false,
    }
}
