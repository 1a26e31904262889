//! How findings are worded.

use super::In;
use crate::habits;
use crate::keywords::Word;
use crate::token::Kind;
use crate::{Diagnostic, Span};

impl<'a> In<'a> {
    /// Says that something belongs here. Silent when that was already said of this token or a later one, so that
    /// one mistake is one message.
    pub(crate) fn expected(&self, code: &'static str, what: &str) {
        self.expected_with(code, what, None);
    }

    /// The same with help of the caller's own.
    pub(crate) fn expected_with(&self, code: &'static str, what: &str, help: Option<String>) {
        if !self.claim() {
            return;
        }
        let (span, found) = self.found();
        let mut diagnostic =
            Diagnostic::error(span, format!("expected {what}, found {found}")).with_code(code);
        if let Some(help) = help.or_else(|| self.help(what)) {
            diagnostic = diagnostic.with_help(help);
        }
        self.cx.report(diagnostic);
    }

    /// Says that the token here does not belong: "found … where …", with what to do.
    pub(crate) fn unexpected(&self, code: &'static str, wanted: &str, help: Option<String>) {
        if !self.claim() {
            return;
        }
        let (span, found) = self.found();
        let mut diagnostic = Diagnostic::error(span, format!("found {found} where {wanted}")).with_code(code);
        if let Some(help) = help.or_else(|| self.help(wanted)) {
            diagnostic = diagnostic.with_help(help);
        }
        self.cx.report(diagnostic);
    }

    /// Reports what a parser has worded itself, once per token.
    pub(crate) fn complain(&self, diagnostic: Diagnostic) {
        if self.claim() {
            self.cx.report(diagnostic);
        }
    }

    /// Whether this token was not complained of yet; from now on it was.
    fn claim(&self) -> bool {
        let fresh = self.cx.reported.get() <= self.pos;
        if fresh {
            self.cx.reported.set(self.pos + 1);
        }
        fresh && !self.cx.stray_before(self.peek())
    }

    /// The place of the token here and its description.
    fn found(&self) -> (Span, String) {
        let lexeme = self.cx.lexemes[self.pos.min(self.end) as usize];
        if lexeme.kind == Kind::End {
            let gap = self.gap();
            return (
                gap,
                if self.cx.text.trim().is_empty() { "nothing" } else { "the end of the query" }.to_string(),
            );
        }
        let text = lexeme.span().text(self.cx.text);
        let shown: String = text.chars().take(40).collect();
        let dots = if shown.len() < text.len() { "…" } else { "" };
        (lexeme.span(), format!("`{}{dots}`", shown.replace('\n', " ")))
    }

    /// A way out, from what stands here.
    fn help(&self, wanted: &str) -> Option<String> {
        let lexeme = self.cx.lexemes[self.pos.min(self.end) as usize];
        let text = lexeme.span().text(self.cx.text);
        if let Some(help) = habits::meant(*self) {
            return Some(help);
        }
        // Of "`:` and a type: …" the part before the explanation.
        let what = wanted.split(": ").next().unwrap_or(wanted);
        match lexeme.kind {
            Kind::Word(Word::Hard | Word::Declared) if wants_name(wanted) => {
                Some(format!("`{text}` is a word of the language; as a name, write ['{text}']"))
            }
            Kind::End => Some(format!("add {what}")),
            Kind::Comma if wants_name(wanted) => {
                Some("remove the comma, or say what stands before it".to_string())
            }
            Kind::Bar | Kind::Semicolon | Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace => {
                Some(format!("add {wanted} before `{text}`"))
            }
            Kind::Name | Kind::Word(_) if what.starts_with("`by`") => {
                Some(format!("put `by` before `{text}`"))
            }
            Kind::OpenBracket if wants_value(what) => {
                Some("an array is written `dynamic([1, 2])`".to_string())
            }
            Kind::OpenBrace if wants_value(what) => {
                Some("a bag is written `dynamic({\"key\": 1})`".to_string())
            }
            Kind::RawGuid => Some(format!("write guid({text})")),
            _ => {
                let shown: String = text.chars().take(40).collect();
                Some(if wanted.ends_with(" ends") {
                    format!("put `,` or an operator before `{shown}`, or `|` before the next step")
                } else {
                    format!("put {what} here, or remove `{shown}`")
                })
            }
        }
    }
}

fn wants_value(wanted: &str) -> bool {
    matches!(wanted, "a value" | "an expression" | "an argument")
}

fn wants_name(wanted: &str) -> bool {
    !wanted.starts_with('`')
}
