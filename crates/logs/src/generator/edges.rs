//! Rows that are always there, with ids that never change: the corners every reader and every panel must get right.

use super::calendar::{DAY, HOUR};
use super::event::*;
use super::random::{Stream, key};
use super::world::World;
use super::{Options, codes};

/// One corner: when (ticks before the end of the run), on which object of the first domain, and what is odd about it.
struct Edge {
    before: i64,
    object: Who,
    action: Action,
    status: Status,
    story: Story,
    flags: u16,
}

/// The object of a corner.
#[derive(Clone, Copy)]
enum Who {
    /// A user of the first domain; the first six have unusual names.
    User(u32),
    /// A group of the first domain; the first three are the emoji, the longest name, and everyone.
    Group(u32),
    /// A contact of the first domain.
    Contact,
    /// The user whose type is spelled `User`.
    Capital,
    /// The device.
    Device,
}

const fn edge(before: i64, object: Who, action: Action, status: Status, story: Story, flags: u16) -> Edge {
    Edge { before, object, action, status, story, flags }
}

const fn plain(before: i64, user: u32) -> Edge {
    edge(before, Who::User(user), Action::Update, Status::Success, Story::Change, 0)
}

/// All corners; their ids end in their place, counted from 1.
const EDGES: [Edge; 27] = [
    // The last tick of a day, the end of the run, and both sides of every window's start.
    plain(DAY + 1, 6),
    plain(0, 6),
    plain(4 * HOUR, 6),
    plain(4 * HOUR - 1, 6),
    plain(48 * HOUR, 6),
    plain(48 * HOUR - 1, 6),
    plain(7 * DAY, 6),
    plain(7 * DAY - 1, 6),
    plain(30 * DAY - 1, 6),
    // Empty columns.
    edge(3 * HOUR, Who::User(6), Action::Update, Status::Success, Story::Change, BLANK_JOB),
    edge(3 * HOUR + 1, Who::User(6), Action::Update, Status::Success, Story::Change, BLANK_ACTION),
    edge(3 * HOUR + 2, Who::User(6), Action::Update, Status::Success, Story::Change, BLANK_RESULT),
    edge(3 * HOUR + 3, Who::User(6), Action::Update, Status::Success, Story::Change, NO_STEPS),
    edge(3 * HOUR + 4, Who::User(6), Action::Update, Status::Success, Story::Change, NULL_STEPS),
    edge(3 * HOUR + 5, Who::User(6), Action::Update, Status::Success, Story::Change, TARGET_UNNAMED),
    // Names hard on quotes, encodings and delimiters.
    plain(2 * HOUR, 0),
    plain(2 * HOUR + 1, 1),
    plain(2 * HOUR + 2, 2),
    plain(2 * HOUR + 3, 3),
    plain(2 * HOUR + 4, 4),
    plain(2 * HOUR + 5, 5),
    edge(2 * HOUR + 6, Who::Group(0), Action::Update, Status::Success, Story::Members, 0),
    edge(2 * HOUR + 7, Who::Group(1), Action::Update, Status::Warning, Story::MissingMember, 0),
    // Long texts: two thousand members, a reason of sixteen KiB.
    edge(HOUR, Who::Group(2), Action::Update, Status::Success, Story::Crowd, 0),
    edge(HOUR + 1, Who::Contact, Action::Update, Status::Failure, Story::Change, LONG_REASON),
    // Types that some panels leave out.
    edge(HOUR + 2, Who::Capital, Action::Update, Status::Success, Story::Change, 0),
    edge(HOUR + 3, Who::Device, Action::Other, Status::Skipped, Story::Redundant, 0),
];

/// The objects of the first domain that corners are told on.
pub(super) fn kept(world: &World) -> impl Iterator<Item = u32> {
    let domain = &world.domains[0];
    let groups = domain.first + domain.users;
    let contact = groups + domain.groups;
    (domain.first..domain.first + 7).chain(groups..groups + 3).chain(contact..contact + 1)
}

/// The rows with fixed ids that fall into the run.
pub(super) fn events(options: &Options, world: &World) -> Vec<Event> {
    let domain = &world.domains[0];
    let job = domain.object_job;
    let period = world.jobs[usize::from(job)].period;
    let start = options.start();
    EDGES
        .iter()
        .enumerate()
        .filter(|(_, edge)| options.now - edge.before > start)
        .map(|(place, edge)| {
            let time = options.now - edge.before;
            let key = key(options.seed, "edge", place as u64);
            let code = match edge.status {
                Status::Failure => codes::INTERNAL,
                Status::Warning => codes::REFERENCE,
                Status::Success | Status::Skipped => codes::NONE,
            };
            Event {
                time,
                arrival: time,
                key,
                object: match edge.object {
                    Who::User(index) => domain.first + index,
                    Who::Group(index) => domain.first + domain.users + index,
                    Who::Contact => domain.first + domain.users + domain.groups,
                    Who::Capital => world.capital_user,
                    Who::Device => world.device,
                },
                cycle: ((time - start) / period) as u32,
                duration: Stream::of(key).between(100, 2_000) as i32,
                job,
                flags: edge.flags,
                action: edge.action,
                status: edge.status,
                story: edge.story,
                code,
                retries: 0,
                edge: place as u8 + 1,
            }
        })
        .collect()
}
