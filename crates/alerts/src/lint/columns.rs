//! The columns of an answer, as far as the last operators fix them without a schema.

use calypso_parser::ast::{Call, Expr, ExprKind, NamedExpr, Operator, Pipeline, Target};

/// What is known of the columns.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct Columns {
    /// Those that are there for certain.
    pub names: Vec<String>,
    /// Whether there are no others.
    pub complete: bool,
}

impl Columns {
    /// Whether a column is certainly not there.
    pub fn lacks(&self, name: &str) -> bool {
        self.complete && !self.names.iter().any(|known| known == name)
    }
}

/// The columns after the last operator.
pub fn columns(pipeline: &Pipeline) -> Columns {
    let mut columns = Columns::default();
    for operator in &pipeline.operators {
        columns = after(operator, columns);
    }
    columns
}

fn after(operator: &Operator, before: Columns) -> Columns {
    let keeps = matches!(
        operator,
        Operator::Where(_)
            | Operator::Sort(_)
            | Operator::Take(_)
            | Operator::Top(_)
            | Operator::As(_)
            | Operator::Render(_)
            | Operator::Serialize(_)
            | Operator::Sample(_)
            | Operator::ProjectReorder(_)
    );
    if keeps {
        return before;
    }
    if let Operator::Summarize(summarize) = operator
        && summarize.bin.is_none()
    {
        return named(summarize.by.iter().chain(&summarize.aggregates));
    }
    if let Operator::Project(project) = operator {
        return named(project.columns.iter());
    }
    if let Operator::Distinct(distinct) = operator {
        return named(distinct.columns.iter());
    }
    if let Operator::Count(count) = operator {
        let name = count.alias.as_ref().map_or("Count", |name| &name.text);
        return Columns { names: vec![name.to_owned()], complete: true };
    }
    if let Operator::Extend(extend) = operator {
        let more = named(extend.columns.iter());
        let complete = before.complete && more.complete;
        return Columns { names: [before.names, more.names].concat(), complete };
    }
    // Whatever else there is may add columns or take them away.
    Columns::default()
}

/// The names of expressions; not complete where one has a name that the language makes of its parts.
fn named<'a>(expressions: impl Iterator<Item = &'a NamedExpr>) -> Columns {
    let mut columns = Columns { names: Vec::new(), complete: true };
    for expression in expressions {
        columns.complete &= !gives_several(&expression.value);
        match (&expression.target, own_name(&expression.value)) {
            (Target::Name(name), _) => columns.names.push(name.text.clone()),
            (Target::Tuple(names), _) => columns.names.extend(names.iter().map(|name| name.text.clone())),
            (Target::None, Some(name)) => columns.names.push(name),
            (Target::None, None) => columns.complete = false,
        }
    }
    columns
}

/// Whether an aggregate gives columns beside the one that is named: `Last = arg_max(T, *)`.
fn gives_several(expression: &Expr) -> bool {
    let several =
        ["arg_max", "arg_min", "argmax", "argmin", "take_any", "any", "percentiles", "percentilesw"];
    matches!(&expression.kind, ExprKind::Call(call) if several.contains(&call.name.text.as_str()))
}

/// The name of a column that is itself, or is binned; of `count()`.
fn own_name(expression: &Expr) -> Option<String> {
    if let Some(name) = expression.as_name() {
        return Some(name.text.clone());
    }
    let ExprKind::Call(Call { name, arguments, .. }) = &expression.kind else { return None };
    match (name.text.as_str(), arguments.first()) {
        ("bin" | "floor", Some(first)) => first.value.as_name().map(|name| name.text.clone()),
        ("count", None) => Some("count_".to_owned()),
        _ => None,
    }
}
