//! Statements: `let`, `set`, `declare query_parameters`, and the tabular ones that give the answers.

use crate::binder::{Binder, Scope, is_hidden, visible};
use crate::entity::Entity;
use crate::environment::{Binding, Closure, Environment};
use crate::expression::type_of;
use crate::graph::Piped;
use crate::plan::{Bound, BoundAnswer, Expr, Node, Plan};
use crate::several::only_names;
use calypso_library::calendar::{TICKS_PER_HOUR, UNIX_EPOCH};
use calypso_library::{Type, Value, Visualization};
use calypso_parser::Diagnostic;
use calypso_parser::ast::{self, LetStatement, LetValue, Operator, ParameterKind, Query, Source, Statement};
use std::rc::Rc;

impl Binder<'_> {
    /// Binds a whole query; `None` when it has errors.
    pub fn query(&mut self, query: &Query) -> Option<Bound> {
        let mut environment = Environment::default();
        let mut answers = Vec::new();
        self.declared_once(&query.statements);
        for (index, statement) in query.statements.iter().enumerate() {
            match statement {
                Statement::Let(declared) => match self.let_statement(declared, &environment) {
                    Some(next) => environment = self.with_given_value(declared, next),
                    None => self.broken.push(declared.name.text.clone()),
                },
                Statement::Tabular(pipeline) => {
                    let found = self.answers(pipeline, &environment).unwrap_or_default();
                    environment = self.with_named_answers(pipeline, &found, environment);
                    if !only_names(pipeline, &query.statements[index + 1..]) {
                        answers.extend(found);
                    }
                }
                Statement::Command(command) => {
                    let alone = query.statements.len() == 1;
                    answers.extend(self.command_answer(command, alone, &environment));
                }
                other => {
                    self.other_statement(other, &mut environment);
                }
            }
        }
        (!self.failed()).then_some(Bound { answers, most_rows: self.most_rows() })
    }

    /// Refuses a second `let` of one name among statements that share a scope.
    pub fn declared_once(&mut self, statements: &[Statement]) {
        let mut names: Vec<&str> = Vec::new();
        for statement in statements {
            let Statement::Let(declared) = statement else { continue };
            let name = declared.name.text.as_str();
            if names.contains(&name) {
                self.error::<()>("KS201", declared.name.span, format!("`{name}` is declared already"));
            }
            names.push(name);
        }
    }

    fn answers(&mut self, pipeline: &ast::Pipeline, environment: &Environment) -> Option<Vec<BoundAnswer>> {
        if let (Source::Expression(e), true) = (&pipeline.source, pipeline.operators.is_empty())
            && !self.is_tabular(e, environment)
            && !matches!(e.kind, ast::ExprKind::Name(_))
        {
            // A lone scalar expression answers one row, as `print` would.
            let expr = self.expression(e, Scope::constant(environment))?;
            let column = self.column("print_0", expr.ty());
            let plan =
                Plan { node: crate::plan::Node::Values { rows: vec![vec![expr]] }, columns: vec![column] };
            return Some(vec![BoundAnswer { name: None, plan, visualization: None, effect: None }]);
        }
        let several = self.several(pipeline, environment)?;
        let answers = several.into_iter().map(|(name, plan)| BoundAnswer {
            name,
            plan: {
                let plan = self.shown(plan);
                self.taken(plan)
            },
            visualization: visualization(pipeline),
            effect: None,
        });
        Some(answers.collect())
    }

    /// The largest answer that the options of the query allow.
    fn most_rows(&self) -> Option<u64> {
        if self.switched_on("notruncation") {
            return None;
        }
        match self.settings.get("truncationmaxrecords") {
            Some(Value::Long(rows)) => u64::try_from(*rows).ok(),
            Some(_) | None => None,
        }
    }

    /// At most as many rows as `set query_take_max_records` says.
    fn taken(&mut self, plan: Plan) -> Plan {
        let Some(Value::Long(rows)) = self.settings.get("query_take_max_records") else { return plan };
        let Ok(count) = u64::try_from(*rows) else { return plan };
        let columns = plan.columns.clone();
        Plan { node: Node::Take { input: Box::new(plan), count }, columns }
    }

    /// Rows without the columns that are carried along.
    fn shown(&mut self, plan: Plan) -> Plan {
        if !plan.columns.iter().any(is_hidden) {
            return plan;
        }
        let kept: Vec<_> = visible(&plan.columns).map(|c| (c.name.clone(), c.clone())).collect();
        self.select(plan, &kept)
    }

    /// The names after a `let`.
    pub fn let_statement(
        &mut self,
        declared: &LetStatement,
        environment: &Environment,
    ) -> Option<Environment> {
        let name = declared.name.text.clone();
        let binding = match &declared.value {
            LetValue::Function(declaration) => Binding::Function(Rc::new(Closure {
                name: name.clone(),
                declaration: declaration.clone(),
                environment: environment.clone(),
                stored: false,
            })),
            LetValue::Expression(ast::Expr { kind: ast::ExprKind::EntityGroup(members), .. }) => {
                self.groups.insert(name, members.clone());
                return Some(environment.clone());
            }
            LetValue::Expression(e) => match self.function_alias(e, environment) {
                Some(binding) => binding,
                None if self.is_tabular(e, environment) => match self.piped(e, environment)? {
                    Piped::Rows(plan) => Binding::Table(Rc::new(plan)),
                    Piped::Graph(graph) => Binding::Graph(Rc::new(*graph)),
                },
                None => Binding::Scalar(self.expression(e, Scope::constant(environment))?),
            },
        };
        Some(environment.with(name, binding))
    }

    /// A scalar `let` of the query itself takes the value that is given for its name, so that a saved query runs
    /// anywhere with the values written in it, and here with others. The value is data, never query text.
    fn with_given_value(&mut self, declared: &LetStatement, environment: Environment) -> Environment {
        let name = &declared.name.text;
        let Some(value) = self.options.parameters.get(name).cloned() else { return environment };
        let Some(Binding::Scalar(written)) = environment.find(name) else { return environment };
        let ty = written.ty();
        match self.convert(crate::plan::Expr::Literal(value), ty, declared.span) {
            Some(given) => environment.with(name.clone(), Binding::Scalar(given)),
            None => environment,
        }
    }

    /// `let g = f;` where `f` is a function of the query.
    fn function_alias(&self, e: &ast::Expr, environment: &Environment) -> Option<Binding> {
        match environment.find(&e.as_name()?.text)? {
            Binding::Function(closure) => Some(Binding::Function(closure.clone())),
            Binding::Scalar(_) | Binding::Table(_) | Binding::Graph(_) => None,
        }
    }

    /// Statements that give no answer and no new column: options, parameters, and what is refused.
    pub fn other_statement(&mut self, statement: &Statement, environment: &mut Environment) -> Option<()> {
        match statement {
            Statement::Set(set) => {
                let value = match &set.value {
                    None => Value::Bool(true),
                    Some(e) => self.setting_value(e, environment)?,
                };
                if set.name.text == "query_now" {
                    let Value::DateTime(ticks) = value else {
                        return self.error("KS131", set.span, "`query_now` takes a datetime literal");
                    };
                    self.now = ticks;
                }
                self.option(set, value)
            }
            Statement::DeclareQueryParameters(declare) => {
                for parameter in &declare.parameters {
                    if let Some(binding) = self.query_parameter(parameter) {
                        *environment = environment.with(parameter.name.text.clone(), binding);
                    }
                }
                Some(())
            }
            Statement::DeclarePattern(pattern) => {
                self.declare_pattern(pattern, environment);
                Some(())
            }
            Statement::RestrictAccess(restrict) => {
                *environment = self.restrict(restrict, environment);
                Some(())
            }
            Statement::Alias(alias) => match self.entity(&alias.value) {
                Some(entity) => match entity? {
                    Entity::Database => {
                        self.aliases.push(alias.name.text.clone());
                        Some(())
                    }
                    Entity::Table(_) | Entity::Call(_) | Entity::Pattern(_) => {
                        self.error("KS131", alias.value.span, "expected a database")
                    }
                },
                None => self.error("KS131", alias.value.span, "expected a database, such as `database()`"),
            },
            Statement::Command(command) => self.unsupported(command.span, "a command inside a function"),
            Statement::Let(declared) => {
                *environment = self.let_statement(declared, environment)?;
                Some(())
            }
            Statement::Tabular(pipeline) => self.error(
                "KS006",
                pipeline.span,
                "only the last statement of a function, or behind `<|`, gives rows",
            ),
        }
    }

    /// Keeps an option; those that change an answer must have the type they are for. Others are for other engines.
    fn option(&mut self, set: &ast::SetStatement, value: Value) -> Option<()> {
        let name = set.name.text.as_str();
        let wanted = match name {
            "truncationmaxrecords" | "query_take_max_records" => Type::Long,
            "notruncation" | "best_effort" => Type::Bool,
            "query_datetimescope_from" | "query_datetimescope_to" => Type::DateTime,
            "query_datetimescope_column" => Type::String,
            _ => value.ty(),
        };
        if value.ty() != wanted {
            let message = format!("`{name}` takes a {wanted}, found a {}", value.ty());
            return self.error("KS141", set.span, message);
        }
        self.settings.insert(name.to_owned(), value);
        Some(())
    }

    /// The value of an option: a literal, or a bare word as text.
    fn setting_value(&mut self, e: &ast::Expr, environment: &Environment) -> Option<Value> {
        match e.as_name() {
            Some(name) if environment.find(&name.text).is_none() => Some(Value::String(name.text.clone())),
            _ => self.constant(e, Scope::constant(environment)),
        }
    }

    fn query_parameter(&mut self, parameter: &ast::FunctionParameter) -> Option<Binding> {
        let ParameterKind::Scalar(declared) = &parameter.kind else {
            return self.unsupported(parameter.span, "a query parameter that takes rows");
        };
        let Some(ty) = declared.scalar().map(type_of) else {
            return self.error("KS141", declared.span, format!("`{}` is no scalar type", declared.text));
        };
        if let Some(value) = self.options.parameters.get(&parameter.name.text).cloned() {
            return Some(Binding::Scalar(self.given_value(parameter, value, ty)?));
        }
        match &parameter.default {
            Some(default) => {
                let value = self.expression(default, Scope::constant(&Environment::default()))?;
                Some(Binding::Scalar(self.convert(value, ty, default.span)?))
            }
            None => {
                if !self.options.values_later {
                    let name = &parameter.name.text;
                    self.error_with_help::<()>(
                        "KS142",
                        parameter.span,
                        format!("the query parameter `{name}` has no value"),
                        format!("give it one with `--param {name}=…`"),
                    );
                }
                // The rest of the query is looked at as if it had one.
                let value = self.convert(Expr::Literal(example(ty)), ty, parameter.span)?;
                Some(Binding::Scalar(value))
            }
        }
    }

    /// A value from outside as the type declared: read as `todatetime` and its kin do, or as a typed literal such as
    /// `datetime(2024-01-01)`. What is neither is refused, never taken for null.
    fn given_value(&mut self, parameter: &ast::FunctionParameter, value: Value, ty: Type) -> Option<Expr> {
        let given = match &value {
            Value::String(text) if ty != Type::String => match typed_literal(text) {
                Some(e) => self.expression(&e, Scope::constant(&Environment::default()))?,
                None => Expr::Literal(value.clone()),
            },
            _ => Expr::Literal(value.clone()),
        };
        let typed = given.literal().is_some_and(|value| !matches!(value, Value::String(_)));
        let converted = self.convert(given, ty, parameter.span)?;
        let lost = converted.literal().is_some_and(Value::is_null) && !typed;
        if lost && !matches!(value.text().trim(), "" | "null") {
            let name = &parameter.name.text;
            let message = format!("the value `{}` given for `{name}` is no {ty}", value.text());
            return self.error("KS107", parameter.span, message);
        }
        Some(converted)
    }

    /// Refuses an operator that is not bound yet, by name.
    pub fn unsupported_operator<T>(&mut self, operator: &Operator) -> Option<T> {
        let keyword = operator.keyword().to_owned();
        let found =
            Diagnostic::error(operator.span(), format!("the operator `{keyword}` is not supported yet"));
        self.diagnostics.push(found);
        None
    }
}

/// A text that is a typed literal, as an expression: `datetime(2024-01-01)`, `dynamic([1, 2])`. Nothing else is read out
/// of it, so that a value never becomes query text.
fn typed_literal(text: &str) -> Option<ast::Expr> {
    text.trim_end().strip_suffix(')')?;
    let parsed = calypso_parser::parse(&format!("print {text}"));
    let [Statement::Tabular(ast::Pipeline { source: Source::Print(print), operators, .. })] =
        parsed.query.statements.as_slice()
    else {
        return None;
    };
    match (print.columns.as_slice(), operators.as_slice()) {
        ([only], []) if parsed.is_ok() && matches!(only.target, ast::Target::None) => {
            only.value.as_literal().map(|_| only.value.clone())
        }
        _ => None,
    }
}

/// What the last `render` of a pipeline asks for.
pub fn visualization(pipeline: &ast::Pipeline) -> Option<Visualization> {
    let Some(Operator::Render(render)) = pipeline.operators.last() else { return None };
    let kind = render.visualization.as_ref().map_or_else(|| "table".to_owned(), |name| name.text.clone());
    let properties = render
        .properties
        .iter()
        .map(|property| {
            let values: Vec<String> = property.values.iter().map(property_text).collect();
            (property.name.text.clone(), values.join(","))
        })
        .collect();
    Some(Visualization { kind, properties })
}

fn property_text(e: &ast::Expr) -> String {
    match &e.kind {
        ast::ExprKind::Literal(literal) => literal.text.clone(),
        ast::ExprKind::Name(name) => name.text.clone(),
        _ => String::new(),
    }
}

/// A value to look at a query with whose parameter has none yet: one that most functions take, of the type or converted to it.
fn example(ty: Type) -> Value {
    match ty {
        Type::Bool => Value::Bool(true),
        Type::Int | Type::Long | Type::Real | Type::Decimal => Value::Long(1),
        Type::String => Value::String("text".to_owned()),
        Type::DateTime => Value::DateTime(UNIX_EPOCH),
        Type::TimeSpan => Value::TimeSpan(TICKS_PER_HOUR),
        Type::Guid | Type::Dynamic => Value::Null(ty),
    }
}
