//! `union`: the rows of several tables, matched by column name. `T | union kind=outer withsource=s A, (B), C*`

use super::parameters::{parameter, parameter_text};
use super::summarize::outer_columns;
use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::Plan;
use crate::sources::{Branch, Reading, columns_of};
use calypso_library::Type;
use calypso_parser::ast::{OperatorParameter, Union};

impl Binder<'_> {
    /// Columns in the order they first appear; one name with several types becomes several columns.
    pub fn union(&mut self, operator: &Union, left: Option<Plan>, environment: &Environment) -> Option<Plan> {
        if left.as_ref().is_some_and(|left| outer_columns(left).next().is_some()) {
            return self.unsupported(operator.span, "`union` within `mv-apply`");
        }
        let inner = self.kind_is_inner(&operator.parameters)?;
        let fuzzy = is_fuzzy(&operator.parameters) || self.switched_on("best_effort");
        let mut branches: Vec<Branch> = Vec::new();
        let first = usize::from(left.is_some());
        branches.extend(left.map(|plan| self.piped_branch(plan)));
        branches.extend(self.branches(&operator.tables, Reading { environment, first, fuzzy })?);
        if branches.is_empty() {
            return self.error("KS142", operator.span, "none of the tables exists");
        }
        let source = parameter(&operator.parameters, &["withsource", "with_source"]).map(parameter_text);
        Some(self.union_of(branches, inner, source))
    }

    /// Whether `kind=inner` is asked for.
    pub fn kind_is_inner(&mut self, parameters: &[OperatorParameter]) -> Option<bool> {
        match parameter(parameters, &["kind"]) {
            None => Some(false),
            Some(given) => match parameter_text(given) {
                "inner" => Some(true),
                "outer" => Some(false),
                _ => self.wrong_parameter(given, &["inner", "outer"]),
            },
        }
    }

    /// The rows of all branches: with all columns, or with those that all have.
    pub fn union_of(&mut self, branches: Vec<Branch>, inner: bool, source: Option<&str>) -> Plan {
        let mut wanted = columns_of(&branches);
        let everywhere = |(name, ty): &(String, Type)| {
            branches.iter().all(|b| b.plan.columns.iter().any(|c| c.name == *name && c.ty == *ty))
        };
        if inner {
            wanted.retain(everywhere);
        }
        self.rows_of(branches, &wanted, source)
    }
}

/// Whether tables that are not there are passed over.
pub fn is_fuzzy(parameters: &[OperatorParameter]) -> bool {
    parameter(parameters, &["isfuzzy"]).is_some_and(|given| matches!(parameter_text(given), "true" | "1"))
}
