//! What is known of the provisioning logs themselves: systems that were renamed, and fields that never hold a value.

use super::query_text::{literals, without_comments};
use super::survey::Survey;
use super::{Found, Severity};

/// Names of systems before and after they were renamed. Rows keep the name of their time.
const RENAMED: [(&str, &str); 1] = [("Azure Active Directory", "Microsoft Entra ID")];

/// Paths that are always empty, and where the value is.
const EMPTY: [(&str, &str); 2] = [
    ("TargetIdentity.UserPrincipalName", "TargetIdentity.details.UserPrincipalName"),
    ("SourceIdentity.UserPrincipalName", "SourceIdentity.details.UserPrincipalName"),
];

/// Queries that know only one name of a renamed system; told once for each name.
pub fn renamed_systems(survey: &Survey, found: &mut Found) {
    for (before, after) in RENAMED {
        for (wanted, other) in [(after, before), (before, after)] {
            let mut only = survey.queries.iter().filter(|query| {
                let text = without_comments(query.text);
                let names = literals(&text);
                query.panel.is_some() && names.contains(&wanted) && !names.contains(&other)
            });
            let Some(first) = only.next() else { continue };
            let what = match 1 + only.count() {
                1 => format!("the query asks for the system `{wanted}` only"),
                count => format!("{count} queries from here on ask for the system `{wanted}` only"),
            };
            let why = format!("rows written under its other name, `{other}`, are left out");
            found.add(
                &first.at,
                Severity::Note,
                what,
                &why,
                "ask for both names where the logs reach across the renaming",
            );
        }
    }
}

/// Queries that read a field which never holds a value.
pub fn empty_paths(survey: &Survey, found: &mut Found) {
    for query in &survey.queries {
        let text = without_comments(query.text);
        for (path, instead) in EMPTY {
            if text.contains(path) {
                let what = format!("{path} never holds a value");
                let way_out = format!("read {instead}");
                found.add(
                    &query.at,
                    Severity::Warning,
                    what,
                    "the column made of it is always empty",
                    &way_out,
                );
            }
        }
    }
}
