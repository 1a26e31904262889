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
    Done,
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

/// How long a cancelled query may take to end; then it is left behind, to end by itself.
const PATIENCE: Duration = Duration::from_millis(500);

/// Runs a query until it ends or Ctrl-C cancels it.
pub fn run(engine: &Engine, text: &str, options: &RunOptions) -> Result<Vec<Answer>, QueryError> {
    let cancel = CancelToken::default();
    let options = RunOptions { cancel: cancel.clone(), ..options.clone() };
    let (engine, text) = (engine.clone(), text.to_owned());
    until(&cancel, move || engine.run_with(&text, &options))?
}

/// Does work that `cancel` stops, on a thread with room for deep recursion. Ctrl-C cancels it; work that goes on all
/// the same is left behind, to end by itself.
pub fn until<T: Send + 'static>(
    cancel: &CancelToken,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, QueryError> {
    let (sender, events) = mpsc::channel();
    let done = sender.clone();
    let worker = std::thread::Builder::new().name("query".to_owned()).stack_size(STACK).spawn(move || {
        let result = catch_unwind(AssertUnwindSafe(work));
        // Nobody listens any more when the work was left behind.
        drop(done.send(Event::Done));
        result
    });
    let worker = match worker {
        Ok(worker) => worker,
        Err(error) => return Err(QueryError::Execution(format!("no thread can be started: {error}"))),
    };
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
    let ended = wait(&events, cancel);
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = None;
    if !ended {
        return Err(QueryError::Cancelled);
    }
    match worker.join() {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(_)) | Err(_) => {
            Err(QueryError::Execution("the query broke, which is a fault in Calypso".to_owned()))
        }
    }
}

/// Whether the work ended; false when it was cancelled and is left behind.
fn wait(events: &Receiver<Event>, cancel: &CancelToken) -> bool {
    let begin = Instant::now();
    let terminal = std::io::stderr().is_terminal();
    let mut told = false;
    let mut pause = Duration::from_millis(500);
    let mut cancelled: Option<Instant> = None;
    let ended = loop {
        match events.recv_timeout(pause) {
            Ok(Event::Done) => break true,
            Ok(Event::Interrupt) if cancelled.is_some() => break false,
            Ok(Event::Interrupt) => {
                cancel.cancel();
                (cancelled, pause) = (Some(Instant::now()), PATIENCE);
            }
            Err(RecvTimeoutError::Timeout) if cancelled.is_some_and(|then| then.elapsed() >= PATIENCE) => {
                break false;
            }
            Err(RecvTimeoutError::Timeout) => {
                (told, pause) = (terminal, Duration::from_millis(100));
                if terminal {
                    tell(&format!("\r{:.1} s, Ctrl-C cancels\u{1b}[K", begin.elapsed().as_secs_f64()));
                }
            }
            Err(RecvTimeoutError::Disconnected) => break false,
        }
    };
    if told {
        tell("\r\u{1b}[K");
    }
    ended
}

/// What cannot be shown on the way is not worth an error.
fn tell(text: &str) {
    let mut out = std::io::stderr().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}
