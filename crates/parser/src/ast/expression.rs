//! Scalar expressions. A subquery in parentheses is one too.
//!
//! A tier of left-associative operators is one flat node, so a tree is never deeper than its brackets.

use super::{Literal, Name, Pipeline, Span, TypeName};

/// An expression at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where; parentheses around it are not part of it.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// `1`, `"text"`, `datetime(2024-01-01)`, `dynamic([1, 2])`
    Literal(Literal),
    /// `Column`, `['my column']`, `$left`
    Name(Name),
    /// A name with stars in it, `Security*`: a pattern of names.
    Wildcard(Name),
    /// `*`: all columns, or the operand of `* has "text"`.
    Star,
    /// `a.b[0].["c"]`, `database("d").Table`, `$left.key`
    Path(Box<Expr>, Vec<Step>),
    /// `f(a, b)`
    Call(Call),
    /// `-a`, `+a`
    Unary(UnaryOp, Box<Expr>),
    /// Operators of one tier, left to right: `a + b - c`, `a * b`, `a and b and c`, `a or b`. Never empty.
    Chain(Box<Expr>, Vec<(BinaryOp, Expr)>),
    /// `a == b`, `a has b`, `a matches regex b`. Does not chain.
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `a in (1, 2)`, `a in (T | project k)`, `a has_any (list)`
    Membership(MembershipOp, Box<Expr>, Vec<Expr>),
    /// `a between (low .. high)`, `a !between (low .. high)`
    Between {
        /// `!between`
        negated: bool,
        /// What is compared.
        value: Box<Expr>,
        /// The lower bound, included.
        low: Box<Expr>,
        /// The upper bound, included.
        high: Box<Expr>,
    },
    /// `typeof(long)`, `typeof(long, string)`
    TypeOf(Vec<TypeName>),
    /// A pipeline where an expression stands: `toscalar(T | count)`, `join (T | take 5)`, `let t = T | take 5`.
    /// A lone name or call is not one.
    Pipeline(Box<Pipeline>),
    /// `entity_group [cluster("c").database("d"), …]`
    EntityGroup(Vec<Expr>),
    /// Something was missing here; a diagnostic was given.
    Missing,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `.name`, `.['name']`
    Field(Name),
    /// `.Security*`, after `database(…)`
    Wildcard(Name),
    /// `.table("x")`, `.database("d")`
    Call(Call),
    /// `[0]`, `["key"]`, `[i + 1]`
    Index(Expr),
}

/// A function call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The function's name.
    pub name: Name,
    /// `f(x)`, `f(name = x)`, `f(*)`.
    pub arguments: Vec<NamedExpr>,
    /// Whole call, name to closing parenthesis.
    pub span: Span,
}

/// An expression with or without a name for its result: `n = count()`, `(a, b) = f()`, `x`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedExpr {
    /// The names it is given.
    pub target: Target,
    /// The expression.
    pub value: Expr,
    /// Target and value.
    pub span: Span,
}

/// The names an expression is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// No name: the language makes one.
    None,
    /// `n = …`
    Name(Name),
    /// `(a, b) = …`
    Tuple(Vec<Name>),
}

/// `-` and `+` before an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-`
    Minus,
    /// `+`
    Plus,
}

/// Operators that chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
}

/// Comparison by a list: `in`, `has_any` and their kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MembershipOp {
    /// `in`
    In,
    /// `!in`
    NotIn,
    /// `in~`, ignoring case
    InTilde,
    /// `!in~`
    NotInTilde,
    /// `has_any`
    HasAny,
    /// `has_all`
    HasAll,
}

/// Comparisons of two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `==`
    Equal,
    /// `!=`, `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=~`
    EqualTilde,
    /// `!~`
    NotEqualTilde,
    /// A text operator: `has`, `!contains_cs`, `startswith` …
    Text(TextOp),
    /// `:` in a `search` predicate
    Search,
}

/// The text operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextOp {
    /// What is looked for.
    pub relation: TextRelation,
    /// `!has`
    pub negated: bool,
    /// `has_cs`; always set for `matches regex`.
    pub case_sensitive: bool,
}

/// What a text operator looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextRelation {
    /// A whole term.
    Has,
    /// A term that begins so.
    HasPrefix,
    /// A term that ends so.
    HasSuffix,
    /// Text anywhere.
    Contains,
    /// Text at the start.
    StartsWith,
    /// Text at the end.
    EndsWith,
    /// `matches regex`
    MatchesRegex,
    /// `like` (old)
    Like,
}

impl Expr {
    /// An expression at a place.
    pub fn new(kind: ExprKind, span: Span) -> Expr {
        Expr { kind, span }
    }

    /// The name, when the expression is a plain name.
    pub fn as_name(&self) -> Option<&Name> {
        match &self.kind {
            ExprKind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The literal, when the expression is one.
    pub fn as_literal(&self) -> Option<&Literal> {
        match &self.kind {
            ExprKind::Literal(literal) => Some(literal),
            _ => None,
        }
    }
}

impl BinaryOp {
    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOp::Or => "or",
            BinaryOp::And => "and",
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply => "*",
            BinaryOp::Divide => "/",
            BinaryOp::Modulo => "%",
        }
    }
}

impl MembershipOp {
    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            MembershipOp::In => "in",
            MembershipOp::NotIn => "!in",
            MembershipOp::InTilde => "in~",
            MembershipOp::NotInTilde => "!in~",
            MembershipOp::HasAny => "has_any",
            MembershipOp::HasAll => "has_all",
        }
    }
}

impl CompareOp {
    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            CompareOp::Equal => "==",
            CompareOp::NotEqual => "!=",
            CompareOp::Less => "<",
            CompareOp::LessOrEqual => "<=",
            CompareOp::Greater => ">",
            CompareOp::GreaterOrEqual => ">=",
            CompareOp::EqualTilde => "=~",
            CompareOp::NotEqualTilde => "!~",
            CompareOp::Text(text) => text.symbol(),
            CompareOp::Search => ":",
        }
    }
}

/// Every text operator as canonically written.
const TEXT_OPERATORS: &[(&str, TextRelation, bool, bool)] = &[
    ("has", TextRelation::Has, false, false),
    ("!has", TextRelation::Has, true, false),
    ("has_cs", TextRelation::Has, false, true),
    ("!has_cs", TextRelation::Has, true, true),
    ("hasprefix", TextRelation::HasPrefix, false, false),
    ("!hasprefix", TextRelation::HasPrefix, true, false),
    ("hasprefix_cs", TextRelation::HasPrefix, false, true),
    ("!hasprefix_cs", TextRelation::HasPrefix, true, true),
    ("hassuffix", TextRelation::HasSuffix, false, false),
    ("!hassuffix", TextRelation::HasSuffix, true, false),
    ("hassuffix_cs", TextRelation::HasSuffix, false, true),
    ("!hassuffix_cs", TextRelation::HasSuffix, true, true),
    ("contains", TextRelation::Contains, false, false),
    ("!contains", TextRelation::Contains, true, false),
    ("contains_cs", TextRelation::Contains, false, true),
    ("!contains_cs", TextRelation::Contains, true, true),
    ("startswith", TextRelation::StartsWith, false, false),
    ("!startswith", TextRelation::StartsWith, true, false),
    ("startswith_cs", TextRelation::StartsWith, false, true),
    ("!startswith_cs", TextRelation::StartsWith, true, true),
    ("endswith", TextRelation::EndsWith, false, false),
    ("!endswith", TextRelation::EndsWith, true, false),
    ("endswith_cs", TextRelation::EndsWith, false, true),
    ("!endswith_cs", TextRelation::EndsWith, true, true),
    ("matches regex", TextRelation::MatchesRegex, false, true),
    ("like", TextRelation::Like, false, false),
    ("notlike", TextRelation::Like, true, false),
    ("likecs", TextRelation::Like, false, true),
    ("notlikecs", TextRelation::Like, true, true),
];

impl TextOp {
    /// As canonically written.
    pub fn symbol(self) -> &'static str {
        TEXT_OPERATORS
            .iter()
            .find(|(_, relation, negated, case)| {
                *relation == self.relation && *negated == self.negated && *case == self.case_sensitive
            })
            .map_or("has", |(symbol, ..)| symbol)
    }

    /// The operator of this spelling.
    pub fn from_symbol(symbol: &str) -> Option<TextOp> {
        TEXT_OPERATORS.iter().find(|(text, ..)| *text == symbol).map(|(_, relation, negated, case)| TextOp {
            relation: *relation,
            negated: *negated,
            case_sensitive: *case,
        })
    }
}
