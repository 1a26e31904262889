//! An aggregate of the library as a DataFusion aggregate. The KQL types are a part of its name; what is known before
//! any row is read from literal arguments. States travel as bytes.

use super::types::Types;
use crate::error::refused;
use crate::held::without_nulls;
use arrow::array::{ArrayRef, AsArray, BinaryArray, BooleanArray};
use arrow::datatypes::{DataType, Field, FieldRef};
use calypso_library::aggregate::{Aggregate, AggregateCall, GroupStates, Sharing, shared_fields};
use calypso_library::call::Argument;
use calypso_library::{Type, Value};
use datafusion::error::Result;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, Expr, GroupsAccumulator, Signature, Volatility, lit,
};
use datafusion::physical_expr::expressions::Literal;
use datafusion::scalar::ScalarValue;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// The aggregate for arguments of these types. DataFusion calls none without arguments, so one may be added.
pub(crate) fn aggregate(
    aggregate: &'static Aggregate,
    arguments: &[Type],
    returns: Type,
    lowered: &mut Vec<Expr>,
) -> Arc<AggregateUDF> {
    if lowered.is_empty() {
        lowered.push(lit(true));
    }
    let types = Types { arguments: arguments.to_vec(), returns };
    Arc::new(AggregateUDF::new_from_impl(LibraryAggregate {
        name: format!("kql_{}:{}", aggregate.name, types.text()),
        called: aggregate.name,
        states: aggregate.states,
        result: returns.arrow(),
        types,
        signature: Signature::variadic_any(Volatility::Immutable),
    }))
}

/// So many calls that share their values; the types are those of the shared arguments, then of the last one of each call.
/// The result is a struct.
pub(crate) fn shared_aggregate(
    sharing: Sharing,
    arguments: Vec<Type>,
    returns: Type,
    calls: usize,
) -> Arc<AggregateUDF> {
    let types = Types { arguments, returns };
    Arc::new(AggregateUDF::new_from_impl(LibraryAggregate {
        name: format!("kql_{calls} {}:{}", sharing.name, types.text()),
        called: sharing.name,
        states: sharing.states,
        result: DataType::Struct(shared_fields(returns, calls)),
        types,
        signature: Signature::variadic_any(Volatility::Immutable),
    }))
}

/// The adapter.
#[derive(Debug)]
struct LibraryAggregate {
    name: String,
    /// What messages call it.
    called: &'static str,
    states: MakeStates,
    types: Types,
    result: DataType,
    signature: Signature,
}

/// Fresh states for a call.
type MakeStates = fn(AggregateCall) -> Box<dyn GroupStates>;

impl PartialEq for LibraryAggregate {
    fn eq(&self, other: &LibraryAggregate) -> bool {
        self.name == other.name
    }
}

impl Eq for LibraryAggregate {}

impl Hash for LibraryAggregate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl LibraryAggregate {
    fn groups(&self, args: &AccumulatorArgs) -> Result<Groups> {
        let mut constants = Vec::with_capacity(self.types.arguments.len());
        for (ty, expr) in self.types.arguments.iter().zip(args.exprs) {
            let known = expr.downcast_ref::<Literal>().map(Literal::value);
            let value = known.map(|scalar| scalar.to_array().map(|array| Value::from_array(*ty, &array, 0)));
            constants.push(value.transpose()?);
        }
        let call =
            AggregateCall { types: self.types.arguments.clone(), constants, returns: self.types.returns };
        Ok(Groups {
            states: (self.states)(call.clone()),
            called: self.called,
            make: self.states,
            call,
            result: self.result.clone(),
            total: 0,
        })
    }
}

impl AggregateUDFImpl for LibraryAggregate {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.result.clone())
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(OneGroup { called: self.called, groups: Mutex::new(self.groups(&args)?) }))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new(format!("{}[state]", args.name), DataType::Binary, true))])
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(self.groups(&args)?))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// The states of all groups of a call.
struct Groups {
    states: Box<dyn GroupStates>,
    called: &'static str,
    make: MakeStates,
    call: AggregateCall,
    result: DataType,
    /// Groups seen so far and not yet given out.
    total: usize,
}

impl Groups {
    fn arguments(&self, values: &[ArrayRef]) -> Vec<Argument> {
        let constants = self.call.types.iter().zip(&self.call.constants);
        let arguments = constants.zip(values).map(|((ty, constant), array)| match constant {
            Some(value) => Argument { ty: *ty, array: Value::to_array(*ty, [value.clone()]), constant: true },
            None if *ty == Type::String => Argument::rows(*ty, without_nulls(array)),
            None => Argument::rows(*ty, Arc::clone(array)),
        });
        arguments.collect()
    }

    fn emitted(&mut self, emit_to: EmitTo) -> usize {
        let count = match emit_to {
            EmitTo::All => self.total,
            EmitTo::First(count) => count,
        };
        self.total = self.total.saturating_sub(count);
        count
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let array = self.states.finish(count);
        if array.len() != count || array.data_type() != &self.result {
            return Err(refused(format!("{} gave another result than planned", self.called)));
        }
        Ok(array)
    }
}

fn saved(values: &[ArrayRef]) -> Result<&BinaryArray> {
    let saved = values.first().and_then(|array| array.as_binary_opt::<i32>());
    saved.ok_or_else(|| refused("the states of an aggregate are missing"))
}

impl GroupsAccumulator for Groups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        opt_filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        self.total = self.total.max(total_num_groups);
        let arguments = self.arguments(values);
        self.states.update(group_indices, total_num_groups, &arguments, opt_filter);
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let count = self.emitted(emit_to);
        self.finish(count)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let count = self.emitted(emit_to);
        Ok(vec![Arc::new(self.states.save(count))])
    }

    fn merge_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        total_num_groups: usize,
    ) -> Result<()> {
        self.total = self.total.max(total_num_groups);
        self.states.merge(group_indices, total_num_groups, saved(values)?);
        Ok(())
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        opt_filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, |array| array.len());
        let groups = (0..rows).collect::<Vec<_>>();
        let mut states = (self.make)(self.call.clone());
        states.update(&groups, rows, &self.arguments(values), opt_filter);
        Ok(vec![Arc::new(states.save(rows))])
    }

    fn size(&self) -> usize {
        self.states.size()
    }
}

/// The states of a call without groups.
struct OneGroup {
    called: &'static str,
    /// DataFusion wants its accumulators to be shareable; nobody shares them.
    groups: Mutex<Groups>,
}

impl std::fmt::Debug for OneGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.called)
    }
}

impl OneGroup {
    fn groups(&mut self) -> &mut Groups {
        self.groups.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Accumulator for OneGroup {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let rows = values.first().map_or(0, |array| array.len());
        self.groups().update_batch(values, &vec![0; rows], None, 1)
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let array = self.groups().finish(1)?;
        ScalarValue::try_from_array(&array, 0)
    }

    fn size(&self) -> usize {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner).states.size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let state = self.groups().states.save(1);
        Ok(vec![ScalarValue::try_from_array(&state, 0)?])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let rows = states.first().map_or(0, |array| array.len());
        self.groups().merge_batch(states, &vec![0; rows], 1)
    }
}
