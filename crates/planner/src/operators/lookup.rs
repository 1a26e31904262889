//! `lookup`: adds columns of a second table. `T | lookup kind=leftouter (U) on a`

use super::parameters::{parameter, parameter_text};
use crate::binder::Binder;
use crate::environment::Environment;
use crate::plan::{JoinKind, Plan};
use calypso_parser::ast::Lookup;

impl Binder<'_> {
    /// A join in which the right keys are left out.
    pub fn lookup(&mut self, left: Plan, operator: &Lookup, environment: &Environment) -> Option<Plan> {
        let kind = match parameter(&operator.parameters, &["kind"]) {
            None => JoinKind::LeftOuter,
            Some(given) => match parameter_text(given) {
                "leftouter" => JoinKind::LeftOuter,
                "inner" => JoinKind::Inner,
                _ => return self.wrong_parameter(given, &["leftouter", "inner"]),
            },
        };
        let right = self.table(&operator.right, environment)?;
        let keys = self.join_keys(&left, &right, &operator.condition, operator.span, environment)?;
        Some(self.joined(left, right, kind, keys.pairs, &keys.right_columns))
    }
}
