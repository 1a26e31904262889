//! `parse_user_agent`: what a user agent's text says of browser, system and device.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::types::Type;
use crate::user_agent::{browser, device, system};
use crate::value::Json;
use serde_json::Map;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_user_agent",
    summary: "Tells browser, operating system and device from a user agent's text, by a table of common ones; any other is `Other`.",
    signatures: &[signature(
        &[
            required("user_agent", Accepts::Is(Type::String), "The text."),
            optional(
                "look_for",
                Accepts::Text,
                "`browser`, `os` or `device`, or an array of them; all when not given.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print parse_user_agent('curl/8.4.0', 'browser')",
            "{\"Browser\":{\"Family\":\"curl\",\"MajorVersion\":\"8\",\"MinorVersion\":\"4\",\"Patch\":\"0\"}}",
        ),
        example(
            "print parse_user_agent('Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko', dynamic(['browser', 'os'])).OperatingSystem",
            "{\"Family\":\"Windows\",\"MajorVersion\":\"7\",\"MinorVersion\":\"\",\"Patch\":\"\",\"PatchMinor\":\"\"}",
        ),
    ],
    evaluate,
    ..DEFAULTS
};

/// What can be looked for: its name in queries, its name in the result, how it is found.
type Part = (&'static str, &'static str, fn(&str) -> Json);

const PARTS: [Part; 3] =
    [("browser", "Browser", browser), ("os", "OperatingSystem", system), ("device", "Device", device)];

fn evaluate(call: &Call) -> Evaluated {
    let rows: Result<Vec<Json>, EvaluateError> = (0..call.rows).map(|row| parsed(call, row)).collect();
    let mut rows = rows?.into_iter();
    call.dynamics(|_| rows.next())
}

fn parsed(call: &Call, row: usize) -> Result<Json, EvaluateError> {
    let wanted: Vec<String> = match call.get(1) {
        None => PARTS.iter().map(|(name, _, _)| (*name).to_owned()).collect(),
        Some(names) => match names.json(row) {
            Some(Json::Array(names)) => names.iter().map(crate::json::bare_text).collect(),
            Some(_) | None => vec![names.text(row).into_owned()],
        },
    };
    if let Some(name) = wanted.iter().find(|name| PARTS.iter().all(|(known, _, _)| name != known)) {
        let message = format!("'{name}' is nothing to look for: expected `browser`, `os` or `device`");
        return Err(EvaluateError(message));
    }
    let agent = call[0].raw(row);
    let looked_for = PARTS.iter().filter(|(name, _, _)| wanted.iter().any(|wanted| wanted == name));
    let found: Map<String, Json> =
        looked_for.map(|(_, key, find)| ((*key).to_owned(), find(agent))).collect();
    Ok(Json::Object(found))
}
