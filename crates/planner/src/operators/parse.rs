//! `parse` and `parse-where`: columns out of texts. `T | parse kind=simple s with "a=" a:long "," *`

use super::parameters::{parameter, parameter_text};
use crate::binder::{Binder, Scope, hidden_name};
use crate::environment::Environment;
use crate::expression::type_of;
use crate::plan::{Node, ParseKind, ParsePart, ParsePattern, Plan, PlanColumn};
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, OperatorParameter};

impl Binder<'_> {
    /// Captured columns stand in the place of a column of their name, else at the end.
    pub fn parse(
        &mut self,
        plan: Plan,
        parameters: &[OperatorParameter],
        value: &ast::Expr,
        parts: &[ast::ParsePart],
        only_matches: bool,
        environment: &Environment,
    ) -> Option<Plan> {
        let kind = match parameter(parameters, &["kind"]) {
            None => ParseKind::Simple,
            Some(given) => match parameter_text(given) {
                "simple" => ParseKind::Simple,
                "regex" => ParseKind::Regex,
                "relaxed" if !only_matches => ParseKind::Relaxed,
                _ => return self.wrong_parameter(given, &["simple", "regex", "relaxed"]),
            },
        };
        let flags = match parameter(parameters, &["flags"]) {
            None => String::new(),
            Some(given) if kind == ParseKind::Regex => parameter_text(given).to_owned(),
            Some(given) => return self.error("KS140", given.span, "`flags` is only for `kind=regex`"),
        };
        let input = plan.columns.clone();
        let source = self.expression(value, Scope::rows(environment, &input))?;
        let source = self.convert(source, Type::String, value.span)?;
        let mut pattern = ParsePattern { kind, flags, parts: Vec::new() };
        let mut captured: Vec<(String, PlanColumn)> = Vec::new();
        self.separated(parts)?;
        for part in parts {
            pattern.parts.push(match part {
                ast::ParsePart::Star(_) => ParsePart::Star,
                ast::ParsePart::Text(e) => match self.constant(e, Scope::constant(environment))? {
                    Value::String(text) if !text.is_empty() => ParsePart::Text(text),
                    _ => return self.error("KS133", e.span, "expected a text that is not empty"),
                },
                ast::ParsePart::Column(declared) => {
                    let ty = match &declared.type_name {
                        None => Type::String,
                        Some(name) => match name.scalar() {
                            Some(ty) => type_of(ty),
                            None => return self.unknown_type(&name.text, name.span),
                        },
                    };
                    captured.push((declared.name.text.clone(), self.column(hidden_name("captured"), ty)));
                    ParsePart::Column(ty)
                }
            });
        }
        let plan = self.with_windows(plan);
        let mut output = plan.columns.clone();
        output.extend(captured.iter().map(|(_, column)| column.clone()));
        let parsed = Plan {
            node: Node::Parse { input: Box::new(plan), source, pattern, only_matches },
            columns: output,
        };
        let mut columns = Vec::new();
        for column in &input {
            match captured.iter().position(|(name, _)| *name == column.name) {
                Some(at) => {
                    let (name, found) = captured.remove(at);
                    columns.push((self.column(name, found.ty), found.expr()));
                }
                None => columns.push((column.clone(), column.expr())),
            }
        }
        for (name, found) in captured {
            columns.push((self.column(name, found.ty), found.expr()));
        }
        Some(self.project(parsed, columns))
    }

    /// Between stars and columns stands a text, so that it is known where one ends.
    fn separated(&mut self, parts: &[ast::ParsePart]) -> Option<()> {
        use ast::ParsePart::{Column, Star, Text};
        let help = "write the text that stands between them: `with a \",\" b`";
        for pair in parts.windows(2) {
            match pair {
                [Star(_), Star(span)] => {
                    return self.error_with_help("KS102", *span, "two `*` stand side by side", help);
                }
                [Star(_) | Column(_), Column(column)] => {
                    let message = format!("nothing stands before `{}` to find it by", column.name.text);
                    return self.error_with_help("KS101", column.span, message, help);
                }
                [Column(column), Star(span)] if is_text(column) => {
                    let message =
                        format!("`*` after the text `{}` leaves open where it ends", column.name.text);
                    return self.error_with_help("KS103", *span, message, help);
                }
                [Text(_) | Star(_) | Column(_), Text(_) | Star(_)]
                | [Text(_), Column(_)]
                | []
                | [_]
                | [_, _, ..] => {}
            }
        }
        Some(())
    }
}

fn is_text(column: &ast::ColumnDeclaration) -> bool {
    column.type_name.as_ref().is_none_or(|ty| ty.scalar() == Some(ast::ScalarType::String))
}
