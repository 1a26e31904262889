//! Queries as text, through parser and binder.

use crate::build::*;
use calypso_engine::{CancelToken, EngineOptions, QueryError, RunOptions};
use calypso_library::{Column, Table, Type, Value};

/// The answers of a text, on an ordinary and on a tiny-batched engine.
fn run(text: &str) -> String {
    let shown_by = |engine: calypso_engine::Engine| match engine.run(text) {
        Ok(answers) => answers.iter().map(shown).collect::<Vec<_>>().join(" | "),
        Err(error) => format!("error: {error}"),
    };
    let ordinary = shown_by(engine());
    assert_eq!(ordinary, shown_by(tiny()), "batch size matters: {text}");
    ordinary
}

#[test]
fn statements_give_answers() {
    assert_eq!(run("print 1 + 1; print 'x'"), "2 | x");
    assert_eq!(run("let n = 5; range x from 1 to n step 2 | where x != 3"), "1;5");
    assert_eq!(run("datatable(v:int)[5, int(null)] | where v != 5"), "∅");
}

#[test]
fn order_by_a_key_that_a_filter_holds_to_one_value() {
    let rows = "datatable(a:string, j:string)['x','{\"t\":\"u\"}', '','{\"t\":\"u\"}', 'x','{\"t\":\"v\"}']";
    let steps = "extend a = iff(isempty(a), 'none', a) | where a == 'x' | extend s = parse_json(j)\
        | where tostring(s.t) in ('u', 'v') | project a, b = j | distinct b, a | sort by b asc, a asc | project b";
    assert_eq!(run(&format!("{rows} | {steps}")), "{\"t\":\"u\"};{\"t\":\"v\"}");
}

#[test]
fn order_is_kept() {
    let rows = "datatable(g:string, v:long)['a',3, 'b',1, 'a',4, 'b',1, 'a',5]";
    assert_eq!(
        run(&format!("{rows} | sort by v asc | where v > 1 | extend n = row_number()")),
        "a,3,1;a,4,2;a,5,3"
    );
    assert_eq!(run(&format!("{rows} | sort by v | summarize make_list(v) by g")), "a,[5,4,3];b,[1,1]");
    assert_eq!(run(&format!("{rows} | sort by v | take 2 | project v")), "5;4");
    assert_eq!(run(&format!("{rows} | top 2 by v asc | project g")), "b;b");
    assert_eq!(run(&format!("{rows} | serialize n = row_number() | project n, v")), "1,3;2,1;3,4;4,1;5,5");
    let expanded = "| project v, d = range(1, 2) | sort by v | mv-expand d";
    assert_eq!(
        run(&format!("{rows} {expanded} | extend n = row_number() | where n < 4")),
        "5,1,1;5,2,2;4,1,3"
    );
}

#[test]
fn elements_become_rows() {
    let rows = "datatable(d:dynamic)[dynamic([10,20]), dynamic([]), dynamic(null), dynamic({'p':1})]";
    assert_eq!(run(&format!("{rows} | mv-expand d")), "10;20;∅;{\"p\":1}");
    assert_eq!(run(&format!("{rows} | mv-expand with_itemindex=i d to typeof(long)")), "10,0;20,1;∅,0;∅,0");
    assert_eq!(run(&format!("{rows} | mv-expand d limit 1 | count")), "3");
    assert_eq!(run("print a=dynamic([1,2,3]), b=dynamic(['p']) | mv-expand a, b"), "1,p;2,∅;3,∅");
    let applied = "print a=dynamic([1,5,3]) | mv-apply e=a to typeof(long) on (top 1 by e)";
    assert_eq!(run(applied), "[1,5,3],5");
}

/// What each operator gives for two values and null on either side or both.
#[test]
fn native_operators_keep_the_rules_of_null() {
    let rows = "datatable(a:long, b:long)[1,1, 1,2, 1,long(null), long(null),1, long(null),long(null)]";
    let computed = |op: &str| run(&format!("{rows} | project x = a {op} b"));
    assert_eq!(computed("=="), "True;False;False;False;∅");
    assert_eq!(computed("!="), "False;True;True;True;∅");
    assert_eq!(computed("<"), "False;True;∅;∅;∅");
    assert_eq!(
        run(&format!("{rows} | project x = a == 1, y = a != 1, z = a between (1 .. 2)")),
        "True,False,True;True,False,True;True,False,True;False,True,∅;False,True,∅"
    );
    let kept = |predicate: &str| run(&format!("{rows} | where {predicate} | count"));
    for (predicate, count) in [
        ("a == b", "1"),
        ("a != b", "3"),
        ("a < b", "1"),
        ("not(a == b)", "3"),
        ("not(a != b)", "1"),
        ("a == 1 and b == 1", "1"),
        ("a == 1 or b == 1", "4"),
        ("a between (0 .. b)", "2"),
        ("not(a < b)", "1"),
        ("a != 1 and b != 1", "1"),
    ] {
        assert_eq!(kept(predicate), count, "{predicate}");
    }
    assert_eq!(run("datatable(a:real)[real(nan), 1.0] | where a == a | count"), "1");
    assert_eq!(run("datatable(a:dynamic)[dynamic(1), dynamic('1')] | where a == 1 | count"), "1");
    assert_eq!(
        run("datatable(a:bool, b:bool)[true,bool(null), false,bool(null)] | project a and b, a or b"),
        "∅,True;False,∅"
    );
}

#[test]
fn texts_become_columns() {
    let rows = "datatable(s:string)['a=1,b=x', 'a=z,b=y', 'no']";
    assert_eq!(run(&format!("{rows} | parse s with 'a=' a:long ',b=' b | project a, b")), "1,x;∅,;∅,");
    assert_eq!(
        run(&format!("{rows} | parse kind=relaxed s with 'a=' a:long ',b=' b | project a, b")),
        "1,x;∅,y;∅,"
    );
    assert_eq!(run(&format!("{rows} | parse-where s with 'a=' a:long ',b=' b | project a, b")), "1,x");
    let many = "range x from 1 to 400 step 1 | extend s = strcat('n=', tostring(x % 3))";
    assert_eq!(
        run(&format!("{many} | parse s with 'n=' n:long | summarize count() by n | sort by n asc")),
        "0,133;1,134;2,133"
    );
}

#[test]
fn joins_and_lookups() {
    let left = "datatable(k:long, v:string)[1,'a', 1,'b', long(null),'n', 4,'d']";
    let right = "datatable(k:long, w:string)[1,'x', long(null),'y']";
    assert_eq!(run(&format!("{left} | join ({right}) on k")), "1,a,1,x;∅,n,∅,y");
    assert_eq!(
        run(&format!("{left} | join kind=leftouter ({right}) on k | sort by v asc")),
        "1,a,1,x;1,b,1,x;4,d,∅,;∅,n,∅,y"
    );
    assert_eq!(run(&format!("{left} | lookup ({right}) on k | where v == 'd'")), "4,d,");
    assert_eq!(run(&format!("{left} | join kind=leftanti ({right}) on k")), "4,d");
}

#[test]
fn inner_queries() {
    assert_eq!(run("let t = range x from 1 to 3 step 1; print toscalar(t | summarize sum(x))"), "6");
    assert_eq!(run("let t = range x from 1 to 3 step 1; range y from 2 to 5 step 1 | where y in (t)"), "2;3");
    assert_eq!(run("let m = materialize(print r = rand()); union m, m | distinct r | count"), "1");
    assert_eq!(run("print x = toscalar(datatable(a:string)[])"), "");
}

#[test]
fn errors_have_names() {
    let engine = engine();
    assert!(
        matches!(engine.run("print nothing_there"), Err(QueryError::Diagnostics(found)) if !found.is_empty())
    );
    assert!(matches!(engine.run("print ("), Err(QueryError::Diagnostics(_))));
    let limited = RunOptions { row_limit: Some(3), ..RunOptions::default() };
    let rows = "range x from 1 to 4 step 1";
    assert!(matches!(engine.run_with(rows, &limited), Err(QueryError::Execution(_))));
    assert!(engine.run_with(&format!("{rows} | take 3"), &limited).is_ok());
}

#[test]
fn circumstances_come_from_outside() {
    let engine = engine();
    let array = Value::to_array(Type::DateTime, (0..5).map(Value::DateTime));
    let batch = arrow::record_batch::RecordBatch::try_from_iter([("t", array)]).expect("a batch");
    let columns = vec![Column::new("TimeGenerated", Type::DateTime)];
    engine.register(Table { name: "T".to_owned(), columns, batches: vec![batch] });
    let count = |options: &RunOptions| shown(&engine.run_with("T | count", options).expect("rows")[0]);
    assert_eq!(count(&RunOptions::default()), "5");
    assert_eq!(count(&RunOptions { time_range: Some((1, 3)), ..RunOptions::default() }), "2");
    let options = RunOptions { now: Some(1), ..RunOptions::default() };
    let tick = engine.run_with("print now() == datetime(0001-01-01) + 1tick", &options).expect("rows");
    assert_eq!(shown(&tick[0]), "True");
    let parameters = [("n".to_owned(), Value::Long(9))].into();
    let options = RunOptions { parameters, ..RunOptions::default() };
    let answers = engine.run_with("declare query_parameters(n:long = 7); print n", &options);
    assert_eq!(shown(&answers.expect("rows")[0]), "9");
}

#[test]
fn a_query_is_cancelled() {
    for text in [
        "range a from 1 to 3000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 3000 step 1 | extend k = 1) on k | join kind=inner (range c from 1 to 3000 step 1 | extend k = 1) on k | count",
        // A join that makes many rows and gives none.
        "range a from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 1000000 step 1 | extend k = 1) on k | where a + b < 0",
    ] {
        let cancel = CancelToken::default();
        let options = RunOptions { cancel: cancel.clone(), ..RunOptions::default() };
        let engine = calypso_engine::Engine::new(EngineOptions::default()).expect("an engine");
        let running = std::thread::spawn(move || engine.run_with(text, &options));
        std::thread::sleep(std::time::Duration::from_secs(1));
        cancel.cancel();
        let ended = running.join().expect("no panic");
        assert!(matches!(ended, Err(QueryError::Cancelled)), "{text}");
    }
}
