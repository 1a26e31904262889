//! Kernels that no query names: the engine and the store put them in the place of several calls.

use arrow::array::ArrayRef;
use arrow::record_batch::RecordBatch;
use calypso_library::Type;
use calypso_library::call::Argument;
use calypso_library::expand::expand;
use calypso_library::json_parts::{Part, extract};
use calypso_library::json_scan::Step;
use calypso_library::stored::{MEMBERS, Member, values};
use std::sync::Arc;

/// What is done with the rows.
type Direct = fn(&RecordBatch) -> Vec<ArrayRef>;

/// By name.
pub const DIRECT: &[(&str, Direct)] = &[
    ("parts in one pass", |rows| {
        let part = |key: &str| Part { steps: vec![Step::Key(key.to_owned())], as_text: true };
        extract(&texts(rows, "Identity"), rows.num_rows(), &["Id", "Name", "identityType"].map(part))
    }),
    ("parts of elements", |rows| {
        let part =
            |place| Part { steps: vec![Step::Place(place), Step::Key("name".to_owned())], as_text: true };
        extract(&texts(rows, "Steps"), rows.num_rows(), &[0, 3].map(part))
    }),
    ("expand, of texts", |rows| {
        expand(&[texts(rows, "Steps")], &[Type::Dynamic], rows.num_rows(), false, u64::MAX).columns
    }),
    ("members of bags", |rows| values(&members("SourceIdentity"), column(rows, "Identity"))),
    ("members of elements", |rows| values(&members("ProvisioningSteps"), column(rows, "Steps"))),
];

fn column<'r>(rows: &'r RecordBatch, name: &str) -> &'r ArrayRef {
    rows.column_by_name(name).expect("a column of the rows")
}

fn texts(rows: &RecordBatch, name: &str) -> Argument {
    Argument::rows(Type::String, Arc::clone(column(rows, name)))
}

/// What the store keeps of a column.
fn members(column: &str) -> Vec<Member> {
    MEMBERS.iter().filter(|member| member.column == column).copied().collect()
}
