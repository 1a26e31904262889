//! KQL text to a syntax tree with byte spans, and back.
//!
//! In: any text. Out: [`ast::Query`], complete even when the text is broken, and the [`Diagnostic`]s that say
//! where it is. No schema is known here: names are names, and what they mean is the planner's question.
//!
//! The way of a text: `lexer` makes tokens and pairs brackets; `statements`, `pipeline`, `operators` (a file for
//! each) and `expression` are the grammar, over the small parsers of `grammar`; `print` is the way back.

pub mod ast;
pub mod codes;
pub mod command;
mod diagnostic;
mod expression;
mod grammar;
mod habits;
mod keywords;
mod lexer;
mod operators;
mod pipeline;
mod print;
mod span;
mod statements;
mod token;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use print::{print, print_expression, print_name};
pub use span::Span;
pub use token::{Token, TokenClass, tokens};

/// A text as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The tree, complete even when there are errors: what is missing is [`ast::ExprKind::Missing`], an empty
    /// name, or left out.
    pub query: ast::Query,
    /// What was wrong, in the order of the text. The tree may be trusted when none is an error.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// Whether there are no errors.
    pub fn is_ok(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// The longest text that is read, in bytes: places are 32 bits wide.
pub const MAX_TEXT: usize = 256 * 1024 * 1024;

/// Reads a text. Never fails and never panics; time is linear in its length.
pub fn parse(text: &str) -> Parsed {
    if text.len() > MAX_TEXT {
        let found = Diagnostic::error(Span::default(), "the query is longer than 256 MiB")
            .with_code("KS244")
            .with_help("keep long lists of values in a table or a file");
        return Parsed { query: ast::Query::default(), diagnostics: vec![found] };
    }
    let cx = grammar::Cx::new(text, lexer::lex(text));
    let query = statements::query(cx.input());
    Parsed { query, diagnostics: cx.into_diagnostics() }
}

/// The text between the parentheses of `dynamic(…)`, as a tree.
///
/// The error is the first thing wrong with it, its span within `text`.
pub fn dynamic_literal(text: &str) -> Result<ast::DynamicValue, Diagnostic> {
    let cx = grammar::Cx::new(text, lexer::lex(text));
    let input = cx.input();
    let read = expression::dynamic_value(input);
    match &read {
        Ok((rest, _)) if !rest.is_done() => rest.expected("KS005", "the end of the value"),
        Ok(_) => {}
        Err(_) => input.expected("KS006", "a value"),
    }
    let value = read.map_or(ast::DynamicValue::Null, |(_, value)| value);
    match cx.into_diagnostics().into_iter().next() {
        Some(found) => Err(found),
        None => Ok(value),
    }
}
