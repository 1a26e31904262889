//! `range`: a column of evenly spaced values. `range x from 1 to 10 step 2`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::plan::{Expr, Node, Plan};
use calypso_library::overload::common_type;
use calypso_library::{Type, Value};
use calypso_parser::ast::Range;

impl Binder<'_> {
    /// One column whose type follows the arguments.
    pub fn range(&mut self, range: &Range, environment: &Environment) -> Option<Plan> {
        let scope = Scope::constant(environment);
        let from = self.expression(&range.from, scope);
        let to = self.expression(&range.to, scope);
        let step = self.expression(&range.step, scope);
        let (from, to, step) = (from?, to?, step?);
        let ty = match (from.ty(), to.ty(), step.ty()) {
            (Type::DateTime, Type::DateTime, Type::TimeSpan) => Type::DateTime,
            (Type::TimeSpan, Type::TimeSpan, Type::TimeSpan) => Type::TimeSpan,
            (a, b, c) => match common_type(a, b).and_then(|ty| common_type(ty, c)) {
                Some(Type::Int) => Type::Int,
                Some(Type::Long | Type::Dynamic) => Type::Long,
                Some(Type::Real) => Type::Real,
                _ => {
                    let message = format!("no range goes from {a} to {b} by {c}");
                    let help = "numbers go by numbers, datetimes and timespans by timespans";
                    return self.error_with_help("KS106", range.span, message, help);
                }
            },
        };
        if matches!(step.literal(), Some(Value::Int(0) | Value::Long(0) | Value::TimeSpan(0))) {
            return self.error("KS140", range.step.span, "a step of 0 never arrives");
        }
        let from = self.convert(from, ty, range.from.span)?;
        let to = self.convert(to, ty, range.to.span)?;
        let step_type = if ty == Type::DateTime { Type::TimeSpan } else { ty };
        let step: Expr = self.convert(step, step_type, range.step.span)?;
        let columns = vec![self.column(range.column.text.clone(), ty)];
        Some(Plan { node: Node::Range { from, to, step }, columns })
    }
}
