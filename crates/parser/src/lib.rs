//! KQL text to a syntax tree with byte spans, and back.
//!
//! In: any text. Out: [`ast::Query`], complete even when the text is broken, and the [`Diagnostic`]s that say
//! where it is. No schema is known here: names are names, and what they mean is the planner's question.

pub mod ast;
mod diagnostic;
mod operators;
mod span;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use span::Span;
