//! What a query that a reader writes, or a workbook brings along, can do: read the tables of this page, and no more.

use crate::asking::{Answer, ask};
use calypso_engine::{Engine, EngineOptions};
use calypso_server::{DataSource, Running, ServeOptions, Workbooks, serve};
use calypso_workbook::LoadOptions;
use calypso_workbook::Now;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(4);
const SECRET: &str = "not-for-readers";

/// One small table.
struct Small;

impl DataSource for Small {
    fn fingerprint(&self) -> u64 {
        1
    }

    fn open(&self) -> Result<Engine, String> {
        let engine = Engine::new(EngineOptions::default()).map_err(|error| error.to_string())?;
        engine.run(".set Held <| range x from 1 to 7 step 1").map_err(|error| error.to_string())?;
        Ok(engine)
    }

    fn now(&self) -> Now {
        Now::At(0)
    }

    fn clock(&self) -> u64 {
        1
    }
}

struct Site {
    running: Running,
    cookie: String,
}

impl Site {
    /// Serves a workbook of one panel with a parameter.
    fn start(folder: &Path) -> Site {
        let book = json!({"version": "Notebook/1.0", "items": [
            {"type": 9, "name": "choose", "content": {"parameters": [
                {"name": "Said", "type": 1, "value": "nothing"},
                {"name": "Other", "type": 1, "value": "EXPANDED"},
            ]}},
            {"type": 3, "name": "panel", "content": {"query": "print said = '{Said}'", "title": "Said {Said}"}},
            {"type": 1, "name": "words", "content": {"json": "Words: {Said}"}},
        ]});
        let file = folder.join("small.workbook");
        std::fs::write(&file, book.to_string()).unwrap();
        let workbooks = Workbooks::new(&[file.display().to_string()], LoadOptions::default(), false).unwrap();
        let running = serve(ServeOptions {
            first: None,
            rules: None,
            source: Box::new(Small),
            pages: Arc::new(workbooks),
            port: 0,
            look_every: Duration::from_secs(60),
            time_limit: LIMIT,
        });
        let running = running.unwrap();
        let path = running.url.split_once("/?").map(|(_, query)| format!("/?{query}")).unwrap();
        let answer = ask(running.address, "GET", &path, &[], "");
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        Site { running, cookie }
    }

    fn post(&self, body: &Json) -> Answer {
        let address = self.running.address;
        let origin = format!("http://{address}");
        let headers =
            [("Cookie", self.cookie.as_str()), ("Origin", &origin), ("Content-Type", "application/json")];
        ask(address, "POST", "/w/small/page", &headers, &body.to_string())
    }

    /// The page with that query in place of the panel's.
    fn edited(&self, query: &str) -> Answer {
        self.post(&json!({"given": [], "edited": {"id": "2", "query": query}}))
    }
}

#[test]
fn queries_reach_no_files_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.csv");
    std::fs::write(&secret, format!("a\n{SECRET}\n")).unwrap();
    let site = Site::start(folder.path());
    let (secret, out) = (secret.display().to_string(), folder.path().join("out").display().to_string());
    let before = std::fs::read_dir(folder.path()).unwrap().count();
    for query in [
        format!("externaldata(a: string) [@'{secret}']"),
        format!("externaldata(a: string) [@'file://{secret}'] with (format='csv')"),
        format!("let f = externaldata(a: string) [@'{secret}']; Held | extend b = toscalar(f)"),
        format!("external_table('{secret}')"),
        format!(".ingest into table Held (@'{secret}')"),
        format!(".export to csv (@'{out}') <| Held"),
        format!(".export async to json (h@'{out}') <| Held"),
        format!(".create external table E (a: string) kind=storage dataformat=csv (@'{out}')"),
        format!("Held;\n\n.export to csv (@'{out}') <| Held"),
        ".create function Made() { print 1 }".to_owned(),
        ".create-or-alter function Made() { print 1 }".to_owned(),
        ".drop table Held".to_owned(),
        ".clear table Held data".to_owned(),
        ".set-or-replace Held <| print x = 1".to_owned(),
        ".append Held <| print x = 1".to_owned(),
        ".set-or-append Held <| print x = 1\n\nHeld | count".to_owned(),
        ".rename table Held to Gone".to_owned(),
        ".alter table Held (y: string)".to_owned(),
        "evaluate python(typeof(*), 'open(1)')".to_owned(),
        "evaluate http_request('http://127.0.0.1:1/')".to_owned(),
        "evaluate sql_request('x', 'y')".to_owned(),
        "cluster('http://127.0.0.1:1').database('d').Held".to_owned(),
    ] {
        let answer = site.edited(&query);
        assert_eq!(answer.status, 200, "{query}: {}", answer.body);
        assert!(!answer.body.contains(SECRET), "{query}: {}", answer.body);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before, "{query}");
        let held = site.edited("Held | summarize said = strcat('rows ', count(), ' sum ', sum(x))");
        assert!(held.body.contains("rows 7 sum 28"), "{query}: {}", held.body);
        assert!(!site.edited("Made() | project said = strcat('ma', 'de')").body.contains("made<"), "{query}");
    }
}

#[test]
fn queries_that_never_end_are_stopped_and_hold_no_place() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::start(folder.path());
    let deep = |open: &str, close: &str| format!("print {}1{}", open.repeat(50_000), close.repeat(50_000));
    for query in [
        "range x from 1 to 1000000000000 step 1 | count".to_owned(),
        "range x from 1 to 1000000000000 step 1 | where x < 0".to_owned(),
        "range x from 1 to 1000000000000 step 1".to_owned(),
        "range x from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1000000 step 1 | \
         extend k = 1) on k | count"
            .to_owned(),
        "range x from 1 to 100000000 step 1 | where tostring(x) matches regex '(a+)+$' | count".to_owned(),
        "print x = 1 | where '' matches regex '((((a{1000}){1000}){1000}){1000})'".to_owned(),
        deep("(", ")"),
        deep("-", ""),
        deep("[", "]"),
        deep("not(", ")"),
        format!("print 1{}", " + 1".repeat(50_000)),
        format!("print dynamic({}{})", "[".repeat(50_000), "]".repeat(50_000)),
    ] {
        let begun = Instant::now();
        let answer = site.edited(&query);
        let start: String = query.chars().take(80).collect();
        assert!(matches!(answer.status, 200 | 503), "{start}: {answer:?}");
        assert!(begun.elapsed() < 5 * LIMIT, "{start}: {:?}", begun.elapsed());
    }
    let begun = Instant::now();
    while site.edited("print said = 'still there'").status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(30), "the places are still taken");
    }
}

#[test]
fn what_is_given_is_never_expanded_or_run() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::start(folder.path());
    for value in
        ["{Other}", "{Other:value}", "{{Other}}", "{Said}", "'; Held //", "\\", "*/ {Other} /*", "`{Other}`"]
    {
        let answer = site.post(&json!({"given": [["Said", value]]}));
        assert_eq!(answer.status, 200, "{value}: {}", answer.body);
        let page: Json = serde_json::from_str(&answer.body).unwrap();
        let html = page["html"].as_str().unwrap();
        // The value of the other parameter stands in its own field alone.
        assert_eq!(html.matches("EXPANDED").count(), 1, "{value}: {html}");
        assert!(!html.contains("class=\"problem\""), "{value}: {html}");
    }
    for key in ["__proto__", "constructor", "toString", "'", "", "\u{1b}[31m", "sa\0"] {
        let answer = site.post(&json!({"given": [[key, "x"]]}));
        assert_eq!(answer.status, 422, "{key}: {}", answer.body);
        assert!(!answer.body.contains('\u{1b}'), "{key}");
    }
}
