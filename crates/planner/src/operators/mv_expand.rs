//! `mv-expand`: a row of each item of arrays. `T | mv-expand [kind=array] [with_itemindex=i] x to typeof(long)`

use super::parameters::{parameter, parameter_text};
use crate::binder::{Binder, Scope, hidden_name};
use crate::environment::Environment;
use crate::expression::type_of;
use crate::names::expression_name;
use crate::plan::{Expansion, Node, Plan, PlanColumn};
use calypso_library::Type;
use calypso_parser::ast::{ExpandedColumn, MvExpand, OperatorParameter, Span, Target};

/// Most rows of one input row when the query does not say.
pub const DEFAULT_LIMIT: u64 = 2_147_483_647;
/// The same of the old form `mvexpand`.
const OBSOLETE_LIMIT: u64 = 128;

/// A plan with the expansion, and what its new columns are called.
pub struct Expanded {
    /// Columns: the input's, the items under hidden names, then the index when asked for.
    pub plan: Plan,
    /// The items: the name each is to have, and its column.
    pub items: Vec<(String, PlanColumn)>,
    /// The index of the item.
    pub index: Option<(String, PlanColumn)>,
}

impl Binder<'_> {
    /// Items stand in the place of a column of their name, else at the end; the index is always last.
    pub fn mv_expand(&mut self, plan: Plan, operator: &MvExpand, environment: &Environment) -> Option<Plan> {
        let input = plan.columns.clone();
        let limit = match &operator.limit {
            Some(e) => self.row_count(e, environment)?,
            None if operator.obsolete => OBSOLETE_LIMIT,
            None => DEFAULT_LIMIT,
        };
        let expanded = self.expanded(plan, &operator.columns, &operator.parameters, limit, environment)?;
        let mut items = expanded.items;
        let mut columns = Vec::new();
        for column in &input {
            match items.iter().position(|(name, _)| *name == column.name) {
                Some(at) => {
                    let (name, item) = items.remove(at);
                    columns.push((self.column(name, item.ty), item.expr()));
                }
                None => columns.push((column.clone(), column.expr())),
            }
        }
        for (name, item) in items {
            columns.push((self.column(name, item.ty), item.expr()));
        }
        if let Some((name, index)) = expanded.index {
            let free = free_name(&name, columns.iter().map(|(column, _)| column.name.as_str()));
            columns.push((self.column(free, index.ty), index.expr()));
        }
        Some(self.project(expanded.plan, columns))
    }

    /// The expansion alone, shared with `mv-apply`.
    pub fn expanded(
        &mut self,
        plan: Plan,
        columns: &[ExpandedColumn],
        parameters: &[OperatorParameter],
        limit: u64,
        environment: &Environment,
    ) -> Option<Expanded> {
        let bags_as_arrays = match parameter(parameters, &["kind", "bagexpansion"]) {
            None => false,
            Some(given) => match parameter_text(given) {
                "array" => true,
                "bag" => false,
                _ => return self.wrong_parameter(given, &["bag", "array"]),
            },
        };
        let input = plan.columns.clone();
        let scope = Scope::rows(environment, &input);
        let mut expansions = Vec::new();
        let mut items = Vec::new();
        for column in columns {
            let (name, expansion) = self.expansion(column, scope)?;
            items.push((name, self.column(hidden_name("item"), expansion.to)));
            expansions.push(expansion);
        }
        let index = parameter(parameters, &["with_itemindex"])
            .map(|given| (parameter_text(given).to_owned(), self.column(hidden_name("index"), Type::Long)));
        let plan = self.with_windows(plan);
        let mut output = plan.columns.clone();
        output.extend(items.iter().map(|(_, column)| column.clone()));
        output.extend(index.iter().map(|(_, column)| column.clone()));
        let node = Node::MvExpand {
            input: Box::new(plan),
            expansions,
            item_index: index.is_some(),
            bags_as_arrays,
            limit,
        };
        Some(Expanded { plan: Plan { node, columns: output }, items, index })
    }

    fn expansion(&mut self, column: &ExpandedColumn, scope: Scope) -> Option<(String, Expansion)> {
        let source = self.expression(&column.value.value, scope)?;
        if source.ty() != Type::Dynamic {
            return self.error_with_help(
                "KS116",
                column.value.value.span,
                format!("found a {}, expected a dynamic array or bag", source.ty()),
                "a text that holds JSON is read by `parse_json(…)` first",
            );
        }
        let name = match &column.value.target {
            Target::Name(name) => name.text.clone(),
            Target::Tuple(_) | Target::None => {
                expression_name(&column.value.value, scope).unwrap_or_else(|| "Column1".to_owned())
            }
        };
        let to = match &column.to_type {
            None => Type::Dynamic,
            Some(declared) => match declared.scalar() {
                Some(ty) => type_of(ty),
                None => return self.unknown_type(&declared.text, declared.span),
            },
        };
        Some((name, Expansion { source, to }))
    }

    /// Reports a type that is none.
    pub fn unknown_type<T>(&mut self, text: &str, span: Span) -> Option<T> {
        self.error("KS141", span, format!("`{text}` is no scalar type"))
    }
}

/// The name, with a number at its end when taken.
pub fn free_name<'n>(name: &str, taken: impl Iterator<Item = &'n str>) -> String {
    let taken: Vec<&str> = taken.collect();
    if !taken.contains(&name) {
        return name.to_owned();
    }
    (1..)
        .map(|number| format!("{name}{number}"))
        .find(|candidate| !taken.contains(&candidate.as_str()))
        .unwrap_or_else(|| name.to_owned())
}
