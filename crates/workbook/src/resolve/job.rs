//! One run of the engine that a page needs: a text with all that its answer depends on. Two of the same key have the
//! same answer, so each is run once for a page and may be kept for later ones.

use calypso_engine::{CancelToken, Engine, QueryError, RunOptions};
use calypso_library::{Answer, Table, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What a run gives.
pub type Reply = Result<Arc<Answer>, Arc<QueryError>>;

/// One run of the engine.
#[derive(Debug)]
pub struct Job {
    /// The query.
    pub text: String,
    /// What `now()` gives.
    pub now: i64,
    /// Only rows of this time are seen: from, to (excluded).
    pub range: Option<(i64, i64)>,
    /// Values that the query's `let`s hold.
    pub parameters: BTreeMap<String, Value>,
    /// Rows it reads beside the tables of the logs.
    pub tables: Vec<(String, Fill)>,
    /// When its turn comes among those that wait: the smallest first.
    pub turn: u8,
    key: String,
}

/// Where rows beside the logs come from.
#[derive(Clone, Debug)]
pub enum Fill {
    /// The answer of another run.
    Answer(Arc<Job>),
    /// These rows, made of that text.
    Rows(Arc<Table>, String),
}

impl Job {
    /// A run over the logs.
    pub fn new(
        text: String,
        now: i64,
        range: Option<(i64, i64)>,
        parameters: BTreeMap<String, Value>,
        turn: u8,
    ) -> Job {
        Job::over(text, now, range, parameters, Vec::new(), turn)
    }

    /// A run over other rows, too.
    pub fn over(
        text: String,
        now: i64,
        range: Option<(i64, i64)>,
        parameters: BTreeMap<String, Value>,
        tables: Vec<(String, Fill)>,
        turn: u8,
    ) -> Job {
        let mut key = format!("{now} {range:?} {parameters:?} {}:{text}", text.len());
        for (name, fill) in &tables {
            let inner = match fill {
                Fill::Answer(job) => &job.key,
                Fill::Rows(_, text) => text,
            };
            write!(key, " {name:?} {}:{inner}", inner.len()).expect("writing to a string does not fail");
        }
        Job { text, now, range, parameters, tables, turn, key }
    }

    /// All that the answer depends on, beside the logs.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Runs it over the logs and those rows. What the query's text would change stays within this run, and it reaches
    /// no files.
    pub fn run(&self, engine: &Engine, rows: Vec<Table>, cancel: &CancelToken) -> Reply {
        if cancel.is_cancelled() {
            return Err(Arc::new(QueryError::Cancelled));
        }
        reply(engine.apart(rows).run_with(&self.text, &self.options(cancel)))
    }

    /// Runs several over the logs alone, so that what they have in common is computed once; a reply for each.
    pub fn run_many(jobs: &[Arc<Job>], engine: &Engine, cancel: &CancelToken) -> Vec<Reply> {
        if cancel.is_cancelled() {
            return jobs.iter().map(|_| Err(Arc::new(QueryError::Cancelled))).collect();
        }
        let queries: Vec<_> = jobs.iter().map(|job| (job.text.clone(), job.options(cancel))).collect();
        engine.apart(Vec::new()).run_many(&queries).into_iter().map(reply).collect()
    }

    fn options(&self, cancel: &CancelToken) -> RunOptions {
        RunOptions {
            now: Some(self.now),
            time_range: self.range,
            parameters: self.parameters.clone(),
            cancel: cancel.clone(),
            ..RunOptions::default()
        }
    }
}

/// The last of the answers.
fn reply(answers: Result<Vec<Answer>, QueryError>) -> Reply {
    let none = || Arc::new(QueryError::Execution("the text has no query".to_owned()));
    answers.map_err(Arc::new)?.into_iter().next_back().map(Arc::new).ok_or_else(none)
}

impl PartialEq for Job {
    fn eq(&self, other: &Job) -> bool {
        self.key == other.key
    }
}

impl Eq for Job {}

impl Hash for Job {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// Why a query gave no answer, as a sentence with the place of the first finding: the file, if it has one, and the
/// line, counted on after those `skipped`.
pub fn sentence(error: &QueryError, text: &str, place: &str, skipped: usize) -> String {
    let told = match error {
        QueryError::Cancelled => return "the query was cancelled".to_owned(),
        QueryError::Execution(sentence) => sentence.clone(),
        QueryError::Diagnostics(found) => match found.first() {
            Some(first) => {
                let before = text.as_bytes().iter().take(first.span.start as usize);
                let line = before.filter(|byte| **byte == b'\n').count() + 1 + skipped;
                let help = first.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
                let line =
                    if place.is_empty() { format!("line {line}") } else { format!("{place}, line {line}") };
                return format!("{line}: {}{help}", first.message);
            }
            None => "the query cannot be bound".to_owned(),
        },
    };
    if place.is_empty() { told } else { format!("{place}: {told}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_matters_is_in_the_key() {
        let job = |text: &str, now, range, value: &str, rows: &str| {
            let parameters = BTreeMap::from([("_P".to_owned(), Value::String(value.to_owned()))]);
            let table = Arc::new(Table { name: "t".into(), columns: Vec::new(), batches: Vec::new() });
            let fill = Fill::Rows(table, rows.to_owned());
            Job::over(text.to_owned(), now, range, parameters, vec![("t".to_owned(), fill)], 0)
        };
        let one = job("T", 1, None, "a", "[]");
        assert_eq!(one, job("T", 1, None, "a", "[]"));
        for other in [
            job("U", 1, None, "a", "[]"),
            job("T", 2, None, "a", "[]"),
            job("T", 1, Some((0, 1)), "a", "[]"),
            job("T", 1, None, "b", "[]"),
            job("T", 1, None, "a", "[1]"),
        ] {
            assert_ne!(one, other);
        }
    }
}
