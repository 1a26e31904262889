//! What goes wrong with rules over provisioning logs.

use super::Report;
use super::survey::Survey;
use crate::Weight;
use crate::rule::{Criterion, Measure};

/// Tells what a criterion over the logs leaves out.
pub fn measured(criterion: &Criterion, survey: &Survey, found: &mut Report) {
    let Some(at) = survey.names("AADProvisioningLogs").first().map(|at| (survey.query, *at)) else { return };
    let mut note = |code: &'static str, what: &str, why: &str, way_out: &str| {
        found.query(Weight::Note, code, at, what.to_owned(), why, way_out);
    };
    let by_job = criterion.dimensions.iter().any(|dimension| dimension.column == "JobId");
    let silence = criterion.operator.holds_for_nothing(criterion.threshold);
    if !by_job && survey.names("JobId").is_empty() && !silence {
        let why = "a quiet job hides behind a loud one, and the alert does not say which it is";
        note("no-job", "the rows of all jobs are taken together", why, "add the dimension `JobId`");
    }
    let failures = !survey.names("ResultType").is_empty() && survey.has_string("Failure");
    if failures && criterion.measure == Measure::Rows && survey.calls("dcount").is_empty() {
        let why = "an object that fails is tried again and counts each time";
        let way_out = "count objects: `summarize dcount(tostring(parse_json(SourceIdentity).Id)) by JobId`";
        note("retries", "rows that failed are counted, not objects", why, way_out);
    }
    if failures && !survey.has_string("Warning") {
        let why = "rows with the result Warning are not looked at";
        note(
            "warnings",
            "only the result Failure is looked at",
            why,
            "ask for `in (\"Failure\", \"Warning\")`",
        );
    }
    let deletes = survey.has_string("Delete") && !survey.names("Action").is_empty();
    if deletes && !survey.has_string("StagedDelete") {
        let why = "deletes that the threshold for accidental deletes holds back are StagedDelete";
        note("staged-deletes", "only the action Delete is looked at", why, "ask for `StagedDelete`, too");
    }
}
