//! `parse`: the columns of a pattern out of a text, batch by batch. Repeated texts are matched once.

use super::node::Parse;
use super::rows::{Setting, Step};
use super::window::argument;
use crate::error::refused;
use crate::udf::distinct;
use arrow::array::{ArrayRef, BooleanArray, UInt32Array};
use arrow::compute::{filter_record_batch, take};
use arrow::record_batch::RecordBatch;
use calypso_library::call::Argument;
use calypso_library::parse_pattern::{Kind, Part, Pattern};
use calypso_library::{Type, Value};
use calypso_planner::plan::{ParseKind, ParsePart};
use datafusion::error::Result;
use std::sync::Arc;

/// Matches.
pub(super) struct ParseText {
    setting: Setting,
    pattern: Pattern,
    types: Vec<Type>,
    only_matches: bool,
}

impl ParseText {
    /// Compiles the pattern; the setting's expression is the text.
    pub fn new(setting: Setting, parse: &Parse) -> Result<ParseText> {
        let kind = match parse.pattern.kind {
            ParseKind::Simple => Kind::Simple,
            ParseKind::Regex => Kind::Regex,
            ParseKind::Relaxed => Kind::Relaxed,
        };
        let parts = parse.pattern.parts.iter().map(|part| match part {
            ParsePart::Star => Part::Star,
            ParsePart::Text(text) => Part::Text(text.clone()),
            ParsePart::Column(ty) => Part::Column(*ty),
        });
        let pattern = Pattern::new(kind, &parse.pattern.flags, &parts.collect::<Vec<_>>())
            .map_err(|error| refused(error.to_string()))?;
        let types = pattern.types().collect();
        Ok(ParseText { setting, pattern, types, only_matches: parse.only_matches })
    }

    /// The captured columns of so many texts, and which texts matched.
    fn captures(&self, texts: &Argument, rows: usize) -> (Vec<ArrayRef>, BooleanArray) {
        let mut locations = self.pattern.locations();
        let mut columns: Vec<Vec<Value>> = self.types.iter().map(|_| Vec::with_capacity(rows)).collect();
        let mut matched = Vec::with_capacity(rows);
        for row in 0..rows {
            let found = self.pattern.matches_with(texts.raw(row), &mut locations);
            matched.push(found.is_some());
            let mut found = found.unwrap_or_default().into_iter();
            for (column, ty) in columns.iter_mut().zip(&self.types) {
                column.push(found.next().unwrap_or_else(|| Value::absent(*ty)));
            }
        }
        let arrays = self.types.iter().zip(columns).map(|(ty, values)| Value::to_array(*ty, values));
        (arrays.collect(), BooleanArray::from(matched))
    }
}

impl Step for ParseText {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        let rows = batch.num_rows();
        let source = self.setting.expressions.first().ok_or_else(|| refused("parse has no text"))?;
        let texts = argument(Type::String, source.evaluate(&batch)?)?;
        let (captured, matched) = match distinct(&texts.array).filter(|_| !texts.constant) {
            None => self.captures(&texts, rows),
            Some(few) => {
                let firsts = take(&texts.array, &UInt32Array::from(few.firsts), None)?;
                let count = firsts.len();
                let (captured, matched) = self.captures(&Argument::rows(Type::String, firsts), count);
                let values = UInt32Array::from(few.values);
                let columns = captured.iter().map(|array| take(array, &values, None));
                let matched = take(&matched, &values, None)?;
                (columns.collect::<Result<Vec<_>, _>>()?, BooleanArray::from(matched.to_data()))
            }
        };
        let columns = batch.columns().iter().cloned().chain(captured).collect();
        let parsed = RecordBatch::try_new(Arc::clone(&self.setting.schema), columns)?;
        Ok(vec![if self.only_matches { filter_record_batch(&parsed, &matched)? } else { parsed }])
    }
}
