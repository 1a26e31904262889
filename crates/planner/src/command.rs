//! Management commands that people type out of habit: `.show tables`, `.show table T`, `.show functions`,
//! `.show databases`. Their rows flow on into operators.

use crate::binder::Binder;
use crate::plan::{Expr, Node, Plan};
use calypso_library::{Type, Value};
use calypso_parser::ast::{ManagementCommand, Span};

impl Binder<'_> {
    /// The rows of a command.
    pub fn command(&mut self, command: &ManagementCommand) -> Option<Plan> {
        let words: Vec<&str> = command.text.split_whitespace().collect();
        match words.as_slice() {
            [".show", "tables"] => {
                let rows =
                    self.catalog.tables().into_iter().map(|name| vec![name, "Calypso".into()]).collect();
                Some(self.texts(&["TableName", "DatabaseName", "Folder", "DocString"], rows))
            }
            [".show", "databases"] => Some(self.texts(&["DatabaseName"], vec![vec!["Calypso".into()]])),
            [".show", "functions"] => {
                Some(self.texts(&["Name", "Parameters", "Body", "Folder", "DocString"], Vec::new()))
            }
            [".show", "table", name]
            | [".show", "table", name, "schema"]
            | [".show", "table", name, "cslschema"] => self.table_schema(name, command.span),
            [".show", "schema"] | [".show", "database", "schema"] => {
                let mut rows = Vec::new();
                for table in self.catalog.tables() {
                    for column in self.catalog.table(&table).unwrap_or_default() {
                        rows.push(vec![
                            "Calypso".into(),
                            table.clone(),
                            column.name,
                            column.ty.name().into(),
                        ]);
                    }
                }
                Some(self.texts(&["DatabaseName", "TableName", "ColumnName", "ColumnType"], rows))
            }
            _ => {
                let message = format!("the command `{}` is not supported yet", words.join(" "));
                self.error_with_help("KS005", command.span, message, "`.show tables` and `.show table T` are")
            }
        }
    }

    fn table_schema(&mut self, name: &str, span: Span) -> Option<Plan> {
        let Some(columns) = self.catalog.table(name) else {
            return self.error("KS142", span, format!("the name `{name}` does not refer to any known table"));
        };
        let rows = columns.into_iter().map(|column| vec![column.name, column.ty.name().into()]).collect();
        Some(self.texts(&["ColumnName", "ColumnType"], rows))
    }

    /// Rows of texts; missing cells are empty.
    fn texts(&mut self, names: &[&str], rows: Vec<Vec<String>>) -> Plan {
        let columns = names.iter().map(|name| self.column(*name, Type::String)).collect();
        let rows = rows
            .into_iter()
            .map(|row| {
                let mut cells = row.into_iter();
                names.iter().map(|_| Expr::Literal(Value::String(cells.next().unwrap_or_default()))).collect()
            })
            .collect();
        Plan { node: Node::Values { rows }, columns }
    }
}
