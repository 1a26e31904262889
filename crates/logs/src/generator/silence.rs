//! Rules 5 and 6: jobs that write nothing for longer than they usually do. What is usual is learned from the gaps
//! between a job's rows so far, apart for work days and weekends (a gap belongs to the day it begins on).

use super::Run;
use super::calendar::{DAY, HOUR, MINUTE, weekday};
use super::event::Event;
use super::firings::{Over, Watch, push_alerts};
use super::text::Texts;
use super::world::JobKind;
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Rule 5: at each evaluation, how many minutes the job has been silent, if that is too long.
pub(super) fn silence(watch: &Watch) -> Vec<Option<u64>> {
    let mut gaps = [Gaps::default(), Gaps::default()];
    let class = |time: i64| usize::from(weekday(time) >= 5);
    let first = watch.rows[0].time;
    let mut seen = 0;
    watch
        .times
        .iter()
        .map(|time| {
            while watch.rows.get(seen).is_some_and(|event| event.time <= *time) {
                if seen > 0 {
                    let before = watch.rows[seen - 1].time;
                    gaps[class(before)].add(watch.rows[seen].time - before);
                }
                seen += 1;
            }
            let last = watch.rows[..seen].last()?.time;
            let usual = gaps[class(*time)].p99().unwrap_or(0);
            let allowed = (3 * usual).max(HOUR) + 30 * MINUTE;
            let silent = time - last;
            (silent > allowed && *time >= first + 7 * DAY).then_some((silent / MINUTE) as u64)
        })
        .collect()
}

/// Rule 6: a password job is silent while the object job of the same service principal has written since.
pub(super) fn password_silence(
    texts: &Texts,
    run: &Run,
    rows: &BTreeMap<&str, Vec<&Event>>,
    times: &[i64],
    found: &mut Vec<Value>,
) {
    for job in run.world.jobs.iter().filter(|job| job.kind == JobKind::Passwords) {
        let object_job = job.domain.map(|place| run.world.domains[place].object_job);
        let Some(objects) =
            object_job.and_then(|place| rows.get(run.world.jobs[usize::from(place)].id.as_str()))
        else {
            continue;
        };
        let Some(list) = rows.get(job.id.as_str()) else { continue };
        let watch = Watch { texts, job: &job.id, rows: list.clone(), times };
        let last = watch.judge(i64::MAX / 2, |_, rows| rows.last().map_or(i64::MAX, |event| event.time));
        let signals: Vec<Option<u64>> = silence(&watch)
            .into_iter()
            .enumerate()
            .map(|(place, silent)| {
                let lives = |event: &&&Event| event.time > last[place] && event.time <= times[place];
                let from = objects.partition_point(|event| event.time <= last[place]);
                silent.filter(|_| objects[from..].first().as_ref().is_some_and(lives))
            })
            .collect();
        push_alerts(&watch, 6, &signals, Over::Clear(1), found);
    }
}

/// Gaps seen so far, the highest hundredth apart from the rest, to tell the 99th percentile by nearest rank: the value
/// that 99 of a hundred do not pass.
#[derive(Default)]
struct Gaps {
    rest: BinaryHeap<i64>,
    highest: BinaryHeap<Reverse<i64>>,
}

impl Gaps {
    /// Adds a gap.
    fn add(&mut self, gap: i64) {
        match self.highest.peek() {
            Some(Reverse(least)) if gap > *least => self.highest.push(Reverse(gap)),
            Some(_) | None => self.rest.push(gap),
        }
        let wanted = (self.rest.len() + self.highest.len()) / 100;
        while self.highest.len() > wanted {
            self.rest.extend(self.highest.pop().map(|Reverse(gap)| gap));
        }
        while self.highest.len() < wanted {
            self.highest.extend(self.rest.pop().map(Reverse));
        }
    }

    /// The percentile; none before the first gap.
    fn p99(&self) -> Option<i64> {
        self.rest.peek().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::Stream;
    use super::Gaps;

    #[test]
    fn it_is_the_nearest_rank() {
        let mut stream = Stream::new(1, "gaps", 0);
        let (mut gaps, mut all) = (Gaps::default(), Vec::new());
        assert_eq!(gaps.p99(), None);
        for _ in 0..1_234 {
            let gap = stream.between(0, 500);
            gaps.add(gap);
            all.push(gap);
            all.sort_unstable();
            assert_eq!(gaps.p99(), Some(all[(all.len() * 99).div_ceil(100) - 1]));
        }
    }
}
