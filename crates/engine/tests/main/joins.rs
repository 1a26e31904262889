//! Joins and unions.

use crate::build::*;
use calypso_library::{Type, Value};
use calypso_planner::plan::*;

fn left() -> Plan {
    let null = Value::Null(Type::Long);
    values(
        &[(1, Type::Long), (2, Type::String)],
        &[&[long(1), text("l1")], &[long(1), text("l1b")], &[null, text("ln")], &[long(4), text("l4")]],
    )
}

fn right() -> Plan {
    let null = Value::Null(Type::Long);
    values(
        &[(3, Type::Long), (4, Type::String)],
        &[&[long(1), text("r1")], &[long(1), text("r1b")], &[null, text("rn")], &[long(5), text("r5")]],
    )
}

fn join(left: Plan, right: Plan, kind: JoinKind, keyed: bool) -> String {
    let columns = match kind {
        JoinKind::LeftSemi | JoinKind::LeftAnti => left.columns.clone(),
        JoinKind::RightSemi | JoinKind::RightAnti => right.columns.clone(),
        _ => [left.columns.as_slice(), &right.columns].concat(),
    };
    let keys = if keyed { vec![(column(1, Type::Long), column(3, Type::Long))] } else { vec![] };
    let node = Node::Join { left: Box::new(left), right: Box::new(right), kind, keys };
    answer_sorted(&Plan { node, columns })
}

#[test]
fn every_kind() {
    let expected = [
        (JoinKind::InnerUnique, "1,l1,1,r1;1,l1,1,r1b;∅,ln,∅,rn"),
        (JoinKind::Inner, "1,l1,1,r1;1,l1,1,r1b;1,l1b,1,r1;1,l1b,1,r1b;∅,ln,∅,rn"),
        (JoinKind::LeftOuter, "1,l1,1,r1;1,l1,1,r1b;1,l1b,1,r1;1,l1b,1,r1b;4,l4,∅,;∅,ln,∅,rn"),
        (JoinKind::RightOuter, "1,l1,1,r1;1,l1,1,r1b;1,l1b,1,r1;1,l1b,1,r1b;∅,,5,r5;∅,ln,∅,rn"),
        (JoinKind::FullOuter, "1,l1,1,r1;1,l1,1,r1b;1,l1b,1,r1;1,l1b,1,r1b;4,l4,∅,;∅,,5,r5;∅,ln,∅,rn"),
        (JoinKind::LeftSemi, "1,l1;1,l1b;∅,ln"),
        (JoinKind::RightSemi, "1,r1;1,r1b;∅,rn"),
        (JoinKind::LeftAnti, "4,l4"),
        (JoinKind::RightAnti, "5,r5"),
    ];
    for (kind, rows) in expected {
        assert_eq!(join(left(), right(), kind, true), rows, "{kind:?}");
    }
}

#[test]
fn without_keys_each_pairs_with_each() {
    assert_eq!(join(left(), right(), JoinKind::Inner, false).split(';').count(), 16);
}

#[test]
fn an_empty_side() {
    let none = || values(&[(3, Type::Long), (4, Type::String)], &[]);
    assert_eq!(join(left(), none(), JoinKind::LeftOuter, true).split(';').count(), 4);
    assert_eq!(join(left(), none(), JoinKind::Inner, true), "");
    assert_eq!(join(left(), none(), JoinKind::LeftAnti, true).split(';').count(), 4);
}

#[test]
fn a_union_keeps_order_and_repeats() {
    let inputs = vec![
        (longs(1, &[3, 1]), vec![column(1, Type::Long), Expr::Literal(text(""))]),
        (
            values(&[(2, Type::Long), (3, Type::String)], &[&[long(3), text("x")], &[long(1), text("y")]]),
            vec![column(2, Type::Long), column(3, Type::String)],
        ),
        (longs(4, &[]), vec![column(4, Type::Long), Expr::Literal(text(""))]),
    ];
    let united = plan(Node::Union { inputs }, &[(5, Type::Long), (6, Type::String)]);
    assert_eq!(answer(&united), "3,;1,;3,x;1,y");
    assert_eq!(answer(&plan(Node::Union { inputs: vec![] }, &[(5, Type::Long)])), "");
}
