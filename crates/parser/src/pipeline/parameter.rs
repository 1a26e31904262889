//! Operator parameters (`kind=inner`, `hint.strategy=shuffle`) and the properties of `with (…)`.

use crate::ast::{Expr, ExprKind, Name, OperatorParameter};
use crate::expression::literal;
use crate::grammar::*;
use crate::keywords::Word;
use crate::token::Kind;

/// Parameters that every operator lets stand, whether it heeds them or not.
const COMMON: &[&str] = &[
    "__crossCluster",
    "__crossDB",
    "__id",
    "__isFuzzy",
    "__noWithSource",
    "__packedColumn",
    "__sourceColumnIndex",
    "bagexpansion",
    "bin_legacy",
    "cycles",
    "decodeblocks",
    "expandoutput",
    "force_remote",
    "hint.concurrency",
    "hint.distribution",
    "hint.materialized",
    "hint.num_partitions",
    "hint.pass_filters",
    "hint.pass_filters_column",
    "hint.progressive_top",
    "hint.remote",
    "hint.shufflekey",
    "hint.spread",
    "hint.strategy",
    "isfuzzy",
    "kind",
    "with_itemindex",
    "with_match_id",
    "with_source",
    "with_step_name",
    "withsource",
];

/// Parameters before an operator's own parts: the common ones, and those the operator names.
pub(crate) fn parameters<'a>(
    own: &'static [&'static str],
) -> impl Fn(In<'a>) -> R<'a, Vec<OperatorParameter>> {
    move |i| many(|i| parameter(i, own))(i)
}

fn parameter<'a>(i: In<'a>, own: &[&str]) -> R<'a, OperatorParameter> {
    let word = i.nth_text(0);
    let known =
        matches!(i.kind(), Kind::Name | Kind::Word(_)) && (COMMON.contains(&word) || own.contains(&word));
    if known && i.nth(1).kind == Kind::Assign { finish(i) } else { miss() }
}

/// Properties with commas between them, each one of those named: `(quote="'", greedy=true)`.
pub(crate) fn properties<'a>(
    own: &'static [&'static str],
) -> impl Fn(In<'a>) -> R<'a, Vec<OperatorParameter>> {
    move |i| list0("a property", |i| property(i, own))(i)
}

fn property<'a>(i: In<'a>, own: &'static [&'static str]) -> R<'a, OperatorParameter> {
    if !matches!(i.kind(), Kind::Name | Kind::Word(_)) {
        return miss();
    }
    if !own.contains(&i.nth_text(0)) {
        complain_of_property(i, own);
    }
    finish(i)
}

/// Says that a property is not known, and which are.
pub(crate) fn complain_of_property(i: In<'_>, own: &'static [&'static str]) {
    let word = i.nth_text(0);
    let help = match super::nearest(word, own) {
        Some(near) => format!("use `{near}`"),
        None => format!("properties here are {}", own.join(", ")),
    };
    i.complain(
        crate::Diagnostic::error(i.peek().span(), format!("`{word}` is no property here"))
            .with_code("KS179")
            .with_help(help),
    );
}

/// Properties of any name, as `externaldata … with (…)` takes them.
pub(crate) fn free_properties(i: In<'_>) -> R<'_, Vec<OperatorParameter>> {
    list0("a property", |i| if declared_name(i).is_ok() { finish(i) } else { miss() })(i)
}

/// `name = value`, where a name is known to stand.
fn finish(i: In<'_>) -> R<'_, OperatorParameter> {
    let (rest, name) = declared_name(i)
        .or_else(|_| Ok::<_, nom::Err<Miss>>((i.skip(1), Name::new(i.nth_text(0), i.peek().span()))))?;
    let (rest, ()) = need(Kind::Assign, "`=`")(rest)?;
    let (rest, value) = expect("a value", parameter_value)(rest)?;
    let value = value.unwrap_or_else(|| Expr::new(ExprKind::Missing, rest.gap()));
    Ok((rest, OperatorParameter { name, value, span: i.span_to(rest) }))
}

/// The value of a parameter: a literal, a signed number, a name, a word.
pub(crate) fn parameter_value(i: In<'_>) -> R<'_, Expr> {
    if matches!(i.kind(), Kind::Minus | Kind::Plus) && i.nth(1).adjacent() && literal(i.skip(1)).is_ok() {
        return crate::expression::signed(i);
    }
    if let Ok(found) = literal(i) {
        return Ok(found);
    }
    let (rest, found) = match i.kind() {
        Kind::Word(Word::Hard | Word::Declared) if !clause_word(i.nth_text(0)) => {
            (i.skip(1), Name::new(i.nth_text(0), i.peek().span()))
        }
        _ => name(i)?,
    };
    let span = found.span;
    Ok((rest, Expr::new(ExprKind::Name(found), span)))
}

/// Words that begin the next part of an operator and so are never a value.
fn clause_word(word: &str) -> bool {
    matches!(word, "by" | "with" | "on" | "where" | "in" | "of" | "as" | "to")
}
