//! Rows with the shapes of text that provisioning logs have.

use arrow::array::{ArrayRef, Int64Array, StringViewArray};
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Type};
use std::sync::Arc;

/// So many, as an engine takes them in a batch or two.
const ROWS: u64 = 4096;
/// 2026-10-01 in ticks.
const START: i64 = 639_264_096_000_000_000;

/// Their columns.
pub fn columns() -> Vec<Column> {
    vec![
        Column::new("Time", Type::DateTime),
        Column::new("Id", Type::String),
        Column::new("Result", Type::String),
        Column::new("Digits", Type::String),
        Column::new("Duration", Type::Long),
        Column::new("Identity", Type::String),
        Column::new("System", Type::String),
        Column::new("Steps", Type::String),
    ]
}

/// The rows. Id, Identity and Steps are unique, Result and System repeat.
pub fn rows() -> RecordBatch {
    let mut numbers = Numbers(1);
    let drawn: Vec<[u64; 4]> = (0..ROWS).map(|_| [0; 4].map(|_| numbers.next())).collect();
    let longs = |of: fn(&[u64; 4]) -> i64| Arc::new(Int64Array::from_iter_values(drawn.iter().map(of)));
    let texts = |of: fn(&[u64; 4]) -> String| {
        Arc::new(StringViewArray::from_iter_values(drawn.iter().map(of))) as ArrayRef
    };
    let arrays: Vec<(&str, ArrayRef)> = vec![
        ("Time", longs(|n| START + (n[0] % 26_784_000_000_000) as i64)),
        ("Id", texts(|n| guid(n[1], n[2]))),
        ("Result", texts(|n| result(n).to_owned())),
        ("Digits", texts(|n| (n[3] >> (n[0] % 50)).to_string())),
        ("Duration", longs(|n| (n[3] % 20_000) as i64)),
        ("Identity", texts(identity)),
        ("System", texts(system)),
        ("Steps", texts(steps)),
    ];
    RecordBatch::try_from_iter(arrays).expect("columns of one length")
}

fn result(n: &[u64; 4]) -> &'static str {
    ["Success", "Success", "Success", "Success", "Skipped", "Failure", "Warning", ""][(n[0] % 8) as usize]
}

fn guid(a: u64, b: u64) -> String {
    let (c, d, e) = (a >> 32, (a >> 16) & 0xffff, a & 0xffff);
    format!("{c:08x}-{d:04x}-{e:04x}-{:04x}-{:012x}", b >> 48, b & 0xffff_ffff_ffff)
}

fn identity(n: &[u64; 4]) -> String {
    let (id, name, kind) =
        (guid(n[1], n[3]), n[2] % 100_000, ["user", "group", "contact"][(n[1] % 3) as usize]);
    format!(
        r#"{{"Id":"{id}","Name":"Person {name}","identityType":"{kind}","details":{{"id":"{id}","odatatype":"User","DisplayName":"Person \"{name}\"","UserPrincipalName":"person{name}@contoso.example"}}}}"#
    )
}

fn system(n: &[u64; 4]) -> String {
    let name = ["Active Directory", "Microsoft Entra ID", "Workday"][(n[2] % 3) as usize];
    format!(r#"{{"details":{{}},"Id":"{}","Name":"{name}"}}"#, guid(n[2] % 3, 7))
}

/// Four or five steps, about a kilobyte; one text of fifty tells of an error.
fn steps(n: &[u64; 4]) -> String {
    let id = guid(n[3], n[1]);
    let mut text = String::from("[");
    for (place, name) in STEPS.iter().enumerate().skip((n[0] % 2) as usize) {
        let failed = place == 4 && n[1].is_multiple_of(50);
        let reason = if failed { "InsufficientAccess: the account may not write this object" } else { "" };
        let comma = if text.len() > 1 { "," } else { "" };
        text.push_str(&format!(
            r#"{comma}{{"name":"{name}","provisioningStepType":{place},"status":{},"description":"Step {place} of 'Person {}' in \"Microsoft Entra ID\"","details":{{"objectId":"{id}","Scoping filter evaluation passed":"True","reason":"{reason}"}}}}"#,
            u8::from(failed),
            n[2] % 100_000,
        ));
    }
    text.push(']');
    text
}

const STEPS: &[&str] = &[
    "EntryImportUpdate",
    "EntrySynchronizationScoping",
    "EntryImportByMatchingProperty",
    "EntrySynchronizationUpdate",
    "EntryExportUpdate",
];

/// Repeatable random numbers (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
