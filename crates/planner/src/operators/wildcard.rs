//! Lists of names and patterns (`a, tmp*`) as the columns of an input.

use crate::binder::{Binder, visible};
use crate::plan::PlanColumn;
use crate::suggest::nearest;
use calypso_parser::ast::{self, ExprKind};

/// Whether a name fits a pattern in which `*` stands for any text.
pub fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

impl Binder<'_> {
    /// The columns that a name or pattern stands for, in the order of the input.
    pub fn matching(&mut self, e: &ast::Expr, columns: &[PlanColumn]) -> Option<Vec<PlanColumn>> {
        match &e.kind {
            ExprKind::Name(name) => match visible(columns).find(|column| column.name == name.text) {
                Some(column) => Some(vec![column.clone()]),
                None => {
                    let message = format!("the name `{}` does not refer to any known column", name.text);
                    let near = nearest(&name.text, visible(columns).map(|column| column.name.as_str()));
                    match near.map(str::to_owned) {
                        Some(near) => self.error_with_help(
                            "KS142",
                            name.span,
                            message,
                            format!("did you mean `{near}`?"),
                        ),
                        None => self.error_with_help("KS142", name.span, message, listing(columns)),
                    }
                }
            },
            ExprKind::Wildcard(pattern) => {
                Some(visible(columns).filter(|column| fits(&pattern.text, &column.name)).cloned().collect())
            }
            ExprKind::Star => Some(visible(columns).cloned().collect()),
            ExprKind::Missing => None,
            _ => self.error("KS109", e.span, "expected the name of a column, or a pattern"),
        }
    }
}

/// The first columns by name.
fn listing(columns: &[PlanColumn]) -> String {
    let mut names: Vec<&str> = visible(columns).take(8).map(|column| column.name.as_str()).collect();
    if visible(columns).count() > 8 {
        names.push("…");
    }
    format!("the columns here are {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns() {
        assert!(
            fits("a*", "abc")
                && fits("*c", "abc")
                && fits("a*c", "abc")
                && fits("*", "abc")
                && fits("abc", "abc")
        );
        assert!(!fits("a*d", "abc") && !fits("b*", "abc") && !fits("abcd*", "abc") && !fits("ab", "abc"));
        assert!(fits("*b*b*", "abcb") && !fits("*b*b*b", "abcb") && !fits("ab*b", "ab"));
    }
}
