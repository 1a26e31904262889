//! Names as people type them: case, blanks and hyphens do not matter, and a name that is not known is refused with
//! the nearest one.

use crate::error::DashboardError;
use calypso_planner::suggest::nearest;

/// A name without what does not matter: `Job Id`, `job-id` and `JobId` are the same.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two names are the same but for case, blanks and signs.
pub fn same(a: &str, b: &str) -> bool {
    bare(a) == bare(b)
}

/// The error for a name that is not known: the nearest one, else all of them.
pub fn unknown<'n>(
    what: &str,
    wanted: &str,
    known: impl IntoIterator<Item = &'n str> + Clone,
) -> DashboardError {
    let error = DashboardError::new(format!("no {what} named `{wanted}`"));
    match nearest(wanted, known.clone()) {
        Some(near) => error.with_help(format!("did you mean `{near}`?")),
        None => {
            let all: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
            error.with_help(format!("there are {}", all.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_blanks_and_hyphens_do_not_matter() {
        assert!(same("Job Id", "job-id") && same("JobId", "jobid") && !same("Job", "JobId"));
    }

    #[test]
    fn the_nearest_name_is_told() {
        let error = unknown("parameter", "Statsu", ["Date", "Status"]);
        assert_eq!(error.to_string(), "no parameter named `Statsu`; did you mean `Status`?");
        let error = unknown("panel", "zzz", ["a b", "c"]);
        assert_eq!(error.to_string(), "no panel named `zzz`; there are `a b`, `c`");
    }
}
