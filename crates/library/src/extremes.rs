//! What `max_of` and `min_of` share: the type their arguments meet in, and the extreme of each row.

use crate::call::{Call, Evaluated};
use crate::function::{ArgumentInfo, Overload};
use crate::overload::common_type;
use crate::types::Type;
use crate::value::Value;
use crate::value_order::compare;
use std::cmp::Ordering;

/// 2 to 64 arguments that meet by widening; neither dynamic nor guid.
pub fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let refused = |ty: Type| matches!(ty, Type::Dynamic | Type::Guid);
    if !(2..=64).contains(&arguments.len()) || arguments.iter().any(|argument| refused(argument.ty)) {
        return None;
    }
    let mut returns = arguments.first()?.ty;
    for argument in arguments {
        returns = common_type(returns, argument.ty)?;
    }
    Some(Overload { arguments: vec![returns; arguments.len()], returns })
}

/// The extreme of each row; nulls are left out.
pub fn evaluate(call: &Call, greatest: bool) -> Evaluated {
    let arguments = call.arguments;
    if matches!(call.returns, Type::Long | Type::DateTime | Type::TimeSpan) {
        let longs = |row: usize| arguments.iter().filter_map(move |argument| argument.long(row));
        return call.longs(|row| if greatest { longs(row).max() } else { longs(row).min() });
    }
    let better = if greatest { Ordering::Greater } else { Ordering::Less };
    call.values(|row| {
        let mut best = Value::absent(call.returns);
        for (index, argument) in arguments.iter().enumerate() {
            let value = argument.value(row);
            let first = index == 0 || best.is_null();
            if !value.is_null() && (first || compare(&value, &best) == better) {
                best = value;
            }
        }
        best
    })
}
