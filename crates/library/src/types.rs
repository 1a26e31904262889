//! The ten scalar types of KQL, and how each is held in Arrow inside the engine.

use arrow::datatypes::DataType;
use std::fmt;

/// Digits after the point of a decimal inside the engine.
pub const DECIMAL_SCALE: i8 = 34;
/// All digits of a decimal inside the engine.
pub const DECIMAL_PRECISION: u8 = 76;

/// A scalar type of KQL.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Type {
    /// True or false.
    Bool,
    /// Signed 32 bits.
    Int,
    /// Signed 64 bits.
    Long,
    /// IEEE 754, 64 bits.
    Real,
    /// A decimal number, 34 digits after the point.
    Decimal,
    /// UTF-8 text; never null, absent text is the empty string.
    String,
    /// Ticks of 100 ns since 0001-01-01 UTC.
    DateTime,
    /// Ticks of 100 ns, signed.
    TimeSpan,
    /// Canonical lower-case text of a GUID.
    Guid,
    /// JSON text; the JSON `null` itself is the null value.
    Dynamic,
}

impl Type {
    /// Every type, in the order of the language reference.
    pub const ALL: [Type; 10] = [
        Type::Bool,
        Type::Int,
        Type::Long,
        Type::Real,
        Type::Decimal,
        Type::String,
        Type::DateTime,
        Type::TimeSpan,
        Type::Guid,
        Type::Dynamic,
    ];

    /// The name as KQL writes it.
    pub fn name(self) -> &'static str {
        match self {
            Type::Bool => "bool",
            Type::Int => "int",
            Type::Long => "long",
            Type::Real => "real",
            Type::Decimal => "decimal",
            Type::String => "string",
            Type::DateTime => "datetime",
            Type::TimeSpan => "timespan",
            Type::Guid => "guid",
            Type::Dynamic => "dynamic",
        }
    }

    /// The type a name or an alias of it stands for.
    pub fn from_name(name: &str) -> Option<Type> {
        Some(match name {
            "bool" | "boolean" => Type::Bool,
            "int" | "int32" => Type::Int,
            "long" | "int64" => Type::Long,
            "real" | "double" => Type::Real,
            "decimal" => Type::Decimal,
            "string" => Type::String,
            "datetime" | "date" => Type::DateTime,
            "timespan" | "time" => Type::TimeSpan,
            "guid" | "uuid" | "uniqueid" => Type::Guid,
            "dynamic" => Type::Dynamic,
            _ => return None,
        })
    }

    /// The .NET name that `getschema` shows in its DataType column.
    pub fn dotnet_name(self) -> &'static str {
        match self {
            Type::Bool => "System.SByte",
            Type::Int => "System.Int32",
            Type::Long => "System.Int64",
            Type::Real => "System.Double",
            Type::Decimal => "System.Data.SqlTypes.SqlDecimal",
            Type::String => "System.String",
            Type::DateTime => "System.DateTime",
            Type::TimeSpan => "System.TimeSpan",
            Type::Guid => "System.Guid",
            Type::Dynamic => "System.Object",
        }
    }

    /// The Arrow type that holds it inside the engine.
    pub fn arrow(self) -> DataType {
        match self {
            Type::Bool => DataType::Boolean,
            Type::Int => DataType::Int32,
            Type::Long | Type::DateTime | Type::TimeSpan => DataType::Int64,
            Type::Real => DataType::Float64,
            Type::Decimal => DataType::Decimal256(DECIMAL_PRECISION, DECIMAL_SCALE),
            Type::String | Type::Guid | Type::Dynamic => DataType::Utf8View,
        }
    }

    /// int or long.
    pub fn is_integer(self) -> bool {
        matches!(self, Type::Int | Type::Long)
    }

    /// int, long, real or decimal.
    pub fn is_number(self) -> bool {
        matches!(self, Type::Int | Type::Long | Type::Real | Type::Decimal)
    }

    /// A number, datetime or timespan.
    pub fn is_summable(self) -> bool {
        self.is_number() || matches!(self, Type::DateTime | Type::TimeSpan)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name with a type: one column of a table.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Column {
    /// The name, case kept; any text.
    pub name: String,
    /// The type.
    pub ty: Type,
}

impl Column {
    /// A column of that name and type.
    pub fn new(name: impl Into<String>, ty: Type) -> Column {
        Column { name: name.into(), ty }
    }
}

#[cfg(test)]
mod tests {
    use super::Type;

    #[test]
    fn every_type_is_found_by_its_name() {
        for ty in Type::ALL {
            assert_eq!(Type::from_name(ty.name()), Some(ty));
        }
    }
}
