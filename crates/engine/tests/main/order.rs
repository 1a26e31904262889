//! Sorting, and what later operators see of it.

use crate::build::*;
use calypso_library::{Column, Table, Type, Value};
use calypso_planner::plan::*;

fn window(input: Plan, id: u32) -> Plan {
    let calls = vec![WindowCall { function: &ROW_NUMBER, arguments: vec![], returns: Type::Long }];
    let mut columns = input.columns.clone();
    columns.push(crate::build::columns(&[(id, Type::Long)]).remove(0));
    Plan { node: Node::Window { input: Box::new(input), partition: Vec::new(), calls }, columns }
}

fn sorted_reals(descending: bool, nulls_first: bool) -> String {
    let rows =
        [2.0, f64::NAN, f64::INFINITY, -1.0, f64::NEG_INFINITY].map(|v| vec![Expr::Literal(Value::Real(v))]);
    let mut rows = rows.to_vec();
    rows.push(vec![Expr::Literal(Value::Null(Type::Real))]);
    let input = plan(Node::Values { rows }, &[(1, Type::Real)]);
    answer(&sort(input, vec![SortKey { expr: column(1, Type::Real), descending, nulls_first }]))
}

#[test]
fn nan_stands_inside_of_null() {
    assert_eq!(sorted_reals(false, true), "∅;NaN;-inf;-1.0;2.0;inf");
    assert_eq!(sorted_reals(true, false), "inf;2.0;-1.0;-inf;NaN;∅");
    assert_eq!(sorted_reals(false, false), "-inf;-1.0;2.0;inf;NaN;∅");
    assert_eq!(sorted_reals(true, true), "∅;NaN;inf;2.0;-1.0;-inf");
}

#[test]
fn a_sort_then_take_then_project() {
    let sorted = sort(longs(1, &[3, 1, 4, 1, 5, 9, 2, 6]), vec![key(1, Type::Long, true)]);
    assert_eq!(answer(&take(sorted.clone(), 3)), "9;6;5");
    assert_eq!(answer(&take(sorted.clone(), 0)), "");
    let projected = plan(
        Node::Project {
            input: Box::new(sorted),
            expressions: vec![call(&TIMES_TEN, vec![column(1, Type::Long)], Type::Long)],
        },
        &[(2, Type::Long)],
    );
    assert_eq!(answer(&take(projected, 2)), "90;60");
}

#[test]
fn a_sort_then_filter_then_take_then_number() {
    let sorted = sort(longs(1, &[3, 1, 4, 1, 5, 9, 2, 6]), vec![key(1, Type::Long, false)]);
    let predicate = call(&GREATER, vec![column(1, Type::Long), Expr::Literal(long(2))], Type::Bool);
    let filtered = over(sorted, |input| Node::Filter { input, predicate });
    assert_eq!(answer(&take(filtered.clone(), 2)), "3;4");
    assert_eq!(answer(&window(filtered, 7)), "3,1;4,2;5,3;6,4;9,5");
}

#[test]
fn a_sort_then_a_list() {
    let sorted = sort(longs(1, &[3, 1, 4, 1, 5]), vec![key(1, Type::Long, true)]);
    let node = Node::Aggregate {
        input: Box::new(sorted),
        keys: vec![],
        aggregates: vec![aggregate_call(&LIST, vec![column(1, Type::Long)], Type::Dynamic)],
    };
    assert_eq!(answer(&plan(node, &[(2, Type::Dynamic)])), "[5,4,3,1,1]");
}

#[test]
fn a_sort_then_a_sort_takes_the_last() {
    let sorted = sort(longs(1, &[3, 1, 2]), vec![key(1, Type::Long, true)]);
    let again = sort(take(sorted, 2), vec![key(1, Type::Long, false)]);
    assert_eq!(answer(&again), "2;3");
}

#[test]
fn a_rank_within_partitions() {
    let rows = values(
        &[(1, Type::String), (2, Type::Long)],
        &[&[text("a"), long(1)], &[text("b"), long(9)], &[text("a"), long(5)], &[text("b"), long(7)]],
    );
    let rank = |keys: Vec<SortKey>, partition: Vec<Expr>| {
        let mut columns = rows.columns.clone();
        columns.push(crate::build::columns(&[(3, Type::Long)]).remove(0));
        Plan { node: Node::Rank { input: Box::new(rows.clone()), partition, keys }, columns }
    };
    let by_value = rank(vec![key(2, Type::Long, true)], vec![column(1, Type::String)]);
    assert_eq!(answer_sorted(&by_value), "a,1,2;a,5,1;b,7,2;b,9,1");
    assert_eq!(answer(&rank(vec![], vec![])), "a,1,1;b,9,2;a,5,3;b,7,4");
    assert_eq!(answer(&rank(vec![], vec![column(1, Type::String)])), "a,1,1;b,9,1;a,5,2;b,7,2");
}

/// Enough rows for several partitions.
fn many(engine: &calypso_engine::Engine) -> Plan {
    let array = Value::to_array(Type::Long, (0..100_000).map(|v| Value::Long(v * 7919 % 100_000)));
    let other = Value::to_array(Type::String, (0..100_000).map(|v| text(["x", "y"][v % 2])));
    let batch =
        arrow::record_batch::RecordBatch::try_from_iter([("a", array), ("b", other)]).expect("a batch");
    let columns = vec![Column::new("a", Type::Long), Column::new("b", Type::String)];
    engine.register(Table { name: "Many".to_owned(), columns, batches: vec![batch] });
    plan(Node::Table { name: "Many".to_owned() }, &[(1, Type::Long), (2, Type::String)])
}

#[test]
fn order_survives_many_partitions() {
    let engine = engine();
    let table = many(&engine);
    let sorted = || sort(table.clone(), vec![key(1, Type::Long, false)]);
    let expected = (0..100_000).map(|v| v.to_string()).collect::<Vec<_>>();
    let first = |answer: &calypso_library::Answer| {
        shown(answer).split(';').map(|row| row.split(',').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(first(&engine.execute(&sorted()).expect("rows")), expected);
    let numbered = engine.execute(&window(sorted(), 3)).expect("rows");
    assert!(
        shown(&numbered).split(';').enumerate().all(|(row, cells)| cells.ends_with(&format!(",{}", row + 1)))
    );
    assert_eq!(first(&numbered), expected);
    let predicate = call(&GREATER, vec![column(1, Type::Long), Expr::Literal(long(49_999))], Type::Bool);
    let filtered = over(sorted(), |input| Node::Filter { input, predicate });
    assert_eq!(first(&engine.execute(&take(filtered.clone(), 70_000)).expect("rows")), expected[50_000..]);
    let node = Node::Aggregate {
        input: Box::new(filtered),
        keys: vec![column(2, Type::String)],
        aggregates: vec![aggregate_call(&LIST, vec![column(1, Type::Long)], Type::Dynamic)],
    };
    let listed = engine.execute(&plan(node, &[(4, Type::String), (5, Type::Dynamic)])).expect("rows");
    for row in shown(&listed).split(';') {
        let numbers = row[2..].trim_matches(['[', ']']).split(',').map(|v| v.parse::<i64>().expect("a long"));
        assert!(numbers.is_sorted());
    }
}

#[test]
fn a_table_is_numbered_as_it_lies() {
    let engine = engine();
    let numbered = engine.execute(&window(many(&engine), 3)).expect("rows");
    let rows = shown(&numbered);
    assert!(
        rows.split(';')
            .enumerate()
            .all(|(row, cells)| cells.starts_with(&format!("{},", row * 7919 % 100_000)))
    );
}
