//! What is still to be told, in a folder that survives a kill at any moment.
//!
//! ```text
//! .lock        held by the one process that uses the folder
//! state.json   the caller's state, and the notifications that were decided with it
//! waiting/ID   what is to be delivered: the notification, attempts, the next time, the last error
//! done/ID      what was delivered; kept so that putting it again does nothing
//! dead/ID      what was given up, to be looked at or revived
//! ```
//!
//! Every change is one file that is replaced or renamed as a whole. A notification for a channel has one [`Id`] for ever,
//! so after a kill the same may be decided, put and, where the kill came between delivery and its record, delivered again,
//! and the receiver can tell. State and notifications are committed together: [`Outbox::commit`] replaces `state.json`,
//! which holds both, and the notifications in it are put into `waiting` then and, should that be cut short, when the folder
//! is opened again.

mod deliver;
mod disk;
mod id;
mod look;
#[cfg(test)]
mod tests;

pub use deliver::{Attempt, Outcome};
pub use id::Id;
pub(crate) use id::is_name;
pub use look::{Part, look};

use crate::Notification;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

const WAITING: &str = "waiting";
const DONE: &str = "done";
const DEAD: &str = "dead";
const STATE: &str = "state.json";

/// How long it is remembered that something was delivered or given up.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// The outbox. It may be used by several threads: one that commits, and one that delivers.
#[derive(Debug)]
pub struct Outbox {
    folder: PathBuf,
    inner: Mutex<Inner>,
    /// Held while delivering, so that nothing is delivered by two threads at once.
    delivering: Mutex<()>,
    unreadable: Vec<OutboxError>,
    _lock: File,
}

#[derive(Debug, Default)]
struct Inner {
    waiting: BTreeMap<Id, Entry>,
    /// What `state.json` says is to be put, as long as it may not all be there.
    decided: Vec<Put>,
    /// Channels that fail again and again, and until when nothing is tried there.
    held: BTreeMap<String, DateTime<Utc>>,
}

/// A notification and the channel it is for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Put {
    /// The channel's name.
    pub channel: String,
    /// What is told.
    pub notification: Notification,
}

/// A delivery that is waiting or was given up.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The channel's name.
    pub channel: String,
    /// What is told.
    pub notification: Notification,
    /// When it was put here.
    pub put: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub next: DateTime<Utc>,
    /// Why the last attempt failed.
    pub error: Option<String>,
}

/// A file, and what it holds.
type Found = (PathBuf, Result<Entry, OutboxError>);

/// The contents of `state.json`.
#[derive(Serialize, Deserialize)]
struct Committed {
    state: Value,
    decided: Vec<Put>,
}

/// What keeps the outbox from working.
#[derive(Debug)]
pub enum OutboxError {
    /// Another process uses it.
    InUse(PathBuf),
    /// A file or folder cannot be read or written.
    Disk(PathBuf, std::io::Error),
    /// A file does not hold what it should.
    Broken(PathBuf, String),
    /// A notification is for a name that no channel can have.
    Name(String),
}

impl Outbox {
    /// Opens the outbox in a folder, which is made where it is not there, and finishes what a kill has cut short.
    ///
    /// # Errors
    /// When another process uses it, when the folder cannot be read or written, and when the state cannot be read.
    pub fn open(folder: &Path, now: DateTime<Utc>) -> Result<Outbox, OutboxError> {
        for part in [WAITING, DONE, DEAD] {
            let part = folder.join(part);
            std::fs::create_dir_all(&part).map_err(|error| OutboxError::Disk(part, error))?;
        }
        let lock = lock(folder)?;
        let mut outbox = Outbox {
            folder: folder.to_owned(),
            inner: Mutex::default(),
            delivering: Mutex::default(),
            unreadable: Vec::new(),
            _lock: lock,
        };
        outbox.recover(now)?;
        Ok(outbox)
    }

    /// Files in `waiting` that hold no notifications. They stay where they are.
    pub fn unreadable(&self) -> &[OutboxError] {
        &self.unreadable
    }

    /// The state of the last [`commit`](Outbox::commit); none before the first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn state(&self) -> Result<Option<Value>, OutboxError> {
        Ok(self.committed()?.map(|committed| committed.state))
    }

    /// Records a state and the notifications that were decided with it: after a kill at any moment there is either the new
    /// state with all of them, or the old state with none. Those that are already here, or were, are not put again.
    ///
    /// # Errors
    /// When the folder cannot be written. Then the new state may have been recorded or not; [`state`](Outbox::state) tells,
    /// and committing the same again is right in both cases.
    pub fn commit(&self, state: &Value, puts: &[Put], now: DateTime<Utc>) -> Result<(), OutboxError> {
        check(puts)?;
        let mut inner = self.inner();
        self.put_decided(&mut inner, now)?;
        let committed = Committed { state: state.clone(), decided: puts.to_vec() };
        disk::write(&self.folder.join(STATE), &json(&committed))?;
        inner.decided = committed.decided;
        self.put_decided(&mut inner, now)
    }

    /// Puts notifications without a state: each is here when this returns, and none twice.
    ///
    /// # Errors
    /// When the folder cannot be written; some may have been put.
    pub fn put(&self, puts: &[Put], now: DateTime<Utc>) -> Result<(), OutboxError> {
        check(puts)?;
        let mut inner = self.inner();
        puts.iter().try_for_each(|put| self.put_one(&mut inner, put, now))
    }

    /// What is waiting, in the order of ids.
    pub fn waiting(&self) -> Vec<(Id, Entry)> {
        self.inner().waiting.iter().map(|(id, entry)| (id.clone(), entry.clone())).collect()
    }

    /// What was given up in the last 30 days.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn dead(&self) -> Result<Vec<(Id, Entry)>, OutboxError> {
        let entries = self.entries(DEAD)?.into_iter();
        Ok(entries.filter_map(|(path, entry)| Some((Id::of_file(&path)?, entry.ok()?))).collect())
    }

    /// Tries again, from the beginning, what was given up. Whether it was there.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn revive(&self, id: &Id, now: DateTime<Utc>) -> Result<bool, OutboxError> {
        let path = self.path(DEAD, id);
        if !path.exists() {
            return Ok(false);
        }
        let entry = Entry { attempts: 0, put: now, next: now, ..read(&path)? };
        let mut inner = self.inner();
        disk::write(&self.path(WAITING, id), &json(&entry))?;
        inner.waiting.insert(id.clone(), entry);
        disk::remove(&path)?;
        Ok(true)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, part: &str, id: &Id) -> PathBuf {
        self.folder.join(part).join(format!("{}.json", id.text()))
    }

    fn committed(&self) -> Result<Option<Committed>, OutboxError> {
        let path = self.folder.join(STATE);
        if path.exists() { read(&path).map(Some) } else { Ok(None) }
    }

    /// Puts what was decided with the last state.
    fn put_decided(&self, inner: &mut Inner, now: DateTime<Utc>) -> Result<(), OutboxError> {
        while let Some(put) = inner.decided.last().cloned() {
            self.put_one(inner, &put, now)?;
            inner.decided.pop();
        }
        Ok(())
    }

    fn put_one(&self, inner: &mut Inner, put: &Put, now: DateTime<Utc>) -> Result<(), OutboxError> {
        let id = Id::of(&put.notification, &put.channel);
        let known = |part| self.path(part, &id).exists();
        if inner.waiting.contains_key(&id) || known(DONE) || known(DEAD) {
            return Ok(());
        }
        let Put { channel, notification } = put.clone();
        let entry = Entry { channel, notification, put: now, attempts: 0, next: now, error: None };
        disk::write(&self.path(WAITING, &id), &json(&entry))?;
        inner.waiting.insert(id, entry);
        Ok(())
    }

    /// Reads what is there, puts what was decided and forgets what is old.
    fn recover(&mut self, now: DateTime<Utc>) -> Result<(), OutboxError> {
        let mut inner = Inner::default();
        for part in ["", WAITING, DONE, DEAD] {
            disk::sweep(&self.folder.join(part))?;
        }
        for (path, entry) in self.entries(WAITING)? {
            let entry = entry.and_then(|entry| {
                let id = Id::of(&entry.notification, &entry.channel);
                let right = Id::of_file(&path).as_ref() == Some(&id);
                let what = || OutboxError::Broken(path, "its name is not that of its contents".to_owned());
                if right { Ok((id, entry)) } else { Err(what()) }
            });
            match entry {
                Ok((id, entry)) => {
                    // Left by a revival that was cut short.
                    let dead = self.path(DEAD, &id);
                    if dead.exists() {
                        disk::remove(&dead)?;
                    }
                    inner.waiting.insert(id, entry);
                }
                Err(error) => self.unreadable.push(error),
            }
        }
        inner.decided = self.committed()?.map(|committed| committed.decided).unwrap_or_default();
        let decided: BTreeSet<Id> =
            inner.decided.iter().map(|put| Id::of(&put.notification, &put.channel)).collect();
        self.put_decided(&mut inner, now)?;
        for part in [DONE, DEAD] {
            for (path, entry) in self.entries(part)? {
                let old = entry.is_ok_and(|entry| entry.put + REMEMBERED < now);
                // What would be put again when the folder is opened the next time stays.
                if old && Id::of_file(&path).is_some_and(|id| !decided.contains(&id)) {
                    disk::remove(&path)?;
                }
            }
        }
        *self.inner() = inner;
        Ok(())
    }

    /// The files of a part, in the order of their names.
    fn entries(&self, part: &str) -> Result<Vec<Found>, OutboxError> {
        let paths = disk::files(&self.folder.join(part))?.into_iter();
        Ok(paths.map(|path| (path.clone(), read(&path))).collect())
    }
}

/// Whether all are for names that channels can have: they become parts of names of files.
fn check(puts: &[Put]) -> Result<(), OutboxError> {
    let wrong = puts.iter().find(|put| !is_name(&put.channel));
    wrong.map_or(Ok(()), |put| Err(OutboxError::Name(put.channel.clone())))
}

fn lock(folder: &Path) -> Result<File, OutboxError> {
    let path = folder.join(".lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| OutboxError::Disk(path.clone(), error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OutboxError::InUse(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(OutboxError::Disk(path, error)),
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("names of members are texts, and nothing here can fail to be written")
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, OutboxError> {
    let text = std::fs::read(path).map_err(|error| OutboxError::Disk(path.to_owned(), error))?;
    serde_json::from_slice(&text).map_err(|error| OutboxError::Broken(path.to_owned(), error.to_string()))
}

impl fmt::Display for OutboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OutboxError::InUse(path) => write!(f, "another process uses the outbox `{}`", path.display()),
            OutboxError::Disk(path, error) => write!(f, "`{}` cannot be used: {error}", path.display()),
            OutboxError::Broken(path, why) => {
                write!(
                    f,
                    "`{}` does not hold what it should: {why}; move it away to go on without it",
                    path.display()
                )
            }
            OutboxError::Name(name) => write!(f, "`{name}` is no name of a channel"),
        }
    }
}

impl std::error::Error for OutboxError {}
