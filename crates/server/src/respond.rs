//! Answers with the headers that every one of them carries. The policy lets a page use its own scripts, styles and
//! images and speak to its own server, and nothing else: markup that should ever get in from the logs can neither run
//! nor send anything away.

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::Value as Json;
use std::convert::Infallible;

/// What is sent.
pub type Body = UnsyncBoxBody<Bytes, Infallible>;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// An answer of that type, not to be kept by the browser.
pub fn answer(status: StatusCode, form: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, form),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A body that is whole.
pub fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed_unsync()
}

/// A page.
pub fn page(status: StatusCode, html: String) -> Response<Body> {
    answer(status, "text/html; charset=utf-8", whole(html))
}

/// A sentence.
pub fn text(status: StatusCode, sentence: &str) -> Response<Body> {
    answer(status, "text/plain; charset=utf-8", whole(format!("{sentence}\n")))
}

/// Values for the page's script.
pub fn json(status: StatusCode, value: &Json) -> Response<Body> {
    answer(status, "application/json", whole(value.to_string()))
}

/// Leads to another page of ours.
pub fn redirect(to: &str, cookie: &str) -> Response<Body> {
    let mut response = answer(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", whole(Bytes::new()));
    for (name, value) in [(header::LOCATION, to), (header::SET_COOKIE, cookie)] {
        // Both are made of letters that may stand in a header.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
