//! The arguments of a plugin: which slot each fills, and what it is there.

use crate::binder::{Binder, Scope, hidden_name, reads_only, visible};
use crate::environment::Environment;
use crate::plan::{Expr, Node, Plan, PlanColumn};
use calypso_library::function::{Accepts, Occurs};
use calypso_library::overload::accepted;
use calypso_library::plugin::{Given, Plugin, PluginCall, Slot, Takes};
use calypso_library::{Column, Type, Value};
use calypso_parser::ast::{self, Call, ExprKind, NamedExpr, Span, Target};

/// A call with the rows it works on: those of the input with computed columns behind them.
pub struct BoundPlugin {
    /// Rows in.
    pub plan: Plan,
    /// The other table.
    pub lookup: Option<Plan>,
    /// What was given; without the columns of the answer.
    pub call: PluginCall,
}

/// All that an argument may be taken for.
struct Candidate<'a> {
    written: &'a NamedExpr,
    /// Rows.
    table: bool,
    /// A column of the input, by its place.
    column: Option<usize>,
    /// A column of the other table, by its place.
    lookup: Option<usize>,
    /// A scalar over the input.
    expr: Option<Expr>,
}

/// An argument that fills no slot, and what was wanted there.
struct Misfit {
    argument: usize,
    wanted: Option<Slot>,
}

impl Binder<'_> {
    /// Binds the arguments to the first form they fit.
    pub(super) fn plugin_call(
        &mut self,
        plan: Plan,
        plugin: &'static Plugin,
        call: &Call,
        environment: &Environment,
    ) -> Option<BoundPlugin> {
        let input: Vec<PlanColumn> = visible(&plan.columns).cloned().collect();
        let lookup = self.other_table(plugin, call, &input, environment)?;
        let others: Vec<PlanColumn> = lookup.as_ref().map_or_else(Vec::new, |other| other.columns.clone());
        let mut candidates = Vec::new();
        for written in &call.arguments {
            candidates.push(self.candidate(written, &input, &others, lookup.is_some(), environment)?);
        }
        let mut nearest: Option<Misfit> = None;
        for slots in plugin.signatures {
            match fit(slots, &candidates, &others) {
                Ok(filled) => {
                    let filled = filled.into_iter().zip(candidates).collect();
                    return self.fill(plan, lookup, slots, filled, environment);
                }
                Err(misfit) if nearest.as_ref().is_none_or(|known| known.argument <= misfit.argument) => {
                    nearest = Some(misfit);
                }
                Err(_) => {}
            }
        }
        self.misfit(plugin, call, nearest)
    }

    /// The rows among the arguments, for plugins that take another table.
    fn other_table(
        &mut self,
        plugin: &Plugin,
        call: &Call,
        input: &[PlanColumn],
        environment: &Environment,
    ) -> Option<Option<Plan>> {
        if !plugin.signatures.iter().any(|slots| slots.iter().any(|slot| slot.takes == Takes::Table)) {
            return Some(None);
        }
        for argument in &call.arguments {
            if is_rows(&argument.value, input) && self.is_tabular(&argument.value, environment) {
                return self.table(&argument.value, environment).map(Some);
            }
        }
        Some(None)
    }

    fn candidate<'a>(
        &mut self,
        written: &'a NamedExpr,
        input: &[PlanColumn],
        others: &[PlanColumn],
        other: bool,
        environment: &Environment,
    ) -> Option<Candidate<'a>> {
        let value = &written.value;
        let named = |columns: &[PlanColumn]| {
            value.as_name().and_then(|name| columns.iter().position(|column| column.name == name.text))
        };
        let (column, lookup) = (named(input), named(others));
        if other && is_rows(value, input) && self.is_tabular(value, environment) {
            return Some(Candidate { written, table: true, column, lookup, expr: None });
        }
        let expr = match (column, lookup) {
            (None, Some(_)) => None,
            _ => Some(self.expression(value, Scope::rows(environment, input))?),
        };
        Some(Candidate { written, table: false, column, lookup, expr })
    }

    /// Puts the call together; expressions over rows become columns behind those of the input.
    fn fill(
        &mut self,
        plan: Plan,
        lookup: Option<Plan>,
        slots: &[Slot],
        filled: Vec<(Option<usize>, Candidate)>,
        environment: &Environment,
    ) -> Option<BoundPlugin> {
        let plan = self.with_windows(plan);
        let shown: Vec<PlanColumn> =
            plan.columns.iter().filter(|column| !crate::binder::is_hidden(column)).cloned().collect();
        let mut call = PluginCall {
            columns: shown.iter().map(|column| Column::new(&column.name, column.ty)).collect(),
            shown: shown.len(),
            ..PluginCall::default()
        };
        if let Some(lookup) = &lookup {
            call.lookup = lookup.columns.iter().map(|column| Column::new(&column.name, column.ty)).collect();
        }
        let mut computed: Vec<(PlanColumn, Expr)> = Vec::new();
        let mut given: Vec<(usize, Given)> = Vec::new();
        for (at, candidate) in filled {
            let Some((at, slot)) = at.and_then(|at| Some((at, slots.get(at)?))) else { continue };
            let span = candidate.written.value.span;
            let found = match (slot.takes, candidate.column, candidate.lookup, candidate.expr) {
                (Takes::Column | Takes::CommonColumn, Some(place), _, _) => Given::Column(place),
                (Takes::TableColumn, _, Some(place), _) => Given::TableColumn(place),
                (Takes::Constant, _, _, Some(expr)) => {
                    let to = accepted(slot.parameter.accepts, expr.ty()).unwrap_or(expr.ty());
                    let expr = if expr.ty() == to || slot.parameter.accepts == Accepts::Summable {
                        expr
                    } else {
                        self.convert(expr, to, span)?
                    };
                    Given::Constant(self.known(expr, span)?)
                }
                (Takes::Value, _, _, Some(expr)) => {
                    let to = accepted(slot.parameter.accepts, expr.ty()).unwrap_or(expr.ty());
                    let expr = self.convert(expr, to, span)?;
                    let name = self.argument_name(candidate.written, environment, &shown);
                    call.columns.push(Column::new(name, to));
                    computed.push((self.column(hidden_name("argument"), to), expr));
                    Given::Column(call.columns.len() - 1)
                }
                // The table itself, and what `fit` lets through nowhere.
                _ => continue,
            };
            given.push((at, found));
        }
        given.sort_by_key(|(at, _)| *at);
        call.given = given
            .into_iter()
            .filter_map(|(at, given)| Some((slots.get(at)?.parameter.name, given)))
            .collect();
        let plan = if computed.is_empty() && plan.columns.len() == shown.len() {
            plan
        } else {
            let mut columns: Vec<(PlanColumn, Expr)> =
                shown.into_iter().map(|column| (column.clone(), column.expr())).collect();
            columns.extend(computed);
            self.project(plan, columns)
        };
        Some(BoundPlugin { plan, lookup, call })
    }

    /// The name an argument would have as a column.
    fn argument_name(&self, written: &NamedExpr, environment: &Environment, shown: &[PlanColumn]) -> String {
        match crate::names::item_name(written, Scope::rows(environment, shown)) {
            crate::names::ColumnName::Given(name) | crate::names::ColumnName::Made(name) => name,
            crate::names::ColumnName::Anonymous => String::new(),
        }
    }

    /// The value of an expression over no column; what only a query can tell is computed now.
    pub(super) fn known(&mut self, expr: Expr, span: Span) -> Option<Value> {
        if let Expr::Literal(value) = expr {
            return Some(value);
        }
        let column = self.column("value", expr.ty());
        let plan = Plan { node: Node::Values { rows: vec![vec![expr]] }, columns: vec![column.clone()] };
        match self.catalog.run(&plan) {
            Ok(answer) => {
                let cell = answer
                    .batches
                    .iter()
                    .find(|batch| batch.num_rows() > 0)
                    .map(|batch| Value::from_array(column.ty, batch.column(0), 0));
                Some(cell.unwrap_or_else(|| Value::absent(column.ty)))
            }
            Err(sentence) => self.error("KS129", span, sentence),
        }
    }

    fn misfit<T>(&mut self, plugin: &Plugin, call: &Call, misfit: Option<Misfit>) -> Option<T> {
        let forms: Vec<String> = plugin.signatures.iter().map(|slots| form(plugin.name, slots)).collect();
        let help = format!("it is called as {}", forms.join(" or "));
        let at = misfit.as_ref().and_then(|misfit| call.arguments.get(misfit.argument));
        match (at, misfit.and_then(|misfit| misfit.wanted)) {
            (Some(argument), Some(slot)) => {
                let wanted = wanted_for(&slot);
                let message = format!("the plugin `{}` expects {wanted} here", plugin.name);
                self.error_with_help("KS127", argument.span, message, help)
            }
            (Some(argument), None) => {
                let message = format!("the plugin `{}` has no place for this argument", plugin.name);
                self.error_with_help("KS119", argument.span, message, help)
            }
            (None, wanted) => {
                let wanted = wanted.map_or_else(String::new, |slot| format!(": {}", slot.parameter.name));
                let message = format!("the plugin `{}` needs more arguments{wanted}", plugin.name);
                self.error_with_help("KS119", call.span, message, help)
            }
        }
    }
}

/// Whether an expression may stand for rows: a column's name does not.
fn is_rows(value: &ast::Expr, input: &[PlanColumn]) -> bool {
    match &value.kind {
        ExprKind::Name(name) => !input.iter().any(|column| column.name == name.text),
        _ => true,
    }
}

/// The slot of each argument (`None`: left at its default by `'~'`).
fn fit(
    slots: &[Slot],
    candidates: &[Candidate],
    others: &[PlanColumn],
) -> Result<Vec<Option<usize>>, Misfit> {
    let named = |slot: &Slot| {
        candidates.iter().position(|candidate| {
            matches!(&candidate.written.target, Target::Name(name) if name.text == slot.parameter.name)
        })
    };
    let by_name: Vec<Option<usize>> = slots.iter().map(named).collect();
    let mut filled = vec![None; candidates.len()];
    let mut rest = (0..candidates.len()).filter(|index| !by_name.contains(&Some(*index))).peekable();
    for (at, slot) in slots.iter().enumerate() {
        let wanted = Some(*slot);
        if let Some(index) = by_name[at] {
            if !fits(slot, &candidates[index], others) {
                return Err(Misfit { argument: index, wanted });
            }
            filled[index] = Some(at);
            continue;
        }
        let least = match slot.parameter.occurs {
            Occurs::Once => 1,
            Occurs::Optional => 0,
            Occurs::Repeated(least) => least,
        };
        let most = if matches!(slot.parameter.occurs, Occurs::Repeated(_)) { usize::MAX } else { 1 };
        let mut count = 0;
        while count < most {
            let Some(index) = rest.peek().copied() else { break };
            if fits(slot, &candidates[index], others) {
                filled[index] = Some(at);
            } else if !(slot.parameter.occurs == Occurs::Optional && leaves_default(&candidates[index])) {
                break;
            }
            rest.next();
            count += 1;
        }
        if count < least {
            return Err(Misfit { argument: rest.peek().copied().unwrap_or(candidates.len()), wanted });
        }
    }
    match rest.next() {
        Some(argument) => Err(Misfit { argument, wanted: None }),
        None => Ok(filled),
    }
}

fn fits(slot: &Slot, candidate: &Candidate, others: &[PlanColumn]) -> bool {
    let accepts = slot.parameter.accepts;
    // A column is read as it is: one that would have to be converted does not fit.
    let as_it_is = |ty: Type| {
        accepted(accepts, ty).is_some()
            && (ty != Type::Dynamic
                || matches!(accepts, Accepts::Any | Accepts::Text | Accepts::Is(Type::Dynamic)))
    };
    let expr = candidate.expr.as_ref();
    let of_table = candidate.lookup.and_then(|place| others.get(place)).map(|column| column.ty);
    match slot.takes {
        Takes::Column => candidate.column.is_some() && expr.is_some_and(|expr| as_it_is(expr.ty())),
        Takes::Value => expr.is_some_and(|expr| accepted(accepts, expr.ty()).is_some()),
        Takes::Constant => {
            expr.is_some_and(|expr| reads_only(expr, &[]) && accepted(accepts, expr.ty()).is_some())
        }
        Takes::Table => candidate.table,
        Takes::TableColumn => of_table.is_some_and(as_it_is),
        Takes::CommonColumn => candidate.column.is_some() && of_table.is_some_and(as_it_is),
        Takes::Aggregate => false,
    }
}

/// `'~'` leaves an optional argument at its default.
fn leaves_default(candidate: &Candidate) -> bool {
    matches!(candidate.expr.as_ref().and_then(Expr::literal), Some(Value::String(text)) if text == "~")
}

/// What a slot takes, in words.
fn wanted_for(slot: &Slot) -> String {
    let ty = match slot.parameter.accepts {
        Accepts::Is(ty) => format!("{ty} "),
        Accepts::Summable => "number, datetime or timespan ".to_owned(),
        Accepts::Integer => "integer ".to_owned(),
        Accepts::Number => "number ".to_owned(),
        Accepts::OneOf(_) | Accepts::Any | Accepts::Text | Accepts::Orderable | Accepts::Common => {
            String::new()
        }
    };
    let name = slot.parameter.name;
    match slot.takes {
        Takes::Column => format!("{name}, the name of a {ty}column,"),
        Takes::Value => format!("{name}, a {ty}expression,"),
        Takes::Constant => format!("{name}, a {ty}value known before any row,"),
        Takes::Table => format!("{name}, a table,"),
        Takes::TableColumn => format!("{name}, the name of a {ty}column of the other table,"),
        Takes::CommonColumn => format!("{name}, the name of a column of both tables,"),
        Takes::Aggregate => format!("{name}, an aggregate,"),
    }
}

/// How a plugin is called: `` `narrow()` ``, `` `ipv4_lookup(LookupTable, SourceIPv4Key, …)` ``.
fn form(name: &str, slots: &[Slot]) -> String {
    let names: Vec<String> = slots
        .iter()
        .map(|slot| match slot.parameter.occurs {
            Occurs::Once => slot.parameter.name.to_owned(),
            Occurs::Optional => format!("[{}]", slot.parameter.name),
            Occurs::Repeated(_) => format!("{}, …", slot.parameter.name),
        })
        .collect();
    format!("`{name}({})`", names.join(", "))
}
