//! `parse-kv`: values of keys out of texts. `T | parse-kv s as (a:long, b:string) with (pair_delimiter=",", kv_delimiter="=")`

use super::mv_expand::free_name;
use super::parameters::parameter_text;
use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::expression::type_of;
use crate::plan::{KeyPattern, Node, Plan};
use calypso_library::Type;
use calypso_library::parse_kv::{KeyValues, Options};
use calypso_parser::ast::{Literal, ParseKv, ScalarType};

impl Binder<'_> {
    /// One column per key behind the others; a name that is taken gets a number.
    pub fn parse_kv(&mut self, plan: Plan, operator: &ParseKv, environment: &Environment) -> Option<Plan> {
        let input = plan.columns.clone();
        let source = self.expression(&operator.value, Scope::rows(environment, &input))?;
        let source = self.convert(source, Type::String, operator.value.span)?;
        let mut keys: Vec<(String, Type)> = Vec::new();
        for declared in &operator.keys.columns {
            let ty = match &declared.type_name {
                None => Type::String,
                Some(name) => match name.scalar() {
                    Some(ty) => type_of(ty),
                    None => return self.unknown_type(&name.text, name.span),
                },
            };
            let key = declared.name.text.clone();
            if keys.iter().any(|(known, _)| *known == key) {
                return self.error("KS171", declared.span, format!("the key `{key}` is named twice"));
            }
            keys.push((key, ty));
        }
        let options = self.key_options(operator)?;
        if let Err(found) = KeyValues::new(&options, keys.clone()) {
            return self.error("KS140", operator.span, found);
        }
        let plan = self.with_windows(plan);
        let mut columns = plan.columns.clone();
        for (key, ty) in &keys {
            let name = free_name(key, columns.iter().map(|column| column.name.as_str()));
            columns.push(self.column(name, *ty));
        }
        let keys = KeyPattern { keys, options };
        Some(Plan { node: Node::ParseKv { input: Box::new(plan), source, keys }, columns })
    }

    /// What stands in `with (…)`.
    fn key_options(&mut self, operator: &ParseKv) -> Option<Options> {
        let mut options = Options::default();
        for property in &operator.properties {
            if property.name.text == "greedy" {
                options.greedy = self.parameter_flag(property)?;
                continue;
            }
            let Some(Literal { kind: ScalarType::String, .. }) = property.value.as_literal() else {
                return self.error("KS222", property.value.span, "expected a text in quotes");
            };
            let text = parameter_text(property).to_owned();
            match property.name.text.as_str() {
                "pair_delimiter" => options.pair_delimiter = Some(text),
                "kv_delimiter" => options.kv_delimiter = Some(text),
                "regex" => options.regex = Some(text),
                "quote" => options.quotes.push(text),
                "escape" => options.escapes.push(text),
                _ => {}
            }
        }
        Some(options)
    }
}
