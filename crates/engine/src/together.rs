//! Several queries asked at once: what they have in common is computed once, and they run side by side.

use crate::engine::{Engine, RunOptions, clock};
use crate::error::QueryError;
use crate::lower::order_matters;
use crate::optimization::Optimization;
use crate::prepare::Prepared;
use crate::run::QueryState;
use crate::share::{SharedRows, share};
use crate::shredded::with_members;
use calypso_library::Answer;
use calypso_planner::plan::{Bound, Node, Plan};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Queries run side by side; each also works on several cores by itself.
const SIDE_BY_SIDE: usize = 2;

/// A bound query with its circumstances.
type Ready = (Bound, Arc<QueryState>);

/// What a query sees of a table: by its times, ticks, and, where it sees what was there at an instant, who it is.
type Seen = (Option<(i64, i64)>, Option<usize>);

/// Runs queries; an answer for each, in their order.
pub(crate) fn run(engine: &Engine, queries: &[(String, RunOptions)]) -> Vec<Result<Vec<Answer>, QueryError>> {
    let now = engine.options.now.unwrap_or_else(clock);
    let mut failed = Vec::new();
    let mut alone = Vec::new();
    // Queries that see the same rows of a table may share.
    let mut groups: BTreeMap<Seen, Vec<(usize, Ready)>> = BTreeMap::new();
    for (at, (text, options)) in queries.iter().enumerate() {
        let options = RunOptions { now: options.now.or(Some(now)), ..options.clone() };
        let state = engine.state(&options);
        match engine.bind(text, &options, &state) {
            Err(error) => failed.push((at, Err(error))),
            Ok(bound) if bound.answers.iter().any(|answer| answer.effect.is_some()) => {
                alone.push((at, text, options));
            }
            Ok(bound) => {
                let alone = (!options.there.is_empty()).then_some(at);
                groups.entry((options.time_range, alone)).or_default().push((at, (bound, state)));
            }
        }
    }
    let mut ready = Vec::new();
    for group in groups.into_values() {
        let (places, group): (Vec<usize>, Vec<Ready>) = group.into_iter().unzip();
        let optimizations = engine.options.optimizations;
        let several = optimizations.has(Optimization::SharePanels) && group.len() > 1;
        let sets: Vec<Vec<Ready>> =
            if several { vec![group] } else { group.into_iter().map(|one| vec![one]).collect() };
        let mut places = places.into_iter();
        for set in sets {
            let own: Vec<usize> = places.by_ref().take(set.len()).collect();
            let set = if several || optimizations.has(Optimization::SharePlan) {
                shared(engine, set)
            } else {
                Ok(set)
            };
            match set {
                Ok(set) => ready.extend(own.into_iter().zip(set)),
                Err(error) => failed.extend(own.into_iter().map(|at| (at, Err(error.clone())))),
            }
        }
    }
    let mut done = side_by_side(ready, |(bound, state)| engine.answers(bound, &state));
    done.extend(failed);
    done.extend(
        alone.into_iter().map(|(at, text, options)| (at, engine.apart(Vec::new()).run_with(text, &options))),
    );
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, answers)| answers).collect()
}

/// The queries with what their plans have in common computed once. All see the same times of a table.
pub(crate) fn shared(engine: &Engine, queries: Vec<Ready>) -> Result<Vec<Ready>, QueryError> {
    let changes = |bound: &Bound| bound.answers.iter().any(|answer| answer.effect.is_some());
    if queries.iter().any(|(bound, _)| changes(bound)) {
        return Ok(queries);
    }
    let (mut bounds, states): (Vec<Bound>, Vec<Arc<QueryState>>) = queries.into_iter().unzip();
    let mut plans = Vec::new();
    for (query, bound) in bounds.iter_mut().enumerate() {
        plans.extend(std::mem::take(&mut bound.answers).into_iter().map(|answer| (query, answer)));
    }
    let known: Vec<Prepared> = states.iter().map(|state| state.prepared()).collect();
    let members = engine.options.optimizations.has(Optimization::StoredMembers);
    let tables = Arc::clone(&engine.tables);
    let (plans, in_order) = engine.on_runtime(async move {
        let (mut own, answers): (Vec<_>, Vec<_>) = plans
            .into_iter()
            .map(|(query, mut answer)| {
                let plan = std::mem::replace(&mut answer.plan, no_plan());
                let plan = if members { with_members(&plan, &tables) } else { plan };
                ((query, plan), (query, answer))
            })
            .unzip();
        let in_order = own.iter().any(|(_, plan)| order_matters(plan, &Prepared::default()));
        share(&mut own, |query, number| known[query].knows(number));
        let whole = answers.into_iter().zip(own).map(|((query, mut answer), (_, plan))| {
            answer.plan = plan;
            (query, answer)
        });
        Ok((whole.collect::<Vec<_>>(), in_order))
    })?;
    for (query, answer) in plans {
        bounds[query].answers.push(answer);
    }
    let rows = Arc::new(SharedRows::new(in_order));
    let sharing = states.iter().map(|state| Arc::new(state.sharing(Arc::clone(&rows))));
    Ok(bounds.into_iter().zip(sharing).collect())
}

/// Stands where a plan was taken out.
fn no_plan() -> Plan {
    Plan { node: Node::Values { rows: Vec::new() }, columns: Vec::new() }
}

/// Does each piece of work, several at a time.
fn side_by_side<W: Send, T: Send>(work: Vec<(usize, W)>, each: impl Fn(W) -> T + Sync) -> Vec<(usize, T)> {
    let count = work.len();
    let next = AtomicUsize::new(0);
    let work: Vec<Mutex<Option<(usize, W)>>> = work.into_iter().map(|one| Mutex::new(Some(one))).collect();
    let done = Mutex::new(Vec::with_capacity(count));
    let run = || {
        while let Some(one) = work.get(next.fetch_add(1, Ordering::SeqCst)) {
            let taken = one.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some((at, one)) = taken {
                let answer = (at, each(one));
                done.lock().unwrap_or_else(PoisonError::into_inner).push(answer);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..SIDE_BY_SIDE.min(count) {
            scope.spawn(run);
        }
        run();
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}
