//! The dashboards over generated logs, whose true answers are known, and the public workbooks' own queries.

mod cloud_sync;
mod expand;
mod logs;
mod originals;
mod safety;
