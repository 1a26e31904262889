//! Programs that are given notifications.

#![cfg(unix)]

use crate::{attempt, fired, settings};
use calypso_notify::common_alert_schema;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn program(folder: &Path, script: &str, more: &str) -> Result<Option<String>, String> {
    let path = folder.join("told.sh");
    std::fs::write(&path, format!("#!/bin/sh\ncd '{}'\n{script}\n", folder.display())).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let told = settings(folder, "command", &format!("program = \"./told.sh\"\n{more}"));
    attempt(&told).map_err(|(error, _)| error)
}

#[test]
fn the_json_is_on_standard_input_and_arguments_are_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let told = program(
        folder.path(),
        "cat > in; printf '%s|' \"$@\" > arguments",
        "arguments = [\"a b\", \"$(id)\"]",
    );
    assert_eq!(told, Ok(None));
    assert_eq!(std::fs::read_to_string(folder.path().join("in")).unwrap(), common_alert_schema(&fired(1)));
    assert_eq!(std::fs::read_to_string(folder.path().join("arguments")).unwrap(), "a b|$(id)|");
    // One that reads nothing has been told nevertheless.
    assert_eq!(program(folder.path(), "exit 0", ""), Ok(None));
}

#[test]
fn failures_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let error = program(folder.path(), "printf 'no \\033[31mink\\n' >&2; exit 3", "").unwrap_err();
    assert!(error.ends_with("told.sh` ended with exit status: 3: no �[31mink"), "{error}");
    let much = program(folder.path(), "yes | head -c 1000000 >&2; exit 3", "").unwrap_err();
    assert!(much.contains("exit status: 3: y y y") && much.len() < 600, "{much}");
    let missing = settings(folder.path(), "command", "program = \"./nowhere\"");
    assert!(attempt(&missing).unwrap_err().0.contains("cannot be started"));
}

#[test]
fn what_takes_too_long_is_ended_with_all_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let error = program(folder.path(), "sleep 600 & echo $! > pid; wait", "timeout = 1").unwrap_err();
    assert_eq!(error, "no success within 1 s");
    let pid = std::fs::read_to_string(folder.path().join("pid")).unwrap();
    // Gone, or dead and not yet waited for by whoever adopted it.
    loop {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        if stat.is_empty() || stat.contains(") Z ") {
            break;
        }
        std::thread::yield_now();
    }
}
