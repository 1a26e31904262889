//! `.create table`, `.alter table`, `.drop table`, `.rename table`, `.clear table`: checked here, done by the engine.

use crate::binder::Binder;
use crate::effect::Effect;
use crate::expression::type_of;
use crate::plan::Plan;
use calypso_library::{Column, Type};
use calypso_parser::ast::{ColumnDeclaration, Name};
use calypso_parser::command::CreateTable;

use super::answers::text;

/// A change, and the answer about it.
pub type Changed = (Effect, Plan);

impl Binder<'_> {
    /// Tables with their columns from now on. The answer shows them; after `.create tables` it lists all tables.
    pub fn create_tables(
        &mut self,
        how: CreateTable,
        tables: &[(Name, Vec<ColumnDeclaration>)],
        several: bool,
    ) -> Option<Changed> {
        let mut wanted = Vec::new();
        for (name, declared) in tables {
            let declared = self.table_columns(declared)?;
            let known = self.catalog.table(&name.text);
            let columns = match (how, known) {
                (CreateTable::Create, Some(known)) => known,
                (CreateTable::CreateMerge | CreateTable::AlterMerge, Some(known)) => {
                    self.merged(name, known, declared)?
                }
                (CreateTable::Alter, Some(known)) => {
                    self.merged(name, known, declared.clone())?;
                    declared
                }
                (CreateTable::Alter | CreateTable::AlterMerge, None) => self.known_table(name)?,
                (CreateTable::Create | CreateTable::CreateMerge, None) => declared,
            };
            wanted.push((name.text.clone(), columns));
        }
        let plan = if several {
            let mut names = self.catalog.tables();
            for (name, _) in &wanted {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
            self.table_list(&names)
        } else {
            self.table_schemas(&wanted)
        };
        Some((Effect::PutTables(wanted), plan))
    }

    fn table_columns(&mut self, declared: &[ColumnDeclaration]) -> Option<Vec<Column>> {
        let mut columns: Vec<Column> = Vec::new();
        for column in declared {
            let Some(ty) = column.type_name.as_ref().and_then(|name| name.scalar()).map(type_of) else {
                let text = column.type_name.as_ref().map_or("", |name| name.text.as_str());
                return self.error("KS141", column.span, format!("`{text}` is no scalar type"));
            };
            if columns.iter().any(|known| known.name == column.name.text) {
                let message = format!("the column `{}` is declared twice", column.name.text);
                return self.error("KS110", column.span, message);
            }
            columns.push(Column::new(&column.name.text, ty));
        }
        Some(columns)
    }

    /// The columns of a table and new ones behind them; a column keeps its type.
    fn merged(&mut self, table: &Name, known: Vec<Column>, declared: Vec<Column>) -> Option<Vec<Column>> {
        let mut columns = known;
        for column in declared {
            match columns.iter().find(|known| known.name == column.name) {
                Some(same) if same.ty != column.ty => {
                    let message = format!(
                        "the column `{}` of `{}` is a {}, not a {}",
                        column.name, table.text, same.ty, column.ty
                    );
                    return self.error("KS141", table.span, message);
                }
                Some(_) => {}
                None => columns.push(column),
            }
        }
        Some(columns)
    }

    /// The answer lists the tables that remain.
    pub fn drop_tables(&mut self, tables: &[Name], if_exists: bool) -> Option<Changed> {
        for table in tables {
            if !if_exists || self.catalog.table(&table.text).is_some() {
                self.known_table(table)?;
            }
        }
        let dropped: Vec<String> = tables.iter().map(|table| table.text.clone()).collect();
        let mut names = self.catalog.tables();
        names.retain(|name| !dropped.contains(name));
        let database = self.catalog.database();
        let columns = [("TableName", Type::String), ("DatabaseName", Type::String)];
        let rows = names.iter().map(|name| vec![text(name), text(&database)]).collect();
        Some((Effect::DropTables(dropped), self.known_rows(&columns, rows)))
    }

    /// New names must be free, or be given up in the same command.
    pub fn rename_tables(&mut self, pairs: &[(Name, Name)]) -> Option<Changed> {
        for (old, new) in pairs {
            self.known_table(old)?;
            let given_up = pairs.iter().any(|(old, _)| old.text == new.text);
            if self.catalog.table(&new.text).is_some() && !given_up {
                let message = format!("there is a table `{}` already", new.text);
                return self.error("KS110", new.span, message);
            }
        }
        let names: Vec<(String, String)> =
            pairs.iter().map(|(old, new)| (old.text.clone(), new.text.clone())).collect();
        let renamed: Vec<String> = names.iter().map(|(_, new)| new.clone()).collect();
        let plan = self.table_list(&renamed);
        Some((Effect::RenameTables(names), plan))
    }

    /// The columns stay.
    pub fn clear_table(&mut self, table: &Name) -> Option<Changed> {
        self.known_table(table)?;
        let plan = self.known_rows(&[("Status", Type::String)], vec![vec![text("Completed")]]);
        Some((Effect::ClearTable(table.text.clone()), plan))
    }
}
