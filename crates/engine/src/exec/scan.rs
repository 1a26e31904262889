//! `scan`: rows in order against steps that remember. What an expression reads of the row alone was computed for the
//! whole batch; what it reads of a step's memory is worked out row by row with the same functions.
//!
//! Each step holds the state of the sequence that has come as far as it: what it and the steps before it saw last. A
//! row is shown to the steps from the last to the first. It matches when the step before has a sequence that it
//! continues, which then moves on to this step; else when this step has one already, or is the first.

use super::rows::{Setting, Step};
use super::window::argument;
use crate::error::{evaluation, refused};
use crate::udf::seen;
use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringViewBuilder};
use arrow::compute::{concat, interleave_record_batch};
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use arrow::row::{OwnedRow, RowConverter, SortField};
use calypso_library::Type;
use calypso_library::call::{Argument, Call};
use calypso_library::function::Function;
use calypso_planner::plan::ScanOutput;
use datafusion::error::Result;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A `scan`, ready to run. The setting's expressions are the keys, then what formulas and slots read of the row.
#[derive(Debug)]
pub(crate) struct Scan {
    /// How many of the expressions are keys: each combination has steps of its own.
    pub keys: usize,
    /// The columns that steps set, as they are in a row that does not set them.
    pub unset: Vec<Formula>,
    /// Their types.
    pub types: Vec<Type>,
    /// What steps remember.
    pub slots: Vec<ScanSlot>,
    /// In order.
    pub steps: Vec<ScanStepProgram>,
}

/// How a value is found.
#[derive(Clone, Debug)]
pub(crate) enum Formula {
    /// An expression over the row.
    Row(usize, Type),
    /// A slot.
    Memory(usize, Type),
    /// A constant.
    Known(Argument),
    /// A call that reads a slot somewhere.
    Call(&'static Function, Vec<Formula>, Type),
}

/// A value of the last row that matched a step.
#[derive(Debug)]
pub(crate) struct ScanSlot {
    /// Which step.
    pub step: usize,
    /// Where it comes from.
    pub source: ScanSlotSource,
    /// Before any row matched: one row.
    pub initial: ArrayRef,
}

/// Where the value of a slot comes from.
#[derive(Debug)]
pub(crate) enum ScanSlotSource {
    /// A column that steps set.
    Set(usize),
    /// An expression over the row.
    Row(usize, Type),
}

/// A step.
#[derive(Debug)]
pub(crate) struct ScanStepProgram {
    /// When it matches.
    pub condition: Formula,
    /// What it sets.
    pub assignments: Vec<(usize, Formula)>,
    /// Which of its rows are given on.
    pub output: ScanOutput,
}

/// Bytes of a remembered value, about: an array of one row.
const SLOT: usize = 256;

/// Scans.
pub(super) struct ScanRows {
    setting: Setting,
    scan: Arc<Scan>,
    converter: RowConverter,
    /// The steps of each combination of keys.
    sequences: Vec<Sequences>,
    known: FxHashMap<OwnedRow, usize>,
}

/// The states of the steps, for one combination of keys.
struct Sequences {
    states: Vec<Option<State>>,
    next_match: i64,
}

/// A sequence that has come as far as a step.
struct State {
    match_id: i64,
    slots: Vec<ArrayRef>,
    /// The last row of a step whose last row alone is given on.
    waiting: Option<Out>,
}

/// A row on its way out.
struct Out {
    /// The row of the input: of this batch, or one kept from an earlier one.
    row: usize,
    kept: Option<RecordBatch>,
    sets: Vec<ArrayRef>,
    match_id: i64,
}

impl ScanRows {
    /// Nothing seen yet.
    pub fn new(setting: Setting, scan: Arc<Scan>) -> Result<ScanRows> {
        let keys = setting.expressions.iter().take(scan.keys);
        let fields = keys.map(|expr| expr.data_type(&setting.input).map(SortField::new));
        let converter = RowConverter::new(fields.collect::<Result<_>>()?)?;
        Ok(ScanRows { setting, scan, converter, sequences: Vec::new(), known: FxHashMap::default() })
    }

    /// Which sequences each row belongs to.
    fn places(&mut self, batch: &RecordBatch) -> Result<Vec<usize>> {
        let rows = batch.num_rows();
        let steps = self.scan.steps.len();
        let fresh = || Sequences { states: (0..steps).map(|_| None).collect(), next_match: 0 };
        if self.scan.keys == 0 {
            if self.sequences.is_empty() {
                self.sequences.push(fresh());
            }
            return Ok(vec![0; rows]);
        }
        let keys = self.setting.expressions.iter().take(self.scan.keys);
        let keys = keys.map(|expr| expr.evaluate(batch)?.into_array(rows)).collect::<Result<Vec<_>>>()?;
        let keys = self.converter.convert_columns(&keys)?;
        let mut places = Vec::with_capacity(rows);
        let (mut texts, before) = (0, self.sequences.len());
        for key in keys.iter() {
            let next = self.sequences.len();
            let place = *self.known.entry(key.owned()).or_insert(next);
            if place == next {
                self.sequences.push(fresh());
                texts += key.data().len();
            }
            places.push(place);
        }
        let slots = steps * (size_of::<Option<State>>() + self.scan.slots.len() * SLOT);
        let place = size_of::<(OwnedRow, usize)>() + size_of::<Sequences>() + slots;
        self.setting.kept.grow(texts + (self.sequences.len() - before) * place)?;
        Ok(places)
    }

    /// What the formulas read of the rows; keys are not among it.
    fn columns(&self, batch: &RecordBatch) -> Result<Vec<Argument>> {
        let mut types = vec![None; self.setting.expressions.len()];
        for step in &self.scan.steps {
            step.condition.row_types(&mut types);
            step.assignments.iter().for_each(|(_, formula)| formula.row_types(&mut types));
        }
        self.scan.unset.iter().for_each(|formula| formula.row_types(&mut types));
        for slot in &self.scan.slots {
            if let ScanSlotSource::Row(index, ty) = slot.source {
                types[index] = Some(ty);
            }
        }
        let expressions = self.setting.expressions.iter().zip(types);
        // Keys are read elsewhere; their type does not matter here.
        let columns =
            expressions.map(|(expr, ty)| argument(ty.unwrap_or(Type::Dynamic), expr.evaluate(batch)?));
        columns.collect()
    }

    fn batch(&self, current: Option<&RecordBatch>, rows: Vec<Out>) -> Result<Vec<RecordBatch>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut sources: Vec<&RecordBatch> = current.into_iter().collect();
        let mut places = Vec::with_capacity(rows.len());
        for out in &rows {
            match &out.kept {
                Some(kept) => {
                    places.push((sources.len(), 0));
                    sources.push(kept);
                }
                None => places.push((0, out.row)),
            }
        }
        let mut columns = interleave_record_batch(&sources, &places)?.columns().to_vec();
        for (set, ty) in self.scan.types.iter().enumerate() {
            columns.push(column(*ty, rows.iter().map(|out| &out.sets[set]))?);
        }
        if columns.len() < self.setting.schema.fields().len() {
            let numbers = rows.iter().map(|out| out.match_id);
            columns.push(Arc::new(Int64Array::from_iter_values(numbers)));
        }
        Ok(vec![RecordBatch::try_new(Arc::clone(&self.setting.schema), columns)?])
    }
}

impl Step for ScanRows {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        let places = self.places(&batch)?;
        let columns = self.columns(&batch)?;
        let scan = Arc::clone(&self.scan);
        let mut out = Vec::new();
        for (row, place) in places.into_iter().enumerate() {
            let view = Row { scan: &scan, columns: &columns, row };
            let sequences = self.sequences.get_mut(place).ok_or_else(|| refused("scan lost its place"))?;
            sequences.see(&view, &mut out)?;
        }
        let ready = self.batch(Some(&batch), out)?;
        for state in self.sequences.iter_mut().flat_map(|sequences| &mut sequences.states).flatten() {
            if let Some(waiting) = state.waiting.as_mut().filter(|waiting| waiting.kept.is_none()) {
                waiting.kept = Some(batch.slice(waiting.row, 1));
            }
        }
        Ok(ready)
    }

    fn finish(&mut self) -> Result<Vec<RecordBatch>> {
        let states = self.sequences.iter_mut().flat_map(|sequences| &mut sequences.states);
        let out = states.flatten().filter_map(|state| state.waiting.take()).collect();
        self.batch(None, out)
    }
}

impl Sequences {
    /// Shows a row to the steps, from the last to the first.
    fn see(&mut self, row: &Row, out: &mut Vec<Out>) -> Result<()> {
        for step in (0..row.scan.steps.len()).rev() {
            self.step(step, row, out)?;
        }
        Ok(())
    }

    fn step(&mut self, step: usize, row: &Row, out: &mut Vec<Out>) -> Result<()> {
        let program = &row.scan.steps[step];
        // The sequence of the step before moves on to this one.
        if step > 0
            && let Some(before) = &self.states[step - 1]
            && row.holds(&program.condition, &before.slots)?
        {
            let mut state = self.states[step - 1].take();
            let left = self.states[step].take();
            for ended in [left.and_then(|state| state.waiting), state.as_mut().and_then(|s| s.waiting.take())]
            {
                out.extend(ended);
            }
            if let Some(state) = &mut state {
                state.matched(step, row, out)?;
            }
            self.states[step] = state;
            return Ok(());
        }
        if let Some(state) = &mut self.states[step] {
            if row.holds(&program.condition, &state.slots)? {
                state.matched(step, row, out)?;
            }
        } else if step == 0 {
            let slots = row.scan.slots.iter().map(|slot| Arc::clone(&slot.initial)).collect();
            let mut state = State { match_id: self.next_match, slots, waiting: None };
            if row.holds(&program.condition, &state.slots)? {
                state.matched(step, row, out)?;
                self.next_match += 1;
                self.states[step] = Some(state);
            }
        }
        Ok(())
    }
}

impl State {
    /// Takes a row that matched a step, and gives it on.
    fn matched(&mut self, step: usize, row: &Row, out: &mut Vec<Out>) -> Result<()> {
        let program = &row.scan.steps[step];
        let mut sets = Vec::with_capacity(row.scan.unset.len());
        for (index, unset) in row.scan.unset.iter().enumerate() {
            let assigned = program.assignments.iter().find(|(set, _)| *set == index);
            let formula = assigned.map_or(unset, |(_, formula)| formula);
            sets.push(row.value(formula, &self.slots)?.array);
        }
        for (slot, held) in row.scan.slots.iter().zip(&mut self.slots) {
            if slot.step == step {
                *held = match slot.source {
                    ScanSlotSource::Set(set) => Arc::clone(&sets[set]),
                    ScanSlotSource::Row(index, ty) => row.column(index, ty).array,
                };
            }
        }
        let found = Out { row: row.row, kept: None, sets, match_id: self.match_id };
        match program.output {
            ScanOutput::All => out.push(found),
            ScanOutput::Last => self.waiting = Some(found),
            ScanOutput::None => {}
        }
        Ok(())
    }
}

/// One row.
struct Row<'a> {
    scan: &'a Scan,
    columns: &'a [Argument],
    row: usize,
}

impl Row<'_> {
    fn holds(&self, condition: &Formula, slots: &[ArrayRef]) -> Result<bool> {
        let found = self.value(condition, slots)?.array;
        Ok(found.as_boolean_opt().is_some_and(|found| found.is_valid(0) && found.value(0)))
    }

    /// A value: an argument of one row.
    fn value(&self, formula: &Formula, slots: &[ArrayRef]) -> Result<Argument> {
        match formula {
            Formula::Row(index, ty) => Ok(self.column(*index, *ty)),
            Formula::Memory(slot, ty) => Ok(Argument::rows(*ty, Arc::clone(&slots[*slot]))),
            Formula::Known(value) => Ok(value.clone()),
            Formula::Call(function, arguments, returns) => {
                let values = arguments.iter().map(|argument| self.value(argument, slots));
                let values = values.collect::<Result<Vec<_>>>()?;
                let call = Call { arguments: seen(function, &values), rows: 1, returns: *returns };
                let array = (function.evaluate)(&call).map_err(evaluation)?;
                Ok(Argument::rows(*returns, array))
            }
        }
    }

    fn column(&self, index: usize, ty: Type) -> Argument {
        let column = &self.columns[index];
        if column.constant {
            return column.clone();
        }
        Argument::rows(ty, column.array.slice(self.row, 1))
    }
}

impl Formula {
    /// Notes the types of the expressions over the row.
    fn row_types(&self, types: &mut [Option<Type>]) {
        match self {
            Formula::Row(index, ty) => types[*index] = Some(*ty),
            Formula::Memory(..) | Formula::Known(_) => {}
            Formula::Call(_, arguments, _) => arguments.iter().for_each(|one| one.row_types(types)),
        }
    }
}

/// Many arrays of one row as one. Texts are copied: each may stand in a large buffer of its own.
fn column<'a>(ty: Type, cells: impl Iterator<Item = &'a ArrayRef>) -> Result<ArrayRef> {
    let cells: Vec<&dyn Array> = cells.map(AsRef::as_ref).collect();
    if ty.arrow() != DataType::Utf8View {
        return Ok(concat(&cells)?);
    }
    let mut builder = StringViewBuilder::with_capacity(cells.len());
    for cell in cells {
        let texts = cell.as_string_view();
        builder.append_option(texts.is_valid(0).then(|| texts.value(0)));
    }
    Ok(Arc::new(builder.finish()))
}
