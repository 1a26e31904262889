//! `bag_unpack`: a projection with a column per key. Which keys there are is asked of the rows, unless the query
//! promises its columns.

use crate::binder::Binder;
use crate::builtins::BUILDSCHEMA;
use crate::environment::Environment;
use crate::plan::{AggregateExpr, Expr, Node, Plan, PlanColumn};
use calypso_library::plugin::{Plugin, PluginCall};
use calypso_library::{Json, Type, Value};
use calypso_parser::ast::{Evaluate, RestColumns, Span};

/// What happens to a key that is named as a column of the rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conflict {
    Error,
    ReplaceSource,
    KeepSource,
}

/// A key with the column it becomes.
struct Unpacked {
    key: String,
    name: String,
    ty: Type,
}

impl Binder<'_> {
    /// The rows without the bag, then its keys in order.
    pub(super) fn bag_unpack(
        &mut self,
        plan: Plan,
        plugin: &'static Plugin,
        operator: &Evaluate,
        environment: &Environment,
    ) -> Option<Plan> {
        let span = operator.call.span;
        let bound = self.plugin_call(plan, plugin, &operator.call, environment)?;
        let call = bound.call;
        let conflict = match call.constant("columnsConflict").map(Value::text).as_deref() {
            None | Some("error") => Conflict::Error,
            Some("replace_source") => Conflict::ReplaceSource,
            Some("keep_source") => Conflict::KeepSource,
            Some(other) => {
                let message = format!("`columnsConflict` does not take `{other}`");
                let help = "it takes error, replace_source, keep_source";
                return self.error_with_help("KS140", span, message, help);
            }
        };
        let prefix = call.constant("OutputColumnPrefix").map(Value::text).unwrap_or_default();
        if let Some(schema) = &operator.schema {
            let promised = self.promised(schema)?;
            return self.promised_keys(bound.plan, &call, (&prefix, conflict), (promised, schema.rest), span);
        }
        let plan = self.shared(bound.plan);
        let bag = plan.columns.get(call.place("Column"))?.clone();
        let ignored = ignored_keys(&call);
        let mut keys = self.keys_of(&plan, &bag, &prefix, span)?;
        keys.retain(|unpacked| !ignored.contains(&unpacked.key));
        let others: Vec<PlanColumn> =
            plan.columns.iter().filter(|column| column.id != bag.id).cloned().collect();
        let taken = |name: &str| others.iter().any(|column| column.name == name);
        if let Some(clash) = keys.iter().find(|key| conflict == Conflict::Error && taken(&key.name)) {
            let message = format!("the key `{}` is named as a column of the rows", clash.name);
            let help = "give a prefix, or `columnsConflict='replace_source'` or `'keep_source'`";
            return self.error_with_help("KS198", span, message, help);
        }
        let mut columns = Vec::new();
        for column in &others {
            match keys.iter().position(|key| key.name == column.name) {
                Some(at) if conflict == Conflict::ReplaceSource => {
                    let key = keys.remove(at);
                    columns.push(self.key_column(&bag, &key, span)?);
                }
                Some(at) => {
                    keys.remove(at);
                    columns.push((column.clone(), column.expr()));
                }
                None => columns.push((column.clone(), column.expr())),
            }
        }
        for key in &keys {
            columns.push(self.key_column(&bag, key, span)?);
        }
        Some(self.project(plan, columns))
    }

    /// The promised columns: a column of the rows by its name, else the key of that name.
    fn promised_keys(
        &mut self,
        plan: Plan,
        call: &PluginCall,
        (prefix, conflict): (&str, Conflict),
        (promised, rest): (Vec<(String, Type)>, RestColumns),
        span: Span,
    ) -> Option<Plan> {
        let bag = plan.columns.get(call.place("Column"))?.clone();
        let mut named = Vec::new();
        let mut replaced = Vec::new();
        for (name, ty) in promised {
            let source = plan.columns.iter().find(|column| column.id != bag.id && column.name == name);
            if let Some(source) = source.filter(|_| conflict != Conflict::ReplaceSource).cloned() {
                let expr = self.convert(source.expr(), ty, span)?;
                replaced.push(source.id);
                named.push((self.column(name, ty), expr));
                continue;
            }
            replaced.extend(source.map(|column| column.id));
            let Some(key) = name.strip_prefix(prefix).map(str::to_owned) else {
                let message = format!("the column `{name}` does not begin with the prefix `{prefix}`");
                return self.error("KS119", span, message);
            };
            named.push(self.key_column(&bag, &Unpacked { key, name, ty }, span)?);
        }
        let others = plan
            .columns
            .iter()
            .filter(|column| column.id != bag.id && !replaced.contains(&column.id))
            .map(|column| (column.clone(), column.expr()));
        let columns = match rest {
            RestColumns::None => named,
            RestColumns::First => others.chain(named).collect(),
            RestColumns::Last => named.into_iter().chain(others).collect(),
        };
        Some(self.project(plan, columns))
    }

    /// One key as a column.
    fn key_column(&mut self, bag: &PlanColumn, key: &Unpacked, span: Span) -> Option<(PlanColumn, Expr)> {
        let at = Expr::Literal(Value::String(key.key.clone()));
        let held = self.operator("[]", vec![(bag.expr(), span), (at, span)], span)?;
        let expr = self.convert(held, key.ty, span)?;
        Some((self.column(key.name.clone(), key.ty), expr))
    }

    /// The keys of the bags of all rows with the types of their values, by name.
    fn keys_of(&mut self, plan: &Plan, bag: &PlanColumn, prefix: &str, span: Span) -> Option<Vec<Unpacked>> {
        let returns = Type::Dynamic;
        let seen =
            AggregateExpr { aggregate: BUILDSCHEMA, arguments: vec![bag.expr()], predicate: None, returns };
        let column = self.column("schema", returns);
        let input = Box::new(plan.clone());
        let node = Node::Aggregate { input, keys: Vec::new(), aggregates: vec![seen] };
        let answer = match self.catalog.run(&Plan { node, columns: vec![column] }) {
            Ok(answer) => answer,
            Err(sentence) => return self.error("KS131", span, sentence),
        };
        let schema = answer
            .batches
            .iter()
            .find(|batch| batch.num_rows() > 0)
            .map(|batch| Value::from_array(returns, batch.column(0), 0));
        let Some(Value::Dynamic(schema)) = schema else { return Some(Vec::new()) };
        let bag = match &schema {
            Json::Array(shapes) => shapes.iter().find_map(properties),
            shape => properties(shape),
        };
        let unpacked = |(key, held): (&String, &Json)| Unpacked {
            key: key.clone(),
            name: format!("{prefix}{key}"),
            ty: type_of_values(held),
        };
        let mut keys: Vec<Unpacked> = bag.into_iter().flatten().map(unpacked).collect();
        keys.sort_by(|a, b| a.key.cmp(&b.key));
        Some(keys)
    }
}

/// The properties of a bag's schema; arrays have none.
fn properties(shape: &Json) -> Option<Vec<(&String, &Json)>> {
    let bag = shape.as_object()?;
    let of_array = bag.len() == 1 && bag.contains_key("`indexer`");
    (!of_array).then(|| bag.iter().collect())
}

/// One type for all values of a key: numbers meet in real, all else in dynamic.
fn type_of_values(held: &Json) -> Type {
    let name = |value: &Json| match value.as_str() {
        Some("bool") => Type::Bool,
        Some("long") => Type::Long,
        Some("double") => Type::Real,
        Some("string") => Type::String,
        Some(_) | None => Type::Dynamic,
    };
    match held {
        Json::Array(shapes) if shapes.iter().all(|shape| name(shape).is_number()) => Type::Real,
        Json::Array(_) => Type::Dynamic,
        one => name(one),
    }
}

fn ignored_keys(call: &PluginCall) -> Vec<String> {
    match call.constant("ignoredProperties") {
        Some(Value::Dynamic(Json::Array(items))) => {
            items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
        }
        Some(Value::Dynamic(Json::String(one)) | Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}
