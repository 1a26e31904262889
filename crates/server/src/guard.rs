//! Who may ask. In: the head of a request. Out: whether it is answered, or a status and a sentence why not. Nothing of
//! the data is touched before it has passed here.
//!
//! The page is on 127.0.0.1, which every program and every web page on this machine can reach. So a request must name us
//! as its host (a foreign name that leads here is an attempt to pass for us), must not come from another page, and must
//! carry the token that was printed at the start.

use crate::token::Token;
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, HeaderName, ORIGIN};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use std::sync::{Mutex, PoisonError};

/// What a request must know.
pub struct Guard {
    /// The port we listen on.
    pub port: u16,
    /// The token of this run.
    pub token: Token,
    /// Another one for the browser that we start: it stands on a command line, which every user of the machine can
    /// read, so it is taken once and then no more.
    pub once: Mutex<Option<Token>>,
}

/// Why a request is not answered.
pub type Refused = (StatusCode, &'static str);

const HOST_WRONG: &str = "This address leads to a page that is only served as 127.0.0.1 or localhost.";
const ORIGIN_WRONG: &str = "Requests from other pages are not answered.";
const TOKEN_WRONG: &str = "Open the address that `calypso serve` printed when it started: it holds the token that this page asks for.";
const METHOD_WRONG: &str = "Only GET and POST are answered.";
const FORM_WRONG: &str = "The body must be JSON.";

impl Guard {
    /// Whether a request comes from a page of ours, token aside.
    pub fn origin(&self, head: &Parts) -> Result<(), Refused> {
        if head.method != Method::GET && head.method != Method::POST {
            return Err((StatusCode::METHOD_NOT_ALLOWED, METHOD_WRONG));
        }
        let host = one(head, &HOST).filter(|host| self.is_ours(host));
        let Some(host) = host.filter(|_| head.uri.authority().is_none()) else {
            return Err((StatusCode::FORBIDDEN, HOST_WRONG));
        };
        let origin = match head.headers.get(ORIGIN) {
            None => head.method == Method::GET,
            Some(_) => one(head, &ORIGIN).and_then(|origin| origin.strip_prefix("http://")) == Some(host),
        };
        if !origin || !not_embedded(head) {
            return Err((StatusCode::FORBIDDEN, ORIGIN_WRONG));
        }
        // A form of another page cannot send this type without asking first.
        let form = one(head, &CONTENT_TYPE).and_then(|text| text.split(';').next());
        if head.method == Method::POST && form.map(str::trim) != Some("application/json") {
            return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, FORM_WRONG));
        }
        Ok(())
    }

    /// Whether a text is a token that lets a reader in.
    pub fn lets_in(&self, text: &str) -> bool {
        let mut once = self.once.lock().unwrap_or_else(PoisonError::into_inner);
        self.token.is(text) || once.take_if(|token| token.is(text)).is_some()
    }

    /// Whether a request carries the cookie that the token was exchanged for.
    pub fn cookie(&self, head: &Parts) -> Result<(), Refused> {
        let name = self.cookie_name();
        let texts = head.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
        if pairs.any(|(key, value)| key == name && self.token.is(value)) {
            return Ok(());
        }
        Err((StatusCode::FORBIDDEN, TOKEN_WRONG))
    }

    /// The cookie that keeps a reader in. Cookies do not mind the port, so its name says it.
    pub fn set_cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.token.text())
    }

    fn cookie_name(&self) -> String {
        format!("calypso-{}", self.port)
    }

    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
        matches!(name, "127.0.0.1" | "localhost") && port == self.port.to_string()
    }
}

/// Whether the browser does not say that another page makes the request; to follow a link to us is allowed.
fn not_embedded(head: &Parts) -> bool {
    let site = one(head, &HeaderName::from_static("sec-fetch-site"));
    let mode = one(head, &HeaderName::from_static("sec-fetch-mode"));
    matches!(site, None | Some("same-origin" | "none"))
        || (head.method == Method::GET && mode == Some("navigate"))
}

/// The text of a header that stands there exactly once.
fn one<'a>(head: &'a Parts, name: &HeaderName) -> Option<&'a str> {
    let mut values = head.headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

    fn asked(method: &str, headers: &[(&str, &str)]) -> u16 {
        let guard = Guard { port: 4999, token: Token::new().unwrap(), once: Mutex::default() };
        let mut request = Request::builder().method(method).uri("/w/x");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, ()) = request.body(()).unwrap().into_parts();
        guard.origin(&head).err().map_or(200, |(status, _)| status.as_u16())
    }

    #[test]
    fn hosts_that_are_ours() {
        for (host, status) in [
            ("127.0.0.1:4999", 200),
            ("localhost:4999", 200),
            ("127.0.0.1:5000", 403),
            ("127.0.0.1", 403),
            ("localhost", 403),
            ("evil.example:4999", 403),
            ("127.0.0.1.evil.example:4999", 403),
            ("127.0.0.2:4999", 403),
            ("[::1]:4999", 403),
            ("localhost:4999:4999", 403),
            ("", 403),
        ] {
            assert_eq!(asked("GET", &[("host", host)]), status, "{host}");
        }
        assert_eq!(asked("GET", &[]), 403);
        assert_eq!(asked("GET", &[("host", "localhost:4999"), ("host", "evil.example")]), 403);
    }

    #[test]
    fn origins_that_are_ours() {
        let json = ("content-type", "application/json");
        let host = ("host", "localhost:4999");
        for (method, origin, status) in [
            ("GET", None, 200),
            ("POST", None, 403),
            ("GET", Some("http://localhost:4999"), 200),
            ("POST", Some("http://localhost:4999"), 200),
            ("POST", Some("http://127.0.0.1:4999"), 403),
            ("POST", Some("https://localhost:4999"), 403),
            ("POST", Some("http://localhost:5000"), 403),
            ("GET", Some("http://evil.example"), 403),
            ("POST", Some("null"), 403),
        ] {
            let mut headers = vec![host, json];
            headers.extend(origin.map(|origin| ("origin", origin)));
            assert_eq!(asked(method, &headers), status, "{method} {origin:?}");
        }
        let ours = ("origin", "http://localhost:4999");
        assert_eq!(asked("POST", &[host, ours]), 415);
        assert_eq!(asked("POST", &[host, ours, ("content-type", "text/plain")]), 415);
        assert_eq!(asked("POST", &[host, ours, ("content-type", "application/json; charset=utf-8")]), 200);
    }

    #[test]
    fn other_pages_may_link_and_nothing_else() {
        let host = ("host", "localhost:4999");
        let site = |site| ("sec-fetch-site", site);
        assert_eq!(asked("GET", &[host, site("same-origin")]), 200);
        assert_eq!(asked("GET", &[host, site("none")]), 200);
        assert_eq!(asked("GET", &[host, site("cross-site"), ("sec-fetch-mode", "navigate")]), 200);
        assert_eq!(asked("GET", &[host, site("cross-site"), ("sec-fetch-mode", "no-cors")]), 403);
        assert_eq!(asked("GET", &[host, site("same-site"), ("sec-fetch-mode", "cors")]), 403);
    }

    #[test]
    fn methods() {
        for method in ["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"] {
            assert_eq!(asked(method, &[("host", "localhost:4999")]), 405, "{method}");
        }
    }
}
