//! The answers of commands: rows of known values, under the names and types that Kusto gives them.

use crate::binder::Binder;
use crate::catalog::StoredFunction;
use crate::plan::{Expr, Node, Plan};
use calypso_library::{Column, Json, Type, Value};
use calypso_parser::print_name;

/// The columns of a list of tables.
pub const TABLES: &[(&str, Type)] = &[
    ("TableName", Type::String),
    ("DatabaseName", Type::String),
    ("Folder", Type::String),
    ("DocString", Type::String),
];

/// The columns of the schema of a table.
pub const TABLE_SCHEMA: &[(&str, Type)] = &[
    ("TableName", Type::String),
    ("Schema", Type::String),
    ("DatabaseName", Type::String),
    ("Folder", Type::String),
    ("DocString", Type::String),
];

/// The columns of a list of functions.
pub const FUNCTIONS: &[(&str, Type)] = &[
    ("Name", Type::String),
    ("Parameters", Type::String),
    ("Body", Type::String),
    ("Folder", Type::String),
    ("DocString", Type::String),
];

impl Binder<'_> {
    /// Rows of values; cells after the last are absent.
    pub fn known_rows(&mut self, columns: &[(&str, Type)], rows: Vec<Vec<Value>>) -> Plan {
        let rows = rows
            .into_iter()
            .map(|row| {
                let mut cells = row.into_iter();
                let cell = |(_, ty): &(&str, Type)| cells.next().unwrap_or_else(|| Value::absent(*ty));
                columns.iter().map(cell).map(Expr::Literal).collect()
            })
            .collect();
        let columns = columns.iter().map(|(name, ty)| self.column(*name, *ty)).collect();
        Plan { node: Node::Values { rows }, columns }
    }

    /// Tables with their database.
    pub fn table_list(&mut self, tables: &[String]) -> Plan {
        let database = self.catalog.database();
        let rows = tables.iter().map(|name| vec![text(name), text(&database)]).collect();
        self.known_rows(TABLES, rows)
    }

    /// Tables with their columns as JSON.
    pub fn table_schemas(&mut self, tables: &[(String, Vec<Column>)]) -> Plan {
        let database = self.catalog.database();
        let rows = tables
            .iter()
            .map(|(name, columns)| {
                vec![text(name), text(&json_schema(name, columns).to_string()), text(&database)]
            })
            .collect();
        self.known_rows(TABLE_SCHEMA, rows)
    }

    /// Functions with all there is to know.
    pub fn function_list(&mut self, functions: &[StoredFunction]) -> Plan {
        let rows = functions
            .iter()
            .map(|f| {
                [&f.name, &f.parameters, &f.body, &f.folder, &f.docstring].map(|cell| text(cell)).to_vec()
            })
            .collect();
        self.known_rows(FUNCTIONS, rows)
    }
}

/// A text as a value.
pub fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A table with its columns as JSON.
pub fn json_schema(name: &str, columns: &[Column]) -> Json {
    let columns: Vec<Json> = columns
        .iter()
        .map(|column| {
            let fields = [
                ("Name", column.name.as_str()),
                ("Type", column.ty.dotnet_name()),
                ("CslType", column.ty.name()),
            ];
            object(fields.map(|(key, value)| (key, Json::from(value))))
        })
        .collect();
    object([("Name", Json::from(name)), ("OrderedColumns", Json::Array(columns))])
}

/// A JSON object.
pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Columns as `.create table` takes them, without parentheses.
pub fn csl_schema(columns: &[Column]) -> String {
    columns
        .iter()
        .map(|column| format!("{}:{}", print_name(&column.name), column.ty))
        .collect::<Vec<_>>()
        .join(", ")
}
