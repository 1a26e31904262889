//! `arg_max` and `arg_min` of several columns as one DataFusion aggregate: `kql_best_rows:arg_max:datetime,string,long` takes
//! the extreme and the values and gives a struct of the values.

use crate::error::refused;
use crate::held::without_nulls;
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, StructArray};
use arrow::datatypes::{DataType, Field, FieldRef, Fields};
use calypso_library::aggregate::Aggregate;
use calypso_library::aggregates::{arg_max, arg_min};
use calypso_library::best_rows::BestRows;
use calypso_library::{Type, Value};
use datafusion::error::Result;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use datafusion::scalar::ScalarValue;
use std::sync::Arc;

/// The aggregates that can be joined.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Best {
    /// `arg_max`.
    Max,
    /// `arg_min`.
    Min,
}

impl Best {
    /// The one that this aggregate is.
    pub fn of(aggregate: &Aggregate) -> Option<Best> {
        [Best::Max, Best::Min].into_iter().find(|best| best.aggregate().name == aggregate.name)
    }

    fn aggregate(self) -> &'static Aggregate {
        match self {
            Best::Max => &arg_max::AGGREGATE,
            Best::Min => &arg_min::AGGREGATE,
        }
    }
}

/// The aggregate for values of these types beside an extreme of 64 bits.
pub(crate) fn best_rows(best: Best, types: Vec<Type>) -> AggregateUDF {
    let names = types.iter().map(|ty| ty.name()).collect::<Vec<_>>().join(",");
    AggregateUDF::new_from_impl(TogetherAggregate {
        name: format!("kql_best_rows:{}:{names}", best.aggregate().name),
        best,
        types,
        signature: Signature::variadic_any(Volatility::Immutable),
    })
}

/// The name of a value in the struct.
pub(crate) fn field_name(at: usize) -> String {
    at.to_string()
}

#[derive(PartialEq, Eq, Hash, Debug)]
struct TogetherAggregate {
    name: String,
    best: Best,
    /// Of the values.
    types: Vec<Type>,
    signature: Signature,
}

impl TogetherAggregate {
    fn rows(&self) -> Rows {
        let best = BestRows::new(self.best == Best::Max, self.types.iter().map(|ty| ty.arrow()));
        Rows { best, types: self.types.clone() }
    }

    fn fields(&self) -> Fields {
        fields(&self.types)
    }
}

fn fields(types: &[Type]) -> Fields {
    types.iter().enumerate().map(|(at, ty)| Field::new(field_name(at), ty.arrow(), true)).collect()
}

impl AggregateUDFImpl for TogetherAggregate {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Struct(self.fields()))
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(OneGroup(self.rows())))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let types =
            [DataType::Boolean, DataType::Int64].into_iter().chain(self.types.iter().map(|ty| ty.arrow()));
        let field = |(at, ty)| Arc::new(Field::new(format!("{}[{at}]", args.name), ty, true));
        Ok(types.enumerate().map(field).collect())
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(self.rows()))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// The best rows of all groups. Their state is whether there is one, its extreme and its values.
#[derive(Debug)]
struct Rows {
    best: BestRows,
    types: Vec<Type>,
}

impl Rows {
    fn count(&self, emit_to: EmitTo) -> usize {
        match emit_to {
            EmitTo::All => self.best.groups(),
            EmitTo::First(count) => count,
        }
    }

    fn finish(&mut self, count: usize) -> Result<StructArray> {
        let (_, columns) = self.best.take(count);
        let values = self.types.iter().zip(columns.iter().skip(1)).map(|(ty, array)| finished(*ty, array));
        Ok(StructArray::try_new(fields(&self.types), values.collect(), None)?)
    }

    fn save(&mut self, count: usize) -> Vec<ArrayRef> {
        let (found, columns) = self.best.take(count);
        std::iter::once(Arc::new(found) as ArrayRef).chain(columns).collect()
    }
}

/// Values as an aggregate gives them: strings without nulls, JSON in its usual form.
fn finished(ty: Type, array: &ArrayRef) -> ArrayRef {
    match ty {
        Type::String => without_nulls(array),
        Type::Dynamic => Value::to_array(ty, (0..array.len()).map(|row| Value::from_array(ty, array, row))),
        Type::Bool
        | Type::Int
        | Type::Long
        | Type::Real
        | Type::Decimal
        | Type::DateTime
        | Type::TimeSpan
        | Type::Guid => Arc::clone(array),
    }
}

impl GroupsAccumulator for Rows {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        opt_filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        self.best.add(group_indices, total_num_groups, values, opt_filter);
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let count = self.count(emit_to);
        Ok(Arc::new(self.finish(count)?))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let count = self.count(emit_to);
        Ok(self.save(count))
    }

    fn merge_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        total_num_groups: usize,
    ) -> Result<()> {
        let [found, columns @ ..] = values else {
            return Err(refused("the states of an aggregate are missing"));
        };
        self.best.add(group_indices, total_num_groups, columns, Some(found.as_boolean()));
        Ok(())
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        opt_filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, |array| array.len());
        let found = match opt_filter {
            Some(filter) => filter.iter().map(|kept| Some(kept == Some(true))).collect(),
            None => BooleanArray::from(vec![true; rows]),
        };
        Ok(std::iter::once(Arc::new(found) as ArrayRef).chain(values.iter().cloned()).collect())
    }

    fn size(&self) -> usize {
        self.best.size()
    }
}

/// The best row without groups.
#[derive(Debug)]
struct OneGroup(Rows);

impl Accumulator for OneGroup {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let rows = values.first().map_or(0, |array| array.len());
        self.0.update_batch(values, &vec![0; rows], None, 1)
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        ScalarValue::try_from_array(&self.0.finish(1)?, 0)
    }

    fn size(&self) -> usize {
        self.0.best.size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.0.save(1).iter().map(|array| ScalarValue::try_from_array(array, 0)).collect()
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let rows = states.first().map_or(0, |array| array.len());
        self.0.merge_batch(states, &vec![0; rows], 1)
    }
}
