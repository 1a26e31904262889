//! `calypso store`: what the local store holds, and what keeps it in order.

use crate::arguments::{Shared, StoreAction};
use crate::data::{self, Origin};
use crate::failure::Failure;
use calypso_library::format::datetime_text;
use calypso_store::{Store, StoreError, TableInfo};
use std::io::Write;
use std::time::Duration;

/// Does what is asked.
pub fn store(shared: &Shared, action: &StoreAction) -> Result<(), Failure> {
    let none = || Failure::Data("there is no store yet: `calypso import PATH` makes one".to_owned());
    let Origin::Store(store) = data::origin(shared)? else { return Err(none()) };
    let mut out = std::io::stdout().lock();
    let waiting = || eprintln!("another process writes to the store: waiting for it");
    match action {
        StoreAction::Info => info(&store, &mut out)?,
        StoreAction::Compact => {
            let done = store.compact(&waiting).map_err(failed)?;
            writeln!(out, "merged {} into {}", files(done.before), done.after)?;
        }
        StoreAction::Vacuum { older_than } => {
            let ticks = u64::try_from(data::span("--older-than", older_than)?);
            let ticks = ticks.map_err(|_| {
                let expected = "expected a timespan that is not negative, such as 24h or 7d";
                Failure::Usage(format!("`--older-than {older_than}`: {expected}"))
            })?;
            let older_than = Duration::from_nanos(ticks.saturating_mul(100));
            let removed = store.vacuum(older_than, &waiting).map_err(failed)?;
            writeln!(out, "removed {}", files(removed))?;
        }
    }
    Ok(())
}

fn files(count: u64) -> String {
    format!("{count} file{}", if count == 1 { "" } else { "s" })
}

fn failed(error: StoreError) -> Failure {
    Failure::Data(error.to_string())
}

fn info(store: &Store, out: &mut impl Write) -> Result<(), Failure> {
    let info = store.info().map_err(failed)?;
    for TableInfo { table, rows, files, bytes, days, newest, version } in &info.tables {
        writeln!(out, "{}", table.name())?;
        writeln!(out, "  rows     {rows}")?;
        writeln!(out, "  files    {files}, {bytes} bytes")?;
        writeln!(out, "  days     {days}")?;
        if let Some(newest) = newest {
            writeln!(out, "  newest   {}", datetime_text(*newest))?;
        }
        writeln!(out, "  version  {version}")?;
    }
    writeln!(out, "blobs known: {}", info.blobs)?;
    Ok(())
}
