//! Rules that are watched while logs come: what is told is what a backtest over all logs finds, each firing and each
//! resolution once, however often and whenever the watch is killed.
//!
//! The story is cut into stretches. A thread writes the logs, line by line into hour blobs that grow, while the real command
//! imports them and its clock runs from the beginning of a stretch to its end. By then all rows of the stretch are there,
//! those of the next are being written; so no row is late, and the answer does not depend on who was faster.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::hash::{BuildHasher, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Kills while the watch runs.
const KILLS: u32 = 100;
/// Stretches of the story, and how long each is.
const STRETCHES: u32 = 11;
const HOURS: u32 = 16;

/// A stretch as fast as it can be evaluated.
const FAST: &str = "600000";
/// A stretch in about a second: the watch is killed before its end, or meanwhile.
const MEDIUM: &str = "50000";
/// A stretch in some ten seconds, for kills that are left at the end.
const SLOW: &str = "5000";
/// Microseconds that the watch may run before it is killed: what begins as a fifth of a second is kept between these.
const SHORTEST: u64 = 10_000;
const LONGEST: u64 = 1_000_000;
/// How often it is looked whether there is something to be told, before the watch is killed all the same.
const LOOKS: u32 = 1000;

const RULES: [(&str, &str); 3] = [
    (
        "failures.kql",
        "// every: 1h\n// window: 1h\n// dimensions: JobId\n// fires: count() > 1\n// resolves: after 1 clear\n// severity: 2\n\
         AADProvisioningLogs\n| where ResultType == \"Failure\"\n",
    ),
    (
        "changes.kql",
        "// every: 2h\n// window: 2h\n// dimensions: Action\n// fires: count() > 5\n// resolves: never\n// mute: 6h\n\
         AADProvisioningLogs\n",
    ),
    (
        "skips.kql",
        "// kind: series\n// every: 30m\n// window: 30m\n// dimensions: Action\n// fires: Value > 3\n// resolves: after 2 clear\n\
         declare query_parameters(From: datetime, To: datetime, Every: timespan = 30m);\n\
         AADProvisioningLogs\n\
         | where TimeGenerated > From and TimeGenerated <= To and ResultType == \"Skipped\"\n\
         | summarize Value = toreal(count()) by At = bin(TimeGenerated - 1tick, Every) + Every, Action\n",
    ),
];

/// A channel that appends to a file by itself, and one that gives each notification to a program, which appends it at once:
/// that of a killed watch may still be running beside that of the next.
const CHANNELS: &str = r#"[channels.file]
kind = "file"
path = "file.jsonl"

[channels.program]
kind = "command"
program = "sh"
arguments = ["-c", """body=$(cat); printf '%s\\n' "$body" >> program.jsonl"""]
"#;

/// A firing or a resolution: the alert's id, which, when, the rule, and the value at which it fired.
type Told = (String, String, String, String, Option<String>);

#[test]
fn kills_under_growing_logs_lose_nothing_and_tell_nothing_else() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let folder = scratch.path();
    let mut random = Random::new();
    for (name, text) in RULES {
        std::fs::write(folder.join(name), text).expect("a rule");
    }
    std::fs::write(folder.join("notify.toml"), CHANNELS).expect("settings");
    let generate = ["generate", "--out", "run", "--days", "8", "--seed", "7", "--attr-bag", "lean"];
    assert!(calypso(folder, &generate).status().expect("the binary runs").success());

    let lines = Lines::read(&folder.join("run/blob"));
    let (begin, begun) = channel();
    let (end, ended) = channel();
    let (target, seed) = (folder.join("logs"), random.next());
    let writer = std::thread::spawn(move || lines.write(&target, &begun, &end, Random(seed)));
    let written = || ended.recv().expect("the writer writes");
    begin.send(Pace::AtOnce).expect("the writer waits");
    begin.send(Pace::AtOnce).expect("the writer waits");
    written();
    let (mut killed, mut while_told, mut longest) = (0, 0, 200_000);
    for stretch in 0..STRETCHES {
        written();
        // The next one is written while this one is watched.
        begin.send(Pace::Slowly).expect("the writer waits");
        let last = stretch + 1 == STRETCHES;
        loop {
            let due = killed < KILLS * (stretch + 1) / STRETCHES;
            let mut watch = watch(
                folder,
                stretch,
                match (due, last) {
                    (false, _) => FAST,
                    (true, false) => MEDIUM,
                    (true, true) => SLOW,
                },
            );
            if !due {
                assert!(watch.wait().expect("its end").success());
                break;
            }
            let before = (state(folder), bytes(folder));
            let moment = random.below(3);
            let any = random.below(longest);
            let mut until = |is_time: &dyn Fn() -> bool| {
                for _ in 0..LOOKS {
                    if is_time() || watch.try_wait().expect("its state").is_some() {
                        break;
                    }
                    std::thread::sleep(Duration::from_micros(500));
                }
                Duration::from_micros(random.below(10_000))
            };
            std::thread::sleep(match moment {
                0 => Duration::from_micros(any),
                // While what was decided is put into the outbox.
                1 => until(&|| waiting(folder) > 0),
                // While it is delivered, perhaps between a delivery and its record.
                _ => until(&|| bytes(folder) != before.1),
            });
            if let Some(status) = watch.try_wait().expect("its state") {
                // It ended by itself; sooner the next time.
                assert!(status.success());
                longest = longest / 2 + SHORTEST;
                if !last {
                    break;
                }
                continue;
            }
            watch.kill().expect("a kill");
            watch.wait().expect("its end");
            killed += 1;
            while_told += u32::from(waiting(folder) > 0);
            // Later the next time when it had not come far, else sooner, so that kills fall everywhere.
            let far = state(folder) != before.0;
            longest = if far { longest * 4 / 5 + SHORTEST } else { (longest * 5 / 4).min(LONGEST) };
        }
    }
    println!("{killed} kills, {while_told} of them while something was to be told");
    drop(begin);
    writer.join().expect("the writer ends");
    assert_eq!(killed, KILLS);

    let expected = backtest(folder);
    let fired = expected.iter().filter(|one| one.1 == "Fired").count();
    assert!(fired > 40 && expected.len() - fired > 20, "alerts fire and end: {expected:?}");
    for name in ["file", "program"] {
        assert_told(folder, name, &expected, killed);
    }
    assert_eq!(waiting(folder), 0, "all was delivered");
    assert!(
        calypso(folder, &["import", "logs", "--store", "store"]).status().expect("the binary runs").success()
    );
    // What was imported bit by bit, by killed imports too, is what there is, each event once.
    let rows =
        "AADProvisioningLogs | project Id, TimeGenerated, ResultType | sort by Id asc, TimeGenerated asc";
    let stored = printed(folder, &["-f", "csv", "--store", "store", "-c", rows]);
    assert_eq!(stored, printed(folder, &["-f", "csv", "--data", "run/blob", "-c", rows]));
}

/// Whether a channel was told what happened and nothing else, an alert's end after its beginning.
fn assert_told(folder: &Path, name: &str, expected: &BTreeSet<Told>, killed: u32) {
    let told = told(&folder.join(name).with_extension("jsonl"));
    let distinct: BTreeSet<Told> = told.iter().cloned().collect();
    for change in expected {
        assert!(distinct.contains(change), "{name}: {change:?} is lost");
    }
    for change in &distinct {
        assert!(expected.contains(change), "{name}: {change:?} did not happen");
    }
    // A kill between a delivery and its record has it delivered again, under the same id: at most once for each kill.
    let again = told.len() - distinct.len();
    println!("{name}: {} firings and resolutions, {again} told again", expected.len());
    assert!(again <= killed as usize, "{name}: {again} were told again");
    let mut begun = BTreeSet::new();
    for (id, condition, ..) in &told {
        assert!(condition == "Fired" || begun.contains(id), "{name}: {id} is over before it began");
        begun.insert(id.clone());
    }
}

/// The watch over a stretch.
fn watch(folder: &Path, stretch: u32, speed: &str) -> Child {
    let (now, until) = (instant(stretch), instant(stretch + 1));
    let names = RULES.map(|(name, _)| name);
    let mut arguments = vec!["alert", "watch"];
    arguments.extend(names);
    arguments.extend([
        "--import",
        "logs",
        "--store",
        "store",
        "--state",
        "state",
        "--settings",
        "notify.toml",
    ]);
    arguments.extend(["--now", &now, "--until", &until, "--speed", speed]);
    calypso(folder, &arguments).spawn().expect("the binary runs")
}

/// Where a stretch begins.
fn instant(stretch: u32) -> String {
    let hours = 6 + stretch * HOURS;
    format!("2026-10-{:02}T{:02}:00:00Z", 24 + hours / 24, hours % 24)
}

fn calypso(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calypso"));
    command.args(arguments).current_dir(folder).env("XDG_CONFIG_HOME", folder).env("XDG_STATE_HOME", folder);
    command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::null());
    command
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = calypso(folder, arguments).stdout(Stdio::piped()).output().expect("the binary runs");
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// What the watch has recorded, if anything.
fn state(folder: &Path) -> Option<Vec<u8>> {
    std::fs::read(folder.join("state/state.json")).ok()
}

/// How many notifications are still to be delivered.
fn waiting(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("state/waiting")).map_or(0, Iterator::count)
}

/// How much the channels were told.
fn bytes(folder: &Path) -> u64 {
    ["file.jsonl", "program.jsonl"]
        .iter()
        .map(|name| folder.join(name).metadata().map_or(0, |file| file.len()))
        .sum()
}

/// What happened, by evaluations of all instants at once over all logs.
fn backtest(folder: &Path) -> BTreeSet<Told> {
    let until = instant(STRETCHES);
    let mut arguments = vec!["alert", "backtest"];
    arguments.extend(RULES.map(|(name, _)| name));
    arguments.extend([
        "--data",
        "run/blob",
        "--from",
        "2026-10-24T05:59:59Z",
        "--to",
        &until,
        "--now",
        &until,
        "-f",
        "ndjson",
    ]);
    let text = printed(folder, &arguments);
    let mut values = BTreeMap::new();
    let told = text.lines().map(|line| {
        let json: Value = serde_json::from_str(line).expect("a line of JSON");
        let field = |name: &str| json[name].as_str().expect(name).to_owned();
        let id = field("Alert");
        let condition = if field("Change") == "fired" { "Fired" } else { "Resolved" };
        if condition == "Fired" {
            values.insert(id.clone(), json["Value"].as_f64().map(|value| value.to_string()));
        }
        (
            id.clone(),
            condition.to_owned(),
            field("At"),
            field("Rule"),
            values.get(&id).cloned().expect("it fired before"),
        )
    });
    told.collect()
}

/// What a channel was told, in order. A line that was cut by a kill is no notification; the whole one follows.
fn told(path: &Path) -> Vec<Told> {
    let text = std::fs::read(path).expect("what was told");
    let lines =
        text.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let told = lines.map(|json| {
        let essentials = &json["data"]["essentials"];
        let field = |name: &str| essentials[name].as_str().expect(name).to_owned();
        let condition = field("monitorCondition");
        let at = field(if condition == "Fired" { "firedDateTime" } else { "resolvedDateTime" });
        let value = json["data"]["alertContext"]["condition"]["allOf"][0]["metricValue"].as_f64();
        (field("originAlertId"), condition, at, field("alertRule"), value.map(|value| value.to_string()))
    });
    told.collect()
}

/// Lines of blobs in the order of their times, by stretch; the first are those before all stretches.
struct Lines(Vec<Vec<(PathBuf, Vec<u8>)>>);

/// How lines are written.
enum Pace {
    AtOnce,
    Slowly,
}

impl Lines {
    fn read(folder: &Path) -> Lines {
        let mut lines: Vec<(String, PathBuf, Vec<u8>)> = Vec::new();
        for path in crate::files(folder, &["json"]) {
            let place = path.strip_prefix(folder).expect("a blob lies in the folder").to_owned();
            let text = std::fs::read(&path).expect("a blob can be read");
            for line in text.split_inclusive(|byte| *byte == b'\n') {
                let json: Value = serde_json::from_slice(line).expect("a line of JSON");
                let time = json["time"].as_str().expect("a time").to_owned();
                lines.push((time, place.clone(), line.to_vec()));
            }
        }
        lines.sort_by(|one, other| one.0.cmp(&other.0));
        let mut stretches = vec![Vec::new(); STRETCHES as usize + 2];
        for (time, place, line) in lines {
            // A minute more than is needed, whichever way a time is written.
            let needed = (0..=STRETCHES).find(|stretch| time < instant(*stretch).replace(":00:00Z", ":01"));
            stretches[needed.unwrap_or(STRETCHES + 1) as usize].push((place, line));
        }
        Lines(stretches)
    }

    /// Appends the lines of a stretch to their blobs whenever it is told to begin, and tells when they are all there.
    fn write(&self, folder: &Path, begun: &Receiver<Pace>, end: &Sender<()>, mut random: Random) {
        for (stretch, pace) in self.0.iter().zip(begun) {
            for (place, line) in stretch {
                let path = folder.join(place);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
                let mut blob = OpenOptions::new().create(true).append(true).open(path).expect("a blob");
                let cut = random.below(line.len() as u64) as usize;
                for part in [&line[..cut], &line[cut..]] {
                    blob.write_all(part).expect("a part of a line");
                    if matches!(pace, Pace::Slowly) {
                        std::thread::sleep(Duration::from_micros(random.below(2_000)));
                    }
                }
            }
            if end.send(()).is_err() {
                return;
            }
        }
    }
}

/// Numbers that differ from run to run. A failing test prints the first.
struct Random(u64);

impl Random {
    fn new() -> Random {
        let seed = std::collections::hash_map::RandomState::new().build_hasher().finish();
        println!("random seed {seed}");
        Random(seed)
    }

    /// The next number (SplitMix64).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}
