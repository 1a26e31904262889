//! What every grammar file is made of: the token input that nom's combinators run over, and the small parsers
//! that know how to report and recover.
//!
//! One rule holds throughout: **a parser that returns `Err` has consumed nothing and reported nothing; a parser
//! that has reported returns `Ok`.** So trying another parser never repeats a message, and nothing is cut.

mod combine;
mod report;

use std::cell::{Cell, RefCell};

use crate::ast::Name;
use crate::token::{Kind, Lexeme, NO_MATE};
use crate::{Diagnostic, Span};

pub(crate) use combine::*;

/// How deep brackets may nest; a tree is never much deeper.
pub(crate) const DEPTH_LIMIT: u32 = 64;

/// How many findings are kept of one text.
pub(crate) const FINDINGS_LIMIT: usize = 100;

/// What all parsers of one text share.
pub(crate) struct Cx<'a> {
    pub(crate) text: &'a str,
    lexemes: Vec<Lexeme>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    /// Bracket nesting at this moment.
    depth: Cell<u32>,
    /// How many of those brackets are never closed.
    unclosed: Cell<u32>,
    /// The token after the last one that "expected" was said of.
    reported: Cell<u32>,
}

/// A place in the tokens, and where the brackets that are being read end.
#[derive(Clone, Copy)]
pub(crate) struct In<'a> {
    pub(crate) cx: &'a Cx<'a>,
    pos: u32,
    end: u32,
}

/// Nothing of that kind is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Miss;

/// What a parser gives: the rest, and what it read.
pub(crate) type R<'a, O> = nom::IResult<In<'a>, O, Miss>;

/// A parser over tokens.
pub(crate) trait Grammar<'a, O>: nom::Parser<In<'a>, Output = O, Error = Miss> {}

impl<'a, O, T: nom::Parser<In<'a>, Output = O, Error = Miss>> Grammar<'a, O> for T {}

impl nom::error::ParseError<In<'_>> for Miss {
    fn from_error_kind(_: In<'_>, _: nom::error::ErrorKind) -> Miss {
        Miss
    }

    fn append(_: In<'_>, _: nom::error::ErrorKind, other: Miss) -> Miss {
        other
    }
}

/// The answer of a parser that finds nothing of its kind.
pub(crate) fn miss<'a, O>() -> R<'a, O> {
    Err(nom::Err::Error(Miss))
}

impl<'a> Cx<'a> {
    pub(crate) fn new(text: &'a str, lexed: crate::lexer::Lexed) -> Cx<'a> {
        Cx {
            text,
            lexemes: lexed.lexemes,
            diagnostics: RefCell::new(lexed.diagnostics.into_iter().take(FINDINGS_LIMIT).collect()),
            depth: Cell::new(0),
            unclosed: Cell::new(0),
            reported: Cell::new(0),
        }
    }

    /// The whole text.
    pub(crate) fn input(&'a self) -> In<'a> {
        // The lexer always ends its tokens with `End`.
        In { cx: self, pos: 0, end: self.lexemes.len().saturating_sub(1) as u32 }
    }

    /// Notes a finding; beyond [`FINDINGS_LIMIT`] they say nothing new.
    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        let mut found = self.diagnostics.borrow_mut();
        if found.len() < FINDINGS_LIMIT {
            found.push(diagnostic);
        }
    }

    /// Whether the lexer complained of something between the token before and this one: what follows from that needs
    /// no words of its own.
    fn stray_before(&self, lexeme: Lexeme) -> bool {
        self.diagnostics.borrow().iter().any(|found| {
            found.code == Some("KS002") && found.span.start >= lexeme.lead && found.span.end <= lexeme.start
        })
    }

    /// All that was found, in the order of the text.
    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut found = self.diagnostics.into_inner();
        found.sort_by_key(|diagnostic| diagnostic.span.start);
        found
    }
}

impl<'a> In<'a> {
    /// The token here; `End` at the end of the brackets that are being read.
    pub(crate) fn peek(&self) -> Lexeme {
        self.nth(0)
    }

    /// The token `offset` further on.
    pub(crate) fn nth(&self, offset: u32) -> Lexeme {
        let index = self.pos.saturating_add(offset).min(self.end);
        let lexeme = self.cx.lexemes[index as usize];
        if index < self.end { lexeme } else { Lexeme { kind: Kind::End, end: lexeme.start, ..lexeme } }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.peek().kind
    }

    pub(crate) fn at(&self, kind: Kind) -> bool {
        self.kind() == kind
    }

    /// Whether the word here is this one.
    pub(crate) fn at_word(&self, word: &str) -> bool {
        self.nth_is_word(0, word)
    }

    /// Whether the token `offset` further on is this word.
    pub(crate) fn nth_is_word(&self, offset: u32, word: &str) -> bool {
        let lexeme = self.nth(offset);
        matches!(lexeme.kind, Kind::Name | Kind::Word(_)) && lexeme.span().text(self.cx.text) == word
    }

    /// The text of the token `offset` further on.
    pub(crate) fn nth_text(&self, offset: u32) -> &'a str {
        self.nth(offset).span().text(self.cx.text)
    }

    /// The text of the token before.
    pub(crate) fn nth_text_before(&self) -> &'a str {
        match self.pos.checked_sub(1) {
            Some(before) => self.cx.lexemes[before as usize].span().text(self.cx.text),
            None => "",
        }
    }

    /// Whether the token before is a `|`.
    pub(crate) fn begins_step(&self) -> bool {
        self.nth_text_before() == "|"
    }

    /// Whether a line break stands before the token here.
    pub(crate) fn begins_line(&self) -> bool {
        let lexeme = self.peek();
        Span::new(lexeme.lead, lexeme.start).text(self.cx.text).contains('\n')
    }

    /// The input after the next `count` tokens.
    pub(crate) fn skip(self, count: u32) -> In<'a> {
        In { pos: self.pos.saturating_add(count).min(self.end), ..self }
    }

    /// Whether nothing is left.
    pub(crate) fn is_done(&self) -> bool {
        self.pos >= self.end
    }

    /// Whether both are at the same token.
    pub(crate) fn same_place(&self, other: In<'a>) -> bool {
        self.pos == other.pos
    }

    /// Where something missing belongs: right after the token before.
    pub(crate) fn gap(&self) -> Span {
        let at = match self.pos.checked_sub(1) {
            Some(before) => self.cx.lexemes[before as usize].end,
            None => self.peek().start,
        };
        Span::new(at, at)
    }

    /// From the start of this token to the end of the last one before `rest`.
    pub(crate) fn span_to(&self, rest: In<'a>) -> Span {
        if rest.pos <= self.pos {
            return self.gap();
        }
        Span::new(self.peek().start, self.cx.lexemes[rest.pos as usize - 1].end)
    }

    /// The partner of the bracket `offset` further on, as an offset, when it lies within what is being read.
    pub(crate) fn mate(&self, offset: u32) -> Option<u32> {
        let mate = self.nth(offset).mate;
        (mate != NO_MATE && mate < self.end && mate > self.pos).then(|| mate - self.pos)
    }

    /// The offset after the token or group of brackets at `offset`.
    pub(crate) fn after(&self, offset: u32) -> u32 {
        self.mate(offset).map_or(offset + 1, |mate| mate + 1)
    }

    /// The input up to the token `offset` further on, and the input from it.
    fn split(self, offset: u32) -> (In<'a>, In<'a>) {
        let at = self.pos.saturating_add(offset).min(self.end);
        (In { end: at, ..self }, In { pos: at, ..self })
    }

    /// A name with no text, for one that is missing here.
    pub(crate) fn missing_name(&self) -> Name {
        Name::new("", self.gap())
    }
}

impl nom::Input for In<'_> {
    type Item = Kind;
    type Iter = std::vec::IntoIter<Kind>;
    type IterIndices = std::iter::Enumerate<std::vec::IntoIter<Kind>>;

    fn input_len(&self) -> usize {
        (self.end - self.pos.min(self.end)) as usize
    }

    fn take(&self, index: usize) -> Self {
        In { end: (self.pos + index as u32).min(self.end), ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index as u32)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Self::Item) -> bool>(&self, predicate: P) -> Option<usize> {
        (0..self.input_len()).find(|offset| predicate(self.nth(*offset as u32).kind))
    }

    fn iter_elements(&self) -> Self::Iter {
        (0..self.input_len()).map(|offset| self.nth(offset as u32).kind).collect::<Vec<_>>().into_iter()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, nom::Needed> {
        if count <= self.input_len() { Ok(count) } else { Err(nom::Needed::new(count - self.input_len())) }
    }
}
