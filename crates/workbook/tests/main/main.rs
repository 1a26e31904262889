//! The dashboards over generated logs, whose true answers are known, and the public workbooks' own queries.

#![allow(clippy::unwrap_used, reason = "tests stop where they fail")]

mod cloud_sync;
mod gallery;
mod logs;
mod originals;
mod pages;
mod safety;
mod synthetic;
mod values_in_queries;
