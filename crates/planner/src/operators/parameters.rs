//! Operator parameters: `kind=inner`, `withsource=Name`. Hints change no answer and are read over.

use crate::binder::Binder;
use crate::suggest::nearest;
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

/// The value that was meant: one that begins so (`left`), a near one, or one that ends so (`outer`).
pub fn meant<'w>(given: &str, wanted: &[&'w str]) -> Option<&'w str> {
    let lower = given.to_ascii_lowercase();
    let same = wanted.iter().find(|one| one.eq_ignore_ascii_case(given));
    let begins = wanted.iter().find(|one| !lower.is_empty() && one.starts_with(&lower));
    let ends = || wanted.iter().rev().find(|one| lower.len() > 2 && one.ends_with(&lower));
    same.or(begins).copied().or_else(|| nearest(given, wanted.iter().copied())).or_else(|| ends().copied())
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
        let given = parameter_text(parameter);
        let message = format!("`{}` does not take `{given}`", parameter.name.text);
        let list = format!("it takes {}", wanted.join(", "));
        let help = match meant(given, wanted) {
            Some(near) => format!("did you mean `{near}`? {list}"),
            None => list,
        };
        self.error_with_help("KS140", parameter.span, message, help)
    }
}
