//! Imports that are killed, and imports at the same time: the store then holds what opening the files gives.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// All that is asked of the tables: their rows in an order of their own.
const QUERIES: [&str; 3] = [
    "AADProvisioningLogs | sort by Id asc, ChangeId asc, TimeGenerated asc",
    "AuditLogs | sort by Id asc",
    "ProvisioningDelivery | sort by Id asc, File asc",
];

/// `calypso` in a folder, without a store or settings of the user's.
fn calypso(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calypso"));
    command.current_dir(folder).env("HOME", folder).env("XDG_STATE_HOME", folder.join("state"));
    command.env("XDG_CONFIG_HOME", folder.join("config")).env("NO_COLOR", "1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn printed(command: &mut Command) -> String {
    let output = command.output().expect("calypso runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An import of some paths that writes as often as it can.
fn import(folder: &Path, paths: &[&str]) -> Child {
    let command = &mut calypso(folder);
    command.args(["import", "--memory", "2MiB"]).args(paths).spawn().expect("calypso runs")
}

fn rows(folder: &Path, source: &[&str]) -> Vec<String> {
    QUERIES.map(|query| printed(calypso(folder).args(["-f", "csv", "-c", query]).args(source))).to_vec()
}

fn generated(folder: &Path) {
    let generate = ["generate", "--out", "run", "--days", "2", "--seed", "7", "--attr-bag", "lean"];
    printed(calypso(folder).args(generate));
}

fn assert_same(folder: &Path) {
    let (stored, opened) = (rows(folder, &[]), rows(folder, &["--data", "run/blob"]));
    for (stored, opened) in stored.iter().zip(&opened) {
        for (stored, opened) in stored.lines().zip(opened.lines()) {
            assert_eq!(stored, opened);
        }
        assert_eq!(stored.lines().count(), opened.lines().count());
    }
    assert!(opened[0].lines().count() > 100);
}

#[test]
fn killed_imports_lose_and_double_nothing() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let folder = scratch.path();
    generated(folder);
    let mut killed = 0;
    // Each import gets a little further than the one before, and is killed at another place.
    for round in 0..60u64 {
        let mut child = import(folder, &["run/blob"]);
        std::thread::sleep(Duration::from_millis(20 + round * 37 % 211 + round * 12));
        // Kills on Unix as -9 does.
        child.kill().expect("a child can be killed");
        let ended = child.wait().expect("a child ends");
        if ended.success() {
            break;
        }
        killed += 1;
    }
    assert!(killed > 0, "no import was killed");
    let last = import(folder, &["run/blob"]).wait_with_output().expect("calypso ends");
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
    assert_same(folder);
}

#[test]
fn imports_at_the_same_time_wait_for_each_other() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let folder = scratch.path();
    generated(folder);
    let imports =
        [import(folder, &["run/blob"]), import(folder, &["run/blob"]), import(folder, &["run/blob"])];
    for child in imports {
        let output = child.wait_with_output().expect("calypso ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_same(folder);
}
