//! Pipelines: the source, then one operator after another.

use crate::binder::{Binder, MAX_PLAN_DEPTH, Scope};
use crate::environment::{Binding, Closure, Environment};
use crate::graph::Piped;
use crate::invocation::Invoked;
use crate::plan::{Node, Plan};
use crate::renumber::renumber;
use calypso_library::function::{Kind, Special};
use calypso_library::{Type, Value, functions};
use calypso_parser::ast::{self, ExprKind, LetValue, Operator, Source, Statement, Step};
use std::sync::Arc;

impl Binder<'_> {
    /// Binds a pipeline that gives rows; `input` are the rows that [`Source::Input`] stands for.
    pub fn pipeline(
        &mut self,
        pipeline: &ast::Pipeline,
        environment: &Environment,
        input: Option<Plan>,
    ) -> Option<Plan> {
        let piped = self.piped_pipeline(pipeline, environment, input)?;
        self.rows(piped, pipeline.span)
    }

    /// Binds a pipeline that gives rows or a graph.
    fn piped_pipeline(
        &mut self,
        pipeline: &ast::Pipeline,
        environment: &Environment,
        input: Option<Plan>,
    ) -> Option<Piped> {
        let piped = self.source(pipeline, environment, input)?;
        self.steps(piped, &pipeline.operators, &mut environment.clone())
    }

    /// Binds what a pipeline begins with.
    pub fn source(
        &mut self,
        pipeline: &ast::Pipeline,
        environment: &Environment,
        input: Option<Plan>,
    ) -> Option<Piped> {
        let plan = match &pipeline.source {
            Source::Input => match input {
                Some(plan) => Some(plan),
                None => self.error("KS006", pipeline.span, "the pipeline has no source"),
            },
            Source::Expression(e) => return self.piped(e, environment),
            Source::Print(print) => self.print(print, environment),
            Source::Range(range) => self.range(range, environment),
            Source::Datatable(datatable) => self.datatable(datatable, environment),
            Source::Union(union) => self.union(union, None, environment),
            Source::Externaldata(operator) => self.externaldata(operator, environment),
            Source::InlineExternalTable(operator) => self.inline_external_table(operator, environment),
            Source::Find(operator) => self.find(operator, None, environment),
            Source::Search(operator) => self.search(operator, None, environment),
            Source::Evaluate(operator) => self.evaluate(None, operator, environment),
            Source::MacroExpand(operator) => self.macro_expand(operator, environment),
        };
        plan.map(Piped::Rows)
    }

    /// Binds operators over rows that give rows again.
    pub fn operators(
        &mut self,
        plan: Plan,
        operators: &[Operator],
        environment: &mut Environment,
    ) -> Option<Plan> {
        let piped = self.steps(Piped::Rows(plan), operators, environment)?;
        self.rows(piped, operators.last().map_or(ast::Span::default(), Operator::span))
    }

    /// Binds operators. `as` adds names for the operators after it.
    pub fn steps(
        &mut self,
        piped: Piped,
        operators: &[Operator],
        environment: &mut Environment,
    ) -> Option<Piped> {
        let mut piped = piped;
        for operator in operators {
            self.steps += 1;
            if let Piped::Rows(plan) = &piped
                && self.steps > MAX_PLAN_DEPTH
                && is_deeper(plan, MAX_PLAN_DEPTH)
            {
                let why = format!("more than {MAX_PLAN_DEPTH} operators stand on each other");
                return self.error("KS245", operator.span(), why);
            }
            piped = match (piped, operator) {
                (Piped::Rows(plan), Operator::MakeGraph(o)) => self.make_graph(plan, o, environment)?,
                (Piped::Rows(plan), Operator::Invoke(o)) => self.invoke_operator(plan, o, environment)?,
                (Piped::Rows(plan), operator) => Piped::Rows(self.apply(plan, operator, environment)?),
                (Piped::Graph(graph), operator) => self.graph_operator(*graph, operator, environment)?,
            };
            self.flow = match operator {
                Operator::As(named) => Some(named.name.text.clone()),
                _ => None,
            };
        }
        Some(piped)
    }

    fn apply(&mut self, plan: Plan, operator: &Operator, environment: &mut Environment) -> Option<Plan> {
        match operator {
            Operator::As(o) => self.name_rows(plan, o, environment),
            Operator::AssertSchema(o) => self.assert_schema(plan, o),
            Operator::Consume(_) => self.consume(plan),
            Operator::Count(o) => self.count(plan, o),
            Operator::Distinct(o) => self.distinct(plan, o, environment),
            Operator::Evaluate(o) => self.evaluate(Some(plan), o, environment),
            Operator::Extend(o) => self.extend(plan, &o.columns, environment),
            Operator::Find(o) => self.find(o, Some(plan), environment),
            Operator::Getschema(_) => self.getschema(&plan),
            Operator::Invoke(o) => {
                let piped = self.invoke_operator(plan, o, environment)?;
                self.rows(piped, o.span)
            }
            Operator::Join(o) => self.join(plan, o, environment),
            Operator::Lookup(o) => self.lookup(plan, o, environment),
            Operator::MacroExpand(o) => {
                self.error("KS175", o.span, "`macro-expand` begins a query and takes no rows")
            }
            Operator::MakeSeries(o) => self.make_series(plan, o, environment),
            Operator::MvApply(o) => self.mv_apply(plan, o, environment),
            Operator::MvExpand(o) => self.mv_expand(plan, o, environment),
            Operator::Parse(o) => self.parse(plan, &o.parameters, &o.value, &o.pattern, false, environment),
            Operator::ParseWhere(o) => {
                self.parse(plan, &o.parameters, &o.value, &o.pattern, true, environment)
            }
            Operator::ParseKv(o) => self.parse_kv(plan, o, environment),
            Operator::Partition(o) => self.partition(plan, o, environment),
            Operator::PartitionBy(o) => self.partition_by(plan, o, environment),
            Operator::Project(o) => self.project_operator(plan, o, environment),
            Operator::ProjectAway(o) => self.project_away(plan, o),
            Operator::ProjectByNames(o) => self.project_by_names(plan, o, environment),
            Operator::ProjectKeep(o) => self.project_keep(plan, o),
            Operator::ProjectRename(o) => self.project_rename(plan, o),
            Operator::ProjectReorder(o) => self.project_reorder(plan, o),
            Operator::Reduce(o) => self.reduce(plan, o, environment),
            Operator::Render(o) => self.render(plan, o),
            Operator::Sample(o) => self.sample(plan, o, environment),
            Operator::SampleDistinct(o) => self.sample_distinct(plan, o, environment),
            Operator::Scan(o) => self.scan(plan, o, environment),
            Operator::Search(o) => self.search(o, Some(plan), environment),
            Operator::Serialize(o) => self.serialize(plan, o, environment),
            Operator::Sort(o) => self.sort(plan, o, environment),
            Operator::Summarize(o) => self.summarize(plan, o, environment),
            Operator::Take(o) => self.take(plan, o, environment),
            Operator::Top(o) => self.top(plan, o, environment),
            Operator::TopHitters(o) => self.top_hitters(plan, o, environment),
            Operator::TopNested(o) => self.top_nested(plan, o, environment),
            Operator::Union(o) => self.union(o, Some(plan), environment),
            Operator::Where(o) => self.where_operator(plan, o, environment),
            Operator::Facet(_) | Operator::Fork(_) => self.not_last(operator),
            // The answer is kept once, which is all that the operator asks for.
            Operator::ExecuteAndCache(_) => Some(self.shared(plan)),
            Operator::GraphMarkComponents(_)
            | Operator::GraphMatch(_)
            | Operator::GraphShortestPaths(_)
            | Operator::GraphToTable(_)
            | Operator::GraphWhereEdges(_)
            | Operator::GraphWhereNodes(_) => self.error_with_help(
                "KS219",
                operator.span(),
                format!("the operator `{}` takes a graph, found rows", operator.keyword()),
                "`make-graph` makes a graph of rows",
            ),
            Operator::MakeGraph(_) => self.unsupported_operator(operator),
            Operator::Unknown(_) => None,
        }
    }

    /// Whether an expression stands for rows.
    pub fn is_tabular(&self, e: &ast::Expr, environment: &Environment) -> bool {
        self.is_tabular_within(e, environment, 0)
    }

    fn is_tabular_within(&self, e: &ast::Expr, environment: &Environment, depth: usize) -> bool {
        if depth > crate::binder::MAX_CALL_DEPTH {
            return false;
        }
        match &e.kind {
            ExprKind::Pipeline(_) | ExprKind::Wildcard(_) => true,
            ExprKind::Name(name) => match environment.find(&name.text) {
                Some(binding) => matches!(binding, Binding::Table(_) | Binding::Graph(_)),
                None => {
                    environment.sees(&name.text)
                        && (self.catalog.table(&name.text).is_some()
                            || self.stored_function_is_tabular(name, depth))
                }
            },
            ExprKind::Call(_) | ExprKind::Path(..) if self.is_pattern(e) => true,
            ExprKind::Call(call) => match environment.find(&call.name.text) {
                Some(Binding::Function(closure)) => self.closure_is_tabular(closure, depth),
                Some(_) => false,
                None => gives_rows(&call.name.text) || self.stored_function_is_tabular(&call.name, depth),
            },
            ExprKind::Path(base, steps) => match (&base.kind, steps.last()) {
                (ExprKind::Call(call), Some(Step::Field(_) | Step::Wildcard(_) | Step::Call(_))) => {
                    matches!(call.name.text.as_str(), "database" | "cluster")
                }
                (ExprKind::Name(name), Some(Step::Field(last) | Step::Wildcard(last))) => {
                    self.scopes.contains(&name.text) && !last.text.starts_with('$')
                }
                (ExprKind::Name(name), Some(Step::Call(_))) => self.scopes.contains(&name.text),
                _ => false,
            },
            ExprKind::Literal(_)
            | ExprKind::Star
            | ExprKind::Unary(..)
            | ExprKind::Chain(..)
            | ExprKind::Compare(..)
            | ExprKind::Membership(..)
            | ExprKind::Between { .. }
            | ExprKind::TypeOf(_)
            | ExprKind::EntityGroup(_)
            | ExprKind::Missing => false,
        }
    }

    /// Whether a call of a function gives rows.
    pub fn gives_rows_when_called(&self, closure: &Closure) -> bool {
        self.closure_is_tabular(closure, 0)
    }

    fn closure_is_tabular(&self, closure: &Closure, depth: usize) -> bool {
        let parameters = closure.declaration.parameters.iter();
        let environment = parameters.fold(closure.environment.clone(), |environment, parameter| {
            let binding = match parameter.kind {
                ast::ParameterKind::Table(_) => no_rows(),
                ast::ParameterKind::Scalar(_) => nothing(),
            };
            environment.with(parameter.name.text.clone(), binding)
        });
        self.body_is_tabular(&closure.declaration.body, environment, depth)
    }

    fn stored_function_is_tabular(&self, name: &ast::Name, depth: usize) -> bool {
        let Some(text) = self.catalog.function(&name.text) else { return false };
        let parsed = calypso_parser::parse(&format!("let f = {text};"));
        match parsed.query.statements.into_iter().next() {
            Some(Statement::Let(ast::LetStatement { value: LetValue::Function(declaration), .. })) => {
                self.body_is_tabular(&declaration.body, Environment::default(), depth)
            }
            _ => false,
        }
    }

    fn body_is_tabular(&self, body: &ast::FunctionBody, environment: Environment, depth: usize) -> bool {
        let mut environment = environment;
        for statement in &body.statements {
            let Statement::Let(declared) = statement else { continue };
            let name = declared.name.text.clone();
            environment = match &declared.value {
                LetValue::Function(declaration) => environment.with(
                    name.clone(),
                    Binding::Function(std::rc::Rc::new(Closure {
                        name,
                        declaration: declaration.clone(),
                        environment: environment.clone(),
                        stored: false,
                    })),
                ),
                LetValue::Expression(e) if self.is_tabular_within(e, &environment, depth + 1) => {
                    environment.with(name, no_rows())
                }
                LetValue::Expression(_) => environment.with(name, nothing()),
            };
        }
        body.result.as_ref().is_some_and(|result| self.is_tabular_within(result, &environment, depth + 1))
    }

    /// Binds an expression that stands for rows.
    pub fn table(&mut self, e: &ast::Expr, environment: &Environment) -> Option<Plan> {
        let piped = self.piped(e, environment)?;
        self.rows(piped, e.span)
    }

    /// Binds an expression that stands for rows or a graph.
    pub fn piped(&mut self, e: &ast::Expr, environment: &Environment) -> Option<Piped> {
        if let Some(rows) = self.pattern_rows(e, environment) {
            return rows.map(Piped::Rows);
        }
        match &e.kind {
            ExprKind::Pipeline(pipeline) => self.piped_pipeline(pipeline, environment, None),
            ExprKind::Name(name) => self.named_table(name, environment),
            ExprKind::Call(call) => self.table_call(call, e, environment),
            ExprKind::Path(..) => match self.entity(e) {
                Some(entity) => self.entity_rows(entity?, e, environment).map(Piped::Rows),
                None => self.error(
                    "KS111",
                    e.span,
                    "expected rows: a table, a function that gives rows, or a subquery",
                ),
            },
            ExprKind::Wildcard(name) => self.error_with_help(
                "KS111",
                e.span,
                format!("the pattern `{}` stands for several tables", name.text),
                "write `union` before it",
            ),
            ExprKind::Chain(_, terms) if terms.iter().any(begins_comment) => self.error_with_help(
                "KS111",
                e.span,
                "expected rows: a table, a function that gives rows, or a subquery",
                "`--` is two signs; a comment begins with `//`",
            ),
            ExprKind::Missing => None,
            ExprKind::Literal(_)
            | ExprKind::Star
            | ExprKind::Unary(..)
            | ExprKind::Chain(..)
            | ExprKind::Compare(..)
            | ExprKind::Membership(..)
            | ExprKind::Between { .. }
            | ExprKind::TypeOf(_)
            | ExprKind::EntityGroup(_) => self.error(
                "KS111",
                e.span,
                "expected rows: a table, a function that gives rows, or a subquery",
            ),
        }
    }

    fn named_table(&mut self, name: &ast::Name, environment: &Environment) -> Option<Piped> {
        match environment.find(&name.text) {
            Some(Binding::Table(plan)) => {
                let plan = plan.clone();
                return Some(Piped::Rows(renumber(self, &plan)));
            }
            Some(Binding::Graph(graph)) => {
                let graph = graph.clone();
                return Some(Piped::Graph(Box::new(self.renumbered_graph(&graph))));
            }
            Some(Binding::Scalar(_)) => {
                return self.error(
                    "KS111",
                    name.span,
                    format!("`{}` is a scalar value, expected rows", name.text),
                );
            }
            Some(Binding::Function(closure)) => {
                let closure = closure.clone();
                if closure.declaration.view || closure.declaration.parameters.is_empty() {
                    return match self.invoke(&closure, &[], None, name.span, Scope::constant(environment))? {
                        Invoked::Table(plan) => Some(Piped::Rows(plan)),
                        Invoked::Graph(graph) => Some(Piped::Graph(graph)),
                        Invoked::Scalar(_) => self.error(
                            "KS111",
                            name.span,
                            format!("`{}` gives a scalar value, expected rows", name.text),
                        ),
                    };
                }
                return self.error(
                    "KS117",
                    name.span,
                    format!("the function `{}` needs its arguments in parentheses", name.text),
                );
            }
            None => {}
        }
        self.database_rows(name, environment).map(Piped::Rows)
    }

    /// The rows of a table of the catalog, or of a stored function without arguments.
    pub fn database_rows(&mut self, name: &ast::Name, environment: &Environment) -> Option<Plan> {
        if environment.sees(&name.text)
            && let Some(plan) = self.catalog_table(&name.text)
        {
            return Some(plan);
        }
        if let Some(closure) = self.stored_function(name, environment) {
            return match self.invoke(&closure, &[], None, name.span, Scope::constant(environment))? {
                Invoked::Table(plan) => Some(plan),
                Invoked::Graph(graph) => self.rows(Piped::Graph(graph), name.span),
                Invoked::Scalar(_) => self.error(
                    "KS111",
                    name.span,
                    format!("`{}` gives a scalar value, expected rows", name.text),
                ),
            };
        }
        self.unknown_table(name, environment)
    }

    /// The rows of a table of the catalog.
    pub fn catalog_table(&mut self, name: &str) -> Option<Plan> {
        let columns = self.catalog.table(name)?;
        let columns = columns.into_iter().map(|column| self.column(column.name, column.ty)).collect();
        Some(self.within_scope(Plan { node: Node::Table { name: name.to_owned() }, columns }))
    }

    /// The rows of a table within the times of `set query_datetimescope_from` and `…_to`, both included, by the column
    /// that `…_column` names; a table without that column is seen whole.
    fn within_scope(&mut self, plan: Plan) -> Plan {
        let Some(Value::String(name)) = self.settings.get("query_datetimescope_column") else { return plan };
        let scoped = plan.columns.iter().find(|column| column.name == *name && column.ty == Type::DateTime);
        let Some(time) = scoped.map(|column| column.expr()) else { return plan };
        let mut plan = plan;
        for (option, symbol) in [("query_datetimescope_from", ">="), ("query_datetimescope_to", "<=")] {
            let Some(limit) = self.settings.get(option).cloned() else { continue };
            let place = ast::Span::default();
            let sides = vec![(time.clone(), place), (crate::plan::Expr::Literal(limit), place)];
            if let Some(predicate) = self.operator(symbol, sides, place) {
                let columns = plan.columns.clone();
                plan = Plan { node: Node::Filter { input: Box::new(plan), predicate }, columns };
            }
        }
        plan
    }

    fn table_call(&mut self, call: &ast::Call, e: &ast::Expr, environment: &Environment) -> Option<Piped> {
        if let Some(entity) = self.entity(e) {
            return self.entity_rows(entity?, e, environment).map(Piped::Rows);
        }
        let name = call.name.text.as_str();
        let scope = Scope::constant(environment);
        let closure = match environment.find(name) {
            Some(Binding::Function(closure)) => Some(closure.clone()),
            Some(Binding::Scalar(_) | Binding::Table(_) | Binding::Graph(_)) => {
                return self.error("KS128", call.span, format!("`{name}` is not a function"));
            }
            None if gives_rows(name) => return self.materialize(call, environment),
            None => self.stored_function(&call.name, environment),
        };
        match closure {
            Some(closure) => match self.invoke(&closure, &call.arguments, None, call.span, scope)? {
                Invoked::Table(plan) => Some(Piped::Rows(plan)),
                Invoked::Graph(graph) => Some(Piped::Graph(graph)),
                Invoked::Scalar(_) => self.error(
                    "KS111",
                    call.span,
                    format!("the function `{name}` gives a scalar value, expected rows"),
                ),
            },
            None if functions::find(name).is_some() => self.error(
                "KS111",
                call.span,
                format!("the function `{name}` gives a scalar value, expected rows"),
            ),
            None => self.unknown_function(&call.name, scope),
        }
    }

    /// `materialize(T)` is computed once; `table("T")` is the table of that name.
    fn materialize(&mut self, call: &ast::Call, environment: &Environment) -> Option<Piped> {
        let [argument] = call.arguments.as_slice() else {
            return self.error(
                "KS119",
                call.span,
                format!("the function `{}` expects 1 argument", call.name.text),
            );
        };
        if !is_materialize(&call.name.text) {
            let value = self.constant(&argument.value, Scope::constant(environment))?;
            let name = ast::Name::new(value.text(), argument.span);
            return self.named_table(&name, environment);
        }
        let plan = self.table(&argument.value, environment)?;
        Some(Piped::Rows(self.shared(plan)))
    }

    /// The same rows, computed once however often the plan is copied.
    pub fn shared(&mut self, plan: Plan) -> Plan {
        let number = self.shared_number();
        let columns = plan.columns.iter().map(|column| self.column(column.name.clone(), column.ty)).collect();
        Plan { node: Node::Shared { number, plan: Arc::new(plan), asked: true }, columns }
    }

    fn invoke_operator(
        &mut self,
        plan: Plan,
        operator: &ast::Invoke,
        environment: &Environment,
    ) -> Option<Piped> {
        let ExprKind::Call(call) = &operator.function.kind else {
            return self.error("KS143", operator.span, "expected a function call after `invoke`");
        };
        let closure = match environment.find(&call.name.text) {
            Some(Binding::Function(closure)) => Some(closure.clone()),
            Some(Binding::Scalar(_) | Binding::Table(_) | Binding::Graph(_)) | None => {
                self.stored_function(&call.name, environment)
            }
        };
        let Some(closure) = closure else {
            return self.unknown_function(&call.name, Scope::constant(environment));
        };
        let columns = plan.columns.clone();
        match self.invoke(
            &closure,
            &call.arguments,
            Some(plan),
            call.span,
            Scope::rows(environment, &columns),
        )? {
            Invoked::Table(plan) => Some(Piped::Rows(plan)),
            Invoked::Graph(graph) => Some(Piped::Graph(graph)),
            Invoked::Scalar(_) => self.error("KS111", call.span, "`invoke` needs a function that gives rows"),
        }
    }
}

/// Whether the function of that name is `materialize`.
fn is_materialize(name: &str) -> bool {
    functions::find(name).is_some_and(|function| function.kind == Kind::Special(Special::Materialize))
}

/// Functions built into the syntax that give rows.
fn gives_rows(name: &str) -> bool {
    is_materialize(name) || name == "table"
}

/// A binding that only says: these are rows.
fn no_rows() -> Binding {
    let plan = Plan { node: Node::Values { rows: Vec::new() }, columns: Vec::new() };
    Binding::Table(std::rc::Rc::new(plan))
}

/// A binding that only says: this is a scalar.
fn nothing() -> Binding {
    Binding::Scalar(crate::plan::Expr::Literal(calypso_library::Value::Bool(false)))
}

/// `-- all`, which reads as two signs before a name.
fn begins_comment((operator, term): &(ast::BinaryOp, ast::Expr)) -> bool {
    *operator == ast::BinaryOp::Subtract && matches!(term.kind, ExprKind::Unary(ast::UnaryOp::Minus, _))
}

/// Whether more plans than that stand on each other; looked at without recursion.
fn is_deeper(plan: &Plan, limit: usize) -> bool {
    let mut open = vec![(plan, 1)];
    while let Some((plan, depth)) = open.pop() {
        if depth > limit {
            return true;
        }
        open.extend(plan.inputs().into_iter().map(|input| (input, depth + 1)));
    }
    false
}
