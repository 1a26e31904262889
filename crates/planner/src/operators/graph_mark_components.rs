//! `graph-mark-components`: numbers the connected parts of a graph. `G | graph-mark-components [kind=weak] [with_component_id=c]`

use super::parameters::{parameter, parameter_text};
use crate::binder::{Binder, visible};
use crate::graph::Graph;
use crate::names::{ColumnName, Namer};
use crate::plan::Measure;
use calypso_library::Type;
use calypso_library::graph::Connection;
use calypso_parser::ast::GraphMarkComponents;

impl Binder<'_> {
    /// The graph whose nodes have the number of their component as one property more.
    pub fn graph_mark_components(&mut self, graph: Graph, operator: &GraphMarkComponents) -> Option<Graph> {
        let connection = match parameter(&operator.parameters, &["kind"]) {
            None => Connection::Weak,
            Some(given) => match parameter_text(given) {
                "weak" => Connection::Weak,
                "strong" => Connection::Strong,
                _ => return self.wrong_parameter(given, &["weak", "strong"]),
            },
        };
        let wanted = parameter(&operator.parameters, &["with_component_id"])
            .map_or_else(|| "ComponentId".to_owned(), |given| parameter_text(given).to_owned());
        let mut namer = Namer::new([]);
        for column in visible(&graph.nodes.columns) {
            namer.name(&ColumnName::Given(column.name.clone()));
        }
        let column = self.column(namer.name(&ColumnName::Given(wanted)), Type::Long);
        let measure = vec![(column, Measure::Component(connection))];
        let nodes = self.measured_nodes(&graph, graph.nodes.clone(), measure);
        Some(Graph { nodes, ..graph })
    }
}
