//! `buildschema`: the schema of dynamic values.

use crate::aggregate::*;
use crate::function::*;
use crate::states::schema::Schema;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "buildschema",
    summary: "Gives the least schema that admits all values.",
    signatures: &[signature(
        &[required("x", Accepts::Is(Type::Dynamic), "The values.")],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("schema"),
    examples: &[example(
        "datatable(d:dynamic)[dynamic({'a': 1}), dynamic({'a': 'x', 'b': [1.5]})] | summarize buildschema(d)",
        "{\"a\":[\"long\",\"string\"],\"b\":{\"`indexer`\":\"double\"}}",
    )],
    states: |call| Box::new(PerGroup::<Schema>::new(call)),
    ..crate::aggregate::DEFAULTS
};
