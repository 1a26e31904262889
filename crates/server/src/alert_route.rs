//! What is asked of the alerts, below `/alerts`:
//!
//! ```text
//! GET  /alerts?TimeRange=48h         the page of all alerts
//! GET  /alerts/brief?TimeRange=48h   what a workbook's page tells of them, for its script
//! GET  /alerts/RULE/TIME/ID          the page of one alert; /alerts/ID finds it by its id
//! POST …/page                        the content of a page that is open
//! …/export/PANEL.csv                 the rows of a panel
//! ```

use crate::alerts::{AlertName, AlertRequest, RANGE};
use crate::export::{GUARDED, csv};
use crate::pages::PageRequest;
use crate::request;
use crate::respond::{Body, json, text};
use crate::route::{State, live, posted, state_of, streamed, unknown, worked, wrong_method};
use crate::shell::{self, Around};
use calypso_workbook::html::HtmlMode;
use calypso_workbook::{DashboardError, Page};
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use serde_json::json;
use std::sync::Arc;

/// Answers a request below `/alerts`.
pub async fn route(state: Arc<State>, below: &[&str], head: &Parts, body: Incoming) -> Response<Body> {
    if state.alerts.is_none() {
        return unknown();
    }
    let get = head.method == Method::GET;
    let addressed = || request::addressed("", head.uri.query());
    match below {
        ["brief"] if get => brief(state, request_of(addressed(), None)).await,
        ["brief"] => wrong_method("GET"),
        [above @ .., "page"] => match named(above) {
            Some(_) if get => wrong_method("POST"),
            Some(alert) => match posted("", body).await {
                Ok(asked) => redrawn(state, request_of(asked, alert)).await,
                Err(response) => response,
            },
            None => unknown(),
        },
        [above @ .., "export", file] => {
            let Some(alert) = named(above) else { return unknown() };
            match if get { Ok(addressed()) } else { posted("", body).await } {
                Ok(asked) => export(state, asked, alert, file).await,
                Err(response) => response,
            }
        }
        above => match named(above) {
            Some(alert) if get => page(state, head, request_of(addressed(), alert)),
            Some(_) => wrong_method("GET"),
            None => unknown(),
        },
    }
}

/// Which alert a path names: none, one; or nothing, where it names no page.
fn named(below: &[&str]) -> Option<Option<AlertName>> {
    if below.is_empty() { Some(None) } else { AlertName::read(below).map(Some) }
}

fn request_of(asked: PageRequest, alert: Option<AlertName>) -> AlertRequest {
    let range = asked.given.into_iter().rfind(|(key, _)| key == RANGE).map(|(_, value)| value);
    AlertRequest { alert, range, edited: asked.edited, cancel: asked.cancel }
}

/// A page: what stands around the content at once, the content when the rules have been replayed.
fn page(state: Arc<State>, head: &Parts, asked: AlertRequest) -> Response<Body> {
    let title = if asked.alert.is_some() { "Alert" } else { "Alerts" };
    let around = Around { name: "", base: head.uri.path(), title, alerts: true };
    let before = shell::before(&around);
    streamed(before, async move {
        match made(&state, asked, |page| (live(&page), page.given)).await {
            Ok((html, given)) => shell::content(&html, &state_of(&state, &given, None)),
            Err((_, error)) => {
                let html = shell::refused(&error, &("/alerts".to_owned(), "All alerts"));
                shell::content(&html, &state_of(&state, &[], None))
            }
        }
    })
}

/// The content of a page that is open.
async fn redrawn(state: Arc<State>, asked: AlertRequest) -> Response<Body> {
    match made(&state, asked, |page| (live(&page), page)).await {
        Ok((html, page)) => {
            let mut values = state_of(&state, &page.given, None);
            values["title"] = page.title.into();
            values["html"] = html.into();
            json(StatusCode::OK, &values)
        }
        Err((status, error)) => told(status, &error),
    }
}

/// One line and the lists, for the script of a workbook's page.
async fn brief(state: Arc<State>, asked: AlertRequest) -> Response<Body> {
    let cancel = asked.cancel.clone();
    let work = move |state: &State| {
        let generation = state.data.current();
        let alerts = state.alerts.as_ref().ok_or_else(|| DashboardError::new("there are no alerts"))?;
        let overview = alerts.overview(&generation, &asked)?;
        let items = overview.lists_beside("alerts-");
        let html: String = items.iter().map(|item| item.html(&HtmlMode::Live)).collect();
        Ok(json!({
            "words": overview.words(),
            "active": overview.active().len(),
            "past": overview.past().len(),
            "html": format!("<div class=\"items\">{html}</div>"),
        }))
    };
    match worked(&state, &cancel, work).await {
        Ok(values) => json(StatusCode::OK, &values),
        Err((status, error)) => told(status, &error),
    }
}

async fn export(
    state: Arc<State>,
    asked: PageRequest,
    alert: Option<AlertName>,
    file: &str,
) -> Response<Body> {
    let Some(id) = file.strip_suffix(".csv").map(str::to_owned) else { return unknown() };
    let guarded = asked.given.iter().any(|(key, _)| key == GUARDED);
    match made(&state, request_of(asked, alert), move |page| csv(&page, &id, guarded)).await {
        Ok(response) => response,
        Err((status, error)) => text(status, &error.to_string()),
    }
}

async fn made<T: Send + 'static>(
    state: &Arc<State>,
    asked: AlertRequest,
    show: impl FnOnce(Page) -> T + Send + 'static,
) -> Result<T, (StatusCode, DashboardError)> {
    let cancel = asked.cancel.clone();
    let work = move |state: &State| {
        let generation = state.data.current();
        let alerts = state.alerts.as_ref().ok_or_else(|| DashboardError::new("there are no alerts"))?;
        let find = |name: &str, time, narrowed: &[(String, String)]| state.pages.panel(name, time, narrowed);
        alerts.page(&generation, &asked, &find).map(show)
    };
    worked(state, &cancel, work).await
}

fn told(status: StatusCode, error: &DashboardError) -> Response<Body> {
    json(status, &json!({ "error": error.message, "help": error.help }))
}
