//! `parse-kv`: the values of keys out of a text, batch by batch. Repeated texts are read once.

use super::parse::columns_of;
use super::rows::{Setting, Step};
use super::window::argument;
use crate::error::refused;
use arrow::record_batch::RecordBatch;
use calypso_library::Type;
use calypso_library::parse_kv::KeyValues;
use calypso_planner::plan::KeyPattern;
use datafusion::error::Result;
use std::sync::Arc;

/// Reads.
pub(super) struct ParseKeys {
    setting: Setting,
    reader: KeyValues,
    types: Vec<Type>,
}

impl ParseKeys {
    /// Compiles the options; the setting's expression is the text.
    pub fn new(setting: Setting, pattern: &KeyPattern) -> Result<ParseKeys> {
        let types = pattern.keys.iter().map(|(_, ty)| *ty).collect();
        let reader = KeyValues::new(&pattern.options, pattern.keys.clone()).map_err(refused)?;
        Ok(ParseKeys { setting, reader, types })
    }
}

impl Step for ParseKeys {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        let source = self.setting.expressions.first().ok_or_else(|| refused("parse-kv has no text"))?;
        let texts = argument(Type::String, source.evaluate(&batch)?)?;
        let read = |text: &str| Some(self.reader.read(text));
        let (found, _) = columns_of(&texts, batch.num_rows(), &self.types, read)?;
        let columns = batch.columns().iter().cloned().chain(found).collect();
        Ok(vec![RecordBatch::try_new(Arc::clone(&self.setting.schema), columns)?])
    }
}
