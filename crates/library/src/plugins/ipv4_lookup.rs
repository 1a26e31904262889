//! `ipv4_lookup`: rows with the networks that hold their IPv4 address.

use crate::addresses::ipv4;
use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional, repeated, required};
use crate::network_lookup;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::ArrayRef;

/// `T | evaluate ipv4_lookup(Networks, ip, network, country, return_unmatched = true)`
pub const PLUGIN: Plugin = Plugin {
    name: "ipv4_lookup",
    summary: "Adds the columns of the rows of another table whose network holds the IPv4 address of a row.",
    signatures: &[&[
        slot(Takes::Table, required("LookupTable", Accepts::Any, "The table of networks.")),
        slot(Takes::Column, required("SourceIPv4Key", Accepts::Is(Type::String), "The address.")),
        slot(
            Takes::TableColumn,
            required(
                "IPv4LookupKey",
                Accepts::Is(Type::String),
                "The network: `10.0.0.0/8`, or one address.",
            ),
        ),
        slot(
            Takes::CommonColumn,
            repeated("ExtraKey", Accepts::Orderable, 0, "Columns of both tables that must be equal, too."),
        ),
        slot(
            Takes::Constant,
            constant(optional(
                "return_unmatched",
                Accepts::Is(Type::Bool),
                "Whether rows without a network stay; false when left out.",
            )),
        ),
    ]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "print ip = '10.1.2.3' | evaluate ipv4_lookup((datatable(net:string, who:string)['10.0.0.0/8', 'us']), ip, net)",
        "10.1.2.3, 10.0.0.0/8, us",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    Ok(network_lookup::columns(call))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    network_lookup::evaluate(call, rows, ("SourceIPv4Key", "IPv4LookupKey"), ipv4)
}
