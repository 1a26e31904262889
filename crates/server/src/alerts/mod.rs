//! Alerts on the live page: which stand and which are over, and one of them with its chart, its query and its panel.
//!
//! What a reader sees comes from a replay of the rules over the logs that are there ([`Replays`]), so that nobody needs
//! to have run `calypso alert watch`; what a watch did tell is read beside it and shown as told. The pages are
//! [`Page`](calypso_workbook::Page)s as workbooks make them, so whatever draws those draws these.

mod asking;
mod firing;
mod link;
mod lists;
mod look;
mod overview;
mod replays;
mod source;
mod words;

pub use asking::run_options;
pub use link::{AlertName, firing_path};
pub use overview::{Ground, Overview, RANGE};
pub use replays::{Replays, Span, span};
pub use source::{RuleFile, RuleSource, Telling, Told};

use crate::data::Generation;
use crate::pages::PanelLink;
use calypso_engine::{CancelToken, Engine};
use calypso_workbook::page::{PageBody, PageItem};
use calypso_workbook::{DashboardError, Now, Page};

/// The alerts of a server.
pub struct Alerts {
    source: Box<dyn RuleSource>,
    replays: Replays,
}

/// What a reader asks of the alerts.
#[derive(Clone, Debug, Default)]
pub struct AlertRequest {
    /// Which alert; none: all of a time range.
    pub alert: Option<AlertName>,
    /// The time range, as the reader chose it.
    pub range: Option<String>,
    /// The query of an alert's panel as the reader changed it: the item's id, and the text.
    pub edited: Option<(String, String)>,
    /// Stops the queries.
    pub cancel: CancelToken,
}

/// Where links from alerts to panels lead: the panel as a rule names it, a stretch of time, and the values of the
/// series' dimensions.
pub type FindPanel<'a> = &'a dyn Fn(&str, (i64, i64), &[(String, String)]) -> Option<PanelLink>;

impl Alerts {
    /// The alerts of those rules.
    pub fn new(source: Box<dyn RuleSource>) -> Alerts {
        Alerts { source, replays: Replays::default() }
    }

    /// What is active and past in a time range.
    ///
    /// # Errors
    /// When the range is none, or it was cancelled.
    pub fn overview(
        &self,
        generation: &Generation,
        request: &AlertRequest,
    ) -> Result<Overview, DashboardError> {
        let ground = ground(generation, &request.cancel);
        let range = overview::range(request.range.as_deref(), ground.now)?;
        let replays = self.replays.of(generation.number);
        Overview::make(&ground, replays, self.source.files(), self.source.told(), range)
    }

    /// The page that a reader asks for.
    ///
    /// # Errors
    /// When the range is none, the alert cannot be found, or it was cancelled.
    pub fn page(
        &self,
        generation: &Generation,
        request: &AlertRequest,
        find: FindPanel,
    ) -> Result<Page, DashboardError> {
        let wanted = match &request.alert {
            None => return self.overview(generation, request).map(|overview| overview.page()),
            Some(AlertName::Fired { rule, at, id }) => look::Wanted::new(rule, *at, id),
            Some(AlertName::Id(id)) => self.named(generation, id, request)?,
        };
        let ground = ground(generation, &request.cancel);
        firing::firing(&ground, self.source.files(), self.source.told(), &wanted, request, find)
    }

    /// The alert of an id, among those told and those of the usual range and the time before it.
    fn named(
        &self,
        generation: &Generation,
        id: &str,
        request: &AlertRequest,
    ) -> Result<look::Wanted, DashboardError> {
        if let Some(told) = self.source.told().unwrap_or_default().iter().find(|told| told.alert == id) {
            return Ok(look::Wanted::new(&told.rule, told.fired, id));
        }
        let overview = self.overview(
            generation,
            &AlertRequest { cancel: request.cancel.clone(), ..AlertRequest::default() },
        )?;
        overview.alert(id).ok_or_else(|| {
            DashboardError::new(format!("no alert `{id}` in the last three months"))
                .with_help("the rule or the logs may be others than they were")
        })
    }
}

/// Adds the alerts of a page's time range to the page, below its first words and its parameters.
///
/// # Errors
/// When it was cancelled.
pub fn add_to(
    page: &mut Page,
    engine: &Engine,
    source: &dyn RuleSource,
    cancel: &CancelToken,
) -> Result<(), DashboardError> {
    let ground = Ground { engine, span: span(engine, cancel), now: page.now, cancel };
    let range = match page.time_range() {
        Some((_, Some(range))) => range,
        Some((_, None)) | None => overview::range(None, page.now)?,
    };
    let overview = Overview::make(&ground, &Replays::default(), source.files(), source.told(), range)?;
    page.notices.extend(overview.notices().iter().cloned());
    let leads = |item: &PageItem| matches!(item.body, PageBody::Text { .. } | PageBody::Pickers(_));
    let place = page.items.iter().take_while(|item| leads(item)).count();
    let body =
        PageBody::Group { title: "Alerts".to_owned(), expanded: None, items: overview.items("alerts-") };
    page.items.insert(place, lists::item("alerts", body));
    Ok(())
}

/// The logs of a generation, and the instant that pages count back from.
fn ground<'a>(generation: &'a Generation, cancel: &'a CancelToken) -> Ground<'a> {
    let span = span(&generation.engine, cancel);
    let now = match generation.now {
        Now::At(ticks) => ticks,
        Now::End => span.last.unwrap_or(0),
    };
    Ground { engine: &generation.engine, span, now, cancel }
}
