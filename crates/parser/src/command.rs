//! Management commands taken apart: `.show tables`, `.create table T (a:long)`, `.set T <| query`. In: the text of a
//! command, as the grammar of statements keeps it. Out: what it asks for, or why it is not understood.

mod words;

use crate::Diagnostic;
use crate::ast::{ColumnDeclaration, FunctionDeclaration, LetValue, ManagementCommand, Name};
use crate::ast::{Query, Source, Statement};
use words::Words;

/// What a command asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `.show …`
    Show(Show),
    /// `.create table T (a:long)` and its kin; several tables after `.create tables`.
    CreateTables {
        /// What becomes of a table that is there.
        how: CreateTable,
        /// Names and columns.
        tables: Vec<(Name, Vec<ColumnDeclaration>)>,
        /// Whether `tables` was written.
        several: bool,
    },
    /// `.drop table T [ifexists]`, `.drop tables (T, U) [ifexists]`
    DropTables {
        /// Which.
        tables: Vec<Name>,
        /// Those that are not there are passed over.
        if_exists: bool,
    },
    /// `.rename table T to U`, `.rename tables U=T, …`: old and new names.
    RenameTables(Vec<(Name, Name)>),
    /// `.clear table T data`
    ClearTable(Name),
    /// `.set T <| query` and its kin.
    Ingest {
        /// What becomes of a table that is there.
        how: Ingest,
        /// The table.
        table: Name,
        /// `with (…)`
        properties: Vec<Property>,
        /// The query.
        query: Query,
    },
    /// `.ingest inline into table T <| rows`
    IngestInline {
        /// The table.
        table: Name,
        /// `with (…)`
        properties: Vec<Property>,
        /// The rows as they are written.
        text: String,
    },
    /// `.export to csv ("file") <| query`
    Export {
        /// `csv`, `json` …
        format: Name,
        /// The file.
        path: Name,
        /// `with (…)`
        properties: Vec<Property>,
        /// The query.
        query: Query,
    },
    /// `.create function f(x:long) { … }` and its kin.
    Function {
        /// What becomes of a function that is there.
        how: CreateFunction,
        /// Its name.
        name: Name,
        /// The parameters as written, parentheses included.
        parameters: String,
        /// The body as written, braces included.
        body: String,
        /// Both as a tree, with places in the whole text.
        declaration: FunctionDeclaration,
        /// `with (…)`
        properties: Vec<Property>,
    },
    /// `.alter function docstring f "…"`, `.alter function folder f "…"`
    DescribeFunction {
        /// Which.
        name: Name,
        /// `docstring` or `folder`.
        what: Name,
        /// The text.
        text: String,
    },
    /// `.drop function f [ifexists]`, `.drop functions (f, g) [ifexists]`
    DropFunctions {
        /// Which.
        functions: Vec<Name>,
        /// Those that are not there are passed over.
        if_exists: bool,
    },
}

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Show {
    /// `.show tables [(A, B)] [details]`
    Tables {
        /// Only these; all when empty.
        tables: Vec<Name>,
        /// With counts.
        details: bool,
    },
    /// `.show table T …`
    Table {
        /// Which.
        table: Name,
        /// What of it.
        what: ShowTable,
    },
    /// `.show databases [details]`, `.show database [details]`
    Databases {
        /// With more columns.
        details: bool,
    },
    /// `.show database schema`, `.show schema`
    Schema {
        /// As one JSON text.
        as_json: bool,
    },
    /// `.show database schema as csl script`
    Script,
    /// `.show database cslschema`: a row per table.
    CslSchema,
    /// `.show functions`, `.show function f`
    Functions(Option<Name>),
    /// `.show cluster`
    Cluster,
    /// `.show version`
    Version,
}

/// What of a table is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShowTable {
    /// A row per column.
    Columns,
    /// `details`
    Details,
    /// `cslschema`: as `.create table` takes it.
    CslSchema,
    /// `schema as json`
    JsonSchema,
}

/// What becomes of a table that is to be created and is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateTable {
    /// `.create`: it stays as it is.
    Create,
    /// `.create-merge`: missing columns are added.
    CreateMerge,
    /// `.alter-merge`: the same; it must be there.
    AlterMerge,
    /// `.alter`: it has these columns from now on; it must be there.
    Alter,
}

/// What becomes of the rows of a table that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ingest {
    /// `.set`: the table must be new.
    Set,
    /// `.append`: the table must be there.
    Append,
    /// `.set-or-append`
    SetOrAppend,
    /// `.set-or-replace`
    SetOrReplace,
}

/// What becomes of a function that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateFunction {
    /// `.create function`: refused.
    Create,
    /// `.create function ifnotexists`: it stays.
    IfNotExists,
    /// `.create-or-alter function`: replaced.
    CreateOrAlter,
    /// `.alter function`: replaced; it must be there.
    Alter,
}

/// `name = value` in `with (…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: Name,
    /// Its value, without quotes.
    pub value: String,
}

/// What a command asks for. The error says what is not understood, with its place in the whole text.
pub fn command(command: &ManagementCommand) -> Result<Command, Diagnostic> {
    let mut words = Words::new(&command.text, command.span.start);
    words.sign(".");
    let verb = words.word().unwrap_or_default();
    match verb {
        "show" => show(&mut words).map(Command::Show),
        "create" | "create-merge" | "create-or-alter" | "alter" | "alter-merge" => create(verb, &mut words),
        "drop" => drop(&mut words),
        "rename" => rename(&mut words),
        "clear" => {
            words.expect("table")?;
            let table = words.name("a table")?;
            words.expect("data")?;
            words.end().map(|()| Command::ClearTable(table))
        }
        "set" => ingest(Ingest::Set, &mut words),
        "append" => ingest(Ingest::Append, &mut words),
        "set-or-append" => ingest(Ingest::SetOrAppend, &mut words),
        "set-or-replace" => ingest(Ingest::SetOrReplace, &mut words),
        "ingest" => inline(&mut words),
        "export" => export(&mut words),
        _ => Err(words.unknown("it takes `.show`, `.create`, `.alter`, `.drop`, `.rename`, `.clear`, `.set`, `.append`, `.set-or-append`, `.set-or-replace`, `.ingest inline` and `.export`")),
    }
}

fn show(words: &mut Words) -> Result<Show, Diagnostic> {
    let found = match words.word().unwrap_or_default() {
        "tables" => {
            let before = words.eat("details");
            let tables = if words.at("(") { words.names("a table")? } else { Vec::new() };
            Show::Tables { tables, details: words.eat("details") || before }
        }
        "table" => {
            let table = words.name("a table")?;
            let what = if words.eat("details") {
                ShowTable::Details
            } else if words.eat("cslschema") {
                ShowTable::CslSchema
            } else if words.eat("schema") {
                if words.eat("as") {
                    words.expect("json")?;
                    ShowTable::JsonSchema
                } else {
                    ShowTable::CslSchema
                }
            } else {
                ShowTable::Columns
            };
            Show::Table { table, what }
        }
        "databases" => {
            if words.eat("schema") {
                Show::Schema { as_json: as_json(words)? }
            } else {
                Show::Databases { details: words.eat("details") }
            }
        }
        "database" => database(words)?,
        "schema" => Show::Schema { as_json: as_json(words)? },
        "functions" => Show::Functions(None),
        "function" => Show::Functions(Some(words.name("a function")?)),
        "cluster" => Show::Cluster,
        "version" => Show::Version,
        "queries" | "running" | "commands" | "commands-and-queries" | "operations" | "journal" => {
            return Err(
                words.unknown("no list is kept of what ran; the prompt remembers the queries typed in it")
            );
        }
        _ => {
            return Err(words.unknown(
                "it shows `tables`, `table T`, `functions`, `function f`, `schema`, `database schema`, `databases`, `cluster` and `version`",
            ));
        }
    };
    words.end().map(|()| found)
}

/// After `.show database`: perhaps its name.
fn database(words: &mut Words) -> Result<Show, Diagnostic> {
    if words.is_done() {
        return Ok(Show::Databases { details: false });
    }
    if !["schema", "cslschema", "details"].iter().any(|word| words.at(word)) {
        words.name("a database")?;
    }
    if words.eat("cslschema") {
        return Ok(Show::CslSchema);
    }
    if words.eat("details") || words.is_done() {
        return Ok(Show::Databases { details: true });
    }
    words.expect("schema")?;
    if words.eat("as") {
        if words.eat("csl") {
            words.expect("script")?;
            return Ok(Show::Script);
        }
        words.expect("json")?;
        return Ok(Show::Schema { as_json: true });
    }
    Ok(Show::Schema { as_json: false })
}

fn as_json(words: &mut Words) -> Result<bool, Diagnostic> {
    if !words.eat("as") {
        return Ok(false);
    }
    words.expect("json").map(|()| true)
}

fn create(verb: &str, words: &mut Words) -> Result<Command, Diagnostic> {
    let what = words.word().unwrap_or_default();
    let how = match verb {
        "create" => CreateTable::Create,
        "create-merge" => CreateTable::CreateMerge,
        "alter-merge" => CreateTable::AlterMerge,
        _ => CreateTable::Alter,
    };
    match (verb, what) {
        ("create" | "create-merge" | "alter" | "alter-merge", "table") => {
            let name = words.name("a table")?;
            let tables = vec![(name, words.schema()?)];
            words.properties()?;
            words.end().map(|()| Command::CreateTables { how, tables, several: false })
        }
        ("create" | "create-merge", "tables") => {
            let mut tables = Vec::new();
            loop {
                let name = words.name("a table")?;
                tables.push((name, words.schema()?));
                if !words.sign(",") {
                    break;
                }
            }
            words.properties()?;
            words.end().map(|()| Command::CreateTables { how, tables, several: true })
        }
        ("create", "function") => {
            let how =
                if words.eat("ifnotexists") { CreateFunction::IfNotExists } else { CreateFunction::Create };
            function(how, words)
        }
        ("create-or-alter", "function") => function(CreateFunction::CreateOrAlter, words),
        ("alter", "function") => alter_function(words),
        _ => Err(words.unknown("tables and functions can be created")),
    }
}

fn alter_function(words: &mut Words) -> Result<Command, Diagnostic> {
    for what in ["docstring", "folder"] {
        // `.alter function docstring f "…"`; the old order is read, too.
        let first = words.at(what) && !words.next_is("(");
        if first || words.next_is(what) {
            let (name, what) = if first {
                let what = words.name("a property")?;
                (words.name("a function")?, what)
            } else {
                let name = words.name("a function")?;
                (name, words.name("a property")?)
            };
            let text = words.text()?;
            return words.end().map(|()| Command::DescribeFunction { name, what, text });
        }
    }
    function(CreateFunction::Alter, words)
}

fn function(how: CreateFunction, words: &mut Words) -> Result<Command, Diagnostic> {
    let properties = words.properties()?;
    let name = words.name("the name of a function")?;
    let (from, parameters) = words.bracketed("(", "`(` and parameters")?;
    let (_, body) = words.bracketed("{", "`{` and a body")?;
    words.end()?;
    let parsed = words.parse(from, "let f = ", words.text_from(from).trim_end(), ";")?;
    match parsed.statements.into_iter().next() {
        Some(Statement::Let(declared)) => match declared.value {
            LetValue::Function(declaration) => {
                Ok(Command::Function { how, name, parameters, body, declaration, properties })
            }
            LetValue::Expression(_) => Err(words.expected("parameters such as `(x:long)` and a body")),
        },
        _ => Err(words.expected("parameters such as `(x:long)` and a body")),
    }
}

fn drop(words: &mut Words) -> Result<Command, Diagnostic> {
    match words.word().unwrap_or_default() {
        what @ ("table" | "tables") => {
            let tables =
                if what == "tables" { words.names("a table")? } else { vec![words.name("a table")?] };
            let if_exists = words.eat("ifexists");
            words.end().map(|()| Command::DropTables { tables, if_exists })
        }
        what @ ("function" | "functions") => {
            let several = what == "functions";
            let functions =
                if several { words.names("a function")? } else { vec![words.name("a function")?] };
            let if_exists = words.eat("ifexists");
            words.end().map(|()| Command::DropFunctions { functions, if_exists })
        }
        _ => Err(words.unknown("tables and functions can be dropped")),
    }
}

fn rename(words: &mut Words) -> Result<Command, Diagnostic> {
    match words.word().unwrap_or_default() {
        "table" => {
            let old = words.name("a table")?;
            words.expect("to")?;
            let new = words.name("a name")?;
            words.end().map(|()| Command::RenameTables(vec![(old, new)]))
        }
        "tables" => {
            let mut pairs = Vec::new();
            loop {
                let new = words.name("a name")?;
                words.expect("=")?;
                pairs.push((words.name("a table")?, new));
                if !words.sign(",") {
                    break;
                }
            }
            words.end().map(|()| Command::RenameTables(pairs))
        }
        _ => Err(words.unknown("tables can be renamed")),
    }
}

fn ingest(how: Ingest, words: &mut Words) -> Result<Command, Diagnostic> {
    words.eat("async");
    let table = words.name("a table")?;
    let properties = words.properties()?;
    let query = words.query()?;
    Ok(Command::Ingest { how, table, properties, query })
}

fn inline(words: &mut Words) -> Result<Command, Diagnostic> {
    for word in ["inline", "into", "table"] {
        words.expect(word)?;
    }
    let table = words.name("a table")?;
    let properties = words.properties()?;
    let text = if words.at("[") { words.bracketed_rows()? } else { words.raw()? };
    Ok(Command::IngestInline { table, properties, text })
}

fn export(words: &mut Words) -> Result<Command, Diagnostic> {
    words.eat("async");
    words.eat("compressed");
    words.expect("to")?;
    let format = words.name("a format such as `csv`")?;
    let paths = words.names("a file")?;
    let [path] = paths.as_slice() else {
        return Err(words.expected("one file"));
    };
    let properties = words.properties()?;
    let query = words.query()?;
    Ok(Command::Export { format, path: path.clone(), properties, query })
}

/// The columns of a schema in parentheses, by way of the grammar of `datatable`.
fn schema_columns(query: Query) -> Option<Vec<ColumnDeclaration>> {
    match query.statements.into_iter().next()? {
        Statement::Tabular(pipeline) => match pipeline.source {
            Source::Datatable(datatable) => Some(datatable.schema.columns),
            _ => None,
        },
        _ => None,
    }
}
