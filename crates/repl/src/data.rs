//! The engine over the data that the command line names, over the local store, or over the built-in demo logs.

use crate::arguments::Shared;
use crate::failure::Failure;
use crate::memory::{of_queries, usual_limit};
use crate::{host, places};
use arrow::array::AsArray;
use arrow::compute::max;
use arrow::datatypes::Int64Type;
use calypso_engine::{Engine, EngineOptions, Optimization, Optimizations, RunOptions, TableFile};
use calypso_library::{Table, Value, literals};
use calypso_logs::generator::{self, Options, Profile};
use calypso_logs::{OpenOptions, ParquetTable, Summary};
use calypso_store::{LogTable, Store, StoredFile};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};

/// An engine with its tables, and what opening them did.
pub struct Opened {
    /// Ready for queries.
    pub engine: Engine,
    /// What was read; none for the demo logs.
    pub summaries: Vec<Summary>,
    /// The instant that `now()` gives when it is pinned.
    pub now: Option<i64>,
}

/// Where rows come from.
#[derive(Debug)]
pub enum Origin {
    /// Files that `--data` names.
    Files,
    /// The local store.
    Store(Store),
    /// The built-in demo logs.
    Demo,
}

/// What the command line says of where rows come from.
pub fn origin(shared: &Shared) -> Result<Origin, Failure> {
    match (shared.data.is_empty(), &shared.store, store(shared)) {
        (false, Some(_), _) => Err(two_origins()),
        (false, None, _) => Ok(Origin::Files),
        (true, _, Some(store)) if store.exists() => Ok(Origin::Store(store)),
        (true, Some(folder), _) => {
            let folder = folder.display();
            Err(Failure::Data(format!(
                "there is no store in {folder}: `calypso import PATH --store {folder}` makes one"
            )))
        }
        (true, None, _) => Ok(Origin::Demo),
    }
}

fn two_origins() -> Failure {
    Failure::Usage("`--store` and `--data` are two sources of the same tables: leave one out".to_owned())
}

/// The store that `--store` names, else that of the state folder; `None` when there is no such folder.
pub fn store(shared: &Shared) -> Option<Store> {
    let folder = shared.store.clone().or_else(|| Some(places::state()?.join("store")))?;
    Some(Store::at(&folder))
}

/// The engine over the data named by `--data`, over the store, or over the demo logs.
pub fn engine(shared: &Shared) -> Result<Opened, Failure> {
    match origin(shared)? {
        Origin::Files => files(shared, &shared.data),
        Origin::Store(store) => stored(shared, &store),
        Origin::Demo => demo(shared),
    }
}

/// The engine over the store. Its log is read when a query asks for a table.
pub fn stored(shared: &Shared, store: &Store) -> Result<Opened, Failure> {
    let newest = match shared.now.as_deref() {
        Some("end") => store.newest().map_err(|error| Failure::Data(error.to_string()))?,
        _ => None,
    };
    let now = instant(shared, || newest)?;
    let engine = new_engine(shared, now)?;
    for table in LogTable::ALL {
        let store = store.clone();
        let list = move || {
            Ok(store.files(table).map_err(|error| error.to_string())?.into_iter().map(known_file).collect())
        };
        engine.register_files(table.name(), table.columns(), Box::new(list));
    }
    Ok(Opened { engine, summaries: Vec::new(), now })
}

fn known_file(file: StoredFile) -> TableFile {
    let StoredFile { path, rows, bytes, times } = file;
    TableFile { path, rows: Some(rows), bytes: Some(bytes), times }
}

/// The engine over files.
pub fn files(shared: &Shared, named: &[String]) -> Result<Opened, Failure> {
    if shared.store.is_some() {
        return Err(two_origins());
    }
    let mut summaries = Vec::new();
    let mut tables: Vec<Table> = Vec::new();
    let mut kept: Option<ParquetTable> = None;
    let (own, logs): (Vec<_>, Vec<_>) = named.iter().partition(|text| table_name(text).is_some());
    let options = OpenOptions {
        strict: shared.strict,
        rename_legacy: shared.rename_legacy,
        keep_parquet: true,
        ..OpenOptions::default()
    };
    let paths: Vec<PathBuf> = logs.into_iter().map(PathBuf::from).collect();
    let opened = calypso_logs::open(&paths, &options).map_err(|error| Failure::Data(error.to_string()))?;
    tables.extend(opened.tables);
    kept = opened.parquet.or(kept);
    if !paths.is_empty() {
        summaries.push(opened.summary);
    }
    for text in own {
        let Some((name, path)) = table_name(text) else { continue };
        let options =
            OpenOptions { table_name: Some(name.to_owned()), keep_parquet: false, ..options.clone() };
        let opened = calypso_logs::open(&[PathBuf::from(path)], &options)
            .map_err(|error| Failure::Data(error.to_string()))?;
        tables.extend(opened.tables.into_iter().filter(|table| table.name == name));
        summaries.push(opened.summary);
    }
    let now = instant(shared, || newest(&tables).max(kept.as_ref().and_then(|table| table.newest)))?;
    let engine = new_engine(shared, now)?;
    for table in tables {
        engine.register(table);
    }
    if let Some(table) = kept {
        register_on_disk(&engine, table);
    }
    Ok(Opened { engine, summaries, now })
}

/// A table whose rows stay in a Parquet file, with the table of its deliveries, read when first asked for.
fn register_on_disk(engine: &Engine, table: ParquetTable) {
    engine.register_parquet(&table.name, table.columns.clone(), vec![table.path.clone()]);
    let delivery = calypso_logs::delivery_columns();
    let load = move || table.delivery().map_err(|error| error.to_string());
    engine.register_lazy("ProvisioningDelivery", delivery, Box::new(load));
}

/// The demo logs: made at the first query, the same on every machine, `now()` pinned to their end.
pub fn demo(shared: &Shared) -> Result<Opened, Failure> {
    let options = Options { attr_bag: Some(generator::AttrBag::Lean), ..Options::new(Profile::Small) };
    let now = instant(shared, || Some(options.now))?.or(Some(options.now));
    let engine = new_engine(shared, now)?;
    let made: Arc<OnceLock<Vec<Table>>> = Arc::default();
    for table in calypso_logs::empty_tables() {
        let (made, options, name) = (Arc::clone(&made), options.clone(), table.name.clone());
        engine.register_lazy(
            &table.name,
            table.columns,
            Box::new(move || {
                let tables = made.get_or_init(|| generator::tables(&options));
                tables
                    .iter()
                    .find(|table| table.name == name)
                    .cloned()
                    .ok_or_else(|| format!("no demo rows for {name}"))
            }),
        );
    }
    Ok(Opened { engine, summaries: Vec::new(), now })
}

/// The circumstances of a query by the command line.
pub fn run_options(shared: &Shared, opened: &Opened) -> Result<RunOptions, Failure> {
    let mut options = RunOptions::default();
    for (name, value) in pairs(&shared.parameters)? {
        options.parameters.insert(name, Value::String(value));
    }
    let from = shared.from.as_deref().map(|text| time("--from", text)).transpose()?;
    let to = shared.to.as_deref().map(|text| time("--to", text)).transpose()?;
    let last = shared.last.as_deref().map(|text| span("--last", text)).transpose()?;
    options.time_range = match (last, from, to) {
        (Some(last), _, _) => Some((opened.now.unwrap_or_else(clock).saturating_sub(last), i64::MAX)),
        (None, None, None) => None,
        (None, from, to) => Some((from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX))),
    };
    Ok(options)
}

/// The names and values of `--param`.
pub fn pairs(texts: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let pair = |text: &String| match text.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(Failure::Usage(format!("`--param {text}`: expected name=value"))),
    };
    texts.iter().map(pair).collect()
}

/// A datetime of the command line.
pub fn time(option: &str, text: &str) -> Result<i64, Failure> {
    literals::datetime(text)
        .ok_or_else(|| Failure::Usage(format!("`{option} {text}`: expected a time such as 2026-11-01T08:00")))
}

/// A timespan of the command line.
pub fn span(option: &str, text: &str) -> Result<i64, Failure> {
    literals::timespan(text)
        .ok_or_else(|| Failure::Usage(format!("`{option} {text}`: expected a timespan such as 24h or 7d")))
}

/// The name and path of `name=path`.
pub fn table_name(text: &str) -> Option<(&str, &str)> {
    let (name, path) = text.split_once('=')?;
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    plain.then_some((name, path))
}

fn instant(shared: &Shared, newest: impl Fn() -> Option<i64>) -> Result<Option<i64>, Failure> {
    match shared.now.as_deref() {
        None => Ok(None),
        Some("end") => Ok(newest()),
        Some(text) => time("--now", text).map(Some),
    }
}

/// The latest TimeGenerated of any table.
pub fn newest(tables: &[Table]) -> Option<i64> {
    let times = tables.iter().flat_map(|table| {
        let at = table.columns.iter().position(|column| column.name == "TimeGenerated");
        table.batches.iter().filter_map(move |batch| max(batch.column(at?).as_primitive::<Int64Type>()))
    });
    times.max()
}

/// Ticks from 0001-01-01 to 1970-01-01.
pub const UNIX_TICKS: i64 = 621_355_968_000_000_000;

/// The machine's clock in ticks.
pub fn clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() / 100);
    UNIX_TICKS + i64::try_from(since).unwrap_or(0)
}

fn new_engine(shared: &Shared, now: Option<i64>) -> Result<Engine, Failure> {
    let memory_limit = match &shared.memory {
        Some(text) => Some(of_queries(bytes(text)?)),
        None => usual_limit(),
    };
    let optimizations = optimizations(&shared.without)?;
    let options = EngineOptions { now, memory_limit, optimizations, ..EngineOptions::default() };
    let engine = Engine::new(options).map_err(|error| Failure::Data(error.to_string()))?;
    host::attach(&engine, shared)?;
    Ok(engine)
}

/// All but those named.
fn optimizations(without: &[String]) -> Result<Optimizations, Failure> {
    let mut rest = Optimizations::default();
    for name in without {
        rest = match (name.as_str(), Optimization::from_name(name)) {
            ("all", _) => Optimizations::none(),
            (_, Some(one)) => rest.without(one),
            (_, None) => {
                let names: Vec<_> = Optimization::ALL.iter().map(|one| one.name()).collect();
                let names = names.join(", ");
                return Err(Failure::Usage(format!("`--without {name}`: it takes all, {names}")));
            }
        };
    }
    Ok(rest)
}

/// Bytes such as 512MiB or 2GB.
pub fn bytes(text: &str) -> Result<usize, Failure> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor: Option<usize> = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => Some(1),
        "kb" => Some(1_000),
        "mb" => Some(1_000_000),
        "gb" => Some(1_000_000_000),
        "kib" | "k" => Some(1 << 10),
        "mib" | "m" => Some(1 << 20),
        "gib" | "g" => Some(1 << 30),
        _ => None,
    };
    let size = digits.trim().parse::<usize>().ok().zip(factor).and_then(|(n, factor)| n.checked_mul(factor));
    size.ok_or_else(|| Failure::Usage(format!("`--memory {text}`: expected a size such as 2GiB")))
}
