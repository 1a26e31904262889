//! Ctrl-C: cancels the running query. In: a query. Out: its answers, or that it was cancelled; while it runs, after half
//! a second, the time on standard error where that is a terminal.

use calypso_engine::{CancelToken, Engine, QueryError, RunOptions};
use calypso_library::Answer;
use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Deep expressions are read by recursion.
const STACK: usize = 64 << 20;

/// Who is told of a Ctrl-C: the query that runs now.
static RUNNING: Mutex<Option<Sender<Event>>> = Mutex::new(None);

enum Event {
    Interrupt,
    Done(Result<Vec<Answer>, QueryError>),
}

/// Listens for Ctrl-C from now on. With nothing running it ends the program, unless the prompt is there.
pub fn listen(prompt: bool) {
    let listener = std::thread::Builder::new().name("interrupt".to_owned());
    let started = listener.spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                match &*RUNNING.lock().unwrap_or_else(PoisonError::into_inner) {
                    Some(query) => drop(query.send(Event::Interrupt)),
                    None if prompt => {}
                    None => std::process::exit(130),
                }
            }
        });
    });
    // Without the listener Ctrl-C ends the program, as it does everywhere.
    drop(started);
}

/// Runs a query; the first Ctrl-C cancels it, the second leaves it behind.
pub fn run(engine: &Engine, text: &str, options: &RunOptions) -> Result<Vec<Answer>, QueryError> {
    let cancel = CancelToken::default();
    let options = RunOptions { cancel: cancel.clone(), ..options.clone() };
    let (sender, events) = mpsc::channel();
    let (engine, text, done) = (engine.clone(), text.to_owned(), sender.clone());
    let worker = std::thread::Builder::new().name("query".to_owned()).stack_size(STACK).spawn(move || {
        let answers = catch_unwind(AssertUnwindSafe(|| engine.run_with(&text, &options)));
        let broken = || QueryError::Execution("the query broke, which is a fault in Calypso".to_owned());
        // Nobody listens any more when the query was left behind.
        drop(done.send(Event::Done(answers.unwrap_or_else(|_| Err(broken())))));
    });
    if let Err(error) = worker {
        return Err(QueryError::Execution(format!("no thread can be started: {error}")));
    }
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
    let answers = wait(&events, &cancel);
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = None;
    answers
}

fn wait(events: &Receiver<Event>, cancel: &CancelToken) -> Result<Vec<Answer>, QueryError> {
    let begin = Instant::now();
    let terminal = std::io::stderr().is_terminal();
    let mut told = false;
    let mut pause = Duration::from_millis(500);
    loop {
        match events.recv_timeout(pause) {
            Ok(Event::Done(answers)) => {
                if told {
                    tell("\r\u{1b}[K");
                }
                return answers;
            }
            Ok(Event::Interrupt) if cancel.is_cancelled() => return Err(QueryError::Cancelled),
            Ok(Event::Interrupt) => cancel.cancel(),
            Err(RecvTimeoutError::Timeout) => {
                (told, pause) = (terminal, Duration::from_millis(100));
                if terminal {
                    tell(&format!("\r{:.1} s, Ctrl-C cancels\u{1b}[K", begin.elapsed().as_secs_f64()));
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Err(QueryError::Cancelled),
        }
    }
}

/// What cannot be shown on the way is not worth an error.
fn tell(text: &str) {
    let mut out = std::io::stderr().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}
