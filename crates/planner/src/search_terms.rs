//! Search terms as conditions: in the predicate of `search` and `find` a text alone is looked for in every column, and
//! `column:"text"` in one. In: the predicate as written. Out: the same as an ordinary condition.
//!
//! A `*` in a term chooses the comparison: `"term"` has, `"start*"` hasprefix, `"*end"` hassuffix, `"*part*"` contains, and
//! with one within, such as `"a*b"`, a regular expression between edges of words.

use calypso_library::function::ArgumentInfo;
use calypso_library::{Type, functions};
use calypso_parser::ast::{
    BinaryOp, Call, CompareOp, Expr, ExprKind, Literal, MembershipOp, NamedExpr, ScalarType, Span, TextOp,
    TextRelation,
};

/// The predicate as a condition over columns. With `sensitive`, case counts in every comparison of texts.
pub fn condition(e: &Expr, sensitive: bool) -> Expr {
    let span = e.span;
    match &e.kind {
        ExprKind::Literal(literal) if literal.kind == ScalarType::String => {
            found_in(Expr::new(ExprKind::Star, span), &literal.text, span, sensitive)
        }
        ExprKind::Star => literal(ScalarType::Bool, "true".to_owned(), span),
        ExprKind::Compare(CompareOp::Search, column, term) => match term.as_literal() {
            Some(text) if text.kind == ScalarType::String => {
                found_in((**column).clone(), &text.text, span, sensitive)
            }
            Some(_) | None => {
                Expr::new(ExprKind::Compare(CompareOp::Equal, column.clone(), term.clone()), span)
            }
        },
        ExprKind::Chain(first, rest) if matches!(rest.first(), Some((BinaryOp::And | BinaryOp::Or, _))) => {
            let rest = rest.iter().map(|(op, term)| (*op, condition(term, sensitive))).collect();
            Expr::new(ExprKind::Chain(Box::new(condition(first, sensitive)), rest), span)
        }
        ExprKind::Call(call) if negates(call) => {
            let arguments = call
                .arguments
                .iter()
                .map(|a| NamedExpr { value: condition(&a.value, sensitive), ..a.clone() })
                .collect();
            Expr::new(ExprKind::Call(Call { arguments, ..call.clone() }), span)
        }
        ExprKind::Compare(op, left, right) if sensitive => {
            Expr::new(ExprKind::Compare(with_case(*op), left.clone(), right.clone()), span)
        }
        ExprKind::Membership(op, value, items) if sensitive => {
            let op = match op {
                MembershipOp::InTilde => MembershipOp::In,
                MembershipOp::NotInTilde => MembershipOp::NotIn,
                MembershipOp::In | MembershipOp::NotIn | MembershipOp::HasAny | MembershipOp::HasAll => *op,
            };
            Expr::new(ExprKind::Membership(op, value.clone(), items.clone()), span)
        }
        ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Wildcard(_)
        | ExprKind::Path(..)
        | ExprKind::Call(_)
        | ExprKind::Unary(..)
        | ExprKind::Chain(..)
        | ExprKind::Compare(..)
        | ExprKind::Membership(..)
        | ExprKind::Between { .. }
        | ExprKind::TypeOf(_)
        | ExprKind::Pipeline(_)
        | ExprKind::EntityGroup(_)
        | ExprKind::Missing => e.clone(),
    }
}

/// Whether a term is looked for in all columns.
pub fn reads_all(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Literal(literal) => literal.kind == ScalarType::String,
        ExprKind::Star => true,
        ExprKind::Chain(first, rest) => {
            let logic = matches!(rest.first(), Some((BinaryOp::And | BinaryOp::Or, _)));
            logic && (reads_all(first) || rest.iter().any(|(_, term)| reads_all(term)))
        }
        ExprKind::Call(call) => negates(call) && call.arguments.iter().any(|a| reads_all(&a.value)),
        ExprKind::Compare(_, left, _) => matches!(left.kind, ExprKind::Star),
        ExprKind::Name(_)
        | ExprKind::Wildcard(_)
        | ExprKind::Path(..)
        | ExprKind::Unary(..)
        | ExprKind::Membership(..)
        | ExprKind::Between { .. }
        | ExprKind::TypeOf(_)
        | ExprKind::Pipeline(_)
        | ExprKind::EntityGroup(_)
        | ExprKind::Missing => false,
    }
}

/// Whether a call takes one bool and gives one, as `not` does: its argument is a condition, too.
fn negates(call: &Call) -> bool {
    let takes = |ty| vec![ArgumentInfo { ty, constant: None }];
    let chosen = functions::find(&call.name.text).and_then(|function| function.overload);
    chosen.is_some_and(|choose| {
        choose(&takes(Type::String)).is_none()
            && choose(&takes(Type::Bool)).is_some_and(|found| found.returns == Type::Bool)
    })
}

/// The comparison that a term asks for.
fn found_in(source: Expr, term: &str, span: Span, sensitive: bool) -> Expr {
    let inner = term.trim_matches('*');
    if inner.is_empty() && !term.is_empty() {
        return literal(ScalarType::Bool, "true".to_owned(), span);
    }
    let (relation, text) = match (term.starts_with('*'), term.ends_with('*')) {
        _ if inner.contains('*') => (TextRelation::MatchesRegex, expression(term, sensitive)),
        (false, false) => (TextRelation::Has, inner.to_owned()),
        (true, false) => (TextRelation::HasSuffix, inner.to_owned()),
        (false, true) => (TextRelation::HasPrefix, inner.to_owned()),
        (true, true) => (TextRelation::Contains, inner.to_owned()),
    };
    let case_sensitive = sensitive || relation == TextRelation::MatchesRegex;
    let op = CompareOp::Text(TextOp { relation, negated: false, case_sensitive });
    let needle = literal(ScalarType::String, text, span);
    Expr::new(ExprKind::Compare(op, Box::new(source), Box::new(needle)), span)
}

/// A term with stars within as a regular expression; where no star stands, the edge of a word.
fn expression(term: &str, sensitive: bool) -> String {
    let mut text = String::from(if sensitive { "" } else { "(?i)" });
    text.push_str(if term.starts_with('*') { "" } else { r"\b" });
    for c in term.trim_matches('*').chars() {
        match c {
            '*' => text.push_str(".*"),
            c if c.is_ascii_punctuation() && c != '_' => text.extend(['\\', c]),
            c => text.push(c),
        }
    }
    text.push_str(if term.ends_with('*') { "" } else { r"\b" });
    text
}

/// The same comparison where case counts.
fn with_case(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::EqualTilde => CompareOp::Equal,
        CompareOp::NotEqualTilde => CompareOp::NotEqual,
        CompareOp::Text(text) => CompareOp::Text(TextOp { case_sensitive: true, ..text }),
        CompareOp::Equal
        | CompareOp::NotEqual
        | CompareOp::Less
        | CompareOp::LessOrEqual
        | CompareOp::Greater
        | CompareOp::GreaterOrEqual
        | CompareOp::Search => op,
    }
}

fn literal(kind: ScalarType, text: String, span: Span) -> Expr {
    Expr::new(ExprKind::Literal(Literal { kind, text, obfuscated: false }), span)
}
