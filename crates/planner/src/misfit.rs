//! Calls that do not fit, worded: how many arguments were wanted, of which types, and how the call is written. For
//! functions and aggregates alike.

use crate::binder::Binder;
use crate::plan::Expr;
use crate::words::a;
use calypso_library::Type;
use calypso_library::builtin::{self, Builtin, BuiltinKind};
use calypso_library::function::{Accepts, Parameter};
use calypso_library::overload::{Mismatch, counts, parameter_at};
use calypso_parser::ast::Span;

impl Binder<'_> {
    /// Reports why a call does not fit any of its signatures.
    pub fn does_not_fit<T>(
        &mut self,
        called: &Builtin,
        mismatch: Mismatch,
        arguments: &[(Expr, Span)],
        span: Span,
    ) -> Option<T> {
        match mismatch {
            Mismatch::Count(..) => self.wrong_count(called, arguments.len(), span),
            Mismatch::Type(index) => self.wrong_type(called, index, arguments, span),
            Mismatch::Constant(index) => {
                let place = arguments.get(index).map_or(span, |(_, place)| *place);
                let what = match slot(called, index) {
                    Some(slot) => format!("`{}` of `{}`", slot.name, called.name),
                    None => format!("this argument of `{}`", called.name),
                };
                let message = format!("{what} must be known before any row is read");
                self.error_with_help(
                    "KS129",
                    place,
                    message,
                    "give a literal, or a name that `let` gives to one",
                )
            }
        }
    }

    /// Reports a call with too few or too many arguments.
    pub fn wrong_count<T>(&mut self, called: &Builtin, given: usize, span: Span) -> Option<T> {
        let (least, most) = bounds(called);
        let (code, wanted) = match most {
            Some(most) if most == least => ("KS119", format!("{least}")),
            Some(most) => ("KS120", format!("{least} to {most}")),
            None => ("KS120", format!("at least {least}")),
        };
        let arguments = if most.unwrap_or(least) == 1 { "argument" } else { "arguments" };
        let message = format!("{} expects {wanted} {arguments}, found {given}", title(called));
        self.error_with_help(code, span, message, forms(called))
    }

    fn wrong_type<T>(
        &mut self,
        called: &Builtin,
        index: usize,
        arguments: &[(Expr, Span)],
        span: Span,
    ) -> Option<T> {
        let place = arguments.get(index).map_or(span, |(_, place)| *place);
        let found = arguments.get(index).map(|(expr, _)| expr.ty());
        let message = match (slot(called, index).and_then(|slot| Some((slot, wanted(slot.accepts)?))), found)
        {
            (Some((slot, wanted)), Some(found)) => {
                format!("{} takes {wanted} as `{}`, found {}", title(called), slot.name, a(found))
            }
            _ => {
                let types: Vec<&str> = arguments.iter().map(|(expr, _)| expr.ty().name()).collect();
                format!("{} does not take ({})", title(called), types.join(", "))
            }
        };
        let help = match found {
            Some(Type::Dynamic) => {
                format!(
                    "convert the dynamic value first, with `tostring(…)` or `tolong(…)`; {}",
                    forms(called)
                )
            }
            _ => forms(called),
        };
        self.error_with_help("KS127", place, message, help)
    }
}

/// Least and most arguments over all signatures.
pub fn bounds(called: &Builtin) -> (usize, Option<usize>) {
    let all = called.forms.iter().map(|form| counts(&form.parameters));
    all.reduce(|(l, m), (l2, m2)| (l.min(l2), m.zip(m2).map(|(x, y)| x.max(y)))).unwrap_or((0, None))
}

/// How a builtin is called: `substring(source: text, start: integer, [length: integer]) → string`.
pub fn forms(called: &Builtin) -> String {
    let form = |form| format!("`{}`", builtin::signature(called.name, form));
    let forms: Vec<String> = called.forms.iter().map(form).collect();
    match called.examples.first() {
        Some(example) if forms.is_empty() => format!("it is called as in `{}`", example.query),
        _ => format!("it is called as {}", forms.join(" or ")),
    }
}

/// What a builtin is, as a noun.
pub fn kind(called: &Builtin) -> &'static str {
    match called.kind {
        BuiltinKind::Function => "function",
        BuiltinKind::Aggregate => "aggregate",
        BuiltinKind::Plugin => "plugin",
    }
}

fn title(called: &Builtin) -> String {
    format!("the {} `{}`", kind(called), called.name)
}

/// The slot of an argument, when there is but one signature to speak of.
fn slot(called: &Builtin, index: usize) -> Option<&Parameter> {
    match called.forms.as_slice() {
        [only] => parameter_at(&only.parameters, index),
        _ => None,
    }
}

/// What a slot takes, as a noun; none when it takes anything, and the trouble is elsewhere.
fn wanted(accepts: Accepts) -> Option<String> {
    Some(match accepts {
        Accepts::Is(ty) => a(ty),
        // A long list is in the form that the help shows.
        Accepts::OneOf(types) if types.len() > 3 => return None,
        Accepts::OneOf(types) => types.iter().map(|ty| a(*ty)).collect::<Vec<_>>().join(" or "),
        Accepts::Text => "a string".to_owned(),
        Accepts::Integer => "a whole number".to_owned(),
        Accepts::Number => "a number".to_owned(),
        Accepts::Summable => "a number, datetime or timespan".to_owned(),
        Accepts::Orderable => "a value that has an order".to_owned(),
        Accepts::Any | Accepts::Common => return None,
    })
}
