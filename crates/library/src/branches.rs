//! What `iff`, `case` and `coalesce` share: the one type of all branches, and picking a branch per row for whole columns.

use crate::call::{Argument, EvaluateError};
use crate::lanes;
use crate::overload::widens;
use crate::types::Type;
use arrow::array::{ArrayRef, AsArray, BooleanArray};
use arrow::buffer::BooleanBuffer;
use arrow::compute::kernels::zip::zip;

/// The type in which branches meet: one type for all, int and long being long; a dynamic takes the type of the others.
pub fn common(types: impl Iterator<Item = Type>) -> Option<Type> {
    let mut met = Type::Dynamic;
    for ty in types.filter(|ty| *ty != Type::Dynamic) {
        met = match met {
            Type::Dynamic => ty,
            known if known == ty => ty,
            known if known.is_integer() && ty.is_integer() => {
                if widens(known, ty) {
                    ty
                } else {
                    known
                }
            }
            _ => return None,
        };
    }
    Some(met)
}

/// The type a predicate is converted to; `None` refuses it.
pub fn predicate(ty: Type) -> Option<Type> {
    (matches!(ty, Type::Bool | Type::Dynamic) || ty.is_number()).then_some(Type::Bool)
}

/// Where `mask` is true the one, elsewhere (also where it is null) the other.
pub fn pick(mask: &BooleanArray, then: &ArrayRef, otherwise: &ArrayRef) -> Result<ArrayRef, EvaluateError> {
    zip(mask, then, otherwise).map_err(|error| EvaluateError(error.to_string()))
}

/// Which rows hold something: not null, and no empty text.
pub fn present(argument: &Argument, rows: usize) -> BooleanArray {
    let bits = match argument.ty {
        Type::String => BooleanBuffer::collect_bool(rows, |row| !argument.raw(row).is_empty()),
        Type::Dynamic => BooleanBuffer::collect_bool(rows, |row| {
            !argument.is_null(row) && !matches!(argument.raw(row), "null" | "\"\"" | "")
        }),
        _ => valid(argument, rows),
    };
    BooleanArray::new(bits, None)
}

/// Which rows are not null.
pub fn valid(argument: &Argument, rows: usize) -> BooleanBuffer {
    if argument.ty == Type::Dynamic {
        return BooleanBuffer::collect_bool(rows, |row| {
            !argument.is_null(row) && !matches!(argument.raw(row), "null" | "")
        });
    }
    lanes::nulls(argument, rows).map_or_else(|| BooleanBuffer::new_set(rows), |nulls| nulls.into_inner())
}

/// A bool argument as a column.
pub fn bools(argument: &Argument, rows: usize) -> BooleanArray {
    argument.column(rows).as_boolean().clone()
}

/// Whether every row of the mask is true, or none is, so that no branch need be mixed.
pub fn uniform(mask: &BooleanArray) -> Option<bool> {
    match mask.true_count() {
        0 => Some(false),
        all if all == mask.len() => Some(true),
        _ => None,
    }
}
