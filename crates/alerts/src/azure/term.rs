//! The grammar of template expressions: `concat('a', parameters('b').c[0])`. In: the text between the brackets. Out: its
//! terms. `crates/workbook` reads the same grammar for workbooks (`azure/expression.rs`), with values of another kind: neither of
//! the two crates stands below the other, and what stands below both knows Kusto alone.

/// How deep terms lie within each other.
const DEEPEST: usize = 32;

/// A parsed expression.
#[derive(Clone, PartialEq, Debug)]
pub enum Term {
    /// `'text'`
    Text(String),
    /// `12`
    Number(String),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
    /// `f(a, b)`
    Call(String, Vec<Term>),
    /// `a.b`, `a['b']`, `a[0]`
    Member(Box<Term>, Box<Term>),
}

/// Reads an expression; nothing where it is none.
pub fn term(text: &str) -> Option<Term> {
    let mut parser = Parser { rest: text, depth: 0 };
    let term = parser.term()?;
    parser.rest.trim().is_empty().then_some(term)
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn term(&mut self) -> Option<Term> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut term = self.first()?;
        loop {
            let member = if self.take('.') {
                Term::Text(self.name()?)
            } else if self.take('[') {
                let index = self.term()?;
                self.take(']').then_some(index)?
            } else {
                self.depth -= 1;
                return Some(term);
            };
            term = Term::Member(Box::new(term), Box::new(member));
        }
    }

    fn first(&mut self) -> Option<Term> {
        if self.take('\'') {
            return self.quoted().map(Term::Text);
        }
        let name = self.name()?;
        if name.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            return name.parse::<i64>().ok().map(|_| Term::Number(name));
        }
        match name.to_ascii_lowercase().as_str() {
            "true" => return Some(Term::Bool(true)),
            "false" => return Some(Term::Bool(false)),
            "null" => return Some(Term::Null),
            _ => self.take('(').then_some(())?,
        }
        let mut arguments = Vec::new();
        while !self.take(')') {
            if !arguments.is_empty() {
                self.take(',').then_some(())?;
            }
            arguments.push(self.term()?);
        }
        Some(Term::Call(name, arguments))
    }

    /// The text up to the next quote; two quotes are one.
    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let (before, rest) = self.rest.split_once('\'')?;
            text += before;
            self.rest = rest;
            match self.rest.strip_prefix('\'') {
                Some(rest) => {
                    text.push('\'');
                    self.rest = rest;
                }
                None => return Some(text),
            }
        }
    }

    fn name(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && !"_-$#".contains(c));
        let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn take(&mut self, wanted: char) -> bool {
        let taken = self.rest.trim_start().strip_prefix(wanted);
        self.rest = taken.unwrap_or(self.rest);
        taken.is_some()
    }
}
