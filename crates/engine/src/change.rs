//! Does what commands change: tables in memory, stored functions, files by way of the host. In: an effect of a bound
//! command. Out: an answer, where only the change tells it.

use crate::engine::Engine;
use crate::error::EngineError;
use crate::host::{NO_HOST, Target};
use crate::run::QueryState;
use crate::tables::{Entry, Source, hold, schema_of};
use arrow::array::{ArrayRef, RecordBatchOptions};
use arrow::record_batch::RecordBatch;
use calypso_library::{Answer, Column, Table, Type, Value};
use calypso_parser::command::Ingest;
use calypso_planner::catalog::StoredFunction;
use calypso_planner::effect::Effect;
use std::sync::Arc;

impl Engine {
    /// Does it. `None`: the command's plan tells the answer.
    pub(crate) fn change(
        &self,
        effect: Effect,
        state: &Arc<QueryState>,
    ) -> Result<Option<Answer>, EngineError> {
        match effect {
            Effect::PutTables(tables) => {
                for (name, columns) in tables {
                    let rows = self.rows_as(&name, &columns)?;
                    self.put_table(&name, columns, rows)?;
                }
                Ok(None)
            }
            Effect::DropTables(names) => {
                for name in names {
                    self.tables.remove(&name);
                }
                Ok(None)
            }
            Effect::RenameTables(pairs) => {
                self.tables.rename(&pairs);
                Ok(None)
            }
            Effect::ClearTable(name) => {
                if let Some(entry) = self.tables.get(&name) {
                    self.put_table(&name, entry.columns.clone(), Vec::new())?;
                }
                Ok(None)
            }
            Effect::Ingest { table, how, plan } => {
                let answer = self.execute_in(&plan, state)?;
                let count = answer.rows();
                self.take_in(&table, how, answer.columns, answer.batches)?;
                Ok(Some(extents(count, true)))
            }
            Effect::IngestInline { table, columns, format, skip_first, text } => {
                let host = self.tables.host().ok_or_else(|| EngineError::Execution(NO_HOST.to_owned()))?;
                let batches =
                    host.read_text(&text, &format, skip_first, &columns).map_err(EngineError::Execution)?;
                let count = batches.iter().map(RecordBatch::num_rows).sum();
                self.take_in(&table, Ingest::Append, columns, batches)?;
                Ok(Some(extents(count, false)))
            }
            Effect::Export { format, path, headers, plan } => {
                let host = self.tables.host().ok_or_else(|| EngineError::Execution(NO_HOST.to_owned()))?;
                let answer = self.execute_in(&plan, state)?;
                let written =
                    host.write(&answer, &Target { path, format, headers }).map_err(EngineError::Execution)?;
                let size = i64::try_from(written.bytes).unwrap_or(i64::MAX);
                let rows =
                    vec![vec![Value::String(written.path), count_value(answer.rows()), Value::Long(size)]];
                let columns =
                    [("Path", Type::String), ("NumRecords", Type::Long), ("SizeInBytes", Type::Long)];
                Ok(Some(told(&columns, rows)))
            }
            Effect::PutFunctions(functions) => {
                let mut all = self.tables.functions();
                all.retain(|known| functions.iter().all(|function| function.name != known.name));
                all.extend(functions.iter().cloned());
                self.keep_all(all)?;
                functions.into_iter().for_each(|function| self.tables.put_function(function));
                Ok(None)
            }
            Effect::DropFunctions(names) => {
                let mut all = self.tables.functions();
                all.retain(|function| !names.contains(&function.name));
                self.keep_all(all)?;
                names.iter().for_each(|name| self.tables.remove_function(name));
                Ok(None)
            }
        }
    }

    /// Has the host keep the functions; without one they last as long as the engine.
    fn keep_all(&self, mut functions: Vec<StoredFunction>) -> Result<(), EngineError> {
        functions.sort_by(|a, b| a.name.cmp(&b.name));
        match self.tables.host() {
            Some(host) => host.keep(&functions).map_err(EngineError::Execution),
            None => Ok(()),
        }
    }

    /// Rows into a table: behind those there, or in their place.
    fn take_in(
        &self,
        name: &str,
        how: Ingest,
        columns: Vec<Column>,
        batches: Vec<RecordBatch>,
    ) -> Result<(), EngineError> {
        let mut rows = match how {
            Ingest::Append | Ingest::SetOrAppend => self.rows_as(name, &columns)?,
            Ingest::Set | Ingest::SetOrReplace => Vec::new(),
        };
        rows.extend(batches);
        self.put_table(name, columns, rows)
    }

    fn put_table(
        &self,
        name: &str,
        columns: Vec<Column>,
        batches: Vec<RecordBatch>,
    ) -> Result<(), EngineError> {
        let table = Table { name: name.to_owned(), columns: columns.clone(), batches };
        let held = hold(&table).map_err(EngineError::Execution)?;
        self.tables.put(Entry { name: name.to_owned(), columns, source: Source::Memory(Ok(held)) });
        Ok(())
    }

    /// The rows of a table under other columns: by name, absent where the table has none. No rows when there is no table.
    fn rows_as(&self, name: &str, wanted: &[Column]) -> Result<Vec<RecordBatch>, EngineError> {
        let Some(entry) = self.tables.get(name) else { return Ok(Vec::new()) };
        if entry.files().is_some() {
            let sentence = format!(
                "the rows of {name} lie in files and cannot be changed; `.set Copy <| {name}` makes a copy that can"
            );
            return Err(EngineError::Execution(sentence));
        }
        let Some(held) = entry.memory() else { return Ok(Vec::new()) };
        held?;
        let mut batches = Vec::new();
        let answer = self
            .run(&format!("table({name:?})"))
            .map_err(|error| EngineError::Execution(error.to_string()))?;
        let Some(answer) = answer.into_iter().next() else { return Ok(Vec::new()) };
        let schema = schema_of(wanted);
        for batch in &answer.batches {
            let arrays: Vec<ArrayRef> = wanted
                .iter()
                .map(|column| {
                    let at = answer.columns.iter().position(|known| known == column);
                    at.map_or_else(
                        || {
                            let absent = std::iter::repeat_n(Value::absent(column.ty), batch.num_rows());
                            Value::to_array(column.ty, absent)
                        },
                        |at| Arc::clone(batch.column(at)),
                    )
                })
                .collect();
            let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
            let whole = RecordBatch::try_new_with_options(Arc::clone(&schema), arrays, &options);
            batches.push(whole.map_err(|error| EngineError::Execution(error.to_string()))?);
        }
        Ok(batches)
    }
}

/// What is told of rows that were taken in: there are no extents, so their numbers and sizes are unknown.
fn extents(rows: usize, counted: bool) -> Answer {
    let id = Value::Guid("00000000-0000-0000-0000-000000000000".to_owned());
    if !counted {
        return told(&[("ExtentId", Type::Guid)], vec![vec![id]]);
    }
    let unknown = Value::Null(Type::Long);
    let row = vec![id, unknown.clone(), unknown.clone(), unknown.clone(), unknown, count_value(rows)];
    let columns = [
        ("ExtentId", Type::Guid),
        ("OriginalSize", Type::Long),
        ("ExtentSize", Type::Long),
        ("ColumnSize", Type::Long),
        ("IndexSize", Type::Long),
        ("RowCount", Type::Long),
    ];
    told(&columns, vec![row])
}

fn count_value(rows: usize) -> Value {
    Value::Long(i64::try_from(rows).unwrap_or(i64::MAX))
}

/// Values as an answer.
fn told(columns: &[(&str, Type)], rows: Vec<Vec<Value>>) -> Answer {
    let columns: Vec<Column> = columns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect();
    let mut cells: Vec<Vec<Value>> = columns.iter().map(|_| Vec::new()).collect();
    for row in rows {
        cells.iter_mut().zip(row).for_each(|(column, cell)| column.push(cell));
    }
    let arrays = columns.iter().zip(cells).map(|(column, cells)| Value::to_array(column.ty, cells)).collect();
    let batches = RecordBatch::try_new(schema_of(&columns), arrays).into_iter().collect();
    Answer { name: None, columns, batches, visualization: None }
}
