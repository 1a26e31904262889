//! Works through what a page is made of, each part when what it needs is there: values of parameters, answers of
//! queries, items. In: a first part, and how one is made. Out: all parts made.
//!
//! A part is tried. Where something it needs is not there yet, that is made first and the part is tried again; so no
//! list of what needs what has to be known before. Parts that need each other are made in document order, as if what
//! is not there yet were unset.

use super::job::{Job, Reply};
use super::value::Settled;
use crate::page::PageItem;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Parts made side by side; each query also works on several cores by itself.
const SIDE_BY_SIDE: usize = 2;
/// Binding walks deep expressions by recursion.
const STACK: usize = 16 << 20;

/// A choice of tabs under which parts are made; 0 is the reader's own.
pub type World = usize;

/// A part.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// The outermost items.
    Roots,
    /// Whether an item is shown.
    Shown(World, usize),
    /// An item.
    Item(World, usize),
    /// The value of a parameter.
    Value(World, usize),
    /// The answer of a query.
    Query(Arc<Job>),
}

impl Part {
    /// When its turn comes among those that can be made: what takes no time first.
    fn turn(&self) -> u8 {
        match self {
            Part::Query(job) => 1 + job.turn,
            Part::Roots | Part::Shown(..) | Part::Item(..) | Part::Value(..) => 0,
        }
    }

    /// Document order, parameters first.
    fn order(&self) -> (u8, World, usize) {
        match self {
            Part::Value(world, at) => (0, *world, *at),
            Part::Shown(world, at) => (1, *world, *at),
            Part::Item(world, at) => (2, *world, *at),
            Part::Roots => (3, 0, 0),
            Part::Query(_) => (4, 0, 0),
        }
    }
}

/// A part that is made.
#[derive(Clone)]
pub enum Made {
    /// Nothing to be kept.
    Nothing,
    /// Whether it is shown.
    Shown(bool),
    /// The pickers of a panel that stands alone.
    Pickers(Arc<Vec<PageItem>>),
    /// The item; none where it is not shown.
    Item(Option<Arc<PageItem>>),
    /// The value.
    Value(Arc<Settled>),
    /// The answer.
    Answer(Reply),
}

/// What is made, and what a part asks for while it is tried.
pub struct Look<'b> {
    board: &'b Board,
    /// What it needs in a circle: taken as unset.
    without: Vec<Part>,
    missing: RefCell<Vec<Part>>,
    wanted: RefCell<Vec<Part>>,
}

impl Look<'_> {
    /// Whether an item is shown; none while it is not known.
    pub fn shown(&self, world: World, at: usize) -> Option<bool> {
        match self.part(Part::Shown(world, at))? {
            Made::Shown(shown) => Some(shown),
            Made::Nothing | Made::Pickers(_) | Made::Item(_) | Made::Value(_) | Made::Answer(_) => {
                Some(false)
            }
        }
    }

    /// The value of a parameter; none while it is not known.
    pub fn value(&self, world: World, at: usize) -> Option<Arc<Settled>> {
        match self.part(Part::Value(world, at))? {
            Made::Value(value) => Some(value),
            Made::Nothing | Made::Pickers(_) | Made::Shown(_) | Made::Item(_) | Made::Answer(_) => {
                Some(Arc::default())
            }
        }
    }

    /// The answer of a query; none while it is not known.
    pub fn answer(&self, job: &Arc<Job>) -> Option<Reply> {
        match self.part(Part::Query(Arc::clone(job)))? {
            Made::Answer(reply) => Some(reply),
            Made::Nothing | Made::Pickers(_) | Made::Shown(_) | Made::Item(_) | Made::Value(_) => {
                Some(Err(Arc::new(calypso_engine::QueryError::Cancelled)))
            }
        }
    }

    /// Waits for a part.
    pub fn finished(&self, part: Part) -> Option<()> {
        self.part(part).map(|_| ())
    }

    /// The parameters of a world whose values are there, in document order.
    pub fn settled(&self, world: World) -> Vec<usize> {
        let state = self.board.state();
        let settled = state.made.keys().filter_map(|part| match part {
            Part::Value(of, at) if *of == world => Some(*at),
            Part::Value(..) | Part::Roots | Part::Shown(..) | Part::Item(..) | Part::Query(_) => None,
        });
        let mut settled: Vec<usize> = settled.collect();
        settled.sort_unstable();
        settled
    }

    /// Has a part made without waiting for it.
    pub fn want(&self, part: Part) {
        self.wanted.borrow_mut().push(part);
    }

    /// Whether something asked for is not there yet.
    pub fn blocked(&self) -> bool {
        !self.missing.borrow().is_empty()
    }

    fn part(&self, part: Part) -> Option<Made> {
        if let Some(made) = self.board.state().made.get(&part) {
            return Some(made.clone());
        }
        if self.without.contains(&part) {
            return Some(Made::Nothing);
        }
        self.missing.borrow_mut().push(part);
        None
    }
}

/// Makes everything that follows from the first part. `attempt` gives nothing while something it asked for is missing.
/// Queries that wait for nothing are answered all at once by `answers`, a reply for each.
pub fn run(
    first: Part,
    attempt: impl Fn(&Part, &Look<'_>) -> Option<Made> + Sync,
    answers: impl Fn(&[Arc<Job>]) -> Vec<Reply> + Sync,
) -> HashMap<Part, Made> {
    let board = Board::default();
    board.state().begin(first);
    let work = || board.work(&attempt, &answers);
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..SIDE_BY_SIDE)
            .filter_map(|_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok())
            .collect();
        if started.is_empty() {
            work();
        }
    });
    std::mem::take(&mut board.state().made)
}

/// What is made and what is to do.
#[derive(Default)]
struct Board {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    made: HashMap<Part, Made>,
    begun: HashSet<Part>,
    ready: BinaryHeap<Ready>,
    /// What each part that waits still needs.
    waiting: HashMap<Part, HashSet<Part>>,
    /// Who waits for a part.
    asked_by: HashMap<Part, Vec<Part>>,
    /// What parts are made without, as they need it in a circle.
    without: HashMap<Part, Vec<Part>>,
    running: usize,
    count: u64,
    broken: bool,
}

/// A part that can be tried: the smallest turn first, then the one that came first.
struct Ready {
    rank: Reverse<(u8, u64)>,
    part: Part,
}

impl PartialEq for Ready {
    fn eq(&self, other: &Ready) -> bool {
        self.rank == other.rank
    }
}

impl Eq for Ready {}

impl PartialOrd for Ready {
    fn partial_cmp(&self, other: &Ready) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ready {
    fn cmp(&self, other: &Ready) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

impl State {
    fn begin(&mut self, part: Part) {
        if self.begun.insert(part.clone()) {
            self.push(part);
        }
    }

    fn push(&mut self, part: Part) {
        self.count += 1;
        self.ready.push(Ready { rank: Reverse((part.turn(), self.count)), part });
    }

    /// Takes out the queries over the logs alone, in the order of their turns.
    fn other_queries(&mut self) -> Vec<Arc<Job>> {
        let mut jobs = Vec::new();
        for ready in std::mem::take(&mut self.ready).into_sorted_vec().into_iter().rev() {
            match &ready.part {
                Part::Query(job) if job.tables.is_empty() => jobs.push(Arc::clone(job)),
                Part::Query(_) | Part::Roots | Part::Shown(..) | Part::Item(..) | Part::Value(..) => {
                    self.ready.push(ready);
                }
            }
        }
        jobs
    }

    /// Takes in what came of a part.
    fn settle(&mut self, part: Part, made: Option<Made>, missing: Vec<Part>) {
        let Some(made) = made.or_else(|| missing.is_empty().then_some(Made::Nothing)) else {
            missing.iter().for_each(|one| self.begin(one.clone()));
            let open: HashSet<Part> =
                missing.into_iter().filter(|one| !self.made.contains_key(one)).collect();
            if open.is_empty() {
                return self.push(part);
            }
            for one in &open {
                self.asked_by.entry(one.clone()).or_default().push(part.clone());
            }
            self.waiting.insert(part, open);
            return;
        };
        for who in self.asked_by.remove(&part).unwrap_or_default() {
            let Some(open) = self.waiting.get_mut(&who) else { continue };
            open.remove(&part);
            if open.is_empty() {
                self.waiting.remove(&who);
                self.push(who);
            }
        }
        self.made.insert(part, made);
    }

    /// Parts wait for each other and nothing else is to do: the first in a circle goes on without what leads back to it.
    fn break_circle(&mut self) {
        let mut waiting: Vec<&Part> = self.waiting.keys().collect();
        waiting.sort_by_key(|part| part.order());
        let first = waiting.into_iter().find_map(|part| {
            let back: Vec<Part> =
                self.waiting[part].iter().filter(|need| self.leads_to(need, part)).cloned().collect();
            (!back.is_empty()).then(|| (part.clone(), back))
        });
        // Each that waits needs another that waits, so there is a circle; without one, nothing can be made any more.
        let Some((part, back)) = first else {
            self.broken = true;
            return;
        };
        self.waiting.remove(&part);
        self.without.entry(part.clone()).or_default().extend(back);
        self.push(part);
    }

    /// Whether a part that waits needs another, itself or by others.
    fn leads_to(&self, from: &Part, to: &Part) -> bool {
        let mut seen = HashSet::new();
        let mut next = vec![from];
        while let Some(part) = next.pop() {
            if part == to {
                return true;
            }
            if seen.insert(part) {
                next.extend(self.waiting.get(part).into_iter().flatten());
            }
        }
        false
    }
}

impl Board {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tries parts until none is left.
    fn work(
        &self,
        attempt: &(impl Fn(&Part, &Look<'_>) -> Option<Made> + Sync),
        answers: &(impl Fn(&[Arc<Job>]) -> Vec<Reply> + Sync),
    ) {
        let stop = StopWhenBroken(self);
        while let Some(turn) = self.next() {
            match turn {
                Turn::Part(part, without) => {
                    let (missing, wanted) = (RefCell::default(), RefCell::default());
                    let look = Look { board: self, without, missing, wanted };
                    let made = attempt(&part, &look);
                    let mut state = self.state();
                    state.running -= 1;
                    look.wanted.into_inner().into_iter().for_each(|part| state.begin(part));
                    state.settle(part, made, look.missing.into_inner());
                }
                Turn::Queries(jobs) => {
                    let replies = answers(&jobs);
                    let mut state = self.state();
                    state.running -= 1;
                    for (job, reply) in jobs.into_iter().zip(replies) {
                        state.settle(Part::Query(job), Some(Made::Answer(reply)), Vec::new());
                    }
                }
            }
            self.bell.notify_all();
        }
        drop(stop);
    }

    fn next(&self) -> Option<Turn> {
        let mut state = self.state();
        loop {
            if state.broken {
                return None;
            }
            if let Some(ready) = state.ready.pop() {
                state.running += 1;
                if let Part::Query(job) = &ready.part
                    && job.tables.is_empty()
                {
                    let mut jobs = vec![Arc::clone(job)];
                    jobs.extend(state.other_queries());
                    return Some(Turn::Queries(jobs));
                }
                let without = state.without.get(&ready.part).cloned().unwrap_or_default();
                return Some(Turn::Part(ready.part, without));
            }
            if state.running > 0 {
                state = self.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
            } else if state.waiting.is_empty() {
                return None;
            } else {
                state.break_circle();
            }
        }
    }
}

/// What is to be done next.
enum Turn {
    /// A part with what it is made without.
    Part(Part, Vec<Part>),
    /// All queries over the logs alone whose turn has come.
    Queries(Vec<Arc<Job>>),
}

/// A fault in one thread must not leave the other waiting.
struct StopWhenBroken<'b>(&'b Board);

impl Drop for StopWhenBroken<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.state().broken = true;
        }
        self.0.bell.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that need others: those of `needs[at]`.
    fn made_of(needs: &[&[usize]], first: &[usize]) -> Vec<usize> {
        let order = Mutex::new(Vec::new());
        run(
            Part::Roots,
            |part, look| {
                let Part::Value(_, at) = part else {
                    first.iter().for_each(|at| look.want(Part::Value(0, *at)));
                    return Some(Made::Nothing);
                };
                let there = needs[*at].iter().filter(|need| look.value(0, **need).is_some()).count();
                if there < needs[*at].len() {
                    return None;
                }
                order.lock().unwrap().push(*at);
                Some(Made::Value(Arc::default()))
            },
            |_| Vec::new(),
        );
        order.into_inner().unwrap()
    }

    #[test]
    fn what_is_needed_is_made_first_and_nothing_else() {
        let order = made_of(&[&[1, 2], &[2], &[], &[0]], &[0]);
        assert_eq!(order, [2, 1, 0]);
    }

    #[test]
    fn a_circle_is_broken_in_document_order() {
        assert_eq!(made_of(&[&[2], &[0], &[1]], &[2]), [0, 1, 2]);
        assert_eq!(made_of(&[&[0]], &[0]), [0]);
        // What only waits for a circle is no part of it.
        let order = made_of(&[&[1], &[2], &[1]], &[0]);
        assert_eq!((order.len(), order[0]), (3, 1));
        let two = made_of(&[&[1], &[0], &[3], &[2], &[]], &[4, 3, 1]);
        assert_eq!((two.len(), two[0]), (5, 4));
        let at = |value| two.iter().position(|one| *one == value);
        assert!(at(0) < at(1) && at(2) < at(3), "{two:?}");
    }
}
