//! A table in Parquet files: which files there are, which columns they have, and what is known of them before a query
//! reads them.

mod filters;
mod footer;
mod pieces;
mod provider;

use crate::cache::OpenFile;
use crate::error::refused;
use crate::tables::TableFile;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use calypso_library::stored::{MEMBERS, TICK_SUFFIX};
use calypso_library::{Column, Type};
use datafusion::datasource::listing::PartitionedFile;
use datafusion::error::Result;
use datafusion::object_store::path::Path;
use footer::Footer;
pub(crate) use provider::FileScan;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

/// The column whose times are known per file.
const TIME_COLUMN: &str = "TimeGenerated";

/// Files of one table. The schema holds only the columns that some file has, as the files hold them; text is read as
/// views. A column is not nullable where every file says so.
#[derive(Debug)]
pub(crate) struct ParquetFiles {
    schema: SchemaRef,
    files: Vec<Arc<KnownFile>>,
    /// Columns that hold members of the table's JSON texts.
    members: Vec<String>,
    /// Bytes per row of each column of the schema, unpacked.
    widths: Vec<f64>,
    /// Number of rows.
    pub rows: usize,
    /// Tells it from all others.
    number: u64,
}

/// Counts the tables opened.
static OPENED: AtomicU64 = AtomicU64::new(0);

/// A file with what is known of its rows.
#[derive(Debug)]
pub(crate) struct KnownFile {
    path: PathBuf,
    file: PartitionedFile,
    /// Its footer, once it is read for columns that are kept.
    opened: OnceLock<Arc<OpenFile>>,
    rows: usize,
    /// Its `TimeGenerated`; `None` when not known, or beyond what ticks can count.
    span: Option<Span>,
}

impl KnownFile {
    /// The file with its footer read, for a table of these columns.
    ///
    /// # Errors
    /// When it cannot be read, or is no longer the file that it was.
    pub fn open(&self, table: &SchemaRef) -> Result<Arc<OpenFile>> {
        let metadata = std::fs::metadata(&self.path)?;
        let known = &self.file.object_meta;
        let modified = metadata.modified().is_ok_and(|time| SystemTime::from(known.last_modified) != time);
        if modified || metadata.len() != known.size {
            return Err(refused(format!("{} was changed since it was first read", self.path.display())));
        }
        if let Some(open) = self.opened.get() {
            return Ok(Arc::clone(open));
        }
        let open = Arc::new(OpenFile::open(&self.path, table)?);
        Ok(Arc::clone(self.opened.get_or_init(|| open)))
    }
}

/// A file of a scan, for columns that are kept.
#[derive(Debug)]
pub(crate) struct ScannedFile {
    /// The file.
    pub known: Arc<KnownFile>,
    /// The number of its table.
    pub table: u64,
    /// Which file of the table it is.
    pub number: usize,
    /// The file with its span of times where DataFusion looks for it.
    pub told: PartitionedFile,
}

/// Times of a file.
#[derive(Clone, Copy, Debug)]
struct Span {
    /// The least, ticks, included.
    low: i64,
    /// The greatest, ticks, included.
    high: i64,
    /// Whether some row may have none.
    nulls: bool,
}

impl ParquetFiles {
    /// Reads the footers; where rows and sizes of all files are known, only that of the first, since such files are of
    /// one shape, and of those whose times are not known.
    pub fn open(columns: &[Column], listed: &[TableFile]) -> std::result::Result<ParquetFiles, String> {
        let alike = listed.iter().all(|file| file.rows.is_some() && file.bytes.is_some());
        let mut found = Found::new(columns);
        let mut files = Vec::with_capacity(listed.len());
        for (at, listed) in listed.iter().enumerate() {
            let failed =
                |error: &dyn std::fmt::Display| format!("{} cannot be read: {error}", listed.path.display());
            let metadata = std::fs::metadata(&listed.path).map_err(|error| failed(&error))?;
            let mut known = KnownFile {
                path: listed.path.clone(),
                opened: OnceLock::new(),
                file: PartitionedFile::new(String::new(), metadata.len()),
                rows: listed.rows.map_or(0, |rows| usize::try_from(rows).unwrap_or(usize::MAX)),
                span: listed.times.map(|(low, high)| Span { low, high, nulls: false }),
            };
            let first = !alike || at == 0;
            if first || known.span.is_none() {
                let footer = Footer::read(&listed.path).map_err(|error| failed(&error))?;
                known.rows = footer.rows();
                known.span = known.span.or_else(|| footer.times(TIME_COLUMN));
                if first {
                    found.add(&footer);
                }
            }
            let absolute = std::path::absolute(&listed.path).map_err(|error| failed(&error))?;
            let location = Path::from_absolute_path(absolute).map_err(|error| failed(&error))?;
            known.file.object_meta.location = location;
            if let Ok(modified) = metadata.modified() {
                known.file.object_meta.last_modified = modified.into();
            }
            files.push(Arc::new(known));
        }
        let rows = files.iter().fold(0, |sum, file| usize::saturating_add(sum, file.rows));
        let members = found.members(columns);
        let (fields, widths): (Vec<Field>, Vec<f64>) = found.finish(columns, &members).into_iter().unzip();
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        Ok(ParquetFiles { schema: Arc::new(Schema::new(fields)), files, members, widths, rows, number })
    }

    /// The names of columns that hold members of the table's JSON texts.
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// Whether a column of times is ordered as its ticks are, and then, whether another column holds its seventh digit.
    /// `finer`: whether it may also tell times apart that have the same ticks.
    pub fn sortable(&self, column: &Column, finer: bool) -> Option<bool> {
        let known = column.name == TIME_COLUMN && self.files.iter().all(|file| file.span.is_some());
        let field = self.schema.field_with_name(&column.name).ok()?;
        let ordered = match field.data_type() {
            DataType::Timestamp(TimeUnit::Nanosecond, _) => finer,
            DataType::Timestamp(..) => true,
            _ => false,
        };
        (known && ordered).then(|| self.tick_column(column).is_some())
    }

    /// The column that holds the seventh digit of a datetime column.
    pub fn tick_column(&self, column: &Column) -> Option<String> {
        tick_column(&self.schema, column)
    }
}

/// The column that holds the seventh digit of a datetime column kept in microseconds.
fn tick_column(schema: &Schema, column: &Column) -> Option<String> {
    let microseconds =
        |field: &Field| matches!(field.data_type(), DataType::Timestamp(TimeUnit::Microsecond, _));
    let kept = schema.field_with_name(&column.name).is_ok_and(microseconds);
    let name = format!("{}{TICK_SUFFIX}", column.name);
    let digit = schema.field_with_name(&name).is_ok_and(|field| field.data_type() == &DataType::Int8);
    (column.ty == Type::DateTime && kept && digit).then_some(name)
}

/// The columns found so far, by the order of the wanted ones; a datetime's digits stand behind it.
struct Found {
    names: Vec<String>,
    fields: Vec<Option<Field>>,
    bytes: Vec<f64>,
    rows: f64,
    /// Names that some file lacks.
    lacking: Vec<String>,
}

impl Found {
    fn new(columns: &[Column]) -> Found {
        let digits = columns.iter().filter(|column| column.ty == Type::DateTime);
        let digits = digits.map(|column| format!("{}{TICK_SUFFIX}", column.name));
        let mut names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let digits: Vec<String> = digits.filter(|name| !names.contains(name)).collect();
        names.extend(digits);
        let members = MEMBERS.iter().filter(|member| names.iter().any(|name| name == member.column));
        let members: Vec<String> = members.map(calypso_library::stored::Member::file_column).collect();
        let members: Vec<String> = members.into_iter().filter(|name| !names.contains(name)).collect();
        names.extend(members);
        let (fields, bytes) = (vec![None; names.len()], vec![0.0; names.len()]);
        Found { names, fields, bytes, rows: 0.0, lacking: Vec::new() }
    }

    fn add(&mut self, footer: &Footer) {
        let first = self.rows == 0.0 && self.fields.iter().all(Option::is_none);
        for ((name, field), bytes) in self.names.iter().zip(&mut self.fields).zip(&mut self.bytes) {
            *bytes += footer.bytes(name);
            if footer.schema().field_with_name(name).is_err() {
                self.lacking.push(name.clone());
            }
            match (footer.schema().field_with_name(name), &field) {
                (Ok(found), None) => {
                    let nullable = found.is_nullable() || !first;
                    *field = Some(Field::new(name, as_views(found.data_type()), nullable));
                }
                (Ok(found), Some(known)) if found.is_nullable() => {
                    *field = Some(known.clone().with_nullable(true));
                }
                (Err(_), Some(known)) => *field = Some(known.clone().with_nullable(true)),
                (Ok(_), Some(_)) | (Err(_), None) => {}
            }
        }
        self.rows += footer.rows() as f64;
    }

    /// The member columns, as text, that every file has; a column of the table is none.
    fn members(&self, columns: &[Column]) -> Vec<String> {
        let told = MEMBERS.iter().map(calypso_library::stored::Member::file_column);
        let text = |name: &String| {
            let field = self.fields.iter().flatten().find(|field| field.name() == name);
            field.is_some_and(|field| field.data_type() == &DataType::Utf8View)
        };
        told.filter(|name| text(name) && !self.lacking.contains(name))
            .filter(|name| !columns.iter().any(|column| &column.name == name))
            .collect()
    }

    fn finish(self, columns: &[Column], members: &[String]) -> Vec<(Field, f64)> {
        let rows = self.rows.max(1.0);
        let fields = self.fields.into_iter().zip(self.bytes);
        let all: Vec<(Field, f64)> =
            fields.filter_map(|(field, bytes)| Some((field?, bytes / rows))).collect();
        let schema = Schema::new(all.iter().map(|(field, _)| field.clone()).collect::<Vec<_>>());
        let digits: Vec<String> = columns.iter().filter_map(|column| tick_column(&schema, column)).collect();
        // A column that only looks like digits is none of the table's.
        let wanted = |name: &String| {
            columns.iter().any(|column| &column.name == name)
                || digits.contains(name)
                || members.contains(name)
        };
        all.into_iter().filter(|(field, _)| wanted(field.name())).collect()
    }
}

/// Text of any form as views.
pub(crate) fn as_views(ty: &DataType) -> DataType {
    match ty {
        DataType::Dictionary(_, value) => as_views(value),
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        _ => ty.clone(),
    }
}
