//! `bag_unpack`: a column per key of a bag.

use crate::function::{Accepts, constant, example, optional, required};
use crate::plugin::*;
use crate::types::Type;

/// `T | evaluate bag_unpack(d, 'p_', 'replace_source', dynamic(['k']))`
pub const PLUGIN: Plugin = Plugin {
    name: "bag_unpack",
    summary: "Turns the keys of a column of bags into columns.",
    signatures: &[&[
        slot(Takes::Column, required("Column", Accepts::Is(Type::Dynamic), "The bags.")),
        slot(
            Takes::Constant,
            constant(optional(
                "OutputColumnPrefix",
                Accepts::Is(Type::String),
                "What the names of the new columns begin with.",
            )),
        ),
        slot(
            Takes::Constant,
            constant(optional(
                "columnsConflict",
                Accepts::Is(Type::String),
                "`error`, `replace_source` or `keep_source`, for a key named as another column.",
            )),
        ),
        slot(
            Takes::Constant,
            constant(optional("ignoredProperties", Accepts::Is(Type::Dynamic), "Keys that are left out.")),
        ),
    ]],
    work: Work::Rewrite(Rewrite::BagUnpack),
    examples: &[example(
        "datatable(d:dynamic)[dynamic({'b': 1, 'a': 'x'}), dynamic({'b': 2})] | evaluate bag_unpack(d)",
        "x, 1; , 2",
    )],
};
