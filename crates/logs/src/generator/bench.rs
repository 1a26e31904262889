//! Rows for measuring: exactly as many as asked for, each drawn on its own, so that ten million take seconds and no
//! memory.

use super::event::*;
use super::random::{Stream, key};
use super::timeline::duration;
use super::world::{JobKind, World};
use super::{Options, calendar::DAY};
use super::{codes, finish, id};

/// Weights of the kinds of rows: success, redundant, out of scope, create, failure, delete, disable, warning.
const KINDS: [u32; 8] = [540, 260, 50, 70, 20, 25, 25, 10];

/// How many rows are drawn before those whose turn has come are given.
const BLOCK: u64 = 16_384;

/// The rows of the bench profile in the order of (arrival, id), with the fixed ones among them. A row's number tells
/// its time but for the width of a lane, and it arrives at most hours later: only the rows of those hours are held.
pub(super) struct Drawn<'a> {
    lanes: Lanes<'a>,
    /// The number of the next row to be drawn.
    next: u64,
    /// Whether all are drawn.
    complete: bool,
    /// Drawn and not yet given, the first last.
    waiting: Vec<Event>,
    /// How many of the last of `waiting` come before all that are not yet drawn.
    ready: usize,
}

impl<'a> Drawn<'a> {
    /// The fixed rows, and as many more as the options ask for.
    pub fn new(options: &'a Options, world: &'a World, fixed: Vec<Event>) -> Drawn<'a> {
        let count = options.rows.saturating_sub(fixed.len() as u64);
        let lanes = Lanes::new(options, world, count);
        Drawn { lanes, next: 0, complete: false, waiting: fixed, ready: 0 }
    }

    /// Draws the next block.
    fn draw(&mut self) {
        let end = self.lanes.count.min(self.next + BLOCK);
        self.waiting.extend((self.next..end).map(|number| self.lanes.event(number)));
        self.next = end;
        self.complete = end == self.lanes.count;
        // Stable, since that is quick where most is in order already.
        self.waiting.sort_by(|a, b| b.arrival.cmp(&a.arrival).then_with(|| id(b).cmp(&id(a))));
        let earliest = if self.complete { i64::MAX } else { self.lanes.begin(end) };
        self.ready = self.waiting.len() - self.waiting.partition_point(|event| event.arrival >= earliest);
    }
}

impl Iterator for Drawn<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        while self.ready == 0 {
            if self.complete {
                return None;
            }
            self.draw();
        }
        self.ready -= 1;
        self.waiting.pop()
    }
}

/// The run cut into as many lanes as there are rows; a row lies somewhere in its lane.
struct Lanes<'a> {
    options: &'a Options,
    world: &'a World,
    count: u64,
    start: i64,
    span: i64,
    noise: u64,
}

impl<'a> Lanes<'a> {
    fn new(options: &'a Options, world: &'a World, count: u64) -> Lanes<'a> {
        let noise = world.jobs.iter().filter(|job| job.kind == JobKind::Noise).count() as u64;
        Lanes { options, world, count, start: options.start(), span: options.run_days() * DAY, noise }
    }

    fn rows(&self) -> i64 {
        self.count.max(1) as i64
    }

    /// When the lane of a row begins, ticks; no later row has an earlier time.
    fn begin(&self, number: u64) -> i64 {
        let lane = i128::from(self.span) * i128::from(number as i64) / i128::from(self.rows());
        (self.start + 1 + lane as i64).min(self.options.now)
    }

    /// One row.
    fn event(&self, number: u64) -> Event {
        let (world, start) = (self.world, self.start);
        let key = key(self.options.seed, "bench", number);
        let mut stream = Stream::of(key ^ 0xBE);
        let within = stream.between(0, (self.span / self.rows()).max(1));
        let time = (self.begin(number) + within).min(self.options.now);
        let domain = stream.below(world.domains.len() as u64);
        let job = match stream.below(100) {
            0..80 => world.domains[domain as usize].object_job,
            80..95 => world.domains[domain as usize].password_job,
            _ => (world.jobs.len() as u64 - self.noise + stream.below(self.noise)) as u16,
        };
        let carried = &world.jobs[usize::from(job)];
        let object = carried.first + stream.below(u64::from(carried.count)) as u32;
        let (action, status, story) = outcome(&mut stream, carried.kind);
        let code = match status {
            Status::Failure => stream.weighted(&codes::weights()) as u8,
            Status::Warning => codes::REFERENCE,
            Status::Success | Status::Skipped => codes::NONE,
        };
        let mut flags = if status == Status::Failure && action == Action::Create { TARGET_ABSENT } else { 0 };
        if story == Story::OutOfScope {
            flags = TARGET_ABSENT | SOURCE_UNNAMED;
        }
        let cycle = ((time - start) / carried.period) as u32;
        let duration = duration(key, code);
        let (arrival, retries, edge) = (time, 0, 0);
        let mut event = Event {
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
        };
        finish(&mut event);
        event
    }
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
