//! Calls with known arguments are evaluated while binding; conversions between types.

use crate::binder::Binder;
use crate::plan::Expr;
use calypso_library::call::{Argument, Call};
use calypso_library::convert::conversion;
use calypso_library::function::{Function, Kind};
use calypso_library::{Type, Value};
use calypso_parser::ast::Span;

impl Binder<'_> {
    /// A call, evaluated at once when it always gives the same.
    pub fn call(
        &mut self,
        function: &'static Function,
        arguments: Vec<Expr>,
        returns: Type,
        span: Span,
    ) -> Option<Expr> {
        let known = match function.kind {
            Kind::Pure | Kind::Comparison | Kind::Now => {
                arguments.iter().map(|e| known(function, e)).collect()
            }
            Kind::Volatile | Kind::Window | Kind::Special(_) => None,
        };
        let Some(values): Option<Vec<Value>> = known else {
            return Some(Expr::Call { function, arguments, returns });
        };
        let values: Vec<Argument> = values.into_iter().map(Argument::constant).collect();
        match (function.evaluate)(&Call { arguments: &values, rows: 1, returns }) {
            Ok(array) if array.len() == 1 => Some(Expr::Literal(Value::from_array(returns, &array, 0))),
            Ok(_) => Some(Expr::Call { function, arguments, returns }),
            Err(error) => self.error("KS131", span, error.to_string()),
        }
    }

    /// The expression as a value of another type.
    pub fn convert(&mut self, expr: Expr, to: Type, span: Span) -> Option<Expr> {
        if expr.ty() == to {
            return Some(expr);
        }
        if let Expr::Literal(Value::Null(_)) = expr {
            return Some(Expr::Literal(Value::absent(to)));
        }
        self.call(conversion(to), vec![expr], to, span)
    }
}

/// The value of an argument before any row; any value of its type where only the type is asked for.
fn known(function: &Function, argument: &Expr) -> Option<Value> {
    match argument.literal() {
        None if function.type_only && argument.ty() != Type::Dynamic => Some(Value::absent(argument.ty())),
        value => value.cloned(),
    }
}
