//! Rows of one table that several chains begin with. Chains that ask for the same times of a table and share a condition
//! or a call that is dear are answered from one base: the rows that pass all conditions they have in common, with the
//! columns that one of them reads. A call on one column that several make (`tostring(parse_json(Target).Name)`) is made
//! once, and where nothing else reads the column, it is not held.

use super::chain::{Chain, chain, placed};
use super::keys::{Key, Keys, Places};
use calypso_library::{Type, Value};
use calypso_planner::plan::{ColumnId, Expr, Node, Plan, PlanColumn};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A chain that stands somewhere.
pub(super) struct Use {
    /// Its number.
    pub key: Key,
    /// How often it stands there.
    pub count: usize,
    table: String,
    columns: Vec<PlanColumn>,
    conditions: BTreeMap<Key, Expr>,
    outputs: Vec<Expr>,
    /// Which outputs are read, by place.
    pub needed: BTreeSet<usize>,
}

/// A base.
pub(super) struct Base {
    /// What its rows are shared by.
    pub number: u32,
    /// What makes them.
    pub plan: Arc<Plan>,
    /// The conditions its rows fulfil.
    conditions: BTreeSet<Key>,
    /// What its columns are, in order.
    columns: Vec<(Key, Type)>,
}

fn table_places(columns: usize) -> Places {
    (0..columns).map(|place| (ColumnId(u32::try_from(place).unwrap_or(u32::MAX)), place)).collect()
}

impl Use {
    /// What a chain with a number asks for; none where something in it cannot be compared.
    pub fn of(keys: &mut Keys, key: Key, chain: Chain<'_>) -> Option<Use> {
        let places = table_places(chain.columns.len());
        let numbered =
            chain.conditions.into_iter().map(|expr| Some((keys.expression(&expr, &places)?, expr)));
        Some(Use {
            key,
            count: 0,
            table: chain.table.to_owned(),
            conditions: numbered.collect::<Option<_>>()?,
            columns: chain.columns.to_vec(),
            outputs: chain.outputs,
            needed: BTreeSet::new(),
        })
    }

    /// The conditions on times alone: chains that read other times are not answered together.
    fn times(&self) -> Vec<Key> {
        let only_times = |expr: &Expr| {
            let read = expr.columns();
            !read.is_empty() && read.iter().all(|id| self.ty(*id) == Some(Type::DateTime))
        };
        self.conditions.iter().filter(|(_, expr)| only_times(expr)).map(|(key, _)| *key).collect()
    }

    fn ty(&self, id: ColumnId) -> Option<Type> {
        self.columns.get(id.0 as usize).map(|column| column.ty)
    }

    /// What it computes over rows that fulfil these conditions.
    fn open<'u>(&'u self, fulfilled: &'u BTreeSet<Key>) -> impl Iterator<Item = &'u Expr> {
        let conditions = self.conditions.iter().filter(|(key, _)| !fulfilled.contains(key));
        let outputs = self.needed.iter().filter_map(|place| self.outputs.get(*place));
        conditions.map(|(_, expr)| expr).chain(outputs)
    }

    /// What makes it dear: conditions that call something on text, and calls that look into JSON.
    fn dear(&self, keys: &mut Keys) -> BTreeSet<Key> {
        let places = table_places(self.columns.len());
        let mut dear: BTreeSet<Key> =
            self.conditions.iter().filter(|(_, expr)| calls_on_text(expr)).map(|(key, _)| *key).collect();
        let none = BTreeSet::new();
        for expr in self.open(&none) {
            for atom in atoms(expr) {
                if let (Expr::Call { .. }, Some(key)) = (atom, keys.expression(atom, &places)) {
                    dear.insert(key);
                }
            }
        }
        dear
    }
}

fn calls_on_text(expr: &Expr) -> bool {
    match expr {
        Expr::Call { function, arguments, .. } => {
            let text = |argument: &Expr| matches!(argument.ty(), Type::String | Type::Dynamic);
            let read = || !expr.columns().is_empty();
            (function.native.is_none() && arguments.iter().any(text) && read())
                || arguments.iter().any(calls_on_text)
        }
        Expr::Column(..) | Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => false,
    }
}

/// What an expression is made of for those who hold its values: columns, and the smallest calls on one column alone that
/// look into its JSON and give something else.
fn atoms(expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    collect_atoms(expr, &mut found);
    found
}

fn collect_atoms<'e>(expr: &'e Expr, found: &mut Vec<&'e Expr>) {
    match expr {
        Expr::Column(..) => found.push(expr),
        Expr::Call { .. } if is_atom(expr) => found.push(expr),
        Expr::Call { arguments, .. } => arguments.iter().for_each(|argument| collect_atoms(argument, found)),
        Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => {}
    }
}

/// Whether a call reads one column, through JSON, and gives no JSON.
fn is_atom(expr: &Expr) -> bool {
    let Expr::Call { arguments, returns, .. } = expr else { return false };
    let read = expr.columns();
    let json = |argument: &Expr| {
        matches!(argument, Expr::Call { returns: Type::Dynamic, .. } | Expr::Column(_, Type::Dynamic))
    };
    *returns != Type::Dynamic
        && read.first().is_some_and(|first| read.iter().all(|id| id == first))
        && arguments.iter().any(json)
        && !has_inner(expr)
}

fn has_inner(expr: &Expr) -> bool {
    match expr {
        Expr::Scalar(..) | Expr::FirstColumn(_) => true,
        Expr::Call { arguments, .. } => arguments.iter().any(has_inner),
        Expr::Column(..) | Expr::Literal(_) => false,
    }
}

/// The bases worth making, with the chains that are answered from each.
pub(super) fn bases(keys: &mut Keys, uses: Vec<Use>, numbers: &mut u32) -> Vec<(Base, Vec<Key>)> {
    let mut groups: BTreeMap<(String, usize, Vec<Key>), Vec<Use>> = BTreeMap::new();
    for one in uses.into_iter().filter(|one| one.count > 0) {
        groups.entry((one.table.clone(), one.columns.len(), one.times())).or_default().push(one);
    }
    let mut bases = Vec::new();
    for mut left in groups.into_values() {
        while let Some(members) = together(keys, &mut left) {
            let answered = members.iter().map(|one| one.key).collect();
            if let Some(base) = Base::of(keys, &members, *numbers) {
                *numbers += 1;
                bases.push((base, answered));
            }
        }
    }
    bases
}

/// Takes out those that have the most common of what is dear to more than one.
fn together(keys: &mut Keys, left: &mut Vec<Use>) -> Option<Vec<Use>> {
    let dear: Vec<BTreeSet<Key>> = left.iter().map(|one| one.dear(keys)).collect();
    let mut met: BTreeMap<Key, usize> = BTreeMap::new();
    for (one, dear) in left.iter().zip(&dear) {
        for key in dear {
            *met.entry(*key).or_default() += one.count;
        }
    }
    let most = met.values().copied().max().filter(|count| *count > 1)?;
    let chosen = met.into_iter().find(|(_, count)| *count == most)?.0;
    let mut taken = Vec::new();
    for (one, dear) in std::mem::take(left).into_iter().zip(dear) {
        if dear.contains(&chosen) { taken.push(one) } else { left.push(one) }
    }
    Some(taken)
}

impl Base {
    fn of(keys: &mut Keys, members: &[Use], number: u32) -> Option<Base> {
        let first = members.first()?;
        let places = table_places(first.columns.len());
        let conditions: BTreeSet<Key> = first
            .conditions
            .keys()
            .filter(|key| members.iter().all(|one| one.conditions.contains_key(key)))
            .copied()
            .collect();
        // Each atom with how often it is asked for.
        let mut wanted: BTreeMap<Key, (Expr, usize)> = BTreeMap::new();
        for one in members {
            let mut own = BTreeMap::new();
            for atom in one.open(&conditions).flat_map(atoms) {
                own.insert(keys.expression(atom, &places)?, atom);
            }
            for (key, atom) in own {
                wanted.entry(key).or_insert_with(|| (atom.clone(), 0)).1 += one.count;
            }
        }
        let raw: BTreeSet<ColumnId> = wanted
            .values()
            .filter_map(|(expr, _)| match expr {
                Expr::Column(id, _) => Some(*id),
                Expr::Literal(_) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => None,
            })
            .collect();
        // Where the column itself is held, a call that only one makes can be left to it.
        let held = |expr: &Expr, count: usize| {
            matches!(expr, Expr::Column(..)) || count > 1 || expr.columns().iter().all(|id| !raw.contains(id))
        };
        let mut columns: Vec<(Key, Expr)> = wanted
            .into_iter()
            .filter(|(_, (expr, count))| held(expr, *count))
            .map(|(key, (expr, _))| (key, expr))
            .collect();
        if columns.is_empty() {
            // Rows that are only counted still need something to be told by.
            let mark = Expr::Literal(Value::Bool(true));
            columns.push((keys.expression(&mark, &places)?, mark));
        }
        let plan = base_plan(first, &conditions, &columns);
        let columns = columns.into_iter().map(|(key, expr)| (key, expr.ty())).collect();
        Some(Base { number, plan: Arc::new(plan), conditions, columns })
    }

    /// A chain that is answered from it, with rows of the base in place of the table's; of its columns those at the
    /// places `needed` hold what they should, the others nothing.
    pub fn answer(
        &self,
        keys: &mut Keys,
        plan: &Plan,
        needed: &BTreeSet<usize>,
        fresh: &mut u32,
    ) -> Option<Plan> {
        let chain = chain(plan)?;
        let places = table_places(chain.columns.len());
        let columns: Vec<PlanColumn> = self
            .columns
            .iter()
            .map(|(_, ty)| {
                *fresh += 1;
                PlanColumn { id: ColumnId(*fresh), name: String::new(), ty: *ty }
            })
            .collect();
        let held: BTreeMap<Key, Expr> =
            self.columns.iter().zip(&columns).map(|((key, _), column)| (*key, column.expr())).collect();
        let shared = Node::Shared { number: self.number, plan: Arc::clone(&self.plan), asked: false };
        let mut rows = Plan { node: shared, columns };
        for condition in &chain.conditions {
            if self.conditions.contains(&keys.expression(condition, &places)?) {
                continue;
            }
            let predicate = read(keys, condition, &places, &held)?;
            let columns = rows.columns.clone();
            rows = Plan { node: Node::Filter { input: Box::new(rows), predicate }, columns };
        }
        let outputs = chain.outputs.iter().zip(&plan.columns).enumerate().map(|(place, (expr, column))| {
            if needed.contains(&place) {
                read(keys, expr, &places, &held)
            } else {
                Some(Expr::Literal(Value::absent(column.ty)))
            }
        });
        let expressions = outputs.collect::<Option<_>>()?;
        let node = Node::Project { input: Box::new(rows), expressions };
        Some(Plan { node, columns: plan.columns.clone() })
    }
}

/// An expression over a base's columns.
fn read(keys: &mut Keys, expr: &Expr, places: &Places, held: &BTreeMap<Key, Expr>) -> Option<Expr> {
    if let Some(column) = keys.expression(expr, places).and_then(|key| held.get(&key)) {
        return Some(column.clone());
    }
    match expr {
        Expr::Column(..) => None,
        Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => Some(expr.clone()),
        Expr::Call { function, arguments, returns } => {
            let arguments = arguments.iter().map(|argument| read(keys, argument, places, held));
            Some(Expr::Call { function, arguments: arguments.collect::<Option<_>>()?, returns: *returns })
        }
    }
}

/// The rows of a table that fulfil the conditions, with these columns.
fn base_plan(of: &Use, conditions: &BTreeSet<Key>, columns: &[(Key, Expr)]) -> Plan {
    let table: Vec<PlanColumn> = of
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| match placed(place, column.ty) {
            Expr::Column(id, _) => PlanColumn { id, ..column.clone() },
            Expr::Literal(_) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => column.clone(),
        })
        .collect();
    let mut next = u32::try_from(table.len()).unwrap_or(u32::MAX);
    let mut rows = Plan { node: Node::Table { name: of.table.clone() }, columns: table };
    for (_, predicate) in of.conditions.iter().filter(|(key, _)| conditions.contains(key)) {
        let columns = rows.columns.clone();
        let predicate = predicate.clone();
        rows = Plan { node: Node::Filter { input: Box::new(rows), predicate }, columns };
    }
    let mut numbered = Vec::with_capacity(columns.len());
    for (_, expr) in columns {
        numbered.push(PlanColumn { id: ColumnId(next), name: String::new(), ty: expr.ty() });
        next = next.saturating_add(1);
    }
    let expressions = columns.iter().map(|(_, expr)| expr.clone()).collect();
    Plan { node: Node::Project { input: Box::new(rows), expressions }, columns: numbered }
}
