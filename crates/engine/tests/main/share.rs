//! What is computed once: the same answers as when it is not, and fewer computations.

use arrow::array::{ArrayRef, Int64Array, StringViewArray};
use arrow::record_batch::RecordBatch;
use calypso_engine::{CancelToken, Engine, EngineOptions, Optimization, Optimizations, RunOptions};
use calypso_library::{Answer, Column, Table, Type};
use std::sync::Arc;

/// Rows of a log: a time, an id, an action, a result and two JSON texts.
fn logs(rows: i64) -> Table {
    let text = |f: &dyn Fn(i64) -> String| -> ArrayRef {
        Arc::new(StringViewArray::from_iter_values((0..rows).map(f)))
    };
    let columns = vec![
        Column::new("TimeGenerated", Type::DateTime),
        Column::new("Id", Type::Long),
        Column::new("Action", Type::String),
        Column::new("Result", Type::String),
        Column::new("System", Type::String),
        Column::new("Steps", Type::String),
    ];
    let day = 864_000_000_000;
    let start = 638_000_000_000_000_000 / day * day;
    let arrays: Vec<ArrayRef> = vec![
        Arc::new((0..rows).map(|row| start + row * 7_000_000_000).collect::<Int64Array>()),
        Arc::new((0..rows).collect::<Int64Array>()),
        text(&|row| ["Create", "Update", "Delete", ""][(row % 4) as usize].to_owned()),
        text(&|row| ["Success", "Failure", "Skipped"][(row / 2 % 3) as usize].to_owned()),
        text(&|row| {
            format!("{{\"Name\":\"{}\",\"Id\":{}}}", ["AD", "Entra"][(row / 3 % 2) as usize], row % 5)
        }),
        text(&|row| format!("[{{\"n\":\"a{}\"}},{{\"n\":\"b{}\"}}]", row % 3, row % 2)),
    ];
    let named = columns.iter().map(|column| column.name.clone()).zip(arrays);
    let batch = RecordBatch::try_from_iter(named).expect("a batch");
    Table { name: "Logs".to_owned(), columns, batches: vec![batch] }
}

fn engine(rows: i64, optimizations: Optimizations, memory_limit: Option<usize>) -> Engine {
    let options = EngineOptions {
        now: Some(638_500_000_000_000_000),
        target_partitions: Some(3),
        memory_limit,
        optimizations,
        ..EngineOptions::default()
    };
    let engine = Engine::new(options).expect("an engine");
    engine.register(logs(rows));
    engine
}

fn text(answers: &[Answer]) -> String {
    let mut told = String::new();
    for answer in answers {
        told += &format!("{:?}\n", answer.columns.iter().map(|column| &column.name).collect::<Vec<_>>());
        for batch in &answer.batches {
            for row in 0..batch.num_rows() {
                let cells = answer.columns.iter().zip(batch.columns());
                let cells = cells.map(|(column, array)| {
                    format!("{:?}", calypso_library::Value::from_array(column.ty, array, row))
                });
                told += &cells.collect::<Vec<_>>().join(" | ");
                told.push('\n');
            }
        }
    }
    told
}

fn without() -> Optimizations {
    Optimizations::default().without(Optimization::SharePlan).without(Optimization::SharePanels)
}

/// Queries in which something stands twice, each with whether something is shared in them.
const QUERIES: &[(&str, bool)] = &[
    (
        "let T = Logs | summarize n = count() by Action; T | join kind=inner (T | where n > 1) on Action | sort by Action asc",
        true,
    ),
    (
        "let T = Logs | where tostring(parse_json(System).Name) == 'AD'; T | summarize n = count() by Action | join kind=inner (T | summarize d = dcount(Id) by Action) on Action | project Action, n, d | sort by Action asc",
        true,
    ),
    (
        "let T = Logs | extend S = parse_json(System) | extend Name = S.Name | where Name == 'AD' | extend Id2 = tostring(S.Id); union (T | summarize n = count() by Id2), (T | where Action == 'Create' | summarize n = dcount(Id) by Result) | sort by Id2 asc, Result asc",
        true,
    ),
    (
        "let T = Logs | mv-expand S = parse_json(Steps) | extend n = tostring(S.n); T | where n startswith 'a' | summarize c = count() by n | union (T | summarize c = count() by Action) | sort by n asc, Action asc",
        true,
    ),
    ("let T = Logs | top 5 by Id desc; union T, T | project Id | sort by Id asc", true),
    ("let T = Logs | sort by Id desc; T | take 3 | union (T | take 4) | project Id | sort by Id asc", false),
    ("let T = Logs | summarize make_list(Id, 4) by Action; union T, T | sort by Action asc", true),
    ("print a = toscalar(Logs | count), b = toscalar(Logs | count)", true),
    (
        "Logs | where Id in ((Logs | where Action == 'Create' | top 3 by Id desc | project Id)) or Id == toscalar(Logs | summarize max(Id)) | project Id | sort by Id asc",
        false,
    ),
    (
        "let T = Logs | summarize m = max(Id) by Action; Logs | where Id in ((T | project m)) | project Id, Action | join kind=leftouter T on Action | sort by Id asc | project Id, m",
        true,
    ),
    (
        "let f = (a: string) { Logs | where tostring(parse_json(System).Name) == a | summarize n = count() by Action }; f('AD') | join kind=inner f('AD') on Action | join kind=inner f('Entra') on Action | project Action, n, n1, n2 | sort by Action asc",
        true,
    ),
    (
        "let M = materialize(Logs | where System has 'AD' | extend t = tostring(parse_json(System).Id)); M | summarize n = count() by t | join kind=inner (M | summarize x = max(Id) by t) on t | project t, n, x | sort by t asc",
        false,
    ),
    (
        "let A = materialize(Logs | where Action == 'Create'); let B = materialize(Logs | where Action == 'Create'); union (A | count), (B | count), (Logs | where Action == 'Create' | summarize Count = max(Id)) | sort by Count asc",
        true,
    ),
    (
        "Logs | where System has 'AD' | as L | summarize n = count() by Action | join kind=inner (L | summarize m = min(Id) by Action) on Action | project Action, n, m | sort by Action asc",
        true,
    ),
    (
        "let In = Logs | where System has 'AD' | summarize n = count() by Action, Result; let Out = In | summarize s = sum(n) by Action; Out | join kind=inner (In | where Result == 'Failure') on Action | join kind=inner Out on Action | project Action, s, n | sort by Action asc",
        true,
    ),
    (
        "Logs | where System has 'AD' | fork (summarize n = count() by Action | sort by Action asc) (summarize m = max(Id) by Result | sort by Result asc)",
        false,
    ),
    (
        "Logs | where System has 'AD' | extend k = tostring(parse_json(System).Id) | facet by Action, k with (summarize n = count() | sort by n asc)",
        false,
    ),
    (
        "let T = Logs | where System has 'AD' | serialize r = row_number() | where r % 7 == 0; T | summarize make_list(Id, 5) | union (T | summarize make_list(Id, 3)) | extend l = array_length(list_Id) | sort by l asc",
        true,
    ),
    (
        "Logs | where System has 'AD' | summarize make_list(Id, 5) by Action | join kind=inner (Logs | where System has 'AD' | summarize take_any(Id) by Action) on Action | project Action, list_Id, Id | sort by Action asc",
        true,
    ),
    (
        "let T = Logs | where Steps has 'a1' and System has 'AD'; T | count | union (T | where Action == 'Create' | count) | sort by Count asc",
        true,
    ),
    (
        "Logs | where (Action in ('x') or true) and System has 'AD' | summarize a = count() by Result | join kind=inner (Logs | where System has 'AD' and Id > 3 | summarize b = count() by Result) on Result | sort by Result asc",
        true,
    ),
    (
        "let T = Logs | parse System with * 'Name\":\"' n '\"' * | summarize c = count() by n; T | join kind=fullouter (T | where c > 100000) on n | sort by n asc",
        true,
    ),
    (
        "let T = Logs | summarize n = count() by Action | extend Action = iff(Action == '', 'none', Action); T | extend r = n | join kind=inner (T | project k = Action) on $left.Action == $right.k | sort by Action asc",
        true,
    ),
];

#[test]
fn answers_are_the_same() {
    for rows in [0, 100, 33_000] {
        let plain = engine(rows, without(), None);
        let shared = engine(rows, Optimizations::default(), None);
        // So little memory that hardly anything can be held.
        let tight = engine(rows, Optimizations::default(), Some(24 << 20));
        for (query, _) in QUERIES {
            let wanted = text(&plain.run(query).unwrap());
            assert_eq!(text(&shared.run(query).unwrap()), wanted, "{rows} rows: {query}");
            assert_eq!(text(&tight.run(query).unwrap()), wanted, "{rows} rows, little memory: {query}");
        }
    }
}

#[test]
fn answers_are_the_same_asked_together() {
    for rows in [100, 33_000] {
        let plain = engine(rows, without(), None);
        let shared = engine(rows, Optimizations::default(), None);
        let queries: Vec<_> =
            QUERIES.iter().map(|(query, _)| ((*query).to_owned(), RunOptions::default())).collect();
        for (answers, (query, _)) in shared.run_many(&queries).into_iter().zip(QUERIES) {
            assert_eq!(text(&answers.unwrap()), text(&plain.run(query).unwrap()), "{rows} rows: {query}");
        }
    }
}

#[test]
fn what_stands_twice_is_read_once() {
    let shared = engine(33_000, Optimizations::default(), None);
    let plain = engine(33_000, without(), None);
    let operators = |engine: &Engine, query: &str| {
        let told = engine.explain(query).unwrap().concat();
        told.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (query, is_shared) in QUERIES {
        // What is computed before is not told.
        let differ = operators(&shared, query) != operators(&plain, query);
        assert!(differ || !is_shared || query.starts_with("print"), "{query}");
    }
}

#[test]
fn what_differs_each_time_stays_apart() {
    let engine = engine(10, Optimizations::default(), None);
    let count = |query: &str| {
        let answers = engine.run(query).unwrap();
        text(&answers).lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let apart = "let T = Logs | summarize by g = new_guid(); union T, T | summarize dcount(g)";
    assert_eq!(count(apart), ["Long(20)"]);
    let asked = "let T = materialize(Logs | summarize by g = new_guid()); union T, T | summarize dcount(g)";
    assert_eq!(count(asked), ["Long(10)"]);
    let named = "Logs | extend g = new_guid() | as hint.materialized=true T | union T | summarize dcount(g)";
    assert_eq!(count(named), ["Long(10)"]);
    let scalars = "print a = toscalar(print new_guid()), b = toscalar(print new_guid()) | project a == b";
    assert_eq!(count(scalars), ["Bool(false)"]);
}

#[test]
fn queries_asked_together_fail_alone() {
    let engine = engine(100, Optimizations::default(), None);
    let stopped = CancelToken::default();
    stopped.cancel();
    let ask = |text: &str| (text.to_owned(), RunOptions::default());
    let base = "Logs | where tostring(parse_json(System).Name) == 'AD'";
    let queries = [
        ask(&format!("{base} | summarize n = count()")),
        ask("Logs | where"),
        ask(&format!("{base} | project Nothing")),
        (format!("{base} | count"), RunOptions { cancel: stopped, ..RunOptions::default() }),
        (format!("{base} | project Id"), RunOptions { row_limit: Some(3), ..RunOptions::default() }),
        (format!("{base} | count"), RunOptions { time_range: Some((0, 1)), ..RunOptions::default() }),
        ask(&format!("{base} | summarize max(Id)")),
        ask(".set Other <| print x = 1"),
        ask("Other"),
    ];
    let answers: Vec<_> =
        engine.run_many(&queries).into_iter().map(|one| one.map(|all| text(&all))).collect();
    let plain = self::engine(100, without(), None);
    for at in [0, 6] {
        assert_eq!(answers[at].as_ref().unwrap(), &text(&plain.run(&queries[at].0).unwrap()));
    }
    assert!(answers[5].as_ref().unwrap().contains("Long(0)"), "{:?}", answers[5]);
    assert!(matches!(answers[3], Err(calypso_engine::QueryError::Cancelled)));
    for at in [1, 2, 4, 8] {
        assert!(answers[at].is_err(), "{at}: {:?}", answers[at]);
    }
    assert!(answers[7].is_ok(), "{:?}", answers[7]);
    assert!(engine.run("Other").is_err());
}

#[test]
fn one_instant_for_all_that_have_none() {
    let options = EngineOptions::default();
    let engine = Engine::new(options).unwrap();
    let queries: Vec<_> = (0..8).map(|_| ("print now()".to_owned(), RunOptions::default())).collect();
    let answers: Vec<_> = engine.run_many(&queries).into_iter().map(|one| text(&one.unwrap())).collect();
    assert!(answers.iter().all(|one| *one == answers[0]), "{answers:?}");
}
