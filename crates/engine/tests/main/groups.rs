//! Aggregates.

use crate::build::*;
use calypso_library::{Type, Value};
use calypso_planner::plan::*;

fn rows() -> Plan {
    let null = Value::Null(Type::Long);
    values(
        &[(1, Type::String), (2, Type::Long)],
        &[
            &[text("a"), long(1)],
            &[text("b"), null.clone()],
            &[text("a"), long(3)],
            &[text(""), long(7)],
            &[text("b"), null],
        ],
    )
}

fn all_calls() -> Vec<AggregateExpr> {
    let x = || vec![column(2, Type::Long)];
    vec![
        aggregate_call(&COUNT, vec![], Type::Long),
        aggregate_call(&SUM, x(), Type::Long),
        aggregate_call(&MAX, x(), Type::Long),
        aggregate_call(&LIST, x(), Type::Dynamic),
    ]
}

const RESULTS: [(u32, Type); 4] = [(11, Type::Long), (12, Type::Long), (13, Type::Long), (14, Type::Dynamic)];

#[test]
fn groups_by_key() {
    let node = Node::Aggregate {
        input: Box::new(rows()),
        keys: vec![column(1, Type::String)],
        aggregates: all_calls(),
    };
    let list = [&[(10, Type::String)], RESULTS.as_slice()].concat();
    assert_eq!(answer_sorted(&plan(node, &list)), ",1,7,7,[7];a,2,4,3,[1,3];b,2,0,∅,[]");
}

#[test]
fn one_group_without_keys_even_of_nothing() {
    let of = |input: Plan| {
        plan(Node::Aggregate { input: Box::new(input), keys: vec![], aggregates: all_calls() }, &RESULTS)
    };
    assert_eq!(answer(&of(rows())), "5,11,7,[1,3,7]");
    assert_eq!(answer(&of(values(&[(1, Type::String), (2, Type::Long)], &[]))), "0,0,∅,[]");
}

#[test]
fn no_group_of_nothing_with_keys() {
    for key in [column(1, Type::String), Expr::Literal(text("k"))] {
        let node = Node::Aggregate {
            input: Box::new(values(&[(1, Type::String), (2, Type::Long)], &[])),
            keys: vec![key],
            aggregates: all_calls(),
        };
        let list = [&[(10, Type::String)], RESULTS.as_slice()].concat();
        assert_eq!(answer(&plan(node, &list)), "");
    }
}

#[test]
fn constant_keys_and_keys_alone() {
    let node = Node::Aggregate {
        input: Box::new(rows()),
        keys: vec![Expr::Literal(text("k")), Expr::Literal(long(1))],
        aggregates: vec![aggregate_call(&COUNT, vec![], Type::Long)],
    };
    let list = [(10, Type::String), (11, Type::Long), (12, Type::Long)];
    assert_eq!(answer(&plan(node, &list)), "k,1,5");
    let node = Node::Aggregate {
        input: Box::new(rows()),
        keys: vec![column(2, Type::Long), column(2, Type::Long)],
        aggregates: vec![],
    };
    assert_eq!(answer_sorted(&plan(node, &[(10, Type::Long), (11, Type::Long)])), "1,1;3,3;7,7;∅,∅");
}

#[test]
fn predicates_choose_rows() {
    let predicate = call(&GREATER, vec![column(2, Type::Long), Expr::Literal(long(2))], Type::Bool);
    let mut calls = all_calls();
    calls.iter_mut().for_each(|call| call.predicate = Some(predicate.clone()));
    let node = Node::Aggregate { input: Box::new(rows()), keys: vec![], aggregates: calls };
    assert_eq!(answer(&plan(node, &RESULTS)), "2,10,7,[3,7]");
}

#[test]
fn an_int_sum_is_long() {
    let input = values(&[(1, Type::Int)], &[&[Value::Int(i32::MAX)], &[Value::Int(i32::MAX)]]);
    let node = Node::Aggregate {
        input: Box::new(input),
        keys: vec![],
        aggregates: vec![aggregate_call(&SUM, vec![column(1, Type::Int)], Type::Long)],
    };
    assert_eq!(answer(&plan(node, &[(2, Type::Long)])), "4294967294");
}

#[test]
fn many_groups_in_several_partitions() {
    let rows =
        (0..40_000).map(|row| vec![Expr::Literal(long(row % 7000)), Expr::Literal(long(row))]).collect();
    let input = plan(Node::Values { rows }, &[(1, Type::Long), (2, Type::Long)]);
    let mut unordered = LIST;
    unordered.ordered = false;
    let unordered = Box::leak(Box::new(unordered));
    let node = Node::Aggregate {
        input: Box::new(input),
        keys: vec![column(1, Type::Long)],
        aggregates: vec![
            aggregate_call(&COUNT, vec![], Type::Long),
            aggregate_call(unordered, vec![column(2, Type::Long)], Type::Dynamic),
        ],
    };
    let grouped = plan(node, &[(3, Type::Long), (4, Type::Long), (5, Type::Dynamic)]);
    let answer = engine().execute(&grouped).expect("rows");
    assert_eq!(answer.rows(), 7000);
    assert!(
        shown(&answer).split(';').all(|row| row.matches(',').count()
            == row.split(',').nth(1).expect("n").parse::<usize>().expect("n") + 1)
    );
}
