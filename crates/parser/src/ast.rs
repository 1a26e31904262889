//! The syntax tree of a query: what was said, with the place of each part, and nothing of what it means.
//!
//! Expressions are in `expression.rs`, literals in `literal.rs`, statements in `statement.rs`, pipelines and
//! the parts operators share in `pipeline.rs`; each query operator is in its own file under `operators/`,
//! beside its grammar. Equality ignores spans. Parentheses are not kept: the shape of the tree says what they
//! said. A name may have been bracketed (`['a b']`): the tree holds the name itself.

mod expression;
mod literal;
mod pipeline;
mod statement;

pub use crate::operators::*;
pub use crate::span::Span;
pub use expression::*;
pub use literal::*;
pub use pipeline::*;
pub use statement::*;

/// An identifier: a table, column, function, parameter name. `$left` keeps its dollar sign.
///
/// An empty text stands for a name that was missing; a diagnostic was given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Name {
    /// The name without brackets and quotes.
    pub text: String,
    /// Where, brackets included.
    pub span: Span,
}

impl Name {
    /// A name at a place.
    pub fn new(text: impl Into<String>, span: Span) -> Name {
        Name { text: text.into(), span }
    }
}
