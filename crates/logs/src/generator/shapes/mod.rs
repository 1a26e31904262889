//! A run as files of every delivered shape, each written to a temporary name and then renamed, with a manifest beside
//! them. In: a `Run`, a folder, the shapes wanted. Out: the files, and their names, sizes and digests.

mod columnar;
mod columns;
mod diagnostic;
mod graph;
mod in_order;
mod people;
mod sink;
#[cfg(test)]
mod tests;

use super::Run;
use super::manifest::manifest;
use serde_json::json;
use sink::Folder;
pub use sink::{Packing, WrittenFile};
use std::io;
use std::path::Path;

/// A shape in which logs are delivered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Hour blobs of a storage account: JSON lines in the service's folder layout.
    Blob,
    /// Event hub messages: one `{"records":[…]}` a line, a file a day.
    EventHub,
    /// Pages of Graph's `auditLogs/provisioning`.
    Graph,
    /// The portal's download: one JSON array, and three CSV files.
    Portal,
    /// CSV export of the Logs page.
    LogAnalytics,
    /// Answer of the Query API.
    QueryApi,
    /// Output of `az monitor log-analytics query`.
    AzCli,
    /// Parquet, one file a table.
    Parquet,
    /// Arrow IPC files, one a table.
    Arrow,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 9] = [
        Shape::Blob,
        Shape::EventHub,
        Shape::Graph,
        Shape::Portal,
        Shape::LogAnalytics,
        Shape::QueryApi,
        Shape::AzCli,
        Shape::Parquet,
        Shape::Arrow,
    ];

    /// As the command line and the folder of the shape are called.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Blob => "blob",
            Shape::EventHub => "eventhub",
            Shape::Graph => "graph",
            Shape::Portal => "portal",
            Shape::LogAnalytics => "la",
            Shape::QueryApi => "query",
            Shape::AzCli => "az",
            Shape::Parquet => "parquet",
            Shape::Arrow => "arrow",
        }
    }

    /// The shape of that name.
    pub fn from_name(name: &str) -> Option<Shape> {
        Shape::ALL.into_iter().find(|shape| shape.name() == name)
    }
}

/// Writes the wanted shapes into a folder (made if absent), each below a folder of its own name, and beside them
/// `arrival.jsonl` (when each record was first delivered), `hr.csv` (what the HR system knows of the users) and
/// `manifest.json`. Gives the files in the order written; the manifest is the last.
pub fn write_run(
    run: &Run,
    folder: &Path,
    shapes: &[Shape],
    packing: Packing,
) -> io::Result<Vec<WrittenFile>> {
    let mut folder = Folder::new(folder, packing);
    for shape in shapes {
        match shape {
            Shape::Blob => diagnostic::write_blobs(run, &mut folder)?,
            Shape::EventHub => diagnostic::write_messages(run, &mut folder)?,
            Shape::Graph => graph::write_pages(run, &mut folder)?,
            Shape::Portal => {
                graph::write_portal_json(run, &mut folder)?;
                columns::write_portal_csv(run, &mut folder)?;
            }
            Shape::LogAnalytics => columns::write_log_analytics(run, &mut folder)?,
            Shape::QueryApi => columns::write_query_api(run, &mut folder)?,
            Shape::AzCli => columns::write_az_cli(run, &mut folder)?,
            Shape::Parquet => columnar::write_parquet(run, &mut folder)?,
            Shape::Arrow => columnar::write_arrow(run, &mut folder)?,
        }
    }
    people::write_arrivals(run, &mut folder)?;
    let absent = people::write_hr(run, &mut folder)?;
    let mut answers = manifest(run);
    answers["hr"] = absent;
    answers["files"] = folder
        .written
        .iter()
        .map(|file| json!({ "path": file.path, "bytes": file.bytes, "rows": file.rows, "sha256": file.sha256 }))
        .collect();
    folder.write_plain("manifest.json", serde_json::to_string_pretty(&answers)?.as_bytes())?;
    Ok(folder.written)
}
