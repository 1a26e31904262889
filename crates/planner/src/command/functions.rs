//! `.create function`, `.create-or-alter function`, `.alter function`, `.drop function`: checked here, kept by the engine.

use super::change::Changed;
use crate::binder::{Binder, Scope};
use crate::catalog::StoredFunction;
use crate::effect::Effect;
use crate::environment::{Binding, Environment};
use crate::expression::type_of;
use crate::plan::Expr;
use calypso_library::{Type, Value};
use calypso_parser::ast::{FunctionDeclaration, Name, ParameterKind, Span, Statement};
use calypso_parser::command::{Command, CreateFunction, Property};
use calypso_parser::{Diagnostic, Severity, TokenClass, tokens};

impl Binder<'_> {
    /// The function that a command describes.
    pub fn described(
        &mut self,
        name: &Name,
        parameters: &str,
        body: &str,
        properties: &[Property],
    ) -> Option<StoredFunction> {
        match stored(name, parameters, body, properties) {
            Ok(stored) => Some(stored),
            Err(found) => {
                self.diagnostics.push(found);
                None
            }
        }
    }

    /// The body must have a meaning now, unless `skipvalidation=true`.
    pub fn create_function(
        &mut self,
        how: CreateFunction,
        name: &Name,
        stored: StoredFunction,
        declaration: &FunctionDeclaration,
        properties: &[Property],
    ) -> Option<Changed> {
        if calypso_library::functions::find(&name.text).is_some() {
            let message = format!("`{}` is the name of a built-in function", name.text);
            return self.error("KS110", name.span, message);
        }
        let known = self.catalog.functions().into_iter().find(|function| function.name == name.text);
        let stored = match (how, known) {
            (CreateFunction::Create, Some(_)) => {
                let message = format!("there is a function `{}` already", name.text);
                let help = "`.create-or-alter function` replaces it";
                return self.error_with_help("KS110", name.span, message, help);
            }
            (CreateFunction::IfNotExists, Some(known)) => known,
            (CreateFunction::Alter, None) => self.known_function(name)?,
            // What an alteration does not say of a function stays.
            (CreateFunction::Alter, Some(known)) => StoredFunction {
                folder: if stored.folder.is_empty() { known.folder } else { stored.folder },
                docstring: if stored.docstring.is_empty() { known.docstring } else { stored.docstring },
                ..stored
            },
            (CreateFunction::CreateOrAlter, _)
            | (CreateFunction::Create | CreateFunction::IfNotExists, None) => stored,
        };
        let unchecked = properties
            .iter()
            .any(|p| p.name.text.eq_ignore_ascii_case("skipvalidation") && p.value == "true");
        if !unchecked {
            self.check_function(declaration, name.span)?;
        }
        let plan = self.function_list(std::slice::from_ref(&stored));
        Some((Effect::PutFunctions(vec![stored]), plan))
    }

    /// Binds a body for what is wrong with it: over the defaults of its parameters, or values of their types that may
    /// stand where a constant must, as in `take n`.
    fn check_function(&mut self, declaration: &FunctionDeclaration, span: Span) -> Option<()> {
        let mut environment = Environment::default();
        for parameter in &declaration.parameters {
            let binding = match &parameter.kind {
                ParameterKind::Scalar(declared) => match declared.scalar().map(type_of) {
                    Some(ty) => Binding::Scalar(match &parameter.default {
                        Some(default) => self.expression(default, Scope::constant(&environment))?,
                        None => Expr::Literal(any_value(ty)),
                    }),
                    None => {
                        let message = format!("`{}` is no scalar type", declared.text);
                        return self.error("KS141", declared.span, message);
                    }
                },
                // Rows of any columns: what the body reads of them is known at the call.
                ParameterKind::Table(_) => return Some(()),
            };
            environment = environment.with(parameter.name.text.clone(), binding);
        }
        self.body(&declaration.body, environment, span).map(|_| ())
    }

    /// Changes what is said about a function.
    pub fn describe_function(&mut self, name: &Name, what: &Name, text: &str) -> Option<Changed> {
        let known = self.known_function(name)?;
        let stored = match what.text.as_str() {
            "folder" => StoredFunction { folder: text.to_owned(), ..known },
            _ => StoredFunction { docstring: text.to_owned(), ..known },
        };
        let plan = self.function_list(std::slice::from_ref(&stored));
        Some((Effect::PutFunctions(vec![stored]), plan))
    }

    /// The answer of one is its name; of several the functions that remain.
    pub fn drop_functions(&mut self, functions: &[Name], if_exists: bool) -> Option<Changed> {
        let mut remaining = self.catalog.functions();
        for name in functions {
            if !if_exists || remaining.iter().any(|function| function.name == name.text) {
                self.known_function(name)?;
            }
        }
        remaining.retain(|function| functions.iter().all(|name| name.text != function.name));
        let plan = match functions {
            [only] => {
                let row = vec![super::answers::text(&only.text)];
                self.known_rows(&[("Name", Type::String)], vec![row])
            }
            _ => self.function_list(&remaining),
        };
        Some((Effect::DropFunctions(functions.iter().map(|name| name.text.clone()).collect()), plan))
    }
}

/// A value of a type.
fn any_value(ty: Type) -> Value {
    match ty {
        Type::Int => Value::Int(1),
        Type::Long => Value::Long(1),
        Type::Real => Value::Real(1.0),
        Type::DateTime => Value::DateTime(0),
        Type::TimeSpan => Value::TimeSpan(1),
        Type::Bool => Value::Bool(true),
        Type::String | Type::Decimal | Type::Guid | Type::Dynamic => Value::absent(ty),
    }
}

impl StoredFunction {
    /// The function that a text such as `.create function f(x:long) { x + 1 }` makes, as files keep them.
    pub fn read(text: &str) -> Result<StoredFunction, Diagnostic> {
        let wrong = || Diagnostic::error(Span::new(0, 0), "expected `.create-or-alter function`");
        let parsed = calypso_parser::parse(text);
        if let Some(found) = parsed.diagnostics.into_iter().find(|found| found.severity == Severity::Error) {
            return Err(found);
        }
        let [Statement::Command(command)] = parsed.query.statements.as_slice() else { return Err(wrong()) };
        match calypso_parser::command::command(command)? {
            Command::Function { name, parameters, body, properties, .. } => {
                stored(&name, &parameters, &body, &properties)
            }
            _ => Err(wrong()),
        }
    }
}

fn stored(
    name: &Name,
    parameters: &str,
    body: &str,
    properties: &[Property],
) -> Result<StoredFunction, Diagnostic> {
    let mut stored = StoredFunction {
        name: name.text.clone(),
        parameters: tight(parameters),
        body: body.to_owned(),
        ..StoredFunction::default()
    };
    for property in properties {
        match property.name.text.as_str() {
            "docstring" => stored.docstring = property.value.clone(),
            "folder" => stored.folder = property.value.clone(),
            "view" => stored.view = property.value == "true",
            "skipvalidation" => {}
            other => {
                let message = format!("a function has no property `{other}`");
                return Err(Diagnostic::error(property.name.span, message)
                    .with_code("KS140")
                    .with_help("it takes docstring, folder, view, skipvalidation"));
            }
        }
    }
    Ok(stored)
}

/// Parameters without space but after commas.
fn tight(parameters: &str) -> String {
    let mut text = String::new();
    for token in tokens(parameters).into_iter().filter(|token| token.class != TokenClass::Comment) {
        let word = token.span.text(parameters);
        text.push_str(word);
        if word == "," {
            text.push(' ');
        }
    }
    text
}
