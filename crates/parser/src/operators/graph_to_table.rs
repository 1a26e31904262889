//! `graph-to-table`: gives a graph's nodes and edges as tables. `G | graph-to-table nodes as N with_node_id=id, edges as E`

use crate::ast::*;

/// `G | graph-to-table nodes as N with_node_id=id, edges as E`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphToTable {
    /// The tables.
    pub outputs: Vec<GraphTable>,
    /// Where.
    pub span: Span,
}

/// One table that `graph-to-table` gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphTable {
    /// `nodes` or `edges`
    pub entity: Name,
    /// `as Name`
    pub alias: Option<Name>,
    /// `with_node_id = id` and its kin.
    pub parameters: Vec<OperatorParameter>,
}
