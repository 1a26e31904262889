//! `find`: rows that fulfil a condition, of many tables. `find [withsource=s] [in (A, B*)] where x == 1 [project a, pack_all()]`

use super::parameters::{parameter, parameter_text};
use crate::binder::{Binder, visible};
use crate::environment::Environment;
use crate::expression::type_of;
use crate::mentioned::mentioned;
use crate::plan::{Expr, Plan, PlanColumn};
use crate::search_terms::{condition, reads_all};
use crate::sources::{Branch, Reading, add};
use calypso_library::{Type, Value};
use calypso_parser::ast::{ColumnDeclaration, Find, FindColumns, Span};

/// The column that says which table a row comes from.
const SOURCE: &str = "source_";
/// The column of the bag of what has no column of its own.
const PACKED: &str = "pack_";

/// A column of the answer.
struct Shown {
    /// The column of the tables.
    from: String,
    /// What it is converted to; none: each of its types is a column.
    to: Option<Type>,
}

impl Binder<'_> {
    /// The source, the columns chosen, and the others as a bag. Tables without any column that the condition reads take
    /// no part.
    pub fn find(&mut self, operator: &Find, piped: Option<Plan>, environment: &Environment) -> Option<Plan> {
        let branches = match piped {
            Some(plan) if operator.tables.is_empty() => vec![self.piped_branch(plan)],
            Some(_) => {
                let message = "`find in (…)` takes no rows";
                return self.error_with_help("KS175", operator.span, message, "leave out one of both");
            }
            None if operator.tables.is_empty() => self.every_branch(environment)?,
            None => {
                let reading = Reading { environment, first: 0, fuzzy: self.switched_on("best_effort") };
                self.branches(&operator.tables, reading)?
            }
        };
        if branches.is_empty() {
            return self.error("KS142", operator.span, "there is no table to find rows in");
        }
        let everywhere: Vec<PlanColumn> =
            branches.iter().flat_map(|branch| visible(&branch.plan.columns)).cloned().collect();
        let named = mentioned(&operator.predicate).names;
        let read: Vec<&str> =
            named.into_iter().filter(|name| everywhere.iter().any(|column| column.name == *name)).collect();
        let reads_all = reads_all(&operator.predicate) || read.is_empty();
        let takes_part = |branch: &Branch| reads_all || read.iter().any(|name| has(branch, name));
        let branches: Vec<Branch> = branches.into_iter().filter(takes_part).collect();
        let predicate = condition(&operator.predicate, false);
        let (branches, fits) = self.filtered_branches(branches, &predicate, environment)?;
        let (shown, pack) = match &operator.columns {
            None | Some(FindColumns::Smart) => smart(&branches, &read),
            Some(FindColumns::Listed { all: true, .. }) => {
                let message = "`*` does not say which columns";
                return self.error_with_help(
                    "KS109",
                    operator.span,
                    message,
                    "name them, or end with `pack_all()`",
                );
            }
            Some(FindColumns::Listed { columns, pack, all: false }) => {
                (self.projected_columns(columns, &branches, &fits, &everywhere)?, *pack)
            }
        };
        let source = parameter(&operator.parameters, &["withsource"]).map_or(SOURCE, parameter_text);
        self.found(branches, &shown, pack, source, operator.span)
    }

    /// The columns of `project`: each with the type given, or the only one it has.
    fn projected_columns(
        &mut self,
        columns: &[ColumnDeclaration],
        branches: &[Branch],
        fits: &[bool],
        everywhere: &[PlanColumn],
    ) -> Option<Vec<Shown>> {
        let mut shown = Vec::new();
        for column in columns {
            let name = &column.name.text;
            let types = types_of(branches, name);
            let known = types
                .first()
                .copied()
                .or_else(|| everywhere.iter().find(|column| column.name == *name).map(|column| column.ty));
            let Some(known) = known else {
                let message = format!("the name `{name}` does not refer to any known column");
                return self.error("KS142", column.name.span, message);
            };
            let to = match &column.type_name {
                Some(declared) => match declared.scalar().map(type_of) {
                    Some(ty) => ty,
                    None => {
                        let message = format!("`{}` is no scalar type", declared.text);
                        return self.error("KS141", declared.span, message);
                    }
                },
                None if types.len() > 1 && fits.len() > 1 => {
                    let list = types.iter().map(|ty| ty.name()).collect::<Vec<_>>().join(", ");
                    return self.error_with_help(
                        "KS108",
                        column.span,
                        format!("the column `{name}` has several types: {list}"),
                        format!("say which one is wanted: `{name}:{}`", known.name()),
                    );
                }
                None => known,
            };
            shown.push(Shown { from: name.clone(), to: Some(to) });
        }
        Some(shown)
    }

    fn found(
        &mut self,
        branches: Vec<Branch>,
        shown: &[Shown],
        pack: bool,
        source: &str,
        span: Span,
    ) -> Option<Plan> {
        let mut wanted: Vec<(String, Type)> = Vec::new();
        for column in shown {
            let types = types_of(&branches, &column.from);
            match column.to {
                // A column of several types takes the one it is converted to into its name.
                Some(to) if types.len() > 1 => add(&mut wanted, (format!("{}_{to}", column.from), to)),
                Some(to) => add(&mut wanted, (column.from.clone(), to)),
                None => types.into_iter().for_each(|ty| add(&mut wanted, (column.from.clone(), ty))),
            }
        }
        let several: Vec<&str> = shown
            .iter()
            .filter(|column| column.to.is_some() && types_of(&branches, &column.from).len() > 1)
            .map(|column| column.from.as_str())
            .collect();
        let several: Vec<String> = several.into_iter().map(str::to_owned).collect();
        let mut projected = Vec::with_capacity(branches.len());
        for branch in branches {
            let mut columns: Vec<(PlanColumn, Expr)> = Vec::new();
            let mut rest = Vec::new();
            for column in visible(&branch.plan.columns).cloned().collect::<Vec<_>>() {
                let Some(place) = shown.iter().find(|shown| shown.from == column.name) else {
                    rest.push((Expr::Literal(Value::String(column.name.clone())), span));
                    rest.push((column.expr(), span));
                    continue;
                };
                let to = place.to.unwrap_or(column.ty);
                let name = if several.contains(&column.name) {
                    format!("{}_{to}", column.name)
                } else {
                    column.name.clone()
                };
                let value = self.convert(column.expr(), to, span)?;
                columns.push((self.column(name, to), value));
            }
            if pack {
                let bag = self.named_function("bag_pack", rest, span)?;
                columns.push((self.column(PACKED, Type::Dynamic), bag));
            }
            projected.push(Branch { label: branch.label, plan: self.project(branch.plan, columns) });
        }
        if pack {
            wanted.push((PACKED.to_owned(), Type::Dynamic));
        }
        Some(self.rows_of(projected, &wanted, Some(source)))
    }
}

/// `project-smart`: the columns that all tables have and those that the condition names; the others as a bag.
fn smart(branches: &[Branch], read: &[&str]) -> (Vec<Shown>, bool) {
    let first = branches.first().map(|branch| branch.plan.columns.as_slice()).unwrap_or_default();
    let mut names: Vec<&str> = visible(first)
        .map(|column| column.name.as_str())
        .filter(|name| branches.iter().all(|branch| has(branch, name)))
        .collect();
    for name in read {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let pack = branches
        .iter()
        .flat_map(|branch| visible(&branch.plan.columns))
        .any(|column| !names.contains(&column.name.as_str()));
    (names.into_iter().map(|name| Shown { from: name.to_owned(), to: None }).collect(), pack)
}

fn has(branch: &Branch, name: &str) -> bool {
    branch.plan.columns.iter().any(|column| column.name == name)
}

/// The types that a column has, each once.
fn types_of(branches: &[Branch], name: &str) -> Vec<Type> {
    let mut types = Vec::new();
    for column in branches.iter().flat_map(|branch| &branch.plan.columns) {
        if column.name == name && !types.contains(&column.ty) {
            types.push(column.ty);
        }
    }
    types
}
