//! Text to tokens. Never fails: what is no token is reported and left out, as space is.

mod literal;

use crate::ast::ScalarType;
use crate::keywords::{Word, longest_prefix};
use crate::token::{Kind, Lexeme, NO_MATE};
use crate::{Diagnostic, Span};

pub(crate) use literal::decode_string;

/// The tokens of a text, ended by one [`Kind::End`], and what was wrong with them.
pub(crate) struct Lexed {
    pub(crate) lexemes: Vec<Lexeme>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Splits a text into tokens and pairs its brackets.
pub(crate) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer { text, lexemes: Vec::with_capacity(text.len() / 4 + 1), diagnostics: Vec::new() };
    lexer.run();
    pair_brackets(&mut lexer.lexemes);
    Lexed { lexemes: lexer.lexemes, diagnostics: lexer.diagnostics }
}

struct Lexer<'a> {
    text: &'a str,
    lexemes: Vec<Lexeme>,
    diagnostics: Vec<Diagnostic>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        let mut lead = 0;
        loop {
            let start = self.skip_trivia(lead);
            if start >= self.text.len() {
                self.push(Kind::End, lead, start, start);
                return;
            }
            let (kind, end) = self.token(start);
            self.push(kind, lead, start, end);
            lead = end;
        }
    }

    fn push(&mut self, kind: Kind, lead: usize, start: usize, end: usize) {
        let [lead, start, end] = [lead, start, end].map(|at| at as u32);
        self.lexemes.push(Lexeme { kind, lead, start, end, mate: NO_MATE });
    }

    /// Skips space, comments and characters that begin no token; the latter are reported.
    fn skip_trivia(&mut self, mut at: usize) -> usize {
        while let Some(c) = self.text[at..].chars().next() {
            if is_space(c) {
                at += c.len_utf8();
            } else if self.text[at..].starts_with("//") {
                at += self.text[at..].find(['\n', '\r']).unwrap_or(self.text.len() - at);
            } else if self.text[at..].starts_with("/*") {
                at += self.report_comment(at);
            } else if !begins_token(&self.text[at..]) {
                at += self.report_strays(at);
            } else {
                break;
            }
        }
        at
    }

    /// Reports a comment as other languages write it, and gives its length.
    fn report_comment(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let length = rest.find("*/").map_or_else(|| rest.find('\n').unwrap_or(rest.len()), |end| end + 2);
        self.diagnostics.push(
            Diagnostic::error(Span::new(at as u32, (at + length) as u32), "`/*` begins no comment")
                .with_code("KS002")
                .with_help("a comment begins with `//` and ends with its line"),
        );
        length
    }

    /// Reports a run of characters that begin no token, and gives its length.
    fn report_strays(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let mut length = 0;
        for c in rest.chars() {
            let here = &rest[length..];
            if is_space(c) || (length > 0 && begins_token(here)) {
                break;
            }
            length += c.len_utf8();
        }
        let found = &rest[..length];
        let help = match found.chars().next() {
            Some('“' | '”' | '‘' | '’') => "use straight quotes, \" or '",
            Some(c) if c.is_alphabetic() => "write a name with such letters in brackets: ['näme']",
            Some('!') => "use `!=`, or `not(…)`",
            Some('&') => "use `and`",
            Some('`') => "write texts in quotes, names in brackets: ['a b']",
            Some('~') => "use `=~` for equality that ignores case",
            _ => "leave it out, or put it in quotes",
        };
        let span = Span::new(at as u32, (at + length) as u32);
        let shown: String = found.chars().take(12).collect();
        self.diagnostics.push(
            Diagnostic::error(span, format!("`{shown}` is no part of the language"))
                .with_code("KS002")
                .with_help(help),
        );
        length
    }

    /// The token at `start`: its kind and its end.
    fn token(&mut self, start: usize) -> (Kind, usize) {
        let rest = &self.text[start..];
        if let Some((kind, length)) = punctuation(rest) {
            return (kind, start + length);
        }
        if rest.starts_with('#') {
            return (Kind::Directive, start + rest.find(['\n', '\r']).unwrap_or(rest.len()));
        }
        if let Some(length) = literal::string_prefix(rest) {
            return (Kind::String, self.string(start, start + length));
        }
        if let Some(found) = self.language_word(start) {
            return found;
        }
        self.name_or_number(start)
    }

    /// A word of the language, or a typed literal that such a word begins.
    fn language_word(&mut self, start: usize) -> Option<(Kind, usize)> {
        let (word, kind) = longest_prefix(&self.text[start..])?;
        let end = start + word.len();
        let next = self.text.as_bytes().get(end).copied();
        if next == Some(b'(')
            && let Some(scalar) = literal_type(word)
        {
            return Some((Kind::Typed(scalar), self.typed_literal(start, end)));
        }
        whole_word(&self.text[start..])?;
        Some((Kind::Word(kind), end))
    }

    /// The end of `datetime(…)`: the first `)` on the same line.
    fn typed_literal(&mut self, start: usize, open: usize) -> usize {
        let inside = &self.text[open + 1..];
        let stop = inside.find([')', '\n', '\r']).unwrap_or(inside.len());
        if inside[stop..].starts_with(')') {
            return open + 1 + stop + 1;
        }
        let end = open + 1 + inside[..stop].trim_end().len();
        let word = &self.text[start..open];
        self.diagnostics.push(
            Diagnostic::error(
                Span::new(end as u32, end as u32),
                format!("`{word}(` is not closed on its line"),
            )
            .with_code("KS001")
            .with_label(Span::new(open as u32, open as u32 + 1), "opened here")
            .with_help("add `)`"),
        );
        end
    }

    fn name_or_number(&mut self, start: usize) -> (Kind, usize) {
        let rest = &self.text[start..];
        let (kind, length) = literal::raw_guid(rest)
            .map(|length| (Kind::RawGuid, length))
            .or_else(|| literal::number(rest))
            .unwrap_or_else(|| {
                let length = name_length(rest);
                let word = &rest[..length];
                let bool = matches!(word, "true" | "True" | "TRUE" | "false" | "False" | "FALSE");
                (if bool { Kind::Bool } else { Kind::Name }, length)
            });
        (kind, start + length)
    }

    /// The end of a string whose quote ends at `content`.
    fn string(&mut self, start: usize, content: usize) -> usize {
        let scan = literal::scan_string(&self.text[start..content], &self.text[content..]);
        for (offset, length) in scan.bad_escapes {
            let at = (content + offset) as u32;
            let span = Span::new(at, at + length as u32);
            let shown = span.text(self.text).to_string();
            self.diagnostics.push(
                Diagnostic::error(span, format!("`{shown}` is no escape"))
                    .with_code("KS002")
                    .with_help("double the backslash, or write @\"…\" where it stands for itself"),
            );
        }
        let end = content + scan.length;
        if !scan.closed {
            let quote = self.text[start..content].trim_start_matches(['h', 'H', '@']);
            self.diagnostics.push(
                Diagnostic::error(
                    Span::new(end as u32, end as u32),
                    format!("the string has no closing {quote}"),
                )
                .with_code("KS001")
                .with_label(Span::new(start as u32, content as u32), "opened here")
                .with_help(format!("add {quote}")),
            );
        }
        end
    }
}

/// Whether the character is space to the language.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{180E}')
}

pub(crate) fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The word of the language here, when no name goes on behind it.
fn whole_word(rest: &str) -> Option<(&'static str, Word)> {
    longest_prefix(rest)
        .filter(|(word, _)| !rest.as_bytes().get(word.len()).copied().is_some_and(is_name_byte))
}

/// Whether a token begins here. Whatever this says of, [`Lexer::token`] gives a token of at least one byte.
fn begins_token(rest: &str) -> bool {
    let Some(byte) = rest.bytes().next() else { return false };
    is_name_byte(byte)
        || matches!(byte, b'$' | b'#')
        || punctuation(rest).is_some()
        || literal::string_prefix(rest).is_some()
        || (byte == b'!' && whole_word(rest).is_some())
}

/// The length of a name: letters, digits and `_`, perhaps a `$` before them.
fn name_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let first = usize::from(bytes.first() == Some(&b'$'));
    first + bytes[first..].iter().take_while(|byte| is_name_byte(**byte)).count()
}

fn literal_type(word: &str) -> Option<ScalarType> {
    match word {
        "long" | "int64" | "int" | "int32" | "real" | "double" | "decimal" | "bool" | "datetime" | "date"
        | "time" | "timespan" | "guid" => ScalarType::from_name(word),
        _ => None,
    }
}

fn punctuation(rest: &str) -> Option<(Kind, usize)> {
    let bytes = rest.as_bytes();
    let second = bytes.get(1).copied();
    Some(match (bytes.first()?, second) {
        (b'(', _) => (Kind::OpenParen, 1),
        (b')', _) => (Kind::CloseParen, 1),
        (b'[', _) => (Kind::OpenBracket, 1),
        (b']', _) => (Kind::CloseBracket, 1),
        (b'{', _) => (Kind::OpenBrace, 1),
        (b'}', _) => (Kind::CloseBrace, 1),
        (b'|', _) => (Kind::Bar, 1),
        (b'.', Some(b'.')) => (Kind::DotDot, 2),
        (b'.', _) => (Kind::Dot, 1),
        (b'+', _) => (Kind::Plus, 1),
        (b'-', _) => (Kind::Minus, 1),
        (b'*', _) => (Kind::Star, 1),
        (b'/', Some(b'/')) => return None,
        (b'/', _) => (Kind::Slash, 1),
        (b'%', _) => (Kind::Percent, 1),
        (b'<', Some(b'=')) => (Kind::LessEqual, 2),
        (b'<', Some(b'|')) => (Kind::LessBar, 2),
        (b'<', Some(b'>')) => (Kind::LessGreater, 2),
        (b'<', _) => (Kind::Less, 1),
        (b'>', Some(b'=')) => (Kind::GreaterEqual, 2),
        (b'>', _) => (Kind::Greater, 1),
        (b'=', Some(b'=')) => (Kind::Equal, 2),
        (b'=', Some(b'>')) => (Kind::Arrow, 2),
        (b'=', Some(b'~')) => (Kind::EqualTilde, 2),
        (b'=', _) => (Kind::Assign, 1),
        (b'!', Some(b'=')) => (Kind::BangEqual, 2),
        (b'!', Some(b'~')) => (Kind::BangTilde, 2),
        (b':', _) => (Kind::Colon, 1),
        (b';', _) => (Kind::Semicolon, 1),
        (b',', _) => (Kind::Comma, 1),
        (b'@', Some(b'"' | b'\'')) => return None,
        (b'@', _) => (Kind::At, 1),
        (b'?', _) => (Kind::Question, 1),
        _ => return None,
    })
}

/// Gives every bracket the index of its partner. A bracket left without one is never closed, or was never opened.
fn pair_brackets(lexemes: &mut [Lexeme]) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..lexemes.len() {
        let wanted = match lexemes[index].kind {
            Kind::OpenParen | Kind::OpenBracket | Kind::OpenBrace => {
                open.push(index);
                continue;
            }
            Kind::CloseParen => Kind::OpenParen,
            Kind::CloseBracket => Kind::OpenBracket,
            Kind::CloseBrace => Kind::OpenBrace,
            _ => continue,
        };
        // A few levels only: a text of a million wrong brackets stays linear.
        let Some(depth) = open.iter().rev().take(64).position(|at| lexemes[*at].kind == wanted) else {
            continue;
        };
        open.truncate(open.len() - depth);
        if let Some(partner) = open.pop() {
            lexemes[partner].mate = index as u32;
            lexemes[index].mate = partner as u32;
        }
    }
}
