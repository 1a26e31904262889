//! The rules of `queries/alerts` over generated logs of the medium profile, against the firings that the generator's
//! manifest finds by plain loops. More seeds and a year of rows: `benches/alerts/replay.py`.

use calypso_alerts::evaluate::{Evaluation, Labels, evaluate, replay};
use calypso_alerts::state::Kind;
use calypso_alerts::{Ask, Question, Refused, Rule, read};
use calypso_engine::{Engine, EngineOptions, RunOptions};
use calypso_library::Answer;
use calypso_logs::generator::{self, Options, Profile, Run, calendar};
use std::collections::BTreeMap;

/// Days of the run: the whole story and the first day of the next one.
const DAYS: u32 = 31;

/// The rules by their number in the manifest.
pub const RULES: [&str; 14] = [
    "failure-spike",
    "failure-ratio",
    "delete-spike",
    "staged-deletes",
    "absence",
    "password-silence",
    "new-error-code",
    "failing-long",
    "agent-trouble",
    "credentials",
    "quarantine-pattern",
    "mass-attribute-change",
    "skip-surge",
    "duplicate-delivery",
];

/// An engine that answers rules.
pub struct Asked(Engine);

/// The run of a seed on a profile, and an engine over it.
pub fn logs(seed: u64, profile: Profile) -> (Run, Asked) {
    let options = Options { seed, days: Some(DAYS), ..Options::new(profile) };
    let engine = Engine::new(EngineOptions { target_partitions: Some(2), ..EngineOptions::default() })
        .expect("an engine starts");
    generator::tables(&options).into_iter().for_each(|table| engine.register(table));
    (generator::generate(&options), Asked(engine))
}

impl Ask for Asked {
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused> {
        let named = question.parameters.iter();
        let options = RunOptions {
            now: Some(question.now),
            time_range: question.range.map(|range| (range.after + 1, range.until + 1)),
            parameters: named.map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            ..RunOptions::default()
        };
        let answers = self.0.run_with(question.text, &options).map_err(|error| Refused(error.to_string()))?;
        answers.into_iter().next().ok_or_else(|| Refused("no answer".to_owned()))
    }
}

/// The rule of a file.
pub fn rule_of_pack(name: &str) -> Rule {
    let path = crate::root().join("queries/alerts").join(name).with_extension("kql");
    let text = std::fs::read_to_string(&path).expect("a rule can be read");
    let reading = read(&text, &path.display().to_string());
    assert!(reading.findings.is_empty(), "{name}: {:?}", reading.findings);
    reading.rules.into_iter().next().expect("a file holds a rule")
}

#[test]
fn the_pack_is_whole() {
    let files = crate::files(&crate::root().join("queries/alerts"), &["kql"]);
    let mut names: Vec<String> =
        files.iter().map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    let mut known = RULES.map(str::to_owned).to_vec();
    names.sort();
    known.sort();
    assert_eq!(names, known);
    for name in RULES {
        let rule = rule_of_pack(name);
        assert!(rule.title.is_some() && rule.description.is_some(), "{name} says what it tells");
    }
}

/// An alert: labels, fired, resolved, and its highest value where that is what the manifest holds.
type Alert = (Vec<String>, String, Option<String>, Option<u64>);

/// What the manifest expects of a rule.
fn expected(manifest: &serde_json::Value, number: usize) -> Vec<Alert> {
    let firings = manifest["firings"].as_array().expect("the manifest has firings");
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let mut alerts: Vec<Alert> = firings
        .iter()
        .filter(|firing| firing["rule"].as_u64() == Some(number as u64))
        .map(|firing| {
            let labels = [text(&firing["job"]), text(&firing["code"])].into_iter().flatten().collect();
            let fired = text(&firing["fired"]).expect("a firing has a time");
            // Alerts that are over at once are not told as resolved.
            let resolved = text(&firing["resolved"]).filter(|_| number != 7);
            (labels, fired, resolved, firing["peak"].as_u64().filter(|_| has_peak(number)))
        })
        .collect();
    alerts.sort();
    alerts
}

/// Whether the rule's value is what the manifest counts: not a ratio, which it tells as a count.
fn has_peak(number: usize) -> bool {
    number != 2 && number != 14
}

/// What a rule finds.
fn found(
    rule: &Rule,
    number: usize,
    after: i64,
    until: i64,
    asked: &mut Asked,
) -> (Vec<Alert>, Vec<Evaluation>) {
    let replay = replay(rule, after, until, asked).expect("a rule can be replayed");
    let mut ends: BTreeMap<&str, i64> = BTreeMap::new();
    for change in replay.changes.iter().filter(|change| change.kind == Kind::Resolved) {
        ends.insert(&change.id, change.at);
    }
    let fired = replay.changes.iter().filter(|change| change.kind == Kind::Fired);
    let mut alerts: Vec<Alert> = fired
        .map(|change| {
            let end = ends.get(change.id.as_str()).copied();
            let last = if number == 7 { change.at } else { end.unwrap_or(i64::MAX) };
            let peak = highest(&replay.evaluations, &change.found.labels, change.at, last);
            let labels = change.found.labels.0.iter().map(|(_, value)| value.clone()).collect();
            let peak = Some(peak as u64).filter(|_| has_peak(number));
            (labels, calendar::iso(change.at), end.map(calendar::iso), peak)
        })
        .collect();
    alerts.sort();
    (alerts, replay.evaluations)
}

/// The highest value at which a series fires between two evaluations.
fn highest(evaluations: &[Evaluation], labels: &Labels, from: i64, to: i64) -> f64 {
    let within = evaluations.iter().filter(|evaluation| (from..=to).contains(&evaluation.at));
    let found = within.flat_map(|evaluation| &evaluation.found);
    let firing = found.filter(|found| found.fires && found.labels == *labels);
    firing.filter_map(|found| found.value).fold(0.0, f64::max)
}

#[test]
fn rules_fire_as_the_manifest_says() {
    fire_as_the_manifest_says(42);
}

#[test]
fn rules_fire_as_the_manifest_of_another_seed_says() {
    fire_as_the_manifest_says(7);
}

fn fire_as_the_manifest_says(seed: u64) {
    let (run, mut asked) = logs(seed, Profile::Medium);
    let manifest = generator::manifest(&run);
    let (after, until) = (run.options.start(), run.options.now);
    for (number, name) in (1..).zip(RULES) {
        let rule = rule_of_pack(name);
        let (alerts, evaluations) = found(&rule, number, after, until, &mut asked);
        assert_eq!(alerts, expected(&manifest, number), "{name}");
        // One evaluation by itself finds what the replay of all found: at a firing, and where nothing is.
        let firing = evaluations.iter().rev().find(|one| one.found.iter().any(|found| found.fires));
        let quiet = evaluations.iter().rev().find(|one| one.found.is_empty());
        for one in firing.into_iter().chain(quiet) {
            let mut alone = evaluate(&rule, one.at, &mut asked).expect("a rule can be evaluated");
            let mut both = one.clone();
            for evaluation in [&mut alone, &mut both] {
                evaluation.found.sort_by(|a, b| a.labels.cmp(&b.labels));
            }
            assert_eq!(alone.found.len(), both.found.len(), "{name} at {}", calendar::iso(one.at));
            for (alone, both) in alone.found.iter().zip(&both.found) {
                assert_eq!((&alone.labels, alone.value, alone.fires), (&both.labels, both.value, both.fires));
            }
        }
    }
}
