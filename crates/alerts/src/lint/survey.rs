//! What a query's text says without a schema: its tree, its words by class, and the columns of its answer as far as the
//! last operators fix them.

use super::columns::{Columns, columns};
use crate::Timespan;
use crate::rule::Query;
use calypso_parser::ast::{ExprKind, LetValue, Operator, Pipeline, Statement};
use calypso_parser::{Parsed, Token, TokenClass, tokens};

/// A query that was looked through.
pub struct Survey<'a> {
    pub query: &'a Query,
    pub parsed: Parsed,
    tokens: Vec<Token>,
}

impl<'a> Survey<'a> {
    pub fn of(query: &'a Query) -> Survey<'a> {
        let tokens = tokens(&query.text).into_iter().filter(|token| token.class != TokenClass::Comment);
        Survey { query, parsed: calypso_parser::parse(&query.text), tokens: tokens.collect() }
    }

    /// Where the first remark begins: bytes.
    pub fn first_remark(&self) -> Option<usize> {
        let mut tokens = tokens(&self.query.text).into_iter();
        tokens.find(|token| token.class == TokenClass::Comment).map(|token| token.span.start as usize)
    }

    /// Where a function or plugin is called: bytes.
    pub fn calls(&self, name: &str) -> Vec<usize> {
        self.words(name, TokenClass::Function)
    }

    /// Where an operator stands: bytes.
    pub fn operators(&self, name: &str) -> Vec<usize> {
        self.words(name, TokenClass::Operator)
    }

    /// Where a column or table is named: bytes.
    pub fn names(&self, name: &str) -> Vec<usize> {
        self.words(name, TokenClass::Name)
    }

    fn words(&self, name: &str, class: TokenClass) -> Vec<usize> {
        let same = |token: &&Token| token.class == class && self.text(token) == name;
        self.tokens.iter().filter(same).map(|token| token.span.start as usize).collect()
    }

    fn text(&self, token: &Token) -> &str {
        token.span.text(&self.query.text)
    }

    /// Whether a text stands in quotes somewhere.
    pub fn has_string(&self, text: &str) -> bool {
        let quoted = |token: &Token| self.text(token).trim_matches(['\'', '"', '@', 'h', 'H']).to_owned();
        self.tokens.iter().any(|token| token.class == TokenClass::String && quoted(token) == text)
    }

    /// The calls of `ago`: where, and how far, where that is a literal or a `let` that is one.
    pub fn agos(&self) -> Vec<(usize, Ago)> {
        let calls = self.tokens.windows(4).filter(|four| {
            four[0].class == TokenClass::Function
                && self.text(&four[0]) == "ago"
                && self.text(&four[1]) == "("
        });
        let far = |four: &[Token]| {
            let word = self.text(&four[2]);
            match (four[2].class, self.text(&four[3])) {
                (TokenClass::Number, ")") => Timespan::read(word).map_or(Ago::Other, Ago::Literal),
                (TokenClass::Name, ")") => self.named_length(word).map_or(Ago::Other, Ago::Named),
                _ => Ago::Other,
            }
        };
        calls.map(|four| (four[0].span.start as usize, far(four))).collect()
    }

    fn named_length(&self, name: &str) -> Option<Timespan> {
        self.parsed.query.statements.iter().find_map(|statement| {
            let Statement::Let(declared) = statement else { return None };
            let LetValue::Expression(value) = &declared.value else { return None };
            let literal = value.as_literal().filter(|_| declared.name.text == name)?;
            Timespan::read(&literal.text).ok()
        })
    }

    /// The pipeline that gives the answer.
    pub fn answer(&self) -> Option<&Pipeline> {
        self.parsed.query.statements.iter().rev().find_map(|statement| match statement {
            Statement::Tabular(pipeline) => Some(pipeline),
            Statement::Let(_)
            | Statement::Set(_)
            | Statement::DeclareQueryParameters(_)
            | Statement::DeclarePattern(_)
            | Statement::RestrictAccess(_)
            | Statement::Alias(_)
            | Statement::Command(_) => None,
        })
    }

    /// The columns of the answer.
    pub fn columns(&self) -> Columns {
        self.answer().map_or(Columns::default(), columns)
    }

    /// The operator that makes one row of everything, at the end but for a `render`: `count`, or `summarize` without `by`.
    pub fn one_row(&self) -> Option<usize> {
        let operators = &self.answer()?.operators;
        let last = operators.iter().rev().find(|operator| !matches!(operator, Operator::Render(_)))?;
        if let Operator::Count(count) = last {
            return Some(count.span.start as usize);
        }
        let Operator::Summarize(summarize) = last else { return None };
        let whole = summarize.by.is_empty() && !summarize.aggregates.is_empty();
        whole.then_some(summarize.span.start as usize)
    }

    /// The fewest rows that a `take` leaves: where, and how many.
    pub fn taken(&self) -> Option<(usize, u64)> {
        let operators = &self.answer()?.operators;
        let takes = operators.iter().filter_map(|operator| {
            let Operator::Take(take) = operator else { return None };
            let ExprKind::Literal(literal) = &take.count.kind else { return None };
            Some((take.span.start as usize, literal.text.parse().ok()?))
        });
        takes.min_by_key(|(_, count)| *count)
    }
}

/// How far a call of `ago` goes back.
pub enum Ago {
    /// A literal.
    Literal(Timespan),
    /// A `let` whose value is one.
    Named(Timespan),
    /// Anything else.
    Other,
}
