//! The kernels that queries over provisioning logs spend their time in, over rows that are the same on every machine.
//! Most are a piece of KQL, evaluated without an engine: nothing is read, nothing runs side by side.

mod direct;
mod evaluate;
mod rows;

pub use rows::rows;

use arrow::array::{Array, ArrayRef};
use arrow::record_batch::RecordBatch;
use evaluate::Prepared;

/// From rows to columns.
type Run = Box<dyn Fn(&RecordBatch) -> Vec<ArrayRef>>;

/// A kernel, ready to run.
pub struct Kernel {
    /// What it does.
    pub name: &'static str,
    run: Run,
}

impl Kernel {
    /// Runs once over all rows. The result is how many values came out, so that nothing is left out by the compiler.
    #[inline(never)]
    pub fn run(&self, rows: &RecordBatch) -> usize {
        (self.run)(rows).iter().map(|array| array.len() - array.null_count()).sum()
    }
}

/// Every kernel.
///
/// # Panics
/// When one of the queries below is none.
pub fn kernels() -> Vec<Kernel> {
    let queries = QUERIES.iter().map(|(name, query)| {
        let prepared = Prepared::new(query);
        Kernel { name, run: Box::new(move |rows| prepared.run(rows)) }
    });
    let direct = direct::DIRECT.iter().map(|(name, run)| Kernel { name, run: Box::new(run) });
    queries.chain(direct).collect()
}

/// A name, and what is done with the rows: `project` of one column, `where`, `parse`, `mv-expand` or a `summarize`.
const QUERIES: &[(&str, &str)] = &[
    ("path, at the front", "project tostring(parse_json(Identity).Id)"),
    ("path, two deep", "project tostring(parse_json(Identity).details.UserPrincipalName)"),
    ("path, not there", "project tostring(parse_json(Identity).nothing)"),
    ("path, short text", "project tostring(parse_json(System).Name)"),
    ("path, into an array", "project tostring(parse_json(Steps)[3].name)"),
    (
        "paths, three",
        "project tostring(parse_json(Identity).Id), tostring(parse_json(Identity).Name), \
         tostring(parse_json(Identity).identityType)",
    ),
    ("parse_json", "project parse_json(Steps)"),
    ("array_length", "project array_length(parse_json(Steps))"),
    ("mv-expand", "mv-expand Step = parse_json(Steps)"),
    ("contains, rare", "where Steps contains 'InsufficientAccess'"),
    ("contains, frequent", "where Steps contains 'entrySynchronization'"),
    ("contains_cs, rare", "where Steps contains_cs 'InsufficientAccess'"),
    ("has, rare", "where Steps has 'insufficientaccess'"),
    ("has, frequent", "where Steps has 'status'"),
    ("has, parts of words", "where Steps has 'entry'"),
    ("has_cs, rare", "where Steps has_cs 'InsufficientAccess'"),
    ("has_any", "where Steps has_any ('InsufficientAccess', 'quarantine', 'EntryExportDelete')"),
    ("startswith", "where Id startswith 'a1'"),
    ("equals, folded", "where Result =~ 'failure'"),
    ("in", "where Result in ('Failure', 'Skipped', 'Warning')"),
    ("matches regex", "where Steps matches regex 'Export(Add|Delete)'"),
    ("parse", "parse Identity with * '\"identityType\":\"' Kind '\"' *"),
    ("extract", "project extract(@'\"Id\":\"([^\"]+)\"', 1, Identity)"),
    ("bin of datetimes", "project bin(Time, 1h)"),
    ("startofday", "project startofday(Time)"),
    ("format_datetime", "project format_datetime(Time, 'yyyy-MM-dd HH:mm')"),
    ("tostring of longs", "project tostring(Duration)"),
    ("tostring of datetimes", "project tostring(Time)"),
    ("tolong", "project tolong(Digits)"),
    ("strcat", "project strcat(Result, '/', Id)"),
    ("iff and isempty", "project iff(isempty(Result), 'Unknown', Result)"),
    ("dcount", "summarize dcount(Id)"),
    ("dcountif", "summarize dcountif(Id, Result == 'Failure')"),
    ("percentile", "summarize percentile(Duration, 95)"),
    ("make_set", "summarize make_set(Result)"),
    ("make_list", "summarize make_list(Id)"),
    ("arg_max", "summarize arg_max(Time, Id)"),
];
