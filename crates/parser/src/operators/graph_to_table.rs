//! `graph-to-table`: gives a graph's nodes and edges as tables. `G | graph-to-table nodes as N with_node_id=id, edges as E`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

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

pub(super) fn parse(i: In<'_>) -> R<'_, GraphToTable> {
    let (rest, (_, outputs)) = (keyword, list("`nodes` or `edges`", output)).parse(i)?;
    Ok((rest, GraphToTable { outputs, span: i.span_to(rest) }))
}

fn output(i: In<'_>) -> R<'_, GraphTable> {
    if !i.at_word("nodes") && !i.at_word("edges") {
        return miss();
    }
    let alias = opt(preceded(word("as"), need_name("a name")));
    let parameters = parameters(&["with_node_id", "with_source_id", "with_target_id"]);
    let (rest, (entity, alias, parameters)) = (name, alias, parameters).parse(i)?;
    Ok((rest, GraphTable { entity, alias, parameters }))
}

impl Print for GraphToTable {
    fn print(&self, p: &mut Printer) {
        p.word("graph-to-table");
        for (index, output) in self.outputs.iter().enumerate() {
            p.word(if index > 0 { ", " } else { " " }).word(&output.entity.text);
            if let Some(alias) = &output.alias {
                p.word(" as ").name(alias);
            }
            p.parameters(&output.parameters);
        }
    }
}
