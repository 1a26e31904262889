//! Tables, values, ranges, filters, projections, inner plans.

use crate::build::*;
use calypso_engine::EngineError;
use calypso_library::{Column, Table, Type, Value};
use calypso_planner::plan::*;
use std::sync::Arc;

#[test]
fn values_of_every_type_come_back() {
    let list = Type::ALL.iter().enumerate().map(|(id, ty)| (id as u32, *ty)).collect::<Vec<_>>();
    let absent = Type::ALL.iter().map(|ty| Value::absent(*ty)).collect::<Vec<_>>();
    let given = [
        Value::Bool(true),
        Value::Int(1),
        Value::Long(-2),
        Value::Real(0.5),
        Value::Decimal(calypso_library::decimal::from_long(3)),
        text("x"),
        Value::DateTime(0),
        Value::TimeSpan(1),
        Value::Guid("g".to_owned()),
        Value::Dynamic(serde_json::json!({"a": 1})),
    ];
    let expected = given.iter().map(Value::text).collect::<Vec<_>>().join(",");
    assert_eq!(answer(&values(&list, &[&given, &absent])), format!("{expected};∅,∅,∅,∅,∅,,∅,∅,∅,∅"));
    assert_eq!(answer(&values(&list, &[])), "");
}

#[test]
fn a_table_is_read_and_replaced() {
    let engine = engine();
    let table = |rows: &[i64]| {
        let array = Value::to_array(Type::Long, rows.iter().map(|v| long(*v)));
        let columns = vec![Column::new("A b\"C", Type::Long)];
        let batch = arrow::record_batch::RecordBatch::try_from_iter([("other", array)]).expect("a batch");
        Table { name: "T'x".to_owned(), columns, batches: vec![batch] }
    };
    engine.register(table(&[1, 2]));
    let read = plan(Node::Table { name: "T'x".to_owned() }, &[(1, Type::Long)]);
    assert_eq!(shown(&engine.execute(&read).expect("rows")), "1;2");
    engine.register(table(&[3]));
    assert_eq!(shown(&engine.execute(&read).expect("rows")), "3");
    assert_eq!(engine.tables().len(), 1);
    let wrong = Table { columns: vec![Column::new("a", Type::Long); 2], ..table(&[3]) };
    engine.register(wrong);
    assert!(matches!(engine.execute(&read), Err(EngineError::Execution(_))));
}

#[test]
fn a_lazy_table_is_loaded_once() {
    let engine = engine();
    let loads = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = Arc::clone(&loads);
    let columns = vec![Column::new("a", Type::String)];
    let load = move || {
        counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let array: arrow::array::ArrayRef = Arc::new(arrow::array::StringArray::from(vec![Some("x"), None]));
        let batch =
            arrow::record_batch::RecordBatch::try_from_iter([("a", array)]).map_err(|e| e.to_string())?;
        Ok(Table {
            name: "T".to_owned(),
            columns: vec![Column::new("a", Type::String)],
            batches: vec![batch],
        })
    };
    engine.register_lazy("T", columns, Box::new(load));
    let read = plan(Node::Table { name: "T".to_owned() }, &[(1, Type::String)]);
    assert_eq!(shown(&engine.execute(&read).expect("rows")), "x;");
    assert_eq!(shown(&engine.execute(&read).expect("rows")), "x;");
    assert_eq!(loads.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[test]
fn a_filter_drops_null_and_a_projection_computes() {
    let rows = values(&[(1, Type::Long)], &[&[long(1)], &[Value::Null(Type::Long)], &[long(5)]]);
    let predicate = call(&GREATER, vec![column(1, Type::Long), Expr::Literal(long(2))], Type::Bool);
    let filtered = over(rows, |input| Node::Filter { input, predicate });
    let projected = plan(
        Node::Project {
            input: Box::new(filtered),
            expressions: vec![
                call(&TIMES_TEN, vec![column(1, Type::Long)], Type::Long),
                call(&LENGTH, vec![Expr::Literal(text("abc"))], Type::Long),
                column(1, Type::Long),
            ],
        },
        &[(2, Type::Long), (3, Type::Long), (4, Type::Long)],
    );
    assert_eq!(answer(&projected), "50,3,5");
}

#[test]
fn repeated_texts_are_right() {
    let rows = (0..500).map(|row| vec![Expr::Literal(text(["", "a", "bb"][row % 3]))]).collect();
    let rows = plan(Node::Values { rows }, &[(1, Type::String)]);
    let lengths = plan(
        Node::Project {
            input: Box::new(rows),
            expressions: vec![call(&LENGTH, vec![column(1, Type::String)], Type::Long)],
        },
        &[(2, Type::Long)],
    );
    let expected = (0..500).map(|row| (row % 3).to_string()).collect::<Vec<_>>().join(";");
    assert_eq!(answer(&lengths), expected);
}

fn range(ty: Type, from: Value, to: Value, step: Value) -> String {
    let [from, to, step] = [from, to, step].map(Expr::Literal);
    answer(&plan(Node::Range { from, to, step }, &[(1, ty)]))
}

#[test]
fn ranges_include_both_ends() {
    assert_eq!(range(Type::Long, long(1), long(8), long(3)), "1;4;7");
    assert_eq!(range(Type::Long, long(3), long(1), long(-1)), "3;2;1");
    assert_eq!(range(Type::Long, long(3), long(1), long(1)), "");
    assert_eq!(range(Type::Long, long(3), long(3), long(5)), "3");
    assert_eq!(range(Type::Long, long(1), long(3), long(0)), "");
    assert_eq!(range(Type::Long, long(1), Value::Null(Type::Long), long(1)), "");
    let near_end = range(Type::Long, long(i64::MAX - 1), long(i64::MAX), long(1));
    assert_eq!(near_end, format!("{};{}", i64::MAX - 1, i64::MAX));
    assert_eq!(range(Type::Real, Value::Real(0.0), Value::Real(0.3), Value::Real(0.1)).split(';').count(), 4);
    let day = 864_000_000_000;
    let days = range(Type::DateTime, Value::DateTime(0), Value::DateTime(2 * day), Value::TimeSpan(day));
    assert_eq!(days.split(';').count(), 3);
}

#[test]
fn inner_plans_are_computed_first() {
    let first = Arc::new(longs(5, &[2, 9]));
    let none = Arc::new(longs(6, &[]));
    let list = Arc::new(longs(7, &[1, 5]));
    let rows = longs(1, &[1, 2, 5]);
    let projected = plan(
        Node::Project {
            input: Box::new(rows),
            expressions: vec![
                call(&GREATER, vec![column(1, Type::Long), Expr::Scalar(first, Type::Long)], Type::Bool),
                Expr::Scalar(none, Type::Long),
                call(&CONTAINS, vec![Expr::FirstColumn(list), column(1, Type::Long)], Type::Bool),
            ],
        },
        &[(2, Type::Bool), (3, Type::Long), (4, Type::Bool)],
    );
    assert_eq!(answer(&projected), "False,∅,True;False,∅,False;True,∅,True");
}

#[test]
fn a_shared_plan_is_computed_once() {
    let random = &calypso_library::function::Function {
        name: "random",
        kind: calypso_library::function::Kind::Volatile,
        evaluate: |call| {
            let next = || std::time::Instant::now().elapsed().as_nanos() as i64 + &raw const call as i64;
            call.longs(|_| Some(next()))
        },
        ..calypso_library::function::DEFAULTS
    };
    let random = Box::leak(Box::new(*random));
    let inner = Arc::new(plan(
        Node::Values { rows: vec![vec![call(random, vec![], Type::Long)]] },
        &[(1, Type::Long)],
    ));
    let left = plan(Node::Shared { number: 0, plan: Arc::clone(&inner), asked: true }, &[(2, Type::Long)]);
    let right = plan(Node::Shared { number: 0, plan: inner, asked: true }, &[(3, Type::Long)]);
    let joined = plan(
        Node::Join {
            left: Box::new(left),
            right: Box::new(right),
            kind: JoinKind::Inner,
            keys: vec![(column(2, Type::Long), column(3, Type::Long))],
        },
        &[(2, Type::Long), (3, Type::Long)],
    );
    assert_eq!(engine().execute(&joined).expect("rows").rows(), 1);
}

#[test]
fn an_error_of_a_function_is_a_sentence() {
    let failing = &calypso_library::function::Function {
        name: "failing",
        evaluate: |_| Err(calypso_library::call::EvaluateError("it fails".to_owned())),
        ..calypso_library::function::DEFAULTS
    };
    let failing = Box::leak(Box::new(*failing));
    let project = |input: Plan, expr: Expr| {
        plan(Node::Project { input: Box::new(input), expressions: vec![expr] }, &[(2, Type::Long)])
    };
    let of_row = project(longs(1, &[1]), call(failing, vec![column(1, Type::Long)], Type::Long));
    let of_constant = project(longs(1, &[1]), call(failing, vec![Expr::Literal(long(1))], Type::Long));
    for failed in [of_row, of_constant] {
        let error = engine().execute(&failed).expect_err("an error");
        assert_eq!(error, EngineError::Execution("it fails".to_owned()));
    }
}

#[test]
fn a_panic_of_a_function_ends_the_query_only() {
    let panicking = &calypso_library::function::Function {
        name: "panicking",
        evaluate: |_| panic!("on purpose"),
        ..calypso_library::function::DEFAULTS
    };
    let panicking = Box::leak(Box::new(*panicking));
    let rows = plan(
        Node::Project {
            input: Box::new(longs(1, &[1])),
            expressions: vec![call(panicking, vec![column(1, Type::Long)], Type::Long)],
        },
        &[(2, Type::Long)],
    );
    let engine = engine();
    assert!(engine.execute(&rows).is_err());
    assert_eq!(shown(&engine.execute(&longs(1, &[1])).expect("rows")), "1");
}
