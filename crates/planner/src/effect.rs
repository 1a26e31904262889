//! What a command changes: data for whoever holds the tables. In: what the binder makes of a command. Out: what the engine
//! does, and answers.

use crate::catalog::StoredFunction;
use crate::plan::Plan;
use calypso_library::Column;
use calypso_parser::command::Ingest;

/// A change of tables, functions or files.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Tables that are to have these columns; rows of a table that is there are kept, new columns are absent in them.
    PutTables(Vec<(String, Vec<Column>)>),
    /// Tables that are to be gone.
    DropTables(Vec<String>),
    /// Old and new names.
    RenameTables(Vec<(String, String)>),
    /// A table that is to have no rows.
    ClearTable(String),
    /// Rows into a table.
    Ingest {
        /// The table.
        table: String,
        /// What becomes of the rows there.
        how: Ingest,
        /// The rows, with the columns the table has or is to have.
        plan: Plan,
    },
    /// Rows written in the command into a table.
    IngestInline {
        /// The table.
        table: String,
        /// Its columns.
        columns: Vec<Column>,
        /// How they are written.
        format: String,
        /// Whether the first is a header.
        skip_first: bool,
        /// The rows.
        text: String,
    },
    /// Rows into a file.
    Export {
        /// `csv`, `tsv`, `json`, `parquet`.
        format: String,
        /// The file.
        path: String,
        /// Whether the names of the columns come first.
        headers: bool,
        /// The rows.
        plan: Plan,
    },
    /// Functions that are to be as they are here.
    PutFunctions(Vec<StoredFunction>),
    /// Functions that are to be gone.
    DropFunctions(Vec<String>),
}
