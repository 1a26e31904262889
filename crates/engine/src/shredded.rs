//! Members of JSON text that a table keeps as columns of their own (`calypso_library::stored::MEMBERS`) take the place of
//! the expressions that would find them: `parse_json(SourceIdentity).Id` becomes a column, and so do the elements of
//! `mv-expand Step = parse_json(ProvisioningSteps)` of which only such members are used.
//!
//! One walk from the root down says what is wanted of each column; the way back up puts the members' columns behind
//! those of each node that they pass, and leaves everything else as it was.

use crate::tables::Tables;
use calypso_library::function::Function;
use calypso_library::functions::conditional::{isempty, isnotempty, isnotnull, isnull};
use calypso_library::functions::conversion::parse_json;
use calypso_library::functions::operators::path;
use calypso_library::stored::{MEMBERS, Member};
use calypso_library::{Type, Value};
use calypso_planner::plan::{AggregateExpr, ColumnId, Expansion, Expr, Node, Plan, PlanColumn, SortKey};
use std::collections::{BTreeMap, BTreeSet};

/// A key of a column's JSON; of each of its elements; no key: whether there are elements, and how many.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Wanted {
    column: ColumnId,
    each: bool,
    key: Option<String>,
}

/// What a node's reader wants of its columns.
#[derive(Clone, Default, Debug)]
struct Demand {
    whole: BTreeSet<ColumnId>,
    members: BTreeSet<Wanted>,
}

/// The columns that hold what is wanted.
type Found = BTreeMap<Wanted, ColumnId>;

/// The same plan, with stored members in the place of expressions where there are any.
pub(crate) fn with_members(plan: &Plan, tables: &Tables) -> Plan {
    if !reads_members(plan, tables) {
        return plan.clone();
    }
    let mut walk = Shredded { tables, last: plan.last_column() };
    walk.alone(plan)
}

fn reads_members(plan: &Plan, tables: &Tables) -> bool {
    if let Node::Table { name } = &plan.node {
        return !stored(tables, name).is_empty();
    }
    // A shared plan is a query of its own when it runs.
    let shared = matches!(plan.node, Node::Shared { .. });
    !shared && plan.inputs().into_iter().any(|input| reads_members(input, tables))
}

/// The names of the member columns of a table's files.
fn stored(tables: &Tables, name: &str) -> Vec<String> {
    let files = tables.get(name).and_then(|entry| entry.files()?.ok());
    files.map(|files| files.members().to_vec()).unwrap_or_default()
}

impl Demand {
    /// All columns that a plan gives.
    fn all(plan: &Plan) -> Demand {
        let whole = plan.columns.iter().map(|column| column.id).collect();
        Demand { whole, members: BTreeSet::new() }
    }

    /// What an expression reads.
    fn add(&mut self, expr: &Expr) {
        if let Some((wanted, _)) = presence(expr) {
            self.members.insert(wanted);
            return;
        }
        if let Some(wanted) = member(expr) {
            self.members.insert(wanted);
            if let Expr::Call { arguments, .. } = expr {
                arguments.iter().skip(2).for_each(|step| self.add(step));
            }
            return;
        }
        match expr {
            Expr::Column(id, _) => drop(self.whole.insert(*id)),
            Expr::Call { arguments, .. } => arguments.iter().for_each(|argument| self.add(argument)),
            Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => {}
        }
    }

    fn members_of(&self, column: ColumnId) -> Vec<&Wanted> {
        self.members.iter().filter(|wanted| wanted.column == column).collect()
    }

    /// The part that concerns these columns.
    fn within(&self, columns: &[PlanColumn]) -> Demand {
        let known = |id: &ColumnId| columns.iter().any(|column| column.id == *id);
        Demand {
            whole: self.whole.iter().filter(|id| known(id)).copied().collect(),
            members: self.members.iter().filter(|wanted| known(&wanted.column)).cloned().collect(),
        }
    }
}

/// The column whose JSON an expression is: a column as it is, or a text that is parsed.
fn source(expr: &Expr) -> Option<ColumnId> {
    match expr {
        Expr::Column(id, Type::String | Type::Dynamic) => Some(*id),
        Expr::Call { function, arguments, .. } if function.name == parse_json::FUNCTION.name => {
            match arguments.as_slice() {
                [Expr::Column(id, Type::String | Type::Dynamic)] => Some(*id),
                _ => None,
            }
        }
        Expr::Column(..) | Expr::Call { .. } | Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => {
            None
        }
    }
}

/// Whether there is a text at all, as `isnotempty(text)` and `isempty(text)` ask: there are elements exactly then.
/// With it the function that asks the elements.
fn presence(expr: &Expr) -> Option<(Wanted, &'static Function)> {
    let Expr::Call { function, arguments, .. } = expr else { return None };
    let [Expr::Column(column, Type::String)] = arguments.as_slice() else { return None };
    let wanted = Wanted { column: *column, each: true, key: None };
    match function.name {
        name if name == isnotempty::FUNCTION.name => Some((wanted, &isnotnull::FUNCTION)),
        name if name == isempty::FUNCTION.name => Some((wanted, &isnull::FUNCTION)),
        _ => None,
    }
}

/// The member that a path begins with.
fn member(expr: &Expr) -> Option<Wanted> {
    let Expr::Call { function, arguments, .. } = expr else { return None };
    match arguments.as_slice() {
        [base, Expr::Literal(Value::String(key)), ..] if function.name == path::FUNCTION.name => {
            Some(Wanted { column: source(base)?, each: false, key: Some(key.clone()) })
        }
        _ => None,
    }
}

/// An expression with what was found in the place of what finds it.
fn replaced(expr: &Expr, found: &Found) -> Expr {
    let Expr::Call { function, arguments, returns } = expr else { return expr.clone() };
    if let Some((wanted, asks)) = presence(expr) {
        return match found.get(&wanted) {
            Some(id) => {
                let arguments = vec![Expr::Column(*id, Type::Dynamic)];
                Expr::Call { function: asks, arguments, returns: *returns }
            }
            None => expr.clone(),
        };
    }
    let mut arguments: Vec<Expr> = arguments.iter().map(|argument| replaced(argument, found)).collect();
    if let Some(id) = member(expr).and_then(|wanted| found.get(&wanted)) {
        let column = Expr::Column(*id, Type::Dynamic);
        if arguments.len() == 2 {
            return column;
        }
        arguments.splice(..2, [column]);
    }
    Expr::Call { function, arguments, returns: *returns }
}

struct Shredded<'a> {
    tables: &'a Tables,
    /// The greatest number of a column.
    last: u32,
}

impl Shredded<'_> {
    fn fresh(&mut self, name: &str) -> PlanColumn {
        self.last += 1;
        PlanColumn { id: ColumnId(self.last), name: name.to_owned(), ty: Type::Dynamic }
    }

    /// The plan with the columns that it has, whatever is read below.
    fn alone(&mut self, plan: &Plan) -> Plan {
        let (found, _) = self.node(plan, &Demand::all(plan));
        if found.columns.len() == plan.columns.len() {
            return found;
        }
        let expressions = plan.columns.iter().map(|column| Expr::Column(column.id, column.ty)).collect();
        Plan { node: Node::Project { input: Box::new(found), expressions }, columns: plan.columns.clone() }
    }

    /// The node with the members' columns behind its own, and what they hold.
    fn node(&mut self, plan: &Plan, demand: &Demand) -> (Plan, Found) {
        match &plan.node {
            Node::Table { name } => self.table(plan, name, demand),
            Node::Filter { input, predicate } => {
                let mut below = demand.clone();
                below.add(predicate);
                let (input, found) = self.node(input, &below);
                let predicate = replaced(predicate, &found);
                through(plan, input, found, |input| Node::Filter { input, predicate })
            }
            Node::Sort { input, keys } => {
                let mut below = demand.clone();
                keys.iter().for_each(|key| below.add(&key.expr));
                let (input, found) = self.node(input, &below);
                let replace = |key: &SortKey| SortKey { expr: replaced(&key.expr, &found), ..key.clone() };
                let keys = keys.iter().map(replace).collect();
                through(plan, input, found, |input| Node::Sort { input, keys })
            }
            Node::Take { input, count } => {
                let (input, found) = self.node(input, demand);
                through(plan, input, found, |input| Node::Take { input, count: *count })
            }
            Node::Project { input, expressions } => self.project(plan, input, expressions, demand),
            Node::MvExpand { input, expansions, item_index, bags_as_arrays, limit } => {
                let how = How { item_index: *item_index, bags_as_arrays: *bags_as_arrays, limit: *limit };
                self.mv_expand(plan, input, expansions, &how, demand)
            }
            Node::Aggregate { input, keys, aggregates } => {
                let mut below = Demand::default();
                keys.iter().for_each(|key| below.add(key));
                for AggregateExpr { arguments, predicate, .. } in aggregates {
                    arguments.iter().chain(predicate).for_each(|argument| below.add(argument));
                }
                let (input, found) = self.node(input, &below);
                let replace = |expr: &Expr| replaced(expr, &found);
                let aggregates = aggregates.iter().map(|one| AggregateExpr {
                    arguments: one.arguments.iter().map(replace).collect(),
                    predicate: one.predicate.as_ref().map(replace),
                    ..one.clone()
                });
                let node = Node::Aggregate {
                    input: Box::new(input),
                    keys: keys.iter().map(replace).collect(),
                    aggregates: aggregates.collect(),
                };
                (Plan { node, columns: plan.columns.clone() }, Found::new())
            }
            Node::Shared { .. } => (plan.clone(), Found::new()),
            Node::External(_)
            | Node::Values { .. }
            | Node::Range { .. }
            | Node::Join { .. }
            | Node::Union { .. }
            | Node::Window { .. }
            | Node::Scan { .. }
            | Node::Rank { .. }
            | Node::Parse { .. }
            | Node::ParseKv { .. }
            | Node::Evaluate { .. }
            | Node::GraphMeasure { .. }
            | Node::GraphMatch { .. } => {
                // These read their inputs as they are; nothing passes them.
                let mut plan = plan.clone();
                for input in plan.inputs_mut() {
                    *input = self.alone(input);
                }
                (plan, Found::new())
            }
        }
    }

    /// A table with all members that its files have, so that it is the same table wherever it stands.
    fn table(&mut self, plan: &Plan, name: &str, demand: &Demand) -> (Plan, Found) {
        let (mut plan, mut found) = (plan.clone(), Found::new());
        let own = plan.columns.len();
        for name in stored(self.tables, name) {
            let column = self.fresh(&name);
            plan.columns.push(column);
        }
        for wanted in &demand.members {
            let Some(column) = plan.columns.iter().find(|column| column.id == wanted.column) else {
                continue;
            };
            let holds = |held: &&PlanColumn| {
                let fits = |member: &Member| {
                    member.file_column() == held.name
                        && member.column == column.name
                        && member.each == wanted.each
                        && wanted.key.as_deref().is_none_or(|key| key == member.key)
                };
                MEMBERS.iter().any(fits)
            };
            if let Some(held) = plan.columns.iter().skip(own).find(holds) {
                found.insert(wanted.clone(), held.id);
            }
        }
        (plan, found)
    }

    fn project(&mut self, plan: &Plan, input: &Plan, expressions: &[Expr], demand: &Demand) -> (Plan, Found) {
        let mut below = Demand::default();
        // What is wanted here, and what that is below.
        let mut passed: Vec<(Wanted, Wanted)> = Vec::new();
        for (column, expr) in plan.columns.iter().zip(expressions) {
            if demand.whole.contains(&column.id) {
                below.add(expr);
            }
            for wanted in demand.members_of(column.id) {
                match source(expr) {
                    Some(source) => {
                        let inner = Wanted { column: source, ..wanted.clone() };
                        below.members.insert(inner.clone());
                        passed.push((wanted.clone(), inner));
                    }
                    None => below.add(expr),
                }
            }
        }
        let (input, found) = self.node(input, &below);
        let mut expressions: Vec<Expr> = expressions.iter().map(|expr| replaced(expr, &found)).collect();
        let mut columns = plan.columns.clone();
        let mut given = Found::new();
        for (wanted, inner) in passed {
            let Some(id) = found.get(&inner) else { continue };
            if !columns.iter().any(|column| column.id == *id) {
                let passing = input.columns.iter().find(|column| column.id == *id);
                columns.extend(passing.cloned());
                expressions.extend(passing.map(|column| Expr::Column(column.id, column.ty)));
            }
            given.insert(wanted, *id);
        }
        (Plan { node: Node::Project { input: Box::new(input), expressions }, columns }, given)
    }

    fn mv_expand(
        &mut self,
        plan: &Plan,
        input: &Plan,
        expansions: &[Expansion],
        how: &How,
        demand: &Demand,
    ) -> (Plan, Found) {
        let mut below = demand.within(&input.columns);
        let own_columns = input.columns.len();
        let elements = plan.columns.get(input.columns.len()..).unwrap_or_default();
        let mut wishes: Vec<Option<Wish>> = Vec::new();
        for (expansion, element) in expansions.iter().zip(elements) {
            let wish = wish(expansion, element, how, demand);
            match &wish {
                Some(wish) => below.members.extend(wish.iter().map(|(inner, _)| inner.clone())),
                None => below.add(&expansion.source),
            }
            wishes.push(wish);
        }
        let (input, found) = self.node(input, &below);
        let mut columns = input.columns.clone();
        let mut expanded = Vec::new();
        let mut given = found.clone();
        // The node's own columns, of what the expansion gives now.
        let mut own: Vec<Expr> =
            plan.columns.iter().take(own_columns).map(|column| Expr::Column(column.id, column.ty)).collect();
        for ((expansion, element), wish) in expansions.iter().zip(elements).zip(wishes) {
            let parts = wish.filter(|wish| wish.iter().all(|(inner, _)| found.contains_key(inner)));
            match parts {
                None => {
                    let source = replaced(&expansion.source, &found);
                    expanded.push(Expansion { source, to: expansion.to });
                    columns.push(element.clone());
                    own.push(Expr::Column(element.id, element.ty));
                }
                Some(parts) => {
                    for (inner, wanted) in parts {
                        let Some(id) = found.get(&inner) else { continue };
                        let source = Expr::Column(*id, Type::Dynamic);
                        expanded.push(Expansion { source, to: Type::Dynamic });
                        let part = self.fresh(&element.name);
                        given.extend(wanted.map(|wanted| (wanted, part.id)));
                        columns.push(part);
                    }
                    // Nobody reads the element itself.
                    own.push(Expr::Literal(Value::Null(Type::Dynamic)));
                }
            }
        }
        if let (true, Some(index)) = (how.item_index, plan.columns.last()) {
            columns.push(index.clone());
            own.push(Expr::Column(index.id, index.ty));
        }
        let node = Node::MvExpand {
            input: Box::new(input),
            expansions: expanded,
            item_index: how.item_index,
            bags_as_arrays: how.bags_as_arrays,
            limit: how.limit,
        };
        let expanded = Plan { node, columns };
        let mut columns = plan.columns.clone();
        for column in &expanded.columns {
            if given.values().any(|id| *id == column.id) {
                own.push(Expr::Column(column.id, column.ty));
                columns.push(column.clone());
            }
        }
        (Plan { node: Node::Project { input: Box::new(expanded), expressions: own }, columns }, given)
    }
}

/// Members of the elements of a column, each with what it stands for.
type Wish = Vec<(Wanted, Option<Wanted>)>;

/// How rows are expanded.
struct How {
    item_index: bool,
    bags_as_arrays: bool,
    limit: u64,
}

/// The members of elements that would do instead of the elements, with what is wanted of the element; `None` when it is
/// the elements that are wanted.
fn wish(expansion: &Expansion, element: &PlanColumn, how: &How, demand: &Demand) -> Option<Wish> {
    let column = source(&expansion.source)?;
    if expansion.to != Type::Dynamic || how.bags_as_arrays || demand.whole.contains(&element.id) {
        return None;
    }
    let members = demand.members_of(element.id);
    if members.iter().any(|wanted| wanted.each) {
        return None;
    }
    let of_each = |wanted: &&Wanted| {
        let inner = Wanted { column, each: true, key: wanted.key.clone() };
        (inner, Some((*wanted).clone()))
    };
    let parts: Vec<_> = members.iter().map(of_each).collect();
    // Only how many there are: the elements of any member count the same.
    let number = Wanted { column, each: true, key: None };
    Some(if parts.is_empty() { vec![(number, None)] } else { parts })
}

/// A node that gives the columns of its input.
fn through(plan: &Plan, input: Plan, found: Found, node: impl FnOnce(Box<Plan>) -> Node) -> (Plan, Found) {
    let mut columns = plan.columns.clone();
    columns.extend(input.columns.iter().skip(plan.columns.len()).cloned());
    (Plan { node: node(Box::new(input)), columns }, found)
}
