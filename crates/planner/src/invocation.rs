//! Calls of functions made by `let` or stored: parameters are bound in the caller's scope, the body in the scope of the
//! declaration, and the result is put in place of the call.

use crate::binder::{Binder, MAX_CALL_DEPTH, MAX_CALLS, Scope};
use crate::environment::{Binding, Closure, Environment};
use crate::expression::type_of;
use crate::graph::{Graph, Piped};
use crate::plan::{Expr, Plan};
use crate::words::{a, counted};
use calypso_parser::ast::{
    self, FunctionParameter, LetValue, NamedExpr, ParameterKind, Span, Statement, TableSchema, Target,
};
use std::rc::Rc;

/// What a call stands for.
#[allow(clippy::large_enum_variant, reason = "taken apart where it is made, never kept")]
pub enum Invoked {
    /// A scalar expression.
    Scalar(Expr),
    /// Rows.
    Table(Plan),
    /// A graph.
    Graph(Box<Graph>),
}

impl Binder<'_> {
    /// Expands a call. `piped` are the rows of `invoke`, the first argument.
    pub fn invoke(
        &mut self,
        closure: &Closure,
        arguments: &[NamedExpr],
        piped: Option<Plan>,
        span: Span,
        scope: Scope,
    ) -> Option<Invoked> {
        if self.depth >= MAX_CALL_DEPTH {
            return self.error("KS143", span, format!("calls nest deeper than {MAX_CALL_DEPTH} functions"));
        }
        self.calls += 1;
        if self.calls > MAX_CALLS {
            return self.error(
                "KS245",
                span,
                format!("the query calls functions more than {MAX_CALLS} times"),
            );
        }
        let environment = self.parameters(closure, arguments, piped, span, scope)?;
        self.depth += 1;
        let before = self.diagnostics.len();
        let result = self.body(&closure.declaration.body, environment, span);
        if closure.stored {
            // The body has places in a text of its own; the call is where the query has it.
            for found in self.diagnostics.iter_mut().skip(before) {
                found.message = format!("in the stored function `{}`: {}", closure.name, found.message);
                found.span = span;
                found.labels.clear();
            }
        }
        self.depth -= 1;
        result
    }

    fn parameters(
        &mut self,
        closure: &Closure,
        arguments: &[NamedExpr],
        piped: Option<Plan>,
        span: Span,
        scope: Scope,
    ) -> Option<Environment> {
        let parameters = &closure.declaration.parameters;
        let mut environment = closure.environment.clone();
        let mut piped = piped;
        let mut positional = arguments.iter().filter(|argument| !matches!(argument.target, Target::Name(_)));
        let given = arguments.len() + usize::from(piped.is_some());
        if given > parameters.len() {
            let wanted = counted(parameters.len(), "argument");
            let message = format!("the function `{}` expects {wanted}, found {given}", closure.name);
            return self.error_with_help("KS119", span, message, written(closure));
        }
        let unknown = arguments.iter().find_map(|argument| match &argument.target {
            Target::Name(name) if !parameters.iter().any(|one| one.name.text == name.text) => Some(name),
            Target::Name(_) | Target::None | Target::Tuple(_) => None,
        });
        if let Some(name) = unknown {
            let message = format!("the function `{}` has no parameter `{}`", closure.name, name.text);
            return self.error_with_help("KS196", name.span, message, written(closure));
        }
        for parameter in parameters {
            let binding = match piped.take() {
                Some(plan) => self.piped_argument(parameter, plan, span)?,
                None => {
                    let named = arguments.iter().find(|argument| {
                        matches!(&argument.target, Target::Name(name) if name.text == parameter.name.text)
                    });
                    let argument = named.or_else(|| positional.next());
                    self.argument(closure, parameter, argument, span, scope)?
                }
            };
            environment = environment.with(parameter.name.text.clone(), binding);
        }
        Some(environment)
    }

    fn piped_argument(&mut self, parameter: &FunctionParameter, plan: Plan, span: Span) -> Option<Binding> {
        match &parameter.kind {
            ParameterKind::Table(schema) => self.table_argument(schema, plan, span),
            ParameterKind::Scalar(_) => self.error(
                "KS111",
                span,
                format!("the first parameter `{}` takes no rows", parameter.name.text),
            ),
        }
    }

    fn argument(
        &mut self,
        closure: &Closure,
        parameter: &FunctionParameter,
        argument: Option<&NamedExpr>,
        span: Span,
        scope: Scope,
    ) -> Option<Binding> {
        match (&parameter.kind, argument) {
            (ParameterKind::Table(schema), Some(argument)) => {
                let plan = self.table(&argument.value, scope.environment)?;
                self.table_argument(schema, plan, argument.span)
            }
            (ParameterKind::Scalar(declared), argument) => {
                let Some(ty) = declared.scalar().map(type_of) else {
                    return self.error(
                        "KS141",
                        declared.span,
                        format!("`{}` is no scalar type", declared.text),
                    );
                };
                let (value, at) = match (argument, &parameter.default) {
                    (Some(argument), _) => (self.expression(&argument.value, scope)?, argument.span),
                    (None, Some(default)) => {
                        (self.expression(default, Scope::constant(&closure.environment))?, default.span)
                    }
                    (None, None) => return self.missing_argument(closure, parameter, span),
                };
                Some(Binding::Scalar(self.convert(value, ty, at)?))
            }
            (ParameterKind::Table(_), None) => self.missing_argument(closure, parameter, span),
        }
    }

    fn missing_argument<T>(
        &mut self,
        closure: &Closure,
        parameter: &FunctionParameter,
        span: Span,
    ) -> Option<T> {
        let message = format!("the function `{}` needs a value for `{}`", closure.name, parameter.name.text);
        self.error_with_help("KS197", span, message, written(closure))
    }

    /// Rows as an argument: the declared columns must be there. Others are carried along.
    fn table_argument(&mut self, schema: &TableSchema, plan: Plan, span: Span) -> Option<Binding> {
        for declared in &schema.columns {
            let name = &declared.name.text;
            let wanted = declared.type_name.as_ref().and_then(|ty| ty.scalar()).map(type_of);
            let message = match (plan.column(name).map(|column| column.ty), wanted) {
                (None, _) => format!("the rows lack the column `{name}`"),
                (Some(found), Some(wanted)) if found != wanted => {
                    format!("the column `{name}` is {}, expected {}", a(found), a(wanted))
                }
                (Some(_), _) => continue,
            };
            let help = "the columns of a parameter are those that its rows must have, with their types";
            return self.error_with_help("KS249", span, message, help);
        }
        Some(Binding::Table(Rc::new(plan)))
    }

    /// The result of a body in the scope of its declaration.
    pub fn body(
        &mut self,
        body: &ast::FunctionBody,
        mut environment: Environment,
        span: Span,
    ) -> Option<Invoked> {
        self.declared_once(&body.statements);
        for statement in &body.statements {
            match statement {
                Statement::Let(declared) => environment = self.let_statement(declared, &environment)?,
                other => {
                    self.other_statement(other, &mut environment)?;
                }
            }
        }
        let Some(result) = &body.result else {
            return self.error("KS006", span, "the function has no result");
        };
        if self.is_tabular(result, &environment) {
            Some(match self.piped(result, &environment)? {
                Piped::Rows(plan) => Invoked::Table(plan),
                Piped::Graph(graph) => Invoked::Graph(graph),
            })
        } else {
            self.expression(result, Scope::constant(&environment)).map(Invoked::Scalar)
        }
    }

    /// The closure of a function kept in the catalog. Its body is read as if it stood at the call: a `let` of the query
    /// hides a table that the body names, unless access is restricted.
    pub fn stored_function(&mut self, name: &ast::Name, environment: &Environment) -> Option<Rc<Closure>> {
        if !environment.sees(&name.text) {
            return None;
        }
        let restricted = environment.is_restricted();
        let environment = if restricted { Environment::default() } else { environment.clone() };
        let text = self.catalog.function(&name.text)?;
        let parsed = calypso_parser::parse(&format!("let f = {text};"));
        let Some(Statement::Let(declared)) = parsed.query.statements.into_iter().next() else { return None };
        match declared.value {
            LetValue::Function(declaration) => {
                Some(Rc::new(Closure { name: name.text.clone(), declaration, environment, stored: true }))
            }
            LetValue::Expression(_) => None,
        }
    }
}

/// How a function of the query is declared: `f(a: long, T: rows)`.
fn written(closure: &Closure) -> String {
    let parameter = |one: &FunctionParameter| match &one.kind {
        ParameterKind::Scalar(ty) if one.default.is_some() => format!("[{}: {}]", one.name.text, ty.text),
        ParameterKind::Scalar(ty) => format!("{}: {}", one.name.text, ty.text),
        ParameterKind::Table(_) => format!("{}: rows", one.name.text),
    };
    let parameters: Vec<String> = closure.declaration.parameters.iter().map(parameter).collect();
    format!("it is declared as `{}({})`", closure.name, parameters.join(", "))
}
