//! `search`: rows in which a text occurs, of many tables. `search [kind=case_sensitive] [in (A, B*)] "text" and k:"x"`

use super::parameters::{parameter, parameter_text};
use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::{Node, Plan};
use crate::search_terms::condition;
use crate::sources::{Branch, Reading, columns_of};
use calypso_parser::ast::{self, Search, Where};

/// The column that says which table a row comes from.
const SOURCE: &str = "$table";

impl Binder<'_> {
    /// `$table`, then the columns of all tables as `union` gives them.
    pub fn search(
        &mut self,
        operator: &Search,
        piped: Option<Plan>,
        environment: &Environment,
    ) -> Option<Plan> {
        let sensitive = match parameter(&operator.parameters, &["kind"]) {
            None => false,
            Some(given) => match parameter_text(given) {
                "case_sensitive" => true,
                "default" | "case_insensitive" => false,
                _ => {
                    return self.wrong_parameter(given, &["default", "case_insensitive", "case_sensitive"]);
                }
            },
        };
        let branches = match piped {
            Some(plan) if operator.tables.is_empty() => vec![self.piped_branch(plan)],
            Some(_) => {
                let message = "`search in (…)` takes no rows";
                return self.error_with_help("KS175", operator.span, message, "leave out one of both");
            }
            None if operator.tables.is_empty() => self.every_branch(environment)?,
            None => {
                let reading = Reading { environment, first: 0, fuzzy: self.switched_on("best_effort") };
                self.branches(&operator.tables, reading)?
            }
        };
        if branches.is_empty() {
            return self.error("KS142", operator.span, "there is no table to search");
        }
        let wanted = columns_of(&branches);
        let predicate = condition(&operator.predicate, sensitive);
        let (found, _) = self.filtered_branches(branches, &predicate, environment)?;
        // What a search before it found keeps its source.
        let source = wanted.iter().all(|(name, _)| name != SOURCE).then_some(SOURCE);
        Some(self.rows_of(found, &wanted, source))
    }

    /// The rows of each branch that fulfil a predicate, and whether the predicate has a meaning there. A column that
    /// only other branches have is null. Where the predicate does not fit the types of a branch, none of its rows does;
    /// it must fit one.
    pub fn filtered_branches(
        &mut self,
        branches: Vec<Branch>,
        predicate: &ast::Expr,
        environment: &Environment,
    ) -> Option<(Vec<Branch>, Vec<bool>)> {
        let everywhere = columns_of(&branches);
        let before = self.diagnostics.len();
        let mut first_findings: Option<Vec<_>> = None;
        let mut fits = Vec::new();
        let mut found = Vec::new();
        for branch in branches {
            let here = environment.with_absent(&everywhere);
            let columns = branch.plan.columns.clone();
            let condition =
                Where { parameters: Vec::new(), predicate: predicate.clone(), span: predicate.span };
            let kept = self.where_operator(branch.plan, &condition, &here);
            fits.push(kept.is_some());
            let findings = self.diagnostics.split_off(before);
            let plan = match kept {
                Some(plan) => {
                    self.diagnostics.extend(findings);
                    plan
                }
                None => {
                    first_findings = first_findings.or(Some(findings));
                    Plan { node: Node::Values { rows: Vec::new() }, columns }
                }
            };
            found.push(Branch { label: branch.label, plan });
        }
        if fits.contains(&true) {
            return Some((found, fits));
        }
        self.diagnostics.extend(first_findings.unwrap_or_default());
        None
    }
}
