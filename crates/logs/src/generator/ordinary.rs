//! Ordinary days: the first sync of every object, changes over the hours of a work day, password changes, the
//! nightly batch of the HR system, and the noise of other jobs.

use super::calendar::{DAY, HOUR, SECOND, civil, weekday};
use super::codes;
use super::edges;
use super::event::*;
use super::random::{Stream, key};
use super::timeline::{Draft, State, Timeline};
use super::world::{Domain, JobKind, Kind};

/// How the changes of a day are spread over its local hours.
const HOURS: [u32; 24] = [2, 2, 2, 2, 2, 5, 12, 30, 28, 20, 16, 12, 10, 16, 16, 14, 10, 6, 3, 3, 3, 3, 3, 3];

/// Password changes over the hours; the Monday morning peak is drawn apart.
const PASSWORD_HOURS: [u32; 24] =
    [1, 1, 1, 1, 1, 2, 6, 16, 24, 20, 14, 10, 8, 12, 12, 10, 8, 4, 3, 2, 2, 2, 1, 1];

/// Weights of what happens: update, other, create, disable, delete, members.
const KINDS: [u32; 6] = [720, 120, 70, 30, 30, 30];

/// An ordinary day of a domain.
pub(super) fn live(timeline: &mut Timeline, place: usize, day: i64) {
    let domain = timeline.world.domains[place].clone();
    let midnight = timeline.start + day * DAY;
    if day % 30 == 0 {
        full_sync(timeline, &domain, midnight, day == 0);
    }
    changes(timeline, &domain, place, day, midnight);
    passwords(timeline, &domain, place, day, midnight);
    hr_batch(timeline, &domain, place, day, midnight, 5);
}

/// Every object once, ten thousand an hour: created on the first day, found unchanged on later ones.
fn full_sync(timeline: &mut Timeline, domain: &Domain, midnight: i64, first: bool) {
    let kept: Vec<u32> = edges::kept(timeline.world).collect();
    for index in 0..domain.count() {
        let object = domain.first + index;
        let time = midnight + 30 * SECOND + i64::from(index) * (HOUR / 10_000);
        let key = key(timeline.options.seed, "full sync", (midnight as u64) ^ u64::from(object));
        let mut stream = Stream::of(key);
        let time = time + stream.between(0, HOUR / 12_000);
        if !first {
            if timeline.states[object as usize] == State::Live && timeline.is_free(object, time) {
                let draft = Draft::new(domain.object_job, object, Action::Other, Story::Redundant, key);
                timeline.write_at(draft.status(Status::Skipped), time);
            }
            continue;
        }
        let create = Draft::new(domain.object_job, object, Action::Create, Story::Add, key);
        match stream.below(1_000) {
            // Those who join later.
            0..60 if !kept.contains(&object) => {}
            60..80 if !kept.contains(&object) => {
                let skip = Draft::new(domain.object_job, object, Action::Other, Story::OutOfScope, key);
                timeline.write_at(skip.status(Status::Skipped), time);
            }
            80..86 if !kept.contains(&object) => {
                let code = stream.weighted(&codes::weights()) as u8;
                timeline.fail(create.failure(code), time);
            }
            _ => {
                timeline.write_at(create, time);
                timeline.set_state(object, State::Live, time);
            }
        }
    }
}

/// How many changes a day brings, in thousandths of a work day's.
fn day_weight(time: i64) -> u64 {
    let (_, month, day) = civil(time);
    let last_of_kind = civil(time + 7 * DAY).1 != month;
    match weekday(time) {
        5 | 6 => 120,
        0 if day <= 7 => 2_000,
        4 if last_of_kind => 1_600,
        _ => 1_000,
    }
}

/// What happens more often on a day of joiners or leavers.
fn day_kinds(time: i64) -> [u32; 6] {
    match day_weight(time) {
        2_000 => [720, 120, 300, 30, 30, 30],
        1_600 => [720, 120, 70, 150, 120, 30],
        _ => KINDS,
    }
}

/// A time of that day, by the weights of its local hours.
fn moment(stream: &mut Stream, midnight: i64, zone: i64, hours: &[u32; 24]) -> i64 {
    let hour = stream.weighted(hours) as i64;
    midnight + (hour - zone).rem_euclid(24) * HOUR + stream.between(0, HOUR)
}

/// The changes of a day.
fn changes(timeline: &mut Timeline, domain: &Domain, place: usize, day: i64, midnight: i64) {
    let index = (day as u64) << 8 | place as u64;
    let mut stream = Stream::new(timeline.options.seed, "changes", index);
    let count = stream.share(u64::from(domain.count()) * 40 * day_weight(midnight), 1_000_000);
    let kinds = day_kinds(midnight);
    // In the order of time, so that nothing changes after it was removed.
    let mut due: Vec<i64> = (0..count).map(|_| moment(&mut stream, midnight, domain.zone, &HOURS)).collect();
    due.sort_unstable();
    for (number, due) in due.into_iter().enumerate() {
        let kind = stream.weighted(&kinds);
        let key = key(timeline.options.seed, "change", index << 24 | number as u64);
        change(timeline, domain, kind, due, key);
    }
}

/// One change; `kind` is a place in `KINDS`.
fn change(timeline: &mut Timeline, domain: &Domain, kind: usize, due: i64, key: u64) {
    let mut stream = Stream::of(key);
    let job = domain.object_job;
    let everyone = (domain.first, domain.count());
    let users = (domain.first, domain.users);
    let mut find = |(first, count): (u32, u32), state| timeline.find(&mut stream, first, count, state, due);
    match kind {
        1 => {
            let Some(object) = find(everyone, State::Live) else { return };
            let draft = Draft::new(job, object, Action::Other, Story::Redundant, key);
            timeline.write(draft.status(Status::Skipped), due);
        }
        2 => {
            let Some(object) = find(everyone, State::Absent).or_else(|| find(users, State::Deleted)) else {
                return;
            };
            let draft = Draft::new(job, object, Action::Create, Story::Add, key);
            if stream.chance(20, 1_000) {
                timeline.fail(draft.failure(stream.weighted(&codes::weights()) as u8), due);
            } else {
                let time = timeline.write(draft, due);
                timeline.set_state(object, State::Live, time);
            }
        }
        3 => {
            let Some(object) = find(users, State::Live) else { return };
            let time = timeline.write(Draft::new(job, object, Action::Disable, Story::Block, key), due);
            timeline.set_state(object, State::Disabled, time);
        }
        4 => {
            let Some(object) = find(users, State::Disabled).or_else(|| find(everyone, State::Live)) else {
                return;
            };
            let time = timeline.write(Draft::new(job, object, Action::Delete, Story::Remove, key), due);
            timeline.set_state(object, State::Deleted, time);
        }
        5 => {
            let Some(object) = find((domain.first + domain.users, domain.groups), State::Live) else {
                return;
            };
            members(timeline, &mut stream, job, object, due, key);
        }
        _ => {
            let Some(object) = find(everyone, State::Live) else { return };
            update(timeline, &mut stream, job, object, due, key);
        }
    }
}

/// A change of a group's members.
fn members(timeline: &mut Timeline, stream: &mut Stream, job: u16, object: u32, due: i64, key: u64) {
    let draft = Draft::new(job, object, Action::Update, Story::Members, key);
    if stream.chance(1, 6) {
        let story = Story::MissingMember;
        let draft = Draft { status: Status::Warning, story, code: codes::REFERENCE, ..draft };
        timeline.write(draft, due);
    } else {
        timeline.write(draft, due);
    }
}

/// A change of attributes: mostly done, often found to be done already, sometimes refused.
fn update(timeline: &mut Timeline, stream: &mut Stream, job: u16, object: u32, due: i64, key: u64) {
    let draft = Draft::new(job, object, Action::Update, Story::Change, key);
    match stream.below(1_000) {
        0..8 => timeline.fail(draft.failure(stream.weighted(&codes::weights()) as u8), due),
        8..18 => {
            timeline.write(Draft { status: Status::Warning, code: codes::REFERENCE, ..draft }, due);
        }
        18..250 => {
            timeline.write(Draft { story: Story::Redundant, ..draft }.status(Status::Skipped), due);
        }
        250..290 => {
            timeline.write(Draft { story: Story::OutOfScope, ..draft }.status(Status::Skipped), due);
        }
        _ => {
            timeline.write(draft, due);
        }
    }
}

/// The password changes of a day.
fn passwords(timeline: &mut Timeline, domain: &Domain, place: usize, day: i64, midnight: i64) {
    let index = (day as u64) << 8 | place as u64;
    let mut stream = Stream::new(timeline.options.seed, "passwords", index);
    let weight = if weekday(midnight) >= 5 { 300 } else { 1_280 };
    let count = stream.share(u64::from(domain.users) * 15 * weight, 1_000_000);
    for number in 0..count {
        let monday = weekday(midnight) == 0 && stream.chance(1, 2);
        let due = if monday {
            midnight + (8 - domain.zone).rem_euclid(24) * HOUR + stream.between(0, 2 * HOUR)
        } else {
            moment(&mut stream, midnight, domain.zone, &PASSWORD_HOURS)
        };
        let key = key(timeline.options.seed, "password", index << 24 | number);
        let Some(object) = timeline.find(&mut stream, domain.first, domain.users, State::Live, due) else {
            continue;
        };
        let action = if stream.chance(5, 1_000) { Action::Other } else { Action::Update };
        let draft = Draft::new(domain.password_job, object, action, Story::Password, key);
        let draft = match stream.below(1_000) {
            0..10 => draft.status(Status::Skipped),
            10..15 => draft.failure(codes::INTERNAL),
            _ => draft,
        };
        timeline.write(draft, due);
    }
}

/// The nightly batch of the HR system: so many thousandths of the users are written again at 02:00 local.
pub(super) fn hr_batch(
    timeline: &mut Timeline,
    domain: &Domain,
    place: usize,
    day: i64,
    midnight: i64,
    thousandths: u64,
) {
    let index = (day as u64) << 8 | place as u64;
    let mut stream = Stream::new(timeline.options.seed, "hr batch", index << 8 | thousandths);
    let count = stream.share(u64::from(domain.users) * thousandths, 1_000);
    // The big batch of the scenario runs at 22:00, the nightly one at 02:00.
    let hour = if thousandths > 10 { 22 } else { (2 - domain.zone).rem_euclid(24) };
    for number in 0..count {
        let due = midnight + hour * HOUR + number as i64 * SECOND / 4;
        let key = key(timeline.options.seed, "hr change", (index << 8 | thousandths) << 24 | number);
        if let Some(object) = timeline.find(&mut stream, domain.first, domain.users, State::Live, due) {
            timeline.write(Draft::new(domain.object_job, object, Action::Update, Story::Change, key), due);
        }
    }
}

/// The jobs that the cloud sync panels must leave out: a steady trickle.
pub(super) fn noise(timeline: &mut Timeline) {
    for place in 0..timeline.world.jobs.len() {
        let job = &timeline.world.jobs[place];
        if job.kind != JobKind::Noise {
            continue;
        }
        for day in 0..timeline.options.run_days() {
            let index = (day as u64) << 8 | place as u64;
            let mut stream = Stream::new(timeline.options.seed, "noise", index);
            let midnight = timeline.start + day * DAY;
            let weight = if weekday(midnight) >= 5 { 400 } else { 1_000 };
            let count = stream.share((36 + u64::from(job.count) / 40) * weight, 1_000);
            for number in 0..count {
                let due = moment(&mut stream, midnight, 0, &HOURS);
                let key = key(timeline.options.seed, "noise row", index << 24 | number);
                let object = job.first + stream.below(u64::from(job.count)) as u32;
                timeline.write(noise_row(timeline, place as u16, object, key), due);
            }
        }
    }
}

/// One row of a noise job.
fn noise_row(timeline: &Timeline, job: u16, object: u32, key: u64) -> Draft {
    let mut stream = Stream::of(key ^ 0x4401);
    let group = timeline.world.objects[object as usize].kind == Kind::CloudGroup;
    let (action, story) = match stream.below(100) {
        0..10 => (Action::Create, Story::Add),
        10..13 => (Action::Delete, Story::Remove),
        13..18 if !group => (Action::Disable, Story::Block),
        18..30 => (Action::Other, Story::Redundant),
        _ => (Action::Update, if group { Story::Members } else { Story::Change }),
    };
    let draft = Draft::new(job, object, action, story, key);
    match stream.below(100) {
        _ if story == Story::Redundant => draft.status(Status::Skipped),
        0..10 => Draft { story: Story::Redundant, ..draft }.status(Status::Skipped),
        10..14 => draft.failure(stream.weighted(&codes::weights()) as u8),
        14 => Draft { status: Status::Warning, code: codes::REFERENCE, ..draft },
        _ => draft,
    }
}
