//! Management commands: `.show tables` and its kin give rows that flow on into operators; `.create table`, `.set T <| …`,
//! `.create function` and their kin change something, alone in a text.

mod answers;
mod change;
mod functions;
mod ingest;
mod show;

use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::BoundAnswer;
use crate::statement::visualization;
use calypso_parser::ast::ManagementCommand;
use calypso_parser::command::{self, Command};

impl Binder<'_> {
    /// The answer of a command. `alone`: no other statement stands beside it.
    pub fn command_answer(
        &mut self,
        command: &ManagementCommand,
        alone: bool,
        environment: &Environment,
    ) -> Option<BoundAnswer> {
        let read = match command::command(command) {
            Ok(read) => read,
            Err(found) => {
                self.diagnostics.push(found);
                return None;
            }
        };
        let span = command.span;
        if let Command::Show(show) = &read {
            let plan = self.show(show)?;
            let plan = self.operators(plan, &command.rest.operators, &mut environment.clone())?;
            return Some(BoundAnswer {
                name: None,
                plan,
                visualization: visualization(&command.rest),
                effect: None,
            });
        }
        if !alone || !command.rest.operators.is_empty() {
            let message = "a command that changes something stands alone in its text";
            return self.error_with_help("KS005", span, message, "run it by itself, then the query");
        }
        let (effect, plan) = match &read {
            Command::CreateTables { how, tables, several } => self.create_tables(*how, tables, *several)?,
            Command::DropTables { tables, if_exists } => self.drop_tables(tables, *if_exists)?,
            Command::RenameTables(pairs) => self.rename_tables(pairs)?,
            Command::ClearTable(table) => self.clear_table(table)?,
            Command::Ingest { how, table, properties, query } => {
                self.ingest(*how, table, properties, query, span)?
            }
            Command::IngestInline { table, properties, text } => {
                self.ingest_inline(table, properties, text)?
            }
            Command::Export { format, path, properties, query } => {
                self.export(format, path, properties, query, span)?
            }
            Command::Function { how, name, parameters, body, declaration, properties } => {
                let stored = self.described(name, parameters, body, properties)?;
                self.create_function(*how, name, stored, declaration, properties)?
            }
            Command::DescribeFunction { name, what, text } => self.describe_function(name, what, text)?,
            Command::DropFunctions { functions, if_exists } => self.drop_functions(functions, *if_exists)?,
            Command::Show(_) => return None,
        };
        Some(BoundAnswer { name: None, plan, visualization: None, effect: Some(effect) })
    }
}
