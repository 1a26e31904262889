//! The live page: workbooks over HTTP, on this machine alone. In: where the data lies and which workbooks there are.
//! Out: pages on 127.0.0.1, behind a token, redrawn when a parameter or the data changes.
//!
//! Beside workbooks there are the alerts of rules (`alerts`): pages of the same kind, made by replaying the rules.
//!
//! `serve` starts it. A request passes `guard` (who may ask), `route` (what is asked), `work` (a thread that can be
//! stopped), `Pages` (the answered page) and `respond` (the headers every answer carries).

mod alert_route;
pub mod alerts;
mod assets;
mod data;
mod export;
mod guard;
mod pages;
mod request;
mod respond;
mod route;
mod serve;
mod shell;
mod socket;
mod token;
mod work;
mod workbooks;

pub use data::{Data, DataSource, Generation};
pub use pages::{Listed, PageRequest, Pages, PanelLink};
pub use serve::{Running, ServeOptions, serve};
pub use workbooks::Workbooks;
