//! Functions and aggregates as people read them: `strlen(source: text) → long`. For hints, completion, findings and
//! the reference.

use crate::aggregate::Aggregate;
use crate::function::{Accepts, Example, Function, Occurs, Parameter, Returns, Signature};
use crate::{aggregates, functions};

/// What the reference says of a function or aggregate.
#[derive(Clone, Copy)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// One sentence.
    pub summary: &'static str,
    /// The overloads.
    pub signatures: &'static [Signature],
    /// Queries with their answers.
    pub examples: &'static [Example],
    /// Whether it takes many rows to one value.
    pub aggregate: bool,
}

impl From<&'static Function> for Builtin {
    fn from(function: &'static Function) -> Builtin {
        Builtin {
            name: function.name,
            aliases: function.aliases,
            summary: function.summary,
            signatures: function.signatures,
            examples: function.examples,
            aggregate: false,
        }
    }
}

impl From<&'static Aggregate> for Builtin {
    fn from(aggregate: &'static Aggregate) -> Builtin {
        Builtin {
            name: aggregate.name,
            aliases: aggregate.aliases,
            summary: aggregate.summary,
            signatures: aggregate.signatures,
            examples: aggregate.examples,
            aggregate: true,
        }
    }
}

/// Every builtin with a name that can be called, in order of name; operators written with signs are left out.
pub fn all() -> Vec<Builtin> {
    let functions = functions::all().map(Builtin::from);
    let aggregates = aggregates::ALL.iter().map(|aggregate| Builtin::from(*aggregate));
    let called = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let mut all: Vec<Builtin> = functions.chain(aggregates).filter(|one| called(one.name)).collect();
    all.sort_by_key(|one| (one.name, one.aggregate));
    all
}

/// The builtins of that name or alias.
pub fn named(name: &str) -> Vec<Builtin> {
    all().into_iter().filter(|one| one.name == name || one.aliases.contains(&name)).collect()
}

/// `strlen(source: text) → long`
pub fn signature(name: &str, signature: &Signature) -> String {
    let result = match returns(signature) {
        Some(returns) => format!(" → {returns}"),
        None => String::new(),
    };
    format!("{name}({}){result}", parameters(signature))
}

/// `source: text, [start: long]`
pub fn parameters(signature: &Signature) -> String {
    signature.parameters.iter().map(parameter).collect::<Vec<_>>().join(", ")
}

fn parameter(parameter: &Parameter) -> String {
    let text = format!("{}: {}", parameter.name, accepts(parameter.accepts));
    match parameter.occurs {
        Occurs::Once => text,
        Occurs::Optional => format!("[{text}]"),
        Occurs::Repeated(0) => format!("[{text}, …]"),
        Occurs::Repeated(_) => format!("{text}, …"),
    }
}

fn accepts(accepts: Accepts) -> String {
    match accepts {
        Accepts::Is(ty) => ty.name().to_owned(),
        Accepts::OneOf(types) => types.iter().map(|ty| ty.name()).collect::<Vec<_>>().join("|"),
        Accepts::Any => "any".to_owned(),
        Accepts::Text => "text".to_owned(),
        Accepts::Integer => "integer".to_owned(),
        Accepts::Number => "number".to_owned(),
        Accepts::Summable => "number or time".to_owned(),
        Accepts::Orderable => "scalar".to_owned(),
        Accepts::Common => "value".to_owned(),
    }
}

fn returns(signature: &Signature) -> Option<String> {
    match signature.returns {
        Returns::Is(ty) => Some(ty.name().to_owned()),
        Returns::Argument(at) => signature.parameters.get(at).map(|one| format!("type of {}", one.name)),
        Returns::Common => Some("type of the values".to_owned()),
        Returns::Widest => Some("widest number".to_owned()),
        Returns::Computed(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_readable() {
        let found = named("strlen");
        assert_eq!(found.len(), 1);
        assert_eq!(signature("strlen", &found[0].signatures[0]), "strlen(source: text) → long");
        assert!(named("==").is_empty());
    }
}
