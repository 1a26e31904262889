//! Which function the planner wraps an argument in when an overload wants it in another type: int as long, what a
//! dynamic holds as a number, a text literal as a datetime, a scalar as an element of a dynamic.

use crate::function::Function;
use crate::functions::conversion;
use crate::types::Type;

/// The function that converts to that type.
pub fn conversion(to: Type) -> &'static Function {
    match to {
        Type::Bool => &conversion::tobool::FUNCTION,
        Type::Int => &conversion::toint::FUNCTION,
        Type::Long => &conversion::tolong::FUNCTION,
        Type::Real => &conversion::toreal::FUNCTION,
        Type::Decimal => &conversion::todecimal::FUNCTION,
        Type::String => &conversion::tostring::FUNCTION,
        Type::DateTime => &conversion::todatetime::FUNCTION,
        Type::TimeSpan => &conversion::totimespan::FUNCTION,
        Type::Guid => &conversion::toguid::FUNCTION,
        Type::Dynamic => &conversion::to_dynamic::FUNCTION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::ArgumentInfo;
    use crate::overload::choose;

    #[test]
    fn each_conversion_gives_its_type() {
        for to in Type::ALL {
            let function = conversion(to);
            let from = if to == Type::Dynamic { Type::Long } else { Type::Dynamic };
            let argument = ArgumentInfo { ty: from, constant: None };
            let chosen =
                choose(function.signatures, function.overload, &[argument]).expect("it takes any type");
            assert_eq!(chosen.returns, to);
            assert_eq!(chosen.arguments, [from]);
        }
    }
}
