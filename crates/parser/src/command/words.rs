//! The words of a command, one after the other, with their places in the whole text.

use super::{Property, schema_columns};
use crate::ast::{ColumnDeclaration, ExprKind, Name, Query, Source, Span, Statement};
use crate::{Diagnostic, Severity, Token, TokenClass, tokens};

/// Reads a command from left to right.
pub(super) struct Words<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    /// Where the command begins in the whole text.
    offset: u32,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str, offset: u32) -> Words<'t> {
        let mut tokens = tokens(text);
        tokens.retain(|token| token.class != TokenClass::Comment);
        Words { text, tokens, at: 0, offset }
    }

    fn nth(&self, ahead: usize) -> &'t str {
        self.tokens.get(self.at + ahead).map_or("", |token| token.span.text(self.text))
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Where the next word stands in the whole text.
    fn place(&self) -> Span {
        match self.tokens.get(self.at) {
            Some(token) => Span::new(token.span.start + self.offset, token.span.end + self.offset),
            None => {
                let end = self.text.len() as u32 + self.offset;
                Span::new(end, end)
            }
        }
    }

    pub(super) fn at(&self, word: &str) -> bool {
        self.nth(0) == word
    }

    pub(super) fn next_is(&self, word: &str) -> bool {
        self.nth(1) == word
    }

    /// Steps over a word if it is there.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let there = self.at(word);
        self.at += usize::from(there);
        there
    }

    /// Steps over a sign if it is there.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        self.eat(sign)
    }

    /// The next word, joined to what dashes join to it: `set-or-append`.
    pub(super) fn word(&mut self) -> Option<&'t str> {
        let first = self.tokens.get(self.at)?.span;
        let mut end = first.end;
        self.at += 1;
        while let (Some(dash), Some(next)) = (self.tokens.get(self.at), self.tokens.get(self.at + 1)) {
            let joined = dash.span.start == end && next.span.start == dash.span.end;
            if !joined || dash.span.text(self.text) != "-" {
                break;
            }
            end = next.span.end;
            self.at += 2;
        }
        Some(Span::new(first.start, end).text(self.text))
    }

    pub(super) fn expect(&mut self, word: &str) -> Result<(), Diagnostic> {
        if self.eat(word) { Ok(()) } else { Err(self.expected(&format!("`{word}`"))) }
    }

    /// Nothing may follow.
    pub(super) fn end(&self) -> Result<(), Diagnostic> {
        if self.is_done() { Ok(()) } else { Err(self.expected("the end of the command")) }
    }

    pub(super) fn expected(&self, what: &str) -> Diagnostic {
        let found = if self.is_done() { "nothing".to_owned() } else { format!("`{}`", self.nth(0)) };
        Diagnostic::error(self.place(), format!("expected {what}, found {found}")).with_code("KS005")
    }

    /// A command that is not known.
    pub(super) fn unknown(&self, help: &str) -> Diagnostic {
        let end = self.tokens.get(self.at.saturating_sub(1)).map_or(0, |token| token.span.end);
        let begun = self.text.get(..end as usize).unwrap_or_default();
        let words = begun.split_whitespace().collect::<Vec<_>>().join(" ");
        let span = Span::new(self.offset, self.offset + end);
        Diagnostic::error(span, format!("the command `{words}` is not supported"))
            .with_code("KS005")
            .with_help(help)
    }

    /// A name, perhaps in brackets or quotes.
    pub(super) fn name(&mut self, what: &str) -> Result<Name, Diagnostic> {
        let span = self.place();
        let Some(token) = self.tokens.get(self.at).copied() else { return Err(self.expected(what)) };
        let text = token.span.text(self.text);
        if text == "[" && self.tokens.get(self.at + 1).is_some_and(|token| token.class == TokenClass::String)
        {
            let inner = unquoted(self.nth(1));
            self.at += 2;
            self.expect("]")?;
            return Ok(Name::new(inner, span));
        }
        if token.class == TokenClass::String {
            self.at += 1;
            return Ok(Name::new(unquoted(text), span));
        }
        if !text.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            return Err(self.expected(what));
        }
        let word = self.word().unwrap_or_default();
        Ok(Name::new(word, Span::new(span.start, span.start + word.len() as u32)))
    }

    /// `(a, b)`
    pub(super) fn names(&mut self, what: &str) -> Result<Vec<Name>, Diagnostic> {
        self.expect("(")?;
        let mut names = vec![self.name(what)?];
        while self.sign(",") {
            names.push(self.name(what)?);
        }
        self.expect(")").map(|()| names)
    }

    /// A quoted text.
    pub(super) fn text(&mut self) -> Result<String, Diagnostic> {
        match self.tokens.get(self.at) {
            Some(token) if token.class == TokenClass::String => {
                self.at += 1;
                Ok(unquoted(token.span.text(self.text)))
            }
            _ => Err(self.expected("a text in quotes")),
        }
    }

    /// `with (name = value, …)`, if it is there.
    pub(super) fn properties(&mut self) -> Result<Vec<Property>, Diagnostic> {
        let mut properties = Vec::new();
        if !self.eat("with") {
            return Ok(properties);
        }
        self.expect("(")?;
        while !self.eat(")") {
            let name = self.name("the name of a property")?;
            self.expect("=")?;
            let value = self.nth(0);
            if self.is_done() || value == ")" || value == "," {
                return Err(self.expected("a value"));
            }
            self.at += 1;
            properties.push(Property { name, value: unquoted(value) });
            if !self.sign(",") && !self.at(")") {
                return Err(self.expected("`,` or `)`"));
            }
        }
        Ok(properties)
    }

    /// The text from an opening sign to the one that closes it, and where it begins.
    pub(super) fn bracketed(&mut self, open: &str, what: &str) -> Result<(usize, String), Diagnostic> {
        if !self.at(open) {
            return Err(self.expected(what));
        }
        let from = self.tokens[self.at].span.start as usize;
        let mut depth = 0usize;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            if token.class != TokenClass::Punctuation {
                continue;
            }
            match token.span.text(self.text) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Ok((from, self.text[from..token.span.end as usize].to_owned()));
            }
        }
        Err(self.expected("a closing bracket"))
    }

    /// The text from a place to its end.
    pub(super) fn text_from(&self, from: usize) -> &'t str {
        self.text.get(from..).unwrap_or_default()
    }

    /// Reads a part of the command as query text, with words around it that make it a query. Places are those of the whole
    /// text.
    pub(super) fn parse(
        &self,
        from: usize,
        before: &str,
        text: &str,
        after: &str,
    ) -> Result<Query, Diagnostic> {
        let pad = (from + self.offset as usize).saturating_sub(before.len());
        let parsed = crate::parse(&format!("{:pad$}{before}{text}{after}", ""));
        match parsed.diagnostics.into_iter().find(|found| found.severity == Severity::Error) {
            Some(found) => Err(found),
            None => Ok(parsed.query),
        }
    }

    /// `(a:long, b:string)`
    pub(super) fn schema(&mut self) -> Result<Vec<ColumnDeclaration>, Diagnostic> {
        let (from, text) = self.bracketed("(", "`(` and columns")?;
        let query = self.parse(from, "datatable", &text, "[]")?;
        schema_columns(query).ok_or_else(|| self.expected("columns such as `(a:long)`"))
    }

    /// What stands after `<|`, and where.
    fn behind_arrow(&mut self) -> Result<(usize, &'t str), Diagnostic> {
        if !self.at("<|") {
            return Err(self.expected("`<|`"));
        }
        let from = self.tokens[self.at].span.end as usize;
        self.at = self.tokens.len();
        Ok((from, self.text_from(from)))
    }

    /// `<| query`
    pub(super) fn query(&mut self) -> Result<Query, Diagnostic> {
        let (from, text) = self.behind_arrow()?;
        let query = self.parse(from, "", text, "")?;
        if query.statements.is_empty() {
            return Err(self.expected("a query after `<|`"));
        }
        Ok(query)
    }

    /// `<| rows`, as they are but for space at the ends of lines.
    pub(super) fn raw(&mut self) -> Result<String, Diagnostic> {
        let (_, text) = self.behind_arrow()?;
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        Ok(lines.join("\n"))
    }

    /// `[row] [row]`
    pub(super) fn bracketed_rows(&mut self) -> Result<String, Diagnostic> {
        let mut rows = Vec::new();
        while self.at("[") {
            let (_, text) = self.bracketed("[", "`[` and a row")?;
            rows.push(text[1..text.len() - 1].trim().to_owned());
        }
        self.end().map(|()| rows.join("\n"))
    }
}

/// The value of a literal, or the text as it is.
fn unquoted(text: &str) -> String {
    let parsed = crate::parse(&format!("print {text}"));
    let first = parsed.query.statements.first();
    if let Some(Statement::Tabular(pipeline)) = first
        && let Source::Print(print) = &pipeline.source
        && let [only] = print.columns.as_slice()
        && let ExprKind::Literal(literal) = &only.value.kind
    {
        return literal.text.clone();
    }
    text.to_owned()
}
