//! The seeded generator of demo logs. In: `Options`. Out: the same events every time, as tables in memory, as files of
//! every delivered shape, and as a manifest of true answers counted by plain loops, never by a query engine.
//!
//! `generate` makes a `Run` (a tenant, its events in order of arrival, its audit events); `tables` gives it to the
//! engine; `write_run` writes files; `manifest` counts. `drawn` makes a run that is only to be written: the events of
//! the bench profile are then drawn when they are written, and never held.

mod attributes;
mod bench;
pub mod calendar;
pub mod codes;
mod edges;
pub mod event;
mod firings;
mod manifest;
mod names;
pub mod options;
mod ordinary;
mod panels;
pub mod random;
mod scenario;
mod shapes;
mod silence;
mod steps;
mod tables;
mod text;
mod timeline;
pub mod world;

pub use event::{Action, Event, Status, Story};
pub use manifest::{WINDOWS, manifest, panel_answers, settings};
pub use options::{AttrBag, Options, Profile, Scenario};
pub use panels::{Filter, Window};
pub use shapes::{Packing, Shape, WrittenFile, write_run};
pub use steps::step_names;
pub use tables::{audit_table, batches, delivery_table, tables};
pub use text::{Texts, id};
pub use world::World;

use self::bench::Drawn;
use self::calendar::{DAY, HOUR, MINUTE};
use self::event::*;
use self::random::{Stream, key};
use self::timeline::Timeline;

/// An event of the directory's audit log.
#[derive(Clone, Debug)]
pub struct AuditEvent {
    /// When, ticks.
    pub time: i64,
    /// `ActivityDisplayName`.
    pub activity: &'static str,
    /// `ResultDescription`.
    pub description: String,
    /// Place in `World::jobs`.
    pub job: u16,
    /// Names the event; its ids are drawn from it.
    pub key: u64,
}

/// A whole run.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was asked for.
    pub options: Options,
    /// The tenant.
    pub world: World,
    /// Events in the order of (arrival, id); none when they are drawn anew each time they are asked for.
    pub events: Vec<Event>,
    /// Whether they are drawn.
    is_drawn: bool,
    /// Audit events in the order of time.
    pub audit: Vec<AuditEvent>,
    /// Objects with a new sign-in name, ordered, and since when.
    renamed: Vec<(u32, i64)>,
}

impl Run {
    /// The texts of the run's events.
    pub fn texts(&self) -> Texts<'_> {
        Texts::new(&self.options, &self.world, &self.renamed)
    }

    /// Every event in the order of (arrival, id), held or drawn.
    pub fn each(&self) -> Box<dyn Iterator<Item = Event> + '_> {
        if self.is_drawn {
            Box::new(Drawn::new(&self.options, &self.world, fixed(&self.options, &self.world)))
        } else {
            Box::new(self.events.iter().cloned())
        }
    }

    /// Every event in stretches of so many rows; the last is shorter.
    pub fn stretches(&self, rows: usize) -> impl Iterator<Item = Vec<Event>> + '_ {
        let mut events = self.each();
        std::iter::from_fn(move || {
            let stretch: Vec<Event> = events.by_ref().take(rows).collect();
            (!stretch.is_empty()).then_some(stretch)
        })
    }
}

/// How often a record is delivered, and when the further copies come: (envelope time, arrival) of each copy after the
/// first. Three of a hundred records come again, five to sixty minutes later.
pub fn redeliveries(event: &Event) -> Vec<(i64, i64)> {
    let mut stream = Stream::of(event.key ^ 0xDE11);
    if !stream.chance(3, 100) {
        return Vec::new();
    }
    let copies = 1 + stream.weighted(&[80, 15, 5]);
    let mut last = event.arrival;
    (0..copies)
        .map(|_| {
            last += stream.between(5 * MINUTE, 60 * MINUTE);
            (last, last + stream.between(3 * MINUTE, 10 * MINUTE))
        })
        .collect()
}

/// Makes the run that the options describe.
pub fn generate(options: &Options) -> Run {
    let run = drawn(options);
    let events = if run.is_drawn { run.each().collect() } else { run.events };
    Run { events, is_drawn: false, ..run }
}

/// The same run for who only goes through its events: those of the bench profile are drawn, not held.
pub fn drawn(options: &Options) -> Run {
    let world = world::world(options);
    let audit = audit(options, &world);
    let is_drawn = options.profile == Profile::Bench;
    let mut events = Vec::new();
    if !is_drawn {
        events = story(options, &world);
        events.iter_mut().for_each(finish);
        events.extend(fixed(options, &world));
        events.sort_unstable_by(|a, b| a.arrival.cmp(&b.arrival).then_with(|| id(a).cmp(&id(b))));
    }
    let mut renamed: Vec<(u32, i64)> = events
        .iter()
        .filter(|event| event.story == Story::Rename)
        .map(|event| (event.object, event.time))
        .collect();
    renamed.sort_unstable();
    renamed.dedup_by_key(|renamed| renamed.0);
    Run { options: options.clone(), world, events, is_drawn, audit, renamed }
}

/// The rows that are always there.
fn fixed(options: &Options, world: &World) -> Vec<Event> {
    let mut events = edges::events(options, world);
    events.iter_mut().for_each(finish);
    events
}

/// The events of all days.
fn story(options: &Options, world: &World) -> Vec<Event> {
    let mut timeline = Timeline::new(options, world);
    let full = options.scenario == Scenario::Full;
    if full {
        scenario::silences(&mut timeline);
    }
    for day in 0..options.run_days() {
        if full {
            scenario::tell(&mut timeline, day);
        }
        for place in 0..world.domains.len() {
            ordinary::live(&mut timeline, place, day);
        }
    }
    ordinary::noise(&mut timeline);
    timeline.events
}

/// Adds what is drawn from an event's own key: duration, arrival, and the columns that are empty once in a while.
fn finish(event: &mut Event) {
    event.arrival = timeline::arrival(event.key, event.time);
    if event.edge > 0 {
        return;
    }
    event.duration = timeline::duration(event.key, event.code);
    let mut stream = Stream::of(event.key ^ 0xB1A6);
    for (part, flag) in
        [(2, BLANK_RESULT), (5, BLANK_ACTION), (3, BLANK_JOB), (20, NO_STEPS), (5, NULL_STEPS)]
    {
        if stream.chance(part, 10_000) {
            event.flags |= flag;
        }
    }
    if stream.chance(1, 10) {
        event.flags |= TARGET_UNNAMED;
    }
}

/// Configuration changes, restarts and quarantines.
fn audit(options: &Options, world: &World) -> Vec<AuditEvent> {
    let mut events = Vec::new();
    let job = world.domains[0].object_job;
    let mut add = |time: i64, activity: &'static str, description: &str| {
        let key = key(options.seed, "audit", time as u64);
        if time > options.start() && time <= options.now {
            events.push(AuditEvent { time, activity, description: description.to_owned(), job, key });
        }
    };
    for begin in (0..options.run_days()).step_by(30) {
        let at = |day: i64, hour: i64| options.start() + (begin + day) * DAY + hour * HOUR + 7 * MINUTE;
        for (day, hour, text) in scenario::CONFIGURATION {
            add(at(day, hour), "User Provisioning", text);
        }
        if options.scenario == Scenario::Full {
            for (day, hour, text) in scenario::QUARANTINE {
                add(at(day, hour), "Quarantine", text);
            }
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn small() -> Run {
        generate(&Options::new(Profile::Small))
    }

    #[test]
    fn the_same_options_make_the_same_events() {
        let (one, two) = (small(), small());
        assert_eq!(format!("{:?}", one.events), format!("{:?}", two.events));
        let other = generate(&Options { seed: 43, ..Options::new(Profile::Small) });
        assert_ne!(format!("{:?}", one.events), format!("{:?}", other.events));
    }

    #[test]
    fn events_lie_in_the_run_and_in_order() {
        let run = small();
        assert!((7_000..11_000).contains(&run.events.len()), "{}", run.events.len());
        for pair in run.events.windows(2) {
            assert!((pair[0].arrival, id(&pair[0])) < (pair[1].arrival, id(&pair[1])));
        }
        assert!(
            run.events.iter().all(|event| event.time > run.options.start() && event.time <= run.options.now)
        );
        let ids: BTreeSet<u128> = run.events.iter().map(id).collect();
        assert_eq!(ids.len(), run.events.len());
    }

    #[test]
    fn no_object_is_changed_after_it_was_removed() {
        let run = small();
        let mut events: Vec<&Event> =
            run.events.iter().filter(|event| event.edge == 0 && event.job == 0).collect();
        events.sort_by_key(|event| event.time);
        let mut removed = BTreeSet::new();
        let mut wrong = 0;
        for event in events {
            match (event.action, event.status) {
                (Action::Delete, Status::Success) => wrong += u32::from(!removed.insert(event.object)),
                (Action::Create, _) => {
                    wrong += u32::from(
                        event.status == Status::Success
                            && !removed.remove(&event.object)
                            && event.has(TARGET_ABSENT),
                    )
                }
                // The story restores what it removed by updates.
                (Action::Update, Status::Success) => {
                    removed.remove(&event.object);
                }
                _ => {}
            }
        }
        assert_eq!(wrong, 0);
    }

    #[test]
    fn bench_has_exactly_as_many_rows_as_asked_for() {
        for rows in [0, 10, 50, 5_000] {
            let run = generate(&Options { rows, ..Options::new(Profile::Bench) });
            assert_eq!(run.events.len() as u64, rows.max(EDGE_ROWS));
        }
    }

    #[test]
    fn drawn_events_come_in_the_order_of_arrival() {
        // Few rows a day, and more in an hour than are drawn at once.
        for (rows, days) in [(300, None), (60_000, None), (60_000, Some(1))] {
            let options = Options { rows, days, ..Options::new(Profile::Bench) };
            let run = drawn(&options);
            assert!(run.events.is_empty());
            let events: Vec<Event> = run.each().collect();
            assert_eq!(events.len() as u64, rows);
            assert!(
                events
                    .windows(2)
                    .all(|pair| (pair[0].arrival, id(&pair[0])) < (pair[1].arrival, id(&pair[1])))
            );
            let stretches: Vec<Vec<Event>> = run.stretches(7_000).collect();
            assert!(stretches.iter().rev().skip(1).all(|stretch| stretch.len() == 7_000));
            assert_eq!(format!("{:?}", stretches.concat()), format!("{events:?}"));
        }
    }

    /// The rows that are always there.
    const EDGE_ROWS: u64 = 27;

    #[test]
    fn tables_have_their_columns() {
        let tables = tables(&Options { attr_bag: Some(AttrBag::Lean), ..Options::new(Profile::Small) });
        let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["AADProvisioningLogs", "AuditLogs", "ProvisioningDelivery"]);
        assert_eq!(tables.iter().map(|table| table.columns.len()).collect::<Vec<_>>(), [28, 30, 5]);
    }

    #[test]
    fn every_json_text_is_json() {
        let run = generate(&Options { days: Some(7), ..Options::new(Profile::Small) });
        let texts = run.texts();
        for event in &run.events {
            let mut made = Vec::new();
            let mut make = |push: &dyn Fn(&mut String)| {
                let mut out = String::new();
                push(&mut out);
                made.push(out);
            };
            make(&|out| texts.push_source_identity(out, event));
            make(&|out| texts.push_target_identity(out, event));
            make(&|out| texts.push_provisioning_status_info(out, event));
            make(&|out| texts.push_modified(out, event));
            make(&|out| texts.push_steps(out, event, false));
            make(&|out| out.push_str(texts.source_system(event)));
            make(&|out| out.push_str(texts.target_system(event)));
            make(&|out| out.push_str(texts.service_principal(event)));
            for text in &made {
                let value: serde_json::Value = serde_json::from_str(text).expect(text);
                // Compact, key order kept.
                assert_eq!(&value.to_string(), text);
            }
            let steps: serde_json::Value = serde_json::from_str(&made[4]).unwrap();
            let names: Vec<&str> =
                steps.as_array().into_iter().flatten().map(|step| step["name"].as_str().unwrap()).collect();
            assert_eq!(names, step_names(event));
        }
    }
}
