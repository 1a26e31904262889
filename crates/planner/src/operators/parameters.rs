//! Operator parameters: `kind=inner`, `withsource=Name`. Hints change no answer and are read over.

use crate::binder::Binder;
use calypso_parser::ast::{ExprKind, OperatorParameter};

/// The value of a parameter as text.
pub fn parameter_text(parameter: &OperatorParameter) -> &str {
    match &parameter.value.kind {
        ExprKind::Name(name) => &name.text,
        ExprKind::Literal(literal) => &literal.text,
        _ => "",
    }
}

/// The parameter of one of these names.
pub fn parameter<'p>(parameters: &'p [OperatorParameter], names: &[&str]) -> Option<&'p OperatorParameter> {
    parameters.iter().find(|parameter| names.contains(&parameter.name.text.as_str()))
}

impl Binder<'_> {
    /// The value of a parameter that is on or off.
    pub fn parameter_flag(&mut self, parameter: &OperatorParameter) -> Option<bool> {
        match parameter_text(parameter) {
            "true" => Some(true),
            "false" => Some(false),
            _ => self.wrong_parameter(parameter, &["true", "false"]),
        }
    }

    /// Reports a value that a parameter does not take.
    pub fn wrong_parameter<T>(&mut self, parameter: &OperatorParameter, wanted: &[&str]) -> Option<T> {
        let message = format!("`{}` does not take `{}`", parameter.name.text, parameter_text(parameter));
        self.error_with_help("KS140", parameter.span, message, format!("it takes {}", wanted.join(", ")))
    }
}
