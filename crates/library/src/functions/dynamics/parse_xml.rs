//! `parse_xml`: XML as a dynamic value.

use crate::function::*;
use crate::types::Type;
use crate::xml;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_xml",
    summary: "Reads XML into a dynamic value: attributes as `@name`, text beside them as `#text`, repeated elements as arrays.",
    signatures: &[signature(
        &[required("xml", Accepts::Text, "The XML; null when it is not well-formed or longer than 1 MiB.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print parse_xml('<e name=\"value\">text</e>')",
            "{\"e\":{\"@name\":\"value\",\"#text\":\"text\"}}",
        ),
        example("print parse_xml('<e><a>1</a><a>2</a><b/></e>')", "{\"e\":{\"a\":[1,2],\"b\":null}}"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| {
            let text = call[0].text(row);
            if text.len() > 1 << 20 { None } else { xml::parse(&text) }
        })
    },
    ..DEFAULTS
};
