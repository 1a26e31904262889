//! Every formatter over ordinary and strange values.

use super::*;
use crate::draw::sample::{Around, Row, formatter};
use crate::model::{CellLink, LinkTarget, LinkValue, Part, Threshold, ThresholdTest, Thresholds};
use calypso_library::literals;
use serde_json::json;

/// One value drawn by one formatter; none means by the value alone.
fn cell(
    value: &Value,
    ty: Type,
    formatter: Option<&Formatter>,
    range: ColumnRange,
    row: &dyn RowText,
    around: &dyn Surroundings,
) -> GridCell {
    let name = formatter.map_or("value", |formatter| &formatter.column);
    CellPainter::new(name, ty, formatter, range, around).cell(value, row)
}

fn draw(value: Value, formatter: &Formatter) -> GridCell {
    drawn_between(value, formatter, 0.0, 10.0)
}

fn drawn_between(value: Value, formatter: &Formatter, min: f64, max: f64) -> GridCell {
    let row = Row(vec![
        ("Name", Value::String("a {0}".into())),
        ("Good", Value::Long(3)),
        ("Bad", Value::Real(-1.0)),
    ]);
    cell(&value, value.ty(), Some(formatter), ColumnRange { min, max }, &row, &Around::default())
}

fn kind(kind: FormatterKind) -> Formatter {
    formatter("Column", kind)
}

#[test]
fn automatic_and_text() {
    let automatic = kind(FormatterKind::Automatic);
    assert_eq!(draw(Value::Long(1234567), &automatic).text, "1,234,567");
    assert_eq!(draw(Value::Long(1234567), &automatic).number, Some(1_234_567.0));
    assert_eq!(draw(Value::Long(1234567), &kind(FormatterKind::Text)).text, "1234567");
    assert_eq!(draw(Value::Null(Type::Long), &automatic), GridCell::plain(""));
    assert_eq!(draw(Value::Bool(true), &automatic).text, "true");
    assert_eq!(draw(Value::Dynamic(json!({"a": [1]})), &automatic).text, r#"{"a":[1]}"#);
    let address = draw(Value::String("https://a.b".into()), &automatic);
    assert_eq!((address.look, address.action), (Look::Plain, None));
    let time = draw(Value::DateTime(literals::datetime("2026-10-30T12:00:05.5").unwrap()), &automatic);
    assert_eq!((time.text.as_str(), time.hint.as_str()), ("2026-10-30 12:00:05", "2026-10-30T12:00:05.5Z"));
    let date = Formatter { date_format: Some("shortDatePattern".into()), ..kind(FormatterKind::DateTime) };
    assert_eq!(draw(Value::String("2026-10-30T12:00:05Z".into()), &date).text, "2026-10-30");
    assert_eq!(draw(Value::String("soon".into()), &date).text, "soon");
    let span = draw(Value::TimeSpan(36_000_000_000), &automatic);
    assert_eq!((span.text.as_str(), span.number), ("01:00:00", Some(3600.0)));
}

#[test]
fn empty_cells_can_be_a_number() {
    let zero = NumberSettings { unit: 1, empty: Some(0.0), ..NumberSettings::default() };
    let formatter = Formatter { number: Some(zero), ..kind(FormatterKind::Automatic) };
    assert_eq!(draw(Value::Null(Type::Real), &formatter).text, "0%");
    assert_eq!(draw(Value::String(String::new()), &formatter).text, "0%");
    assert_eq!(draw(Value::Real(12.5), &formatter).text, "12.5%");
}

#[test]
fn bars() {
    let bar = kind(FormatterKind::Bar);
    assert_eq!(draw(Value::Long(5), &bar).look, Look::Bar(0.5, Colour::Blue));
    assert_eq!(draw(Value::String("5".into()), &bar).look, Look::Bar(0.5, Colour::Blue));
    assert_eq!(drawn_between(Value::Long(-5), &bar, -20.0, 10.0).look, Look::Bar(0.25, Colour::Blue));
    assert_eq!(drawn_between(Value::Long(0), &bar, 0.0, 0.0).look, Look::Bar(0.0, Colour::Blue));
    assert_eq!(draw(Value::Real(f64::INFINITY), &bar).look, Look::Bar(1.0, Colour::Blue));
    assert_eq!(draw(Value::Real(f64::NAN), &bar).look, Look::Plain);
    assert_eq!(draw(Value::Null(Type::Long), &bar).look, Look::Plain);
    assert_eq!(
        drawn_between(Value::Real(f64::MAX), &bar, f64::MIN, f64::MAX).look,
        Look::Bar(1.0, Colour::Blue)
    );
    let below = Formatter {
        palette: Some("green".into()),
        min: Some(5.0),
        max: Some(15.0),
        ..kind(FormatterKind::BarUnderneath)
    };
    assert_eq!(draw(Value::Long(10), &below).look, Look::BarBelow(0.5, Colour::Green));
    assert_eq!(draw(Value::Long(-10), &below).look, Look::BarBelow(0.0, Colour::Green));
    let scale = Formatter { palette: Some("greenRed".into()), ..kind(FormatterKind::Bar) };
    assert_eq!(draw(Value::Long(10), &scale).look, Look::Bar(1.0, Colour::Red));
}

#[test]
fn heat() {
    let heat = kind(FormatterKind::HeatMap);
    assert_eq!(draw(Value::Long(5), &heat).look, Look::Heat(0.5, Colour::Blue));
    assert_eq!(drawn_between(Value::Long(7), &heat, 7.0, 7.0).look, Look::Heat(1.0, Colour::Blue));
    assert_eq!(drawn_between(Value::Long(0), &heat, 0.0, 0.0).look, Look::Heat(0.0, Colour::Blue));
    assert_eq!(draw(Value::String("x".into()), &heat).look, Look::Plain);
    let scale = Formatter { palette: Some("greenRed".into()), ..kind(FormatterKind::HeatMap) };
    assert_eq!(draw(Value::Long(10), &scale).look, Look::Shade(1.0, Colour::Red.rgb()));
    let turned = Formatter { min: Some(10.0), max: Some(0.0), ..kind(FormatterKind::HeatMap) };
    assert_eq!(draw(Value::Long(0), &turned).look, Look::Heat(1.0, Colour::Blue));
    let none = Formatter { palette: Some("none".into()), ..kind(FormatterKind::HeatMap) };
    assert_eq!(draw(Value::Long(10), &none).look, Look::Plain);
}

#[test]
fn sparks() {
    let area = Formatter { palette: Some("green".into()), ..kind(FormatterKind::SparkArea) };
    let drawn = draw(Value::Dynamic(json!([1, null, 4.5])), &area);
    assert_eq!(drawn.look, Look::Spark(vec![Some(1.0), None, Some(4.5)], Colour::Green));
    assert_eq!((drawn.text.as_str(), drawn.hint.as_str()), ("", "1 to 4.5, 4.5 at the end"));
    let bars = kind(FormatterKind::SparkBars);
    assert!(matches!(draw(Value::String(" [1,2]".into()), &bars).look, Look::SparkBars(..)));
    for value in [json!([]), json!([null]), json!(["x"])] {
        assert_eq!(draw(Value::Dynamic(value), &bars), GridCell::plain(""));
    }
    assert_eq!(draw(Value::String("[1,".into()), &bars).text, "[1,");
    assert_eq!(draw(Value::Long(5), &kind(FormatterKind::SparkLine)).text, "5");
}

#[test]
fn icons_big_numbers_and_paths() {
    let icon = kind(FormatterKind::Icon);
    assert!(
        matches!(draw(Value::String("Success".into()), &icon).look, Look::Sign(icon) if icon.name == "success")
    );
    assert_eq!(draw(Value::String("<b>".into()), &icon).look, Look::Plain);
    assert_eq!(draw(Value::Long(5), &kind(FormatterKind::BigNumber)).look, Look::Big);
    let path =
        draw(Value::String("/subscriptions/1/providers/x/name/".into()), &kind(FormatterKind::Resource));
    assert_eq!((path.text.as_str(), path.hint.as_str()), ("name", "/subscriptions/1/providers/x/name/"));
    assert_eq!(draw(Value::String("//".into()), &kind(FormatterKind::Resource)).text, "//");
    assert_eq!(draw(Value::String("a".into()), &kind(FormatterKind::Timeline)).look, Look::Plain);
}

fn thresholds(colours: bool, tests: &[(ThresholdTest, &str, &str, &str)]) -> Formatter {
    let tests = tests.iter().map(|(test, value, shows, text)| Threshold {
        test: *test,
        value: value.to_string(),
        shows: shows.to_string(),
        text: text.to_string(),
    });
    let thresholds = Thresholds { colours, tests: tests.collect() };
    Formatter { thresholds: Some(thresholds), ..kind(FormatterKind::Thresholds) }
}

#[test]
fn thresholds_of_icons() {
    use ThresholdTest::*;
    let formatter = thresholds(
        false,
        &[
            (Matches, "(", "4", "never"),
            (Contains, "FAIL", "3", "{0}{1}"),
            (Equal, "5.0", "warning", "five of [\"Name\"]"),
            (Greater, "100", "critical", ""),
            (Empty, "", "unknown", "nothing"),
            (Default, "", "no such", "{0} {1}"),
        ],
    );
    let shown = |value| {
        let cell = draw(value, &formatter);
        let icon = if let Look::Sign(icon) = cell.look { icon.name } else { "" };
        (icon, cell.text, cell.hint)
    };
    let told = |icon, text: &str, hint: &str| (icon, text.to_owned(), hint.to_owned());
    assert_eq!(shown(Value::String("Failure".into())), told("error", "Failure", ""));
    assert_eq!(shown(Value::Long(5)), told("warning", "five of a {0}", "5"));
    assert_eq!(shown(Value::Long(1200)), told("critical", "", "1,200"));
    assert_eq!(shown(Value::Null(Type::Long)), told("unknown", "nothing", ""));
    assert_eq!(shown(Value::Real(f64::NAN)), told("", "NaN ", ""));
}

#[test]
fn thresholds_of_colours() {
    use ThresholdTest::*;
    let tests = [(LessOrEqual, "10", "red", ""), (NotEqual, "20", "green", "{0}"), (Default, "", "none", "")];
    let formatter = thresholds(true, &tests);
    let shown = |value| {
        let cell = draw(value, &formatter);
        (cell.look, cell.text)
    };
    assert_eq!(shown(Value::Long(10)), (Look::On(Colour::Red), "10".into()));
    assert_eq!(shown(Value::Long(11)), (Look::On(Colour::Green), "11".into()));
    assert_eq!(shown(Value::Long(20)), (Look::Plain, "20".into()));
    assert_eq!(shown(Value::Null(Type::Long)), (Look::On(Colour::Green), String::new()));
    assert_eq!(draw(Value::Long(1), &thresholds(true, &[])).look, Look::Plain);
}

fn link(target: LinkTarget, label: Option<&str>) -> Formatter {
    let link = CellLink { target, column: None, label: label.map(str::to_owned), beside: false };
    Formatter { link: Some(link), ..kind(FormatterKind::Link) }
}

#[test]
fn links() {
    let value = || Value::String("https://a.b".into());
    let url = draw(value(), &link(LinkTarget::Url, Some("Open [\"Name\"]")));
    assert_eq!((url.text.as_str(), url.look), ("Open a {0}", Look::Link));
    assert_eq!(url.action, Some(Action::Open("https://a.b".into())));
    assert_eq!(draw(value(), &kind(FormatterKind::Link)).action, Some(Action::Open("https://a.b".into())));
    let bad = draw(Value::String("javascript:alert(1)".into()), &link(LinkTarget::Url, Some("Open")));
    assert_eq!((bad.text.as_str(), bad.look, bad.action), ("javascript:alert(1)", Look::Plain, None));
    let mut other = link(LinkTarget::Cell, None);
    if let Some(link) = &mut other.link {
        link.column = Some("Good".into());
    }
    assert_eq!(draw(value(), &other).action, Some(Action::Details(vec![("Good".into(), "3".into())])));
    let mut other = link(LinkTarget::Cell, None);
    other.link.as_mut().unwrap().column = Some("Name".into());
    let told = Action::Details(vec![("Name".into(), "a {0}".into())]);
    assert_eq!(draw(Value::Long(1), &other).action, Some(told));
    let detail = |value, target| draw(value, &link(target, None)).action;
    let pretty = Action::Details(vec![("Column".into(), "[\n  1\n]".into())]);
    assert_eq!(detail(Value::Dynamic(json!([1])), LinkTarget::Cell), Some(pretty));
    assert_eq!(detail(Value::Null(Type::Dynamic), LinkTarget::Cell), None);
    let Some(Action::Details(all)) = detail(value(), LinkTarget::Row) else { panic!("no details") };
    assert_eq!(all[1], ("Good".into(), "3".into()));
    assert_eq!(detail(value(), LinkTarget::Portal("blade".into())), Some(Action::Portal("blade".into())));
}

#[test]
fn links_to_workbooks() {
    let parameters = vec![
        ("Status".into(), LinkValue::Column("Name".into())),
        ("Who".into(), LinkValue::Parameter("Job".into())),
        ("Text".into(), LinkValue::Text("{Job}".into())),
    ];
    let target = |name: &str| LinkTarget::Workbook {
        template: LinkValue::Text(name.into()),
        parameters: parameters.clone(),
    };
    let Some(Action::Workbook { name, given }) = draw(Value::Long(1), &link(target("known"), None)).action
    else {
        panic!("no workbook")
    };
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(name, "the-known");
    let expected = [pair("Job", "j"), pair("Status", "a {0}"), pair("Who", "j"), pair("Text", "j")];
    assert_eq!(given, expected);
    let far = draw(Value::Long(1), &link(target("far"), None)).action;
    assert_eq!(far, Some(Action::Portal("opens the workbook far".into())));
}

#[test]
fn composite_bars_and_tooltips() {
    let part = |column: &str, colour: &str| Part { column: column.into(), colour: colour.into() };
    let formatter = Formatter {
        parts: vec![part("Good", "green"), part("Bad", "red"), part("None", "?")],
        label: Some("[\"Good\"] good".into()),
        tooltip: Some("of [\"Name\"] {Job}".into()),
        ..kind(FormatterKind::CompositeBar)
    };
    let drawn = draw(Value::String("x".into()), &formatter);
    let shares = vec![(0.3, Colour::Green), (0.0, Colour::Red), (0.0, Colour::Green)];
    assert_eq!(drawn.look, Look::Parts(shares));
    assert_eq!((drawn.text.as_str(), drawn.hint.as_str()), ("3 good", "of a {0} j"));
    let bare = draw(Value::String("x".into()), &kind(FormatterKind::CompositeBar));
    assert_eq!(bare, GridCell::plain("x"));
}
