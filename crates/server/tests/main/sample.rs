//! A server over pages that are made by hand.

use crate::asking::{Answer, ask};
use calypso_engine::{CancelToken, Engine, EngineOptions};
use calypso_server::{
    DataSource, Generation, Listed, PageRequest, Pages, PanelLink, Running, ServeOptions, serve,
};
use calypso_view::{Action, Drawing};
use calypso_workbook::model::{Message, Size};
use calypso_workbook::page::{Page, PageBody, PageItem, PageLink, PagePanel};
use calypso_workbook::{DashboardError, Now};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// No tables; another fingerprint when the test says so.
pub struct Empty(pub Arc<AtomicU64>);

impl DataSource for Empty {
    fn fingerprint(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    fn open(&self) -> Result<Engine, String> {
        if self.fingerprint() == 13 {
            return Err("line 7 ends <too> early".to_owned());
        }
        Engine::new(EngineOptions::default()).map_err(|error| error.to_string())
    }

    fn now(&self) -> Now {
        Now::At(0)
    }

    fn clock(&self) -> u64 {
        1_000 * self.fingerprint()
    }
}

/// One workbook whose page is made by hand; `slow` in the values given waits until it is cancelled.
pub struct ByHand {
    /// The queries that were asked for and not yet stopped.
    pub running: Arc<Mutex<Vec<CancelToken>>>,
}

/// A name that would do harm if it became markup.
pub const HOSTILE: &str = "<img src=x onerror=alert(1)>\"'&";

impl Pages for ByHand {
    fn listed(&self) -> Vec<Listed> {
        vec![Listed { name: "by hand".into(), title: HOSTILE.into(), place: "a <test>".into() }]
    }

    fn title(&self, name: &str) -> Option<String> {
        (name == "by hand").then(|| HOSTILE.to_owned())
    }

    fn panel(&self, name: &str, _: (i64, i64), narrowed: &[(String, String)]) -> Option<PanelLink> {
        let narrowed: Vec<&str> = narrowed.iter().map(|(column, _)| column.as_str()).collect();
        (name == "by hand/the panel").then(|| PanelLink {
            title: "the panel".to_owned(),
            path: format!("/w/by%20hand?{}=x#item-3", narrowed.join("-")),
        })
    }

    fn page(&self, generation: &Generation, request: &PageRequest) -> Result<Page, DashboardError> {
        let given =
            |key: &str| request.given.iter().find(|(one, _)| one == key).map(|(_, value)| value.as_str());
        if given("slow").is_some() {
            self.running.lock().unwrap().push(request.cancel.clone());
            while !request.cancel.is_cancelled() {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        if let Some(wrong) = given("wrong") {
            return Err(DashboardError::new(format!("`{wrong}` is no value")).with_help("choose <another>"));
        }
        Ok(page(generation, request))
    }
}

fn page(generation: &Generation, request: &PageRequest) -> Page {
    let words = format!("generation {}, given {:?}", generation.number, request.given);
    let query = request.edited.as_ref().map_or("print x = '=1+1'", |(_, query)| query);
    let answers = generation.engine.run(query);
    let text = PageBody::Text { markdown: words.replace('"', "'"), message: Message::Plain };
    let link = PageLink {
        label: "more".into(),
        before: String::new(),
        after: String::new(),
        action: Action::Set(vec![("more".into(), HOSTILE.into())]),
    };
    let links = PageBody::Links { style: Default::default(), links: vec![link] };
    let panel = PagePanel {
        title: HOSTILE.into(),
        description: None,
        size: Size::Medium,
        query: query.to_owned(),
        run: query.to_owned(),
        place: String::new(),
        editable: true,
        drawing: match &answers {
            Ok(_) => Ok(Drawing::Message { text: "answered".into(), kind: "info" }),
            Err(error) => Err(error.to_string()),
        },
        answer: answers.ok().and_then(|mut answers| answers.pop()).map(Arc::new),
        notes: Vec::new(),
        look_closer: None,
        rows_on_page: None,
        from_width: Vec::new(),
    };
    let bodies = [text, links, PageBody::Panel(Box::new(panel))];
    let items = bodies.into_iter().enumerate().map(|(at, body)| PageItem {
        id: (at + 1).to_string(),
        name: String::new(),
        width: 100,
        border: false,
        body,
    });
    Page {
        name: "by hand".into(),
        title: HOSTILE.into(),
        now: 0,
        notices: Vec::new(),
        alone: false,
        given: request.given.clone(),
        items: items.collect(),
    }
}

/// A server with what a test turns and looks at.
pub struct Served {
    pub running: Running,
    pub print: Arc<AtomicU64>,
    pub queries: Arc<Mutex<Vec<CancelToken>>>,
}

/// Starts a server that looks after its data ten times a second.
pub fn served() -> Served {
    let print = Arc::new(AtomicU64::new(1));
    let queries = Arc::default();
    let running = serve(ServeOptions {
        source: Box::new(Empty(Arc::clone(&print))),
        pages: Arc::new(ByHand { running: Arc::clone(&queries) }),
        rules: None,
        port: 0,
        first: None,
        look_every: Duration::from_millis(50),
        time_limit: Duration::from_secs(20),
    });
    Served { running: running.unwrap(), print, queries }
}

impl Served {
    /// The cookie that the token is exchanged for.
    pub fn cookie(&self) -> String {
        let path = self.running.url.split_once("/?").map(|(_, query)| format!("/?{query}")).unwrap();
        let answer = ask(self.running.address, "GET", &path, &[], "");
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{answer:?}");
        answer.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    /// A request as our own page makes it.
    pub fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let address = self.running.address;
        let (cookie, origin) = (self.cookie(), format!("http://{address}"));
        let mut headers = vec![("Cookie", cookie.as_str())];
        if method == "POST" {
            headers.extend([("Origin", origin.as_str()), ("Content-Type", "application/json")]);
        }
        ask(address, method, path, &headers, body)
    }
}

/// Waits until something is so; fails after half a minute.
pub fn until(what: &str, so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !so() {
        assert!(begin.elapsed() < Duration::from_secs(30), "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
