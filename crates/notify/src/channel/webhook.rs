//! Posting the JSON to an address. One connection per attempt, no redirects, no proxies, no cookies; of the answer only
//! the status, `Retry-After` and the beginning of a refusal are read.

use super::connect::{connect, protect};
use super::{Failure, Shared, signature};
use crate::outbox::Id;
use crate::settings::{Address, HiddenUrl, Webhook};
use crate::text::line;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, RETRY_AFTER, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::task::JoinSet;

/// How many bytes the head of an answer may have.
const HEAD: usize = 32 * 1024;

/// How many bytes of a refusal are read, and how long.
const REFUSAL: (usize, Duration) = (1024, Duration::from_secs(2));

/// Posts a body.
pub(super) async fn post(hook: &Webhook, id: &Id, body: String, shared: &Shared<'_>) -> Result<(), Failure> {
    let secret = |secret: &crate::settings::Secret| secret.value(shared.variable).map_err(Failure::new);
    let HiddenUrl(url) = match &hook.url {
        Address::Plain(url) => url.clone(),
        Address::Secret(place) => {
            let read = crate::settings::address(&secret(place)?, &hook.reach);
            read.map_err(|(what, way_out)| Failure::new(format!("{what}; {way_out}")))?
        }
    };
    let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
        return Err(Failure::new("the address names no host"));
    };
    let now = (shared.now)();
    let place = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let mut request = Request::post(place)
        .header(HOST, authority)
        .header(USER_AGENT, concat!("calypso-notify/", env!("CARGO_PKG_VERSION")))
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .header(signature::ID, id.text())
        .header(signature::TIMESTAMP, now.timestamp());
    if let Some(key) = &hook.secret {
        let signed = signature::sign(&secret(key)?, id.text(), now.timestamp(), &body);
        let signed = signed.map_err(|what| Failure::new(format!("the secret cannot sign: {what}")))?;
        request = request.header(signature::SIGNATURE, signed);
    }
    let mut token = String::new();
    if let Some(authorization) = &hook.authorization {
        token = secret(authorization)?;
        let value = HeaderValue::try_from(token.as_str());
        let mut value = value.map_err(|_| Failure::new("the authorization is no value of a header"))?;
        value.set_sensitive(true);
        request = request.header(AUTHORIZATION, value);
    }
    let request = request.body(Full::new(Bytes::from(body))).map_err(Failure::new_of)?;

    let mut stream = connect(&host, port, hook.reach.private).await.map_err(Failure::new)?;
    if url.scheme() == "https" {
        stream = protect(stream, &host, hook.reach.ca.as_deref()).await.map_err(Failure::new)?;
    }
    let mut client = http1::Builder::new();
    let (mut sender, connection) =
        client.max_buf_size(HEAD).handshake(TokioIo::new(stream)).await.map_err(Failure::new_of)?;
    // Ends with this attempt.
    let mut tasks = JoinSet::new();
    tasks.spawn(connection);
    let answer = sender.send_request(request).await.map_err(Failure::new_of)?;
    let place = place.to_owned();
    let hidden: Vec<&str> = std::iter::once(place.as_str()).chain(token.split_whitespace()).collect();
    judge(answer, now, &hidden).await
}

impl Failure {
    /// Hyper's errors say little by themselves: the reason below them is told, too.
    fn new_of(error: impl std::error::Error) -> Failure {
        let below = error.source().map(|below| format!(": {below}")).unwrap_or_default();
        Failure::new(format!("{error}{below}"))
    }
}

/// What an answer means. Some servers repeat what they refuse: what is hidden is taken out of their words.
async fn judge(answer: Response<Incoming>, now: DateTime<Utc>, hidden: &[&str]) -> Result<(), Failure> {
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    if status.is_redirection() {
        return Err(Failure::new(format!(
            "the answer is {status}; redirects are not followed, `url` names the last address"
        )));
    }
    let wait = answer.headers().get(RETRY_AFTER).and_then(|value| wait(value.to_str().ok()?, now));
    let said = refusal(answer.into_body(), hidden).await;
    let colon = if said.is_empty() { "" } else { ": " };
    let failure = Failure::new(format!("the answer is {status}{colon}{said}"));
    let asks = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
    Err(Failure { wait: wait.filter(|_| asks), ..failure })
}

/// The beginning of a body, as one line.
async fn refusal(mut body: Incoming, hidden: &[&str]) -> String {
    let (most, longest) = REFUSAL;
    let mut said = Vec::new();
    let read = async {
        while said.len() < most {
            let Some(Ok(frame)) = body.frame().await else { break };
            let data = frame.into_data().unwrap_or_default();
            said.extend(data.iter().take(most - said.len()));
        }
    };
    let _ = tokio::time::timeout(longest, read).await;
    let mut said = String::from_utf8_lossy(&said).into_owned();
    // Shorter words are no secrets: `Bearer`, `/`.
    for hidden in hidden.iter().filter(|hidden| hidden.len() > 6) {
        said = said.replace(hidden, "…");
    }
    line(&said, 200)
}

/// `Retry-After`: seconds, or the time at which to ask again.
fn wait(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some((then.to_utc() - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::tests::instant;

    #[test]
    fn both_forms_of_retry_after() {
        let now = instant("2026-11-20T09:15:00Z");
        assert_eq!(wait(" 120", now), Some(Duration::from_secs(120)));
        assert_eq!(wait("Fri, 20 Nov 2026 09:16:00 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(wait("Fri, 20 Nov 2026 09:14:00 GMT", now), Some(Duration::ZERO));
        for wrong in ["", "-1", "soon", "99999999999999999999999"] {
            assert_eq!(wait(wrong, now), None, "{wrong}");
        }
    }
}
