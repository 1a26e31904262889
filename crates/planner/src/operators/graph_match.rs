//! `graph-match`: finds a pattern in a graph. `G | graph-match [cycles=none] (a)-[e*1..3]->(b) where a.x == 1 project a.x`
//!
//! Conditions on one element are columns of the nodes or edges, which the search itself reads; all others filter the
//! matches.

use super::parameters::{parameter, parameter_text};
use super::summarize::OUTER_ROW;
use crate::binder::{Binder, Scope, hidden_name};
use crate::environment::Environment;
use crate::graph::Graph;
use crate::graph_pattern::{Element, Shape};
use crate::graph_values::{Reading, Rewritten, graph_function, plain_name};
use crate::names::{ColumnName, Namer, item_name};
use crate::plan::{ColumnId, Expr, Node, Plan, PlanColumn};
use calypso_library::Type;
use calypso_library::function::GraphFunction;
use calypso_library::graph::{Cycles, EdgePattern, Fold, NodePattern, PathValue, Pattern, Search};
use calypso_parser::ast::{self, BinaryOp, ExprKind, GraphMatch, NamedExpr, Span, Target};

/// The conditions of an operator.
pub struct Conditions {
    /// Bool columns of the nodes, per node of the pattern.
    pub nodes: Vec<Vec<ColumnId>>,
    /// Bool columns of the edges, per edge of the pattern.
    pub edges: Vec<Vec<ColumnId>>,
    /// Bool columns of the nodes within a path, per edge of the pattern.
    pub inner: Vec<Vec<ColumnId>>,
    /// What filters the matches, and whether it reads nothing but nodes of the pattern.
    pub rest: Vec<(Expr, bool)>,
}

impl Binder<'_> {
    /// A row per match.
    pub fn graph_match(
        &mut self,
        graph: Graph,
        operator: &GraphMatch,
        environment: &Environment,
    ) -> Option<Plan> {
        let cycles = match parameter(&operator.parameters, &["cycles"]) {
            None => Cycles::UniqueEdges,
            Some(given) => match parameter_text(given) {
                "all" => Cycles::All,
                "none" => Cycles::None,
                "unique_edges" => Cycles::UniqueEdges,
                _ => return self.wrong_parameter(given, &["all", "none", "unique_edges"]),
            },
        };
        let shape = self.pattern_shape(&operator.patterns, environment, operator.span)?;
        let mut reading = Reading::new(&graph, &shape);
        let conditions = self.match_conditions(operator.predicate.as_ref(), &mut reading, environment)?;
        let columns =
            self.match_columns(operator.columns.as_deref(), &mut reading, environment, operator.span)?;
        let filters = conditions.rest.iter().map(|(filter, _)| filter.clone()).collect();
        let plan = self.graph_matches(reading, conditions, Search::Walk(cycles));
        let plan = self.kept_matches(plan, filters);
        Some(self.match_rows(plan, columns))
    }

    /// Takes a predicate apart: what concerns one element goes to it.
    pub fn match_conditions(
        &mut self,
        predicate: Option<&ast::Expr>,
        reading: &mut Reading,
        environment: &Environment,
    ) -> Option<Conditions> {
        let (nodes, edges) = (reading.shape.nodes, reading.shape.edges.len());
        let mut conditions = Conditions {
            nodes: vec![Vec::new(); nodes],
            edges: vec![Vec::new(); edges],
            inner: vec![Vec::new(); edges],
            rest: Vec::new(),
        };
        let mut parts = Vec::new();
        predicate.iter().for_each(|e| conjuncts(e, &mut parts));
        let mut failed = false;
        for part in parts {
            failed |= self.match_condition(part, reading, environment, &mut conditions).is_none();
        }
        (!failed).then_some(conditions)
    }

    fn match_condition(
        &mut self,
        e: &ast::Expr,
        reading: &mut Reading,
        environment: &Environment,
        conditions: &mut Conditions,
    ) -> Option<()> {
        if let ExprKind::Call(call) = &e.kind
            && graph_function(call, environment) == Some(GraphFunction::All)
        {
            let items = self.path_items(Fold::All, call, reading, environment)?;
            let list = if items.inner { &mut conditions.inner } else { &mut conditions.edges };
            list[items.edge].push(items.column);
            return Some(());
        }
        let rewritten = self.rewritten(e, reading, environment)?;
        let Some(element) = rewritten.only_element() else {
            let names = self.match_scope(&rewritten, reading, environment)?;
            let filter = self.predicate(&rewritten.expr, Scope::constant(&names))?;
            conditions.rest.push((filter, rewritten.only_nodes()));
            return Some(());
        };
        let names = self.element_scope(&rewritten.reads, reading, environment)?;
        let condition = self.predicate(&rewritten.expr, Scope::constant(&names))?;
        let column = reading.computed(self, element, condition).id;
        match element {
            Element::Node(node) => conditions.nodes[node].push(column),
            Element::Edge(edge) => conditions.edges[edge].push(column),
        }
        Some(())
    }

    /// The columns after `project`.
    pub fn match_columns(
        &mut self,
        items: Option<&[NamedExpr]>,
        reading: &mut Reading,
        environment: &Environment,
        span: Span,
    ) -> Option<Vec<(PlanColumn, Expr)>> {
        let Some(items) = items else {
            let help = "write `project a.name, b.name` after the pattern and its conditions";
            return self.error_with_help("KS006", span, "the matches need columns", help);
        };
        self.given_once(items)?;
        let mut listed = Vec::new();
        let mut failed = false;
        for item in items {
            match self.match_column(item, reading, environment) {
                Some(columns) => listed.extend(columns),
                None => failed = true,
            }
        }
        if failed {
            return None;
        }
        let names: Vec<ColumnName> = listed.iter().map(|(name, _)| name.clone()).collect();
        let mut namer = Namer::new(&names);
        let columns =
            listed.into_iter().map(|(name, expr)| (self.column(namer.name(&name), expr.ty()), expr));
        Some(columns.collect())
    }

    fn match_column(
        &mut self,
        item: &NamedExpr,
        reading: &mut Reading,
        environment: &Environment,
    ) -> Option<Vec<(ColumnName, Expr)>> {
        let rewritten = self.rewritten(&item.value, reading, environment)?;
        let named = ColumnName::Anonymous;
        let own_name = match (&item.target, &item.value.kind) {
            (Target::None, ExprKind::Path(..)) => item_name(item, Scope::constant(environment)),
            (_, _) => named,
        };
        let rename = |name: ColumnName| match name {
            _ if own_name != ColumnName::Anonymous => own_name.clone(),
            ColumnName::Made(made) => match plain_name(&made) {
                name if name.is_empty() => ColumnName::Anonymous,
                name => ColumnName::Made(name),
            },
            ColumnName::Given(_) | ColumnName::Anonymous => name,
        };
        let path = rewritten.only_element().filter(|element| reading.is_path(*element));
        let Rewritten { expr, reads } = &rewritten;
        let value = NamedExpr { value: expr.clone(), ..item.clone() };
        let Some(element) = path else {
            let names = self.match_scope(&rewritten, reading, environment)?;
            let listed = self.listed(&value, Scope::constant(&names))?;
            return Some(listed.into_iter().map(|(name, expr)| (rename(name), expr)).collect());
        };
        // What is said of an edge of variable length is said of each of its edges.
        let names = self.element_scope(reads, reading, environment)?;
        let scope = Scope::constant(&names);
        let said = self.expression(expr, scope)?;
        let array = self.one_item(said, item.span)?;
        let column = reading.computed(self, element, array).id;
        let Element::Edge(edge) = element else { return None };
        let value_of = PathValue::Items { edge, inner: false, fold: Fold::Array, column };
        let column = reading.value(self, value_of, Type::Dynamic);
        Some(vec![(rename(item_name(&value, scope)), column.expr())])
    }

    /// The matches: one column per value that was read.
    pub fn graph_matches(&mut self, reading: Reading, conditions: Conditions, search: Search) -> Plan {
        let Reading { graph, shape, of_nodes, of_edges, measures, mut values } = reading;
        if let Some(part) = graph.part().filter(|_| graph.parts) {
            let column = self.column(hidden_name(OUTER_ROW), part.ty);
            values.push((column, PathValue::Node(0, part.id)));
        }
        let pattern = pattern(shape, conditions, search);
        let (columns, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
        let ends = graph.ends();
        let mut of = (ends.node.clone(), [ends.source.clone(), ends.target.clone()].concat());
        let mut read = (Vec::new(), Vec::new());
        pattern.map(|node| read.0.push(*node), |edge| read.1.push(*edge));
        // A condition on inner nodes is given to the nodes' function, too.
        for value in &values {
            let found = std::cell::RefCell::new((&mut of.0, &mut of.1));
            value.map(|node| found.borrow_mut().0.push(*node), |edge| found.borrow_mut().1.push(*edge));
        }
        of.0.extend(read.0);
        of.1.extend(read.1);
        let nodes = self.measured_nodes(graph, graph.nodes.clone(), measures);
        let nodes = self.with_computed(nodes, of_nodes, &of.0);
        let edges = self.with_computed(graph.edges.clone(), of_edges, &of.1);
        let node = Node::GraphMatch { nodes: Box::new(nodes), edges: Box::new(edges), ends, pattern, values };
        Plan { node, columns }
    }

    /// The columns that are read, with those computed.
    fn with_computed(&mut self, rows: Plan, computed: Vec<(PlanColumn, Expr)>, wanted: &[ColumnId]) -> Plan {
        let own = rows.columns.iter().map(|column| (column.clone(), column.expr()));
        let columns = own.chain(computed).filter(|(column, _)| wanted.contains(&column.id)).collect();
        self.project(rows, columns)
    }

    /// The matches that fit all filters.
    pub fn kept_matches(&mut self, plan: Plan, filters: Vec<Expr>) -> Plan {
        filters.into_iter().fold(plan, |plan, predicate| {
            let columns = plan.columns.clone();
            Plan { node: Node::Filter { input: Box::new(plan), predicate }, columns }
        })
    }

    /// The rows of the matches; the number of their part stays.
    pub fn match_rows(&mut self, plan: Plan, mut columns: Vec<(PlanColumn, Expr)>) -> Plan {
        let name = hidden_name(OUTER_ROW);
        let part = plan.columns.iter().find(|column| column.name == name);
        columns.extend(part.map(|column| (column.clone(), column.expr())));
        let plan = self.with_windows(plan);
        self.project(plan, columns)
    }
}

fn pattern(shape: &Shape, conditions: Conditions, search: Search) -> Pattern<ColumnId> {
    let nodes = conditions.nodes.into_iter().map(|conditions| NodePattern { conditions }).collect();
    let lists = conditions.edges.into_iter().zip(conditions.inner);
    let edges = shape.edges.iter().zip(lists).map(|(edge, (conditions, inner))| EdgePattern {
        left: edge.left,
        right: edge.right,
        direction: edge.direction,
        hops: edge.hops,
        conditions,
        inner,
    });
    Pattern { nodes, edges: edges.collect(), search }
}

/// The conditions that `and` joins.
fn conjuncts<'e>(e: &'e ast::Expr, parts: &mut Vec<&'e ast::Expr>) {
    match &e.kind {
        ExprKind::Chain(first, rest) if rest.iter().all(|(op, _)| *op == BinaryOp::And) => {
            conjuncts(first, parts);
            rest.iter().for_each(|(_, term)| conjuncts(term, parts));
        }
        _ => parts.push(e),
    }
}
