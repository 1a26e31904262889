//! The engine: tables by name, and queries over them.
//!
//! ```no_run
//! # use calypso_engine::{Engine, EngineOptions};
//! let engine = Engine::new(EngineOptions::default())?;
//! let answers = engine.run("print strlen('hello')");
//! # Ok::<(), calypso_engine::EngineError>(())
//! ```

use crate::catalog::SessionCatalog;
use crate::error::{EngineError, QueryError};
use crate::held::UNIX_TICKS;
use crate::host::Host;
use crate::optimization::{Optimization, Optimizations};
use crate::run::{CancelToken, QueryState, execute, explain};
use crate::session;
use crate::tables::{Entry, ListFiles, Source, TableFile, Tables, hold};
use crate::there::There;
use crate::together;
use calypso_library::{Answer, Column, Table, Value};
use calypso_parser::{Diagnostic, Severity};
use calypso_planner::BindOptions;
use calypso_planner::catalog::StoredFunction;
use calypso_planner::plan::{Bound, Plan};
use datafusion::execution::context::SessionState;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::runtime::Runtime;

/// How an engine works.
#[derive(Clone, Debug, Default)]
pub struct EngineOptions {
    /// What `now()` gives, in ticks; else each query's own instant.
    pub now: Option<i64>,
    /// Bytes that all queries together may hold, answers under way included, before they spill to disk or end with an
    /// error; without it there is no limit. Tables held in memory do not count.
    pub memory_limit: Option<usize>,
    /// How many parts of a query run side by side; else one per core.
    pub target_partitions: Option<usize>,
    /// Rows per batch; else 8192.
    pub batch_size: Option<usize>,
    /// What makes queries faster; all of it, unless said otherwise.
    pub optimizations: Optimizations,
}

/// The circumstances of one query.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// What `now()` gives, in ticks; else what the engine says.
    pub now: Option<i64>,
    /// Only rows with from <= `TimeGenerated` < to are seen, in tables that have that column.
    pub time_range: Option<(i64, i64)>,
    /// Of these tables, by name, only the rows that were there at an instant are seen.
    pub there: Arc<BTreeMap<String, There>>,
    /// Values for `declare query_parameters`.
    pub parameters: BTreeMap<String, Value>,
    /// Stops the query.
    pub cancel: CancelToken,
    /// An answer of more rows is an error.
    pub row_limit: Option<usize>,
}

/// A set of tables and what runs queries over them. Clones share both.
#[derive(Clone)]
pub struct Engine {
    pub(crate) tables: Arc<Tables>,
    pub(crate) base: Arc<SessionState>,
    pub(crate) runtime: Arc<Runtime>,
    pub(crate) options: EngineOptions,
}

impl Engine {
    /// An engine without tables.
    ///
    /// # Errors
    /// When threads cannot be started.
    pub fn new(options: EngineOptions) -> Result<Engine, EngineError> {
        // Deep expressions are walked by recursion, so threads get room.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("calypso")
            .thread_stack_size(32 << 20)
            .enable_time()
            .build()
            .map_err(|error| EngineError::Execution(format!("threads cannot be started: {error}")))?;
        let base = session::base(&options)?;
        Ok(Engine { tables: Arc::default(), base: Arc::new(base), runtime: Arc::new(runtime), options })
    }

    /// An engine that begins with the tables and functions of this one and with these tables. Rows are shared and
    /// nothing is copied; what is changed in it is not seen in this one, and it reads and writes no files.
    pub fn apart(&self, tables: Vec<Table>) -> Engine {
        let apart = Engine { tables: Arc::new(self.tables.copied()), ..self.clone() };
        tables.into_iter().for_each(|table| apart.register(table));
        apart
    }

    /// Adds a table held in memory, or replaces the one of that name. A table whose batches do not have its columns
    /// is refused when a query reads it.
    pub fn register(&self, table: Table) {
        let held = hold(&table);
        self.tables.put(Entry { name: table.name, columns: table.columns, source: Source::Memory(held) });
    }

    /// Adds a table whose rows are read at its first use, once.
    pub fn register_lazy(
        &self,
        name: &str,
        columns: Vec<Column>,
        load: Box<dyn Fn() -> Result<Table, String> + Send + Sync>,
    ) {
        let source = Source::Lazy { load, loaded: OnceLock::new() };
        self.tables.put(Entry { name: name.to_owned(), columns, source });
    }

    /// Adds a table whose rows stay in Parquet files. A datetime column is a Timestamp or ticks there, a timespan a
    /// Duration or ticks; a file may lack columns.
    pub fn register_parquet(&self, name: &str, columns: Vec<Column>, paths: Vec<PathBuf>) {
        let files: Vec<TableFile> = paths.into_iter().map(TableFile::unknown).collect();
        self.register_files(name, columns, Box::new(move || Ok(files.clone())));
    }

    /// Adds a table whose rows stay in Parquet files that are listed at its first use, once. The files are as
    /// `register_parquet` takes them; a datetime may also be a Timestamp in microseconds with its seventh digit in a
    /// column of its own (`calypso_library::stored::TICK_SUFFIX`).
    pub fn register_files(&self, name: &str, columns: Vec<Column>, list: ListFiles) {
        let source = Source::Parquet { list, opened: OnceLock::new() };
        self.tables.put(Entry { name: name.to_owned(), columns, source });
    }

    /// Stores a function under a name: `(parameters) { body }`.
    pub fn define(&self, name: &str, text: &str) {
        let body = text.find('{').unwrap_or(text.len());
        self.keep(StoredFunction {
            name: name.to_owned(),
            parameters: text[..body].trim().to_owned(),
            body: text[body..].trim().to_owned(),
            ..StoredFunction::default()
        });
    }

    /// Stores a function with all that is said about it.
    pub fn keep(&self, function: StoredFunction) {
        self.tables.put_function(function);
    }

    /// All stored functions by name.
    pub fn functions(&self) -> Vec<StoredFunction> {
        self.tables.functions()
    }

    /// Names who reads and writes files for `externaldata`, `.export` and stored functions; without one they are refused.
    pub fn set_host(&self, host: Arc<dyn Host>) {
        self.tables.set_host(host);
    }

    /// Names and columns of all tables, in the order they were created.
    pub fn tables(&self) -> Vec<(String, Vec<Column>)> {
        self.tables.all().iter().map(|entry| (entry.name.clone(), entry.columns.clone())).collect()
    }

    /// Runs a query text; one answer per tabular statement.
    ///
    /// # Errors
    /// When the text does not parse or bind, or the run fails.
    pub fn run(&self, text: &str) -> Result<Vec<Answer>, QueryError> {
        self.run_with(text, &RunOptions::default())
    }

    /// Runs a query text under given circumstances.
    ///
    /// # Errors
    /// As `run`, and when the query is cancelled or answers too many rows.
    pub fn run_with(&self, text: &str, options: &RunOptions) -> Result<Vec<Answer>, QueryError> {
        let state = self.state(options);
        let bound = self.bind(text, options, &state)?;
        let (bound, state) = self.shared_within(bound, state)?;
        self.answers(bound, &state)
    }

    /// Runs several query texts, each under its circumstances; what they have in common is computed once. One that
    /// fails or is cancelled leaves the others alone. Those without an instant of their own get the same one. What a
    /// text changes is seen by itself only.
    pub fn run_many(&self, queries: &[(String, RunOptions)]) -> Vec<Result<Vec<Answer>, QueryError>> {
        together::run(self, queries)
    }

    /// The answers of a bound query, one after the other.
    pub(crate) fn answers(&self, bound: Bound, state: &Arc<QueryState>) -> Result<Vec<Answer>, QueryError> {
        let mut answers = Vec::with_capacity(bound.answers.len());
        for statement in bound.answers {
            let changed = match statement.effect {
                Some(effect) => self.change(effect, state)?,
                None => None,
            };
            let answer = match changed {
                Some(told) => told,
                None => self.execute_in(&statement.plan, state)?,
            };
            if let Some(most) = bound.most_rows.filter(|most| answer.rows() as u64 > *most) {
                let sentence = format!(
                    "the answer has more than {most} rows, the most that `set truncationmaxrecords` allows"
                );
                return Err(QueryError::Execution(sentence));
            }
            answers.push(Answer { name: statement.name, visualization: statement.visualization, ..answer });
        }
        Ok(answers)
    }

    /// The query with what its plans have in common computed once.
    fn shared_within(
        &self,
        bound: Bound,
        state: Arc<QueryState>,
    ) -> Result<(Bound, Arc<QueryState>), QueryError> {
        if !self.options.optimizations.has(Optimization::SharePlan) {
            return Ok((bound, state));
        }
        let shared = together::shared(self, vec![(bound, state)])?;
        shared.into_iter().next().ok_or_else(|| QueryError::Execution("there is no query".to_owned()))
    }

    /// Runs a query text and tells, per tabular statement, what ran: operator by operator, with what each counted.
    /// For people who look into speed; the form of the text is not promised.
    ///
    /// # Errors
    /// As `run`.
    pub fn explain(&self, text: &str) -> Result<Vec<String>, QueryError> {
        let options = RunOptions::default();
        let state = self.state(&options);
        let bound = self.bind(text, &options, &state)?;
        let (bound, state) = self.shared_within(bound, state)?;
        let told = bound.answers.into_iter().map(|statement| {
            self.on_runtime(explain(self.clone_parts(), statement.plan, Arc::clone(&state)))
        });
        Ok(told.collect::<Result<_, _>>()?)
    }

    /// Parses and binds; warnings are dropped.
    pub(crate) fn bind(
        &self,
        text: &str,
        options: &RunOptions,
        state: &Arc<QueryState>,
    ) -> Result<Bound, QueryError> {
        let failed = |found: &[Diagnostic]| found.iter().any(|finding| finding.severity == Severity::Error);
        let parsed = calypso_parser::parse(text);
        if failed(&parsed.diagnostics) {
            return Err(QueryError::Diagnostics(parsed.diagnostics));
        }
        let catalog = SessionCatalog { engine: self, state: Arc::clone(state) };
        let options = BindOptions { parameters: options.parameters.clone(), ..BindOptions::default() };
        match calypso_planner::bind(&parsed.query, &catalog, &options) {
            (Some(bound), found) if !failed(&found) => Ok(bound),
            (_, found) => Err(QueryError::Diagnostics(found)),
        }
    }

    /// Runs one bound plan.
    ///
    /// # Errors
    /// When a function, a limit or a file stops it.
    pub fn execute(&self, plan: &Plan) -> Result<Answer, EngineError> {
        self.execute_in(plan, &self.state(&RunOptions::default()))
    }

    /// Runs one bound plan as a part of a query.
    pub(crate) fn execute_in(&self, plan: &Plan, state: &Arc<QueryState>) -> Result<Answer, EngineError> {
        self.on_runtime(execute(self.clone_parts(), plan.clone(), Arc::clone(state), state.row_limit))
    }

    /// Runs a plan whose rows only the binder sees: the limit on answers does not count.
    pub(crate) fn execute_inner(&self, plan: &Plan, state: &Arc<QueryState>) -> Result<Answer, EngineError> {
        self.on_runtime(execute(self.clone_parts(), plan.clone(), Arc::clone(state), None))
    }

    /// Waits for work on a thread of the runtime: there is room for deep recursion, and a panic ends the query only.
    pub(crate) fn on_runtime<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, EngineError>> + Send + 'static,
    ) -> Result<T, EngineError> {
        let task = self.runtime.spawn(work);
        self.runtime.block_on(task).unwrap_or_else(|error| {
            let sentence = format!("the query broke the engine, which is a fault in Calypso: {error}");
            Err(EngineError::Execution(sentence))
        })
    }

    fn clone_parts(&self) -> (Arc<Tables>, Arc<SessionState>) {
        (Arc::clone(&self.tables), Arc::clone(&self.base))
    }

    pub(crate) fn state(&self, options: &RunOptions) -> Arc<QueryState> {
        let now = options.now.or(self.options.now).unwrap_or_else(clock);
        Arc::new(QueryState::new(now, options))
    }
}

/// The machine's clock in ticks.
pub(crate) fn clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() / 100);
    UNIX_TICKS + i64::try_from(since).unwrap_or(0)
}
