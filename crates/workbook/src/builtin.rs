//! The saved queries that are compiled in: every file of `queries/`, by folder and by path within it: dashboards, and rules
//! of alerts. A test compares the lists with the folders.

/// Files of a folder.
macro_rules! files {
    ($folder:literal: $($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../../queries/", $folder, "/", $path)))),*]
    };
}

/// Path within the folder, with `/`, and text.
pub type Files = &'static [(&'static str, &'static str)];

const CLOUD_SYNC: Files = files![
    "cloud-sync":
    "actions-per-day.kql",
    "dashboard.toml",
    "objects-by-status.kql",
    "objects-by-type.kql",
    "parameters/action.kql",
    "parameters/identity-type.kql",
    "parameters/job-id.kql",
    "parameters/stage.kql",
    "parameters/status.kql",
    "parameters/sync-type.kql",
    "parameters/target-name.kql",
    "recent-errors.kql",
    "statuses-per-day.kql",
    "step-details.kql",
    "sync-counts.kql",
    "user-details.kql",
];

const ALERTS: Files = files![
    "alerts":
    "absence.kql",
    "agent-trouble.kql",
    "credentials.kql",
    "delete-spike.kql",
    "duplicate-delivery.kql",
    "failing-long.kql",
    "failure-ratio.kql",
    "failure-spike.kql",
    "mass-attribute-change.kql",
    "new-error-code.kql",
    "password-silence.kql",
    "quarantine-pattern.kql",
    "skip-surge.kql",
    "staged-deletes.kql",
];

/// Every dashboard that is compiled in.
pub(crate) const DASHBOARDS: [(&str, Files); 1] = [("cloud-sync", CLOUD_SYNC)];

/// Every folder that is compiled in.
pub const FOLDERS: [(&str, Files); 2] = [("alerts", ALERTS), ("cloud-sync", CLOUD_SYNC)];

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn collect(folder: &Path, root: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, root, found);
            } else {
                let path = path.strip_prefix(root).unwrap();
                let parts: Vec<_> = path.iter().map(|part| part.to_str().unwrap()).collect();
                found.push(parts.join("/"));
            }
        }
    }

    #[test]
    fn every_file_is_compiled_in() {
        for (name, files) in FOLDERS {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../queries").join(name);
            let mut found = Vec::new();
            collect(&root, &root, &mut found);
            found.sort();
            let listed: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
            assert_eq!(listed, found, "crates/workbook/src/builtin.rs is stale");
        }
    }
}
