//! The story of thirty days, told on the first domain (trouble with agents and credentials on the last one) and
//! repeated in a longer run. Counts are for 20,000 users and scale with the tenant, at least twelve.

use super::calendar::{DAY, HOUR, MINUTE, SECOND};
use super::codes;
use super::event::*;
use super::ordinary::hr_batch;
use super::random::{Stream, key};
use super::timeline::{Draft, State, Timeline};
use super::world::Domain;

/// A count of the story, scaled to the tenant.
pub(super) fn scaled(users: u32, count: u64) -> u64 {
    (count * u64::from(users) / 20_000).max(12)
}

/// The days on which a configuration changed or the job was restarted: day of the story, hour, text.
pub(super) const CONFIGURATION: [(i64, i64, &str); 4] = [
    (0, 0, "Provisioning was started"),
    (3, 8, "Scoping filters were changed"),
    (14, 6, "Provisioning was restarted"),
    (29, 7, "Attribute mappings were changed"),
];

/// The days of quarantine: day of the story, hour, reason.
pub(super) const QUARANTINE: [(i64, i64, &str); 4] = [
    (13, 9, "QuarantineTooManyDeletesThreshold"),
    (26, 11, "EncounteredEscrowProportionThreshold"),
    (27, 11, "EncounteredEscrowProportionThreshold"),
    (28, 11, "EncounteredEscrowProportionThreshold"),
];

/// One telling of the story, thirty days from `begin`.
struct Story30<'a, 'b> {
    timeline: &'a mut Timeline<'b>,
    begin: i64,
    first: Domain,
    last: Domain,
}

/// Announces the silences; must come before anything is written.
pub(super) fn silences(timeline: &mut Timeline) {
    for begin in begins(timeline) {
        let first = timeline.world.domains[0].clone();
        let last = timeline.world.domains[timeline.world.domains.len() - 1].clone();
        let at = |day: i64, hour: i64, minute: i64| begin + day * DAY + hour * HOUR + minute * MINUTE;
        for job in [first.object_job, first.password_job] {
            timeline.silence(job, at(16, 2, 0), at(16, 11, 30));
        }
        // Nothing is written while the password is expired, besides the failures of the story.
        timeline.silence(last.object_job, at(18, 8, 0), at(19, 6, 0));
        timeline.silence(first.password_job, at(21, 0, 0), at(25, 0, 0));
        timeline.silence(first.object_job, at(26, 11, 0), at(29, 6, 0));
    }
}

/// Tells what happens on one day of the run.
pub(super) fn tell(timeline: &mut Timeline, day: i64) {
    let first = timeline.world.domains[0].clone();
    let last = timeline.world.domains[timeline.world.domains.len() - 1].clone();
    let begin = timeline.start + day / 30 * 30 * DAY;
    let mut story = Story30 { timeline, begin, first, last };
    match day % 30 {
        3 => story.out_of_scope(),
        6 => story.lost_domain(),
        9 => story.big_batch(),
        12 => story.moved(),
        13 => story.wiped(),
        18 => story.expired(),
        20 => story.ill_agent(),
        25 => story.throttled(),
        26 => story.quarantine(),
        29 => story.renames(),
        _ => {}
    }
}

fn begins(timeline: &Timeline) -> Vec<i64> {
    (0..timeline.options.run_days()).step_by(30).map(|day| timeline.start + day * DAY).collect()
}

impl Story30<'_, '_> {
    fn at(&self, day: i64, hour: i64, minute: i64) -> i64 {
        self.begin + day * DAY + hour * HOUR + minute * MINUTE
    }

    fn count(&self, count: u64) -> u64 {
        scaled(self.timeline.world.users, count)
    }

    fn key(&self, label: &str, number: u64) -> u64 {
        key(self.timeline.options.seed, label, (self.begin as u64) ^ number)
    }

    /// So many different free live users of a domain.
    fn users(&self, domain: &Domain, label: &str, count: u64, time: i64) -> Vec<u32> {
        let mut stream = Stream::of(self.key(label, 1 << 40));
        let offset = stream.below(u64::from(domain.users)) as u32;
        (0..domain.users)
            .map(|index| domain.first + (index + offset) % domain.users)
            .filter(|object| {
                let live = self.timeline.states[*object as usize] == State::Live;
                live && self.timeline.is_free(*object, time)
            })
            .take(count as usize)
            .collect()
    }

    /// Writes one row for each object, evenly between two times.
    fn spread(&mut self, objects: &[u32], label: &str, from: i64, to: i64, draft: Draft) {
        let step = (to - from) / (objects.len() as i64 + 1);
        for (number, object) in objects.iter().enumerate() {
            let key = self.key(label, number as u64);
            let time = from + step * number as i64 + Stream::of(key).between(0, SECOND);
            self.timeline.write_at(Draft { object: *object, key, ..draft }, time);
        }
    }

    /// Day 3: an organisational unit leaves the scope.
    fn out_of_scope(&mut self) {
        let (from, to) = (self.at(3, 9, 0), self.at(3, 9, 40));
        let users = self.users(&self.first, "scope", self.count(400), from);
        let draft = Draft::new(self.first.object_job, 0, Action::Update, Story::OutOfScope, 0);
        self.spread(&users, "scope", from, to, draft.status(Status::Skipped));
    }

    /// Day 6: a mail domain is removed; its users fail until day 8.
    fn lost_domain(&mut self) {
        let (from, to) = (self.at(6, 10, 0), self.at(6, 13, 0));
        let users = self.users(&self.first, "lost domain", self.count(180), from);
        for (number, object) in users.iter().enumerate() {
            let key = self.key("lost domain", number as u64);
            let due = from + (to - from) / (users.len() as i64 + 1) * number as i64;
            let draft = Draft::new(self.first.object_job, *object, Action::Update, Story::Change, key);
            let draft = draft.failure(codes::INVALID_DOMAIN);
            let time = self.timeline.write(draft, due);
            self.timeline.retry(draft, time, self.at(8, 9, 0), true);
        }
    }

    /// Day 9: the HR system writes one user in twenty; nothing should be alarmed.
    fn big_batch(&mut self) {
        let domain = self.first.clone();
        let day = (self.begin - self.timeline.start) / DAY + 9;
        hr_batch(self.timeline, &domain, 0, day, self.at(9, 0, 0), 50);
    }

    /// Day 12: an organisational unit is moved away: a spike of deletes below the threshold.
    fn moved(&mut self) {
        let (from, to) = (self.at(12, 8, 20), self.at(12, 8, 50));
        let delete = Draft::new(self.first.object_job, 0, Action::Delete, Story::Remove, 0);
        let users = self.users(&self.first, "moved", self.count(60), from);
        self.spread(&users, "moved", from, to, delete);
        for object in &users {
            self.timeline.set_state(*object, State::Deleted, to);
            self.timeline.hold(*object, to);
        }
    }

    /// Day 13: deletes over the threshold are held back; day 14: all are restored.
    fn wiped(&mut self) {
        let delete = Draft::new(self.first.object_job, 0, Action::Delete, Story::Remove, 0);
        let (threshold, all) = (self.count(500) as usize, self.count(650) as usize);
        let users = self.users(&self.first, "wiped", all as u64, self.at(13, 8, 20));
        let (deleted, staged) = users.split_at(threshold.min(users.len()));
        self.spread(deleted, "wiped", self.at(13, 8, 20), self.at(13, 8, 50), delete);
        let held = Draft { action: Action::StagedDelete, story: Story::Staged, ..delete };
        self.spread(staged, "staged", self.at(13, 8, 50), self.at(13, 9, 0), held.status(Status::Skipped));
        let restored = &users[..users.len().min(self.count(600) as usize)];
        let update = Draft::new(self.first.object_job, 0, Action::Update, Story::Change, 0);
        self.spread(restored, "restored", self.at(14, 9, 0), self.at(14, 11, 0), update);
        let end = self.at(14, 11, 0);
        users.iter().for_each(|object| self.timeline.hold(*object, end));
    }

    /// Day 18: the password of the account that synchronises expires, then silence.
    fn expired(&mut self) {
        let users = self.users(&self.last, "expired", self.count(30), self.at(18, 8, 0));
        let draft = Draft::new(self.last.object_job, 0, Action::Update, Story::Change, 0);
        let (from, to) = (self.at(18, 8, 0), self.at(18, 20, 0));
        self.spread(&users, "expired", from, to, draft.failure(codes::EXPIRED));
    }

    /// Day 20: one agent of two is ill.
    fn ill_agent(&mut self) {
        let draft = Draft::new(self.last.object_job, 0, Action::Update, Story::Change, 0);
        let users = self.users(&self.last, "no agents", self.count(12), self.at(20, 9, 0));
        self.spread(
            &users,
            "no agents",
            self.at(20, 9, 0),
            self.at(20, 9, 30),
            draft.failure(codes::NO_AGENTS),
        );
        let users = self.users(&self.last, "time out", self.count(25), self.at(20, 9, 0));
        self.spread(
            &users,
            "time out",
            self.at(20, 9, 30),
            self.at(20, 12, 0),
            draft.failure(codes::TIME_OUT),
        );
    }

    /// Day 25: the target is busy; everything is tried again and done.
    fn throttled(&mut self) {
        let users = self.users(&self.last, "busy", self.count(300), self.at(25, 14, 0));
        let (from, to) = (self.at(25, 14, 0), self.at(25, 14, 50));
        let draft = Draft::new(self.last.object_job, 0, Action::Update, Story::Change, 0);
        self.spread(&users, "busy", from, to, draft.failure(codes::BUSY));
        let again = Draft { retries: 1, ..draft };
        self.spread(&users, "busy again", from + 6 * HOUR, to + 6 * HOUR, again);
    }

    /// Days 26 to 28: most writes fail, the job is quarantined and shows itself once a day.
    fn quarantine(&mut self) {
        let (from, to) = (self.at(26, 9, 0), self.at(26, 11, 0));
        let users = self.users(&self.first, "quarantine", self.count(5_000), from);
        let draft = Draft::new(self.first.object_job, 0, Action::Update, Story::Change, 0);
        let failed = draft.failure(codes::INTERNAL);
        self.spread(&users, "quarantine", from, to, failed);
        let probes: Vec<u32> = users.iter().copied().take((users.len() / 200).clamp(1, 15)).collect();
        for day in [27, 28] {
            let again = Draft { retries: (day - 26) as u8, ..failed };
            let label = if day == 27 { "probe 1" } else { "probe 2" };
            self.spread(&probes, label, self.at(day, 11, 0), self.at(day, 11, 2), again);
        }
        let mended = Draft { retries: 3, ..draft };
        self.spread(&users, "released", self.at(29, 6, 10), self.at(29, 8, 0), mended);
        let end = self.at(29, 8, 0);
        users.iter().for_each(|object| self.timeline.hold(*object, end));
    }

    /// Day 29: a rename of sign-in names, and a code never seen before.
    fn renames(&mut self) {
        let (from, to) = (self.at(29, 9, 0), self.at(29, 9, 50));
        let users = self.users(&self.first, "rename", self.count(90), from);
        let draft = Draft::new(self.first.object_job, 0, Action::Update, Story::Rename, 0);
        self.spread(&users, "rename", from, to, draft);
        let users = self.users(&self.first, "new code", 3, from);
        let draft = Draft { story: Story::Change, ..draft };
        self.spread(
            &users,
            "new code",
            self.at(29, 13, 0),
            self.at(29, 13, 20),
            draft.failure(codes::NEW_CODE),
        );
    }
}
