//! A write to several tables: all of them or none, whatever ends the process.
//!
//! Delta commits one table at a time. What is to be committed is therefore noted first, in a file of the store, once all
//! Parquet files lie on disk; the note goes when every table has its commit. The next writer finishes what a note left
//! behind says. Each commit carries the note's number, so that none is made twice.

use crate::delta::{Delta, appended};
use crate::error::StoreError;
use crate::layout::LogTable;
use crate::ledger::{SEQUENCE, transactions};
use crate::lock::sync_folder;
use deltalake_core::kernel::{Action, Transaction};
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The file of the note.
const NOTE: &str = "pending.json";

/// What is to be committed to one table.
#[derive(Debug, Default)]
pub(crate) struct TableWrite {
    pub(crate) actions: Vec<Action>,
    pub(crate) transactions: Vec<Transaction>,
}

/// Notes the writes, makes them, takes the note away.
pub(crate) fn commit(
    store: &Path,
    sequence: i64,
    writes: Vec<(&mut Delta, TableWrite)>,
) -> Result<(), StoreError> {
    let noted = writes.iter().map(|(delta, write)| {
        json!({ "table": delta.table.name(), "actions": write.actions, "transactions": write.transactions })
    });
    let note = json!({ "sequence": sequence, "writes": noted.collect::<Vec<_>>() });
    let path = store.join(NOTE);
    put(&path, note.to_string().as_bytes()).map_err(|error| StoreError::at(&path, "written", &error))?;
    sync_folder(store)?;
    for (delta, write) in writes {
        one(delta, sequence, write)?;
    }
    done(store)
}

/// Finishes what an interrupted write has noted.
pub(crate) fn finish(store: &Path) -> Result<(), StoreError> {
    let path = store.join(NOTE);
    let failed = |error: &dyn std::fmt::Display| StoreError::at(&path, "read", error);
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        text => text.map_err(|error| failed(&error))?,
    };
    let mut note: Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
    let sequence = note["sequence"].as_i64().ok_or_else(|| failed(&"it has no number"))?;
    for write in note["writes"].as_array_mut().into_iter().flatten() {
        let table = write["table"].as_str().and_then(LogTable::from_name);
        let table = table.ok_or_else(|| failed(&"it names no table"))?;
        let committed = transactions(store, table)?.get(SEQUENCE).copied();
        if committed >= Some(sequence) {
            continue;
        }
        let actions = serde_json::from_value(write["actions"].take()).map_err(|error| failed(&error))?;
        let transactions =
            serde_json::from_value(write["transactions"].take()).map_err(|error| failed(&error))?;
        one(&mut Delta::open_or_create(store, table)?, sequence, TableWrite { actions, transactions })?;
    }
    done(store)
}

fn one(delta: &mut Delta, sequence: i64, write: TableWrite) -> Result<(), StoreError> {
    let mut transactions = write.transactions;
    transactions.push(Transaction::new(SEQUENCE, sequence));
    delta.commit(write.actions, transactions, appended())
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let partial: PathBuf = path.with_extension("partial");
    let mut file = File::create(&partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&partial, path)
}

fn done(store: &Path) -> Result<(), StoreError> {
    let path = store.join(NOTE);
    std::fs::remove_file(&path).map_err(|error| StoreError::at(&path, "removed", &error))?;
    sync_folder(store)
}
