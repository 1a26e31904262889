//! `calypso alert watch`: evaluates rules whenever they are due, until it is stopped, and tells what fires and what is over.
//!
//! What stands is kept with what is still to be told, in one step (`calypso_notify::Outbox`), so that a kill at any moment
//! loses no alert. Evaluations that were missed, because nothing was running or the logs were away, are made up for, in
//! order. Evaluations go by a `Clock`, which may be one of their own; deliveries always go by the machine's.

use super::asking::Asking;
use super::clock::{Clock, FASTEST};
use super::logs::Logs;
use super::rules;
use super::told::{notification, utc};
use crate::arguments::{Shared, Watch};
use crate::data::{self, Opened, clock};
use crate::failure::Failure;
use crate::{interrupt, places};
use calypso_alerts::evaluate::evaluations;
use calypso_alerts::state::{Change, Standing};
use calypso_alerts::{Refused, Rule};
use calypso_library::format::datetime_text;
use calypso_notify::{Outbox, Outcome, Outside, Put, Settings};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A channel of nothing but standard output, where no settings are.
const STANDARD_OUTPUT: &str = "[channels.stdout]\nkind = \"stdout\"\n";

/// What is said of logs that cannot be read is said of them.
const LOGS: &str = "logs";

/// Watches until it is stopped or the clock has come to its end; with `--once`, until all that is due now is done.
pub fn watch(shared: &Shared, wanted: &Watch) -> Result<(), Failure> {
    let rules: Vec<Rule> = rules::read(&wanted.rules)?.into_iter().filter(|rule| rule.enabled).collect();
    let settings = settings(wanted)?;
    let folder = Folder::of(shared, wanted)?;
    interrupt::listen(false);
    let outbox = Outbox::open(folder.path(), utc(clock())).map_err(failed)?;
    for broken in outbox.unreadable() {
        super::tell("outbox", &broken.to_string());
    }
    let mut logs = Logs::new(shared, &wanted.import)?;
    // What cannot be read at the beginning is likely a slip, and is not waited for; what waits is told before it ends.
    let time = match logs.look().and_then(|opened| chosen(shared, wanted, opened)) {
        Ok(time) => time,
        Err(failure) => {
            deliver(&outbox, &settings)?;
            return Err(failure);
        }
    };
    let wait = waited(wanted)?;
    let mut watching = Watching {
        begun: time.begun().saturating_sub(wait),
        standing: standing(&outbox)?,
        told: BTreeSet::new(),
        failing: BTreeMap::new(),
    };
    watching.begin(&rules, &logs, &folder);
    loop {
        // What comes after this is not needed by what is due by now.
        let now = time.now();
        let due = now.saturating_sub(wait);
        let looked = watching.round(&mut logs, &rules, &settings, &outbox, due);
        deliver(&outbox, &settings)?;
        looked?;
        if time.ends_at(now) {
            return watching.end();
        }
        std::thread::sleep(time.wait(due, rules.iter().map(|rule| rule.schedule.every)));
    }
}

/// How long after its time an evaluation is made, ticks.
fn waited(wanted: &Watch) -> Result<i64, Failure> {
    let wait = wanted.wait.as_deref().map(|text| data::span("--wait", text)).transpose()?.unwrap_or(0);
    match wait {
        0.. => Ok(wait),
        _ => Err(Failure::Usage("`--wait` is a time after that of an evaluation, not before it".to_owned())),
    }
}

/// The clock of the command line.
fn chosen(shared: &Shared, wanted: &Watch, opened: &Opened) -> Result<Clock, Failure> {
    let until =
        wanted.until.as_deref().map(|text| data::time("--until", text)).transpose()?.unwrap_or(i64::MAX);
    let Some(text) = &shared.now else {
        return match (wanted.speed, wanted.once) {
            (Some(_), _) => {
                Err(Failure::Usage("`--speed` needs `--now`, at which its clock begins".to_owned()))
            }
            (None, true) => Ok(Clock::still(clock())),
            (None, false) => Ok(Clock::machine(until)),
        };
    };
    let Some(from) = opened.now else {
        return Err(Failure::Data(format!("`--now {text}`: there are no rows, so none is the newest")));
    };
    if wanted.once {
        return Ok(Clock::still(from));
    }
    match wanted.speed.unwrap_or(1.0) {
        speed if speed > 0.0 && speed <= FASTEST => Ok(Clock::set(from, speed, until)),
        speed => {
            Err(Failure::Usage(format!("`--speed {speed}`: expected a number above 0, at most {FASTEST}")))
        }
    }
}

/// What stands, rule by rule.
struct Watching {
    /// Where the clock began.
    begun: i64,
    standing: BTreeMap<String, Standing>,
    /// Notes of rules that were told already.
    told: BTreeSet<(String, String)>,
    /// What does not work now, and why: rules, and the logs.
    failing: BTreeMap<String, String>,
}

impl Watching {
    /// Says what is watched.
    fn begin(&self, rules: &[Rule], logs: &Logs<'_>, folder: &Folder) {
        let count =
            if rules.len() == 1 { "1 rule is".to_owned() } else { format!("{} rules are", rules.len()) };
        eprintln!("{count} watched over {}; {}", logs.origin(), folder.told());
        for rule in rules {
            if let Some(last) = self.last(rule).filter(|last| *last > self.begun) {
                let last = datetime_text(last);
                super::tell(
                    &rule.name,
                    &format!(
                        "it was evaluated until {last} before, and is not again until the clock is there"
                    ),
                );
            }
        }
    }

    /// Evaluates what is due. Where the logs cannot be read, it stays due.
    fn round(
        &mut self,
        logs: &mut Logs<'_>,
        rules: &[Rule],
        settings: &Settings,
        outbox: &Outbox,
        now: i64,
    ) -> Result<(), Failure> {
        let is_due = |rule: &&Rule| {
            let every = rule.schedule.every.ticks().max(1);
            self.last(rule).is_none_or(|last| now.div_euclid(every) > last.div_euclid(every))
        };
        let due: Vec<&Rule> = rules.iter().filter(is_due).collect();
        if due.is_empty() {
            return Ok(());
        }
        let opened = match logs.look() {
            Ok(opened) => opened,
            Err(failure) => {
                self.fails(LOGS, &format!("{}; what is due waits", failure.sentence()));
                return Ok(());
            }
        };
        self.works(LOGS);
        let mut ask = Asking { opened, interrupted: false };
        for rule in due {
            match self.evaluated(rule, settings, now, &mut ask)? {
                Ok(puts) => {
                    outbox.commit(&self.to_json(), &puts, utc(clock())).map_err(failed)?;
                    self.works(&rule.name);
                }
                Err(_) if ask.interrupted => return Err(Failure::interrupted()),
                Err(reason) => self.fails(&rule.name, &reason.0),
            }
        }
        Ok(())
    }

    /// Makes the evaluations of a rule that are due; gives what is to be told. A refused one leaves all due.
    fn evaluated(
        &mut self,
        rule: &Rule,
        settings: &Settings,
        now: i64,
        ask: &mut Asking<'_>,
    ) -> Result<Result<Vec<Put>, Refused>, Failure> {
        let every = rule.schedule.every.ticks().max(1);
        // The first evaluation of a rule is the last that was due when the clock began.
        let after =
            self.last(rule).unwrap_or_else(|| (self.begun.div_euclid(every) - 1).saturating_mul(every));
        let made = match evaluations(rule, after, now, ask) {
            Ok(made) => made,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut standing = self.standing.get(&rule.name).cloned().unwrap_or_default();
        let mut puts = Vec::new();
        for evaluation in &made {
            for note in &evaluation.notes {
                if self.told.insert((rule.name.clone(), note.clone())) {
                    super::tell(&rule.name, note);
                }
            }
            for change in standing.step(rule, evaluation) {
                puts.extend(puts_of(rule, &change, settings)?);
            }
        }
        self.standing.insert(rule.name.clone(), standing);
        Ok(Ok(puts))
    }

    /// The last evaluation of a rule.
    fn last(&self, rule: &Rule) -> Option<i64> {
        self.standing.get(&rule.name).and_then(Standing::last)
    }

    /// Tells that something does not work, unless that was told before it worked again.
    fn fails(&mut self, what: &str, why: &str) {
        if self.failing.insert(what.to_owned(), why.to_owned()).as_deref() != Some(why) {
            super::tell(what, why);
        }
    }

    fn works(&mut self, what: &str) {
        if self.failing.remove(what).is_some() {
            super::tell(what, "it works again");
        }
    }

    /// How the run ends.
    fn end(&self) -> Result<(), Failure> {
        match self.failing.get(LOGS) {
            Some(_) => Err(Failure::Data(
                "the logs could not be read, and evaluations are left to be made".to_owned(),
            )),
            None if self.failing.is_empty() => Ok(()),
            None => {
                let names: Vec<&str> = self.failing.keys().map(String::as_str).collect();
                Err(Failure::Found(format!("rules that could not be evaluated: {}", names.join(", "))))
            }
        }
    }

    fn to_json(&self) -> Json {
        let rules = self.standing.iter().map(|(name, standing)| (name.clone(), standing.to_json()));
        json!({ "rules": rules.collect::<Map<String, Json>>() })
    }
}

/// What stood when the last watch ended.
fn standing(outbox: &Outbox) -> Result<BTreeMap<String, Standing>, Failure> {
    let Some(state) = outbox.state().map_err(failed)? else { return Ok(BTreeMap::new()) };
    let rules = state.get("rules").and_then(Json::as_object);
    let read = |(name, json): (&String, &Json)| Some((name.clone(), Standing::from_json(json)?));
    rules.and_then(|rules| rules.iter().map(read).collect()).ok_or_else(|| {
        Failure::Data("the kept state of alerts is none; `--state` names another folder".to_owned())
    })
}

/// Tries everything that waits and is due, and tells what failed.
fn deliver(outbox: &Outbox, settings: &Settings) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    let outside =
        Outside { now: &|| utc(clock()), variable: &|name| std::env::var(name).ok(), out: &mut out };
    for attempt in outbox.deliver(settings, outside).map_err(failed)? {
        match attempt.outcome {
            Outcome::Delivered(None) => {}
            Outcome::Delivered(Some(remark)) => super::tell(&attempt.channel, &remark),
            Outcome::Again { error, next } => {
                super::tell(
                    &attempt.channel,
                    &format!("{error}; tried again at {}", next.format("%H:%M:%S")),
                );
            }
            Outcome::Dead { error } => super::tell(&attempt.channel, &format!("{error}; given up")),
        }
    }
    Ok(())
}

fn settings(wanted: &Watch) -> Result<Settings, Failure> {
    let usual = places::notify().filter(|path| path.is_file());
    let path = wanted.settings.clone().or(usual);
    let (text, path) = match &path {
        Some(path) => {
            let text = std::fs::read_to_string(path);
            let text = text.map_err(|error| Failure::Data(format!("{}: {error}", path.display())))?;
            (text, path.as_path())
        }
        None => (STANDARD_OUTPUT.to_owned(), Path::new("notify.toml")),
    };
    Settings::read(&text, path).map_err(|error| Failure::Data(error.to_string()))
}

/// Where the state is kept.
enum Folder {
    Kept(PathBuf),
    /// Until the run ends.
    Passing(TempDir),
}

impl Folder {
    /// The folder of the command line. A clock of one's own has a state of its own, so that trying a rule out does not keep
    /// the rules that really run from being evaluated.
    fn of(shared: &Shared, wanted: &Watch) -> Result<Folder, Failure> {
        let usual = || Some(places::state()?.join("alerts"));
        match (&wanted.state, &shared.now) {
            (Some(folder), _) => Ok(Folder::Kept(folder.clone())),
            (None, Some(_)) => {
                let folder = tempfile::tempdir();
                folder
                    .map(Folder::Passing)
                    .map_err(|error| Failure::Data(format!("no folder can be made: {error}")))
            }
            (None, None) => usual().map(Folder::Kept).ok_or_else(|| {
                Failure::Usage(
                    "there is no folder to keep the state of alerts in: name one with --state".to_owned(),
                )
            }),
        }
    }

    fn path(&self) -> &Path {
        match self {
            Folder::Kept(path) => path,
            Folder::Passing(folder) => folder.path(),
        }
    }

    /// For people.
    fn told(&self) -> String {
        match self {
            Folder::Kept(path) => format!("the state is kept in {}", path.display()),
            Folder::Passing(_) => {
                "the state is kept until the end of the run, or in a folder with --state".to_owned()
            }
        }
    }
}

fn failed(error: calypso_notify::OutboxError) -> Failure {
    Failure::Data(error.to_string())
}

/// A change, for every channel.
fn puts_of(rule: &Rule, change: &Change, settings: &Settings) -> Result<Vec<Put>, Failure> {
    let notification = notification(rule, change, settings.page.as_ref()).map_err(Failure::Data)?;
    let put = |channel: &String| Put { channel: channel.clone(), notification: notification.clone() };
    Ok(settings.channels.keys().map(put).collect())
}
