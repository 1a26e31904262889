//! Rows of other panels put together. In: the steps of a merge and the answers of the panels it names. Out: a query
//! over those answers, made of bracketed names and literals only; the engine joins and computes.
//!
//! Within the query every column has a name of its own, `c0`, `c1` …, so that two panels may have columns of one name.

use super::job::{Fill, Job};
use super::kql;
use super::query::Asked;
use super::rule::rule;
use super::schedule::{Look, World};
use super::site::Site;
use crate::model::{Merge, MergeKind, MergeStep, Renamed};
use crate::names::same;
use calypso_library::{Column, Type};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Columns that a merge may have at most: each step can double them.
const COLUMNS: usize = 2_000;

impl Site<'_> {
    /// The run that puts rows together, or a sentence why it cannot be done. `path` are the merges it is asked by.
    pub fn merge(
        &self,
        look: &Look<'_>,
        world: World,
        at: usize,
        merge: &Merge,
        path: &[usize],
    ) -> Option<Result<Asked, String>> {
        let mut writer = Writer::default();
        for name in sources(merge) {
            let Some(source) = self.outline.named(name, at) else {
                return Some(Err(format!("the merge names `{name}`, but no item has that name")));
            };
            if path.contains(&source) || source == at {
                return Some(Err(format!("the merge needs its own rows by way of `{name}`")));
            }
            let path: Vec<usize> = path.iter().copied().chain([at]).collect();
            let asked = match self.rows(look, world, source, &path)? {
                Ok(asked) => asked,
                Err(why) => return Some(Err(format!("`{name}`, which is merged, has no rows: {why}"))),
            };
            match look.answer(&asked.job)? {
                Ok(answer) => writer.add(name, &answer.columns, &asked.job),
                Err(error) => {
                    let why = self.why(&error, &asked);
                    return Some(Err(format!("`{name}`, which is merged, has no rows: {why}")));
                }
            }
        }
        let criteria = merge.columns.iter().flat_map(|column| &column.criteria);
        let (mut names, results) = super::value::criteria_names(&criteria.cloned().collect::<Vec<_>>());
        names.extend(results);
        let scope = self.scope(look, world, self.outline.place(at), &names)?;
        let words = |text: &str| crate::expand::words(text, &scope, &self.circumstances());
        Some(writer.write(merge, &words).map(|text| {
            let tables = writer.tables;
            Asked::made(Job::over(text, self.now, None, BTreeMap::new(), tables, 1), writer.notes)
        }))
    }
}

/// The items that a merge names, each once.
fn sources(merge: &Merge) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (at, step) in merge.steps.iter().enumerate() {
        for name in std::iter::once(&step.left).chain(&step.right) {
            let earlier = merge.steps[..at].iter().any(|step| step.id == *name && !name.is_empty());
            if !earlier && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    names
}

/// A column within the query.
#[derive(Clone, Debug)]
pub struct Inner {
    /// Items and names of columns it comes from.
    from: Vec<(String, String)>,
    /// The name it is shown by.
    shown: String,
    /// Its name within the query.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

impl Inner {
    /// A column of no item.
    #[cfg(test)]
    pub fn new(shown: &str, name: &str, ty: Type) -> Inner {
        Inner { from: Vec::new(), shown: shown.to_owned(), name: name.to_owned(), ty }
    }
}

/// Rows that can be read: an expression, and its columns.
#[derive(Clone)]
struct Rows {
    text: String,
    columns: Vec<Inner>,
}

#[derive(Default)]
struct Writer {
    tables: Vec<(String, Fill)>,
    /// Items by name and steps by id.
    known: Vec<(String, Rows)>,
    lets: String,
    notes: Vec<String>,
    count: usize,
}

impl Writer {
    fn add(&mut self, item: &str, columns: &[Column], job: &Arc<Job>) {
        let table = format!("rows {}", self.tables.len());
        let columns = columns.iter().map(|column| Inner {
            from: vec![(item.to_owned(), column.name.clone())],
            shown: column.name.clone(),
            name: kql::name(&column.name),
            ty: column.ty,
        });
        let rows = Rows { text: kql::name(&table), columns: columns.collect() };
        self.known.push((item.to_owned(), rows));
        self.tables.push((table, Fill::Answer(Arc::clone(job))));
    }

    /// The whole query.
    fn write(&mut self, merge: &Merge, words: &dyn Fn(&str) -> String) -> Result<String, String> {
        let mut last = None;
        for (at, step) in merge.steps.iter().enumerate() {
            let rows = self.step(step)?;
            let name = format!("step{at}");
            self.lets += &format!("let {name} = {};\n", rows.text);
            let rows = Rows { text: name, columns: rows.columns };
            self.known.retain(|(known, _)| *known != step.id || step.id.is_empty());
            self.known.push((step.id.clone(), rows.clone()));
            last = Some(rows);
        }
        let rows = last.ok_or("the merge has no steps")?;
        let kept =
            if merge.columns.is_empty() { all(&rows.columns) } else { self.kept(merge, &rows, words)? };
        if kept.is_empty() {
            return Err("the merge keeps no column".to_owned());
        }
        Ok(format!("{}{} | project {}", self.lets, rows.text, kept.join(", ")))
    }

    fn step(&mut self, step: &MergeStep) -> Result<Rows, String> {
        let left = self.read(&step.left)?;
        if step.kind == MergeKind::Copy {
            return Ok(left);
        }
        let right = step.right.as_deref().ok_or("a step of the merge has no right side")?;
        let right = self.read(right)?;
        match step.kind {
            MergeKind::Union => Ok(self.union(&left, &right)),
            MergeKind::Copy => Ok(left),
            MergeKind::Inner => join(step, "inner", left, right, true, true),
            MergeKind::InnerUnique => join(step, "innerunique", left, right, true, true),
            MergeKind::LeftOuter => join(step, "leftouter", left, right, true, true),
            MergeKind::RightOuter => join(step, "rightouter", left, right, true, true),
            MergeKind::FullOuter => join(step, "fullouter", left, right, true, true),
            MergeKind::LeftSemi => join(step, "leftsemi", left, right, true, false),
            MergeKind::LeftAnti => join(step, "leftanti", left, right, true, false),
            MergeKind::RightSemi => join(step, "rightsemi", left, right, false, true),
            MergeKind::RightAnti => join(step, "rightanti", left, right, false, true),
        }
    }

    /// Rows of an item or a step, under names that nothing else has.
    fn read(&mut self, name: &str) -> Result<Rows, String> {
        let found = self.known.iter().rev().find(|(known, _)| known == name);
        let Some((_, rows)) = found.cloned() else {
            return Err(format!("the merge names `{name}`, which is neither an item nor an earlier step"));
        };
        if rows.columns.is_empty() {
            return Err(format!("`{name}`, which is merged, has no columns"));
        }
        if self.count + rows.columns.len() > COLUMNS {
            return Err(format!("the steps of the merge read more than {COLUMNS} columns"));
        }
        let mut parts = Vec::with_capacity(rows.columns.len());
        let columns = rows.columns.into_iter().map(|column| {
            let name = self.fresh();
            parts.push(format!("{name} = {}", column.name));
            Inner { name, ..column }
        });
        let columns = columns.collect();
        Ok(Rows { text: format!("({} | project {})", rows.text, parts.join(", ")), columns })
    }

    fn fresh(&mut self) -> String {
        self.count += 1;
        format!("c{}", self.count)
    }

    /// Both one below the other; columns of one name are one, as text where their types differ.
    fn union(&mut self, left: &Rows, right: &Rows) -> Rows {
        let mut columns: Vec<Inner> = Vec::new();
        let (mut on_left, mut on_right) = (Vec::new(), Vec::new());
        for column in left.columns.iter().chain(&right.columns) {
            if columns.iter().any(|known| known.shown == column.shown) {
                continue;
            }
            let of = |rows: &Rows| rows.columns.iter().find(|one| one.shown == column.shown).cloned();
            let (one, other) = (of(left), of(right));
            let both = one.as_ref().zip(other.as_ref());
            let text = both.is_some_and(|(one, other)| one.ty != other.ty);
            let name = self.fresh();
            let part = |side: &Inner| match text {
                true => format!("{name} = tostring({})", side.name),
                false => format!("{name} = {}", side.name),
            };
            on_left.extend(one.as_ref().map(part));
            on_right.extend(other.as_ref().map(part));
            let from = one.iter().chain(&other).flat_map(|side| side.from.clone()).collect();
            let ty = if text { Type::String } else { column.ty };
            columns.push(Inner { from, shown: column.shown.clone(), name, ty });
        }
        let side =
            |rows: &Rows, parts: Vec<String>| format!("({} | project {})", rows.text, parts.join(", "));
        Rows { text: format!("union {}, {}", side(left, on_left), side(right, on_right)), columns }
    }

    /// The columns kept, under their names.
    fn kept(
        &mut self,
        merge: &Merge,
        rows: &Rows,
        words: &dyn Fn(&str) -> String,
    ) -> Result<Vec<String>, String> {
        let mut taken: Vec<String> = Vec::new();
        let mut kept = Vec::new();
        for column in &merge.columns {
            let value = match column_value(column, rows, words) {
                Ok(value) => value,
                Err(why) => {
                    self.notes.push(why);
                    continue;
                }
            };
            let name = free(&column.to, &taken);
            kept.push(format!("{} = {value}", kql::name(&name)));
            taken.push(name);
        }
        Ok(kept)
    }
}

fn column_value(column: &Renamed, rows: &Rows, words: &dyn Fn(&str) -> String) -> Result<String, String> {
    let find = |name: &str| find(&rows.columns, name).cloned();
    if !column.criteria.is_empty() {
        return rule(&column.criteria, &find, words)
            .map_err(|why| format!("the column {} is left out: {why}", column.to));
    }
    find(&column.from)
        .map(|found| found.name)
        .ok_or_else(|| format!("the merge keeps the column {}, which its rows do not have", column.from))
}

/// All columns under the names they are shown by.
fn all(columns: &[Inner]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    let named = columns.iter().map(|column| {
        let name = free(&column.shown, &taken);
        let part = format!("{} = {}", kql::name(&name), column.name);
        taken.push(name);
        part
    });
    named.collect()
}

/// The name, or the next free one that begins like it, as joins name columns of the right side.
fn free(name: &str, taken: &[String]) -> String {
    let is_free = |name: &String| !taken.contains(name);
    let plain = name.to_owned();
    if is_free(&plain) {
        return plain;
    }
    (1..).map(|number| format!("{name}{number}")).find(is_free).unwrap_or(plain)
}

/// The column that `name`, or `[item].name`, means.
pub fn find<'c>(columns: &'c [Inner], name: &str) -> Option<&'c Inner> {
    let shown = columns.iter().find(|column| column.shown == name);
    let from = || {
        let (item, column) = name.strip_prefix('[')?.split_once("].")?;
        columns.iter().find(|one| one.from.iter().any(|from| from.0 == item && from.1 == column))
    };
    shown.or_else(from).or_else(|| columns.iter().find(|column| same(&column.shown, name)))
}

fn join(
    step: &MergeStep,
    kind: &str,
    left: Rows,
    right: Rows,
    keeps_left: bool,
    keeps_right: bool,
) -> Result<Rows, String> {
    let key = |rows: &Rows, column: Option<&String>, item: &str| {
        let column =
            column.ok_or_else(|| format!("the merge does not say which column of `{item}` it compares"))?;
        let found = find(&rows.columns, column).cloned();
        found.ok_or_else(|| format!("the merge compares the column {column}, which `{item}` does not have"))
    };
    let right_name = step.right.as_deref().unwrap_or_default();
    let one = key(&left, step.left_column.as_ref(), &step.left)?;
    let other = key(&right, step.right_column.as_ref().or(step.left_column.as_ref()), right_name)?;
    let (a, b) = comparable(one.ty, other.ty);
    let side = |rows: &Rows, key: &Inner, as_type: &str| match as_type {
        "" => format!("({} | extend key = {})", rows.text, key.name),
        function => format!("({} | extend key = {function}({}))", rows.text, key.name),
    };
    let mut columns = Vec::new();
    if keeps_left {
        columns.extend(left.columns.iter().cloned());
    }
    if keeps_right {
        columns.extend(right.columns.iter().cloned());
    }
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let text = format!(
        "{} | join kind={kind} {} on $left.key == $right.key | project {}",
        side(&left, &one, a),
        side(&right, &other, b),
        names.join(", ")
    );
    Ok(Rows { text, columns })
}

/// How columns of two types are made comparable.
fn comparable(one: Type, other: Type) -> (&'static str, &'static str) {
    let number = |ty| matches!(ty, Type::Int | Type::Long | Type::Real | Type::Decimal);
    match (one, other) {
        (Type::Dynamic, Type::Dynamic) => ("tostring", "tostring"),
        (one, other) if one == other => ("", ""),
        (one, other) if number(one) && number(other) => ("todouble", "todouble"),
        (Type::String, _) => ("", "tostring"),
        (_, Type::String) => ("tostring", ""),
        (_, _) => ("tostring", "tostring"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job() -> Arc<Job> {
        Arc::new(Job::new("T".into(), 0, None, BTreeMap::new(), 0))
    }

    fn step(id: &str, kind: MergeKind, left: &str, right: &str, on: &str) -> MergeStep {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        MergeStep {
            id: id.into(),
            kind,
            left: left.into(),
            right: text(right),
            left_column: text(on),
            right_column: text(on),
        }
    }

    fn written(steps: Vec<MergeStep>, columns: Vec<Renamed>) -> Result<(String, Vec<String>), String> {
        let mut writer = Writer::default();
        writer.add("a b", &[Column::new("id", Type::Long), Column::new("# of", Type::Long)], &job());
        writer.add("c", &[Column::new("id", Type::String), Column::new("it's", Type::Real)], &job());
        let text = writer.write(&Merge { steps, columns }, &|text| text.to_owned())?;
        assert!(calypso_parser::parse(&text).diagnostics.is_empty(), "{text}");
        Ok((text, writer.notes))
    }

    #[test]
    fn every_kind_is_a_query() {
        use MergeKind::*;
        for kind in [
            Inner,
            InnerUnique,
            LeftOuter,
            RightOuter,
            FullOuter,
            LeftSemi,
            RightSemi,
            LeftAnti,
            RightAnti,
            Union,
            Copy,
        ] {
            let (text, _) = written(vec![step("", kind, "a b", "c", "id")], Vec::new()).unwrap();
            let right = matches!(
                kind,
                Inner | InnerUnique | LeftOuter | RightOuter | FullOuter | Union | RightSemi | RightAnti
            );
            assert_eq!(text.contains(r"['it\'s'] ="), right, "{kind:?}: {text}");
        }
    }

    #[test]
    fn steps_build_on_steps_and_columns_are_named_by_their_items() {
        let steps = vec![
            step("s", MergeKind::LeftOuter, "a b", "c", "id"),
            step("t", MergeKind::Inner, "s", "a b", "id"),
        ];
        let renamed =
            |from: &str, to: &str| Renamed { from: from.into(), to: to.into(), criteria: Vec::new() };
        let columns = vec![renamed("[c].it's", "X"), renamed("[a b].# of", "X"), renamed("[c].none", "Y")];
        let (text, notes) = written(steps, columns).unwrap();
        assert!(text.ends_with("step1 | project ['X'] = c8, ['X1'] = c6"), "{text}");
        assert_eq!(notes, ["the merge keeps the column [c].none, which its rows do not have"]);
    }

    #[test]
    fn what_is_missing_is_said() {
        let missing = |steps| written(steps, Vec::new()).unwrap_err();
        assert!(missing(vec![step("", MergeKind::Inner, "z", "c", "id")]).contains("names `z`"));
        assert!(missing(vec![step("", MergeKind::Inner, "a b", "c", "no")]).contains("the column no"));
        assert!(missing(vec![step("", MergeKind::Inner, "a b", "c", "")]).contains("which column of `a b`"));
        assert!(missing(vec![step("", MergeKind::Inner, "a b", "", "id")]).contains("no right side"));
        assert_eq!(missing(Vec::new()), "the merge has no steps");
        let doubled = (0..60).map(|at| {
            let before = if at == 0 { "c".to_owned() } else { format!("s{}", at - 1) };
            step(&format!("s{at}"), MergeKind::Inner, &before, &before, "id")
        });
        assert!(missing(doubled.collect()).contains("more than 2000 columns"));
    }
}
