//! The state of one binding: fresh column numbers, diagnostics, and what calls inside expressions ask of the operator
//! they stand in.

use crate::BindOptions;
use crate::catalog::Catalog;
use crate::environment::Environment;
use crate::operators::summarize::outer_columns;
use crate::pattern::Pattern;
use crate::plan::{AggregateExpr, ColumnId, Expr, Node, Plan, PlanColumn, WindowCall};
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, Span};
use calypso_parser::{Diagnostic, Severity};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How deep functions may call functions.
pub const MAX_CALL_DEPTH: usize = 48;
/// How many calls of functions a query may be expanded from: each can hold several of the next.
pub const MAX_CALLS: usize = 10_000;
/// How many operators may stand on each other, those within functions and `let`s among them: plans are walked by
/// recursion.
pub const MAX_PLAN_DEPTH: usize = 400;

/// The state of one binding.
pub struct Binder<'a> {
    /// What the query can address.
    pub catalog: &'a dyn Catalog,
    /// Values and settings given from outside.
    pub options: &'a BindOptions,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// The query's instant in ticks.
    pub now: i64,
    /// `set` options by name.
    pub settings: BTreeMap<String, Value>,
    /// Aggregate calls of the operator being bound, each with the column it becomes.
    pub aggregates: Vec<(PlanColumn, AggregateExpr)>,
    /// Window calls of the operator being bound, each with the column it becomes.
    pub windows: Vec<(PlanColumn, WindowCall)>,
    /// How many function bodies are being expanded.
    pub depth: usize,
    /// How many function bodies were expanded.
    pub calls: usize,
    /// How many operators were bound.
    pub steps: usize,
    /// The row numbers every row of an `mv-apply` subquery belongs to; a plan of one column.
    pub outer_rows: Option<Plan>,
    /// The name that the operator just bound gave to the rows: `as X`.
    pub flow: Option<String>,
    /// Names of the database given by `alias database`.
    pub aliases: Vec<String>,
    /// Names of the database within `macro-expand`, the newest last.
    pub scopes: Vec<String>,
    /// Entity groups by name.
    pub groups: BTreeMap<String, Vec<ast::Expr>>,
    /// Patterns by name.
    pub patterns: BTreeMap<String, Rc<Pattern>>,
    /// Names of `let`s that failed: what follows from that needs no words of its own.
    pub broken: Vec<String>,
    next_column: u32,
    next_shared: u32,
}

/// What names mean at a place.
#[derive(Clone, Copy)]
pub struct Scope<'s> {
    /// `let`s, functions, parameters.
    pub environment: &'s Environment,
    /// The columns of the row.
    pub columns: &'s [PlanColumn],
    /// The columns of `$right`, in the condition of a join; `columns` are then `$left`'s.
    pub right: Option<&'s [PlanColumn]>,
    /// The steps of a `scan`, in its expressions.
    pub steps: &'s [StepState],
    /// Whether aggregates may be called, or are needed around columns.
    pub level: Level,
}

/// What a step of a `scan` remembers.
pub struct StepState {
    /// The name of the step.
    pub name: String,
    /// Every column of the last row that matched it.
    pub columns: Vec<PlanColumn>,
}

/// Where an expression stands with regard to aggregates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Columns are read row by row; aggregates are refused.
    Row,
    /// Columns may be read only inside an aggregate call.
    Group,
    /// Inside an aggregate call: columns are read row by row, and an aggregate would be one within another.
    Argument,
}

impl<'s> Scope<'s> {
    /// Rows of these columns.
    pub fn rows(environment: &'s Environment, columns: &'s [PlanColumn]) -> Scope<'s> {
        Scope { environment, columns, right: None, steps: &[], level: Level::Row }
    }

    /// No row: only `let`s and parameters.
    pub fn constant(environment: &'s Environment) -> Scope<'s> {
        Scope::rows(environment, &[])
    }
}

impl<'a> Binder<'a> {
    /// Nothing bound yet.
    pub fn new(catalog: &'a dyn Catalog, options: &'a BindOptions) -> Binder<'a> {
        Binder {
            catalog,
            options,
            diagnostics: Vec::new(),
            now: catalog.now(),
            settings: BTreeMap::new(),
            aggregates: Vec::new(),
            windows: Vec::new(),
            depth: 0,
            calls: 0,
            steps: 0,
            outer_rows: None,
            flow: None,
            aliases: Vec::new(),
            scopes: Vec::new(),
            groups: BTreeMap::new(),
            patterns: BTreeMap::new(),
            broken: Vec::new(),
            next_column: 0,
            next_shared: 0,
        }
    }

    /// A column with a number of its own.
    pub fn column(&mut self, name: impl Into<String>, ty: Type) -> PlanColumn {
        self.next_column += 1;
        PlanColumn { id: ColumnId(self.next_column), name: name.into(), ty }
    }

    /// A number for a plan that is computed once.
    pub fn shared_number(&mut self) -> u32 {
        self.next_shared += 1;
        self.next_shared
    }

    /// Reports an error; what failed gives `None`.
    pub fn error<T>(&mut self, code: &'static str, span: Span, message: impl Into<String>) -> Option<T> {
        self.diagnostics.push(Diagnostic::error(span, message).with_code(code));
        None
    }

    /// Reports an error with a way out.
    pub fn error_with_help<T>(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        self.diagnostics.push(Diagnostic::error(span, message).with_code(code).with_help(help));
        None
    }

    /// Refuses, by name, what the language has and this engine has not yet.
    pub fn unsupported<T>(&mut self, span: Span, what: &str) -> Option<T> {
        self.diagnostics.push(Diagnostic::error(span, format!("{what} is not supported yet")));
        None
    }

    /// Whether an option of the query is switched on.
    pub fn switched_on(&self, option: &str) -> bool {
        matches!(self.settings.get(option), Some(Value::Bool(true)))
    }

    /// Whether an error was found.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// The input with the columns of the window calls met since, computed in its order.
    pub fn with_windows(&mut self, input: Plan) -> Plan {
        let mut plan = input;
        let mut rest = std::mem::take(&mut self.windows);
        while !rest.is_empty() {
            // Calls whose arguments read the result of another call of this operator wait for the next node.
            let known: Vec<ColumnId> = plan.columns.iter().map(|column| column.id).collect();
            let (ready, waiting): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|(_, call)| call.arguments.iter().all(|e| reads_only(e, &known)));
            if ready.is_empty() {
                break;
            }
            let mut columns = plan.columns.clone();
            columns.extend(ready.iter().map(|(column, _)| column.clone()));
            let calls = ready.into_iter().map(|(_, call)| call).collect();
            // Within `mv-apply` a call sees only the rows of its outer row.
            let partition = outer_columns(&plan).map(PlanColumn::expr).collect();
            plan = Plan { node: Node::Window { input: Box::new(plan), partition, calls }, columns };
            rest = waiting;
        }
        plan
    }

    /// A projection of the input to these columns.
    pub fn project(&mut self, input: Plan, columns: Vec<(PlanColumn, Expr)>) -> Plan {
        let (columns, expressions) = columns.into_iter().unzip();
        Plan { node: Node::Project { input: Box::new(input), expressions }, columns }
    }

    /// A projection to some of the input's own columns, under names of the caller's choice.
    pub fn select(&mut self, input: Plan, kept: &[(String, PlanColumn)]) -> Plan {
        let columns = kept
            .iter()
            .map(|(name, column)| (self.column(name.clone(), column.ty), column.expr()))
            .collect::<Vec<_>>();
        self.project(input, columns)
    }
}

/// Whether an expression reads no column but these.
pub fn reads_only(expr: &Expr, known: &[ColumnId]) -> bool {
    match expr {
        Expr::Column(id, _) => known.contains(id),
        Expr::Call { arguments, .. } => arguments.iter().all(|argument| reads_only(argument, known)),
        Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => true,
    }
}

/// Names of hidden columns begin so; no query can spell them.
const HIDDEN: char = '\0';

/// The name of a hidden column: carried along by operators, never shown.
pub fn hidden_name(name: &str) -> String {
    format!("{HIDDEN}{name}")
}

/// Whether a column is carried along without being shown.
pub fn is_hidden(column: &PlanColumn) -> bool {
    column.name.starts_with(HIDDEN)
}

/// The columns people see.
pub fn visible(columns: &[PlanColumn]) -> impl Iterator<Item = &PlanColumn> {
    columns.iter().filter(|column| !is_hidden(column))
}

/// The columns carried along.
pub fn hidden(columns: &[PlanColumn]) -> impl Iterator<Item = &PlanColumn> {
    columns.iter().filter(|column| is_hidden(column))
}
