//! `graph-to-table`: gives a graph's nodes and edges as tables. `G | graph-to-table nodes as N with_node_id=id, edges as E`

use super::parameters::{parameter, parameter_text};
use super::summarize::OUTER_ROW;
use crate::binder::{Binder, hidden_name, visible};
use crate::graph::{Graph, Piped, SOURCE, TARGET};
use crate::names::{ColumnName, Namer};
use crate::plan::{Expr, JoinKind, Node, Plan, PlanColumn};
use crate::renumber::renumber;
use crate::several::NamedRows;
use calypso_parser::ast::{GraphTable, GraphToTable, Span};

impl Binder<'_> {
    /// The nodes, or the edges.
    pub fn graph_to_table(&mut self, graph: &Graph, operator: &GraphToTable) -> Option<Plan> {
        match operator.outputs.as_slice() {
            [output] => self.graph_table(graph, output, operator.span),
            _ => self.error_with_help(
                "KS230",
                operator.span,
                "`graph-to-table` gives two tables here, expected one",
                "only at the end of a query may it give nodes and edges",
            ),
        }
    }

    /// The nodes, the edges, or both, each with its name.
    pub fn graph_tables(&mut self, piped: Piped, operator: &GraphToTable) -> Option<Vec<NamedRows>> {
        let Piped::Graph(graph) = piped else {
            let message = "the operator `graph-to-table` takes a graph, found rows";
            return self.error_with_help(
                "KS219",
                operator.span,
                message,
                "`make-graph` makes a graph of rows",
            );
        };
        if let [output] = operator.outputs.as_slice() {
            let name = output.alias.as_ref().map(|alias| alias.text.clone());
            return Some(vec![(name, self.graph_to_table(&graph, operator)?)]);
        }
        let mut kinds: Vec<&str> =
            operator.outputs.iter().map(|output| output.entity.text.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.len() != operator.outputs.len() {
            return self.error("KS230", operator.span, "nodes and edges can each be given once");
        }
        let mut tables = Vec::new();
        for output in &operator.outputs {
            let Some(alias) = &output.alias else {
                let message = format!("the table of {} needs a name", output.entity.text);
                let help = format!("write `{} as Name`", output.entity.text);
                return self.error_with_help("KS273", output.entity.span, message, help);
            };
            tables.push((Some(alias.text.clone()), self.graph_table(&graph, output, operator.span)?));
        }
        Some(tables)
    }

    /// One table of a graph.
    pub fn graph_table(&mut self, graph: &Graph, output: &GraphTable, span: Span) -> Option<Plan> {
        let nodes = output.entity.text == "nodes";
        let known: &[&str] = if nodes { &["with_node_id"] } else { &["with_source_id", "with_target_id"] };
        if let Some(other) = output.parameters.iter().find(|given| !known.contains(&given.name.text.as_str()))
        {
            let message = format!("`{}` is no parameter of `{}`", other.name.text, output.entity.text);
            return self.error_with_help(
                "KS140",
                other.span,
                message,
                format!("it takes {}", known.join(", ")),
            );
        }
        let given =
            |name: &str| parameter(&output.parameters, &[name]).map(|given| parameter_text(given).to_owned());
        if nodes {
            let ids = vec![(given("with_node_id"), graph.id().cloned())];
            return self.with_hashes(graph.nodes.clone(), ids, graph.part().cloned(), span);
        }
        let ids = vec![
            (given("with_source_id"), graph.end(SOURCE).cloned()),
            (given("with_target_id"), graph.end(TARGET).cloned()),
        ];
        let edges = self.whole_edges(graph);
        let part =
            edges.columns.iter().find(|column| column.name == hidden_name(crate::graph::PART)).cloned();
        self.with_hashes(edges, ids, part, span)
    }

    /// The edges with a node at both ends.
    fn whole_edges(&mut self, graph: &Graph) -> Plan {
        let mut edges = graph.edges.clone();
        if matches!(graph.nodes.node, Node::Shared { .. }) {
            // Nodes as they were made: every end has one.
            return edges;
        }
        let ends = graph.ends();
        for end in [ends.source, ends.target] {
            let nodes = renumber(self, &graph.nodes);
            let columns = edges.columns.clone();
            let place = |id| graph.nodes.columns.iter().position(|column| column.id == id);
            let keys = end.iter().zip(&ends.node).filter_map(|(end, node)| {
                let left = columns.iter().find(|column| column.id == *end)?;
                let right = &nodes.columns[place(*node)?];
                Some((left.expr(), right.expr()))
            });
            let keys = keys.collect();
            let node =
                Node::Join { left: Box::new(edges), right: Box::new(nodes), kind: JoinKind::LeftSemi, keys };
            edges = Plan { node, columns };
        }
        edges
    }

    /// Rows with the hashes of ids before their columns, and the number of their part hidden behind.
    fn with_hashes(
        &mut self,
        plan: Plan,
        ids: Vec<(Option<String>, Option<PlanColumn>)>,
        part: Option<PlanColumn>,
        span: Span,
    ) -> Option<Plan> {
        let mut namer = Namer::new([]);
        let mut columns: Vec<(PlanColumn, Expr)> = Vec::new();
        for (name, id) in ids {
            if let (Some(name), Some(id)) = (name, id) {
                let hash = self.named_function("hash", vec![(id.expr(), span)], span)?;
                columns.push((self.column(namer.name(&ColumnName::Given(name)), hash.ty()), hash));
            }
        }
        for column in visible(&plan.columns) {
            let name = namer.name(&ColumnName::Given(column.name.clone()));
            columns.push((self.column(name, column.ty), column.expr()));
        }
        if let Some(part) = part {
            columns.push((self.column(hidden_name(OUTER_ROW), part.ty), part.expr()));
        }
        Some(self.project(plan, columns))
    }
}
