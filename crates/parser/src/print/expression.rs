//! How expressions are printed: parentheses only where the tiers ask for them.

use super::{Printer, is_plain_call};
use crate::ast::*;
use crate::token::Kind;

/// Tiers, loosest first, as in the grammar.
const OR: u8 = 1;
const AND: u8 = 2;
const EQUALITY: u8 = 3;
const RELATION: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
const TEXT: u8 = 7;
const SIGN: u8 = 8;
const PATH: u8 = 9;
const PRIMARY: u8 = 10;

impl Printer {
    /// An expression where any may stand; a subquery in parentheses.
    pub(crate) fn expr(&mut self, expr: &Expr) -> &mut Printer {
        self.at_tier(expr, OR)
    }

    /// An expression where only a signed path may stand without parentheses.
    pub(crate) fn operand(&mut self, expr: &Expr) -> &mut Printer {
        self.at_tier(expr, SIGN)
    }

    /// An expression where a subquery needs no parentheses.
    pub(crate) fn pipe_expr(&mut self, expr: &Expr) -> &mut Printer {
        match &expr.kind {
            ExprKind::Pipeline(pipeline) => self.pipeline(pipeline),
            _ => self.expr(expr),
        }
    }

    pub(crate) fn expr_list(&mut self, items: &[Expr]) -> &mut Printer {
        for (index, item) in items.iter().enumerate() {
            self.word(if index > 0 { ", " } else { "" }).expr(item);
        }
        self
    }

    /// Names and patterns of names, which need no brackets where columns and tables are listed.
    pub(crate) fn pattern(&mut self, item: &Expr) -> &mut Printer {
        match &item.kind {
            ExprKind::Wildcard(name) => self.word(&name.text),
            _ => self.expr(item),
        }
    }

    pub(crate) fn pattern_list(&mut self, items: &[Expr]) -> &mut Printer {
        for (index, item) in items.iter().enumerate() {
            self.word(if index > 0 { ", " } else { "" }).pattern(item);
        }
        self
    }

    pub(crate) fn named_list(&mut self, items: &[NamedExpr]) -> &mut Printer {
        for (index, item) in items.iter().enumerate() {
            self.word(if index > 0 { ", " } else { "" }).named(item);
        }
        self
    }

    /// `n = x`, `(a, b) = x`, `x`
    pub(crate) fn named(&mut self, item: &NamedExpr) -> &mut Printer {
        match &item.target {
            Target::None => {}
            Target::Name(name) => {
                self.name(name).word(" = ");
            }
            Target::Tuple(names) => {
                self.word("(");
                for (index, name) in names.iter().enumerate() {
                    self.word(if index > 0 { ", " } else { "" }).name(name);
                }
                self.word(") = ");
            }
        }
        self.expr(&item.value)
    }

    pub(crate) fn call(&mut self, call: &Call) -> &mut Printer {
        let name = &call.name;
        if is_plain_call(&name.text) {
            self.word(&name.text)
        } else {
            self.name(name)
        };
        let takes_query = matches!(name.text.as_str(), "toscalar" | "totable" | "materialize");
        match call.arguments.as_slice() {
            [NamedExpr { target: Target::None, value, .. }] if takes_query => match &value.kind {
                ExprKind::Pipeline(pipeline) => self.subquery(pipeline),
                _ => self.word("(").expr(value).word(")"),
            },
            arguments => self.word("(").named_list(arguments).word(")"),
        }
    }

    fn at_tier(&mut self, expr: &Expr, tier: u8) -> &mut Printer {
        if tier_of(expr) < tier {
            return self.word("(").at_tier(expr, OR).word(")");
        }
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(literal),
            ExprKind::Name(name) => self.name(name),
            ExprKind::Wildcard(name) => self.word("[").word(&name.text).word("]"),
            ExprKind::Star => self.word("*"),
            // The point after a bare number would be its decimal point.
            ExprKind::Path(root, steps) if is_bare_number(root) => {
                self.word("(").expr(root).word(")").steps(steps)
            }
            ExprKind::Path(root, steps) => self.at_tier(root, PRIMARY).steps(steps),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Unary(op, operand) => {
                self.word(if *op == UnaryOp::Minus { "-" } else { "+" }).at_tier(operand, PATH)
            }
            ExprKind::Chain(first, others) => self.chain(first, others),
            ExprKind::Compare(op, left, right) => {
                let side = tier_of(expr) + 1;
                self.at_tier(left, side).space().word(op.symbol()).space().at_tier(right, side)
            }
            ExprKind::Membership(op, value, items) => {
                self.at_tier(value, RELATION).space().word(op.symbol()).space().members(items)
            }
            ExprKind::Between { negated, value, low, high } => {
                self.at_tier(value, RELATION).word(if *negated { " !between (" } else { " between (" });
                self.expr(low).word(" .. ").expr(high).word(")")
            }
            ExprKind::TypeOf(types) => {
                self.word("typeof(");
                for (index, type_name) in types.iter().enumerate() {
                    self.word(if index > 0 { ", " } else { "" }).word(&type_name.text);
                }
                self.word(")")
            }
            ExprKind::Pipeline(pipeline) => self.subquery(pipeline),
            ExprKind::EntityGroup(members) => self.word("entity_group [").expr_list(members).word("]"),
            ExprKind::Missing => self,
        }
    }

    fn chain(&mut self, first: &Expr, others: &[(BinaryOp, Expr)]) -> &mut Printer {
        let side = others.first().map_or(PRIMARY, |(op, _)| tier_of_operator(*op) + 1);
        // `search * and …` alone has a star as an operand.
        self.at_tier(first, if matches!(first.kind, ExprKind::Star) { OR } else { side });
        for (op, operand) in others {
            self.space().word(op.symbol()).space().at_tier(operand, side);
        }
        self
    }

    /// The list of `in (…)`: a lone subquery needs no parentheses of its own.
    fn members(&mut self, items: &[Expr]) -> &mut Printer {
        match items {
            [Expr { kind: ExprKind::Pipeline(pipeline), .. }] => self.subquery(pipeline),
            _ => self.word("(").expr_list(items).word(")"),
        }
    }

    fn steps(&mut self, steps: &[Step]) -> &mut Printer {
        for step in steps {
            match step {
                Step::Field(name) => self.word(".").name(name),
                Step::Wildcard(name) => self.word(".").word(&name.text),
                Step::Call(call) => self.word(".").call(call),
                Step::Index(index) => self.word("[").expr(index).word("]"),
            };
        }
        self
    }

    fn literal(&mut self, literal: &Literal) -> &mut Printer {
        let text = &literal.text;
        let bare = match literal.kind {
            ScalarType::String => return self.string(text, literal.obfuscated, '"'),
            ScalarType::Bool => matches!(text.as_str(), "true" | "false"),
            ScalarType::Long => is_token(text, Kind::Long),
            ScalarType::Real => is_token(text, Kind::Real),
            ScalarType::TimeSpan => is_token(text, Kind::TimeSpan),
            ScalarType::DateTime
            | ScalarType::Decimal
            | ScalarType::Dynamic
            | ScalarType::Guid
            | ScalarType::Int => false,
        };
        if bare { self.word(text) } else { self.word(literal.kind.name()).word("(").word(text).word(")") }
    }

    /// A string literal: verbatim when it has backslashes and nothing that must be escaped.
    pub(super) fn string(&mut self, text: &str, obfuscated: bool, quote: char) -> &mut Printer {
        self.word(if obfuscated { "h" } else { "" });
        if text.contains('\\') && !text.chars().any(char::is_control) {
            let doubled = quote.to_string().repeat(2);
            self.out.push('@');
            self.out.push(quote);
            self.out.push_str(&text.replace(quote, &doubled));
            self.out.push(quote);
            return self;
        }
        self.out.push(quote);
        for c in text.chars() {
            match c {
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                c if c == quote => self.out.extend(['\\', c]),
                c if c.is_control() => self.out.push_str(&format!("\\u{:04x}", c as u32)),
                c => self.out.push(c),
            }
        }
        self.out.push(quote);
        self
    }
}

/// Whether the text is one token of this kind.
fn is_token(text: &str, kind: Kind) -> bool {
    let lexed = crate::lexer::lex(text);
    lexed.lexemes.len() == 2 && lexed.lexemes[0].kind == kind && lexed.lexemes[0].end as usize == text.len()
}

fn tier_of_operator(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Or => OR,
        BinaryOp::And => AND,
        BinaryOp::Add | BinaryOp::Subtract => SUM,
        BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => PRODUCT,
    }
}

/// How tightly an expression binds.
fn tier_of(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Chain(_, others) => others.first().map_or(PRIMARY, |(op, _)| tier_of_operator(*op)),
        ExprKind::Compare(op, ..) => match op {
            CompareOp::Equal | CompareOp::NotEqual => EQUALITY,
            CompareOp::Less | CompareOp::LessOrEqual | CompareOp::Greater | CompareOp::GreaterOrEqual => {
                RELATION
            }
            CompareOp::EqualTilde | CompareOp::NotEqualTilde | CompareOp::Text(_) | CompareOp::Search => TEXT,
        },
        ExprKind::Membership(..) | ExprKind::Between { .. } => EQUALITY,
        ExprKind::Unary(..) => SIGN,
        ExprKind::Path(..) => PATH,
        ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Wildcard(_)
        | ExprKind::Star
        | ExprKind::Call(_)
        | ExprKind::TypeOf(_)
        | ExprKind::Pipeline(_)
        | ExprKind::EntityGroup(_)
        | ExprKind::Missing => PRIMARY,
    }
}

/// Whether an expression prints as digits.
fn is_bare_number(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(literal) => matches!(literal.kind, ScalarType::Long | ScalarType::Real),
        _ => false,
    }
}
