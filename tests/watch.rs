//! Rules that are watched: what is told is what a backtest finds, each firing and each resolution once, however often the
//! watch is killed.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Kills while the watch runs.
const KILLS: u32 = 100;

const RULE: &str = "// severity: 2\n// every: 1h\n// window: 1h\n// dimensions: JobId\n// fires: count() > 1\n// resolves: after 1 clear\nAADProvisioningLogs\n| where ResultType == \"Failure\"\n";

fn calypso(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calypso"));
    command.args(arguments).current_dir(folder).env("XDG_CONFIG_HOME", folder).env("XDG_STATE_HOME", folder);
    command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::null());
    command
}

/// A number from 0 to 999 that only looks chosen at random.
fn chance(round: u32) -> u64 {
    u64::from((round.wrapping_mul(2_654_435_761) >> 7) % 1000)
}

#[test]
fn kills_lose_nothing_and_tell_nothing_twice() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let folder = scratch.path();
    std::fs::write(folder.join("rule.kql"), RULE).expect("a rule");
    std::fs::write(folder.join("notify.toml"), "[channels.file]\nkind = \"file\"\npath = \"told.jsonl\"\n")
        .expect("settings");
    let run = |arguments: &[&str]| calypso(folder, arguments).status().expect("the binary runs");
    let generate = ["generate", "--out", "logs", "--days", "8", "--seed", "7", "--shapes", "parquet"];
    assert!(run(&generate).success());
    assert!(run(&["import", "logs/parquet", "--store", "store"]).success());

    let mut killed = 0;
    let mut round = 0;
    // Seven days and a half, hour by hour.
    for hour in 6..186 {
        let now = format!("2026-10-{:02}T{:02}:00:00Z", 24 + hour / 24, hour % 24);
        let watch = [
            "alert",
            "watch",
            "rule.kql",
            "--once",
            "--store",
            "store",
            "--state",
            "state",
            "--settings",
            "notify.toml",
            "--now",
            &now,
        ];
        loop {
            round += 1;
            let mut child = calypso(folder, &watch).spawn().expect("the binary runs");
            if killed < KILLS && hour < 185 {
                // Between at once and about when it ends by itself.
                std::thread::sleep(Duration::from_micros(chance(round) * 150));
                if child.try_wait().expect("its state").is_none() {
                    child.kill().expect("a kill");
                    child.wait().expect("its end");
                    killed += 1;
                    if round % 3 > 0 {
                        continue;
                    }
                    // Cut short and not begun again: the next hour makes up for it.
                    break;
                }
            }
            assert!(child.wait().expect("its end").success());
            break;
        }
    }
    assert_eq!(killed, KILLS, "{round} rounds");

    let mut told: BTreeMap<(String, String), usize> = BTreeMap::new();
    let text = std::fs::read_to_string(folder.join("told.jsonl")).expect("what was told");
    for line in text.lines() {
        let json: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let essentials = &json["data"]["essentials"];
        let field = |name: &str| essentials[name].as_str().expect(name).to_owned();
        *told.entry((field("originAlertId"), field("monitorCondition"))).or_default() += 1;
    }
    let mut backtest = calypso(
        folder,
        &[
            "alert",
            "backtest",
            "rule.kql",
            "--store",
            "store",
            "--from",
            "2026-10-24T05:00:00Z",
            "--to",
            "2026-10-31T17:00:00Z",
            "--now",
            "2026-10-31T17:00:00Z",
            "-f",
            "ndjson",
        ],
    )
    .stdout(Stdio::piped())
    .spawn()
    .expect("the binary runs");
    let mut lines = String::new();
    backtest.stdout.take().expect("its output").read_to_string(&mut lines).expect("its output");
    assert!(backtest.wait().expect("its end").success());
    let expected = lines.lines().map(|line| {
        let json: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let condition = if json["Change"] == "fired" { "Fired" } else { "Resolved" };
        (json["Alert"].as_str().expect("an id").to_owned(), condition.to_owned())
    });
    let expected: Vec<(String, String)> = expected.collect();
    assert!(expected.len() > 20, "alerts fire: {lines}");
    for change in &expected {
        assert!(told.contains_key(change), "{change:?} is lost");
    }
    assert_eq!(told.len(), expected.len(), "more is told than happened: {told:?}");
    // A kill between a delivery and its record has it delivered again, under the same id: at most once for each kill.
    let repeats: usize = told.values().map(|count| count - 1).sum();
    assert!(repeats <= killed as usize, "{repeats} were told again");
}
