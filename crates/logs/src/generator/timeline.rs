//! The clockwork under every row: when an iteration of a job writes it, what state its object is in, how a failing
//! object is tried again. `ordinary.rs` and `scenario.rs` decide what happens; this file writes it down.

use super::calendar::{DAY, HOUR, MINUTE};
use super::codes;
use super::edges;
use super::event::*;
use super::options::Options;
use super::random::{Stream, key};
use super::world::{Job, JobKind, World};

/// Whether an object is in the target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// Never created, or not yet.
    Absent,
    /// There.
    Live,
    /// There, and may not sign in.
    Disabled,
    /// Removed.
    Deleted,
}

/// A span of silence of one job; what falls into it is written when it ends.
struct Silence {
    job: u16,
    from: i64,
    to: i64,
}

/// What is to be written; `Timeline::write` adds the rest.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub job: u16,
    pub object: u32,
    pub action: Action,
    pub status: Status,
    pub story: Story,
    pub code: u8,
    pub retries: u8,
    pub key: u64,
}

impl Draft {
    /// A success without code or retries.
    pub fn new(job: u16, object: u32, action: Action, story: Story, key: u64) -> Draft {
        Draft { job, object, action, status: Status::Success, story, code: codes::NONE, retries: 0, key }
    }

    /// The same with another status.
    pub fn status(self, status: Status) -> Draft {
        Draft { status, ..self }
    }

    /// The same as a failure of that code.
    pub fn failure(self, code: u8) -> Draft {
        Draft { status: Status::Failure, code, ..self }
    }
}

/// The run while it is made.
pub(super) struct Timeline<'a> {
    pub options: &'a Options,
    pub world: &'a World,
    pub start: i64,
    pub events: Vec<Event>,
    pub states: Vec<State>,
    /// When each object came to be in the target; far in the future when it is not.
    exists_from: Vec<i64>,
    /// Until when each object is in the hands of the retry queue.
    busy_until: Vec<i64>,
    silences: Vec<Silence>,
}

/// Later than any run.
const NEVER: i64 = i64::MAX;

/// Hours after a failure at which it is tried again; then daily.
const ATTEMPTS: [i64; 3] = [6, 12, 24];

impl<'a> Timeline<'a> {
    pub fn new(options: &'a Options, world: &'a World) -> Timeline<'a> {
        let count = world.objects.len();
        let mut timeline = Timeline {
            options,
            world,
            start: options.start(),
            events: Vec::new(),
            states: vec![State::Absent; count],
            exists_from: vec![NEVER; count],
            busy_until: vec![i64::MIN; count],
            silences: Vec::new(),
        };
        // What the noise jobs carry was there before the run.
        for job in world.jobs.iter().filter(|job| job.kind == JobKind::Noise) {
            for object in job.first..job.first + job.count {
                timeline.set_state(object, State::Live, i64::MIN);
            }
        }
        // The objects of the rows that are always there live untouched by anything else.
        for object in edges::kept(world) {
            timeline.hold(object, NEVER);
        }
        timeline
    }

    /// The job at a place.
    pub fn job(&self, job: u16) -> &'a Job {
        &self.world.jobs[usize::from(job)]
    }

    /// Silences a job: rows due in the span come after it, sixteen times as fast.
    pub fn silence(&mut self, job: u16, from: i64, to: i64) {
        self.silences.push(Silence { job, from, to });
    }

    /// The time pushed out of every silence of the job.
    fn after_silence(&self, job: u16, time: i64) -> i64 {
        let mut time = time;
        for silence in self.silences.iter().filter(|silence| silence.job == job) {
            if (silence.from..silence.to).contains(&time) {
                time = silence.to + (time - silence.from) / 16;
            }
        }
        time
    }

    /// When the iteration that follows `due` writes the row, and the number of that iteration.
    fn placed(&self, draft: &Draft, due: i64) -> (i64, u32) {
        let period = self.job(draft.job).period;
        let mut due = due;
        for _ in 0..3 {
            due = self.after_silence(draft.job, due);
            let cycle = due.div_euclid(period) + 1;
            let mut stream =
                Stream::new(self.options.seed, "cycle", (cycle as u64) << 16 | u64::from(draft.job));
            let jitter = stream.between(-period / 5, period / 5);
            let within = Stream::of(draft.key ^ 0xC1C1).between(0, period / 8);
            let time = cycle * period + jitter + within;
            if self.after_silence(draft.job, time) == time {
                return (time, self.cycle_number(cycle, period));
            }
            due = time;
        }
        (due, self.cycle_number(due.div_euclid(period) + 1, period))
    }

    fn cycle_number(&self, cycle: i64, period: i64) -> u32 {
        (cycle - self.start.div_euclid(period)).clamp(0, i64::from(u32::MAX)) as u32
    }

    /// Writes a row at the iteration after `due`; gives the time it bears.
    pub fn write(&mut self, draft: Draft, due: i64) -> i64 {
        let (time, cycle) = self.placed(&draft, due);
        self.push(draft, time, cycle);
        time
    }

    /// Writes a row at that very time.
    pub fn write_at(&mut self, draft: Draft, time: i64) -> i64 {
        let period = self.job(draft.job).period;
        let cycle = self.cycle_number(time.div_euclid(period), period);
        self.push(draft, time, cycle);
        time
    }

    fn push(&mut self, draft: Draft, time: i64, cycle: u32) {
        if time <= self.start || time > self.options.now {
            return;
        }
        let created = draft.story == Story::Add && draft.status == Status::Success;
        let absent = self.exists_from[draft.object as usize] > time && !created;
        let mut flags = if absent { TARGET_ABSENT } else { 0 };
        if draft.story == Story::OutOfScope {
            flags |= TARGET_ABSENT | SOURCE_UNNAMED;
        }
        self.events.push(Event {
            time,
            arrival: time,
            key: draft.key,
            object: draft.object,
            cycle,
            duration: 0,
            job: draft.job,
            flags,
            action: draft.action,
            status: draft.status,
            story: draft.story,
            code: draft.code,
            retries: draft.retries,
            edge: 0,
        });
    }

    /// Notes that an object came, was disabled or went.
    pub fn set_state(&mut self, object: u32, state: State, time: i64) {
        let place = object as usize;
        let was_there = matches!(self.states[place], State::Live | State::Disabled);
        if state == State::Live && !was_there {
            self.exists_from[place] = time;
        }
        self.states[place] = state;
    }

    /// Keeps an object from ordinary changes until a time.
    pub fn hold(&mut self, object: u32, until: i64) {
        let busy = &mut self.busy_until[object as usize];
        *busy = until.max(*busy);
    }

    /// Whether the object is free for a change: in nobody's hands, and in the target if it is said to be.
    pub fn is_free(&self, object: u32, time: i64) -> bool {
        let there =
            self.states[object as usize] == State::Absent || self.exists_from[object as usize] <= time;
        there && self.busy_until[object as usize] < time
    }

    /// A free object of the wanted state in a range, if one is met within forty draws.
    pub fn find(&self, stream: &mut Stream, first: u32, count: u32, state: State, time: i64) -> Option<u32> {
        (0..40)
            .map(|_| first + stream.below(u64::from(count)) as u32)
            .find(|object| self.states[*object as usize] == state && self.is_free(*object, time))
    }

    /// Writes a failure and its further attempts: 6, 12, 24 hours later, then daily, until it is mended or the
    /// object is taken away. Seven of ten are mended within three days.
    pub fn fail(&mut self, draft: Draft, due: i64) {
        let first = self.write(draft, due);
        let mut stream = Stream::of(draft.key ^ 0xE5C4);
        let mended = match draft.code {
            codes::BUSY | codes::TIME_OUT => true,
            _ => stream.chance(7, 10),
        };
        let until = match draft.code {
            codes::BUSY | codes::TIME_OUT => first + HOUR,
            _ if mended => first + stream.between(HOUR, 3 * DAY),
            _ => first + stream.between(5 * DAY, 20 * DAY),
        };
        self.retry(draft, first, until, mended);
    }

    /// The attempts after a first failure: failures before `until`, then a success, or a delete of what was never mended.
    pub fn retry(&mut self, draft: Draft, first: i64, until: i64, mended: bool) {
        let mut last = first;
        for attempt in 0..60i64 {
            let hours = ATTEMPTS.get(attempt as usize).copied().unwrap_or((attempt - 1) * 24);
            let due = first + hours * HOUR;
            if due > self.options.now + DAY {
                last = due;
                break;
            }
            let again = Draft {
                retries: (attempt + 1).min(255) as u8,
                key: key(draft.key, "retry", attempt as u64),
                ..draft
            };
            if due >= until {
                last = self.close(again, due, mended);
                break;
            }
            last = self.write(again, due);
        }
        self.hold(draft.object, last);
    }

    /// The row that ends a failure.
    fn close(&mut self, draft: Draft, due: i64, mended: bool) -> i64 {
        if mended {
            let done = Draft { status: Status::Success, code: codes::NONE, ..draft };
            if draft.story == Story::Add {
                let time = self.write(done, due);
                self.set_state(draft.object, State::Live, time);
                return time;
            }
            return self.write(done, due);
        }
        if self.states[draft.object as usize] == State::Absent {
            return due;
        }
        let gone = Draft {
            retries: 0,
            ..Draft::new(draft.job, draft.object, Action::Delete, Story::Remove, draft.key)
        };
        let time = self.write(gone, due);
        self.set_state(draft.object, State::Deleted, time);
        time
    }
}

/// Log-like durations: half at 400 ms, nine in ten below 1.8 s, one in a hundred above 9 s.
pub(super) fn duration(key: u64, code: u8) -> i32 {
    let mut stream = Stream::of(key ^ 0xD0D0);
    if code == codes::TIME_OUT {
        return 600_000 + stream.below(900) as i32;
    }
    const STEPS: [(i64, i64); 6] =
        [(60, 150), (150, 400), (400, 800), (800, 1_800), (1_800, 9_000), (9_000, 60_000)];
    let (low, high) = STEPS[stream.weighted(&[150, 350, 250, 150, 90, 10])];
    stream.between(low, high) as i32
}

/// A record is delivered sooner than that after it happened.
pub(super) const LATEST: i64 = 13 * HOUR + 10 * MINUTE;

/// When a record is delivered: three to ten minutes after it happened, sometimes much later.
pub(super) fn arrival(key: u64, time: i64) -> i64 {
    let mut stream = Stream::of(key ^ 0xA441);
    let usual = stream.between(3 * MINUTE, 10 * MINUTE);
    let late = match stream.below(1_000) {
        0 => stream.between(2 * HOUR, 13 * HOUR),
        1..=10 => stream.between(30 * MINUTE, 90 * MINUTE),
        _ => 0,
    };
    time + usual + late
}
