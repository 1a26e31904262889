//! Operators that DataFusion lacks: one kind of logical node, and how each operation runs.

mod concatenate;
mod keys;
mod node;
mod order;
mod planner;
mod rows;
mod window;

pub(crate) use node::{Direction, Operation, OperatorNode, WindowFunction};
pub(crate) use planner::OperatorPlanner;
