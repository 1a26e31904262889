//! Functions, aggregates and plugins as people read them: `strlen(source: text) → long`. For hints, completion, findings
//! and the reference.

use crate::aggregate::Aggregate;
use crate::function::{Accepts, Example, Function, Occurs, Parameter, Returns, Signature};
use crate::plugin::Plugin;
use crate::{aggregates, functions, plugins};

/// What the reference says of a function, aggregate or plugin.
#[derive(Clone)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// One sentence.
    pub summary: &'static str,
    /// The ways it is called.
    pub forms: Vec<Form>,
    /// Queries with their answers.
    pub examples: &'static [Example],
    /// Where it may stand.
    pub kind: BuiltinKind,
}

/// Where a builtin may stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum BuiltinKind {
    /// In any expression.
    Function,
    /// Where rows are grouped.
    Aggregate,
    /// After `evaluate`.
    Plugin,
}

/// A way a builtin is called.
#[derive(Clone)]
pub struct Form {
    /// The formal slots.
    pub parameters: Vec<Parameter>,
    /// The type of the result, in words; none where it depends on more than one argument, or is rows.
    pub result: Option<String>,
}

impl From<&Signature> for Form {
    fn from(signature: &Signature) -> Form {
        Form { parameters: signature.parameters.to_vec(), result: returns(signature) }
    }
}

impl From<&'static Function> for Builtin {
    fn from(function: &'static Function) -> Builtin {
        Builtin {
            name: function.name,
            aliases: function.aliases,
            summary: function.summary,
            forms: function.signatures.iter().map(Form::from).collect(),
            examples: function.examples,
            kind: BuiltinKind::Function,
        }
    }
}

impl From<&'static Aggregate> for Builtin {
    fn from(aggregate: &'static Aggregate) -> Builtin {
        Builtin {
            name: aggregate.name,
            aliases: aggregate.aliases,
            summary: aggregate.summary,
            forms: aggregate.signatures.iter().map(Form::from).collect(),
            examples: aggregate.examples,
            kind: BuiltinKind::Aggregate,
        }
    }
}

impl From<&'static Plugin> for Builtin {
    fn from(plugin: &'static Plugin) -> Builtin {
        let form = |slots: &&[crate::plugin::Slot]| Form {
            parameters: slots.iter().map(|slot| slot.parameter).collect(),
            result: None,
        };
        Builtin {
            name: plugin.name,
            aliases: &[],
            summary: plugin.summary,
            forms: plugin.signatures.iter().map(form).collect(),
            examples: plugin.examples,
            kind: BuiltinKind::Plugin,
        }
    }
}

/// Every builtin with a name that can be called, in order of name; operators written with signs are left out.
pub fn all() -> Vec<Builtin> {
    let functions = functions::all().map(Builtin::from);
    let aggregates = aggregates::ALL.iter().map(|aggregate| Builtin::from(*aggregate));
    let plugins = plugins::ALL.iter().map(|plugin| Builtin::from(*plugin));
    let called = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let all = functions.chain(aggregates).chain(plugins);
    let mut all: Vec<Builtin> = all.filter(|one| called(one.name)).collect();
    all.sort_by_key(|one| (one.name, one.kind));
    all
}

/// The builtins of that name or alias.
pub fn named(name: &str) -> Vec<Builtin> {
    all().into_iter().filter(|one| one.name == name || one.aliases.contains(&name)).collect()
}

/// `strlen(source: text) → long`
pub fn signature(name: &str, form: &Form) -> String {
    let result = form.result.as_ref().map(|result| format!(" → {result}")).unwrap_or_default();
    let parameters: Vec<String> = form.parameters.iter().map(parameter).collect();
    format!("{name}({}){result}", parameters.join(", "))
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
        assert_eq!(signature("strlen", &found[0].forms[0]), "strlen(source: text) → long");
        assert!(named("==").is_empty());
    }
}
