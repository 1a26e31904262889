//! The alerts: what the rules find in the logs, one alert by its address, what a watch told, and rules that cannot be used.

use crate::asking::{Answer, ask};
use crate::sample::{ByHand, HOSTILE};
use calypso_alerts::evaluate::Labels;
use calypso_alerts::read;
use calypso_alerts::state::alert_id;
use calypso_engine::{Engine, EngineOptions};
use calypso_library::literals::datetime;
use calypso_server::alerts::{RuleFile, RuleSource, Telling, Told, firing_path};
use calypso_server::{DataSource, Running, ServeOptions, serve};
use calypso_workbook::Now;
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Tables that a query makes.
struct Rows(String);

impl DataSource for Rows {
    fn fingerprint(&self) -> u64 {
        1
    }

    fn open(&self) -> Result<Engine, String> {
        let engine = Engine::new(EngineOptions::default()).map_err(|error| error.to_string())?;
        if !self.0.is_empty() {
            let made = engine.run(&format!(".set AADProvisioningLogs <| {}", self.0));
            made.map_err(|error| error.to_string())?;
        }
        Ok(engine)
    }

    fn now(&self) -> Now {
        Now::At(datetime("2026-11-01T00:00:00Z").unwrap())
    }

    fn clock(&self) -> u64 {
        1
    }
}

/// Rules as texts, which a test may change, and what was told.
#[derive(Clone, Default)]
struct Given {
    files: Arc<Mutex<Vec<(String, String)>>>,
    told: Arc<Mutex<Vec<Told>>>,
}

impl RuleSource for Given {
    fn files(&self) -> Vec<RuleFile> {
        let files = self.files.lock().unwrap();
        let read = |(name, text): &(String, String)| match text.as_str() {
            "unreadable" => RuleFile { origin: name.clone(), read: Err("it is a folder".to_owned()) },
            _ => RuleFile { origin: name.clone(), read: Ok(read(text, name)) },
        };
        files.iter().map(read).collect()
    }

    fn told(&self) -> Result<Vec<Told>, String> {
        Ok(self.told.lock().unwrap().clone())
    }
}

struct Site {
    running: Running,
    given: Given,
    cookie: String,
}

impl Site {
    fn start(rows: &str, files: &[(&str, &str)]) -> Site {
        let given = Given::default();
        let pairs = files.iter().map(|(name, text)| (name.to_string(), text.to_string()));
        *given.files.lock().unwrap() = pairs.collect();
        Site::with(rows, given, 60)
    }

    fn with(rows: &str, given: Given, limit: u64) -> Site {
        let running = serve(ServeOptions {
            source: Box::new(Rows(rows.to_owned())),
            pages: Arc::new(ByHand { running: Arc::default() }),
            rules: Some(Box::new(given.clone())),
            port: 0,
            first: None,
            look_every: Duration::from_secs(60),
            time_limit: Duration::from_secs(limit),
        });
        let running = running.unwrap();
        let path = running.url.split_once("/?").map(|(_, query)| format!("/?{query}")).unwrap();
        let answer = ask(running.address, "GET", &path, &[], "");
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        Site { running, given, cookie }
    }

    fn get(&self, path: &str) -> Answer {
        ask(self.running.address, "GET", path, &[("Cookie", &self.cookie)], "")
    }

    fn post(&self, path: &str, body: &Json) -> Answer {
        let address = self.running.address;
        let origin = format!("http://{address}");
        let headers =
            [("Cookie", self.cookie.as_str()), ("Origin", &origin), ("Content-Type", "application/json")];
        ask(address, "POST", path, &headers, &body.to_string())
    }

    /// The alerts of a range as rows of text, by the panel's number.
    fn rows(&self, range: &str, panel: u8) -> Vec<Vec<String>> {
        let answer = self.get(&format!("/alerts/export/{panel}.csv?TimeRange={range}"));
        if answer.status == 404 {
            return Vec::new();
        }
        let lines = answer.body.lines().skip(1);
        lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    fn brief(&self, range: &str) -> Json {
        let answer = self.get(&format!("/alerts/brief?TimeRange={range}"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }
}

/// Five failures of one job in the morning, three of another in the last quarter of an hour.
const FAILURES: &str = "union \
    (range i from 1 to 5 step 1 | project TimeGenerated = datetime(2026-10-31T09:00) + i * 1m, JobId = 'job-a'), \
    (range i from 1 to 3 step 1 | project TimeGenerated = datetime(2026-10-31T23:50) + i * 1m, JobId = 'job-b') \
    | extend ResultType = 'Failure', Code = 17";
const RULE: &str = "// title: Many failures\n// severity: 2\n// every: 15m\n// window: 1h\n// dimensions: JobId\n\
    // fires: count() > 2\n// resolves: after 1 clear\nAADProvisioningLogs\n| where ResultType == 'Failure'\n";
const SERIES: &str = "// title: By series\n// panel: by hand/the panel\n// kind: series\n// severity: 1\n// every: 15m\n\
    // window: 1h\n// dimensions: JobId, Code\n// fires: Value > Threshold\n// resolves: after 1 clear\n\
    declare query_parameters(From: datetime, To: datetime, Every: timespan = 15m, Least: long = 2);\n\
    AADProvisioningLogs\n| where TimeGenerated > From and TimeGenerated <= To\n\
    | summarize Value = toreal(count()) by At = bin(TimeGenerated - 1tick, Every) + Every, JobId, Code\n\
    | extend Threshold = toreal(Least)\n";

fn at(text: &str) -> i64 {
    datetime(text).unwrap()
}

#[test]
fn active_and_past_alerts_of_a_range() {
    let site = Site::start(FAILURES, &[("many.kql", RULE)]);
    let active = site.rows("48h", 2);
    assert_eq!(active.len(), 1, "{active:?}");
    assert_eq!(active[0][..5], ["2026-11-01T00:00:00Z", "many", "Many failures", "Sev2", "JobId = job-b"]);
    assert_eq!(active[0][5..9], ["3.0", "2.0", "", ""], "{active:?}");
    let past = site.rows("48h", 3);
    assert_eq!(past.len(), 1, "{past:?}");
    assert_eq!(past[0][0], "2026-10-31T09:15:00Z");
    assert_eq!(past[0][4..9], ["JobId = job-a", "5.0", "2.0", "2026-10-31T10:15:00Z", "01:00:00"]);
    assert!(site.rows("4h", 3).is_empty(), "it was over long before");
    assert_eq!(site.rows("14h", 3), past, "it was over within the range and began before");
    assert_eq!(site.rows("2026-10-31T09:00..2026-10-31T09:30", 2)[0][4], "JobId = job-a", "it stood then");
    let html = site.get("/alerts?TimeRange=48h").body;
    assert!(html.contains("Last 48 hours") && html.contains("Active alerts"), "{html}");
    let brief = site.brief("48h");
    assert_eq!((&brief["active"], &brief["past"]), (&json!(1), &json!(1)));
    assert_eq!(brief["words"], "1 alert is active: Many failures");
    assert!(!brief["html"].as_str().unwrap().contains("data-export"), "its rows have no address there");
    assert_eq!(site.brief("2026-10-31T12:00..2026-10-31T13:00")["words"], "No alert is active");
    let wrong = site.get("/alerts?TimeRange=yesterday").body;
    assert!(wrong.contains("`yesterday` is no time range"), "{wrong}");
    let page = site.post("/alerts/page", &json!({"given": [["TimeRange", "7d"]]}));
    let page: Json = serde_json::from_str(&page.body).unwrap();
    assert_eq!((&page["title"], &page["given"]), (&json!("Alerts"), &json!([["TimeRange", "7d"]])));
}

#[test]
fn an_alert_has_a_page_with_its_query_and_its_panel() {
    let site = Site::start(FAILURES, &[("many.kql", RULE), ("series.kql", SERIES)]);
    let of = |rule: &str| site.rows("48h", 3).into_iter().find(|row| row[1] == rule).unwrap();
    let measured = of("many");
    let path = firing_path("many", at("2026-10-31T09:15"), measured.last().unwrap());
    assert!(site.get("/alerts").body.contains(&format!("href=\"{path}\"")), "{path}");
    let page = site.get(&path).body;
    for part in [
        "AADProvisioningLogs\n| where ResultType == &#39;Failure&#39;\n| where JobId == &quot;job-a&quot;",
        "It sees the rows later than 2026-10-31T08:15:00Z and until 2026-10-31T09:15:00Z",
        "calypso alert backtest many",
        "no watch has told of it",
        "class=\"chart-data\"",
        ">1h<",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert_eq!(page.matches("job-a</td>").count(), 5 + 1, "five rows, and the series: {page}");
    assert!(!page.contains("In the workbook"), "{page}");

    let series = of("series");
    let path = firing_path("series", at("2026-10-31T09:15"), series.last().unwrap());
    let page = site.get(&path).body;
    for part in [
        "From: datetime = datetime(2026-10-31T09:00:00Z), To: datetime = datetime(2026-10-31T09:30:00Z), \
         Every: timespan = time(15m), Least: long = 2",
        "| where JobId == &quot;job-a&quot; and tostring(Code) == &quot;17&quot;",
        "In the workbook: <a href=\"/w/by%20hand?JobId-Code=x#item-3\">the panel</a>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let rows = site.get(&format!("{path}/export/4.csv")).body;
    assert_eq!(rows, "At,JobId,Code,Value,Threshold\n2026-10-31T09:15:00Z,job-a,17,5.0,2.0\n");
    let edited = json!({"given": [], "edited": {"id": "4", "query": "print Mine = 6 * 7"}});
    let answer: Json = serde_json::from_str(&site.post(&format!("{path}/page"), &edited).body).unwrap();
    assert!(answer["html"].as_str().unwrap().contains(">42<"), "{answer}");
    let by_id = site.get(&format!("/alerts/{}", series.last().unwrap())).body;
    assert!(by_id.contains("By series") && by_id.contains("datetime(2026-10-31T09:00:00Z)"), "{by_id}");
}

/// What a query says of its last evaluation alone is told of a firing as a watch was told it.
#[test]
fn a_firing_is_told_with_what_its_own_evaluation_says() {
    let rule = format!("{SERIES}| extend Who = iff(At == To, strcat('only now: ', JobId), '')\n");
    let site = Site::start(FAILURES, &[("series.kql", &rule)]);
    let row = site.rows("48h", 3).into_iter().find(|row| row[1] == "series").unwrap();
    let page = site.get(&firing_path("series", at("2026-10-31T09:15"), row.last().unwrap())).body;
    assert_eq!(page.matches("only now: job-a").count(), 1, "{page}");
}

#[test]
fn alerts_that_are_not_there_are_told() {
    let site = Site::start(FAILURES, &[("many.kql", RULE)]);
    let id = site.rows("48h", 3)[0].last().unwrap().clone();
    for (path, part) in [
        (
            firing_path("many", at("2026-10-31T09:30"), &id),
            "no alert of `many` with that id fires at 2026-10-31 09:30",
        ),
        (firing_path("many", at("2026-10-31T09:15"), "00-00"), "no alert of `many` with that id"),
        (firing_path("<other>", at("2026-10-31T09:15"), &id), "no rule named `&lt;other&gt;`"),
        (firing_path("many", 0, &id), "no alert of `many`"),
        (firing_path("many", at("9999-12-31"), &id), "no alert of `many`"),
        ("/alerts/00000000-0000-0000-0000-000000000000".to_owned(), "no alert `00000000-"),
    ] {
        let page = site.get(&path);
        assert!(page.status == 200 && page.body.contains(part), "{path}: {}", page.body);
        assert!(page.body.contains("<a href=\"/alerts\">All alerts</a>"), "{}", page.body);
        assert_eq!(site.post(&format!("{path}/page"), &json!({"given": []})).status, 422, "{path}");
    }
    // Of an alert that is there the rows of another panel, and of none.
    let path = firing_path("many", at("2026-10-31T09:15"), &id);
    assert_eq!(site.get(&format!("{path}/export/2.csv")).status, 404);
    assert_eq!(site.get(&format!("{path}/export/4.csv")).body.lines().count(), 6);
}

#[test]
fn who_may_ask_and_how() {
    let site = Site::start(FAILURES, &[("many.kql", RULE)]);
    let id = "82b2b3d4-92a5-94c4-b520-749f816a9f84";
    let one = firing_path("many", at("2026-10-31T09:15"), id);
    let address = site.running.address;
    for path in ["/alerts", "/alerts/brief", "/alerts/export/2.csv", "/alerts/page", &one] {
        assert_eq!(ask(address, "GET", path, &[], "").status, 403, "{path}");
        let elsewhere = [("Cookie", site.cookie.as_str()), ("Origin", "http://evil.example")];
        assert_eq!(ask(address, "GET", path, &elsewhere, "").status, 403, "{path}");
    }
    for (path, status) in [
        ("/alerts/", 404),
        ("/alerts/nothing", 404),
        ("/alerts/many/soon/82", 404),
        ("/alerts/many/2026-10-31", 404),
        ("/alerts/..%2f..%2fetc%2fpasswd", 404),
        ("/alerts/export/2", 404),
        ("/alerts/export/9.csv", 404),
        ("/alerts/a/b/export/2.csv", 404),
        ("/alerts/page", 405),
    ] {
        assert_eq!(site.get(path).status, status, "{path}");
    }
    for (path, status) in
        [("/alerts", 405), ("/alerts/brief", 405), (one.as_str(), 405), ("/alerts/x/page", 404)]
    {
        assert_eq!(site.post(path, &json!({"given": []})).status, status, "{path}");
    }
    let policy = site.get(&one);
    assert!(policy.header("content-security-policy").contains("default-src 'none'"), "{policy:?}");
    // A server without rules has no such pages, and does not lead to them.
    let without = crate::sample::served();
    assert_eq!(without.ask("GET", "/alerts", "").status, 404);
    assert!(!without.ask("GET", "/", "").body.contains("/alerts"));
    assert!(!without.ask("GET", "/w/by%20hand", "").body.contains("alerts"));
    assert!(site.get("/w/by%20hand").body.contains("<details id=\"alerts\" hidden>"));
}

#[test]
fn rules_that_cannot_be_used_are_told_and_the_others_are_shown() {
    let no_column = RULE.replace("JobId", "Job").replace("Many", "No column in");
    let disabled = RULE.replace("// severity: 2", "// severity: 2\n// enabled: false\n// name: sleeping");
    let site = Site::start(
        FAILURES,
        &[
            ("many.kql", RULE),
            ("nocolumn.kql", &no_column),
            ("broken.kql", "// every: soon\nT\n"),
            ("empty.kql", ""),
            ("folder.kql", "unreadable"),
            ("again.kql", &RULE.replace("// title: Many failures", "// name: many")),
            ("sleeping.kql", &disabled),
        ],
    );
    assert_eq!(site.rows("48h", 2).len(), 1);
    let page = site.get("/alerts").body;
    for part in [
        "the name `Job` does not refer to any known column",
        "`soon` is no length of time",
        "it is a folder",
        "`many` is the name of a rule in many.kql already",
        "disabled",
        "<details class=\"group\" open>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let words = site.brief("48h")["words"].as_str().unwrap().to_owned();
    assert!(
        words.starts_with("1 alert is active: Many failures; ") && words.ends_with("not evaluated"),
        "{words}"
    );
    site.given.files.lock().unwrap().clear();
    let page = site.get("/alerts").body;
    assert!(page.contains("There is no rule to evaluate."), "{page}");
    assert_eq!(site.brief("48h")["words"], "No alert is active");
}

#[test]
fn without_logs_and_without_their_table() {
    for rows in
        ["", "print TimeGenerated = datetime(null), JobId = '', ResultType = '', Code = 1 | where false"]
    {
        let site = Site::start(rows, &[("many.kql", RULE), ("series.kql", SERIES)]);
        let page = site.get("/alerts").body;
        assert!(page.contains("There are no rows in AADProvisioningLogs"), "{page}");
        assert!(page.contains("No alert is active at 2026-11-01 00:00"), "{page}");
        assert_eq!(site.brief("90d")["active"], 0);
    }
}

#[test]
fn hundreds_of_alerts() {
    let rows = "range i from 1 to 700 step 1 | extend TimeGenerated = datetime(2026-10-31T23:50), \
        JobId = strcat('job-', i), ResultType = 'Failure', Code = i";
    let site = Site::start(rows, &[("series.kql", &SERIES.replace("Least: long = 2", "Least: long = 0"))]);
    let page = site.get("/alerts").body;
    // Azure tells of 300 series at one evaluation.
    let shown = page.matches("href=\"/alerts/series/").count();
    assert_eq!((shown, site.brief("48h")["active"].as_u64()), (300, Some(300)));
    let many = SERIES
        .replace("resolves: after 1 clear", "resolves: at once")
        .replace("Least: long = 2", "Least: long = 0");
    let rows = "range i from 1 to 900 step 1 | extend TimeGenerated = datetime(2026-10-31) + i * 1m, \
        JobId = strcat('job-', i), ResultType = 'Failure', Code = i";
    let site = Site::start(rows, &[("series.kql", &many)]);
    let page = site.get("/alerts").body;
    assert_eq!(page.matches("href=\"/alerts/series/").count(), 500);
    assert!(page.contains("500 of 900 rows"), "{page}");
    assert_eq!(site.rows("48h", 3).len(), 900);
}

#[test]
fn texts_of_rules_and_logs_never_become_markup() {
    let rows = format!(
        "range i from 1 to 5 step 1 | project TimeGenerated = datetime(2026-10-31T23:50) + i * 1m, \
         JobId = {}, ResultType = 'Failure', Code = 1",
        json!(HOSTILE)
    );
    let hostile = |text: &str| {
        text.replace(
            "// title: Many failures",
            &format!("// title: {HOSTILE}\n// description: {HOSTILE}\n// name: {HOSTILE}/\u{202e}"),
        )
        .replace(
            "// title: By series",
            &format!("// title: </script>{HOSTILE}\n// description: [a](javascript:alert(1))"),
        )
    };
    let site = Site::start(
        &rows,
        &[(HOSTILE, &hostile(RULE)), ("series.kql", &hostile(SERIES)), ("<b>broken</b>", "// every: <i>\nT")],
    );
    let active = site.rows("48h", 2);
    assert_eq!(active.len(), 2, "{active:?}");
    let mut pages = vec![site.get("/alerts").body, site.brief("48h")["html"].as_str().unwrap().to_owned()];
    let links: Vec<String> = pages[0]
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .filter(|path| path.starts_with("/alerts/"))
        .map(str::to_owned)
        .collect();
    assert_eq!(links.len(), 2, "{links:?}");
    for link in links {
        let page = site.get(&link).body;
        assert!(page.contains("Value against the threshold"), "{link}: {page}");
        pages.push(page);
    }
    for html in &pages {
        for harm in [
            "<img",
            "<b>broken",
            "<i>",
            "</script>&lt;",
            "<script>",
            "style=",
            " onerror=\"",
            "href=\"javascript",
        ] {
            assert!(!html.contains(harm), "{harm} in {html}");
        }
        let scripts = html.matches("<script").count();
        let ours = html.matches("<script type=\"application/json\"").count()
            + html.matches("<script type=\"module\"").count();
        assert_eq!(scripts, ours, "{html}");
    }
    assert!(site.brief("48h")["words"].as_str().unwrap().contains(HOSTILE), "a script shows it as text");
}

#[test]
fn what_a_watch_told_is_marked_and_what_is_not_found_again_is_listed() {
    let site = Site::start(FAILURES, &[("many.kql", RULE)]);
    let found = site.rows("48h", 3)[0].last().unwrap().clone();
    let told = |alert: &str, fired: &str, resolved: Option<&str>, channel: &str, telling: Telling| Told {
        alert: alert.to_owned(),
        rule: "many".to_owned(),
        title: format!("Told {HOSTILE}"),
        severity: 2,
        series: vec![("JobId".to_owned(), "job-x".to_owned())],
        fired: at(fired),
        resolved: resolved.map(at),
        value: Some(7.0),
        threshold: Some(2.0),
        channel: channel.to_owned(),
        telling,
    };
    assert!(!site.get("/alerts").body.contains(">Told<"), "without a watch there is no such column");
    let lost = "aaaaaaaa-0000-0000-0000-000000000001";
    *site.given.told.lock().unwrap() = vec![
        told(&found, "2026-10-31T09:15", None, "mail", Telling::Delivered),
        told(
            &found,
            "2026-10-31T09:15",
            Some("2026-10-31T10:15"),
            "mail",
            Telling::Waiting(Some("no <answer>".into())),
        ),
        told(lost, "2026-10-31T11:15", None, "mail", Telling::GivenUp(None)),
        told("bbbbbbbb-0000-0000-0000-000000000001", "2026-10-01", None, "mail", Telling::Delivered),
    ];
    let page = site.get("/alerts").body;
    for part in [
        "the firing was told over mail",
        "the end waits for mail: no &lt;answer&gt;",
        "Told by the watch, and not found here",
        "job-x",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(
        page.contains(lost) && !page.contains("bbbbbbbb"),
        "one of another time is not of this range: {page}"
    );
    // A watch that began while an alert stood tells of it under another id.
    let labels = Labels(vec![("JobId".to_owned(), "job-a".to_owned())]);
    let late = alert_id("many", &labels, at("2026-10-31T09:30"));
    let page = site.get(&firing_path("many", at("2026-10-31T09:30"), &late)).body;
    assert!(page.contains("stood then already, since 2026-10-31 09:15"), "{page}");
    let own = firing_path("many", at("2026-10-31T09:15"), &found);
    assert!(page.contains(&format!("<a href=\"{own}\">Stood since 2026-10-31 09:15</a>")), "{page}");
    assert!(!site.get(&own).body.contains("stood then already"));
    let path = firing_path("many", at("2026-10-31T11:15"), lost);
    for path in [path, format!("/alerts/{lost}")] {
        let page = site.get(&path).body;
        assert!(page.contains("the rule does not fire at 2026-10-31 11:15"), "{page}");
        assert!(page.contains("the firing was given up for mail") && page.contains("job-x"), "{page}");
    }
}

#[test]
fn a_rule_that_never_ends_is_stopped_and_holds_no_place() {
    let given = Given::default();
    let (head, _) = SERIES.split_once("AADProvisioningLogs").unwrap();
    let endless = format!(
        "{head}range x from 1 to 1000000 step 1 | extend k = 1\n\
         | join kind=inner (range y from 1 to 1000000 step 1 | extend k = 1) on k\n\
         | summarize Value = toreal(count())\n\
         | extend At = To, JobId = 'j', Code = 1, Threshold = toreal(Least)\n"
    );
    let files = [("many.kql", RULE), ("endless.kql", &endless)];
    *given.files.lock().unwrap() = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    let site = Site::with(FAILURES, given, 3);
    for _ in 0..5 {
        let answer = site.get("/alerts/brief");
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(answer.body.contains("took longer than 3 seconds"), "{answer:?}");
    }
    assert!(site.get("/alerts").body.contains("took longer than 3 seconds"));
    site.given.files.lock().unwrap().truncate(1);
    crate::sample::until("a place is free", || site.get("/alerts/brief").status == 200);
    assert_eq!(site.rows("48h", 2).len(), 1);
}
