//! The names of columns that the query leaves unnamed: the rule for single expressions, and the rule against clashes.

use crate::binder::{Scope, visible};
use crate::environment::Binding;
use calypso_library::function::ResultName;
use calypso_library::{aggregates, functions};
use calypso_parser::ast::{self, ExprKind, NamedExpr, ScalarType, Step, Target, UnaryOp};
use std::collections::HashSet;

/// How a column came by its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ColumnName {
    /// `n = …`
    Given(String),
    /// Made from the expression: a bare column's own name, `tostring(x)`, `count_`.
    Made(String),
    /// None can be made: `Column1`, `Column2`, …
    Anonymous,
}

/// The name of an item of a list of columns.
pub fn item_name(item: &NamedExpr, scope: Scope) -> ColumnName {
    match &item.target {
        Target::Name(name) => ColumnName::Given(name.text.clone()),
        Target::Tuple(names) if names.len() == 1 => ColumnName::Given(names[0].text.clone()),
        Target::Tuple(_) | Target::None => {
            expression_name(&item.value, scope).map_or(ColumnName::Anonymous, ColumnName::Made)
        }
    }
}

/// The name an expression makes, when it makes one.
pub fn expression_name(e: &ast::Expr, scope: Scope) -> Option<String> {
    match &e.kind {
        ExprKind::Name(name) => Some(name.text.clone()),
        ExprKind::Path(base, steps) => path_name(base, steps, scope),
        ExprKind::Call(call) => call_name(call, scope),
        _ => None,
    }
}

fn path_name(base: &ast::Expr, steps: &[Step], scope: Scope) -> Option<String> {
    let mut parts = match base.as_name() {
        Some(name) if name.text == "$left" || name.text == "$right" => Vec::new(),
        _ => vec![expression_name(base, scope)?],
    };
    for step in steps {
        match step {
            Step::Field(name) => parts.push(name.text.clone()),
            Step::Index(index) => parts.push(index_name(index)?),
            Step::Wildcard(_) | Step::Call(_) => return None,
        }
    }
    Some(parts.join("_"))
}

fn index_name(index: &ast::Expr) -> Option<String> {
    match &index.kind {
        ExprKind::Literal(literal) => Some(literal.text.clone()),
        ExprKind::Unary(UnaryOp::Minus, operand) => Some(format!("_{}", operand.as_literal()?.text)),
        _ => None,
    }
}

fn call_name(call: &ast::Call, scope: Scope) -> Option<String> {
    let name = call.name.text.as_str();
    if matches!(scope.environment.find(name), Some(Binding::Function(_))) {
        return None;
    }
    let rule = match (functions::find(name), aggregates::find(name)) {
        (_, Some(aggregate)) if scope.level == crate::binder::Level::Group => aggregate.result_name,
        (Some(function), _) => function.result_name,
        (None, Some(aggregate)) => aggregate.result_name,
        (None, None) => return None,
    };
    let inner = Scope { level: crate::binder::Level::Row, ..scope };
    let first = call.arguments.first().and_then(|argument| expression_name(&argument.value, inner));
    match rule {
        ResultName::None => None,
        ResultName::FirstArgument => {
            let passed = call.arguments.first()?;
            expression_name(&passed.value, scope)
        }
        ResultName::Prefix(prefix) => Some(format!("{prefix}_{}", first.unwrap_or_default())),
        ResultName::Suffix(suffix) => {
            Some(format!("{}_{suffix}", first.unwrap_or_else(|| "array0".to_owned())))
        }
        ResultName::All(prefix) => {
            let predicate = aggregates::find(name).and_then(|aggregate| aggregate.predicate);
            let kept = call.arguments.iter().enumerate().filter(|(index, _)| Some(*index) != predicate);
            let mut parts = vec![prefix.to_owned()];
            for (_, argument) in kept {
                parts.push(argument_text(&argument.value, inner)?);
            }
            Some(parts.join("_"))
        }
        ResultName::Ends(prefix) => {
            let last = argument_text(&call.arguments.last()?.value, inner)?;
            Some(format!("{prefix}_{}_{last}", first.unwrap_or_default()))
        }
    }
}

/// A name, or a number with its point as `_`.
fn argument_text(e: &ast::Expr, scope: Scope) -> Option<String> {
    match &e.kind {
        ExprKind::Literal(literal) if literal.kind != ScalarType::String => {
            Some(literal.text.replace('.', "_"))
        }
        _ => expression_name(e, scope),
    }
}

/// Gives each column of a list its name. A clash is settled by a number at the end; names spelled in the list are not
/// taken by such a number.
pub struct Namer {
    taken: HashSet<String>,
    spelled: HashSet<String>,
    /// `ColumnN` of the input, which no number may take.
    avoided: HashSet<String>,
    anonymous: usize,
}

impl Namer {
    /// For a list in which these names are spelled.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n ColumnName>) -> Namer {
        let spelled = names
            .into_iter()
            .filter_map(|name| match name {
                ColumnName::Given(text) => Some(text.clone()),
                ColumnName::Made(_) | ColumnName::Anonymous => None,
            })
            .collect();
        Namer { taken: HashSet::new(), spelled, avoided: HashSet::new(), anonymous: 0 }
    }

    /// Columns of the input that keep their place: `ColumnN` skips their names.
    pub fn avoiding(mut self, scope: Scope) -> Namer {
        self.avoided.extend(
            visible(scope.columns).map(|column| column.name.clone()).filter(|name| {
                name.strip_prefix("Column").is_some_and(|digits| digits.parse::<u32>().is_ok())
            }),
        );
        self
    }

    /// Numbers begin at `Column2`.
    pub fn past_first(&mut self) {
        self.anonymous = self.anonymous.max(1);
    }

    /// The name of the next column.
    pub fn name(&mut self, name: &ColumnName) -> String {
        let chosen = match name {
            ColumnName::Given(text) | ColumnName::Made(text) => self.free(text),
            ColumnName::Anonymous => loop {
                self.anonymous += 1;
                let candidate = format!("Column{}", self.anonymous);
                if !self.taken.contains(&candidate) && !self.avoided.contains(&candidate) {
                    break candidate;
                }
            },
        };
        self.taken.insert(chosen.clone());
        chosen
    }

    fn free(&self, text: &str) -> String {
        if !self.taken.contains(text) {
            return text.to_owned();
        }
        (1..)
            .map(|number| format!("{text}{number}"))
            .find(|candidate| !self.taken.contains(candidate) && !self.spelled.contains(candidate))
            .unwrap_or_else(|| text.to_owned())
    }
}
