//! Rows out of JSON text. In: the text with its parameters in place, and what is to be taken out of it. Out: a table,
//! and the query that gives its columns the types asked for; the engine does the rest.

use super::job::{Fill, Job};
use super::kql::name;
use super::outline::Place;
use super::query::Asked;
use super::schedule::{Look, World};
use super::site::Site;
use crate::expand;
use crate::model::{JsonSource, Transformer};
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Table, Type, Value};
use serde_json::Value as Json;
use serde_json_path::JsonPath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows at most.
const MOST: usize = 10_000;
/// The table's name in the query.
const ROWS: &str = "json rows";

impl Site<'_> {
    /// The run that gives the rows of JSON text, or a sentence why it gives none.
    pub fn json(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        source: &JsonSource,
    ) -> Option<Result<Asked, String>> {
        let text = self.words(look, world, place, &source.content)?;
        Some(asked(&text, source.transformer.as_ref(), self.now))
    }
}

fn asked(text: &str, transformer: Option<&Transformer>, now: i64) -> Result<Asked, String> {
    let mut rows = rows(text, transformer)?;
    let mut notes = Vec::new();
    if rows.cells.len() > MOST {
        notes.push(format!("the first {MOST} of {} rows of the JSON text are taken", rows.cells.len()));
        rows.cells.truncate(MOST);
    }
    let columns: Vec<String> = rows.columns.iter().map(|(column, ty)| converted(column, ty)).collect();
    let query = format!("{} | project {}", name(ROWS), columns.join(", "));
    let key = format!("{transformer:?} {text}");
    let fill = Fill::Rows(Arc::new(rows.table()), key);
    let tables = vec![(ROWS.to_owned(), fill)];
    Ok(Asked::made(Job::over(query, now, None, BTreeMap::new(), tables, 1), notes))
}

/// A column as the type the file names.
fn converted(column: &str, ty: &str) -> String {
    let name = name(column);
    let conversion = match ty.to_lowercase().as_str() {
        "string" | "guid" => "tostring",
        "number" | "real" | "double" | "decimal" => "todouble",
        "long" | "int" | "integer" => "tolong",
        "datetime" | "date" => "todatetime",
        "timespan" | "duration" => "totimespan",
        "bool" | "boolean" => "tobool",
        _ => return name,
    };
    format!("{name} = {conversion}({name})")
}

/// Rows as JSON has them.
#[derive(Debug, PartialEq)]
struct Rows {
    /// Name and type as the file writes it.
    columns: Vec<(String, String)>,
    cells: Vec<Vec<Json>>,
}

fn rows(text: &str, transformer: Option<&Transformer>) -> Result<Rows, String> {
    let json: Json = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("the JSON text cannot be read: {error}"))?;
    let path = transformer.map_or("", |transformer| transformer.rows.trim());
    let items: Vec<&Json> = match path {
        "" | "$" => vec![&json],
        path => query(path)?.query(&json).all(),
    };
    let items = match items.as_slice() {
        [Json::Array(items)] => items.iter().collect(),
        _ => items,
    };
    match transformer.map(|transformer| transformer.columns.as_slice()).unwrap_or_default() {
        [] => Ok(by_fields(&items)),
        columns => by_paths(&items, columns),
    }
}

/// A column for every field that some object has; what is no object has one column.
fn by_fields(items: &[&Json]) -> Rows {
    let mut columns: Vec<(String, String)> = Vec::new();
    let fields = |item: &Json| match item {
        Json::Object(fields) => fields.clone(),
        other => serde_json::Map::from_iter([("value".to_owned(), other.clone())]),
    };
    let items: Vec<_> = items.iter().map(|item| fields(item)).collect();
    let mut seen = std::collections::HashSet::new();
    for field in items.iter().flat_map(serde_json::Map::keys) {
        if seen.insert(field.as_str()) {
            columns.push((field.clone(), String::new()));
        }
    }
    if columns.is_empty() {
        columns.push(("value".to_owned(), String::new()));
    }
    let row = |item: &serde_json::Map<String, Json>| {
        columns.iter().map(|(name, _)| item.get(name).cloned().unwrap_or(Json::Null)).collect()
    };
    Rows { cells: items.iter().map(row).collect(), columns }
}

fn by_paths(items: &[&Json], columns: &[(String, String, String)]) -> Result<Rows, String> {
    let mut paths = Vec::new();
    let mut named: Vec<(String, String)> = Vec::new();
    for (path, name, ty) in columns {
        let path = path.trim();
        let rooted = if path.starts_with('$') { path.to_owned() } else { format!("$.{path}") };
        paths.push(if path.is_empty() { JsonPath::default() } else { query(&rooted)? });
        let name = if name.is_empty() { path.trim_start_matches("$.") } else { name };
        named.push((free(name, &named), ty.clone()));
    }
    let cell = |path: &JsonPath, item: &Json| match path.query(item).all().as_slice() {
        [] => Json::Null,
        [one] => (*one).clone(),
        several => several.iter().map(|one| (*one).clone()).collect(),
    };
    let cells = items.iter().map(|item| paths.iter().map(|path| cell(path, item)).collect()).collect();
    Ok(Rows { columns: named, cells })
}

/// A name that no other column has.
fn free(name: &str, taken: &[(String, String)]) -> String {
    let is_free = |name: &str| !name.is_empty() && taken.iter().all(|(other, _)| other != name);
    if is_free(name) {
        return name.to_owned();
    }
    let numbered = (1..).map(|number| format!("{name}{number}")).find(|name| is_free(name));
    numbered.unwrap_or_default()
}

fn query(path: &str) -> Result<JsonPath, String> {
    if !expand::is_short(path) {
        return Err(format!(
            "`{path}` is a path that could take years: it has too many `..`, `*`, `[` or conditions"
        ));
    }
    JsonPath::parse(path).map_err(|error| format!("`{path}` is no JSONPath: {error}"))
}

impl Rows {
    fn table(&self) -> Table {
        let types: Vec<Type> = (0..self.columns.len()).map(|at| self.ty(at)).collect();
        let arrays = types.iter().enumerate().map(|(at, ty)| {
            let cells = self.cells.iter().map(|row| value(row.get(at).unwrap_or(&Json::Null), *ty));
            (at.to_string(), Value::to_array(*ty, cells))
        });
        let batch = RecordBatch::try_from_iter_with_nullable(arrays.map(|(name, array)| (name, array, true)));
        let columns = self.columns.iter().zip(&types).map(|((name, _), ty)| Column::new(name, *ty)).collect();
        let batch = batch.expect("all columns have one cell for each row");
        Table { name: ROWS.to_owned(), columns, batches: vec![batch] }
    }

    /// The type that holds all cells of a column as they are.
    fn ty(&self, at: usize) -> Type {
        let mut cells = self.cells.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_null());
        let all = |is: fn(&Json) -> bool| cells.clone().all(is);
        if cells.clone().next().is_none() || all(Json::is_string) {
            Type::String
        } else if all(Json::is_boolean) {
            Type::Bool
        } else if all(Json::is_i64) {
            Type::Long
        } else if cells.all(Json::is_number) {
            Type::Real
        } else {
            Type::Dynamic
        }
    }
}

fn value(json: &Json, ty: Type) -> Value {
    match (ty, json) {
        (Type::String, Json::String(text)) => Value::String(text.clone()),
        (Type::String, _) => Value::String(String::new()),
        (Type::Bool, Json::Bool(value)) => Value::Bool(*value),
        (Type::Long, Json::Number(number)) => number.as_i64().map_or(Value::Null(ty), Value::Long),
        (Type::Real, Json::Number(number)) => number.as_f64().map_or(Value::Null(ty), Value::Real),
        (Type::Dynamic, json) => Value::dynamic(json.clone()),
        (_, _) => Value::Null(ty),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn names(rows: &Rows) -> Vec<&str> {
        rows.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn objects_are_rows_and_fields_columns() {
        let found = rows(r#"[{"a": 1, "b": "x"}, {"a": 2.5, "c": [1]}]"#, None).unwrap();
        assert_eq!(names(&found), ["a", "b", "c"]);
        assert_eq!(found.cells[1], [json!(2.5), Json::Null, json!([1])]);
        let types: Vec<_> = found.table().columns.iter().map(|column| column.ty).collect();
        assert_eq!(types, [Type::Real, Type::String, Type::Dynamic]);
        assert_eq!(rows("[1, 2]", None).unwrap().cells, [[json!(1)], [json!(2)]]);
        assert_eq!(rows(r#"{"a": true}"#, None).unwrap().cells, [[json!(true)]]);
        assert_eq!(rows("[]", None).unwrap().table().columns[0].name, "value");
        assert!(rows("{", None).unwrap_err().starts_with("the JSON text cannot be read"));
    }

    #[test]
    fn paths_take_rows_and_columns() {
        let column = |path: &str, name: &str| (path.to_owned(), name.to_owned(), "long".to_owned());
        let transformer = Transformer {
            rows: "$.list".into(),
            columns: vec![column("$.id", "Id"), column("tags[*]", "Tags"), column("$.no", "Id")],
        };
        let text = r#"{"list": [{"id": 7, "tags": ["a", "b"]}, {"id": 8}]}"#;
        let found = rows(text, Some(&transformer)).unwrap();
        assert_eq!(names(&found), ["Id", "Tags", "Id1"]);
        assert_eq!(found.cells[0], [json!(7), json!(["a", "b"]), Json::Null]);
        let wrong = Transformer { rows: "$[".into(), columns: Vec::new() };
        assert!(rows(text, Some(&wrong)).unwrap_err().starts_with("`$[` is no JSONPath"));
    }

    #[test]
    fn paths_that_could_take_years_are_refused() {
        let nested = format!("{}{}", "[".repeat(100), "]".repeat(100));
        for path in ["$..*..*..*..*..*..*..*", "$[?@[?@[?@[?@]]]]", "$..a..b"] {
            let columns = vec![(path.to_owned(), "a".to_owned(), String::new())];
            for transformer in [
                Transformer { rows: path.to_owned(), columns: Vec::new() },
                Transformer { rows: String::new(), columns },
            ] {
                assert!(
                    rows(&nested, Some(&transformer)).unwrap_err().contains("could take years"),
                    "{path}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_and_no_path_stops_it(text in r#"[\[\]{}:,"a1.]{0,20}"#, path in r"\$?[.\[\]a*0?@ ]{0,8}") {
            let transformer = Transformer { rows: path.clone(), columns: vec![(path, String::new(), String::new())] };
            let _ = asked(&text, Some(&transformer), 0);
            let _ = asked(&text, None, 0);
        }
    }
}
