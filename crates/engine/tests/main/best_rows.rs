//! `arg_max` and `arg_min` of several columns: found together or each alone, the answers are the same.

use crate::build::*;
use calypso_engine::{Engine, EngineOptions, Optimization, Optimizations};
use calypso_library::{Column, Table, Type, Value};

const COLUMNS: [(&str, Type); 7] = [
    ("k", Type::String),
    ("t", Type::DateTime),
    ("n", Type::Long),
    ("r", Type::Real),
    ("s", Type::String),
    ("d", Type::Dynamic),
    ("g", Type::Guid),
];

/// Rows in batches; every ninth has no time, and the key `none` never has one.
fn table() -> Table {
    let value = |row: i64, ty: Type, name: &str| match ty {
        _ if name != "t" && row % 7 == 3 => Value::absent(ty),
        Type::DateTime if row % 9 == 4 || row % 13 == 0 => Value::Null(ty),
        Type::DateTime => Value::DateTime(row * 7919 % 1009 * 864_000_000_000),
        Type::Long => Value::Long(row * 31 % 17),
        Type::Real => Value::Real(if row % 5 == 0 { f64::NAN } else { row as f64 / 4.0 }),
        Type::String if name == "k" => {
            Value::String(if row % 13 == 0 { "none".to_owned() } else { format!("key {}", row % 11) })
        }
        Type::String => Value::String(format!("a text that is longer than twelve bytes {row}")),
        Type::Dynamic => Value::dynamic(serde_json::json!({ "row": row, "list": [1, null, "x"] })),
        Type::Guid => Value::Guid(format!("00000000-0000-0000-0000-{row:012}")),
        Type::Bool | Type::Int | Type::Decimal | Type::TimeSpan => Value::Null(ty),
    };
    let batch = |rows: std::ops::Range<i64>| {
        let arrays = COLUMNS.map(|(name, ty)| {
            (name, Value::to_array(ty, rows.clone().map(|row| value(row, ty, name)).collect::<Vec<_>>()))
        });
        arrow::record_batch::RecordBatch::try_from_iter(arrays).expect("a batch")
    };
    Table {
        name: "T".to_owned(),
        columns: COLUMNS.iter().map(|(name, ty)| Column::new(*name, *ty)).collect(),
        batches: (0..20).map(|at| batch(at * 50..at * 50 + 50)).collect(),
    }
}

fn with(optimizations: Optimizations, batch_size: usize) -> Engine {
    let options = EngineOptions {
        target_partitions: Some(2),
        batch_size: Some(batch_size),
        optimizations,
        ..EngineOptions::default()
    };
    let engine = Engine::new(options).expect("an engine");
    engine.register(table());
    engine
}

const QUERIES: [&str; 12] = [
    "T | summarize arg_max(t, *) by k | sort by k asc",
    "T | summarize arg_min(t, *) by k | sort by k asc",
    "T | summarize arg_max(t, *), arg_min(t, s, g), count(), max(n) by k | sort by k asc",
    "T | summarize a = arg_max(t, s, d), arg_max(tolong(t) % 10007, r) by k, n % 2 | sort by k asc, Column1 asc",
    "T | summarize arg_max(t, *) by k | where n > 3 and s has 'text' | project k, d.row, r | sort by k asc",
    "T | summarize arg_max(t, k) by k | sort by k asc",
    "T | summarize arg_max(t, *)",
    "T | where n > 100 | summarize arg_max(t, *)",
    "T | where n > 100 | summarize arg_max(t, *) by k",
    "T | where k == 'none' | summarize arg_max(t, n) by k | project t",
    "T | summarize arg_max(t, n, s, 5, 'x', t) by bin(t, 30d) | sort by t asc",
    "T | summarize arg_max(r, n), arg_max(s, n), arg_max(t, *) by k | sort by k asc",
];

#[test]
fn answers_are_the_same_whatever_is_off() {
    let plain = with(Optimizations::none(), 8192);
    let without = Optimizations::default().without(Optimization::BestRows);
    let engines = [
        with(Optimizations::default(), 8192),
        with(Optimizations::default(), 7),
        with(without, 8192),
        with(without, 7),
    ];
    for query in QUERIES {
        let expected = shown(&plain.run(query).expect(query)[0]);
        for engine in &engines {
            assert_eq!(shown(&engine.run(query).expect(query)[0]), expected, "{query}");
        }
    }
}

#[test]
fn columns_of_one_extreme_are_found_together_and_others_not_at_all() {
    let told = |optimizations: Optimizations, query: &str| {
        with(optimizations, 8192).explain(query).expect("a plan").remove(0)
    };
    let query = "T | summarize arg_max(t, *), arg_min(t, s) by k | where n > 3 | project k, t, s, r, s1";
    let together = told(Optimizations::default(), query);
    assert!(together.contains("kql_best_rows:arg_max:long,real,string("), "{together}");
    assert!(together.contains("kql_best_rows:arg_min:string("), "{together}");
    assert!(!together.contains("kql_arg_max") && !together.contains("kql_arg_min"), "{together}");
    let apart = told(Optimizations::default().without(Optimization::BestRows), query);
    assert!(apart.contains("kql_arg_max") && !apart.contains("kql_best_rows"), "{apart}");
}
