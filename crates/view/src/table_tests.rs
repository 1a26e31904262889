//! Tables of small answers, and what no table may ever show.

use super::*;
use crate::sample::{answer, hour, json, s};
use calypso_library::Value;
use proptest::prelude::*;

fn actions() -> Answer {
    answer(
        &[("Action", Type::String), ("count_", Type::Long), ("avg_", Type::Real), ("Last", Type::DateTime)],
        &[
            vec![s("Create"), Value::Long(12), Value::Real(1.5), hour(12)],
            vec![s("Update"), Value::Long(1234), Value::Null(Type::Real), hour(13)],
        ],
    )
}

#[test]
fn numbers_stand_on_the_right() {
    let expected = "\
┌────────┬────────┬──────┬──────────────────────┐
│ Action │ count_ │ avg_ │ Last                 │
├────────┼────────┼──────┼──────────────────────┤
│ Create │     12 │  1.5 │ 2020-01-01T12:00:00Z │
│ Update │   1234 │      │ 2020-01-01T13:00:00Z │
└────────┴────────┴──────┴──────────────────────┘
2 rows
";
    assert_eq!(table(&actions(), &TableOptions::new(Style::plain(80))), expected);
}

#[test]
fn ascii_with_types() {
    let answer = answer(&[("a", Type::String), ("n", Type::Long)], &[vec![s("x\ny"), Value::Long(7)]]);
    let options = TableOptions { types: true, ..TableOptions::new(Style::ascii(80)) };
    let expected = "\
+--------+------+
| a      |    n |
| string | long |
+--------+------+
| x\\ny   |    7 |
+--------+------+
1 row
";
    assert_eq!(table(&answer, &options), expected);
}

#[test]
fn long_text_gives_way_before_numbers() {
    let text = "a long sentence about provisioning that does not fit at all";
    let answer =
        answer(&[("Text", Type::String), ("Number", Type::Long)], &[vec![s(text), Value::Long(123456)]]);
    let expected = "\
┌─────────────────────────┬────────┐
│ Text                    │ Number │
├─────────────────────────┼────────┤
│ a long sentence about … │ 123456 │
└─────────────────────────┴────────┘
1 row
";
    assert_eq!(table(&answer, &TableOptions::new(Style::plain(36))), expected);
    let whole = TableOptions { whole: true, ..TableOptions::new(Style::plain(36)) };
    assert!(table(&answer, &whole).contains(text));
}

#[test]
fn columns_in_the_middle_are_left_out() {
    let names: Vec<String> = (0..12).map(|n| format!("Column{n}")).collect();
    let columns: Vec<(&str, Type)> = names.iter().map(|name| (name.as_str(), Type::String)).collect();
    let row: Vec<Value> = (0..12).map(|n| s(&format!("value of {n}"))).collect();
    let text = table(&answer(&columns, &[row]), &TableOptions::new(Style::plain(60)));
    assert!(text.contains("Column0") && text.contains("Column11") && text.contains(" … "), "{text}");
    assert!(text.ends_with("1 row, 12 columns (5 shown)\n"), "{text}");
    assert!(text.lines().all(|line| width(line) <= 60), "{text}");
}

#[test]
fn rows_are_limited_and_counted() {
    let rows: Vec<Vec<Value>> = (0..1234).map(|n| vec![Value::Long(n)]).collect();
    let text = table(&answer(&[("n", Type::Long)], &rows), &TableOptions::new(Style::plain(80)));
    assert!(text.ends_with("1,234 rows (100 shown)\n"));
    assert_eq!(text.lines().count(), 100 + 5);
    let hinted = TableOptions { hint: "#last shows all", ..TableOptions::new(Style::plain(80)) };
    let text = table(&answer(&[("n", Type::Long)], &rows), &hinted);
    assert!(text.ends_with("1,234 rows (100 shown; #last shows all)\n"));
    let all = TableOptions { rows: None, ..TableOptions::new(Style::plain(80)) };
    assert!(table(&answer(&[("n", Type::Long)], &rows), &all).ends_with("1,234 rows\n"));
}

#[test]
fn no_rows_and_no_columns() {
    let text = table(&answer(&[("n", Type::Long)], &[]), &TableOptions::new(Style::plain(80)));
    assert!(text.contains(" n ") && text.ends_with("0 rows\n"));
    assert_eq!(table(&answer(&[], &[]), &TableOptions::new(Style::plain(80))), "0 rows\n");
}

#[test]
fn records_wrap_long_values() {
    let answer = answer(
        &[("Action", Type::String), ("Steps", Type::Dynamic)],
        &[vec![s("Create"), json(r#"[{"name":"EntryImport","status":"Success"}]"#)]],
    );
    let options = TableOptions { expanded: true, ..TableOptions::new(Style::plain(32)) };
    let expected = "\
── row 1 ───────────────────────
Action │ Create
Steps  │ [{\"name\":\"EntryImport\",
       │ \"status\":\"Success\"}]
1 row
";
    assert_eq!(table(&answer, &options), expected);
}

#[test]
fn widths_are_shared_fairly() {
    assert_eq!(share(&[5, 30, 30], &[5, 8, 8], 45), [5, 20, 20]);
    assert_eq!(share(&[5, 30, 30], &[5, 8, 8], 46), [5, 21, 20]);
    assert_eq!(share(&[5, 9], &[5, 8], 80), [5, 9]);
    assert_eq!(share(&[50, 50], &[30, 30], 10), [5, 5]);
}

proptest! {
    #[test]
    fn no_cell_acts_on_the_terminal(
        text in any::<String>(), name in any::<String>(), width in 0usize..120,
        expanded in any::<bool>(), unicode in any::<bool>(), whole in any::<bool>(),
    ) {
        let bag = Value::dynamic(serde_json::json!({ text.as_str(): [text.as_str()] }));
        let value = vec![s(&text), bag, Value::Dynamic(serde_json::Value::String(text.clone()))];
        let columns = [(name.as_str(), Type::String), ("d", Type::Dynamic), ("t", Type::Dynamic)];
        let style = Style { width, colour: false, unicode };
        let options = TableOptions { expanded, whole, ..TableOptions::new(style) };
        let shown = table(&answer(&columns, &[value]), &options);
        prop_assert!(shown.chars().all(|c| c == '\n' || !crate::text::acts(c)), "{shown:?}");
    }

    #[test]
    fn lines_keep_to_the_width(texts in proptest::collection::vec("\\PC{0,40}", 1..9), width in 24usize..120) {
        let names: Vec<String> = (0..texts.len()).map(|n| format!("c{n}")).collect();
        let columns: Vec<(&str, Type)> = names.iter().map(|n| (n.as_str(), Type::String)).collect();
        let row: Vec<Value> = texts.iter().map(|t| s(t)).collect();
        let shown = table(&answer(&columns, &[row]), &TableOptions::new(Style::plain(width)));
        for line in shown.lines().filter(|line| !line.contains("row")) {
            prop_assert!(crate::text::width(line) <= width, "{line}");
        }
    }
}
