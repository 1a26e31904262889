//! Syntax trees to canonical text: one operator a line, names and strings quoted only where they must be.
//! Reading the text again gives the same tree.

mod expression;
mod statement;

use crate::ast::*;
use crate::keywords::{Word, word};
use crate::token::Kind;

/// The canonical text of a query, ended by a newline.
pub fn print(query: &Query) -> String {
    let mut printer = Printer { out: String::new(), depth: 0 };
    printer.query(query);
    printer.out
}

/// The canonical text of an expression, on one line where it has no subquery.
pub fn print_expression(expr: &Expr) -> String {
    let mut printer = Printer { out: String::new(), depth: 0 };
    printer.expr(expr);
    printer.out
}

/// A name as a query must write it: in brackets where it is no plain word, or a word of the language.
pub fn print_name(name: &str) -> String {
    // What is a name anywhere needs no brackets, though the canonical text of a query has them.
    if word(name) == Some(Word::Soft) {
        return name.to_owned();
    }
    let mut printer = Printer { out: String::new(), depth: 0 };
    printer.spelled(name);
    printer.out
}

/// What each operator's file says of its printing.
pub(crate) trait Print {
    fn print(&self, p: &mut Printer);
}

/// The text so far, and how far lines are indented.
pub(crate) struct Printer {
    out: String,
    depth: usize,
}

impl Printer {
    /// Text as it is.
    pub(crate) fn word(&mut self, text: &str) -> &mut Printer {
        self.out.push_str(text);
        self
    }

    pub(crate) fn space(&mut self) -> &mut Printer {
        self.word(" ")
    }

    /// A new line at the current depth.
    pub(crate) fn line(&mut self) -> &mut Printer {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
        self
    }

    pub(crate) fn indent(&mut self) -> &mut Printer {
        self.depth += 1;
        self
    }

    pub(crate) fn dedent(&mut self) -> &mut Printer {
        self.depth -= 1;
        self
    }

    /// A name, in brackets where it must be.
    pub(crate) fn name(&mut self, name: &Name) -> &mut Printer {
        self.spelled(&name.text)
    }

    fn spelled(&mut self, name: &str) -> &mut Printer {
        if is_plain(name) {
            return self.word(name);
        }
        self.word("[").string(name, false, '\'').word("]")
    }

    /// `kind=inner hint.strategy=shuffle`, with a space before each.
    pub(crate) fn parameters(&mut self, parameters: &[OperatorParameter]) -> &mut Printer {
        for parameter in parameters {
            self.space().word(&parameter.name.text).word("=").parameter_value(&parameter.value);
        }
        self
    }

    /// `a="x", b=true`
    pub(crate) fn properties(&mut self, properties: &[OperatorParameter]) -> &mut Printer {
        for (index, property) in properties.iter().enumerate() {
            self.word(if index > 0 { ", " } else { "" }).property_name(&property.name).word("=");
            self.parameter_value(&property.value);
        }
        self
    }

    fn property_name(&mut self, name: &Name) -> &mut Printer {
        if word(&name.text).is_some() { self.word(&name.text) } else { self.name(name) }
    }

    /// A word stands as it is here.
    pub(crate) fn parameter_value(&mut self, value: &Expr) -> &mut Printer {
        match &value.kind {
            ExprKind::Name(name) if word(&name.text).is_some() => self.word(&name.text),
            _ => self.expr(value),
        }
    }

    /// `(a:long, *)`
    pub(crate) fn schema(&mut self, schema: &TableSchema) -> &mut Printer {
        let (first, last) = match schema.rest {
            RestColumns::None => ("", ""),
            RestColumns::First => ("*, ", ""),
            RestColumns::Last if schema.columns.is_empty() => ("*", ""),
            RestColumns::Last => ("", ", *"),
        };
        self.word("(").word(first).columns(&schema.columns).word(last).word(")")
    }

    /// `a:long, b:string = "x"`
    pub(crate) fn columns(&mut self, columns: &[ColumnDeclaration]) -> &mut Printer {
        for (index, column) in columns.iter().enumerate() {
            self.word(if index > 0 { ", " } else { "" }).name(&column.name);
            if let Some(type_name) = &column.type_name {
                self.word(":").word(&type_name.text);
            }
            if let Some(default) = &column.default {
                self.word(" = ").expr(default);
            }
        }
        self
    }

    /// `a asc nulls first, b`
    pub(crate) fn sort_keys(&mut self, keys: &[SortKey]) -> &mut Printer {
        for (index, key) in keys.iter().enumerate() {
            self.word(if index > 0 { ", " } else { "" }).named(&key.value);
            if let Some(direction) = key.direction {
                self.space().word(direction.word());
            }
            if let Some(nulls) = key.nulls {
                self.space().word(nulls.words());
            }
        }
        self
    }

    /// Tables of `union`, `find`, `search`: names, patterns and calls as they are, all else in parentheses.
    pub(crate) fn tables(&mut self, tables: &[Expr]) -> &mut Printer {
        for (index, table) in tables.iter().enumerate() {
            self.word(if index > 0 { ", " } else { "" });
            let bare = match &table.kind {
                ExprKind::Name(_) | ExprKind::Wildcard(_) | ExprKind::Call(_) => true,
                ExprKind::Path(root, _) => matches!(root.kind, ExprKind::Name(_) | ExprKind::Call(_)),
                _ => false,
            };
            // A subquery brings its own parentheses.
            if bare || matches!(table.kind, ExprKind::Pipeline(_)) {
                self.pattern(table);
            } else {
                self.word("(").expr(table).word(")");
            }
        }
        self
    }

    /// A pipeline in parentheses.
    pub(crate) fn subquery(&mut self, pipeline: &Pipeline) -> &mut Printer {
        self.enclosed("(", pipeline, ")")
    }

    /// A pipeline in brackets, over several lines when it has several parts.
    pub(crate) fn enclosed(&mut self, open: &str, pipeline: &Pipeline, close: &str) -> &mut Printer {
        self.word(open);
        let parts = pipeline.operators.len() + usize::from(!matches!(pipeline.source, Source::Input));
        if parts <= 1 {
            return self.pipeline(pipeline).word(close);
        }
        self.indent().line().pipeline(pipeline).dedent().line().word(close)
    }

    /// A source and its operators, one a line.
    pub(crate) fn pipeline(&mut self, pipeline: &Pipeline) -> &mut Printer {
        let leads = matches!(pipeline.source, Source::Input);
        self.source(&pipeline.source);
        for (index, operator) in pipeline.operators.iter().enumerate() {
            if index > 0 || !leads {
                self.line().word("| ");
            }
            operator.print(self);
        }
        self
    }

    fn source(&mut self, source: &Source) {
        match source {
            Source::Expression(expr) => {
                self.expr(expr);
            }
            Source::Input => {}
            Source::Print(source) => source.print(self),
            Source::Range(source) => source.print(self),
            Source::Datatable(source) => source.print(self),
            Source::Externaldata(source) => source.print(self),
            Source::InlineExternalTable(source) => source.print(self),
            Source::Union(source) => source.print(self),
            Source::Find(source) => source.print(self),
            Source::Search(source) => source.print(self),
            Source::Evaluate(source) => source.print(self),
            Source::MacroExpand(source) => source.print(self),
        }
    }
}

/// Whether a name needs no brackets anywhere: it is one token, and no word of the language.
pub(crate) fn is_plain(name: &str) -> bool {
    let simple =
        name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$'))
            && name.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && name.len() > 1;
    if word(name).is_some() {
        return false;
    }
    // What looks like a number, a guid or a truth value is settled by the lexer.
    let lexed = crate::lexer::lex(name);
    let single = lexed.lexemes.len() == 2 && lexed.lexemes[0].kind == Kind::Name;
    single && (simple || lexed.lexemes[0].end as usize == name.len() && lexed.lexemes[0].start == 0)
}

/// Whether a function's name needs no brackets before `(`.
pub(crate) fn is_plain_call(name: &str) -> bool {
    match word(name) {
        None => is_plain(name),
        Some(Word::Soft) => !matches!(name, "bool" | "guid" | "typeof" | "inline_external_table" | "view"),
        Some(Word::Declared) => matches!(name, "toscalar" | "totable" | "materialize"),
        Some(Word::Hard) => false,
    }
}
