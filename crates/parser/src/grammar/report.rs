//! How findings are worded.

use super::In;
use crate::keywords::Word;
use crate::token::Kind;
use crate::{Diagnostic, Span};

impl<'a> In<'a> {
    /// Says that something belongs here. Silent when that was already said of this token or a later one, so that
    /// one mistake is one message.
    pub(crate) fn expected(&self, code: &'static str, what: &str) {
        if !self.claim() {
            return;
        }
        let (span, found) = self.found();
        let mut diagnostic =
            Diagnostic::error(span, format!("expected {what}, found {found}")).with_code(code);
        if let Some(help) = self.help(what) {
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
        fresh
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
        if let Some(help) = foreign_habit(text, self.nth_text(1), lexeme.kind) {
            return Some(help.to_string());
        }
        match lexeme.kind {
            Kind::Word(Word::Hard | Word::Declared) if wants_name(wanted) => {
                Some(format!("`{text}` is a word of the language; as a name, write ['{text}']"))
            }
            Kind::End => Some(format!("add {}", wanted.split(':').next().unwrap_or(wanted))),
            Kind::Comma if wants_name(wanted) => {
                Some("remove the comma, or say what stands before it".to_string())
            }
            Kind::Bar | Kind::Semicolon | Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace => {
                Some(format!("add {wanted} before `{text}`"))
            }
            Kind::RawGuid => Some(format!("write guid({text})")),
            _ => {
                let shown: String = text.chars().take(40).collect();
                let what = wanted.split(':').next().unwrap_or(wanted);
                Some(if wanted.ends_with(" ends") {
                    format!("put `,` or an operator before `{shown}`, or `|` before the next step")
                } else {
                    format!("put {what} here, or remove `{shown}`")
                })
            }
        }
    }
}

fn wants_name(wanted: &str) -> bool {
    !wanted.starts_with('`')
}

/// What writers of other query languages mean.
fn foreign_habit(text: &str, next: &str, kind: Kind) -> Option<&'static str> {
    Some(match text.to_ascii_lowercase().as_str() {
        "and" if text != "and" => "write `and` in lower case",
        "or" if text != "or" => "write `or` in lower case",
        "in" if text != "in" => "write `in` in lower case",
        "between" if text != "between" => "write `between (low .. high)` in lower case",
        "by" if text != "by" => "write `by` in lower case",
        "like" if text != "like" => "use `contains`, `startswith`, `endswith` or `matches regex`",
        "not" => "write `not(…)`, or a negated operator such as `!=`, `!in`, `!has`",
        "is" => "use `isnull(…)`, `isempty(…)`, or their negations `isnotnull(…)`, `isnotempty(…)`",
        "null" => "use `isnull(…)`; a null of a type is `long(null)`",
        "group" => "groups are named in `summarize … by …`",
        "having" => "filter after `summarize` with `| where …`",
        "case" => "`case(condition, value, …, otherwise)` is a function",
        "as" => "a column is named before its value: `name = value`",
        _ if kind == Kind::Assign => "compare with `==`; `=` gives a name",
        _ if kind == Kind::Question => "use `iff(condition, yes, no)`",
        _ if kind == Kind::Bar && next == "|" => "write `or`",
        _ if kind == Kind::Minus && next == "-" => "a comment begins with `//`",
        _ => return None,
    })
}
