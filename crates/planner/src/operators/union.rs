//! `union`: the rows of several tables, matched by column name. `T | union kind=outer withsource=s A, (B), C*`

use super::parameters::{parameter, parameter_text};
use super::wildcard::fits;
use crate::binder::Binder;
use crate::environment::{Binding, Environment};
use crate::plan::{Expr, Node, Plan, PlanColumn};
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, ExprKind, Union};

/// An input with the label that `withsource` shows.
struct Branch {
    label: String,
    plan: Plan,
}

impl Binder<'_> {
    /// Columns in the order they first appear; one name with several types becomes several columns.
    pub fn union(&mut self, operator: &Union, left: Option<Plan>, environment: &Environment) -> Option<Plan> {
        let inner = match parameter(&operator.parameters, &["kind"]) {
            None => false,
            Some(given) => match parameter_text(given) {
                "inner" => true,
                "outer" => false,
                _ => return self.wrong_parameter(given, &["inner", "outer"]),
            },
        };
        let fuzzy = parameter(&operator.parameters, &["isfuzzy"])
            .is_some_and(|given| matches!(parameter_text(given), "true" | "1"));
        let mut branches: Vec<Branch> = Vec::new();
        let first = usize::from(left.is_some());
        let flow = self.flow.take();
        branches.extend(left.map(|plan| Branch { label: flow.unwrap_or_else(|| label_of(&plan, 0)), plan }));
        for (index, table) in operator.tables.iter().enumerate() {
            self.union_branch(table, index + first, fuzzy, environment, &mut branches)?;
        }
        if branches.is_empty() {
            return self.error("KS142", operator.span, "none of the tables exists");
        }
        let source = parameter(&operator.parameters, &["withsource", "with_source"])
            .map(|given| parameter_text(given).to_owned());
        Some(self.union_of(branches, inner, source))
    }

    fn union_branch(
        &mut self,
        table: &ast::Expr,
        index: usize,
        fuzzy: bool,
        environment: &Environment,
        branches: &mut Vec<Branch>,
    ) -> Option<()> {
        let pattern = match &table.kind {
            ExprKind::Wildcard(pattern) => Some(pattern.text.clone()),
            ExprKind::Star => Some("*".to_owned()),
            _ => None,
        };
        if let Some(pattern) = pattern {
            let names: Vec<String> =
                self.catalog.tables().into_iter().filter(|name| fits(&pattern, name)).collect();
            if names.is_empty() && !fuzzy {
                return self.error("KS142", table.span, format!("no table fits `{pattern}`"));
            }
            for name in names {
                if let Some(plan) = self.catalog_table(&name) {
                    branches.push(Branch { label: name, plan });
                }
            }
            return Some(());
        }
        let before = self.diagnostics.len();
        match self.table(table, environment) {
            Some(plan) => {
                let view = table
                    .as_name()
                    .filter(|name| !matches!(environment.find(&name.text), Some(Binding::Table(_))));
                let label = match (view, ending(table)) {
                    (Some(name), _) | (None, Some(name)) => name.text.clone(),
                    (None, None) => label_of(&plan, index),
                };
                branches.push(Branch { label, plan });
                Some(())
            }
            None if fuzzy => {
                self.diagnostics.truncate(before);
                Some(())
            }
            None => None,
        }
    }

    fn union_of(&mut self, branches: Vec<Branch>, inner: bool, source: Option<String>) -> Plan {
        let mut wanted: Vec<(String, Type)> = Vec::new();
        for branch in &branches {
            for column in &branch.plan.columns {
                let key = (column.name.clone(), column.ty);
                let everywhere = || {
                    branches.iter().all(|b| b.plan.columns.iter().any(|c| c.name == key.0 && c.ty == key.1))
                };
                if !wanted.contains(&key) && (!inner || everywhere()) {
                    // Columns of one name stand together, where the name first appeared.
                    let after = wanted.iter().rposition(|(name, _)| *name == key.0);
                    wanted.insert(after.map_or(wanted.len(), |at| at + 1), key);
                }
            }
        }
        let names = union_names(&wanted);
        let mut columns: Vec<PlanColumn> = Vec::new();
        if let Some(name) = &source {
            columns.push(self.column(name.clone(), Type::String));
        }
        for (name, (_, ty)) in names.iter().zip(&wanted) {
            columns.push(self.column(name.clone(), *ty));
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
fn union_names(wanted: &[(String, Type)]) -> Vec<String> {
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
