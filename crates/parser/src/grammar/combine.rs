//! Small parsers and combinators: tokens, names, lists, brackets.

use nom::Parser;

use super::{DEPTH_LIMIT, Grammar, In, R, miss};
use crate::Diagnostic;
use crate::ast::Name;
use crate::keywords::Word;
use crate::token::{Kind, Lexeme};

/// A token of this kind.
pub(crate) fn kind<'a>(wanted: Kind) -> impl Fn(In<'a>) -> R<'a, Lexeme> + Copy {
    move |i| if i.at(wanted) { Ok((i.skip(1), i.peek())) } else { miss() }
}

/// This word.
pub(crate) fn word<'a>(wanted: &'static str) -> impl Fn(In<'a>) -> R<'a, Lexeme> + Copy {
    move |i| if i.at_word(wanted) { Ok((i.skip(1), i.peek())) } else { miss() }
}

/// This sign made of adjacent tokens, such as `-->` or `]-`.
pub(crate) fn sign<'a>(wanted: &'static [Kind]) -> impl Fn(In<'a>) -> R<'a, ()> + Copy {
    move |i| {
        let fits = wanted.iter().enumerate().all(|(offset, kind)| {
            let lexeme = i.nth(offset as u32);
            lexeme.kind == *kind && (offset == 0 || lexeme.adjacent())
        });
        if fits { Ok((i.skip(wanted.len() as u32), ())) } else { miss() }
    }
}

/// What `parser` reads; reported when it is not there. Never fails.
pub(crate) fn expect<'a, O>(
    what: &'static str,
    mut parser: impl Grammar<'a, O>,
) -> impl FnMut(In<'a>) -> R<'a, Option<O>> {
    move |i| match parser.parse(i) {
        Ok((rest, found)) => Ok((rest, Some(found))),
        Err(_) => {
            i.expected(if what.starts_with('`') { "KS005" } else { "KS006" }, what);
            Ok((i, None))
        }
    }
}

/// This word, reported when it is not there. `what` shows it in backticks.
pub(crate) fn need_word<'a>(wanted: &'static str, what: &'static str) -> impl FnMut(In<'a>) -> R<'a, ()> {
    move |i| expect(what, word(wanted)).map(|_| ()).parse(i)
}

/// This token, reported when it is not there.
pub(crate) fn need<'a>(wanted: Kind, what: &'static str) -> impl FnMut(In<'a>) -> R<'a, ()> {
    move |i| expect(what, kind(wanted)).map(|_| ()).parse(i)
}

/// One or more items with commas between them; what is missing is reported. Never fails.
pub(crate) fn list<'a, O>(
    what: &'static str,
    item: impl Fn(In<'a>) -> R<'a, O>,
) -> impl Fn(In<'a>) -> R<'a, Vec<O>> {
    move |i| comma_list(i, what, &item, false)
}

/// A [`list`] that may be empty.
pub(crate) fn list0<'a, O>(
    what: &'static str,
    item: impl Fn(In<'a>) -> R<'a, O>,
) -> impl Fn(In<'a>) -> R<'a, Vec<O>> {
    move |i| comma_list(i, what, &item, true)
}

fn comma_list<'a, O>(
    mut i: In<'a>,
    what: &'static str,
    item: &impl Fn(In<'a>) -> R<'a, O>,
    may_be_empty: bool,
) -> R<'a, Vec<O>> {
    let mut items = Vec::new();
    let mut first = true;
    loop {
        match item(i) {
            Ok((rest, found)) => {
                items.push(found);
                i = rest;
            }
            Err(_) if first && may_be_empty && !i.at(Kind::Comma) => return Ok((i, items)),
            Err(_) => i.expected("KS006", what),
        }
        first = false;
        match kind(Kind::Comma)(i) {
            Ok((rest, _)) => i = rest,
            Err(_) => return Ok((i, items)),
        }
    }
}

/// Items with commas between them, perhaps one before them and one after, as in schemas and `datatable`.
pub(crate) fn loose_list<'a, O>(
    what: &'static str,
    leading: bool,
    item: impl Fn(In<'a>) -> R<'a, O>,
) -> impl Fn(In<'a>) -> R<'a, Vec<O>> {
    move |mut i| {
        let mut items = Vec::new();
        if leading && i.at(Kind::Comma) {
            i = i.skip(1);
        }
        while !i.is_done() {
            match item(i) {
                Ok((rest, found)) => {
                    items.push(found);
                    i = rest;
                }
                Err(_) => {
                    i.expected("KS006", what);
                    if !i.at(Kind::Comma) {
                        break;
                    }
                }
            }
            match kind(Kind::Comma)(i) {
                Ok((rest, _)) => i = rest,
                Err(_) => break,
            }
        }
        Ok((i, items))
    }
}

/// Parsers one after another for as long as they read something.
pub(crate) fn many<'a, O>(item: impl Fn(In<'a>) -> R<'a, O>) -> impl Fn(In<'a>) -> R<'a, Vec<O>> {
    move |mut i| {
        let mut items = Vec::new();
        while let Ok((rest, found)) = item(i) {
            if rest.same_place(i) {
                break;
            }
            items.push(found);
            i = rest;
        }
        Ok((i, items))
    }
}

/// What stands between brackets. A bracket that is never closed, too many levels, and what `inner` leaves are
/// reported; after it the input stands behind the closing bracket.
pub(crate) fn group<'a, O>(
    open: Kind,
    mut inner: impl Grammar<'a, O>,
) -> impl FnMut(In<'a>) -> R<'a, Option<O>> {
    move |i| {
        if !i.at(open) {
            return miss();
        }
        if i.cx.depth.get() >= DEPTH_LIMIT {
            return Ok((too_deep(i), None));
        }
        let mate = i.mate(0);
        let (mut body, rest) = i.split(mate.unwrap_or(u32::MAX));
        body.pos = i.pos + 1;
        if mate.is_none() {
            report_unclosed(i);
            i.cx.unclosed.set(i.cx.unclosed.get() + 1);
        }
        i.cx.depth.set(i.cx.depth.get() + 1);
        let read = inner.parse(body);
        i.cx.depth.set(i.cx.depth.get() - 1);
        if mate.is_none() {
            i.cx.unclosed.set(i.cx.unclosed.get() - 1);
        }
        let (left, found) = match read {
            Ok((left, found)) => (left, Some(found)),
            Err(_) => (body, None),
        };
        if mate.is_none() {
            return Ok((In { end: i.end, ..left }, found));
        }
        if !left.is_done() {
            left.expected("KS005", closing_or_comma(open));
        }
        Ok((rest.skip(1), found))
    }
}

/// [`group`] in `( )`.
pub(crate) fn parens<'a, O>(inner: impl Grammar<'a, O>) -> impl FnMut(In<'a>) -> R<'a, Option<O>> {
    group(Kind::OpenParen, inner)
}

/// [`group`] in `[ ]`.
pub(crate) fn brackets<'a, O>(inner: impl Grammar<'a, O>) -> impl FnMut(In<'a>) -> R<'a, Option<O>> {
    group(Kind::OpenBracket, inner)
}

/// [`group`] in `{ }`.
pub(crate) fn braces<'a, O>(inner: impl Grammar<'a, O>) -> impl FnMut(In<'a>) -> R<'a, Option<O>> {
    group(Kind::OpenBrace, inner)
}

fn closing_or_comma(open: Kind) -> &'static str {
    match open {
        Kind::OpenBracket => "`]` or `,`",
        Kind::OpenBrace => "`}`",
        _ => "`)` or `,`",
    }
}

fn bracket_pair(open: Kind) -> (&'static str, &'static str) {
    match open {
        Kind::OpenBracket => ("[", "]"),
        Kind::OpenBrace => ("{", "}"),
        _ => ("(", ")"),
    }
}

/// One message for the outermost unclosed bracket; those within it follow from it.
fn report_unclosed(i: In<'_>) {
    if i.cx.unclosed.get() > 0 {
        return;
    }
    let (open, close) = bracket_pair(i.kind());
    i.cx.report(
        Diagnostic::error(i.peek().span(), format!("`{open}` is never closed"))
            .with_code("KS005")
            .with_help(format!("add `{close}`")),
    );
}

fn too_deep(i: In<'_>) -> In<'_> {
    i.complain(
        Diagnostic::error(i.peek().span(), format!("brackets nest deeper than {DEPTH_LIMIT} levels"))
            .with_code("KS245")
            .with_help("give the inner parts names with `let`"),
    );
    match i.mate(0) {
        Some(mate) => i.skip(mate + 1),
        None => i.skip(u32::MAX),
    }
}

/// A name: an identifier, a word that may be one, or any text in `['…']`.
pub(crate) fn name(i: In<'_>) -> R<'_, Name> {
    match i.kind() {
        Kind::Name | Kind::Word(Word::Soft) => Ok((i.skip(1), Name::new(i.nth_text(0), i.peek().span()))),
        Kind::OpenBracket => bracketed_name(i),
        _ => miss(),
    }
}

/// A name where it is declared or assigned: words such as `title` and `by` are names there.
pub(crate) fn declared_name(i: In<'_>) -> R<'_, Name> {
    match i.kind() {
        Kind::Word(Word::Declared) => Ok((i.skip(1), Name::new(i.nth_text(0), i.peek().span()))),
        _ => name(i),
    }
}

/// `['a b']`, `["a" "b"]`
pub(crate) fn bracketed_name(i: In<'_>) -> R<'_, Name> {
    let strings = (1..).take_while(|offset| i.nth(*offset).kind == Kind::String).count() as u32;
    if !i.at(Kind::OpenBracket) || strings == 0 || i.nth(strings + 1).kind != Kind::CloseBracket {
        return miss();
    }
    let text: String =
        (1..=strings).map(|offset| crate::lexer::decode_string(i.nth_text(offset)).0).collect();
    let rest = i.skip(strings + 2);
    Ok((rest, Name::new(text, i.span_to(rest))))
}

/// How many tokens a name here takes; none when there is no name. `declared` as in [`declared_name`].
pub(crate) fn name_width(i: In<'_>, declared: bool) -> Option<u32> {
    let read = if declared { declared_name(i) } else { name(i) };
    read.ok().map(|(rest, _)| rest.pos - i.pos)
}

/// A name, reported when it is missing.
pub(crate) fn need_name<'a>(what: &'static str) -> impl FnMut(In<'a>) -> R<'a, Name> {
    move |i| {
        let (rest, found) = expect(what, name).parse(i)?;
        Ok((rest, found.unwrap_or_else(|| i.missing_name())))
    }
}

/// A declared name, reported when it is missing.
pub(crate) fn need_declared_name<'a>(what: &'static str) -> impl FnMut(In<'a>) -> R<'a, Name> {
    move |i| {
        let (rest, found) = expect(what, declared_name).parse(i)?;
        Ok((rest, found.unwrap_or_else(|| i.missing_name())))
    }
}

/// A name with stars in it, its parts adjacent: `Security*`, `*`, `a*b*`.
pub(crate) fn wildcard(i: In<'_>) -> R<'_, Name> {
    let part = |offset: u32, first: bool| {
        let lexeme = i.nth(offset);
        let fits = match lexeme.kind {
            Kind::Star | Kind::Name | Kind::Word(Word::Soft | Word::Declared) => true,
            Kind::Long => !first,
            _ => false,
        };
        fits && (first || lexeme.adjacent())
    };
    let starts = i.at(Kind::Star) || (part(0, true) && i.nth(1).kind == Kind::Star && i.nth(1).adjacent());
    if !starts {
        return miss();
    }
    let count = 1 + (1..).take_while(|offset| part(*offset, false)).count() as u32;
    let rest = i.skip(count);
    let span = i.span_to(rest);
    Ok((rest, Name::new(span.text(i.cx.text), span)))
}
