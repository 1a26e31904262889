//! Calls of built-in functions and operators: the overload, the conversions it asks for, and what does not fit.

use crate::binder::{Binder, hidden_name};
use crate::plan::Expr;
use calypso_library::function::{ArgumentInfo, Function, Kind};
use calypso_library::overload::{Mismatch, choose};
use calypso_library::{Type, Value, functions};
use calypso_parser::ast::Span;

impl Binder<'_> {
    /// A call of the operator of that symbol.
    pub fn operator(&mut self, symbol: &str, arguments: Vec<(Expr, Span)>, span: Span) -> Option<Expr> {
        match functions::find(symbol) {
            Some(function) => self.function_call(function, arguments, span),
            None => self.unsupported(span, &format!("the operator `{symbol}`")),
        }
    }

    /// Chooses the overload, converts the arguments and makes the call.
    pub fn function_call(
        &mut self,
        function: &'static Function,
        mut arguments: Vec<(Expr, Span)>,
        span: Span,
    ) -> Option<Expr> {
        if function.kind == Kind::Comparison {
            self.convert_text_literals(&mut arguments);
        }
        let infos: Vec<ArgumentInfo> = arguments
            .iter()
            .map(|(expr, _)| ArgumentInfo { ty: expr.ty(), constant: expr.literal().cloned() })
            .collect();
        let overload = match choose(function.signatures, function.overload, &infos) {
            Ok(overload) => overload,
            Err(mismatch) => return self.mismatch(function, mismatch, &arguments, span),
        };
        let mut converted = Vec::with_capacity(arguments.len() + 1);
        for ((expr, place), ty) in arguments.into_iter().zip(&overload.arguments) {
            converted.push(self.convert(expr, *ty, place)?);
        }
        match function.kind {
            Kind::Now => converted.push(Expr::Literal(Value::DateTime(self.now))),
            Kind::Window => {
                let column = self.column(hidden_name(function.name), overload.returns);
                let call =
                    crate::plan::WindowCall { function, arguments: converted, returns: overload.returns };
                let expr = column.expr();
                self.windows.push((column, call));
                return Some(expr);
            }
            Kind::Pure | Kind::Volatile | Kind::Comparison | Kind::Special(_) => {}
        }
        self.call(function, converted, overload.returns, span)
    }

    /// In a comparison with a typed value a text literal is read as that type.
    fn convert_text_literals(&mut self, arguments: &mut [(Expr, Span)]) {
        let typed = arguments.iter().map(|(expr, _)| expr.ty()).find(|ty| {
            matches!(
                ty,
                Type::Bool
                    | Type::Int
                    | Type::Long
                    | Type::Real
                    | Type::Decimal
                    | Type::DateTime
                    | Type::TimeSpan
                    | Type::Guid
            )
        });
        let Some(to) = typed else { return };
        // A text looked for among texts and numbers is a text: `s in ('none', 0)`.
        let is_text = |(expr, _): &(Expr, Span)| expr.ty() == Type::String;
        if arguments.split_first().is_some_and(|(first, items)| is_text(first) && items.iter().any(is_text)) {
            return;
        }
        for (expr, span) in arguments {
            if let Expr::Literal(Value::String(_)) = expr
                && let Some(converted) = self.convert(expr.clone(), to, *span)
            {
                *expr = converted;
            }
        }
    }

    fn mismatch<T>(
        &mut self,
        function: &'static Function,
        mismatch: Mismatch,
        arguments: &[(Expr, Span)],
        span: Span,
    ) -> Option<T> {
        let types: Vec<&str> = arguments.iter().map(|(expr, _)| expr.ty().name()).collect();
        let is_operator =
            !function.name.starts_with(|c: char| c.is_ascii_alphabetic()) || function.name.contains(' ');
        match mismatch {
            Mismatch::Count(..) | Mismatch::Type(_) if is_operator || function.kind == Kind::Comparison => {
                let message =
                    format!("the operator `{}` is not defined for {}", function.name, types.join(" and "));
                let help = if types.contains(&"dynamic") {
                    "convert the dynamic value first: `tostring(…)`, `tolong(…)`, `todatetime(…)`"
                } else {
                    "convert one side so that both have one type"
                };
                self.error_with_help("KS106", span, message, help)
            }
            Mismatch::Count(..) | Mismatch::Type(_) | Mismatch::Constant(_) => {
                self.does_not_fit(&function.into(), mismatch, arguments, span)
            }
        }
    }
}
