//! Small files of a day become one, in order of time. Rows stay what they are; readers see the old files or the new one.

use crate::Store;
use crate::delta::{Delta, Listed};
use crate::error::StoreError;
use crate::layout::{Day, LogTable};
use crate::lock::lock;
use crate::write::{read_file, write_days};
use crate::{pending, rows};
use deltalake_core::kernel::Action;
use deltalake_core::protocol::DeltaOperation;
use std::collections::BTreeMap;

/// Bytes of files that are merged into one at most: unpacked they are several times that, and lie in memory.
const MERGED_BYTES: u64 = 48 << 20;

/// What was merged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Files before.
    pub before: u64,
    /// Files instead of them.
    pub after: u64,
}

impl Store {
    /// Merges the small files of each day; `waiting` is called when another process writes.
    ///
    /// # Errors
    /// A store that cannot be read or written.
    pub fn compact(&self, waiting: &dyn Fn()) -> Result<Compacted, StoreError> {
        let _lock = lock(&self.folder, waiting)?;
        pending::finish(&self.folder)?;
        let mut done = Compacted::default();
        for table in LogTable::ALL {
            let Some(mut delta) = Delta::open(&self.folder, table)? else { continue };
            let mut actions = Vec::new();
            for group in groups(delta.files()?) {
                done.before += group.len() as u64;
                done.after += 1;
                self.merge(table, group, &mut actions)?;
            }
            if !actions.is_empty() {
                delta.commit(actions, Vec::new(), merged())?;
            }
        }
        Ok(done)
    }

    fn merge(
        &self,
        table: LogTable,
        group: Vec<Listed>,
        actions: &mut Vec<Action>,
    ) -> Result<(), StoreError> {
        let mut all = Vec::new();
        let day = group.first().and_then(|listed| listed.day);
        for Listed { file, mut remove, .. } in group {
            all.extend(read_file(table, &file.path)?);
            remove.data_change = false;
            actions.push(Action::Remove(remove));
        }
        let day = rows::of_day(table, day, &all)?;
        for (_, mut add) in write_days(&self.folder, day.into_iter().collect(), 1)? {
            add.data_change = false;
            actions.push(Action::Add(add));
        }
        Ok(())
    }
}

/// The files of each day, by their time, in groups to be merged.
fn groups(files: Vec<Listed>) -> Vec<Vec<Listed>> {
    let mut days: BTreeMap<Day, Vec<Listed>> = BTreeMap::new();
    for listed in files {
        days.entry(listed.day).or_default().push(listed);
    }
    let mut groups = Vec::new();
    for mut files in days.into_values() {
        files.sort_by(|a, b| (a.file.times, &a.file.path).cmp(&(b.file.times, &b.file.path)));
        let mut group: Vec<Listed> = Vec::new();
        let mut bytes = 0;
        for listed in files {
            if bytes + listed.file.bytes > MERGED_BYTES {
                groups.push(std::mem::take(&mut group));
                bytes = 0;
            }
            bytes += listed.file.bytes;
            group.push(listed);
        }
        groups.push(group);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Files were merged.
fn merged() -> DeltaOperation {
    DeltaOperation::Optimize { predicate: None, target_size: i64::try_from(MERGED_BYTES).unwrap_or(i64::MAX) }
}
