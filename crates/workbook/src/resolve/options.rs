//! What a reader asks of a page.

use super::cache::AnswerCache;
use calypso_engine::CancelToken;
use std::fmt;
use std::sync::Arc;

/// The instant a page is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Now {
    /// That time, ticks.
    At(i64),
    /// The time of the newest row; where there is none, the first tick there is.
    End,
}

/// Which tabs are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tabs {
    /// The one chosen.
    #[default]
    Selected,
    /// All of them.
    All,
}

/// Tells by which name the workbook of a template's path can be loaded.
pub type FindWorkbook = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// What a reader asks of a page.
#[derive(Clone)]
pub struct PageOptions {
    /// Names and values of parameters; a name given again adds a value.
    pub parameters: Vec<(String, String)>,
    /// The instant that time ranges are counted back from. Answers are kept for one instant: who draws a page again
    /// after a click gives the same one.
    pub now: Now,
    /// Only this panel: its item's name, its title, or its file.
    pub panel: Option<String>,
    /// The tab chosen, by its label.
    pub tab: Option<String>,
    /// Which tabs are made.
    pub tabs: Tabs,
    /// Whether mistakes of Azure's are repeated rather than mended.
    pub faithful: bool,
    /// The id of a panel's item with the query it is given for this page.
    pub edited: Option<(String, String)>,
    /// Stops the queries.
    pub cancel: CancelToken,
    /// Answers kept from page to page.
    pub cache: Option<Arc<AnswerCache>>,
    /// Tells by which name another workbook can be loaded.
    pub workbooks: Option<FindWorkbook>,
}

impl PageOptions {
    /// The page with every parameter as shipped and its first tab.
    pub fn at(now: Now) -> PageOptions {
        PageOptions {
            parameters: Vec::new(),
            now,
            panel: None,
            tab: None,
            tabs: Tabs::default(),
            faithful: false,
            edited: None,
            cancel: CancelToken::default(),
            cache: None,
            workbooks: None,
        }
    }
}

impl fmt::Debug for PageOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageOptions")
            .field("parameters", &self.parameters)
            .field("now", &self.now)
            .field("panel", &self.panel)
            .field("tab", &self.tab)
            .field("tabs", &self.tabs)
            .field("faithful", &self.faithful)
            .field("edited", &self.edited)
            .finish_non_exhaustive()
    }
}
