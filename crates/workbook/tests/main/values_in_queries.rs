//! Values in queries, run: every literal says what was given, and a condition holds for that value alone.

use crate::logs::{logs, rows};
use calypso_engine::RunOptions;
use calypso_library::Value;
use calypso_workbook::model::{Choice, Expansion};
use calypso_workbook::{Chosen, Circumstances, Held, Origin, Scope, TimeRange, expand};
use proptest::prelude::*;

fn circumstances() -> Circumstances {
    Circumstances { now: logs().now, faithful: false, expansion: Expansion::Braces }
}

/// `{P}` holds the value, `{L}` a list of it and another, `{T}` two days.
fn expanded(template: &str, value: &str) -> Result<String, String> {
    let choice = |value: &str| Choice { value: value.to_owned(), ..Choice::default() };
    let given = |held| Chosen { held, ..Chosen::text("", Origin::Given) };
    let list = Held::Picked { all: false, values: vec![choice(value), choice("another")] };
    let list = Chosen { quote: "'".into(), delimiter: "'".into(), ..given(list) };
    let days = TimeRange::read("2d", logs().now).unwrap();
    let values = [
        ("P".to_owned(), Chosen::text(value, Origin::Given)),
        ("L".to_owned(), list),
        ("T".to_owned(), given(Held::Time(days))),
    ];
    let scope = Scope { around: None, values: values.into() };
    expand::query(template, &scope, &circumstances()).map(|expanded| expanded.text)
}

fn first_row(text: &str) -> Vec<Value> {
    let options = RunOptions { now: Some(logs().now), ..RunOptions::default() };
    let answers = logs().engine.run_with(text, &options).unwrap_or_else(|why| panic!("{text}\n{why}"));
    rows(answers.last().unwrap()).into_iter().next().unwrap_or_else(|| panic!("no row: {text}"))
}

/// What the templates say of a value.
fn check(value: &str) {
    let told = [Value::String(value.to_owned())];
    for template in ["print '{P}'", "print \"{P}\"", "print h'{P}' // {P}", "print strcat('{P}', '')"] {
        let text = expanded(template, value).unwrap();
        assert_eq!(first_row(&text), told, "{text}");
    }
    for template in ["print @'{P}'", "print ```{P}```", "print ~~~{P}~~~"] {
        if let Ok(text) = expanded(template, value) {
            assert_eq!(first_row(&text), told, "{text}");
        }
    }
    let text = expanded("print '{P}' in ({L}), 'another' in ({L}), 'x y z' in ({L})", value).unwrap();
    let other = Value::Bool(value == "x y z");
    assert_eq!(first_row(&text), [Value::Bool(true), Value::Bool(true), other], "{text}");
}

#[test]
fn strange_values_are_themselves() {
    for value in [
        "O'Neil",
        "'; drop table T",
        "\"",
        "\\",
        "\\'",
        "\n",
        "a\r\n| take 0",
        "`",
        "```",
        "</script>",
        "\u{1b}[31m",
        "\0",
        "",
        "日本😀",
        "{P}",
        "' or '*' in ('*",
        "//",
        "\u{2028}",
    ] {
        check(value);
    }
}

#[test]
fn ranges_of_time_bound_rows() {
    for template in [
        "print ago(1d) {T}, ago(3d) {T}",
        "print ago(1d) between ({T:start} .. {T:end}), ago(3d) > datetime({T:start})",
        "print ago(1d) > todatetime('{T:startISO}'), {T:grain} > 1h",
    ] {
        let text = expanded(template, "").unwrap();
        assert_eq!(first_row(&text), [Value::Bool(true), Value::Bool(false)], "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_value_is_itself(value in prop_oneof![".{0,12}", "['\"\\\\`~@h/|()\n\r;{}a-]{0,12}"]) {
        check(&value);
    }
}
