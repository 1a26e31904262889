//! Words that findings share.

use calypso_library::Type;

/// A type with its article: `an int`, `a long`.
pub fn a(ty: Type) -> String {
    match ty {
        Type::Int => "an int".to_owned(),
        Type::Bool
        | Type::Long
        | Type::Real
        | Type::Decimal
        | Type::DateTime
        | Type::TimeSpan
        | Type::String
        | Type::Dynamic
        | Type::Guid => format!("a {ty}"),
    }
}

/// `1 argument`, `2 arguments`
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
