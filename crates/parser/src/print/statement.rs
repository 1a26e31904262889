//! How statements are printed.

use super::Printer;
use crate::ast::*;

/// Bytes of a list of parameters on one line.
const LONGEST_LINE: usize = 100;

impl Printer {
    pub(super) fn query(&mut self, query: &Query) {
        for directive in &query.directives {
            self.word(&directive.text).line();
        }
        self.block(&query.statements);
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Statements, one after another, `;` after each but the last.
    pub(crate) fn block(&mut self, statements: &[Statement]) -> &mut Printer {
        for (index, statement) in statements.iter().enumerate() {
            self.statement(statement);
            // A text may end in a `let`, which gives no answer; the `;` then shows that it is whole.
            let last = index + 1 == statements.len();
            if !last || !matches!(statement, Statement::Tabular(_) | Statement::Command(_)) {
                self.word(";");
            }
            if !last {
                self.line();
            }
        }
        self
    }

    fn statement(&mut self, statement: &Statement) -> &mut Printer {
        match statement {
            Statement::Tabular(pipeline) => self.pipeline(pipeline),
            Statement::Let(statement) => self.let_statement(statement),
            Statement::Set(set) => {
                self.word("set ").name(&set.name);
                match &set.value {
                    Some(value) => self.word(" = ").expr(value),
                    None => self,
                }
            }
            Statement::DeclareQueryParameters(declared) => self.query_parameters(&declared.parameters),
            Statement::DeclarePattern(pattern) => self.declare_pattern(pattern),
            Statement::RestrictAccess(restrict) => {
                self.word("restrict access to (").tables(&restrict.entities).word(")")
            }
            Statement::Alias(alias) => {
                self.word("alias database ").name(&alias.name).word(" = ").expr(&alias.value)
            }
            Statement::Command(command) => {
                self.word(&command.text);
                for operator in &command.rest.operators {
                    self.line().word("| ");
                    super::Print::print(operator, self);
                }
                self
            }
        }
    }

    fn let_statement(&mut self, statement: &LetStatement) -> &mut Printer {
        self.word("let ").name(&statement.name).word(" = ");
        match &statement.value {
            LetValue::Expression(value) => {
                self.indent().pipe_expr(value).dedent();
            }
            LetValue::Function(function) => {
                self.word(if function.view { "view " } else { "" });
                self.word("(").function_parameters(&function.parameters).word(") ").body(&function.body);
            }
        }
        self
    }

    /// On one line, or one below the other where that would be too long.
    fn query_parameters(&mut self, parameters: &[FunctionParameter]) -> &mut Printer {
        let start = self.out.len();
        self.word("declare query_parameters(").function_parameters(parameters).word(")");
        if self.out.len() - start <= LONGEST_LINE {
            return self;
        }
        self.out.truncate(start);
        self.word("declare query_parameters(").indent();
        for (index, parameter) in parameters.iter().enumerate() {
            self.word(if index > 0 { "," } else { "" }).line().function_parameter(parameter);
        }
        self.dedent().word(")")
    }

    fn function_parameters(&mut self, parameters: &[FunctionParameter]) -> &mut Printer {
        for (index, parameter) in parameters.iter().enumerate() {
            self.word(if index > 0 { ", " } else { "" }).function_parameter(parameter);
        }
        self
    }

    fn function_parameter(&mut self, parameter: &FunctionParameter) -> &mut Printer {
        self.name(&parameter.name).word(":");
        match &parameter.kind {
            ParameterKind::Scalar(type_name) => self.word(&type_name.text),
            ParameterKind::Table(schema) => self.schema(schema),
        };
        if let Some(default) = &parameter.default {
            self.word(" = ").expr(default);
        }
        self
    }

    fn body(&mut self, body: &FunctionBody) -> &mut Printer {
        self.word("{").indent();
        for statement in &body.statements {
            self.line().statement(statement).word(";");
        }
        if let Some(result) = &body.result {
            self.line().pipe_expr(result);
        }
        self.dedent().line().word("}")
    }

    fn declare_pattern(&mut self, pattern: &DeclarePattern) -> &mut Printer {
        self.word("declare pattern ").name(&pattern.name);
        let Some(definition) = &pattern.definition else { return self };
        self.word(" = (").columns(&definition.parameters).word(")");
        if let Some(path) = &definition.path {
            self.word("[").columns(std::slice::from_ref(path)).word("]");
        }
        self.word(" {").indent();
        for case in &definition.matches {
            self.line().word("(").expr_list(&case.arguments).word(")");
            if let Some(path) = &case.path {
                self.word(".[").expr(path).word("]");
            }
            self.word(" = ").body(&case.body).word(";");
        }
        self.dedent().line().word("}")
    }
}
