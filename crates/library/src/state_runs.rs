//! Runs of one state over time, and sequences of states among them.

use rustc_hash::FxHashSet;

/// Events of one state one after another, none far from the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    /// Which state.
    pub state: u32,
    /// The time of the first event.
    pub start: i64,
    /// The time of the last event.
    pub end: i64,
}

impl Run {
    /// Whether a later run begins soon enough after this one.
    pub fn reaches(&self, later: &Run, window: i64) -> bool {
        later.start.saturating_sub(self.end) <= window
    }
}

/// The runs among times with states, which are in the order of time.
pub fn runs(events: impl Iterator<Item = (i64, u32)>, window: i64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (time, state) in events {
        let begun = Run { state, start: time, end: time };
        match runs.last_mut() {
            Some(run) if run.state == state && run.reaches(&begun, window) => run.end = time,
            Some(_) | None => runs.push(begun),
        }
    }
    runs
}

/// Where sequences begin and end: for each run of the first state the nearest end. Other states may lie between, the time
/// from step to step is at most the window.
pub fn found(runs: &[Run], steps: &[FxHashSet<u32>], window: i64) -> Vec<(usize, usize)> {
    // Per step the nearest later run from which the rest can be done, and where that ends. The nearest is also the one
    // that ends first, so it alone is asked.
    let mut nearest: Vec<Option<(usize, usize)>> = vec![None; steps.len()];
    let mut found = Vec::new();
    for (place, run) in runs.iter().enumerate().rev() {
        // From the first step on: each asks what later runs left for the step behind it.
        for step in 0..steps.len() {
            if !steps[step].contains(&run.state) {
                continue;
            }
            let end = match nearest.get(step + 1) {
                None => Some(place),
                Some(rest) => rest.filter(|(next, _)| run.reaches(&runs[*next], window)).map(|(_, end)| end),
            };
            let Some(end) = end else { continue };
            nearest[step] = Some((place, end));
            if step == 0 {
                found.push((place, end));
            }
        }
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(events: &[(i64, u32)], steps: &[u32], window: i64) -> Vec<(usize, usize)> {
        let steps: Vec<FxHashSet<u32>> = steps.iter().map(|step| FxHashSet::from_iter([*step])).collect();
        found(&runs(events.iter().copied(), window), &steps, window)
    }

    #[test]
    fn a_run_ends_with_its_state_or_after_a_gap() {
        let runs = runs([(1, 7), (2, 7), (3, 8), (4, 7), (20, 7)].into_iter(), 5);
        let seen: Vec<_> = runs.iter().map(|run| (run.state, run.start, run.end)).collect();
        assert_eq!(seen, [(7, 1, 2), (8, 3, 3), (7, 4, 4), (7, 20, 20)]);
    }

    #[test]
    fn sequences_take_the_way_that_is_near_enough() {
        // From 1 over the second 2 to 3; the first 2 is too far from 3.
        assert_eq!(places(&[(0, 1), (1, 2), (3, 9), (5, 2), (9, 3)], &[1, 2, 3], 5), [(0, 4)]);
        assert_eq!(places(&[(0, 1), (1, 2), (9, 3)], &[1, 2, 3], 5), []);
        assert_eq!(places(&[(0, 1), (1, 2), (2, 1)], &[1, 2, 1], 5), [(0, 2)]);
        assert_eq!(places(&[(0, 1), (1, 9), (2, 1), (3, 2), (4, 2)], &[1, 2], 5), [(0, 3), (2, 3)]);
    }
}
