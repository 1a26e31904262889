//! `calypso workbook`: a dashboard in the terminal, whole, by tab, or one panel.

use crate::arguments::{Drawn, Shared};
use crate::data::{self, Opened};
use crate::failure::Failure;
use crate::{interrupt, output, places};
use calypso_engine::QueryError;
use calypso_workbook::{Dashboard, Now, PageOptions};
use std::io::Write;

impl Default for Drawn {
    fn default() -> Drawn {
        Drawn { name: "cloud-sync".to_owned(), panel: None, tab: None }
    }
}

/// Opens the data and draws.
pub fn workbook(shared: &Shared, wanted: &Drawn) -> Result<(), Failure> {
    interrupt::listen(false);
    let opened = data::engine(shared)?;
    super::query::told(&opened);
    draw(shared, &opened, wanted)
}

/// Draws over data that is open already.
pub fn draw(shared: &Shared, opened: &Opened, wanted: &Drawn) -> Result<(), Failure> {
    let refused = |error: calypso_workbook::DashboardError| Failure::Usage(error.to_string());
    let dashboard = Dashboard::load(&wanted.name, places::queries().as_deref()).map_err(refused)?;
    let now = match (shared.now.as_deref(), opened.now) {
        (Some("end"), _) => Now::End,
        // The demo is pinned to its newest row, so that it is never empty.
        (None, Some(_)) if opened.summaries.is_empty() => Now::End,
        (_, Some(ticks)) => Now::At(ticks),
        (_, None) => Now::At(data::clock()),
    };
    let mut options = PageOptions::at(now);
    options.parameters = data::pairs(&shared.parameters)?;
    if let Some(last) = &shared.last {
        options.parameters.push(("Date".to_owned(), last.clone()));
    }
    options.panel.clone_from(&wanted.panel);
    options.tab.clone_from(&wanted.tab);
    let (cancel, engine) = (options.cancel.clone(), opened.engine.clone());
    let page = interrupt::until(&cancel, move || dashboard.page(&engine, &options));
    let stopped = |error| Failure::Query { text: String::new(), origin: wanted.name.clone(), error };
    let page = page.map_err(stopped)?.map_err(refused)?;
    if cancel.is_cancelled() {
        return Err(stopped(QueryError::Cancelled));
    }
    if let ([panel], Some(_)) = (page.panels.as_slice(), &wanted.panel)
        && (shared.output.is_some() || shared.format != "auto")
    {
        let answer = panel.answer.as_ref().map_err(|why| Failure::Found(why.clone()))?;
        return output::answers(shared, std::slice::from_ref(answer));
    }
    let mut out = std::io::stdout().lock();
    for line in page.terminal(&output::style(shared)) {
        writeln!(out, "{line}")?;
    }
    match page.panels.iter().filter(|panel| panel.answer.is_err()).count() {
        0 => Ok(()),
        failed => Err(Failure::Found(format!("{failed} of {} panels have no answer", page.panels.len()))),
    }
}
