//! Rows of tables as they were there at an instant.

use crate::build::*;
use calypso_engine::{RunOptions, There};
use calypso_library::{Column, Table, Type, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T` of names and times; `D` of names and two times.
fn with_tables(engine: &calypso_engine::Engine) {
    let times = |times: &[Option<i64>]| {
        let values = times.iter().map(|time| time.map_or(Value::Null(Type::DateTime), Value::DateTime));
        Value::to_array(Type::DateTime, values)
    };
    let names = ["a", "b", "c", "d", "e", "", "g"];
    let names = Value::to_array(Type::String, names.iter().map(|name| Value::String((*name).to_owned())));
    let first = times(&[Some(1), Some(2), Some(3), Some(4), None, Some(2), Some(9)]);
    let second = times(&[Some(9), None, Some(1), Some(1), Some(5), Some(6), None]);
    for (name, columns) in
        [("T", vec![("TimeGenerated", &first)]), ("D", vec![("Arrived", &first), ("Sent", &second)])]
    {
        let mut all = vec![("Id", Arc::clone(&names))];
        all.extend(columns.iter().map(|(name, array)| (*name, Arc::clone(array))));
        let batch = arrow::record_batch::RecordBatch::try_from_iter_with_nullable(
            all.iter().map(|(name, array)| (*name, Arc::clone(array), true)),
        );
        let batch = batch.expect("a batch");
        let mut told = vec![Column::new("Id", Type::String)];
        told.extend(columns.iter().map(|(name, _)| Column::new(*name, Type::DateTime)));
        engine.register(Table { name: name.to_owned(), columns: told, batches: vec![batch] });
    }
}

fn names(names: &[&str]) -> Arc<[String]> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn only_rows_that_were_there_are_seen() {
    let of = |at: i64, late: &[&str], late_from: i64, early: &[&str]| There {
        at,
        since: vec!["TimeGenerated".to_owned()],
        key: "Id".to_owned(),
        late: names(late),
        late_from,
        early: names(early),
    };
    let deliveries =
        There { at: 3, since: vec!["Arrived".to_owned(), "Sent".to_owned()], ..There::default() };
    for (table, there, expected) in [
        ("T", of(2, &[], 2, &[]), "[\"a\",\"b\",\"e\",\"\"]"),
        ("T", of(3, &["b", "c"], 2, &[]), "[\"a\",\"e\",\"\"]"),
        ("T", of(3, &["b"], 2, &["g", "d"]), "[\"a\",\"c\",\"d\",\"e\",\"\",\"g\"]"),
        // Without a time it has always been there, unless it is named.
        ("T", of(0, &["e"], i64::MIN, &[]), "[]"),
        ("T", of(0, &[], 0, &[]), "[\"e\"]"),
        // The first time that is known counts.
        ("D", deliveries.clone(), "[\"a\",\"b\",\"c\",\"\"]"),
        ("D", There { at: 5, ..deliveries.clone() }, "[\"a\",\"b\",\"c\",\"d\",\"e\",\"\"]"),
        // What is said of columns that are not there is said of nothing.
        ("D", of(0, &["a"], 0, &["b"]), "[\"b\",\"c\",\"d\",\"e\",\"\",\"g\"]"),
    ] {
        let there: BTreeMap<String, There> = [(table.to_owned(), there.clone())].into();
        let options = RunOptions { there: Arc::new(there.clone()), ..RunOptions::default() };
        for text in [
            format!("{table} | summarize make_list(Id)"),
            format!("union {table}* | summarize make_list(Id)"),
            format!("let x = materialize({table}); x | where Id in (x) | summarize make_list(Id)"),
        ] {
            for engine in [engine(), tiny()] {
                with_tables(&engine);
                let answers = engine.run_with(&text, &options).expect("rows");
                assert_eq!(shown(&answers[0]), expected, "{text} {there:?}");
                // Beside another that sees all.
                let both = [(text.clone(), options.clone()), (text.clone(), RunOptions::default())];
                let both = engine.run_many(&both);
                let all = engine.run(&text).expect("rows");
                let told: Vec<String> =
                    both.into_iter().map(|answers| shown(&answers.expect("rows")[0])).collect();
                assert_eq!(told, [expected.to_owned(), shown(&all[0])], "{text} {there:?}");
            }
        }
    }
}
