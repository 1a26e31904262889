//! What is asked. In: a request. Out: its answer.

use crate::alerts::Alerts;
use crate::assets::asset;
use crate::data::Data;
use crate::export::{GUARDED, csv};
use crate::guard::Guard;
use crate::pages::{PageRequest, Pages};
use crate::respond::{Body, answer, json, page, redirect, text};
use crate::shell::Around;
use crate::work::Workers;
use crate::{alert_route, request, shell};
use bytes::Bytes;
use calypso_engine::CancelToken;
use calypso_workbook::html::HtmlMode;
use calypso_workbook::{DashboardError, Page};
use futures::StreamExt;
use http_body_util::{BodyExt, LengthLimitError, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{ALLOW, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Value as Json, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Bytes of a body at most.
const BODY: usize = 1 << 20;
/// How long a body may take to come.
const BODY_TIME: Duration = Duration::from_secs(15);

/// What every request needs.
pub struct State {
    /// Who may ask.
    pub guard: Guard,
    /// The data.
    pub data: Arc<Data>,
    /// The workbooks.
    pub pages: Arc<dyn Pages>,
    /// The alerts; none: there are no rules to look for.
    pub alerts: Option<Arc<Alerts>>,
    /// Threads for queries.
    pub workers: Workers,
    /// Whether the server has been stopped; connections that are still open then get no more pages.
    pub stopped: Arc<AtomicBool>,
    /// The workbook that is shown first, with values of its parameters.
    pub first: Option<(String, Vec<(String, String)>)>,
}

/// Answers a request.
pub async fn route(state: Arc<State>, request: Request<Incoming>) -> Response<Body> {
    let (head, body) = request.into_parts();
    if state.stopped.load(Ordering::Acquire) {
        return text(StatusCode::SERVICE_UNAVAILABLE, "The server has been stopped.");
    }
    if let Err((status, why)) = state.guard.origin(&head) {
        return refused(status, why);
    }
    if let Some(response) = let_in(&state, &head) {
        return response;
    }
    if let Err((status, why)) = state.guard.cookie(&head) {
        return refused(status, why);
    }
    let Some(parts) = request::parts(head.uri.path()) else {
        return unknown();
    };
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let get = head.method == Method::GET;
    match parts.as_slice() {
        [""] if get => {
            let html = shell::index(&state.pages.listed(), state.alerts.is_some());
            page(StatusCode::OK, html)
        }
        ["assets", version, name] if get => asset(version, name).unwrap_or_else(unknown),
        ["version"] if get => json(StatusCode::OK, &version(&state, &[])),
        ["alerts", below @ ..] => alert_route::route(state, below, &head, body).await,
        ["refresh"] if !get => refresh(state).await,
        ["w", name] if get => workbook(state, asked(name, &head)),
        ["w", name, "page"] if !get => match posted(name, body).await {
            Ok(asked) => redrawn(state, asked).await,
            Err(response) => response,
        },
        ["w", name, "export", file] => {
            let asked = if get { Ok(asked(name, &head)) } else { posted(name, body).await };
            match asked {
                Ok(asked) => export(state, asked, file).await,
                Err(response) => response,
            }
        }
        [""] | ["assets", _, _] | ["version"] | ["w", _] => wrong_method("GET"),
        ["refresh"] | ["w", _, "page"] => wrong_method("POST"),
        _ => unknown(),
    }
}

/// Exchanges the token in the first address for the cookie.
fn let_in(state: &State, head: &Parts) -> Option<Response<Body>> {
    if head.uri.path() != "/" || head.method != Method::GET {
        return None;
    }
    let given = request::given(head.uri.query());
    let (_, token) = given.iter().find(|(key, _)| key == "token")?;
    if !state.guard.lets_in(token) {
        return None;
    }
    let to =
        state.first.as_ref().map_or_else(|| "/".to_owned(), |(name, given)| shell::address_with(name, given));
    Some(redirect(&to, &state.guard.set_cookie()))
}

/// A workbook's page: what stands around the content at once, the content when it is answered.
fn workbook(state: Arc<State>, asked: PageRequest) -> Response<Body> {
    let Some(title) = state.pages.title(&asked.workbook) else { return unknown() };
    let before = shell::before(&Around {
        name: &asked.workbook,
        base: &shell::address(&asked.workbook),
        title: &title,
        alerts: state.alerts.is_some(),
    });
    let content = async move {
        let (name, given) = (asked.workbook.clone(), asked.given.clone());
        let drawn = |page: Page| (live(&page), chosen_time(&page), page.given);
        let (html, time, given) = match made(&state, asked, drawn).await {
            Ok(made) => made,
            Err((_, error)) => {
                let way = (shell::address(&name), "Open the workbook as it is shipped");
                (shell::refused(&error, &way), None, given)
            }
        };
        shell::content(&html, &state_of(&state, &given, time))
    };
    streamed(before, content)
}

/// What stands around the content at once, the content when it is there.
pub fn streamed(before: String, content: impl Future<Output = String> + Send + 'static) -> Response<Body> {
    let parts = futures::stream::once(async move { before }).chain(futures::stream::once(content));
    let parts = parts.map(|part| Ok::<_, Infallible>(Frame::data(Bytes::from(part))));
    answer(StatusCode::OK, "text/html; charset=utf-8", StreamBody::new(parts).boxed_unsync())
}

/// A workbook's content for the script of a page that is open.
async fn redrawn(state: Arc<State>, asked: PageRequest) -> Response<Body> {
    match made(&state, asked, |page| (live(&page), page)).await {
        Ok((html, page)) => {
            let mut values = state_of(&state, &page.given, chosen_time(&page));
            values["title"] = page.title.into();
            values["html"] = html.into();
            json(StatusCode::OK, &values)
        }
        Err((status, error)) => json(status, &json!({ "error": error.message, "help": error.help })),
    }
}

async fn export(state: Arc<State>, mut asked: PageRequest, file: &str) -> Response<Body> {
    let Some(id) = file.strip_suffix(".csv").map(str::to_owned) else { return unknown() };
    let guarded = asked.given.iter().any(|(key, _)| key == GUARDED);
    asked.given.retain(|(key, _)| key != GUARDED);
    match made(&state, asked, move |page| csv(&page, &id, guarded)).await {
        Ok(response) => response,
        Err((status, error)) => text(status, &error.to_string()),
    }
}

/// What stands in `<main>`.
pub fn live(page: &Page) -> String {
    page.html(&HtmlMode::Live)
}

/// The first time range of a page, as it was chosen.
fn chosen_time(page: &Page) -> Option<String> {
    page.time_range().and_then(|(picker, _)| picker.chosen.first().cloned())
}

/// Answers a page on a thread of its own, and shows it there: a page may stand deep, and be long.
async fn made<T: Send + 'static>(
    state: &Arc<State>,
    asked: PageRequest,
    show: impl FnOnce(Page) -> T + Send + 'static,
) -> Result<T, (StatusCode, DashboardError)> {
    if state.pages.title(&asked.workbook).is_none() {
        let message = format!("no workbook named `{}`", asked.workbook);
        return Err((StatusCode::NOT_FOUND, DashboardError::new(message)));
    }
    let cancel = asked.cancel.clone();
    worked(state, &cancel, move |state| state.pages.page(&state.data.current(), &asked).map(show)).await
}

/// Does work that `cancel` stops on a thread of its own.
pub async fn worked<T: Send + 'static>(
    state: &Arc<State>,
    cancel: &CancelToken,
    work: impl FnOnce(&State) -> Result<T, DashboardError> + Send + 'static,
) -> Result<T, (StatusCode, DashboardError)> {
    let all = Arc::clone(state);
    match state.workers.run(cancel, move || work(&all)).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err((StatusCode::UNPROCESSABLE_ENTITY, error)),
        Err(why) => Err((StatusCode::SERVICE_UNAVAILABLE, DashboardError::new(why))),
    }
}

async fn refresh(state: Arc<State>) -> Response<Body> {
    let data = Arc::clone(&state.data);
    match state.workers.run(&CancelToken::default(), move || data.refresh()).await {
        Ok(()) => json(StatusCode::OK, &version(&state, &[])),
        Err(why) => json(StatusCode::SERVICE_UNAVAILABLE, &json!({ "error": why })),
    }
}

/// What a page's script knows of it: the data, what was given, and the time that its alerts are looked for in.
pub fn state_of(state: &State, given: &[(String, String)], time: Option<String>) -> Json {
    let mut values = version(state, given);
    values["time"] = time.into();
    values
}

/// Which data the pages show.
fn version(state: &State, given: &[(String, String)]) -> Json {
    shell::state(&state.data.current(), state.data.problem().as_deref(), given)
}

fn asked(name: &str, head: &Parts) -> PageRequest {
    request::addressed(name, head.uri.query())
}

/// What a page's script asks.
pub async fn posted(name: &str, body: Incoming) -> Result<PageRequest, Response<Body>> {
    let read = tokio::time::timeout(BODY_TIME, Limited::new(body, BODY).collect()).await;
    let late = text(StatusCode::REQUEST_TIMEOUT, "The body took too long.");
    let body = match read.map_err(|_| late)? {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            return Err(text(StatusCode::PAYLOAD_TOO_LARGE, "The body is longer than 1 MiB."));
        }
        Err(_) => return Err(text(StatusCode::BAD_REQUEST, "The body ends too early.")),
    };
    request::asked(name.to_owned(), &body).map_err(|why| text(StatusCode::BAD_REQUEST, &why))
}

/// There is nothing at the address.
pub fn unknown() -> Response<Body> {
    text(StatusCode::NOT_FOUND, "There is no such page.")
}

fn refused(status: StatusCode, why: &str) -> Response<Body> {
    if status == StatusCode::METHOD_NOT_ALLOWED { wrong_method("GET, POST") } else { text(status, why) }
}

/// The method is not one that is answered there.
pub fn wrong_method(allowed: &'static str) -> Response<Body> {
    let mut response = text(StatusCode::METHOD_NOT_ALLOWED, &format!("Only {allowed} is answered here."));
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}
