//! What holds of every aggregate, and known answers of single ones.

use crate::aggregate::{Aggregate, AggregateCall, arguments};
use crate::aggregates::{ALL, find};
use crate::call::Argument;
use crate::function::ArgumentInfo;
use crate::json;
use crate::overload::choose;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{Array, BooleanArray};

/// Values of a type that repeat, with a null among them; by row.
fn sample(ty: Type, row: usize) -> Value {
    if row % 7 == 3 {
        return Value::absent(ty);
    }
    let n = (row * 5 % 11) as i64 - 3;
    match ty {
        Type::Bool => Value::Bool(n % 2 == 0),
        Type::Int => Value::Int(n as i32),
        Type::Long => Value::Long(n),
        Type::Real => Value::Real(if n == 5 { f64::NAN } else { n as f64 / 2.0 }),
        Type::Decimal => Value::Decimal(crate::decimal::from_long(n)),
        Type::String => Value::String(format!("t{n}\"")),
        Type::DateTime => Value::DateTime(637_134_336_000_000_000 + n),
        Type::TimeSpan => Value::TimeSpan(n * 10_000_000),
        Type::Guid => Value::Guid(format!("00000000-0000-0000-0000-{:012}", n + 5)),
        Type::Dynamic => Value::dynamic(
            json::parse(&format!("{{\"a\": {n}, \"b{}\": [\"x\", {n}.5]}}", n.rem_euclid(3))).expect("JSON"),
        ),
    }
}

/// The call of an aggregate with constants where it wants them; `None` when it does not take the types.
fn call(aggregate: &Aggregate, types: &[Type], constants: &[Value]) -> Option<AggregateCall> {
    let mut infos: Vec<ArgumentInfo> =
        types.iter().map(|ty| ArgumentInfo { ty: *ty, constant: None }).collect();
    if let Some(place) = aggregate.predicate {
        if place > infos.len() {
            return None;
        }
        infos.insert(place, ArgumentInfo { ty: Type::Bool, constant: None });
    }
    infos.extend(constants.iter().map(|v| ArgumentInfo { ty: v.ty(), constant: Some(v.clone()) }));
    let mut chosen = choose(aggregate.signatures, aggregate.overload, &infos).ok()?;
    if let Some(place) = aggregate.predicate {
        infos.remove(place);
        chosen.arguments.remove(place);
    }
    let constants = infos.into_iter().map(|info| info.constant).collect();
    Some(AggregateCall { types: chosen.arguments, constants, returns: chosen.returns })
}

fn columns(call: &AggregateCall, values: &[Vec<Value>]) -> Vec<Argument> {
    let rows = values.first().map_or(0, Vec::len);
    let mut all = Vec::new();
    for (place, ty) in call.types.iter().enumerate() {
        all.push(match call.constants.get(place) {
            Some(Some(value)) => Argument::constant(value.clone()),
            _ => {
                let array = match values.get(place) {
                    Some(column) => Value::to_array(*ty, column.clone()),
                    None => Value::to_array(*ty, vec![Value::absent(*ty); rows]),
                };
                arguments(&[*ty], &[array]).remove(0)
            }
        });
    }
    all
}

/// The results of one call over rows in groups.
fn results(
    aggregate: &Aggregate,
    call: &AggregateCall,
    values: &[Vec<Value>],
    groups: &[usize],
    keep: Option<&BooleanArray>,
) -> Vec<String> {
    let total = groups.iter().max().map_or(1, |most| most + 1);
    let mut states = (aggregate.states)(call.clone());
    states.update(groups, total, &columns(call, values), keep);
    let array = states.finish(total);
    assert_eq!(array.data_type(), &call.returns.arrow(), "{}", aggregate.name);
    (0..total).map(|group| shown(&Value::from_array(call.returns, &array, group))).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null(_) => "-".to_owned(),
        // Sums of parts differ from sums of the whole in the last digits.
        Value::Real(v) if v.abs() > 1e6 && v.is_finite() => format!("{v:.9e}"),
        Value::Real(v) if v.is_finite() => format!("{v:.9}"),
        other => other.text(),
    }
}

/// The result of an aggregate over one group.
fn one(name: &str, ty: Type, values: Vec<Value>, constants: &[Value]) -> String {
    let aggregate = find(name).expect(name);
    let call = call(aggregate, &[ty], constants).expect("the aggregate takes the type");
    let groups = vec![0; values.len()];
    results(aggregate, &call, &[values], &groups, None).remove(0)
}

fn longs(values: &[i64]) -> Vec<Value> {
    values.iter().map(|v| Value::Long(*v)).collect()
}

#[test]
fn an_array_of_percentiles_stays_an_array() {
    for name in ["percentiles_array", "percentilesw_array"] {
        let aggregate = find(name).expect(name);
        let weight: &[Type] = if name == "percentiles_array" { &[] } else { &[Type::Long] };
        let types = [&[Type::Long], weight].concat();
        let call = call(aggregate, &types, &[Value::Dynamic(serde_json::json!([5, 95]))]).expect("it fits");
        assert_eq!(call.types.last(), Some(&Type::Dynamic), "{name}");
    }
}

/// Saved halves merged in order give what one pass gives, for every aggregate and every type it takes; groups
/// may be finished in parts; rows that do not take part change nothing.
#[test]
fn splitting_changes_nothing() {
    let rows = 60;
    let groups: Vec<usize> = (0..rows).map(|row| row * 7 % 5).collect();
    let mut tried = 0;
    for aggregate in ALL {
        for ty in Type::ALL {
            let shapes: [(Vec<Type>, Vec<Value>); 6] = [
                (vec![], vec![]),
                (vec![ty], vec![]),
                (vec![ty], vec![Value::Long(40)]),
                (vec![ty, Type::Long], vec![]),
                (vec![ty, Type::Long], vec![Value::Real(40.0)]),
                (vec![ty], vec![Value::Dynamic(serde_json::json!([5, 95]))]),
            ];
            for (types, constants) in shapes {
                let Some(call) = call(aggregate, &types, &constants) else { continue };
                tried += 1;
                let value = |ty: &Type| (0..rows).map(|row| sample(*ty, row)).collect::<Vec<_>>();
                let values: Vec<Vec<Value>> = types.iter().map(value).collect();
                let values = if values.is_empty() { vec![value(&Type::Long)] } else { values };
                let whole = results(aggregate, &call, &values, &groups, None);

                let mut first = (aggregate.states)(call.clone());
                let mut second = (aggregate.states)(call.clone());
                for (states, from) in [(&mut first, 0), (&mut second, 25)] {
                    let to = if from == 0 { 25 } else { rows };
                    let part: Vec<Vec<Value>> =
                        values.iter().map(|column| column[from..to].to_vec()).collect();
                    states.update(&groups[from..to], 5, &columns(&call, &part), None);
                }
                let mut merged = (aggregate.states)(call.clone());
                let saved = first.save(5);
                assert_eq!(saved.len(), 5);
                merged.merge(&[0, 1, 2, 3, 4], 5, &saved);
                merged.merge(&[0, 1, 2, 3, 4], 5, &second.save(5));
                let _ = merged.size();
                let mut parts: Vec<String> = Vec::new();
                for count in [2, 3] {
                    let array = merged.finish(count);
                    parts.extend(
                        (0..count).map(|group| shown(&Value::from_array(call.returns, &array, group))),
                    );
                }
                assert_eq!(whole, parts, "{} over {types:?}", aggregate.name);

                let none = BooleanArray::from(vec![None; rows]);
                let empty = results(aggregate, &call, &values, &groups, Some(&none));
                let mut fresh = (aggregate.states)(call.clone());
                let array = fresh.finish(1);
                assert_eq!(empty[0], shown(&Value::from_array(call.returns, &array, 0)));

                let rubbish = arrow::array::BinaryArray::from_iter_values([&[7u8, 255, 3][..], &[], &[1]]);
                let mut broken = (aggregate.states)(call.clone());
                broken.merge(&[0, 1, 2], 3, &rubbish);
                let _ = broken.finish(3);
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn nothing_and_nulls() {
    for (name, ty, empty) in [
        ("sum", Type::Long, "0"),
        ("sum", Type::TimeSpan, "00:00:00"),
        ("avg", Type::Long, "NaN"),
        ("avg", Type::TimeSpan, "-"),
        ("min", Type::Long, "-"),
        ("max", Type::String, ""),
        ("stdev", Type::Long, "0.000000000"),
        ("variancep", Type::Real, "0.000000000"),
        ("dcount", Type::Long, "0"),
        ("make_list", Type::Long, "[]"),
        ("make_set", Type::Long, "[]"),
        ("hll", Type::Long, "-"),
        ("tdigest", Type::Long, "-"),
        ("arg_max", Type::Long, "-"),
        ("take_any", Type::Long, "-"),
        ("buildschema", Type::Dynamic, "-"),
    ] {
        assert_eq!(one(name, ty, vec![], &[]), empty, "{name}");
        let nulls = if ty == Type::String { vec![] } else { vec![Value::Null(ty); 2] };
        assert_eq!(one(name, ty, nulls, &[]), empty, "{name} of nulls");
    }
    assert_eq!(one("count", Type::Long, vec![Value::Long(1), Value::Null(Type::Long)], &[]), "2");
    assert_eq!(one("percentile", Type::Long, vec![], &[Value::Long(50)]), "-");
}

#[test]
fn known_answers() {
    let five = longs(&[1, 2, 3, 4, 5]);
    for (name, answer) in [
        ("sum", "15"),
        ("avg", "3.000000000"),
        ("min", "1"),
        ("max", "5"),
        ("stdev", "1.581138830"),
        ("stdevp", "1.414213562"),
        ("variance", "2.500000000"),
        ("variancep", "2.000000000"),
        ("binary_all_and", "0"),
        ("binary_all_or", "7"),
        ("binary_all_xor", "1"),
        ("make_list", "[1,2,3,4,5]"),
    ] {
        assert_eq!(one(name, Type::Long, five.clone(), &[]), answer, "{name}");
    }
    assert_eq!(one("make_list", Type::Long, five.clone(), &[Value::Long(2)]), "[1,2]");
    assert_eq!(one("makelist", Type::Long, longs(&[7; 200]), &[]).matches('7').count(), 128);
    assert_eq!(one("sum", Type::Long, longs(&[i64::MAX, 1]), &[]), i64::MIN.to_string());
    let reals = [f64::NAN, 2.0, -1.0].map(Value::Real).to_vec();
    assert_eq!(one("max", Type::Real, reals.clone(), &[]), "2.000000000");
    assert_eq!(one("min", Type::Real, reals, &[]), "-1.000000000");
    let texts = ["b", "", "a", "b"].map(|t| Value::String(t.to_owned())).to_vec();
    assert_eq!(one("min", Type::String, texts.clone(), &[]), "");
    assert_eq!(one("dcount", Type::String, texts.clone(), &[]), "3");
    assert_eq!(one("make_set", Type::String, texts.clone(), &[]), r#"["b","","a"]"#);
    assert_eq!(one("take_any", Type::String, texts[1..].to_vec(), &[]), "a");
}

#[test]
fn percentiles_take_the_nearest_rank() {
    let hundred: Vec<i64> = (1..=100).rev().collect();
    for (percent, answer) in [(0.0, "1"), (5.0, "5"), (50.0, "50"), (99.9, "100"), (100.0, "100")] {
        assert_eq!(one("percentile", Type::Long, longs(&hundred), &[Value::Real(percent)]), answer);
    }
    assert_eq!(one("percentile", Type::Long, longs(&[4, 2, 1, 3]), &[Value::Long(50)]), "2");
    let aggregate = find("percentilew").expect("it exists");
    for (percent, answer) in [(50.0, "20"), (75.0, "20"), (99.9, "40")] {
        let call = call(aggregate, &[Type::Long, Type::Long], &[Value::Real(percent)]).expect("it fits");
        let values = [longs(&[10, 20, 30, 40]), longs(&[8, 6, 3, 1])];
        assert_eq!(results(aggregate, &call, &values, &[0; 4], None), [answer]);
    }
    let list = Value::Dynamic(serde_json::json!([50, 95]));
    assert_eq!(one("percentiles_array", Type::Long, longs(&hundred), &[list]), "[50,95]");
}

#[test]
fn the_row_of_the_extreme() {
    let aggregate = find("arg_max").expect("it exists");
    let call = call(aggregate, &[Type::Long, Type::String], &[]).expect("it fits");
    let call = AggregateCall { returns: Type::String, ..call };
    let null = Value::Null(Type::Long);
    let names = |names: &[&str]| names.iter().map(|n| Value::String((*n).to_owned())).collect::<Vec<_>>();
    let extremes = vec![Value::Long(1), null.clone(), Value::Long(2), Value::Long(2)];
    let values = [extremes, names(&["a", "b", "c", "d"])];
    assert_eq!(results(aggregate, &call, &values, &[0; 4], None), ["c"]);
    let values = [vec![null.clone(), null], names(&["a", "b"])];
    assert_eq!(results(aggregate, &call, &values, &[0; 2], None), ["a"]);
}

#[test]
fn sets_and_lists_flatten_and_bags_unite() {
    let arrays = ["[1,\"a\"]", "[\"a\",null,2]", "{\"k\":1}", "[[3]]"];
    let arrays = arrays.map(|t| Value::dynamic(json::parse(t).expect("JSON"))).to_vec();
    assert_eq!(one("make_set", Type::Dynamic, arrays.clone(), &[]), r#"[1,"a",2,{"k":1},[3]]"#);
    assert_eq!(one("make_list", Type::Dynamic, arrays, &[]), r#"[1,"a","a",2,{"k":1},[3]]"#);
    let bags = [r#"{"a":1}"#, "5", r#"{"a":2,"b":null}"#];
    let bags = bags.map(|t| Value::dynamic(json::parse(t).expect("JSON"))).to_vec();
    assert_eq!(one("make_bag", Type::Dynamic, bags, &[]), r#"{"a":1,"b":null}"#);
    let with_nulls = vec![Value::Null(Type::Long), Value::Long(4)];
    assert_eq!(one("make_list_with_nulls", Type::Long, with_nulls, &[]), "[null,4]");
}

#[test]
fn schemas() {
    let values = [
        r#"{"x":1,"y":3.5}"#,
        r#"{"x":"somevalue","z":[1,2,3]}"#,
        r#"{"y":{"w":"zzz"},"t":["aa","bb"],"z":["foo"]}"#,
    ];
    let values = values.map(|t| Value::dynamic(json::parse(t).expect("JSON"))).to_vec();
    assert_eq!(
        one("buildschema", Type::Dynamic, values, &[]),
        r#"{"t":{"`indexer`":"string"},"x":["long","string"],"y":[{"w":"string"},"double"],"z":{"`indexer`":["long","string"]}}"#
    );
}

#[test]
fn series_fill_their_slots() {
    let null = Value::Null(Type::Long);
    let series = |from: Value, to: Value, default: Value| {
        let step = Value::Long(10);
        let constants = [from.clone(), to.clone(), step.clone(), default];
        let aggregate = find("make series").expect("it exists");
        let chosen = call(aggregate, &[Type::Long, Type::Real], &constants).expect("it fits");
        let values = [longs(&[30, 10]), vec![Value::Real(1.5), Value::Null(Type::Real)]];
        let series = results(aggregate, &chosen, &values, &[0, 0], None).remove(0);
        let aggregate = find("make axis").expect("it exists");
        let chosen = call(aggregate, &[Type::Long], &[from, to, step]).expect("it fits");
        format!("{series} {}", results(aggregate, &chosen, &values[..1], &[0, 0], None).remove(0))
    };
    assert_eq!(series(null.clone(), null.clone(), Value::Long(0)), "[null,0.0,1.5] [10,20,30]");
    assert_eq!(
        series(Value::Long(0), Value::Long(31), Value::Real(-1.0)),
        "[-1.0,null,-1.0,1.5] [0,10,20,30]"
    );
    assert_eq!(series(Value::Long(20), Value::Long(30), null), "[null] [20]");
}

/// Bounds that are known only from the rows, as those of `toscalar`, serve as constants do.
#[test]
fn bounds_may_stand_in_rows() {
    let aggregate = find("make axis").expect("it exists");
    let call = call(aggregate, &[Type::Long; 4], &[]).expect("it fits");
    let values = [longs(&[10, 10]), longs(&[0, 0]), longs(&[30, 30]), longs(&[10, 10])];
    assert_eq!(results(aggregate, &call, &values, &[0, 0], None), ["[0,10,20]"]);
}
