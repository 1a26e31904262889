//! The names that an expression mentions, in the order in which they stand: what `find` needs to know of its predicate.

use calypso_parser::ast::{Expr, ExprKind, Step};

/// What a predicate reads.
#[derive(Default)]
pub struct Mentioned<'e> {
    /// Names outside subqueries, each once.
    pub names: Vec<&'e str>,
    /// Whether a `*` stands in it: every column is read.
    pub all: bool,
}

/// The names in an expression.
pub fn mentioned(e: &Expr) -> Mentioned<'_> {
    let mut found = Mentioned::default();
    collect(e, &mut found);
    found
}

fn collect<'e>(e: &'e Expr, found: &mut Mentioned<'e>) {
    match &e.kind {
        ExprKind::Name(name) => {
            if !found.names.contains(&name.text.as_str()) {
                found.names.push(&name.text);
            }
        }
        ExprKind::Star => found.all = true,
        ExprKind::Path(base, steps) => {
            collect(base, found);
            for step in steps {
                match step {
                    Step::Index(index) => collect(index, found),
                    Step::Call(call) => call.arguments.iter().for_each(|a| collect(&a.value, found)),
                    Step::Field(_) | Step::Wildcard(_) => {}
                }
            }
        }
        ExprKind::Call(call) => call.arguments.iter().for_each(|a| collect(&a.value, found)),
        ExprKind::Unary(_, operand) => collect(operand, found),
        ExprKind::Chain(first, rest) => {
            collect(first, found);
            rest.iter().for_each(|(_, term)| collect(term, found));
        }
        ExprKind::Compare(_, left, right) => {
            collect(left, found);
            collect(right, found);
        }
        ExprKind::Membership(_, value, items) => {
            collect(value, found);
            items.iter().for_each(|item| collect(item, found));
        }
        ExprKind::Between { value, low, high, .. } => {
            [value, low, high].into_iter().for_each(|part| collect(part, found));
        }
        ExprKind::Literal(_)
        | ExprKind::Wildcard(_)
        | ExprKind::TypeOf(_)
        | ExprKind::Pipeline(_)
        | ExprKind::EntityGroup(_)
        | ExprKind::Missing => {}
    }
}
