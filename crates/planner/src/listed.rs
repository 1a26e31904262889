//! The items of a list of columns, as `extend`, `project`, `distinct` and `print` take them: an expression with the name
//! it is given or makes, or a call that gives several columns. `extend (a, b) = series_stats(x)`

use crate::binder::{Binder, Level, Scope};
use crate::environment::Binding;
use crate::names::{ColumnName, expression_name, item_name};
use crate::plan::Expr;
use calypso_library::function::{Columns, Function, ResultName};
use calypso_library::{Type, Value, functions};
use calypso_parser::ast::{self, ExprKind, NamedExpr, Span, Target};

impl Binder<'_> {
    /// The columns of an item: one, or those of a call that gives several. Names given go to the first ones.
    pub fn listed(&mut self, item: &NamedExpr, scope: Scope) -> Option<Vec<(ColumnName, Expr)>> {
        if let Some((function, call)) = several(&item.value, scope) {
            let columns = self.columns_of(function, call, scope)?;
            let given: &[ast::Name] = match &item.target {
                Target::None => &[],
                Target::Name(name) => std::slice::from_ref(name),
                Target::Tuple(names) => names,
            };
            if given.len() > columns.len() {
                return self.too_many_names(given.len(), columns.len(), item.span);
            }
            let name = |index: usize, made: String| match given.get(index) {
                Some(name) => ColumnName::Given(name.text.clone()),
                None => ColumnName::Made(made),
            };
            let columns = columns.into_iter().enumerate();
            return Some(columns.map(|(index, (made, expr))| (name(index, made), expr)).collect());
        }
        if let Target::Tuple(names) = &item.target
            && names.len() > 1
        {
            return self.too_many_names(names.len(), 1, item.span);
        }
        let expr = self.expression(&item.value, scope)?;
        Some(vec![(item_name(item, scope), expr)])
    }

    fn too_many_names<T>(&mut self, names: usize, columns: usize, span: Span) -> Option<T> {
        self.error("KS131", span, format!("{names} names for an expression of {columns} columns"))
    }

    /// The columns of a call, under the names they make.
    fn columns_of(
        &mut self,
        function: &'static Function,
        call: &ast::Call,
        scope: Scope,
    ) -> Option<Vec<(String, Expr)>> {
        let arguments = self.call_arguments(call, scope)?;
        let dynamic = arguments.iter().filter(|(expr, _)| expr.ty() == Type::Dynamic).count();
        let whole = self.function_call(function, arguments, call.span)?;
        let name = |index: usize| {
            call.arguments.get(index).and_then(|argument| expression_name(&argument.value, scope))
        };
        let mut columns = Vec::new();
        match function.columns {
            Some(Columns::Parts(parts)) => {
                let first = name(0).unwrap_or_default();
                for (part, ty) in parts {
                    let step = Value::String((*part).to_owned());
                    let value = self.part(whole.clone(), step, call.span)?;
                    let value = self.convert(value, *ty, call.span)?;
                    columns.push((format!("{}_{first}_{part}", function.name), value));
                }
            }
            Some(Columns::Arguments) | None => {
                for index in 0..dynamic.max(1) {
                    let value = match dynamic {
                        0 | 1 => whole.clone(),
                        _ => self.part(whole.clone(), Value::Long(index as i64), call.span)?,
                    };
                    let base = name(index).unwrap_or_else(|| format!("array{index}"));
                    let made = match function.result_name {
                        ResultName::Suffix(suffix) => format!("{base}_{suffix}"),
                        ResultName::None
                        | ResultName::FirstArgument
                        | ResultName::Prefix(_)
                        | ResultName::All(_)
                        | ResultName::Ends(_) => base,
                    };
                    columns.push((made, value));
                }
            }
        }
        Some(columns)
    }

    /// Where one value is wanted, what a call that gives several columns stands for: the array of all, whose elements
    /// a path may take, or the first part.
    pub fn one_value(&mut self, function: &'static Function, call: &ast::Call, scope: Scope) -> Option<Expr> {
        if matches!(function.columns, Some(Columns::Arguments)) {
            let arguments = self.call_arguments(call, scope)?;
            return self.function_call(function, arguments, call.span);
        }
        let columns = self.columns_of(function, call, scope)?;
        columns.into_iter().next().map(|(_, expr)| expr)
    }

    fn part(&mut self, whole: Expr, step: Value, span: Span) -> Option<Expr> {
        self.operator("[]", vec![(whole, span), (Expr::Literal(step), span)], span)
    }

    /// Refuses a list in which one name is given twice.
    pub fn given_once(&mut self, items: &[NamedExpr]) -> Option<()> {
        let mut seen = std::collections::HashSet::new();
        for item in items {
            let names: &[ast::Name] = match &item.target {
                Target::None => &[],
                Target::Name(name) => std::slice::from_ref(name),
                Target::Tuple(names) => names,
            };
            for name in names {
                if !seen.insert(name.text.as_str()) {
                    let message = format!("the column `{}` is named twice", name.text);
                    return self.error("KS146", item.span, message);
                }
            }
        }
        Some(())
    }
}

/// The built-in function that an item calls, when it gives several columns.
fn several<'e>(e: &'e ast::Expr, scope: Scope) -> Option<(&'static Function, &'e ast::Call)> {
    let ExprKind::Call(call) = &e.kind else { return None };
    if scope.level != Level::Row
        || matches!(scope.environment.find(&call.name.text), Some(Binding::Function(_)))
    {
        return None;
    }
    let function = functions::find(&call.name.text)?;
    function.columns.is_some().then_some((function, call))
}
