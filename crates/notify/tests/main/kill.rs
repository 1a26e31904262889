//! The outbox against `kill -9`: this test's own program, started again as a child, decides and delivers without pause until
//! it is killed, again and again.

use crate::{deliver_at, fired, put, settings, start};
use calypso_notify::Outbox;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "CALYPSO_NOTIFY_TEST_FOLDER";
const KILLS: u64 = 100;

/// What the child does: for each number a firing, and the resolution of the one before, told to a file.
fn decide_and_deliver(folder: &Path, rounds: u64) {
    let outbox = Outbox::open(&folder.join("outbox"), start()).unwrap();
    let settings = settings(folder, "file", "path = \"told.jsonl\"");
    for _ in 0..rounds {
        let last = outbox.state().unwrap().and_then(|state| state.as_u64());
        let next = last.map_or(0, |last| last + 1);
        let mut puts = vec![put("c", fired(next))];
        puts.extend(last.map(|last| put("c", fired(last).resolved(start()))));
        outbox.commit(&next.into(), &puts, start()).unwrap();
        deliver_at(&outbox, &settings, start());
    }
    deliver_at(&outbox, &settings, start());
}

#[test]
#[ignore = "run as a child by kills_at_any_moment_lose_nothing"]
fn child() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        decide_and_deliver(Path::new(&folder), u64::MAX);
    }
}

#[test]
fn kills_at_any_moment_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Any numbers that differ will do for moments: microseconds up to 40 ms, from the start on.
    let mut moment: u64 = 88_172_645_463_325_252;
    for _ in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::child", "--ignored"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        moment ^= moment << 13;
        moment ^= moment >> 7;
        moment ^= moment << 17;
        std::thread::sleep(Duration::from_micros(moment % 40_000));
        // Still running: it ends by itself only where it fails.
        assert!(child.try_wait().unwrap().is_none(), "the child has failed");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    decide_and_deliver(folder.path(), 1);
    let told = std::fs::read_to_string(folder.path().join("told.jsonl")).unwrap();
    let mut times: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut cut = 0;
    for line in told.lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else {
            cut += 1;
            continue;
        };
        let essentials = &value["data"]["essentials"];
        let text = |name: &str| essentials[name].as_str().unwrap().to_owned();
        *times.entry((text("originAlertId"), text("monitorCondition"))).or_default() += 1;
    }
    let outbox = Outbox::open(&folder.path().join("outbox"), start()).unwrap();
    let last = outbox.state().unwrap().and_then(|state| state.as_u64()).unwrap();
    assert_eq!(outbox.waiting(), []);
    assert!(last > 20, "the children were killed before they did anything: {last}");
    let mut expected: Vec<(String, String)> = Vec::new();
    for number in 0..=last {
        let id = fired(number).alert.to_string();
        expected.push((id.clone(), "Fired".to_owned()));
        if number < last {
            expected.push((id, "Resolved".to_owned()));
        }
    }
    expected.sort();
    assert_eq!(times.keys().cloned().collect::<Vec<_>>(), expected);
    let again: u64 = times.values().map(|times| times - 1).sum();
    assert!(again + cut <= KILLS, "{again} told again and {cut} lines cut by {KILLS} kills");
}
