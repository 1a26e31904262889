//! Webhooks: what is sent, and servers that redirect, fail, answer slowly or without end.

use crate::server::{Server, header, request};
use crate::{attempt, deliver_at, fired, put, settings, start};
use calypso_notify::{Outbox, Settings, common_alert_schema, signature};
use chrono::TimeDelta;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

const ALLOWED: &str = "allow-http = true\nallow-private = true\n";

fn hook(server: &Server, more: &str) -> Settings {
    let url = format!("url = \"http://127.0.0.1:{}/hooks/hidden?sig=hidden\"\n{ALLOWED}{more}", server.port);
    settings(Path::new("."), "webhook", &url)
}

#[test]
fn the_body_is_the_common_alert_schema_and_signed() {
    let server = Server::http("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n");
    let settings = hook(&server, "secret = { env = \"KEY\" }\nauthorization = { env = \"TOKEN\" }\n");
    assert_eq!(attempt(&settings), Ok(None));
    let heard = server.heard().remove(0);
    let (head, body) = heard.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /hooks/hidden?sig=hidden HTTP/1.1\r\n"), "{head}");
    assert_eq!(body, common_alert_schema(&fired(1)));
    let of = |name: &str| header(&heard, name).unwrap_or_default().to_owned();
    assert_eq!(of("host"), format!("127.0.0.1:{}", server.port));
    assert_eq!(of("content-type"), "application/json; charset=utf-8");
    assert_eq!(of("authorization"), "Bearer hidden-token");
    let id = format!("{}-fired-c", fired(1).alert);
    assert_eq!((of("webhook-id"), of("webhook-timestamp")), (id.clone(), start().timestamp().to_string()));
    let key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assert_eq!(Ok(of("webhook-signature")), signature::sign(key, &id, start().timestamp(), body));
}

#[test]
fn the_same_id_in_every_attempt() {
    let server = Server::http("HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n");
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    outbox.put(&[put("c", fired(1))], start()).unwrap();
    for _ in 0..3 {
        let due = outbox.next_due().unwrap();
        deliver_at(&outbox, &hook(&server, ""), due);
    }
    let ids: Vec<_> =
        server.heard().iter().map(|heard| header(heard, "webhook-id").map(str::to_owned)).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| id.is_some() && *id == ids[0]), "{ids:?}");
    let times: Vec<_> =
        server.heard().iter().map(|heard| header(heard, "webhook-timestamp").map(str::to_owned)).collect();
    assert!(times[0] < times[1] && times[1] < times[2], "{times:?}");
}

#[test]
fn redirects_are_not_followed() {
    let other = Server::http("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    let answer =
        format!("HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:{}/\r\ncontent-length: 0\r\n\r\n", other.port);
    let (error, _) = attempt(&hook(&Server::http(answer), "")).unwrap_err();
    assert!(error.contains("307") && error.contains("redirects are not followed"), "{error}");
    assert!(other.heard().is_empty());
}

#[test]
fn refusals_are_told_and_tried_again_when_asked() {
    let body = "out of \x1b[31mred ink\r\n";
    let answer = |status: &str, after: &str| {
        format!("HTTP/1.1 {status}\r\nretry-after: {after}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let (error, next) =
        attempt(&hook(&Server::http(answer("503 Service Unavailable", "7200")), "")).unwrap_err();
    assert_eq!(error, "the answer is 503 Service Unavailable: out of �[31mred ink");
    assert_eq!(next, start() + TimeDelta::hours(2));
    let (_, next) =
        attempt(&hook(&Server::http(answer("429 Slow", "Fri, 20 Nov 2026 12:15:00 GMT")), "")).unwrap_err();
    assert_eq!(next, start() + TimeDelta::hours(3));
    // Nobody who refuses a request for good is asked again only after ten years.
    let (_, next) = attempt(&hook(&Server::http(answer("404 Not Found", "300000000")), "")).unwrap_err();
    assert!(next < start() + TimeDelta::minutes(1));
}

#[test]
fn secrets_that_a_refusal_repeats_are_not_shown() {
    let body = "no Bearer hidden-token at /hooks/hidden?sig=hidden";
    let answer = format!("HTTP/1.1 401 No\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let settings = hook(&Server::http(answer), "authorization = { env = \"TOKEN\" }");
    assert_eq!(attempt(&settings).unwrap_err().0, "the answer is 401 Unauthorized: no Bearer … at …");
}

#[test]
fn slow_and_endless_answers_end() {
    let silent = Server::new(|mut stream| {
        let heard = request(&mut stream);
        std::thread::sleep(std::time::Duration::from_secs(60));
        heard
    });
    assert_eq!(attempt(&hook(&silent, "timeout = 2")).unwrap_err().0, "no success within 2 s");
    let head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(1 << 20));
    let (error, _) = attempt(&hook(&Server::http(head), "")).unwrap_err();
    assert!(error.contains("too large"), "{error}");
    let body = format!("HTTP/1.1 500 Oh\r\ncontent-length: 999999999\r\n\r\n{}", "y".repeat(1 << 20));
    let (error, _) = attempt(&hook(&Server::http(body), "")).unwrap_err();
    assert!(
        error.starts_with("the answer is 500 Internal Server Error: yyy") && error.len() < 300,
        "{error}"
    );
    let (error, _) = attempt(&hook(&Server::http("220 smtp.example.org\r\n"), "")).unwrap_err();
    assert!(error.contains("invalid HTTP version"), "{error}");
}

#[test]
fn addresses_of_this_machine_and_network_are_refused_before_a_byte_is_sent() {
    let server = Server::http("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    for host in ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let url = format!("url = \"http://{host}:{}/\"\nallow-http = true", server.port);
        let (error, _) = attempt(&settings(Path::new("."), "webhook", &url)).unwrap_err();
        assert!(error.contains("is no public address; `allow-private = true` allows it"), "{host}: {error}");
    }
    assert!(server.heard().is_empty());
}

#[test]
fn secrets_that_are_missing_or_weak_send_nothing() {
    let server = Server::http("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    let (error, _) = attempt(&hook(&server, "secret = { env = \"NONE\" }")).unwrap_err();
    assert_eq!(error, "the variable `NONE` is not set");
    let (error, _) = attempt(&hook(&server, "secret = { env = \"PASSWORD\" }")).unwrap_err();
    assert_eq!(error, "the secret cannot sign: a key of at least 16 bytes is wanted");
    let from = settings(Path::new("."), "webhook", "url-from = { env = \"TOKEN\" }");
    let (error, _) = attempt(&from).unwrap_err();
    assert!(error.starts_with("this is no address"), "{error}");
    assert!(server.heard().is_empty());
}

#[test]
fn certificates_are_checked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/main/tls");
    let certificate = CertificateDer::from_pem_file(folder.join("cert.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let server = Server::new(move |stream| {
        let mut stream = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), stream);
        let heard = request(&mut stream);
        let _ =
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").and_then(|()| stream.flush());
        heard
    });
    let hook = |host: &str, more: &str| {
        let text = format!("url = \"https://{host}:{}/\"\nallow-private = true\n{more}", server.port);
        attempt(&settings(&folder, "webhook", &text))
    };
    assert_eq!(hook("localhost", "ca = \"ca.pem\""), Ok(None));
    let (error, _) = hook("localhost", "").unwrap_err();
    assert!(error.contains("UnknownIssuer"), "{error}");
    let (error, _) = hook("127.0.0.1", "ca = \"ca.pem\"").unwrap_err();
    assert!(error.contains("not valid for name"), "{error}");
    let (error, _) = hook("localhost", "ca = \"nowhere.pem\"").unwrap_err();
    assert!(error.contains("nowhere.pem` cannot be used"), "{error}");
    let spoken: Vec<String> = server.heard().into_iter().filter(|heard| !heard.is_empty()).collect();
    assert_eq!(spoken.len(), 1);
}
