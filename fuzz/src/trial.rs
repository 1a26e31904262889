//! One text tried: parsed, printed and parsed again, bound and run. In: a text. Out: how far it came, or what broke.

use arrow::array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringViewArray};
use arrow::record_batch::RecordBatch;
use calypso_engine::{CancelToken, Engine, EngineError, EngineOptions, QueryError, RunOptions};
use calypso_library::{Column, Table, Type};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A query may run this long before it is cancelled, and so long again until it has stopped.
const RUN: Duration = Duration::from_secs(2);
/// Reading and binding may take this many seconds per kilobyte of text, and no text less than one of it.
const SECONDS_PER_KILOBYTE: f64 = 1.0;

/// What became of a text.
pub enum Outcome {
    /// It is no query.
    Refused,
    /// It is a query, and the run ended in an error.
    Failed,
    /// It is a query with an answer.
    Answered,
    /// It broke something; texts that break the same thing give the same words.
    Fault(String),
}

/// What became of a text, and how long reading it took.
pub struct Trial {
    /// How far it came.
    pub outcome: Outcome,
    /// Of parsing and printing.
    pub seconds_per_kilobyte: f64,
}

/// What texts are tried with.
pub struct Trials {
    engine: Engine,
}

impl Trials {
    /// An engine with a small table under the names that queries use most.
    pub fn new() -> Result<Trials, EngineError> {
        let options = EngineOptions {
            now: Some(639_290_880_000_000_000),
            memory_limit: Some(256 << 20),
            ..EngineOptions::default()
        };
        let engine = Engine::new(options)?;
        for name in ["T", "AADProvisioningLogs", "SigninLogs", "AuditLogs", "StormEvents"] {
            engine.register(table(name));
        }
        Ok(Trials { engine })
    }

    /// Tries a text.
    pub fn run(&self, text: &str) -> Trial {
        let started = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| read(text)));
        let kilobytes = (text.len() as f64 / 1024.0).max(1.0);
        let seconds_per_kilobyte = started.elapsed().as_secs_f64() / kilobytes;
        let outcome = match read {
            Err(panic) => Outcome::Fault(format!("panic while reading: {}", words(panic.as_ref()))),
            Ok(Err(fault)) => Outcome::Fault(fault),
            Ok(Ok(_)) if seconds_per_kilobyte > SECONDS_PER_KILOBYTE => {
                Outcome::Fault(format!("reading took {seconds_per_kilobyte:.1} s per kilobyte"))
            }
            Ok(Ok(false)) => Outcome::Refused,
            Ok(Ok(true)) => self.answer(text),
        };
        Trial { outcome, seconds_per_kilobyte }
    }

    /// Binds and runs in a thread of its own, which is cancelled when it takes too long.
    fn answer(&self, text: &str) -> Outcome {
        let cancel = CancelToken::default();
        let options =
            RunOptions { cancel: cancel.clone(), row_limit: Some(100_000), ..RunOptions::default() };
        let (engine, query) = (self.engine.clone(), text.to_owned());
        let (send, receive) = channel();
        let running = std::thread::Builder::new().stack_size(8 << 20).spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| engine.run_with(&query, &options)));
            // Nobody listens any more when the trial was given up.
            let _ = send.send(result.map_err(|panic| words(panic.as_ref())));
        });
        if let Err(error) = running {
            return Outcome::Fault(format!("no thread: {error}"));
        }
        let mut result = receive.recv_timeout(RUN);
        if matches!(result, Err(RecvTimeoutError::Timeout)) {
            cancel.cancel();
            result = receive.recv_timeout(RUN * 4);
        }
        match result {
            Err(_) => Outcome::Fault(format!("does not stop when cancelled: {}", first_words(text))),
            Ok(Err(panic)) => Outcome::Fault(format!("panic while binding: {panic}")),
            Ok(Ok(Ok(_))) => Outcome::Answered,
            Ok(Ok(Err(QueryError::Diagnostics(_)))) => Outcome::Refused,
            Ok(Ok(Err(QueryError::Execution(sentence)))) if sentence.contains("fault in Calypso") => {
                Outcome::Fault(sentence)
            }
            Ok(Ok(Err(_))) => Outcome::Failed,
        }
    }
}

/// Parses, prints and parses again; whether it is a query, or what is wrong.
fn read(text: &str) -> Result<bool, String> {
    let parsed = calypso_parser::parse(text);
    if !parsed.is_ok() {
        return Ok(false);
    }
    let printed = calypso_parser::print(&parsed.query);
    let again = calypso_parser::parse(&printed);
    if !again.is_ok() {
        return Err(format!("prints as no query: {}", first_words(&printed)));
    }
    if calypso_parser::print(&again.query) != printed {
        return Err(format!("prints differently the second time: {}", first_words(&printed)));
    }
    Ok(true)
}

fn first_words(text: &str) -> String {
    text.chars().take(60).collect::<String>().replace('\n', " ")
}

/// What a panic said.
pub fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message").chars().take(120).collect()
}

/// Three rows with a column of each kind, nulls among them.
fn table(name: &str) -> Table {
    let columns = vec![
        Column::new("TimeGenerated", Type::DateTime),
        Column::new("s", Type::String),
        Column::new("n", Type::Long),
        Column::new("r", Type::Real),
        Column::new("b", Type::Bool),
        Column::new("d", Type::Dynamic),
    ];
    let noon = 639_290_880_000_000_000;
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from(vec![Some(noon), None, Some(noon + 1)])),
        Arc::new(StringViewArray::from(vec!["user", "", "a b c"])),
        Arc::new(Int64Array::from(vec![Some(1), None, Some(i64::MAX)])),
        Arc::new(Float64Array::from(vec![Some(0.5), Some(f64::NAN), None])),
        Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)])),
        Arc::new(StringViewArray::from(vec![Some("[1,2,{\"a\":null}]"), None, Some("{\"a\":\"x\"}")])),
    ];
    let fields: Vec<arrow::datatypes::Field> = columns
        .iter()
        .map(|column| arrow::datatypes::Field::new(&column.name, column.ty.arrow(), true))
        .collect();
    let schema = Arc::new(arrow::datatypes::Schema::new(fields));
    let batches = RecordBatch::try_new(schema, arrays).into_iter().collect();
    Table { name: name.to_owned(), columns, batches }
}
