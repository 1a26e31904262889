//! `.set`, `.append`, `.set-or-append`, `.set-or-replace`, `.ingest inline`, `.export`: rows into tables and files.

use super::change::Changed;
use crate::binder::{Binder, visible};
use crate::effect::Effect;
use crate::environment::Environment;
use crate::plan::Plan;
use calypso_library::{Column, Type};
use calypso_parser::ast::{Name, Query, Span, Statement};
use calypso_parser::command::{Ingest, Property};

/// What Kusto tells of the rows it took; sizes are not known here.
const EXTENTS: &[(&str, Type)] = &[
    ("ExtentId", Type::Guid),
    ("OriginalSize", Type::Long),
    ("ExtentSize", Type::Long),
    ("ColumnSize", Type::Long),
    ("IndexSize", Type::Long),
    ("RowCount", Type::Long),
];

/// Properties that say something about storage only.
const STORAGE: &[&str] = &[
    "creationTime",
    "tags",
    "folder",
    "docstring",
    "policy_ingestiontime",
    "distributed",
    "persistDetails",
    "recreate_schema",
];

impl Binder<'_> {
    /// The rows of a query into a table. Columns are matched by their place and must have the table's types.
    pub fn ingest(
        &mut self,
        how: Ingest,
        table: &Name,
        properties: &[Property],
        query: &Query,
        span: Span,
    ) -> Option<Changed> {
        if let Some(unknown) = properties.iter().find(|p| !STORAGE.contains(&p.name.text.as_str())) {
            return self.unsupported(unknown.name.span, &format!("the property `{}`", unknown.name.text));
        }
        let anew = properties.iter().any(|p| p.name.text == "recreate_schema" && p.value == "true");
        let plan = self.rows_of_query(query, span)?;
        let known = self.catalog.table(&table.text);
        match (how, &known) {
            (Ingest::Set, Some(_)) => {
                let message = format!("there is a table `{}` already", table.text);
                let help = "`.set-or-append` adds to it, `.set-or-replace` replaces its rows";
                return self.error_with_help("KS110", table.span, message, help);
            }
            (Ingest::Append, None) => {
                self.known_table(table)?;
            }
            (Ingest::Set, None)
            | (Ingest::Append, Some(_))
            | (Ingest::SetOrAppend | Ingest::SetOrReplace, _) => {}
        }
        let known = known.filter(|_| !(anew && how == Ingest::SetOrReplace));
        let plan = match known {
            Some(columns) => self.as_columns(plan, &columns, table)?,
            None => plan,
        };
        let answer = self.known_rows(EXTENTS, Vec::new());
        Some((Effect::Ingest { table: table.text.clone(), how, plan }, answer))
    }

    /// The rows under the names of the table's columns.
    fn as_columns(&mut self, plan: Plan, columns: &[Column], table: &Name) -> Option<Plan> {
        let given: Vec<_> = visible(&plan.columns).cloned().collect();
        let same = given.len() == columns.len() && given.iter().zip(columns).all(|(g, c)| g.ty == c.ty);
        if !same {
            let list = |types: &mut dyn Iterator<Item = Type>| {
                types.map(|ty| ty.name()).collect::<Vec<_>>().join(", ")
            };
            let message = format!(
                "the rows do not fit the table `{}`: it takes {}, found {}",
                table.text,
                list(&mut columns.iter().map(|column| column.ty)),
                list(&mut given.iter().map(|column| column.ty))
            );
            return self.error_with_help(
                "KS141",
                table.span,
                message,
                "columns are matched by their place: end the query with `project`",
            );
        }
        let kept: Vec<_> =
            columns.iter().zip(&given).map(|(column, given)| (column.name.clone(), given.clone())).collect();
        Some(self.select(plan, &kept))
    }

    /// Rows written out.
    pub fn ingest_inline(&mut self, table: &Name, properties: &[Property], text: &str) -> Option<Changed> {
        let columns = self.known_table(table)?;
        let (mut format, mut skip_first) = ("csv".to_owned(), false);
        for property in properties {
            match property.name.text.as_str() {
                "format" => format = property.value.to_ascii_lowercase(),
                "ignoreFirstRecord" => skip_first = property.value == "true",
                name if STORAGE.contains(&name) => {}
                name => return self.unsupported(property.name.span, &format!("the property `{name}`")),
            }
        }
        let answer = self.known_rows(&[("ExtentId", Type::Guid)], Vec::new());
        let table = table.text.clone();
        Some((Effect::IngestInline { table, columns, format, skip_first, text: text.to_owned() }, answer))
    }

    /// The rows of a query into a file.
    pub fn export(
        &mut self,
        format: &Name,
        path: &Name,
        properties: &[Property],
        query: &Query,
        span: Span,
    ) -> Option<Changed> {
        if !["csv", "tsv", "json", "parquet"].contains(&format.text.as_str()) {
            let message = format!("rows are not exported to `{}`", format.text);
            return self.error_with_help("KS140", format.span, message, "it takes csv, tsv, json, parquet");
        }
        self.local(&path.text, path.span)?;
        let mut headers = false;
        for property in properties {
            match (property.name.text.as_str(), property.value.as_str()) {
                ("includeHeaders", "all" | "firstFile") => headers = true,
                ("includeHeaders", "none") => headers = false,
                ("encoding", "UTF8NoBOM")
                | ("namePrefix" | "sizeLimit" | "distributed" | "persistDetails", _) => {}
                (name, value) => {
                    return self.unsupported(property.name.span, &format!("the property `{name}={value}`"));
                }
            }
        }
        let plan = self.rows_of_query(query, span)?;
        let columns = [("Path", Type::String), ("NumRecords", Type::Long), ("SizeInBytes", Type::Long)];
        let answer = self.known_rows(&columns, Vec::new());
        let (format, path) = (format.text.clone(), path.text.clone());
        Some((Effect::Export { format, path, headers, plan }, answer))
    }

    /// Refuses addresses that lie on a network. What an address holds is not repeated: it may hold a key.
    pub fn local(&mut self, address: &str, span: Span) -> Option<()> {
        match address.split_once("://") {
            Some((scheme, _)) if !scheme.is_empty() && scheme != "file" => self.error_with_help(
                "KS114",
                span,
                format!("an address `{scheme}://…` lies on a network, and this engine reads and writes none"),
                "fetch the file and name it by its path",
            ),
            _ => Some(()),
        }
    }

    /// The rows of the one tabular statement of a query, or of a `.show`.
    fn rows_of_query(&mut self, query: &Query, span: Span) -> Option<Plan> {
        let mut environment = Environment::default();
        let Some((last, before)) = query.statements.split_last() else {
            return self.error("KS006", span, "expected a query after `<|`");
        };
        for statement in before {
            self.other_statement(statement, &mut environment)?;
        }
        let plan = match last {
            Statement::Tabular(pipeline) => self.pipeline(pipeline, &environment, None)?,
            Statement::Command(command) => {
                let answer = self.command_answer(command, false, &environment)?;
                answer.plan
            }
            _ => return self.error("KS006", span, "expected rows after `<|`"),
        };
        let shown: Vec<_> = visible(&plan.columns).map(|c| (c.name.clone(), c.clone())).collect();
        if shown.len() == plan.columns.len() {
            return Some(plan);
        }
        Some(self.select(plan, &shown))
    }
}
