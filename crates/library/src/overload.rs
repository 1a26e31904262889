//! Chooses the overload of a function for given arguments: the types each is converted to, and the result.

use crate::function::{
    Accepts, ArgumentInfo, ChooseOverload, Occurs, Overload, Parameter, Returns, Signature,
};
use crate::types::Type;

/// Why no overload fits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mismatch {
    /// The number of arguments: least, most (none: no bound).
    Count(usize, Option<usize>),
    /// The argument at this place has a type that no overload takes.
    Type(usize),
    /// The argument at this place must be known before any row.
    Constant(usize),
}

/// The type that a `typeof(…)` argument names.
pub fn named_type(argument: Option<&ArgumentInfo>) -> Option<Type> {
    Type::from_name(&argument?.constant.as_ref()?.text())
}

/// Whether `from` widens to `to` without loss of meaning: int to long, integers to real and decimal.
pub fn widens(from: Type, to: Type) -> bool {
    use Type::{Decimal, Int, Long, Real};
    from == to || matches!((from, to), (Int, Long) | (Int | Long, Real) | (Int | Long | Real, Decimal))
}

/// The type in which two types meet; dynamic pairs with any type.
pub fn common_type(a: Type, b: Type) -> Option<Type> {
    if widens(a, b) {
        Some(b)
    } else if widens(b, a) {
        Some(a)
    } else if a == Type::Dynamic || b == Type::Dynamic {
        Some(Type::Dynamic)
    } else {
        None
    }
}

/// Chooses among the overloads of a function; the first that fits wins.
pub fn choose(
    signatures: &[Signature],
    overload: Option<ChooseOverload>,
    arguments: &[ArgumentInfo],
) -> Result<Overload, Mismatch> {
    if let Some(found) = overload.and_then(|f| f(arguments)) {
        return Ok(found);
    }
    let mut closest: Option<Mismatch> = None;
    for signature in signatures {
        match fit(signature, arguments) {
            Ok(found) => return Ok(found),
            Err(mismatch) => closest = Some(nearer(closest, mismatch)),
        }
    }
    Err(closest.unwrap_or(Mismatch::Type(0)))
}

/// The mismatch that says most: a wrong type of a later argument before an earlier one, any before a wrong count.
fn nearer(a: Option<Mismatch>, b: Mismatch) -> Mismatch {
    match (a, b) {
        (None, b) => b,
        (Some(Mismatch::Count(l1, m1)), Mismatch::Count(l2, m2)) => {
            Mismatch::Count(l1.min(l2), m1.zip(m2).map(|(a, b)| a.max(b)))
        }
        (Some(Mismatch::Count(..)), b) => b,
        (Some(a), Mismatch::Count(..)) => a,
        (Some(Mismatch::Type(a)), Mismatch::Type(b)) => Mismatch::Type(a.max(b)),
        (Some(a), _) => a,
    }
}

/// The slot that the argument at a place fills.
pub fn parameter_at(parameters: &[Parameter], index: usize) -> Option<&Parameter> {
    parameters
        .get(index)
        .or_else(|| parameters.last().filter(|last| matches!(last.occurs, Occurs::Repeated(_))))
}

/// Least and most number of arguments of a signature.
pub fn counts(parameters: &[Parameter]) -> (usize, Option<usize>) {
    let mut least = 0;
    let mut most = Some(0);
    for parameter in parameters {
        match parameter.occurs {
            Occurs::Once => least += 1,
            Occurs::Optional => {}
            Occurs::Repeated(n) => least += n,
        }
        most = match parameter.occurs {
            Occurs::Once | Occurs::Optional => most.map(|m| m + 1),
            Occurs::Repeated(_) => None,
        };
    }
    (least, most)
}

fn fit(signature: &Signature, arguments: &[ArgumentInfo]) -> Result<Overload, Mismatch> {
    let (least, most) = counts(signature.parameters);
    if arguments.len() < least || most.is_some_and(|most| arguments.len() > most) {
        return Err(Mismatch::Count(least, most));
    }
    let mut common: Option<Type> = None;
    let mut types = Vec::with_capacity(arguments.len());
    for (index, argument) in arguments.iter().enumerate() {
        let parameter = parameter_at(signature.parameters, index).ok_or(Mismatch::Count(least, most))?;
        let ty = accepted(parameter.accepts, argument.ty).ok_or(Mismatch::Type(index))?;
        if parameter.constant && argument.constant.is_none() {
            return Err(Mismatch::Constant(index));
        }
        if parameter.accepts == Accepts::Common {
            common = Some(match common {
                None => ty,
                Some(known) => common_type(known, ty).ok_or(Mismatch::Type(index))?,
            });
        }
        types.push(ty);
    }
    if let Some(common) = common {
        for (index, ty) in types.iter_mut().enumerate() {
            if parameter_at(signature.parameters, index).is_some_and(|p| p.accepts == Accepts::Common) {
                *ty = common;
            }
        }
    }
    let returns = match signature.returns {
        Returns::Is(ty) => ty,
        Returns::Argument(index) => types.get(index).copied().ok_or(Mismatch::Count(least, most))?,
        Returns::Common => common.ok_or(Mismatch::Type(0))?,
        Returns::Widest => widest(&types),
        Returns::Computed(f) => f(arguments).ok_or(Mismatch::Type(0))?,
    };
    Ok(Overload { arguments: types, returns })
}

/// The widest number type; int counts as long.
pub fn widest(types: &[Type]) -> Type {
    types
        .iter()
        .filter(|ty| ty.is_number())
        .fold(Type::Long, |wide, ty| if widens(wide, *ty) { *ty } else { wide })
}

/// The type an argument has after conversion to what the slot takes; `None` refuses it.
pub fn accepted(accepts: Accepts, ty: Type) -> Option<Type> {
    let held = ty == Type::Dynamic;
    match accepts {
        Accepts::Is(wanted) if widens(ty, wanted) => Some(wanted),
        Accepts::Is(wanted) if held && wanted != Type::String => Some(wanted),
        Accepts::Is(_) => None,
        Accepts::OneOf(types) => types.contains(&ty).then_some(ty),
        Accepts::Any | Accepts::Common => Some(ty),
        Accepts::Text => matches!(ty, Type::String | Type::Dynamic).then_some(ty),
        Accepts::Integer if held => Some(Type::Long),
        Accepts::Integer => ty.is_integer().then_some(ty),
        Accepts::Number if held => Some(Type::Real),
        Accepts::Number => ty.is_number().then_some(ty),
        Accepts::Summable if held => Some(Type::Real),
        Accepts::Summable => ty.is_summable().then_some(ty),
        Accepts::Orderable => (!held).then_some(ty),
    }
}
