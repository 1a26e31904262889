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
}

impl Step for ParseText {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        let rows = batch.num_rows();
        let source = self.setting.expressions.first().ok_or_else(|| refused("parse has no text"))?;
        let texts = argument(Type::String, source.evaluate(&batch)?)?;
        let mut locations = self.pattern.locations();
        let read = |text: &str| self.pattern.matches_with(text, &mut locations);
        let (captured, matched) = columns_of(&texts, rows, &self.types, read)?;
        let columns = batch.columns().iter().cloned().chain(captured).collect();
        let parsed = RecordBatch::try_new(Arc::clone(&self.setting.schema), columns)?;
        Ok(vec![if self.only_matches { filter_record_batch(&parsed, &matched)? } else { parsed }])
    }
}

/// The columns that a reader takes out of so many texts, and which texts it could read.
pub(super) fn columns_of(
    texts: &Argument,
    rows: usize,
    types: &[Type],
    mut read: impl FnMut(&str) -> Option<Vec<Value>>,
) -> Result<(Vec<ArrayRef>, BooleanArray)> {
    let Some(few) = distinct(&texts.array).filter(|_| !texts.constant) else {
        return Ok(each(texts, rows, types, &mut read));
    };
    let firsts = take(&texts.array, &UInt32Array::from(few.firsts), None)?;
    let count = firsts.len();
    let (columns, matched) = each(&Argument::rows(Type::String, firsts), count, types, &mut read);
    let values = UInt32Array::from(few.values);
    let columns = columns.iter().map(|array| take(array, &values, None));
    let matched = take(&matched, &values, None)?;
    Ok((columns.collect::<Result<_, _>>()?, BooleanArray::from(matched.to_data())))
}

fn each(
    texts: &Argument,
    rows: usize,
    types: &[Type],
    read: &mut impl FnMut(&str) -> Option<Vec<Value>>,
) -> (Vec<ArrayRef>, BooleanArray) {
    let mut columns: Vec<Vec<Value>> = types.iter().map(|_| Vec::with_capacity(rows)).collect();
    let mut matched = Vec::with_capacity(rows);
    for row in 0..rows {
        let found = read(texts.raw(row));
        matched.push(found.is_some());
        let mut found = found.unwrap_or_default().into_iter();
        for (column, ty) in columns.iter_mut().zip(types) {
            column.push(found.next().unwrap_or_else(|| Value::absent(*ty)));
        }
    }
    let arrays = types.iter().zip(columns).map(|(ty, values)| Value::to_array(*ty, values));
    (arrays.collect(), BooleanArray::from(matched))
}
