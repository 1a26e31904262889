//! Dashboards: a readable description, query files and parameter values in; answered panels and their drawing out.
//!
//! ```no_run
//! # use calypso_engine::{Engine, EngineOptions};
//! # use calypso_view::Style;
//! # use calypso_workbook::{Dashboard, Now, PageOptions};
//! # let engine = Engine::new(EngineOptions::default()).expect("threads can be started");
//! let dashboard = Dashboard::load("cloud-sync", None)?;
//! let options = PageOptions { parameters: vec![("Status".into(), "Failure".into())], ..PageOptions::at(Now::End) };
//! let lines = dashboard.page(&engine, &options)?.terminal(&Style::plain(120));
//! # Ok::<(), calypso_workbook::DashboardError>(())
//! ```

pub mod azure;
mod builtin;
mod choices;
mod chosen;
mod dashboard;
mod description;
pub mod draw;
mod error;
pub mod expand;
mod folder;
pub mod html;
pub mod lint;
mod load;
pub mod model;
mod names;
mod page;
pub mod page_model;
mod query_file;
mod render;
pub mod resolve;
pub mod terminal;
mod time_range;
mod values;

pub use builtin::{DASHBOARDS, Files};
pub use chosen::{Chosen as ChosenValue, Circumstances, Held, Origin, Scope};
pub use dashboard::Dashboard;
pub use description::{
    Bars, ColumnLook, Description, DrillDown, Look, Panel, Parameter, ParameterKind, Tab, Table, TableColumn,
    Tiles,
};
pub use error::DashboardError;
pub use load::LoadOptions;
pub use page::{Now, Page, PageOptions, PanelAnswer};
pub use query_file::QueryFile;
pub use time_range::TimeRange;
pub use values::Chosen;
