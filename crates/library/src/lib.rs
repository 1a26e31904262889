//! What the language knows, without syntax and without a query engine: the ten scalar types, values, and one
//! constant per scalar function, aggregate and window function. In: Arrow arrays with KQL types. Out: the same.

pub mod addresses;
pub mod aggregate;
pub mod aggregates;
pub mod answer;
pub mod arithmetic;
pub mod arrays;
#[cfg(test)]
mod binding_trial;
pub mod bins;
pub mod branches;
pub mod builtin;
pub mod calendar;
pub mod call;
pub mod chance;
pub mod compare;
pub mod convert;
pub mod decimal;
pub mod digest;
pub mod expand;
pub mod extremes;
pub mod format;
pub mod function;
pub mod functions;
pub mod guid_bytes;
pub mod hexadecimal;
pub mod hyperloglog;
pub mod json;
pub mod json_path;
mod json_reals;
pub mod json_walk;
pub mod lanes;
pub mod literals;
pub mod membership;
pub mod overload;
pub mod parse_kv;
pub mod parse_pattern;
mod parse_scan;
pub mod pattern;
pub mod periods;
pub mod range;
pub mod series;
pub mod series_axis;
pub mod special;
mod states;
pub mod table;
mod term_list;
pub mod text_list;
pub mod text_match;
pub mod time_pattern;
#[cfg(test)]
mod trial;
pub mod types;
pub mod units;
pub mod url_text;
pub mod value;
pub mod value_bytes;
pub mod value_order;
pub mod windows;
pub mod xml;
pub mod zones;

pub use answer::{Answer, Visualization};
pub use table::Table;
pub use types::{Column, Type};
pub use value::{Json, Value};
