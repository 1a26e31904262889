//! Which workbooks there are, and their answered pages: what the server asks of the rest of Calypso.

use crate::data::Generation;
use calypso_engine::CancelToken;
use calypso_workbook::{DashboardError, Page};

/// A workbook that can be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The name in its address.
    pub name: String,
    /// The title for readers.
    pub title: String,
    /// Where it comes from: `built in`, a file, a folder.
    pub place: String,
}

/// The way to a panel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelLink {
    /// The panel's title.
    pub title: String,
    /// The path of its workbook, with values of parameters and the panel's place.
    pub path: String,
}

/// What a reader asks of a workbook.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    /// The name in its address.
    pub workbook: String,
    /// Keys and values of parameters, chosen tabs among them.
    pub given: Vec<(String, String)>,
    /// Whether another workbook passes the values on, so that those this one does not take are left out.
    pub passed: bool,
    /// A panel's query as the reader changed it: the item's id, and the text.
    pub edited: Option<(String, String)>,
    /// Stops the queries.
    pub cancel: CancelToken,
}

/// Where pages come from.
pub trait Pages: Send + Sync + 'static {
    /// Every workbook, in the order of the list.
    fn listed(&self) -> Vec<Listed>;

    /// The title of the workbook of that name; none where there is no such workbook.
    fn title(&self, name: &str) -> Option<String>;

    /// The way to a panel, `workbook/panel`, over a stretch of time (later than, and until, ticks), narrowed to values of
    /// columns as far as the workbook has parameters of their names; none where there is no such panel.
    fn panel(&self, name: &str, time: (i64, i64), narrowed: &[(String, String)]) -> Option<PanelLink>;

    /// The page a reader asks for, over that data.
    ///
    /// # Errors
    /// When the workbook cannot be read, or a value given is none of its parameters.
    fn page(&self, generation: &Generation, request: &PageRequest) -> Result<Page, DashboardError>;
}
