//! Lists of tables, as `union`, `search` and `find` take them: names, patterns of names, subqueries; and rows of several
//! tables brought to the same columns.
//!
//! A pattern stands for the tables that fit in the order they were created, then for the views of the query
//! (`let V = view () { … }`) that fit, in the order they are written.

use crate::binder::Binder;
use crate::entity::Entity;
use crate::environment::{Binding, Environment};
use crate::operators::wildcard::fits;
use crate::plan::{Expr, Node, Plan, PlanColumn};
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, ExprKind};

/// Rows with the label that says where they come from.
pub struct Branch {
    /// The name of a table or view, else made from its place.
    pub label: String,
    /// The rows.
    pub plan: Plan,
}

/// How a list of tables is read.
#[derive(Clone, Copy)]
pub struct Reading<'e> {
    /// The names in reach.
    pub environment: &'e Environment,
    /// The number of the first table, for labels made from places.
    pub first: usize,
    /// Tables that are not there are passed over.
    pub fuzzy: bool,
}

impl Binder<'_> {
    /// The rows that flow into an operator.
    pub fn piped_branch(&mut self, plan: Plan) -> Branch {
        let flow = self.flow.take();
        Branch { label: flow.unwrap_or_else(|| label_of(&plan, 0)), plan }
    }

    /// The tables of a list.
    pub fn branches(&mut self, tables: &[ast::Expr], reading: Reading) -> Option<Vec<Branch>> {
        let mut branches = Vec::new();
        for (index, table) in tables.iter().enumerate() {
            let before = self.diagnostics.len();
            let found = match pattern_of(table) {
                Some(pattern) => self.fitting(&pattern, true, table, reading),
                None => match self.entity(table) {
                    Some(None) => None,
                    Some(Some(Entity::Pattern(pattern))) => self.fitting(&pattern, false, table, reading),
                    Some(Some(Entity::Table(_) | Entity::Call(_) | Entity::Database)) | None => {
                        self.branch(table, index + reading.first, reading).map(|branch| vec![branch])
                    }
                },
            };
            match found {
                Some(found) => branches.extend(found),
                None if reading.fuzzy => self.diagnostics.truncate(before),
                None => return None,
            }
        }
        Some(branches)
    }

    /// All tables and views.
    pub fn every_branch(&mut self, environment: &Environment) -> Option<Vec<Branch>> {
        self.all_fitting("*", true, environment)
    }

    fn branch(&mut self, table: &ast::Expr, index: usize, reading: Reading) -> Option<Branch> {
        let plan = self.table(table, reading.environment)?;
        let view = table
            .as_name()
            .filter(|name| !matches!(reading.environment.find(&name.text), Some(Binding::Table(_))));
        let label = match (view, ending(table)) {
            (Some(name), _) | (None, Some(name)) => name.text.clone(),
            (None, None) => label_of(&plan, index),
        };
        Some(Branch { label, plan })
    }

    fn fitting(
        &mut self,
        pattern: &str,
        views: bool,
        table: &ast::Expr,
        reading: Reading,
    ) -> Option<Vec<Branch>> {
        let found = self.all_fitting(pattern, views, reading.environment)?;
        if found.is_empty() && !reading.fuzzy {
            return self.error("KS142", table.span, format!("no table fits `{pattern}`"));
        }
        Some(found)
    }

    fn all_fitting(&mut self, pattern: &str, views: bool, environment: &Environment) -> Option<Vec<Branch>> {
        let mut found = Vec::new();
        for name in self.tables_in(environment).into_iter().filter(|name| fits(pattern, name)) {
            if let Some(plan) = self.catalog_table(&name) {
                found.push(Branch { label: name, plan });
            }
        }
        let stored = self.catalog.functions().into_iter();
        let stored = stored.filter(|f| f.view && f.parameters == "()" && environment.sees(&f.name));
        let mut names: Vec<String> = stored.map(|function| function.name).collect();
        if views {
            names.extend(environment.views());
        }
        for name in names.into_iter().filter(|name| fits(pattern, name)) {
            let plan = self.table(&named(&name), environment)?;
            found.push(Branch { label: name, plan });
        }
        Some(found)
    }

    /// The rows of all branches with these columns, by name and type, and perhaps one before them that says where a row
    /// comes from. One name with several types becomes several columns.
    pub fn rows_of(
        &mut self,
        branches: Vec<Branch>,
        wanted: &[(String, Type)],
        source: Option<&str>,
    ) -> Plan {
        let mut columns: Vec<PlanColumn> = Vec::new();
        if let Some(name) = source {
            columns.push(self.column(name, Type::String));
        }
        for (name, (_, ty)) in suffixed(wanted).into_iter().zip(wanted) {
            columns.push(self.column(name, *ty));
        }
        let inputs = branches
            .into_iter()
            .map(|branch| {
                let mut expressions: Vec<Expr> = Vec::new();
                if source.is_some() {
                    expressions.push(Expr::Literal(Value::String(branch.label)));
                }
                expressions.extend(wanted.iter().map(|(name, ty)| {
                    let found =
                        branch.plan.columns.iter().find(|column| column.name == *name && column.ty == *ty);
                    found.map_or_else(|| Expr::Literal(Value::absent(*ty)), PlanColumn::expr)
                }));
                (branch.plan, expressions)
            })
            .collect();
        Plan { node: Node::Union { inputs }, columns }
    }
}

/// The columns of all branches, in the order they first appear; those of one name stand together.
pub fn columns_of(branches: &[Branch]) -> Vec<(String, Type)> {
    let mut wanted: Vec<(String, Type)> = Vec::new();
    for column in branches.iter().flat_map(|branch| &branch.plan.columns) {
        add(&mut wanted, (column.name.clone(), column.ty));
    }
    wanted
}

/// Adds a column behind those of its name, unless it is there.
pub fn add(wanted: &mut Vec<(String, Type)>, column: (String, Type)) {
    if !wanted.contains(&column) {
        let after = wanted.iter().rposition(|(name, _)| *name == column.0);
        wanted.insert(after.map_or(wanted.len(), |at| at + 1), column);
    }
}

/// A bare pattern of names.
fn pattern_of(table: &ast::Expr) -> Option<String> {
    match &table.kind {
        ExprKind::Wildcard(pattern) => Some(pattern.text.clone()),
        ExprKind::Star => Some("*".to_owned()),
        _ => None,
    }
}

/// A name as an expression.
fn named(name: &str) -> ast::Expr {
    let span = ast::Span::default();
    ast::Expr::new(ExprKind::Name(ast::Name::new(name, span)), span)
}

/// The name that ends a subquery: `(T | as X)`.
fn ending(table: &ast::Expr) -> Option<&ast::Name> {
    let ExprKind::Pipeline(pipeline) = &table.kind else { return None };
    match pipeline.operators.last()? {
        ast::Operator::As(named) => Some(&named.name),
        _ => None,
    }
}

/// The name of a bare table, else its place.
fn label_of(plan: &Plan, index: usize) -> String {
    match &plan.node {
        Node::Table { name } => name.clone(),
        _ => format!("union_arg{index}"),
    }
}

/// Names of the columns: where one name has several types, each takes its type as a suffix.
fn suffixed(wanted: &[(String, Type)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, ty) in wanted {
        let several = wanted.iter().filter(|(other, _)| other == name).count() > 1;
        let mut chosen = if several { format!("{name}_{ty}") } else { name.clone() };
        if several {
            let taken = |text: &str| names.iter().any(|n| n == text) || wanted.iter().any(|(n, _)| n == text);
            let base = chosen.clone();
            let mut number = 0;
            while taken(&chosen) {
                number += 1;
                chosen = format!("{base}{number}");
            }
        }
        names.push(chosen);
    }
    names
}
