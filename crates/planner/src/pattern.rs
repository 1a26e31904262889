//! `declare pattern`: texts that stand for rows. `declare pattern p = (a:string)[b:string] { ("x").["y"] = { T }; };
//! p("x").y`

use crate::binder::{Binder, Scope};
use crate::environment::{Binding, Environment};
use crate::graph::Piped;
use crate::invocation::Invoked;
use crate::plan::{Expr, Plan};
use calypso_library::Value;
use calypso_parser::ast::{self, Call, DeclarePattern, ExprKind, PatternDefinition, Step};
use std::rc::Rc;

/// A declared pattern.
pub struct Pattern {
    /// What it takes and stands for; a pattern without fits nothing.
    definition: Option<PatternDefinition>,
    /// The names above its declaration.
    environment: Environment,
}

impl Binder<'_> {
    /// Remembers a pattern.
    pub fn declare_pattern(&mut self, declared: &DeclarePattern, environment: &Environment) {
        let pattern = Pattern { definition: declared.definition.clone(), environment: environment.clone() };
        self.patterns.insert(declared.name.text.clone(), Rc::new(pattern));
    }

    /// The call and the path of a use of a pattern.
    fn pattern_use<'e>(&self, e: &'e ast::Expr) -> Option<(&'e Call, &'e [Step])> {
        let (base, steps) = match &e.kind {
            ExprKind::Path(base, steps) => (&**base, steps.as_slice()),
            _ => (e, [].as_slice()),
        };
        match &base.kind {
            ExprKind::Call(call) if self.patterns.contains_key(&call.name.text) => Some((call, steps)),
            _ => None,
        }
    }

    /// Whether an expression is the use of a pattern.
    pub fn is_pattern(&self, e: &ast::Expr) -> bool {
        self.pattern_use(e).is_some()
    }

    /// The rows that the use of a pattern stands for; `None` when the expression is none.
    pub fn pattern_rows(&mut self, e: &ast::Expr, environment: &Environment) -> Option<Option<Plan>> {
        let (call, steps) = self.pattern_use(e)?;
        let pattern = Rc::clone(self.patterns.get(&call.name.text)?);
        Some(self.pattern_body(&pattern, call, steps, e, environment))
    }

    fn pattern_body(
        &mut self,
        pattern: &Pattern,
        call: &Call,
        steps: &[Step],
        e: &ast::Expr,
        environment: &Environment,
    ) -> Option<Plan> {
        let scope = Scope::constant(environment);
        let mut given = Vec::new();
        for argument in &call.arguments {
            given.push(self.constant(&argument.value, scope)?.text());
        }
        let path = match steps {
            [] => None,
            [Step::Field(name)] => Some(name.text.clone()),
            [Step::Index(index)] => Some(self.constant(index, scope)?.text()),
            _ => return self.error("KS188", e.span, "a pattern takes one path"),
        };
        let missing = || {
            let texts = given.iter().map(|text| format!("'{text}'")).collect::<Vec<_>>().join(", ");
            let path = path.as_ref().map_or(String::new(), |path| format!(".['{path}']"));
            format!("no case of the pattern fits `{}({texts}){path}`", call.name.text)
        };
        let Some(definition) = &pattern.definition else {
            return self.error_with_help(
                "KS188",
                e.span,
                missing(),
                format!("`declare pattern {} = (…) {{ … }}` says what it stands for", call.name.text),
            );
        };
        for case in &definition.matches {
            let mut wanted = Vec::new();
            for argument in &case.arguments {
                wanted.push(self.constant(argument, scope)?.text());
            }
            let wanted_path = match &case.path {
                Some(path) => Some(self.constant(path, scope)?.text()),
                None => None,
            };
            if wanted != given || wanted_path != path {
                continue;
            }
            let mut inner = pattern.environment.clone();
            let texts = given.iter().chain(path.as_ref());
            for (parameter, text) in definition.parameters.iter().chain(&definition.path).zip(texts) {
                let value = Expr::Literal(Value::String(text.clone()));
                inner = inner.with(parameter.name.text.clone(), Binding::Scalar(value));
            }
            return match self.body(&case.body, inner, case.span)? {
                Invoked::Table(plan) => Some(plan),
                Invoked::Graph(graph) => self.rows(Piped::Graph(graph), case.span),
                Invoked::Scalar(_) => {
                    self.error("KS111", case.span, "a pattern stands for rows, found a scalar value")
                }
            };
        }
        self.error("KS188", e.span, missing())
    }
}
