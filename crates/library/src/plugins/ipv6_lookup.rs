//! `ipv6_lookup`: rows with the networks that hold their IPv6 or IPv4 address.

use crate::addresses::ipv6;
use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional, required};
use crate::network_lookup;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::ArrayRef;

/// `T | evaluate ipv6_lookup(Networks, ip, network, return_unmatched = true)`
pub const PLUGIN: Plugin = Plugin {
    name: "ipv6_lookup",
    summary: "Adds the columns of the rows of another table whose network holds the IPv6 or IPv4 address of a row.",
    signatures: &[&[
        slot(Takes::Table, required("LookupTable", Accepts::Any, "The table of networks.")),
        slot(Takes::Column, required("SourceIPv6Key", Accepts::Is(Type::String), "The address.")),
        slot(
            Takes::TableColumn,
            required(
                "IPv6LookupKey",
                Accepts::Is(Type::String),
                "The network: `2001:db8::/32`, or one address.",
            ),
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
        "print ip = '2001:db8::7' | evaluate ipv6_lookup((datatable(net:string, who:string)['2001:db8::/32', 'us']), ip, net)",
        "2001:db8::7, 2001:db8::/32, us",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    Ok(network_lookup::columns(call))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    network_lookup::evaluate(call, rows, ("SourceIPv6Key", "IPv6LookupKey"), ipv6)
}
