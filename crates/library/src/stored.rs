//! How tables lie in the store's files: what the store writes and the engine reads.

use crate::call::Argument;
use crate::expand::expand;
use crate::json_parts::{Part, extract};
use crate::json_scan::Step;
use crate::types::Type;
use arrow::array::{Array, ArrayRef, AsArray, StringViewBuilder};
use std::sync::Arc;

/// A datetime column `X` kept as a timestamp in microseconds has its seventh digit, 0 to 9, in the Int8 column
/// `X_tick` beside it: ticks = microseconds × 10 + digit.
pub const TICK_SUFFIX: &str = "_tick";

/// What stands at a key of a column's JSON text, kept as a column of its own: asked for it, nobody reads the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Member {
    /// The column of text.
    pub column: &'static str,
    /// Whether it is the key of each element that `mv-expand` would make of the text, as an array of them.
    pub each: bool,
    /// The key.
    pub key: &'static str,
}

const fn of(column: &'static str, key: &'static str) -> Member {
    Member { column, each: false, key }
}

const fn of_each(column: &'static str, key: &'static str) -> Member {
    Member { column, each: true, key }
}

/// The members that the store keeps: what the provisioning workbooks ask of texts that differ from row to row.
pub const MEMBERS: &[Member] = &[
    of("SourceIdentity", "Id"),
    of("SourceIdentity", "Name"),
    of("SourceIdentity", "identityType"),
    of("TargetIdentity", "Id"),
    of("TargetIdentity", "Name"),
    of("TargetIdentity", "identityType"),
    of_each("ProvisioningSteps", "name"),
    of_each("ProvisioningSteps", "provisioningStepType"),
    of_each("ProvisioningSteps", "status"),
];

impl Member {
    /// The name of its column in files.
    pub fn file_column(&self) -> String {
        let each = if self.each { "_each" } else { "" };
        format!("{}{each}_{}", self.column, self.key)
    }
}

/// The values of members of one column, JSON text or null, a column for each: `parse_json(text).key`; with `each` the
/// array of `element.key` over what `mv-expand element = parse_json(text)` gives, null where there is no text.
///
/// In: texts (Utf8View). Out: Utf8View, as long.
pub fn values(members: &[Member], texts: &ArrayRef) -> Vec<ArrayRef> {
    let rows = texts.len();
    let text = Argument::rows(Type::String, Arc::clone(texts));
    let (each, whole): (Vec<Member>, Vec<Member>) = members.iter().partition(|member| member.each);
    let mut of_texts = extract(&text, rows, &parts(&whole)).into_iter();
    let mut of_elements = Vec::new().into_iter();
    if !each.is_empty() {
        let mut expanded = expand(&[text], &[Type::Dynamic], rows, false, u64::MAX);
        let elements = Argument::rows(Type::Dynamic, expanded.columns.remove(0));
        let found = extract(&elements, expanded.rows.len(), &parts(&each));
        let arrays = found.iter().map(|found| arrays(found, &expanded.rows, texts));
        of_elements = arrays.collect::<Vec<_>>().into_iter();
    }
    let next = |member: &Member| if member.each { of_elements.next() } else { of_texts.next() };
    members.iter().filter_map(next).collect()
}

fn parts(members: &[Member]) -> Vec<Part> {
    let part = |member: &Member| Part { steps: vec![Step::Key(member.key.to_owned())], as_text: false };
    members.iter().map(part).collect()
}

/// JSON arrays of the values, by the row that each belongs to; rows are in order. Where a text is empty there is none.
fn arrays(values: &ArrayRef, from: &[usize], texts: &ArrayRef) -> ArrayRef {
    let (values, texts) = (values.as_string_view(), texts.as_string_view());
    let mut builder = StringViewBuilder::with_capacity(texts.len()).with_deduplicate_strings();
    let mut array = String::new();
    let mut at = 0;
    for row in 0..texts.len() {
        array.clear();
        array.push('[');
        while from.get(at) == Some(&row) {
            if array.len() > 1 {
                array.push(',');
            }
            array.push_str(if values.is_valid(at) { values.value(at) } else { "null" });
            at += 1;
        }
        array.push(']');
        builder.append_option((!texts.value(row).is_empty()).then_some(&array));
    }
    Arc::new(builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::StringViewArray;

    fn value(member: Member, text: &str) -> Option<String> {
        let texts: ArrayRef = Arc::new(StringViewArray::from(vec![text]));
        let found = values(&[member], &texts).remove(0);
        let found = found.as_string_view();
        found.is_valid(0).then(|| found.value(0).to_owned())
    }

    #[test]
    fn members_are_what_paths_give() {
        for (text, wanted) in [
            (r#"{"Name":"b","Id": "a"}"#, Some(r#""a""#)),
            (r#"{"Id":{"x": 1 }}"#, Some(r#"{"x":1}"#)),
            (r#"{"Id":null}"#, None),
            (r#"{"id":"a"}"#, None),
            (r#"[{"Id":"a"}]"#, None),
            ("no JSON", None),
            ("", None),
        ] {
            assert_eq!(value(of("SourceIdentity", "Id"), text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn members_of_elements_stand_where_the_elements_stood() {
        for (text, wanted) in [
            (r#"[{"name":"a"},{"name":1},{"x":2},3]"#, Some(r#"["a",1,null,null]"#)),
            ("[]", Some("[]")),
            (r#"{"name":"a","b":2}"#, Some(r#"["a",null]"#)),
            ("{}", Some("[]")),
            ("no JSON", Some("[null]")),
            ("null", Some("[null]")),
            ("", None),
        ] {
            assert_eq!(value(of_each("ProvisioningSteps", "name"), text).as_deref(), wanted, "{text}");
        }
    }
}
