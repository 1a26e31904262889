//! Operators that DataFusion lacks: one kind of logical node, and how each operation runs.

mod compact;
mod concatenate;
mod evaluate;
mod expand;
mod graph;
mod graph_match;
mod graph_measure;
mod keys;
mod node;
mod once;
mod order;
mod parse;
mod parse_kv;
mod pass;
mod planner;
mod rows;
pub(crate) mod scan;
mod sorted_join;
mod stop;
mod window;

pub(crate) use compact::compact_inputs;
pub(crate) use graph::{GraphKeys, GraphTask};
pub(crate) use node::{
    Direction, Evaluate, Expand, Operation, OperatorNode, Parse, ScanProgram, WindowFunction,
};
pub(crate) use once::OnceRule;
pub(crate) use planner::OperatorPlanner;
pub(crate) use sorted_join::sorted_joins;
pub(crate) use stop::stoppable;
