//! Literals, the scalar types they name, and `dynamic(…)` texts as a tree.

use super::Span;

/// The ten scalar types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScalarType {
    /// `bool`, `boolean`
    Bool,
    /// `datetime`, `date`
    DateTime,
    /// `decimal`
    Decimal,
    /// `dynamic`
    Dynamic,
    /// `guid`, `uuid`, `uniqueid`
    Guid,
    /// `int`, `int32`, `int8`
    Int,
    /// `long`, `int64`
    Long,
    /// `real`, `double`
    Real,
    /// `string`
    String,
    /// `timespan`, `time`
    TimeSpan,
}

impl ScalarType {
    /// The type of this name or alias, as it stands in a schema.
    pub fn from_name(name: &str) -> Option<ScalarType> {
        Some(match name {
            "bool" | "boolean" => ScalarType::Bool,
            "datetime" | "date" => ScalarType::DateTime,
            "decimal" => ScalarType::Decimal,
            "dynamic" => ScalarType::Dynamic,
            "guid" | "uuid" | "uniqueid" => ScalarType::Guid,
            "int" | "int32" | "int8" => ScalarType::Int,
            "long" | "int64" => ScalarType::Long,
            "real" | "double" => ScalarType::Real,
            "string" => ScalarType::String,
            "timespan" | "time" => ScalarType::TimeSpan,
            _ => return None,
        })
    }

    /// The type's own name.
    pub fn name(self) -> &'static str {
        match self {
            ScalarType::Bool => "bool",
            ScalarType::DateTime => "datetime",
            ScalarType::Decimal => "decimal",
            ScalarType::Dynamic => "dynamic",
            ScalarType::Guid => "guid",
            ScalarType::Int => "int",
            ScalarType::Long => "long",
            ScalarType::Real => "real",
            ScalarType::String => "string",
            ScalarType::TimeSpan => "timespan",
        }
    }
}

/// A type as written in a schema, a parameter or `to typeof(…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    /// As written, `date` stays `date`.
    pub text: String,
    /// Where.
    pub span: Span,
}

impl TypeName {
    /// The scalar type it names; none for types that are read but not known (`uint64`).
    pub fn scalar(&self) -> Option<ScalarType> {
        ScalarType::from_name(&self.text)
    }
}

/// A literal value.
///
/// What `text` holds: the decoded value of a string (adjacent literals joined); the text between the
/// parentheses, trimmed and without quotes, of a typed literal (`datetime(2024-01-01)` gives `2024-01-01`, `long(null)` gives
/// `null`); for others the text as written (`12`, `0xFF`, `1e5`, `true`, `2.5h`). So `5` and `long(5)` are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The type the literal has by its form.
    pub kind: ScalarType,
    /// See above.
    pub text: String,
    /// `h"…"`: a string kept out of logs.
    pub obfuscated: bool,
}

impl Literal {
    /// Whether it is a typed null, `long(null)`. A string is never null.
    pub fn is_null(&self) -> bool {
        self.kind != ScalarType::String && self.text == "null"
    }
}

/// What stands in `dynamic(…)`, by [`crate::dynamic_literal`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DynamicValue {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as written: `1`, `-2.5e3`, `0x10`.
    Number(String),
    /// A decoded string.
    String(String),
    /// `[…]`
    Array(Vec<DynamicValue>),
    /// `{…}`, in the order written, repeated keys kept.
    Bag(Vec<(String, DynamicValue)>),
    /// A typed part: `datetime(2024-01-01)`, `1d`, `guid(…)`, `long(5)`, `real(nan)`.
    Typed(Literal),
}
