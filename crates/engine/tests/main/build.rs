//! Plans in few words, functions to call in them, and answers as text.

use calypso_engine::{Engine, EngineOptions};
use calypso_library::aggregate::{self, Aggregate, AggregateCall, PerGroup, State};
use calypso_library::call::Argument;
use calypso_library::function::{DEFAULTS, Function, Kind};
use calypso_library::{Answer, Json, Type, Value};
use calypso_planner::plan::*;

pub const GREATER: Function = Function {
    name: ">",
    evaluate: |call| call.bools(|row| Some(call[0].long(row)? > call[1].long(row)?)),
    ..DEFAULTS
};

pub const TIMES_TEN: Function = Function {
    name: "times_ten",
    evaluate: |call| call.longs(|row| call[0].long(row).map(|v| v * 10)),
    ..DEFAULTS
};

pub const LENGTH: Function = Function {
    name: "length",
    evaluate: |call| call.longs(|row| Some(call[0].raw(row).len() as i64)),
    ..DEFAULTS
};

pub const ROW_NUMBER: Function = Function {
    name: "row_number",
    kind: Kind::Window,
    evaluate: |call| call.longs(|row| Some(row as i64 + 1)),
    ..DEFAULTS
};

pub const CONTAINS: Function = Function {
    name: "holds",
    evaluate: |call| {
        call.bools(|row| {
            Some(matches!(call[0].json(row), Some(Json::Array(v)) if v.contains(&call[1].json(row)?)))
        })
    },
    ..DEFAULTS
};

/// Longs in the order seen.
#[derive(Default)]
struct Longs(Vec<i64>);

impl State for Longs {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        self.0.extend(arguments[0].long(row));
    }
    fn merge(&mut self, _: &AggregateCall, other: Longs) {
        self.0.extend(other.0);
    }
    fn save(&self, out: &mut Vec<u8>) {
        self.0.iter().for_each(|v| out.extend(v.to_le_bytes()));
    }
    fn load(bytes: &[u8]) -> Longs {
        Longs(bytes.chunks_exact(8).map(|v| i64::from_le_bytes(v.try_into().expect("8 bytes"))).collect())
    }
    fn finish(&mut self, _: &AggregateCall) -> Value {
        Value::Dynamic(Json::Array(self.0.iter().map(|v| Json::from(*v)).collect()))
    }
}

pub const LIST: Aggregate = Aggregate {
    name: "list",
    ordered: true,
    states: |call| Box::new(PerGroup::<Longs>::new(call)),
    ..aggregate::DEFAULTS
};

pub const COUNT: Aggregate =
    Aggregate { name: "count", native: Some(aggregate::Native::Count), ..aggregate::DEFAULTS };
pub const SUM: Aggregate =
    Aggregate { name: "sum", native: Some(aggregate::Native::Sum), ..aggregate::DEFAULTS };
pub const MAX: Aggregate =
    Aggregate { name: "max", native: Some(aggregate::Native::Max), ..aggregate::DEFAULTS };

pub fn engine() -> Engine {
    Engine::new(EngineOptions { target_partitions: Some(2), ..EngineOptions::default() }).expect("an engine")
}

/// An engine that cuts rows into tiny batches.
pub fn tiny() -> Engine {
    let options =
        EngineOptions { target_partitions: Some(4), batch_size: Some(2), ..EngineOptions::default() };
    Engine::new(options).expect("an engine")
}

pub fn column(id: u32, ty: Type) -> Expr {
    Expr::Column(ColumnId(id), ty)
}

pub fn long(value: i64) -> Value {
    Value::Long(value)
}

pub fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

pub fn columns(list: &[(u32, Type)]) -> Vec<PlanColumn> {
    list.iter().map(|(id, ty)| PlanColumn { id: ColumnId(*id), name: format!("n{id}"), ty: *ty }).collect()
}

pub fn plan(node: Node, list: &[(u32, Type)]) -> Plan {
    Plan { node, columns: columns(list) }
}

pub fn values(list: &[(u32, Type)], rows: &[&[Value]]) -> Plan {
    let rows = rows.iter().map(|row| row.iter().cloned().map(Expr::Literal).collect()).collect();
    plan(Node::Values { rows }, list)
}

/// One long column.
pub fn longs(id: u32, list: &[i64]) -> Plan {
    let rows = list.iter().map(|v| vec![Expr::Literal(long(*v))]).collect();
    plan(Node::Values { rows }, &[(id, Type::Long)])
}

pub fn call(function: &'static Function, arguments: Vec<Expr>, returns: Type) -> Expr {
    Expr::Call { function, arguments, returns }
}

pub fn over(input: Plan, node: impl FnOnce(Box<Plan>) -> Node) -> Plan {
    let columns = input.columns.clone();
    Plan { node: node(Box::new(input)), columns }
}

pub fn key(id: u32, ty: Type, descending: bool) -> SortKey {
    SortKey { expr: column(id, ty), descending, nulls_first: !descending }
}

pub fn sort(input: Plan, keys: Vec<SortKey>) -> Plan {
    over(input, |input| Node::Sort { input, keys })
}

pub fn take(input: Plan, count: u64) -> Plan {
    over(input, |input| Node::Take { input, count })
}

pub fn aggregate_call(aggregate: &'static Aggregate, arguments: Vec<Expr>, returns: Type) -> AggregateExpr {
    AggregateExpr { aggregate, arguments, predicate: None, returns }
}

/// Rows joined by `;`, cells by `,`; null as `∅`.
pub fn shown(answer: &Answer) -> String {
    let mut rows = Vec::new();
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            let cells = answer.columns.iter().zip(batch.columns()).map(|(column, array)| {
                let value = Value::from_array(column.ty, array, row);
                assert!(column.ty != Type::String || array.is_valid(row), "a string is null");
                if value.is_null() { "∅".to_owned() } else { value.text() }
            });
            rows.push(cells.collect::<Vec<_>>().join(","));
        }
    }
    rows.join(";")
}

/// The answer of both an ordinary and a tiny-batched engine.
pub fn answer(plan: &Plan) -> String {
    let ordinary = shown(&engine().execute(plan).expect("an answer"));
    assert_eq!(ordinary, shown(&tiny().execute(plan).expect("an answer")), "batch size matters");
    ordinary
}

/// The same for answers without an order.
pub fn answer_sorted(plan: &Plan) -> String {
    let sorted = |text: String| {
        let mut rows = text.split(';').map(str::to_owned).collect::<Vec<_>>();
        rows.sort();
        rows.join(";")
    };
    let ordinary = sorted(shown(&engine().execute(plan).expect("an answer")));
    assert_eq!(ordinary, sorted(shown(&tiny().execute(plan).expect("an answer"))), "batch size matters");
    ordinary
}
