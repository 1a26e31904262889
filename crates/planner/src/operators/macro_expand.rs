//! `macro-expand`: a subquery for each member of an entity group. `macro-expand entity_group [A, B] as x (x | count)`

use super::union::is_fuzzy;
use crate::binder::Binder;
use crate::entity::Entity;
use crate::environment::{Binding, Environment};
use crate::plan::Plan;
use crate::sources::Branch;
use calypso_parser::ast::{self, ExprKind, MacroExpand, Statement};
use std::rc::Rc;

impl Binder<'_> {
    /// The rows of the subquery for each member, put together as by `union`. Members are the database or its tables.
    pub fn macro_expand(&mut self, operator: &MacroExpand, environment: &Environment) -> Option<Plan> {
        let inner = self.kind_is_inner(&operator.parameters)?;
        let fuzzy = is_fuzzy(&operator.parameters) || self.switched_on("best_effort");
        let members = match &operator.group.kind {
            ExprKind::EntityGroup(members) => members.clone(),
            ExprKind::Name(name) => match self.groups.get(&name.text) {
                Some(members) => members.clone(),
                None => {
                    return self.error_with_help(
                        "KS142",
                        name.span,
                        format!("the name `{}` does not refer to any entity group", name.text),
                        format!("write `let {} = entity_group [database()];` before", name.text),
                    );
                }
            },
            _ => return self.error("KS142", operator.group.span, "expected an entity group"),
        };
        let mut branches = Vec::new();
        for member in &members {
            let before = self.diagnostics.len();
            match self.for_member(operator, member, environment) {
                Some(plan) => branches.push(Branch { label: String::new(), plan }),
                None if fuzzy => self.diagnostics.truncate(before),
                None => return None,
            }
        }
        if branches.is_empty() {
            return self.error("KS142", operator.span, "no member of the entity group is here");
        }
        Some(self.union_of(branches, inner, None))
    }

    /// The subquery for one member.
    fn for_member(
        &mut self,
        operator: &MacroExpand,
        member: &ast::Expr,
        environment: &Environment,
    ) -> Option<Plan> {
        match self.entity(member) {
            Some(entity) => match entity? {
                Entity::Database => {
                    self.scopes.push(operator.alias.text.clone());
                    let rows = self.statements_rows(operator, environment.clone());
                    self.scopes.pop();
                    rows
                }
                entity @ (Entity::Table(_) | Entity::Call(_) | Entity::Pattern(_)) => {
                    let rows = self.entity_rows(entity, member, environment)?;
                    self.over(operator, rows, environment)
                }
            },
            None => {
                let rows = self.table(member, environment)?;
                self.over(operator, rows, environment)
            }
        }
    }

    fn over(&mut self, operator: &MacroExpand, rows: Plan, environment: &Environment) -> Option<Plan> {
        let named = environment.with(operator.alias.text.clone(), Binding::Table(Rc::new(rows)));
        self.statements_rows(operator, named)
    }

    /// The rows of the last of the statements.
    fn statements_rows(&mut self, operator: &MacroExpand, mut environment: Environment) -> Option<Plan> {
        let Some((Statement::Tabular(last), before)) = operator.body.split_last() else {
            return self.error("KS006", operator.span, "`macro-expand` needs a subquery that gives rows");
        };
        for statement in before {
            self.other_statement(statement, &mut environment)?;
        }
        self.pipeline(last, &environment, None)
    }
}
