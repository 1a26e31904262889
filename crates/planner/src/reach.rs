//! What can be named at the end of an unfinished text, for completion. In: the text up to the cursor, and a catalog.
//! Out: where the word being typed begins, what may stand there, and the columns and `let` names in reach.
//!
//! The text before the last `|` is bound as far as it binds; what does not is passed over.

use crate::BindOptions;
use crate::binder::{Binder, visible};
use crate::catalog::Catalog;
use crate::environment::{Binding, Environment};
use calypso_library::Column;
use calypso_library::function::{Kind, Special};
use calypso_library::functions;
use calypso_parser::ast::{Pipeline, Statement};
use calypso_parser::{Token, TokenClass, parse, tokens};

/// What can be named at a place.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Reach {
    /// The byte at which the word being typed begins.
    pub start: usize,
    /// A query operator may stand here.
    pub operators: bool,
    /// A table may stand here.
    pub sources: bool,
    /// A scalar expression may stand here.
    pub expressions: bool,
    /// The operator the place belongs to, such as `summarize`.
    pub operator: Option<String>,
    /// The columns of the rows at this place.
    pub columns: Vec<Column>,
    /// Names given by `let`, the newest first.
    pub lets: Vec<LetName>,
}

/// A name given by `let`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LetName {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub kind: LetKind,
}

/// What a `let` name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LetKind {
    /// A value.
    Scalar,
    /// Rows.
    Table,
    /// A function.
    Function,
}

/// A bracket that is open at the end of the text, or the text itself.
struct Frame<'t> {
    /// After the bracket.
    open: usize,
    /// After the bracket, or after the last `;` in it.
    begin: usize,
    /// Where its last `|` stands.
    bar: Option<usize>,
    /// The operator after that, or the first of the statement.
    operator: Option<&'t str>,
    /// Whether `on` or `by` came since.
    keyed: bool,
    /// The function whose arguments it holds.
    call: Option<&'t str>,
    /// Tokens since `begin`.
    tokens: usize,
}

impl Frame<'_> {
    /// Whether the operator at its end wants a table next.
    fn takes_rows(&self) -> bool {
        matches!(self.operator, Some("join" | "lookup" | "union")) && !self.keyed
    }
}

/// What can be named at the end of `text`.
pub fn reach(text: &str, catalog: &dyn Catalog) -> Reach {
    let start = word_start(text);
    let before = &text[..start];
    let tokens = tokens(before);
    let last = tokens.last();
    if last.is_some_and(|last| closed_to_names(before, last)) {
        return Reach { start, ..Reach::default() };
    }
    let frames = frames(before, &tokens);
    let Some(inner) = frames.last() else { return Reach { start, ..Reach::default() } };
    let outer = frames.len().checked_sub(2).and_then(|at| frames.get(at));
    let mut found = place(before, inner, outer, last);
    found.start = start;
    let environment = environment(before, &frames, catalog);
    found.lets = environment.names().into_iter().filter_map(|name| let_name(name, &environment)).collect();
    if found.expressions || found.operators {
        found.columns = columns(before, &frames, &environment, catalog).unwrap_or_default();
    }
    found
}

/// Where the word at the end begins; an operator's word may hold hyphens.
fn word_start(text: &str) -> usize {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let start = text.trim_end_matches(word).len();
    let hyphened = text.trim_end_matches(|c| word(c) || c == '-').len();
    if text[..hyphened].trim_end().ends_with('|') { hyphened } else { start }
}

/// Whether no name of the catalog can follow: inside a text or comment, after a dot, where a new name is given.
fn closed_to_names(before: &str, last: &Token) -> bool {
    let text = last.span.text(before);
    let touches = last.span.end as usize == before.len();
    match last.class {
        TokenClass::Comment => !before[last.span.end as usize..].contains('\n') && touches,
        TokenClass::String => touches && !is_closed(text),
        TokenClass::Invalid => text.starts_with(['"', '\'']),
        TokenClass::Punctuation => text == "." || text == "..",
        TokenClass::Keyword => text == "let" || text == "declare",
        TokenClass::Operator => text == "as",
        TokenClass::ScalarOperator
        | TokenClass::Type
        | TokenClass::Function
        | TokenClass::Parameter
        | TokenClass::Name
        | TokenClass::Number
        | TokenClass::Bool
        | TokenClass::Directive => false,
    }
}

fn is_closed(literal: &str) -> bool {
    let body = literal.trim_start_matches(['h', 'H', '@']);
    let quote = body.chars().next();
    body.len() > 1 && quote.is_some_and(|quote| body.ends_with(quote))
}

/// The open brackets, the outermost (the text itself) first.
fn frames<'t>(text: &'t str, tokens: &[Token]) -> Vec<Frame<'t>> {
    let frame =
        |open, call| Frame { open, begin: open, bar: None, operator: None, keyed: false, call, tokens: 0 };
    let mut frames = vec![frame(0, None)];
    let mut before: Option<&Token> = None;
    for token in tokens {
        let word = token.span.text(text);
        let inside = frames.len() > 1;
        let Some(top) = frames.last_mut() else { break };
        match (token.class, word) {
            (TokenClass::Comment, _) => continue,
            (TokenClass::Punctuation, "(" | "[" | "{") => {
                top.tokens += 1;
                let call = before.filter(|_| !top.takes_rows()).and_then(|token| called(token, text, top));
                frames.push(frame(token.span.end as usize, call));
            }
            (TokenClass::Punctuation, ")" | "]" | "}") if inside => drop(frames.pop()),
            (TokenClass::Punctuation, ";") => {
                *top = Frame { begin: token.span.end as usize, ..frame(top.open, top.call) };
            }
            (TokenClass::Punctuation, "|") => {
                (top.bar, top.operator, top.keyed) = (Some(token.span.start as usize), None, false);
            }
            // The word after `|` is an operator, whatever it looks like.
            (class, _) if top.operator.is_none() && (class == TokenClass::Operator || top.bar.is_some()) => {
                (top.operator, top.tokens) = (Some(word), top.tokens + 1);
            }
            (TokenClass::Keyword, "on" | "by") => top.keyed = true,
            _ => top.tokens += 1,
        }
        before = Some(token);
    }
    frames
}

/// The function that a token before a parenthesis calls.
fn called<'t>(token: &Token, text: &'t str, frame: &Frame) -> Option<&'t str> {
    let word = token.span.text(text);
    let built_in = token.class == TokenClass::Keyword && functions::find(word).is_some();
    ((token.class == TokenClass::Function || built_in) && frame.operator != Some(word)).then_some(word)
}

/// What may stand after `last` in the innermost bracket.
fn place(text: &str, inner: &Frame, outer: Option<&Frame>, last: Option<&Token>) -> Reach {
    let word = last.map_or("", |last| last.span.text(text));
    let operator = inner.operator.map(str::to_owned);
    let reach = Reach { operator, ..Reach::default() };
    if word == "|" {
        return Reach { operators: true, ..reach };
    }
    if inner.takes_rows() || (inner.tokens == 0 && outer.is_some_and(Frame::takes_rows)) {
        return Reach { sources: true, ..reach };
    }
    if let Some(call) = inner.call {
        let rows = functions::find(call).is_some_and(|function| match function.kind {
            Kind::Special(special) => matches!(special, Special::ToScalar | Special::Materialize),
            Kind::Pure | Kind::Volatile | Kind::Now | Kind::Window | Kind::Comparison => false,
        });
        return Reach { sources: rows, expressions: !rows, ..reach };
    }
    if inner.operator.is_some() {
        return Reach { expressions: true, ..reach };
    }
    if word == "=" || word == "(" || word == "{" {
        return Reach { sources: true, expressions: true, ..reach };
    }
    if inner.tokens == 0 {
        return Reach { sources: true, expressions: inner.open > 0, ..reach };
    }
    // After `T`, only a `|` makes sense; in brackets, or after a scalar operator, the next operand.
    let name_before = last.is_some_and(|last| last.class == TokenClass::Name);
    Reach { expressions: !name_before, ..reach }
}

/// The names that the statements before the place give.
fn environment(text: &str, frames: &[Frame], catalog: &dyn Catalog) -> Environment {
    let options = BindOptions::default();
    let mut environment = Environment::default();
    for frame in frames {
        for statement in &parse(&text[frame.open..frame.begin]).query.statements {
            let mut binder = Binder::new(catalog, &options);
            if let Statement::Let(declared) = statement
                && let Some(next) = binder.let_statement(declared, &environment)
            {
                environment = next;
            }
        }
    }
    environment
}

fn let_name(name: &str, environment: &Environment) -> Option<LetName> {
    let kind = match environment.find(name)? {
        Binding::Scalar(_) => LetKind::Scalar,
        Binding::Table(_) | Binding::Graph(_) => LetKind::Table,
        Binding::Function(_) => LetKind::Function,
    };
    Some(LetName { name: name.to_owned(), kind })
}

/// The columns before the last `|` of the innermost bracket that has one and binds.
fn columns(
    text: &str,
    frames: &[Frame],
    environment: &Environment,
    catalog: &dyn Catalog,
) -> Option<Vec<Column>> {
    frames.iter().rev().find_map(|frame| {
        let mut rows = &text[frame.begin..frame.bar?];
        if let Some(rest) = rows.trim_start().strip_prefix("let ") {
            rows = rest.split_once('=')?.1;
        }
        let statements = parse(rows).query.statements;
        let Some(Statement::Tabular(pipeline)) = statements.last() else { return None };
        (0..=pipeline.operators.len()).rev().find_map(|kept| first(pipeline, kept, environment, catalog))
    })
}

/// The columns after the first `kept` operators.
fn first(
    pipeline: &Pipeline,
    kept: usize,
    environment: &Environment,
    catalog: &dyn Catalog,
) -> Option<Vec<Column>> {
    let operators = pipeline.operators[..kept].to_vec();
    let shorter = Pipeline { source: pipeline.source.clone(), operators, span: pipeline.span };
    let options = BindOptions::default();
    let mut binder = Binder::new(catalog, &options);
    let plan = binder.pipeline(&shorter, environment, None)?;
    (!binder.failed())
        .then(|| visible(&plan.columns).map(|column| Column::new(column.name.as_str(), column.ty)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;
    use calypso_library::{Answer, Type};

    struct Logs;

    impl Catalog for Logs {
        fn table(&self, name: &str) -> Option<Vec<Column>> {
            (name == "T").then(|| vec![Column::new("a", Type::Long), Column::new("b", Type::String)])
        }
        fn tables(&self) -> Vec<String> {
            vec!["T".to_owned()]
        }
        fn now(&self) -> i64 {
            0
        }
        fn function(&self, _: &str) -> Option<String> {
            None
        }
        fn run(&self, _: &Plan) -> Result<Answer, String> {
            Err("nothing runs here".to_owned())
        }
    }

    /// Letters for what may stand there, and the columns.
    fn at(text: &str) -> (String, String) {
        let found = reach(text, &Logs);
        let mut letters = String::new();
        for (may, letter) in [(found.operators, 'o'), (found.sources, 's'), (found.expressions, 'e')] {
            letters.extend(may.then_some(letter));
        }
        let names: Vec<_> = found.columns.iter().map(|column| column.name.as_str()).collect();
        (letters, names.join(","))
    }

    fn is(text: &str, may: &str, columns: &str) {
        assert_eq!(at(text), (may.to_owned(), columns.to_owned()), "{text}");
    }

    #[test]
    fn what_may_stand_somewhere() {
        is("", "s", "");
        is("T | ", "o", "a,b");
        is("T | project-a", "o", "a,b");
        is("T ", "", "");
        is("T | where ", "e", "a,b");
        is("let x = ", "se", "");
        is("let ", "", "");
        is("print ", "e", "");
        is("T | where b == 'a", "", "");
        is("T | where d.", "", "");
        is("T | where a > 1 // see ", "", "");
        is("toscalar(", "s", "");
    }

    #[test]
    fn columns_are_those_of_the_pipeline_so_far() {
        is("T | extend c = a + 1 | where ", "e", "a,b,c");
        is("T | summarize n = count() by b | where strlen(", "e", "b,n");
        is("T | project x = a | broken b | where ", "e", "x");
        is("T | where nothing == 1 | where ", "e", "a,b");
        is("T | join (T | project b, q = a | where ", "e", "b,q");
        is("T | join ", "s", "");
        is("T | join (", "s", "");
        is("T | join kind=inner (", "s", "");
        is("T | where (", "se", "a,b");
        is("T | join (T) on ", "e", "a,b");
        is("let t = T | project a; t | where ", "e", "a");
        is("let t = T | project a | where ", "e", "a");
        is("print 1; T | project b | extend c = strcat(b, ", "e", "b");
    }

    #[test]
    fn names_of_lets() {
        let found = reach("let n = 1; let t = T; let f = (x:long) { x }; T | where a > ", &Logs);
        let lets: Vec<_> = found.lets.iter().map(|one| (one.name.as_str(), one.kind)).collect();
        assert_eq!(lets, [("f", LetKind::Function), ("t", LetKind::Table), ("n", LetKind::Scalar)]);
        assert_eq!(found.start, 60);
    }
}
