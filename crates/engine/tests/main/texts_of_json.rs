//! JSON in texts: the ways of being faster leave the answers alone.

use crate::build::*;
use arrow::array::{ArrayRef, StringArray, UInt32Array};
use arrow::compute::{cast, take};
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use calypso_engine::{Engine, EngineOptions, Optimization, Optimizations};
use calypso_library::{Column, Table, Type};
use std::sync::Arc;

const ODD: [&str; 12] = [
    "",
    "null",
    "not JSON",
    r#"{"Id":1,"Name":"an ordinary name"}"#,
    r#"{ "Id" : 2, "Name" : "with blanks", "details" : { "UPN" : "a@b" } }"#,
    r#"{"Id":3,"Id":"twice","Name":null}"#,
    r#"{"id":4,"NAME":"other case"}"#,
    r#"{"Id":"\u0041\/","Name":"a \"quoted\" name","details":{"UPN":"x\\y"}}"#,
    r#"{"Id":5.50,"Name":["a",1e5],"details":{"UPN":{"deep":[1,2]}}}"#,
    r#"{"Id":6,"Name":"cut off""#,
    r#"[{"name":"first step","status":0},{"name":"second step","status":"1"},3,null,"text"]"#,
    r#""a string""#,
];

/// Texts that repeat in one place of memory, and texts that are each for themselves.
fn table() -> Table {
    let odd: ArrayRef = Arc::new(StringArray::from_iter_values(ODD));
    let odd = cast(&odd, &DataType::Utf8View).expect("views");
    let places = UInt32Array::from_iter_values((0..600u32).map(|row| row * row % 97 % ODD.len() as u32));
    let unique = (0..600usize).map(|row| match ODD[row % ODD.len()] {
        text if text.starts_with("{\"Id\":1") => text.replace("Id\":1", &format!("Id\":{row}")),
        text => format!("{text}{}", " ".repeat(row % 3)),
    });
    let steps = (0..600usize).map(|row| {
        format!(
            r#"[{{"name":"step {}","status":{}}},{{"name":"another step","n":[{row}]}}]"#,
            row % 5,
            row % 2
        )
    });
    let texts = |all: Vec<String>| -> ArrayRef { Arc::new(StringArray::from_iter_values(all)) };
    let columns = [
        ("few", take(&odd, &places, None).expect("rows")),
        ("all", texts(unique.collect())),
        ("steps", texts(steps.collect())),
    ];
    let columns_of = columns.iter().map(|(name, _)| Column::new(*name, Type::String)).collect();
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    Table { name: "T".to_owned(), columns: columns_of, batches: vec![batch] }
}

fn with(optimizations: Optimizations) -> Engine {
    let options = EngineOptions { target_partitions: Some(2), optimizations, ..EngineOptions::default() };
    let engine = Engine::new(options).expect("an engine");
    engine.register(table());
    engine
}

const QUERIES: [&str; 14] = [
    "T | where tostring(parse_json(few).Id) == '2' | count",
    "T | summarize count() by a = tostring(parse_json(few).Id), b = tostring(parse_json(few).Name) | sort by a asc, b asc",
    "T | extend s = parse_json(all) | project a = s.Id, b = tostring(s.Name), c = tostring(s.details.UPN), d = toint(s.Id), s",
    "T | extend s = parse_json(few) | extend a = tostring(s.Id) | where a in ('1', 'twice', 'A/') | project a, b = s.Name, s.details",
    "T | where parse_json(few).Name == 'with blanks' and tostring(parse_json(all).Name) startswith 'AN' | project all",
    "T | project a = parse_json(all)[0].name, b = parse_json(all)[1], c = parse_json(all)[-1], d = parse_json(all)[2]",
    "T | mv-expand step = parse_json(all) | extend n = tostring(step.name), s = toint(step.status) | project n, s, step",
    "T | mv-expand step = todynamic(few), other = parse_json(steps) | summarize count() by s = tostring(step), tostring(other.name) | sort by s asc, other_name asc",
    "T | mv-expand kind=array i = parse_json(all) | project i | take 900",
    "T | mv-expand i = parse_json(steps) to typeof(string) | summarize count() by i = substring(i, 0, 14) | sort by i asc",
    "T | mv-expand with_itemindex=at step = parse_json(steps) | where tostring(step.name) has 'another' | project at, x = step.n[0], few",
    "T | extend k = tostring(parse_json(all).Id) | project k = parse_json(few)[k], l = parse_json(all)['Id'], m = parse_json(few).Name",
    "T | where strlen(few) > 3 and (few has 'name' or few contains 'STEP') | summarize dcount(tolower(few)), max(strcat(few, '!'))",
    "T | extend d = todynamic(steps) | project d[0].name, d[1].name, d[0].status | take 700",
];

#[test]
fn answers_are_the_same_whatever_is_off() {
    let plain = with(Optimizations::none());
    let all = Optimizations::default();
    let each = Optimization::ALL.iter().map(|one| all.without(*one));
    let engines = std::iter::once(all).chain(each).map(with).collect::<Vec<_>>();
    for query in QUERIES {
        let expected = shown(&plain.run(query).expect(query)[0]);
        assert!(!expected.is_empty(), "{query}");
        for engine in &engines {
            assert_eq!(shown(&engine.run(query).expect(query)[0]), expected, "{query}");
        }
    }
}

#[test]
fn parts_of_one_text_are_found_in_one_pass() {
    let query = "T | extend s = parse_json(all) | project tostring(s.Id), s.Name, toint(s.details.n)";
    let told = |engine: Engine| engine.explain(query).expect("a plan").remove(0);
    let together = told(with(Optimizations::default()));
    assert_eq!(together.matches("kql_parts(").count(), 1, "{together}");
    assert!(!together.contains("kql_[]"), "{together}");
    let apart = told(with(Optimizations::default().without(Optimization::JsonParts)));
    assert!(apart.contains("kql_[]") && !apart.contains("kql_parts"), "{apart}");
}

#[test]
fn whole_expressions_are_evaluated_once_per_text() {
    let query = "T | where tostring(parse_json(few).Id) == '1' and strcat(few, all) != ''";
    let told = |engine: Engine| engine.explain(query).expect("a plan").remove(0);
    let whole = told(with(Optimizations::default()));
    assert_eq!(whole.matches("once(").count(), 1, "{whole}");
    let apart = told(with(Optimizations::default().without(Optimization::WholeOncePerText)));
    assert!(!apart.contains("once("), "{apart}");
}
