//! Lists of texts given as an array or as several arguments.

use crate::call::Argument;
use crate::json::bare_text;
use crate::value::Json;

/// The texts of one array, or of all arguments; nothing for a null array.
pub fn texts(arguments: &[Argument], row: usize) -> Option<Vec<String>> {
    if let [only] = arguments
        && let Some(value) = only.json(row)
    {
        return Some(match value {
            Json::Array(elements) => elements.iter().map(bare_text).collect(),
            other => vec![bare_text(&other)],
        });
    }
    match arguments {
        [_] => None,
        several => Some(several.iter().map(|argument| argument.text(row).into_owned()).collect()),
    }
}
