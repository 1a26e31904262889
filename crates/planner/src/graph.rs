//! Graphs between operators: bound nodes and bound edges, with the ids that join them in hidden columns. Graph operators
//! change one or the other; `graph-to-table`, `graph-match` and `graph-shortest-paths` make rows of them again.

use crate::binder::{Binder, hidden, hidden_name};
use crate::environment::Environment;
use crate::plan::{GraphEnds, Measure, Node, Plan, PlanColumn};
use crate::renumber::renumber;
use calypso_library::Type;
use calypso_parser::ast::{Operator, Span};

/// What flows from one operator to the next.
#[expect(clippy::large_enum_variant, reason = "rows are the usual case and are never many at once")]
pub enum Piped {
    /// Rows.
    Rows(Plan),
    /// A graph.
    Graph(Box<Graph>),
}

/// A graph. Its nodes and edges show their properties; what tells nodes apart is hidden.
pub struct Graph {
    /// One row per node, with a hidden id.
    pub nodes: Plan,
    /// One row per edge, with hidden ids of the nodes at its ends. Ends that are no node: the edge does not count.
    pub edges: Plan,
    /// Whether edges have a direction.
    pub directed: bool,
    /// Nodes and edges carry the hidden number of the part they belong to.
    pub parts: bool,
}

/// The hidden column of a node's id.
pub const ID: &str = "\0id";
/// The hidden column of the id of the node at which an edge begins.
pub const SOURCE: &str = "\0source";
/// The hidden column of the id of the node at which an edge ends.
pub const TARGET: &str = "\0target";
/// The hidden column of the number of the part.
pub const PART: &str = "\0part";

/// The hidden column of that name; graphs are made with them.
fn carried<'p>(plan: &'p Plan, name: &str) -> impl Iterator<Item = &'p PlanColumn> + use<'p> {
    let name = hidden_name(name);
    hidden(&plan.columns).filter(move |column| column.name == name).take(1)
}

impl Graph {
    /// The id of a node.
    pub fn id(&self) -> Option<&PlanColumn> {
        carried(&self.nodes, ID).next()
    }

    /// The ids at the ends of an edge: where it begins, or where it ends.
    pub fn end(&self, name: &str) -> Option<&PlanColumn> {
        carried(&self.edges, name).next()
    }

    /// The number of a node's part.
    pub fn part(&self) -> Option<&PlanColumn> {
        carried(&self.nodes, PART).next()
    }

    /// Which node is at which end of an edge.
    pub fn ends(&self) -> GraphEnds {
        let columns = |plan: &Plan, name: &str| {
            let part = carried(plan, PART).filter(|_| self.parts);
            part.chain(carried(plan, name)).map(|column| column.id).collect()
        };
        GraphEnds {
            node: columns(&self.nodes, ID),
            source: columns(&self.edges, SOURCE),
            target: columns(&self.edges, TARGET),
            directed: self.directed,
        }
    }
}

impl Binder<'_> {
    /// The rows, or an error about a graph.
    pub fn rows(&mut self, piped: Piped, span: Span) -> Option<Plan> {
        match piped {
            Piped::Rows(plan) => Some(plan),
            Piped::Graph(_) => self.error_with_help(
                "KS111",
                span,
                "found a graph, expected rows",
                "end with `graph-match`, `graph-shortest-paths` or `graph-to-table`",
            ),
        }
    }

    /// The same graph with new column numbers throughout.
    pub fn renumbered_graph(&mut self, graph: &Graph) -> Graph {
        Graph { nodes: renumber(self, &graph.nodes), edges: renumber(self, &graph.edges), ..*graph }
    }

    /// An operator over a graph.
    pub fn graph_operator(
        &mut self,
        graph: Graph,
        operator: &Operator,
        environment: &Environment,
    ) -> Option<Piped> {
        if let Operator::GraphMatch(o) = operator {
            return self.graph_match(graph, o, environment).map(Piped::Rows);
        }
        if let Operator::GraphShortestPaths(o) = operator {
            return self.graph_shortest_paths(graph, o, environment).map(Piped::Rows);
        }
        if let Operator::GraphToTable(o) = operator {
            return self.graph_to_table(&graph, o).map(Piped::Rows);
        }
        if let Operator::GraphMarkComponents(o) = operator {
            return self.graph_mark_components(graph, o).map(|graph| Piped::Graph(Box::new(graph)));
        }
        if let Operator::GraphWhereNodes(o) = operator {
            return self.graph_where_nodes(graph, o, environment).map(|graph| Piped::Graph(Box::new(graph)));
        }
        if let Operator::GraphWhereEdges(o) = operator {
            return self.graph_where_edges(graph, o, environment).map(|graph| Piped::Graph(Box::new(graph)));
        }
        self.error_with_help(
            "KS219",
            operator.span(),
            format!("the operator `{}` takes rows, found a graph", operator.keyword()),
            "`graph-to-table nodes` or `graph-to-table edges` gives rows",
        )
    }

    /// The nodes with one hidden column more for what their edges say of them.
    pub fn measured_nodes(
        &mut self,
        graph: &Graph,
        nodes: Plan,
        measures: Vec<(PlanColumn, Measure)>,
    ) -> Plan {
        if measures.is_empty() {
            return nodes;
        }
        let mut columns = nodes.columns.clone();
        columns.extend(measures.iter().map(|(column, _)| column.clone()));
        let node = Node::GraphMeasure {
            nodes: Box::new(nodes),
            edges: Box::new(graph.edges.clone()),
            ends: graph.ends(),
            measures: measures.into_iter().map(|(_, measure)| measure).collect(),
        };
        Plan { node, columns }
    }

    /// A hidden column for a measure.
    pub fn measure_column(&mut self, measure: Measure) -> PlanColumn {
        self.column(hidden_name(&format!("\0{measure:?}")), Type::Long)
    }
}
