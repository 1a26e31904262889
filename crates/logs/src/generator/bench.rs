//! Rows for measuring: exactly as many as asked for, each drawn on its own, so that ten million take seconds.

use super::codes;
use super::event::*;
use super::random::{Stream, key};
use super::timeline::duration;
use super::world::{JobKind, World};
use super::{Options, calendar::DAY};

/// Weights of the kinds of rows: success, redundant, out of scope, create, failure, delete, disable, warning.
const KINDS: [u32; 8] = [540, 260, 50, 70, 20, 25, 25, 10];

/// The rows of the bench profile, the fixed ones not counted.
pub(super) fn events(options: &Options, world: &World, count: u64) -> Vec<Event> {
    let start = options.start();
    let span = options.run_days() * DAY;
    let noise = world.jobs.iter().filter(|job| job.kind == JobKind::Noise).count() as u64;
    let first_noise = world.jobs.len() as u64 - noise;
    let rows = count.max(1) as i64;
    (0..count)
        .map(|number| {
            let key = key(options.seed, "bench", number);
            let mut stream = Stream::of(key ^ 0xBE);
            let lane = (i128::from(span) * i128::from(number as i64) / i128::from(rows)) as i64;
            let time = (start + 1 + lane + stream.between(0, (span / rows).max(1))).min(options.now);
            let domain = stream.below(world.domains.len() as u64);
            let job = match stream.below(100) {
                0..80 => world.domains[domain as usize].object_job,
                80..95 => world.domains[domain as usize].password_job,
                _ => (first_noise + stream.below(noise)) as u16,
            };
            let carried = &world.jobs[usize::from(job)];
            let object = carried.first + stream.below(u64::from(carried.count)) as u32;
            let (action, status, story) = outcome(&mut stream, carried.kind);
            let code = match status {
                Status::Failure => stream.weighted(&codes::weights()) as u8,
                Status::Warning => codes::REFERENCE,
                Status::Success | Status::Skipped => codes::NONE,
            };
            let mut flags =
                if status == Status::Failure && action == Action::Create { TARGET_ABSENT } else { 0 };
            if story == Story::OutOfScope {
                flags = TARGET_ABSENT | SOURCE_UNNAMED;
            }
            let cycle = ((time - start) / carried.period) as u32;
            let (arrival, retries, edge) = (time, 0, 0);
            let duration = duration(key, code);
            Event {
                time,
                arrival,
                key,
                object,
                cycle,
                duration,
                job,
                flags,
                action,
                status,
                story,
                code,
                retries,
                edge,
            }
        })
        .collect()
}

/// What happened to one row.
fn outcome(stream: &mut Stream, kind: JobKind) -> (Action, Status, Story) {
    if kind == JobKind::Passwords {
        let status = match stream.below(1_000) {
            0..10 => Status::Skipped,
            10..15 => Status::Failure,
            _ => Status::Success,
        };
        return (Action::Update, status, Story::Password);
    }
    match stream.weighted(&KINDS) {
        0 => (Action::Update, Status::Success, Story::Change),
        1 if stream.chance(2, 5) => (Action::Other, Status::Skipped, Story::Redundant),
        1 => (Action::Update, Status::Skipped, Story::Redundant),
        2 => (Action::Update, Status::Skipped, Story::OutOfScope),
        3 => (Action::Create, Status::Success, Story::Add),
        4 if stream.chance(1, 4) => (Action::Create, Status::Failure, Story::Add),
        4 => (Action::Update, Status::Failure, Story::Change),
        5 => (Action::Delete, Status::Success, Story::Remove),
        6 => (Action::Disable, Status::Success, Story::Block),
        _ => (Action::Update, Status::Warning, Story::Change),
    }
}
