//! Delivering what is due: channel by channel side by side, within a channel in order, and a resolution never before its
//! firing. What fails is tried again later and later; where a channel fails three times in a row, the rest of what is due
//! there waits.

use super::{DEAD, DONE, Entry, Id, Outbox, OutboxError, WAITING, disk, json};
use crate::channel::{Failure, Sent, Shared, send};
use crate::settings::{Delivery, Settings};
use crate::{Notification, Outside, text};
use aws_lc_rs::digest;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;
use std::sync::PoisonError;
use std::time::Duration;

/// The wait after the first failure, in seconds; doubled with each further one.
const FIRST: f64 = 30.0;

/// The longest wait of our own choice, in seconds.
const LONGEST: f64 = 3600.0;

/// The longest wait that a receiver may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(24 * 3600);

/// After so many failures in a row a channel is left alone for a while.
const IN_A_ROW: u32 = 3;

/// An attempt and what came of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Attempt {
    /// Which delivery.
    pub id: Id,
    /// The channel's name.
    pub channel: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an attempt.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// It is there; with what there is to say of it nevertheless, such as a recipient that the server refused.
    Delivered(Option<String>),
    /// It failed and is tried again.
    Again {
        /// Why it failed.
        error: String,
        /// When it is tried next.
        next: DateTime<Utc>,
    },
    /// It failed once too often and was given up.
    Dead {
        /// Why it failed the last time.
        error: String,
    },
}

impl Outbox {
    /// Delivers all that is due, and returns when each was tried once. What is committed meanwhile waits for the next time.
    ///
    /// # Errors
    /// When the folder cannot be written; what was delivered may then be delivered again.
    pub fn deliver(&self, settings: &Settings, outside: Outside<'_>) -> Result<Vec<Attempt>, OutboxError> {
        let _alone = self.delivering.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = Shared::new(outside);
        let carry = async |id: &Id, entry: &Entry| match settings.channels.get(&entry.channel) {
            Some(channel) => send(channel, id, &entry.notification, &shared).await,
            None => Err(Failure::new(format!("the settings have no channel `{}`", entry.channel))),
        };
        let work = async || self.deliver_by(&settings.delivery, shared.now, &carry).await;
        // On a thread of its own, since the caller's may already be driving tasks.
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let runtime = runtime.map_err(|error| OutboxError::Disk(self.folder.clone(), error))?;
                let attempts = runtime.block_on(work());
                // A name that is still being looked up is not waited for.
                runtime.shutdown_background();
                attempts
            });
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// When there is something to deliver next; none: nothing is waiting.
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        let inner = self.inner();
        let due = inner.waiting.iter().map(|(id, entry)| {
            let fired = inner.waiting.get(&id.fired()).map_or(entry.next, |fired| fired.next);
            let held = inner.held.get(&entry.channel).copied().unwrap_or(entry.next);
            entry.next.max(fired).max(held)
        });
        due.min()
    }

    /// Delivers all that is due, in any way.
    pub(super) async fn deliver_by(
        &self,
        limits: &Delivery,
        now: &dyn Fn() -> DateTime<Utc>,
        carry: &impl AsyncFn(&Id, &Entry) -> Result<Sent, Failure>,
    ) -> Result<Vec<Attempt>, OutboxError> {
        let channels: BTreeSet<String> =
            self.inner().waiting.values().map(|entry| entry.channel.clone()).collect();
        let rounds = channels.iter().map(|channel| self.round(channel, limits, now, carry));
        let mut attempts = Vec::new();
        for of_channel in futures::future::join_all(rounds).await {
            attempts.extend(of_channel?);
        }
        Ok(attempts)
    }

    /// Delivers all that is due in one channel.
    async fn round(
        &self,
        channel: &str,
        limits: &Delivery,
        now: &dyn Fn() -> DateTime<Utc>,
        carry: &impl AsyncFn(&Id, &Entry) -> Result<Sent, Failure>,
    ) -> Result<Vec<Attempt>, OutboxError> {
        let mut attempts = Vec::new();
        let mut failures = 0;
        for id in self.due(channel, now()) {
            let Some(entry) = self.ready(&id) else { continue };
            let outcome = match carry(&id, &entry).await {
                Ok(note) => {
                    failures = 0;
                    self.settle(&id, DONE)?;
                    Outcome::Delivered(note.map(|note| text::line(&note, 500)))
                }
                Err(failure) => {
                    failures += 1;
                    let outcome = self.failed(&id, entry, failure, limits, now())?;
                    if let Outcome::Again { next, .. } = &outcome
                        && failures == IN_A_ROW
                    {
                        self.inner().held.insert(channel.to_owned(), *next);
                    }
                    outcome
                }
            };
            attempts.push(Attempt { id, channel: channel.to_owned(), outcome });
            if failures == IN_A_ROW {
                break;
            }
        }
        Ok(attempts)
    }

    /// What is due in a channel, in the order in which it happened, a firing before its resolution.
    fn due(&self, channel: &str, now: DateTime<Utc>) -> Vec<Id> {
        let mut inner = self.inner();
        let is_due = |next: DateTime<Utc>| {
            // Further away than any wait: the clock was put back.
            next <= now || next > now + TimeDelta::hours(25)
        };
        if inner.held.get(channel).is_some_and(|until| !is_due(*until)) {
            return Vec::new();
        }
        inner.held.remove(channel);
        let of_channel =
            inner.waiting.iter().filter(|(_, entry)| entry.channel == channel && is_due(entry.next));
        let mut due: Vec<_> = of_channel
            .map(|(id, entry)| {
                let Notification { fired, resolved, .. } = &entry.notification;
                ((resolved.unwrap_or(*fired), entry.notification.kind(), id.clone()), id.clone())
            })
            .collect();
        due.sort();
        due.into_iter().map(|(_, id)| id).collect()
    }

    /// What is waiting under an id, unless it tells the end of what is still waiting to be told.
    fn ready(&self, id: &Id) -> Option<Entry> {
        let inner = self.inner();
        let fired = id.fired();
        let waits = fired != *id && inner.waiting.contains_key(&fired);
        inner.waiting.get(id).filter(|_| !waits).cloned()
    }

    fn settle(&self, id: &Id, part: &str) -> Result<(), OutboxError> {
        disk::rename(&self.path(WAITING, id), &self.path(part, id))?;
        self.inner().waiting.remove(id);
        Ok(())
    }

    fn failed(
        &self,
        id: &Id,
        mut entry: Entry,
        failure: Failure,
        limits: &Delivery,
        now: DateTime<Utc>,
    ) -> Result<Outcome, OutboxError> {
        let Failure { what: error, wait } = failure;
        entry.attempts += 1;
        entry.error = Some(error.clone());
        let wait = delay(id, entry.attempts).max(wait.unwrap_or_default().min(LONGEST_ASKED));
        // A day fits.
        entry.next = now + TimeDelta::from_std(wait).unwrap_or_default();
        let too_old = now - entry.put >= TimeDelta::days(limits.days.into());
        let dead = entry.attempts >= limits.attempts || too_old;
        let next = entry.next;
        disk::write(&self.path(WAITING, id), &json(&entry))?;
        self.inner().waiting.insert(id.clone(), entry);
        if dead {
            self.settle(id, DEAD)?;
            return Ok(Outcome::Dead { error });
        }
        Ok(Outcome::Again { error, next })
    }
}

/// How long to wait after so many attempts: doubled with each, and between one and a half times that, by a number made of
/// the id, so that what failed together is not tried again together.
fn delay(id: &Id, attempts: u32) -> Duration {
    let doubled = (FIRST * 2f64.powi(attempts.saturating_sub(1).min(20) as i32)).min(LONGEST);
    let hash = digest::digest(&digest::SHA256, format!("{attempts} {id}").as_bytes());
    let share = hash.as_ref().first().map_or(0.0, |byte| f64::from(*byte) / 256.0);
    Duration::from_secs_f64(doubled * (1.0 + share / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::tests::failures;

    #[test]
    fn waits_grow_up_to_an_hour_and_differ() {
        let (one, other) = (Id::of(&failures(), "a"), Id::of(&failures(), "b"));
        let seconds = |attempts| delay(&one, attempts).as_secs();
        assert!(
            (30..45).contains(&seconds(1))
                && (60..90).contains(&seconds(2))
                && (1920..2880).contains(&seconds(7))
        );
        assert!((3600..5400).contains(&seconds(8)) && (3600..5400).contains(&seconds(u32::MAX)));
        assert_ne!(delay(&one, 1), delay(&other, 1));
        assert_eq!(delay(&one, 1), delay(&one, 1));
    }
}
