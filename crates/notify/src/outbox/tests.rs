//! The outbox against its promises, with the end of the process before any step of any change.

use super::deliver::Outcome;
use super::disk::fault;
use super::*;
use crate::channel::Failure;
use crate::notification::AlertId;
use crate::notification::tests::{failures, instant};
use crate::settings::Delivery;
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

fn start() -> DateTime<Utc> {
    instant("2026-11-20T09:15:00Z")
}

/// The firing of an alert by number.
fn fired(number: u64) -> Notification {
    let alert = AlertId::try_from(format!("00000000-0000-0000-0000-{number:012x}")).unwrap();
    Notification { alert, series: vec![("Number".to_owned(), number.to_string())], ..failures() }
}

fn put(channel: &str, notification: Notification) -> Put {
    Put { channel: channel.to_owned(), notification }
}

/// Which deliveries fail, and how.
type Fails = Box<dyn Fn(&Id) -> Option<Failure>>;

/// A receiver that keeps ids, a clock, and what the receiver answers next.
struct World {
    now: Cell<DateTime<Utc>>,
    had: RefCell<BTreeMap<Id, u32>>,
    order: RefCell<Vec<Id>>,
    fails: RefCell<Fails>,
}

impl World {
    fn new() -> World {
        World {
            now: Cell::new(start()),
            had: RefCell::default(),
            order: RefCell::default(),
            fails: RefCell::new(Box::new(|_| None)),
        }
    }

    fn fail(&self, fails: impl Fn(&Id) -> Option<Failure> + 'static) {
        *self.fails.borrow_mut() = Box::new(fails);
    }

    fn pass(&self, length: TimeDelta) {
        self.now.set(self.now.get() + length);
    }

    fn deliver(&self, outbox: &Outbox, limits: Delivery) -> Result<Vec<Attempt>, OutboxError> {
        let carry = async |id: &Id, _: &Entry| match (self.fails.borrow())(id) {
            Some(failure) => Err(failure),
            None => {
                *self.had.borrow_mut().entry(id.clone()).or_default() += 1;
                self.order.borrow_mut().push(id.clone());
                Ok(None)
            }
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(outbox.deliver_by(&limits, &|| self.now.get(), &carry))
    }

    fn names(&self) -> Vec<String> {
        let order = self.order.borrow();
        order.iter().map(|id| id.text()[37..].to_owned()).collect()
    }
}

#[test]
fn the_same_is_put_and_delivered_once() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let limits = Delivery::default();
    let puts = [put("a", fired(1)), put("b", fired(1)), put("a", fired(1))];
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    outbox.put(&puts, start()).unwrap();
    assert_eq!(outbox.waiting().len(), 2);
    assert_eq!(world.deliver(&outbox, limits).unwrap().len(), 2);
    outbox.put(&puts, start()).unwrap();
    assert_eq!((outbox.next_due(), world.deliver(&outbox, limits).unwrap()), (None, vec![]));
    drop(outbox);
    // Remembered over a restart, for thirty days.
    let outbox = Outbox::open(folder.path(), start() + TimeDelta::days(30)).unwrap();
    outbox.put(&puts, start()).unwrap();
    assert_eq!(outbox.waiting(), []);
    drop(outbox);
    let outbox = Outbox::open(folder.path(), start() + TimeDelta::days(31)).unwrap();
    assert_eq!(std::fs::read_dir(folder.path().join(DONE)).unwrap().count(), 0);
    assert_eq!(
        outbox.put(&[put("../x", fired(1))], start()).unwrap_err().to_string(),
        "`../x` is no name of a channel"
    );
}

#[test]
fn what_was_decided_last_is_remembered_as_long_as_its_state() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    outbox.commit(&1.into(), &[put("a", fired(1))], start()).unwrap();
    world.deliver(&outbox, Delivery::default()).unwrap();
    drop(outbox);
    for days in [40, 80] {
        let outbox = Outbox::open(folder.path(), start() + TimeDelta::days(days)).unwrap();
        assert_eq!((outbox.waiting(), outbox.state().unwrap()), (vec![], Some(1.into())));
    }
}

#[test]
fn one_process_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    let error = Outbox::open(folder.path(), start()).unwrap_err();
    assert!(matches!(error, OutboxError::InUse(_)), "{error}");
    drop(outbox);
    Outbox::open(folder.path(), start()).unwrap();
}

/// A watch that makes up for what it missed puts all of it at once.
#[test]
fn what_happened_first_is_told_first() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    let at =
        |hour: i64, alert: Notification| Notification { fired: start() + TimeDelta::hours(hour), ..alert };
    let over = |hour: i64, alert: &Notification| alert.resolved(start() + TimeDelta::hours(hour));
    // Whichever of the two ids comes first.
    for (first, second) in [(1, 2), (4, 3)] {
        let (first, second) = (at(0, fired(first)), at(2, fired(second)));
        let told = [first.clone(), over(1, &first), second.clone(), over(3, &second)];
        let puts: Vec<Put> = told.iter().rev().map(|one| put("a", one.clone())).collect();
        outbox.put(&puts, start()).unwrap();
        world.order.borrow_mut().clear();
        world.deliver(&outbox, Delivery::default()).unwrap();
        assert_eq!(*world.order.borrow(), told.map(|one| Id::of(&one, "a")));
    }
}

#[test]
fn a_resolution_waits_for_its_firing() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    let over = fired(1).resolved(start());
    outbox.put(&[put("a", over), put("a", fired(1))], start()).unwrap();
    world.fail(|id| (id.fired() == *id).then(|| Failure::new("no")));
    let attempts = world.deliver(&outbox, Delivery::default()).unwrap();
    let Outcome::Again { next, .. } = &attempts[0].outcome else { panic!("{attempts:?}") };
    // No busy waiting for the resolution, which is due but may not go.
    assert_eq!((attempts.len(), outbox.next_due()), (1, Some(*next)));
    world.fail(|_| None);
    assert_eq!(world.deliver(&outbox, Delivery::default()).unwrap(), []);
    world.now.set(*next);
    world.deliver(&outbox, Delivery::default()).unwrap();
    assert_eq!(world.names(), ["fired-a", "resolved-a"]);
}

#[test]
fn a_channel_that_fails_is_left_alone_and_holds_up_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    let puts: Vec<Put> =
        (0..10).flat_map(|number| ["a", "b"].map(|channel| put(channel, fired(number)))).collect();
    outbox.put(&puts, start()).unwrap();
    world.fail(|id| id.text().ends_with("a").then(|| Failure::new("no")));
    let count =
        |attempts: &[Attempt], channel: &str| attempts.iter().filter(|one| one.channel == channel).count();
    let attempts = world.deliver(&outbox, Delivery::default()).unwrap();
    assert_eq!((count(&attempts, "a"), count(&attempts, "b")), (3, 10));
    assert_eq!(world.deliver(&outbox, Delivery::default()).unwrap(), []);
    // The others in it have lost no attempt.
    assert_eq!(outbox.waiting().iter().filter(|(_, entry)| entry.attempts == 0).count(), 7);
    let due = outbox.next_due().unwrap();
    assert!(due > start() + TimeDelta::seconds(29));
    world.now.set(due);
    world.fail(|_| None);
    assert!(!world.deliver(&outbox, Delivery::default()).unwrap().is_empty());
}

#[test]
fn what_fails_too_often_or_too_long_is_given_up_and_can_be_revived() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    world.fail(|_| Some(Failure::new("no\x1b[2J")));
    let limits = Delivery { attempts: 3, days: 2 };
    outbox.put(&[put("a", fired(1))], start()).unwrap();
    let mut outcomes = Vec::new();
    while let Some(due) = outbox.next_due() {
        world.now.set(due);
        outcomes.extend(world.deliver(&outbox, limits).unwrap().into_iter().map(|one| one.outcome));
    }
    assert_eq!(outcomes.len(), 3);
    assert_eq!(outcomes[2], Outcome::Dead { error: "no�[2J".to_owned() });
    outbox.put(&[put("a", fired(1))], start()).unwrap();
    let dead = outbox.dead().unwrap();
    assert_eq!((outbox.waiting().len(), dead.len(), dead[0].1.attempts), (0, 1, 3));
    // Put long ago, while nothing ran: still tried once.
    let later = start() + TimeDelta::days(9);
    outbox.put(&[put("a", fired(2))], start()).unwrap();
    world.now.set(later);
    let attempts = world.deliver(&outbox, limits).unwrap();
    assert!(matches!(attempts[..], [Attempt { outcome: Outcome::Dead { .. }, .. }]), "{attempts:?}");
    let (id, _) = &outbox.dead().unwrap()[0];
    assert!(outbox.revive(id, later).unwrap() && !outbox.revive(id, later).unwrap());
    world.fail(|_| None);
    assert_eq!(world.deliver(&outbox, limits).unwrap()[0].outcome, Outcome::Delivered(None));
}

#[test]
fn a_receiver_may_ask_for_time_but_not_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    outbox.put(&[put("a", fired(1)), put("b", fired(1))], start()).unwrap();
    world.fail(|id| {
        let wait = if id.text().ends_with('a') { 600 } else { u64::MAX };
        Some(Failure { wait: Some(std::time::Duration::from_secs(wait)), ..Failure::new("wait") })
    });
    world.deliver(&outbox, Delivery::default()).unwrap();
    let next: Vec<_> = outbox.waiting().into_iter().map(|(_, entry)| entry.next).collect();
    assert_eq!(next, [start() + TimeDelta::minutes(10), start() + TimeDelta::days(1)]);
    // A clock that was put back does not make it wait for years.
    world.now.set(start() - TimeDelta::days(400));
    world.fail(|_| None);
    assert_eq!(world.deliver(&outbox, Delivery::default()).unwrap().len(), 2);
}

#[test]
fn files_that_hold_nothing_of_ours_are_told_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    outbox.put(&[put("a", fired(1))], start()).unwrap();
    let id = Id::of(&fired(1), "a");
    let whole = std::fs::read(outbox.path(WAITING, &id)).unwrap();
    drop(outbox);
    let other = folder.path().join(WAITING).join(format!("{}.json", Id::of(&fired(2), "a")));
    std::fs::write(&other, &whole).unwrap();
    std::fs::write(folder.path().join(WAITING).join("x.json"), "{").unwrap();
    std::fs::write(folder.path().join(WAITING).join("y.unfinished"), "{").unwrap();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    assert_eq!((outbox.waiting().len(), outbox.unreadable().len()), (1, 2));
    assert!(other.exists() && !folder.path().join(WAITING).join("y.unfinished").exists());
    drop(outbox);
    std::fs::write(folder.path().join(STATE), "{").unwrap();
    let error = Outbox::open(folder.path(), start()).unwrap_err().to_string();
    assert!(
        error.contains("state.json` does not hold what it should") && error.contains("move it away"),
        "{error}"
    );
}

/// Something that a caller does.
#[derive(Clone, Debug)]
enum Step {
    /// Decides: so many alerts begin, and those that began with the state before end.
    Commit(u64),
    /// Delivers; the receivers fail for ids with one of these last digits.
    Deliver(Vec<u64>),
    /// Lets minutes pass.
    Pass(i64),
}

fn steps() -> impl Strategy<Value = Vec<(Step, Option<u32>)>> {
    let step = prop_oneof![
        (0..4u64).prop_map(Step::Commit),
        proptest::collection::vec(0..10u64, 0..6).prop_map(Step::Deliver),
        (0..90i64).prop_map(Step::Pass),
    ];
    proptest::collection::vec((step, proptest::option::weighted(0.5, 0..30u32)), 1..25)
}

/// What the caller decides with a state: the firings of this one, the ends of those of the one before.
fn decided(counts: &[u64], state: usize) -> Vec<Put> {
    let alerts = |state: usize| {
        let count = counts.get(state).copied().unwrap_or_default();
        (0..count).map(move |number| fired(state as u64 * 10 + number))
    };
    let begun = alerts(state);
    let over = state.checked_sub(1).into_iter().flat_map(alerts).map(|one| one.resolved(start()));
    begun.chain(over).flat_map(|one| ["a", "b"].map(|channel| put(channel, one.clone()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn nothing_decided_is_lost_and_nothing_else_is_told(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new();
        let limits = Delivery { attempts: 1000, days: 30 };
        let mut outbox = Outbox::open(folder.path(), start()).unwrap();
        // How many alerts each state has begun, by number of the state.
        let mut counts: Vec<u64> = Vec::new();
        let mut ends = 0;
        for (step, kill) in steps {
            fault::after(kill);
            let done = match &step {
                Step::Commit(count) => {
                    counts.push(*count);
                    let state = counts.len() - 1;
                    outbox.commit(&state.into(), &decided(&counts, state), world.now.get())
                }
                Step::Deliver(failing) => {
                    let failing = failing.clone();
                    world.fail(move |id| {
                        let digit = id.text().bytes().next().map(u64::from).unwrap_or_default() % 10;
                        failing.contains(&digit).then(|| Failure::new("no"))
                    });
                    world.deliver(&outbox, limits).map(|_| ())
                }
                Step::Pass(minutes) => {
                    world.pass(TimeDelta::minutes(*minutes));
                    Ok(())
                }
            };
            // What comes after the step finds the process dead, too.
            if done.is_err() {
                ends += 1;
                drop(outbox);
                // Killed again while it recovers.
                fault::after(kill.map(|steps| steps / 2));
                let again = Outbox::open(folder.path(), world.now.get());
                fault::after(None);
                outbox = match again {
                    Ok(again) => again,
                    Err(_) => Outbox::open(folder.path(), world.now.get()).unwrap(),
                };
                // The caller goes on from the state that it finds.
                let state = outbox.state().unwrap().and_then(|state| state.as_u64());
                let known = state.map_or(0, |state| state as usize + 1);
                prop_assert!(known == counts.len() || known + 1 == counts.len());
                counts.truncate(known);
            }
            fault::after(None);
        }
        world.fail(|_| None);
        while let Some(due) = outbox.next_due() {
            world.now.set(due.max(world.now.get()));
            world.deliver(&outbox, limits).unwrap();
        }
        let all = (0..counts.len()).flat_map(|state| decided(&counts, state));
        let mut expected: Vec<Id> = all.map(|put| Id::of(&put.notification, &put.channel)).collect();
        expected.sort();
        let had = world.had.borrow();
        prop_assert_eq!(had.keys().cloned().collect::<Vec<_>>(), expected);
        // Only a kill between delivery and its record delivers again: once per kill and channel.
        let again: u32 = had.values().map(|times| times - 1).sum();
        prop_assert!(again <= 2 * ends, "{} again after {} kills", again, ends);
        // Firings come before their resolutions.
        let order = world.order.borrow();
        for (at, id) in order.iter().enumerate() {
            prop_assert!(*id == id.fired() || order[..at].contains(&id.fired()));
        }
    }
}

#[test]
fn a_kill_before_each_step_of_a_commit() {
    let puts = [put("a", fired(1)), put("b", fired(1)), put("a", fired(2))];
    for steps in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::open(folder.path(), start()).unwrap();
        outbox.commit(&"old".into(), &[], start()).unwrap();
        fault::after(Some(steps));
        outbox.commit(&"new".into(), &puts, start()).unwrap_err();
        fault::after(None);
        drop(outbox);
        let outbox = Outbox::open(folder.path(), start()).unwrap();
        let (state, waiting) = if steps < 2 { ("old", 0) } else { ("new", 3) };
        assert_eq!(
            (outbox.state().unwrap(), outbox.waiting().len()),
            (Some(state.into()), waiting),
            "{steps}"
        );
    }
}

#[test]
fn a_look_from_outside_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(look(folder.path()).unwrap(), [], "there is none yet");
    let world = World::new();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    let dead = Id::of(&fired(1), "mail");
    world.fail(move |id| (*id == dead).then(|| Failure::new("no such box")));
    outbox.put(&[put("mail", fired(0)), put("mail", fired(1))], start()).unwrap();
    world.deliver(&outbox, Delivery { attempts: 1, days: 1 }).unwrap();
    world.fail(|_| Some(Failure::new("no answer")));
    outbox.put(&[put("mail", fired(2))], start()).unwrap();
    world.deliver(&outbox, Delivery::default()).unwrap();
    std::fs::write(folder.path().join("waiting/broken.json"), "{").unwrap();
    let names = || {
        let mut all: Vec<_> = [WAITING, DONE, DEAD]
            .iter()
            .flat_map(|part| std::fs::read_dir(folder.path().join(part)).unwrap())
            .map(|file| file.unwrap().path())
            .collect();
        all.sort();
        all
    };
    let before = names();
    let mut seen: Vec<(Part, String, Option<String>)> = look(folder.path())
        .unwrap()
        .into_iter()
        .map(|(part, entry)| (part, entry.notification.series[0].1.clone(), entry.error))
        .collect();
    seen.sort_by(|one, other| one.1.cmp(&other.1));
    let told: Vec<(Part, &str)> = seen.iter().map(|(part, number, _)| (*part, number.as_str())).collect();
    assert_eq!(told, [(Part::Delivered, "0"), (Part::GivenUp, "1"), (Part::Waiting, "2")]);
    assert!(seen[2].2.as_deref().is_some_and(|why| why.contains("no answer")), "{seen:?}");
    assert_eq!(names(), before);
}
