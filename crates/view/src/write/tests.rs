//! Each format on a small answer, and cells that try to break out of it.

use super::*;
use crate::sample::{answer, hour, json, s};
use calypso_library::{Type, Value};
use proptest::prelude::*;

fn text(answer: &Answer, format: Format) -> String {
    written(answer, format, WriteOptions::default())
}

fn written(answer: &Answer, format: Format, options: WriteOptions) -> String {
    let mut out = Vec::new();
    write(answer, format, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn every_type() -> Answer {
    let columns = [
        ("b", Type::Bool),
        ("i", Type::Int),
        ("l", Type::Long),
        ("r", Type::Real),
        ("s", Type::String),
        ("d", Type::DateTime),
        ("t", Type::TimeSpan),
        ("g", Type::Guid),
        ("j", Type::Dynamic),
    ];
    let guid = "74be27de-1e4e-49d9-b579-fe0b331d3642";
    let full = vec![
        Value::Bool(true),
        Value::Int(-1),
        Value::Long(i64::MAX),
        Value::Real(6.0),
        s("a"),
        hour(1),
        Value::TimeSpan(15_000_000),
        Value::Guid(guid.into()),
        json(r#"{"z":1,"a":[1.0,"x"]}"#),
    ];
    let absent = columns.iter().map(|(_, ty)| Value::absent(*ty)).collect();
    answer(&columns, &[full, absent])
}

#[test]
fn json_cells_by_type() {
    let rows = &batch_json(&every_type())["rows"];
    let full = r#"[true,-1,9223372036854775807,6.0,"a","2020-01-01T01:00:00Z","00:00:01.5000000","74be27de-1e4e-49d9-b579-fe0b331d3642",{"z":1,"a":[1.0,"x"]}]"#;
    assert_eq!(rows[0].to_string(), full);
    assert_eq!(rows[1].to_string(), r#"[null,null,null,null,"",null,null,null,null]"#);
    let reals: Vec<Vec<Value>> =
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY].map(|v| vec![Value::Real(v)]).to_vec();
    let odd = batch_json(&answer(&[("r", Type::Real)], &reals));
    assert_eq!(
        odd.to_string(),
        r#"{"columns":[{"name":"r","type":"real"}],"rows":[["NaN"],["Infinity"],["-Infinity"]]}"#
    );
}

#[test]
fn json_written_is_json_of_the_batch() {
    let answer = every_type();
    let read: serde_json::Value = serde_json::from_str(&text(&answer, Format::Json)).unwrap();
    assert_eq!(read, batch_json(&answer));
    let empty = crate::sample::answer(&[("n", Type::Long)], &[]);
    assert_eq!(
        text(&empty, Format::Json),
        "{\"columns\":[{\"name\":\"n\",\"type\":\"long\"}],\n\"rows\":[]}\n"
    );
}

#[test]
fn ndjson_is_an_object_a_line() {
    let answer = answer(&[("n", Type::Long), ("s", Type::String)], &[vec![Value::Long(1), s("a\nb")]]);
    assert_eq!(text(&answer, Format::Ndjson), "{\"n\":1,\"s\":\"a\\nb\"}\n");
}

#[test]
fn csv_quotes_and_guards() {
    let rows = [
        vec![s("a,b"), Value::Long(-5)],
        vec![s("say \"x\"\nnow"), Value::Null(Type::Long)],
        vec![s("=1+1"), Value::Long(2)],
    ];
    let answer = answer(&[("t", Type::String), ("n", Type::Long)], &rows);
    assert_eq!(text(&answer, Format::Csv), "t,n\n\"a,b\",-5\n\"say \"\"x\"\"\nnow\",\n=1+1,2\n");
    let safe = written(&answer, Format::Csv, WriteOptions { excel_safe: true, terminal: true });
    assert_eq!(safe, "t,n\n\"a,b\",-5\n\"say \"\"x\"\"⏎now\",\n'=1+1,2\n");
}

#[test]
fn tsv_escapes() {
    let answer = answer(&[("t", Type::String), ("u", Type::String)], &[vec![s("a\tb\\"), s("c\r\nd")]]);
    assert_eq!(text(&answer, Format::Tsv), "t\tu\na\\tb\\\\\tc\\r\\nd\n");
}

#[test]
fn markdown_and_html_are_inert() {
    let answer = answer(&[("t", Type::String), ("n", Type::Long)], &[vec![s("<b>|x\ny"), Value::Long(1)]]);
    assert_eq!(text(&answer, Format::Markdown), "| t | n |\n| --- | ---: |\n| \\<b>\\|x<br>y | 1 |\n");
    let plain = crate::sample::answer(
        &[("count_", Type::Dynamic)],
        &[vec![json("[1,2]")], vec![s_json("[a](b) _c_ *d*")]],
    );
    assert_eq!(
        text(&plain, Format::Markdown),
        "| count_ |\n| --- |\n| [1,2] |\n| [a\\](b) \\_c_ \\*d\\* |\n"
    );
    let html = text(&answer, Format::Html);
    assert!(html.contains("<td>&lt;b&gt;|x\ny</td><td class=\"number\">1</td>"), "{html}");
}

fn s_json(text: &str) -> Value {
    Value::Dynamic(serde_json::Value::String(text.to_owned()))
}

#[test]
fn names_are_read_back() {
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Some(format));
    }
    assert_eq!(Format::from_name("MD"), Some(Format::Markdown));
    assert_eq!(Format::from_name("xlsx"), None);
}

proptest! {
    #[test]
    fn nothing_acts_on_a_terminal(text in any::<String>(), name in any::<String>()) {
        let row = vec![s(&text), Value::dynamic(serde_json::json!([text.as_str()]))];
        let answer = answer(&[(name.as_str(), Type::String), ("d", Type::Dynamic)], &[row]);
        let options = WriteOptions { terminal: true, ..WriteOptions::default() };
        for format in [Format::Json, Format::Ndjson, Format::Csv, Format::Tsv, Format::Markdown, Format::Html] {
            let shown = written(&answer, format, options);
            prop_assert!(shown.chars().all(|c| matches!(c, '\n' | '\t') || !crate::text::acts(c)), "{shown:?}");
        }
    }

    #[test]
    fn csv_is_read_back(text in any::<String>(), other in "[,\"\r\n a=]{0,6}") {
        let answer = answer(&[("a", Type::String), ("b", Type::String)], &[vec![s(&text), s(&other)]]);
        let written = super::tests::text(&answer, Format::Csv);
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        prop_assert_eq!((&record[0], &record[1]), (text.as_str(), other.as_str()));
    }

    #[test]
    fn json_strings_survive(text in any::<String>()) {
        let value = serde_json::Value::String(text);
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&json_text(&value)).unwrap(), value);
    }
}
