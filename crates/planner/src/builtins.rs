//! The builtins that plans of other operators are made with, by their constants: one that is gone is an error of the
//! compiler, not of a query.

use calypso_library::aggregate::Aggregate;
use calypso_library::function::Function;
use calypso_library::{aggregates, functions};

/// `count()`
pub const COUNT: &Aggregate = &aggregates::count::AGGREGATE;
/// `min(x)`
pub const MIN: &Aggregate = &aggregates::min::AGGREGATE;
/// `buildschema(d)`
pub const BUILDSCHEMA: &Aggregate = &aggregates::buildschema::AGGREGATE;
/// `iff(p, a, b)`
pub const IFF: &Function = &functions::conditional::iff::FUNCTION;
/// `isnull(x)`
pub const ISNULL: &Function = &functions::conditional::isnull::FUNCTION;
/// `rand()`
pub const RAND: &Function = &functions::math::rand::FUNCTION;
/// `a <= b`
pub const AT_MOST: &Function = &functions::operators::less_or_equal::FUNCTION;
