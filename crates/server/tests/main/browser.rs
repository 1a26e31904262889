//! A real browser, without a window, spoken to over two pipes in its own protocol: a JSON message, then a zero byte. In:
//! where to go and what to do there. Out: what the page shows, and whatever it complained of.

use serde_json::{Value as Json, json};
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Names under which a browser of that protocol is installed.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Calls none of its own servers, and needs no rights that a test machine does not give.
const SWITCHES: [&str; 13] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--metrics-recording-only",
    "--window-size=1400,1000",
];

/// One at a time: several browsers on few cores are slower than one after the other.
static ONE: Mutex<()> = Mutex::new(());

/// A browser with one page.
pub struct Browser {
    child: Child,
    pipe: RefCell<ChildStdin>,
    messages: Receiver<Json>,
    session: String,
    asked: RefCell<u64>,
    /// What happened meanwhile.
    events: RefCell<Vec<Json>>,
    _profile: TempDir,
    _one: MutexGuard<'static, ()>,
}

impl Browser {
    /// Starts one. Where none is installed this says so, and fails where tests must be whole.
    pub fn start() -> Option<Browser> {
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let found = NAMES.iter().find(|name| {
            let version =
                Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            version.is_ok_and(|status| status.success())
        });
        let Some(name) = found else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "no browser is installed: {NAMES:?}");
            eprintln!("skipped: no browser is installed ({})", NAMES.join(", "));
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        // The browser reads from 3 and writes to 4; the shell puts our pipes there.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "sh", name])
            .args(SWITCHES)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let pipe = RefCell::new(child.stdin.take().unwrap());
        let mut incoming = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            while incoming.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
                bytes.pop();
                if let Ok(message) = serde_json::from_slice(&bytes)
                    && sender.send(message).is_err()
                {
                    break;
                }
                bytes.clear();
            }
        });
        let mut browser = Browser {
            child,
            pipe,
            messages,
            session: String::new(),
            asked: RefCell::new(0),
            events: RefCell::default(),
            _profile: profile,
            _one: one,
        };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}));
        let target = json!({"targetId": target["targetId"], "flatten": true});
        browser.session =
            browser.call("Target.attachToTarget", target)["sessionId"].as_str().unwrap().to_owned();
        for part in ["Page", "Runtime", "Network", "Log"] {
            browser.call(&format!("{part}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Asks the browser something and waits for its answer.
    pub fn call(&self, method: &str, parameters: Json) -> Json {
        *self.asked.borrow_mut() += 1;
        let id = *self.asked.borrow();
        let mut message = json!({"id": id, "method": method, "params": parameters});
        if !self.session.is_empty() {
            message["sessionId"] = self.session.as_str().into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.pipe.borrow_mut().write_all(&bytes).unwrap();
        let begin = Instant::now();
        loop {
            let rest = PATIENCE.saturating_sub(begin.elapsed());
            let message =
                self.messages.recv_timeout(rest).unwrap_or_else(|_| panic!("no answer to {method}"));
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
            self.events.borrow_mut().push(message);
        }
    }

    /// Goes to an address and waits until the page's script has begun.
    pub fn go(&self, url: &str) {
        self.call("Page.navigate", json!({"url": url}));
        self.began("true");
    }

    /// Waits until the page on which an expression holds is whole and its script listens.
    pub fn began(&self, expression: &str) {
        self.until(&format!(
            "{expression} && document.readyState === 'complete' && document.querySelector('#refresh:not([hidden])') !== null"
        ));
    }

    /// The value of an expression in the page.
    pub fn value(&self, expression: &str) -> Json {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.call("Runtime.evaluate", asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// The text of the first element that a selector finds.
    pub fn text(&self, selector: &str) -> String {
        let text = self.value(&format!("document.querySelector({})?.innerText ?? ''", json!(selector)));
        text.as_str().unwrap().to_owned()
    }

    /// Waits until an expression holds.
    pub fn until(&self, expression: &str) {
        let begin = Instant::now();
        let held = || {
            let asked = json!({"expression": expression, "returnByValue": true});
            self.call("Runtime.evaluate", asked)["result"]["value"] == true
        };
        while !held() {
            let shown = || self.value("document.body.innerText.slice(0, 3000)");
            assert!(
                begin.elapsed() < PATIENCE,
                "never: {expression}\nthe page: {}",
                shown().as_str().unwrap_or("")
            );
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// Waits until the page is as it was asked for last.
    pub fn settled(&self) {
        std::thread::sleep(Duration::from_millis(30));
        self.until("document.getElementById('page')?.getAttribute('aria-busy') !== 'true'");
    }

    /// Clicks into the middle of an element, as a hand would.
    pub fn click(&self, element: &str) {
        self.until(&format!("({element}) != null"));
        let place = self.value(&format!(
            "(() => {{ const one = {element}; one.scrollIntoView({{block: 'center', behavior: 'instant'}}); \
             const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({"type": kind, "x": place[0], "y": place[1], "button": button, "buttons": buttons, "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// Clicks what a selector finds first.
    pub fn click_on(&self, selector: &str) {
        self.click(&format!("document.querySelector({})", json!(selector)));
    }

    /// Clicks the element of a kind whose words are these.
    pub fn click_words(&self, selector: &str, words: &str) {
        let (selector, words) = (json!(selector), json!(words));
        self.click(&format!(
            "[...document.querySelectorAll({selector})].find((one) => one.innerText.trim() === {words})"
        ));
    }

    /// Presses a key: `Enter`, `Escape`, `ArrowDown` …
    pub fn press(&self, key: &str) {
        let text = if key == "Enter" { "\r" } else { "" };
        let code = match key {
            "Enter" => 13,
            "Escape" => 27,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            _ => 0,
        };
        let event = |kind: &str| json!({"type": kind, "key": key, "code": key, "text": text, "windowsVirtualKeyCode": code});
        self.call("Input.dispatchKeyEvent", event("keyDown"));
        self.call("Input.dispatchKeyEvent", event("keyUp"));
    }

    /// Writes into what has the focus.
    pub fn write(&self, text: &str) {
        self.call("Input.insertText", json!({"text": text}));
    }

    /// Sets a `<select>` as a hand would.
    pub fn choose(&self, selector: &str, value: &str) {
        self.value(&format!(
            "(() => {{ const one = document.querySelector({}); one.value = {}; \
             one.dispatchEvent(new Event('change', {{bubbles: true}})); }})()",
            json!(selector),
            json!(value)
        ));
        self.settled();
    }

    /// What went wrong in the page since it began: exceptions, complaints of the policy and others, dialogs.
    pub fn troubles(&self) -> Vec<String> {
        self.value("0");
        let events = self.events.borrow();
        let bad = events.iter().filter(|event| match event["method"].as_str().unwrap_or("") {
            "Runtime.exceptionThrown" | "Page.javascriptDialogOpening" => true,
            "Log.entryAdded" => event["params"]["entry"]["level"] == "error",
            "Runtime.consoleAPICalled" => event["params"]["type"] == "error",
            _ => false,
        });
        bad.map(ToString::to_string).collect()
    }

    /// Every address the page asked for.
    pub fn addresses(&self) -> Vec<String> {
        let events = self.events.borrow();
        let asked = events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        asked.filter_map(|event| Some(event["params"]["request"]["url"].as_str()?.to_owned())).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Its own children end with it; then the folder of its profile can go.
        drop(self.pipe.borrow_mut().write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0"));
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(5) {
            if self.child.try_wait().is_ok_and(|status| status.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
