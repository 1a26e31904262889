//! Every delivered shape of the provisioning logs, and the generator of demo logs.

pub mod builder;
mod classify;
mod collect;
mod column_stream;
mod columnar;
mod csv_file;
mod engine_column;
pub mod external;
pub mod generator;
mod json_file;
mod json_scan;
mod json_stream;
mod json_text;
mod line_chunks;
mod mapping;
pub mod open;
mod own_table;
pub mod parquet_table;
pub mod parts;
mod paths;
mod python_repr;
mod reader;
pub mod record;
mod shapes;
mod source;
pub mod summary;
pub mod times;
pub mod write;

pub use collect::guid_number;
pub use engine_column::KQL_TYPE;
pub use open::{OpenError, OpenOptions, Opened, empty_tables, newest_time, open};
pub use parquet_table::ParquetTable;
pub use paths::fingerprint;
pub use record::{audit_columns, delivery_columns, provisioning_columns};
pub use summary::{Problem, Summary};
pub use write::{Compression, write_arrow, write_parquet};
