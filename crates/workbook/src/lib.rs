//! Workbooks: readable descriptions, Azure's files or query files in; answered and drawn pages out.
//!
//! ```no_run
//! # use calypso_engine::{Engine, EngineOptions};
//! # use calypso_view::Style;
//! # use calypso_workbook::{LoadOptions, Now, PageOptions, Workbook};
//! # let engine = Engine::new(EngineOptions::default()).expect("threads can be started");
//! let workbook = Workbook::load("cloud-sync", &LoadOptions::default())?;
//! let options = PageOptions { parameters: vec![("Status".into(), "Failure".into())], ..PageOptions::at(Now::End) };
//! let lines = workbook.page(&engine, &options)?.terminal(&Style::plain(120));
//! # Ok::<(), calypso_workbook::DashboardError>(())
//! ```

pub mod azure;
mod builtin;
mod chosen;
mod description;
mod draw;
mod error;
pub mod expand;
mod folder;
pub mod html;
pub mod lint;
mod load;
pub mod model;
mod names;
pub mod page;
mod query_file;
mod resolve;
mod terminal;
mod time_range;

pub use builtin::{FOLDERS, Files};
pub use chosen::{Chosen, Circumstances, Held, Origin, Scope};
pub use error::DashboardError;
pub use load::{LoadOptions, decoded};
pub use model::Workbook;
pub use page::Page;
pub use query_file::QueryFile;
pub use resolve::{AnswerCache, FindWorkbook, Now, PageOptions, PanelPlace, Tabs};
pub use time_range::TimeRange;
