//! Who is let in, and what is answered to whom.

use crate::asking::{ask, raw};
use crate::sample::{HOSTILE, Served, served, until};
use serde_json::{Value as Json, json};
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::Ordering;

const PAGE: &str = "/w/by%20hand/page";

#[test]
fn the_token_is_exchanged_for_a_cookie() {
    let served = served();
    let address = served.running.address;
    assert!(address.ip().is_loopback());
    let asked = |path: &str, headers: &[(&str, &str)]| ask(address, "GET", path, headers, "").status;
    for path in ["/", "/w/by%20hand", "/version", "/assets/x/page.js", "/none", "/?token=", "/?token=00"] {
        let answer = ask(address, "GET", path, &[], "");
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.body.contains("`calypso serve` printed"), "{}", answer.body);
    }
    let token = served.running.url.split_once("token=").unwrap().1;
    assert_eq!(asked(&format!("/w/by%20hand?token={token}"), &[]), 403, "only the first address takes it");
    let first = ask(address, "GET", &format!("/?token={token}"), &[], "");
    let cookie = first.header("set-cookie");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = served.cookie();
    assert_eq!(asked("/", &[("Cookie", &format!("other=1; {cookie}"))]), 200);
    assert_eq!(asked("/", &[("Cookie", &cookie[..cookie.len() - 1])]), 403);
    assert_eq!(asked("/", &[("Cookie", &format!("x{cookie}"))]), 403);
    assert_eq!(asked("/", &[("Cookie", &cookie), ("Host", "evil.example")]), 403);
    assert_eq!(asked("/", &[("Cookie", &cookie), ("Origin", "http://evil.example")]), 403);
    assert_eq!(asked(&format!("http://evil.example:{}/", address.port()), &[("Cookie", &cookie)]), 403);
}

#[test]
fn the_token_of_a_command_line_lets_in_one_reader() {
    let served = served();
    let path = served.running.url_once.split_once("/?").map(|(_, query)| format!("/?{query}")).unwrap();
    let asked = || ask(served.running.address, "GET", &path, &[], "");
    let cookie = asked().header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(served.cookie(), cookie, "it is the cookie of every reader");
    let (_, token) = path.split_once("token=").unwrap();
    assert!(!cookie.contains(token), "who reads it knows no cookie");
    for _ in 0..3 {
        let second = asked();
        assert_eq!((second.status, second.header("set-cookie")), (403, ""));
    }
}

#[test]
fn every_answer_carries_the_policy() {
    let served = served();
    let answers = ["/", "/w/by%20hand", "/version", "/none", "/w/none", "/w/by%20hand/export/3.csv"]
        .map(|path| served.ask("GET", path, ""));
    let refused = ask(served.running.address, "DELETE", "/", &[], "");
    for answer in answers.iter().chain([&refused]) {
        let policy = answer.header("content-security-policy");
        for part in
            ["default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "form-action 'none'"]
        {
            assert!(policy.contains(part), "{policy}");
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("access-control-allow-origin", ""),
        ] {
            assert_eq!(answer.header(name), value, "{name}");
        }
    }
}

#[test]
fn methods_paths_and_bodies_that_are_not_right() {
    let served = served();
    for (method, path, body, status) in [
        ("PUT", "/", "", 405),
        ("HEAD", "/", "", 405),
        ("OPTIONS", PAGE, "", 405),
        ("POST", "/", "{}", 405),
        ("POST", "/version", "{}", 405),
        ("GET", "/refresh", "", 405),
        ("GET", PAGE, "", 405),
        ("GET", "/w", "", 404),
        ("GET", "/w/", "", 404),
        ("GET", "/w/other", "", 404),
        ("GET", "/w/by%20hand/", "", 404),
        ("GET", "/w/..%2f..%2fetc%2fpasswd", "", 404),
        ("GET", "/w/../../etc/passwd", "", 404),
        ("GET", "/assets/x/..%2fCargo.toml", "", 404),
        ("GET", "/assets/%2e%2e/README.md", "", 404),
        ("GET", "/%ff", "", 404),
        ("GET", "/w/by%20hand/export/3", "", 404),
        ("GET", "/w/by%20hand/export/9.csv", "", 404),
        ("GET", "/w/by%20hand/export/1.csv", "", 404),
        ("GET", "/w/other/export/3.csv", "", 404),
        ("POST", "/w/other/page", r#"{"given":[]}"#, 404),
        ("POST", PAGE, "", 400),
        ("POST", PAGE, "{", 400),
        ("POST", PAGE, r#"{"given":[["a"]]}"#, 400),
    ] {
        assert_eq!(served.ask(method, path, body).status, status, "{method} {path} {body}");
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let served = served();
    assert_eq!(served.ask("POST", PAGE, &format!("{{\"x\":\"{}\"}}", "a".repeat(2 << 20))).status, 413);
    let long = "a".repeat(64 << 10);
    assert_eq!(ask(served.running.address, "GET", "/", &[("X", &long)], "").status, 431);
    let many: Vec<(&str, &str)> = (0..100).map(|_| ("X", "a")).collect();
    assert_eq!(ask(served.running.address, "GET", "/", &many, "").status, 431);
    for junk in ["", "\r\n", "nonsense\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n"] {
        let status = if junk.trim().is_empty() {
            continue;
        } else {
            raw(served.running.address, junk.as_bytes()).status
        };
        assert!(status == 400 || status == 0, "{junk:?}: {status}");
    }
    assert_eq!(served.ask("GET", "/version", "").status, 200, "it goes on");
}

#[test]
fn texts_never_become_markup() {
    let served = served();
    let list = served.ask("GET", "/", "").body;
    let page =
        served.ask("GET", "/w/by%20hand?more=%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "").body;
    let wrong = served.ask("GET", "/w/by%20hand?wrong=%3Cscript%3Ealert(2)%3C%2Fscript%3E", "").body;
    for html in [&list, &page, &wrong] {
        for harm in ["<img", "<script>", "<too>", "<another>", "<test>", "style=", " onerror=\""] {
            assert!(!html.contains(harm), "{harm} in {html}");
        }
    }
    assert!(list.contains("<a href=\"/w/by%20hand\">&lt;img src=x onerror=alert(1)&gt;"), "{list}");
    assert!(page.contains("\"given\":[[\"more\",\"\\u003c/script>\\u003cscript>alert(1)"), "{page}");
    assert!(wrong.contains("`&lt;script&gt;alert(2)&lt;/script&gt;` is no value"), "{wrong}");
    let scripts = page.matches("<script").count();
    assert_eq!(scripts, 1 + page.matches("<script type=\"application/json\"").count(), "{page}");
}

fn posted(served: &Served, body: &Json) -> (u16, Json) {
    let answer = served.ask("POST", PAGE, &body.to_string());
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

#[test]
fn a_page_is_asked_for_anew() {
    let served = served();
    let (status, page) = posted(&served, &json!({"given": [["a", "1"], ["a", HOSTILE]]}));
    assert_eq!(status, 200);
    assert_eq!(page["given"], json!([["a", "1"], ["a", HOSTILE]]));
    assert_eq!(
        (&page["title"], &page["generation"], &page["problem"]),
        (&json!(HOSTILE), &json!(1), &Json::Null)
    );
    assert!(page["html"].as_str().unwrap().contains("generation 1"), "{page}");
    let (status, refused) = posted(&served, &json!({"given": [["wrong", "x"]]}));
    assert_eq!((status, refused), (422, json!({"error": "`x` is no value", "help": "choose <another>"})));
    let broken = json!({"given": [], "edited": {"id": "3", "query": "print nosuch"}});
    let (status, page) = posted(&served, &broken);
    assert!(status == 200 && page["html"].as_str().unwrap().contains("nosuch"), "{page}");
}

#[test]
fn rows_as_csv() {
    let served = served();
    let path = "/w/by%20hand/export/3.csv";
    let plain = served.ask("GET", path, "");
    assert_eq!((plain.status, plain.body.as_str()), (200, "x\n=1+1\n"));
    assert_eq!(plain.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        plain.header("content-disposition"),
        "attachment; filename=\"by-hand-img-src-x-onerror-alert-1.csv\""
    );
    assert_eq!(served.ask("GET", &format!("{path}?.guarded=yes"), "").body, "x\n'=1+1\n");
    let edited = json!({"given": [], "edited": {"id": "3", "query": "print y = 5"}});
    assert_eq!(served.ask("POST", path, &edited.to_string()).body, "y\n5\n");
}

#[test]
fn a_reader_who_goes_away_stops_the_queries() {
    let served = served();
    let address = served.running.address;
    let cookie = served.cookie();
    let body = r#"{"given":[["slow","yes"]]}"#;
    let post = format!(
        "POST {PAGE} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {cookie}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let get = format!("GET /w/by%20hand?slow=yes HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n");
    for (at, request) in [post, get].into_iter().enumerate() {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        until("the query runs", || served.queries.lock().unwrap().len() == at + 1);
        assert!(!served.queries.lock().unwrap()[at].is_cancelled());
        drop(stream);
        until("the query is stopped", || served.queries.lock().unwrap()[at].is_cancelled());
    }
}

#[test]
fn changed_data_makes_a_new_generation() {
    let served = served();
    let version = || -> Json { serde_json::from_str(&served.ask("GET", "/version", "").body).unwrap() };
    assert_eq!(version(), json!({"generation": 1, "read": 1000, "problem": null, "given": []}));
    served.print.store(13, Ordering::SeqCst);
    until("the problem is told", || version()["problem"] == "line 7 ends <too> early");
    assert_eq!(version()["generation"], 1);
    served.print.store(2, Ordering::SeqCst);
    until("the data is read", || version()["generation"] == 2);
    assert_eq!(version(), json!({"generation": 2, "read": 2000, "problem": null, "given": []}));
    assert_eq!(served.ask("POST", "/refresh", "{}").status, 200);
    assert_eq!(version()["generation"], 3);
}

#[test]
fn a_server_that_is_dropped_no_longer_listens() {
    let served = served();
    let address = served.running.address;
    drop(served);
    until("the port is free", || TcpStream::connect(address).is_err());
}
