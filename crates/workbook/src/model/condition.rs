//! When an item is shown.

/// A test of one parameter.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The parameter's name.
    pub parameter: String,
    /// How its text is compared.
    pub comparison: Comparison,
    /// With what; may itself hold parameters in braces.
    #[serde(default)]
    pub value: String,
}

/// How a parameter's text is compared. Azure's names: `isEqualTo`, `isNotEqualTo`, `isEmpty` (unset counts) …
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// `isEqualTo`, letter by letter. With an empty value: it is unset or empty.
    Equal,
    /// `isNotEqualTo`. With an empty value: it has a value.
    NotEqual,
    /// `contains`.
    Contains,
    /// `doesNotContain`.
    NotContains,
    /// `startsWith`.
    StartsWith,
    /// `endsWith`.
    EndsWith,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `regex`: found anywhere.
    Matches,
    /// Unset or empty.
    Empty,
    /// Neither unset nor empty.
    NotEmpty,
}
