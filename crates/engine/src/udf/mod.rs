//! The library's functions as DataFusion functions. KQL types are not visible in Arrow, so they travel as text: as the
//! first argument of a scalar function, in the name of an aggregate.

mod aggregate;
mod best_rows;
mod held;
mod memo;
mod order;
mod parts;
mod scalar;
mod types;

pub(crate) use aggregate::{aggregate, shared_aggregate};
pub(crate) use best_rows::{Best, best_rows, field_name as best_rows_field};
pub(crate) use held::{HELD, held};
pub(crate) use memo::{distinct, numbered};
pub(crate) use order::order_of;
pub(crate) use parts::{PARTS, parts, parts_of};
pub(crate) use scalar::{call, name_of, seen};
pub(crate) use types::Types;
