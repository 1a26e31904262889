//! Tokens: what the lexer gives the grammar, and the public view of them for highlighting.

use crate::Span;
use crate::ast::ScalarType;
use crate::keywords::{OPERATORS, Word};

/// What a token is, to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word that is not the language's.
    Name,
    /// A word of the language.
    Word(Word),
    /// `"text"`, with its quotes and prefix.
    String,
    /// `12`, `0xFF`
    Long,
    /// `1.5`, `1e5`
    Real,
    /// `2d`, `1.5h`
    TimeSpan,
    /// `true`, `FALSE`
    Bool,
    /// `datetime(…)`, `int(…)`: a literal with its type before it, one token.
    Typed(ScalarType),
    /// A guid without `guid(…)`.
    RawGuid,
    /// A line that begins with `#`.
    Directive,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `|`
    Bar,
    /// `.`
    Dot,
    /// `..`
    DotDot,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `<|`
    LessBar,
    /// `<>`
    LessGreater,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `=`
    Assign,
    /// `==`
    Equal,
    /// `=>`
    Arrow,
    /// `=~`
    EqualTilde,
    /// `!=`
    BangEqual,
    /// `!~`
    BangTilde,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// `@`
    At,
    /// `?`
    Question,
    /// The end of the text, or of the brackets that are being read.
    End,
}

/// One token. `lead..start` is the space and the comments before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexeme {
    pub(crate) kind: Kind,
    pub(crate) lead: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// For a bracket, the index of its partner; otherwise [`NO_MATE`].
    pub(crate) mate: u32,
}

/// No partner: not a bracket, or one that is never closed or was never opened.
pub(crate) const NO_MATE: u32 = u32::MAX;

impl Lexeme {
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether nothing stands between it and the token before.
    pub(crate) fn adjacent(&self) -> bool {
        self.lead == self.start
    }
}

/// How a token is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// A query operator after `|` or at the start: `where`, `summarize`.
    Operator,
    /// Another word of the language: `by`, `let`, `on`.
    Keyword,
    /// A text operator or connective: `has`, `and`, `in`.
    ScalarOperator,
    /// A scalar type in a schema: `long`.
    Type,
    /// A name before `(`.
    Function,
    /// `kind` in `kind=inner`, `hint.strategy`
    Parameter,
    /// Any other name.
    Name,
    /// A string literal.
    String,
    /// A number, a timespan with a unit, a typed literal.
    Number,
    /// `true`, `false`
    Bool,
    /// Brackets, commas, signs.
    Punctuation,
    /// `// …`
    Comment,
    /// `#connect …`
    Directive,
    /// Text that is no token.
    Invalid,
}

/// A token of a query text, comments included, space left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// How it is coloured.
    pub class: TokenClass,
    /// Where.
    pub span: Span,
}

/// The tokens and comments of a text in order. Any text has some; nothing is an error here.
pub fn tokens(text: &str) -> Vec<Token> {
    let lexed = crate::lexer::lex(text);
    let mut out = Vec::with_capacity(lexed.lexemes.len());
    for (index, lexeme) in lexed.lexemes.iter().enumerate() {
        trivia(text, lexeme.lead as usize, lexeme.start as usize, &mut out);
        if lexeme.kind == Kind::End {
            break;
        }
        let before = index.checked_sub(1).map(|i| lexed.lexemes[i].kind);
        let after = lexed.lexemes.get(index + 1).map(|next| next.kind);
        out.push(Token { class: class(text, lexeme, before, after), span: lexeme.span() });
    }
    out
}

/// Comments and stray characters between two tokens.
fn trivia(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let mut at = start;
    while let Some(c) = text.get(at..end).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..end];
        let (length, class) = if rest.starts_with("//") {
            (rest.find(['\n', '\r']).unwrap_or(rest.len()), Some(TokenClass::Comment))
        } else if crate::lexer::is_space(c) {
            (c.len_utf8(), None)
        } else {
            (c.len_utf8(), Some(TokenClass::Invalid))
        };
        if let Some(class) = class {
            out.push(Token { class, span: Span::new(at as u32, (at + length) as u32) });
        }
        at += length;
    }
}

fn class(text: &str, lexeme: &Lexeme, before: Option<Kind>, after: Option<Kind>) -> TokenClass {
    match lexeme.kind {
        Kind::String => TokenClass::String,
        Kind::Long | Kind::Real | Kind::TimeSpan | Kind::Typed(_) | Kind::RawGuid => TokenClass::Number,
        Kind::Bool => TokenClass::Bool,
        Kind::Directive => TokenClass::Directive,
        Kind::Name if after == Some(Kind::OpenParen) => TokenClass::Function,
        Kind::Name => TokenClass::Name,
        Kind::Word(word) => word_class(lexeme.span().text(text), word, before, after),
        _ => TokenClass::Punctuation,
    }
}

fn word_class(text: &str, word: Word, before: Option<Kind>, after: Option<Kind>) -> TokenClass {
    let first =
        matches!(before, None | Some(Kind::Bar | Kind::Semicolon | Kind::OpenParen | Kind::OpenBrace));
    if first && OPERATORS.contains(&text) && after != Some(Kind::OpenParen) {
        return TokenClass::Operator;
    }
    if matches!(text, "print" | "range" | "datatable" | "externaldata") && first {
        return TokenClass::Operator;
    }
    if before == Some(Kind::Colon) && ScalarType::from_name(text).is_some() {
        return TokenClass::Type;
    }
    if before == Some(Kind::Dot) {
        return TokenClass::Name;
    }
    if after == Some(Kind::Assign) {
        return if word == Word::Hard { TokenClass::Parameter } else { TokenClass::Name };
    }
    if matches!(
        text,
        "and" | "or" | "between" | "!between" | "in" | "in~" | "!in" | "!in~" | "has_any" | "has_all"
    ) || crate::ast::TextOp::from_symbol(text).is_some()
    {
        return TokenClass::ScalarOperator;
    }
    if word == Word::Soft && after == Some(Kind::OpenParen) {
        return TokenClass::Function;
    }
    TokenClass::Keyword
}
