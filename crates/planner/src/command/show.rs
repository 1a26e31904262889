//! `.show …`: what there is, as rows.

use super::answers::{TABLE_SCHEMA, csl_schema, json_schema, object, text};
use crate::binder::Binder;
use crate::catalog::StoredFunction;
use crate::plan::Plan;
use crate::suggest::nearest;
use calypso_library::{Column, Json, Type, Value};
use calypso_parser::ast::Name;
use calypso_parser::command::{Show, ShowTable};
use calypso_parser::print_name;

/// The columns of tables with their counts; what Kusto knows of storage and policies is empty.
const DETAILS: &[(&str, Type)] = &[
    ("TableName", Type::String),
    ("DatabaseName", Type::String),
    ("Folder", Type::String),
    ("DocString", Type::String),
    ("TotalExtents", Type::Long),
    ("TotalExtentSize", Type::Real),
    ("TotalOriginalSize", Type::Real),
    ("TotalRowCount", Type::Long),
    ("HotExtents", Type::Long),
    ("HotExtentSize", Type::Real),
    ("HotOriginalSize", Type::Real),
    ("HotRowCount", Type::Long),
    ("AuthorizedPrincipals", Type::String),
    ("RetentionPolicy", Type::String),
    ("CachingPolicy", Type::String),
    ("ShardingPolicy", Type::String),
    ("MergePolicy", Type::String),
    ("StreamingIngestionPolicy", Type::String),
    ("IngestionBatchingPolicy", Type::String),
    ("MinExtentsCreationTime", Type::DateTime),
    ("MaxExtentsCreationTime", Type::DateTime),
    ("RowOrderPolicy", Type::String),
    ("TableId", Type::Guid),
];

/// The columns of a table's columns.
const COLUMNS: &[(&str, Type)] = &[
    ("AttributeName", Type::String),
    ("AttributeType", Type::String),
    ("ExtentSize", Type::Long),
    ("CompressionRatio", Type::Real),
    ("IndexSize", Type::Long),
    ("IndexSizePercent", Type::Real),
    ("OriginalSize", Type::Long),
    ("AttributeId", Type::Guid),
    ("SharedIndexSize", Type::Long),
    ("StorageEngineVersion", Type::String),
];

/// The columns of the schema of the database.
const SCHEMA: &[(&str, Type)] = &[
    ("DatabaseName", Type::String),
    ("TableName", Type::String),
    ("ColumnName", Type::String),
    ("ColumnType", Type::String),
    ("IsDefaultTable", Type::Bool),
    ("IsDefaultColumn", Type::Bool),
    ("PrettyName", Type::String),
    ("Version", Type::String),
    ("Folder", Type::String),
    ("DocString", Type::String),
];

/// The columns of a list of databases.
const DATABASES: &[(&str, Type)] = &[
    ("DatabaseName", Type::String),
    ("PersistentStorage", Type::String),
    ("Version", Type::String),
    ("IsCurrent", Type::Bool),
    ("DatabaseAccessMode", Type::String),
    ("PrettyName", Type::String),
    ("ReservedSlot1", Type::Bool),
    ("DatabaseId", Type::Guid),
    ("InTransitionTo", Type::String),
];

/// The columns of a list of databases with details.
const DATABASE_DETAILS: &[(&str, Type)] = &[
    ("DatabaseName", Type::String),
    ("PersistentStorage", Type::String),
    ("Version", Type::String),
    ("IsCurrent", Type::Bool),
    ("DatabaseAccessMode", Type::String),
    ("PrettyName", Type::String),
    ("AuthorizedPrincipals", Type::String),
    ("RetentionPolicy", Type::String),
    ("MergePolicy", Type::String),
    ("ReservedSlot1", Type::String),
    ("CachingPolicy", Type::String),
    ("ShardingPolicy", Type::String),
    ("StreamingIngestionPolicy", Type::String),
    ("IngestionBatchingPolicy", Type::String),
    ("TotalSize", Type::Real),
    ("DatabaseId", Type::Guid),
    ("InTransitionTo", Type::String),
];

/// The columns about the machine.
const CLUSTER: &[(&str, Type)] = &[
    ("NodeId", Type::String),
    ("Address", Type::String),
    ("Name", Type::String),
    ("StartTime", Type::DateTime),
    ("IsAdmin", Type::Bool),
    ("MachineTotalMemory", Type::Long),
    ("MachineAvailableMemory", Type::Long),
    ("ProcessorCount", Type::Int),
    ("EnvironmentDescription", Type::String),
];

/// The columns about the program.
const VERSION: &[(&str, Type)] = &[
    ("BuildVersion", Type::String),
    ("BuildTime", Type::DateTime),
    ("ServiceType", Type::String),
    ("ProductVersion", Type::String),
];

/// The version that schemas are said to have.
const SCHEMA_VERSION: &str = "v1.0";

impl Binder<'_> {
    /// The rows of a `.show`.
    pub fn show(&mut self, show: &Show) -> Option<Plan> {
        match show {
            Show::Tables { tables, details } => {
                let mut names = self.catalog.tables();
                if !tables.is_empty() {
                    for table in tables {
                        self.known_table(table)?;
                    }
                    names.retain(|name| tables.iter().any(|table| table.text == *name));
                }
                if *details { Some(self.table_details(&names)) } else { Some(self.table_list(&names)) }
            }
            Show::Table { table, what } => self.show_table(table, *what),
            Show::Databases { details } => Some(self.show_databases(*details)),
            Show::Schema { as_json: true } => {
                let schema = self.database_json();
                let columns = [("DatabaseSchema", Type::String)];
                Some(self.known_rows(&columns, vec![vec![text(&schema.to_string())]]))
            }
            Show::Schema { as_json: false } => Some(self.database_schema()),
            Show::Script => {
                let lines = self.script();
                let columns = [("DatabaseSchemaScript", Type::String)];
                Some(self.known_rows(&columns, lines.iter().map(|line| vec![text(line)]).collect()))
            }
            Show::CslSchema => {
                let database = self.catalog.database();
                let tables = self.known_tables();
                let row = |(name, columns): &(String, Vec<Column>)| {
                    vec![text(name), text(&csl_schema(columns)), text(&database)]
                };
                Some(self.known_rows(TABLE_SCHEMA, tables.iter().map(row).collect()))
            }
            Show::Functions(None) => {
                let functions = self.catalog.functions();
                Some(self.function_list(&functions))
            }
            Show::Functions(Some(name)) => {
                let found = self.known_function(name)?;
                Some(self.function_list(&[found]))
            }
            Show::Cluster => {
                let local = [text("0"), text("local"), text("local"), Value::Null(Type::DateTime)];
                let row = local.into_iter().chain([Value::Bool(true)]).collect();
                Some(self.known_rows(CLUSTER, vec![row]))
            }
            Show::Version => {
                let version = env!("CARGO_PKG_VERSION");
                let row = vec![
                    text(version),
                    Value::Null(Type::DateTime),
                    text("Engine"),
                    text(&format!("Calypso {version}")),
                ];
                Some(self.known_rows(VERSION, vec![row]))
            }
        }
    }

    fn show_table(&mut self, table: &Name, what: ShowTable) -> Option<Plan> {
        let columns = self.known_table(table)?;
        let database = self.catalog.database();
        Some(match what {
            ShowTable::Columns => {
                let row = |column: &Column| vec![text(&column.name), text(column.ty.dotnet_name())];
                self.known_rows(COLUMNS, columns.iter().map(row).collect())
            }
            ShowTable::Details => self.table_details(std::slice::from_ref(&table.text)),
            ShowTable::CslSchema => {
                let row = vec![text(&table.text), text(&csl_schema(&columns)), text(&database)];
                self.known_rows(TABLE_SCHEMA, vec![row])
            }
            ShowTable::JsonSchema => self.table_schemas(&[(table.text.clone(), columns)]),
        })
    }

    fn table_details(&mut self, names: &[String]) -> Plan {
        let database = self.catalog.database();
        let rows = names
            .iter()
            .map(|name| {
                let counted = self.catalog.rows(name).and_then(|rows| i64::try_from(rows).ok());
                let count = counted.map_or(Value::Null(Type::Long), Value::Long);
                let row = DETAILS.iter().map(|(column, ty)| match *column {
                    "TableName" => text(name),
                    "DatabaseName" => text(&database),
                    "TotalRowCount" | "HotRowCount" => count.clone(),
                    _ => Value::absent(*ty),
                });
                row.collect()
            })
            .collect();
        self.known_rows(DETAILS, rows)
    }

    fn show_databases(&mut self, details: bool) -> Plan {
        let name = self.catalog.database();
        let row = vec![text(&name), text(""), text(SCHEMA_VERSION), Value::Bool(true), text("ReadWrite")];
        self.known_rows(if details { DATABASE_DETAILS } else { DATABASES }, vec![row])
    }

    fn database_schema(&mut self) -> Plan {
        let database = self.catalog.database();
        let row = |table: &str, column: &str, ty: &str, version: &str| {
            let named = !table.is_empty();
            let mut row = [database.as_str(), table, column, ty].map(text).to_vec();
            row.extend([Value::Bool(named), Value::Bool(false), text(""), text(version)]);
            row
        };
        let mut rows = vec![row("", "", "", SCHEMA_VERSION)];
        for (table, columns) in self.known_tables() {
            rows.push(row(&table, "", "", ""));
            for column in columns {
                rows.push(row(&table, &column.name, column.ty.dotnet_name(), ""));
            }
        }
        self.known_rows(SCHEMA, rows)
    }

    fn database_json(&self) -> Json {
        let database = self.catalog.database();
        let tables = self.known_tables();
        let tables =
            tables.iter().map(|(name, columns)| (name.clone(), json_schema(name, columns))).collect();
        let functions = self.catalog.functions();
        let functions = functions
            .iter()
            .map(|f| {
                let fields = [
                    ("Name", f.name.as_str()),
                    ("Parameters", f.parameters.as_str()),
                    ("Body", f.body.as_str()),
                    ("Folder", f.folder.as_str()),
                    ("DocString", f.docstring.as_str()),
                ];
                (f.name.clone(), object(fields.map(|(key, value)| (key, Json::from(value)))))
            })
            .collect();
        let inner = object([
            ("Name", Json::from(database.as_str())),
            ("Tables", Json::Object(tables)),
            ("PrettyName", Json::Null),
            ("MajorVersion", Json::from(1)),
            ("MinorVersion", Json::from(0)),
            ("Functions", Json::Object(functions)),
        ]);
        object([("Databases", object([(database.as_str(), inner)]))])
    }

    /// The commands that make what there is.
    fn script(&self) -> Vec<String> {
        let tables = self.known_tables();
        let tables = tables.iter().map(|(name, columns)| {
            format!(".create-merge table {} ({})", print_name(name), csl_schema(columns))
        });
        let functions = self.catalog.functions();
        tables.chain(functions.iter().map(StoredFunction::command)).collect()
    }

    /// All tables with their columns.
    fn known_tables(&self) -> Vec<(String, Vec<Column>)> {
        let names = self.catalog.tables();
        names.into_iter().map(|name| (name.clone(), self.catalog.table(&name).unwrap_or_default())).collect()
    }

    /// The columns of a table that must be there.
    pub fn known_table(&mut self, table: &Name) -> Option<Vec<Column>> {
        if let Some(columns) = self.catalog.table(&table.text) {
            return Some(columns);
        }
        let message = format!("the name `{}` does not refer to any known table", table.text);
        let tables = self.catalog.tables();
        match nearest(&table.text, tables.iter().map(String::as_str)) {
            Some(near) => {
                self.error_with_help("KS204", table.span, message, format!("did you mean `{near}`?"))
            }
            None => self.error_with_help("KS204", table.span, message, "`.show tables` lists them"),
        }
    }

    /// A stored function that must be there.
    pub fn known_function(&mut self, name: &Name) -> Option<StoredFunction> {
        let functions = self.catalog.functions();
        if let Some(found) = functions.iter().find(|function| function.name == name.text) {
            return Some(found.clone());
        }
        let message = format!("the name `{}` does not refer to any stored function", name.text);
        match nearest(&name.text, functions.iter().map(|function| function.name.as_str())) {
            Some(near) => {
                self.error_with_help("KS211", name.span, message, format!("did you mean `{near}`?"))
            }
            None => self.error_with_help("KS211", name.span, message, "`.show functions` lists them"),
        }
    }
}

impl StoredFunction {
    /// The command that makes it.
    pub fn command(&self) -> String {
        let mut properties = Vec::new();
        if !self.docstring.is_empty() {
            properties.push(format!("docstring = {}", quoted(&self.docstring)));
        }
        if !self.folder.is_empty() {
            properties.push(format!("folder = {}", quoted(&self.folder)));
        }
        if self.view {
            properties.push("view = true".to_owned());
        }
        let with =
            if properties.is_empty() { String::new() } else { format!("with ({})\n", properties.join(", ")) };
        format!(".create-or-alter function {with}{}{} {}", print_name(&self.name), self.parameters, self.body)
    }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
    format!("\"{escaped}\"")
}
