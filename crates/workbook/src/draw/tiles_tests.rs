//! Tiles out of rows: which column plays which part, the order, what a click does.

use super::*;
use crate::draw::sample::{Around, answer, formatter, s};
use crate::model::{Export, NumberSettings, Part, Sort, Threshold, ThresholdTest, Thresholds};
use calypso_library::Value;
use calypso_view::{Action, Colour, Icon};
use proptest::prelude::*;

fn statuses() -> Answer {
    let json = |text: &str| Value::dynamic(serde_json::from_str(text).unwrap());
    let row = |status: &str, n, trend: &str| vec![s(status), Value::Long(n), json(trend)];
    let rows = [row("Success", 1200, "[1,2]"), row("Failure", 30, "[0,null]"), row("", 450, "\"x\"")];
    answer(&[("ResultType", Type::String), ("Objects", Type::Long), ("Trend", Type::Dynamic)], &rows)
}

fn drawn(settings: Option<TilePanel>, more: Panel, answer: &Answer) -> drawing::Tiles {
    let panel = Panel { look: crate::model::Look::Tiles, tiles: settings, ..more };
    match crate::draw::drawing(&panel, answer, &Around::default()) {
        Drawing::Tiles(tiles) => tiles,
        other => panic!("{other:?}"),
    }
}

fn titles(tiles: &drawing::Tiles) -> Vec<&str> {
    tiles.tiles.iter().map(|tile| tile.title.as_str()).collect()
}

fn with_icons() -> TilePanel {
    let icon = |value: &str, shows: &str| Threshold {
        test: if value.is_empty() { ThresholdTest::Default } else { ThresholdTest::Contains },
        value: value.into(),
        shows: shows.into(),
        text: "{0}{1}".into(),
    };
    TilePanel {
        title: Some(Formatter {
            thresholds: Some(Thresholds {
                colours: false,
                tests: vec![icon("failure", "3"), icon("", "success")],
            }),
            ..formatter("ResultType", FormatterKind::Thresholds)
        }),
        left: Some(Formatter {
            number: Some(NumberSettings { unit: 17, ..NumberSettings::default() }),
            ..formatter("Obj.*", FormatterKind::BigNumber)
        }),
        right: Some(formatter("Objects", FormatterKind::HeatMap)),
        bottom: Some(Formatter {
            palette: Some("orange".into()),
            ..formatter("Trend", FormatterKind::SparkLine)
        }),
        border: true,
        sort: Some(("Objects".into(), false)),
        ..TilePanel::default()
    }
}

#[test]
fn every_part_by_its_formatter() {
    let tiles = drawn(Some(with_icons()), Panel::default(), &statuses());
    assert_eq!((titles(&tiles), tiles.border, tiles.total), (vec!["Failure", "(empty)", "Success"], true, 3));
    let [failure, empty, success] = tiles.tiles.as_slice() else { panic!() };
    assert_eq!((failure.icon, success.icon), (Icon::from_name("error"), Icon::from_name("success")));
    assert_eq!((failure.big.as_str(), success.big.as_str()), ("30", "1.2K"));
    assert_eq!((failure.spark.as_slice(), failure.colour), ([Some(0.0), None].as_slice(), Colour::Orange));
    assert_eq!(empty.bottom.as_ref().map(|cell| cell.text.as_str()), Some("x"));
    let right = success.right.as_ref().unwrap();
    assert_eq!((right.text.as_str(), &right.look), ("1,200", &Look::Heat(1.0, Colour::Blue)));
}

#[test]
fn without_settings_the_first_text_and_the_first_number() {
    for settings in [
        None,
        Some(TilePanel::default()),
        Some(TilePanel { title: Some(formatter("gone", FormatterKind::Text)), ..TilePanel::default() }),
    ] {
        let tiles = drawn(settings, Panel::default(), &statuses());
        assert_eq!(titles(&tiles), ["Success", "Failure", "(empty)"]);
        assert_eq!((tiles.tiles[0].big.as_str(), tiles.tiles[0].spark.len()), ("1,200", 2));
    }
    let numbers = answer(&[("a", Type::Long), ("b", Type::Real)], &[vec![Value::Long(1), Value::Real(2.5)]]);
    let tiles = drawn(None, Panel::default(), &numbers);
    assert_eq!((tiles.tiles[0].title.as_str(), tiles.tiles[0].big.as_str()), ("", "1"));
}

#[test]
fn a_click_exports_and_the_chosen_one_is_marked() {
    let export = |parameter: &str| Export {
        column: Some("ResultType".into()),
        parameter: parameter.into(),
        default: Some("*".into()),
        ..Export::default()
    };
    let tiles = drawn(None, Panel { exports: vec![export("PStatus")], ..Panel::default() }, &statuses());
    assert_eq!(tiles.tiles[0].action, Some(Action::Set(vec![("PStatus".into(), "Success".into())])));
    let job = answer(&[("ResultType", Type::String)], &[vec![s("j")], vec![s("k")]]);
    let panel = Panel { look: crate::model::Look::Tiles, exports: vec![export("Job")], ..Panel::default() };
    let around = Around { given: Some(vec![("Job".into(), "j".into())]) };
    let Drawing::Tiles(tiles) = crate::draw::drawing(&panel, &job, &around) else { panic!() };
    assert_eq!(tiles.tiles.iter().map(|tile| tile.selected).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn the_order_is_by_size_or_by_letters() {
    let rows: Vec<Vec<Value>> = [("b", Some(9.5)), ("C", None), ("a", Some(-10.0)), ("d", Some(100.0))]
        .map(|(name, n)| vec![s(name), n.map_or(Value::Null(Type::Real), Value::Real)])
        .to_vec();
    let answer = answer(&[("k", Type::String), ("n", Type::Real)], &rows);
    let by = |column: &str, descending| TilePanel {
        sort: Some((column.into(), descending)),
        ..TilePanel::default()
    };
    assert_eq!(titles(&drawn(Some(by("n", false)), Panel::default(), &answer)), ["C", "a", "b", "d"]);
    assert_eq!(titles(&drawn(Some(by("n", true)), Panel::default(), &answer)), ["d", "b", "a", "C"]);
    assert_eq!(titles(&drawn(Some(by("k", true)), Panel::default(), &answer)), ["d", "C", "b", "a"]);
    let panel = Panel { sort: vec![Sort { column: "n".into(), descending: true }], ..Panel::default() };
    assert_eq!(titles(&drawn(Some(by("none", true)), panel, &answer)), ["d", "b", "a", "C"]);
}

#[test]
fn composite_bars_share_one_scale() {
    let part = |column: &str, colour: &str| Part { column: column.into(), colour: colour.into() };
    let rows = [vec![s("a"), Value::Long(1), Value::Long(3)], vec![s("b"), Value::Long(6), Value::Long(2)]];
    let answer = answer(&[("k", Type::String), ("ok", Type::Long), ("bad", Type::Long)], &rows);
    let bar = Formatter {
        parts: vec![part("ok", "green"), part("bad", "red")],
        ..formatter("k", FormatterKind::CompositeBar)
    };
    let settings = TilePanel { bottom: Some(bar), ..TilePanel::default() };
    let tiles = drawn(Some(settings), Panel::default(), &answer);
    let looks = tiles.tiles.iter().map(|tile| tile.bottom.as_ref().map(|bottom| bottom.look.clone()));
    let parts = |ok, bad| Some(Look::Parts(vec![(ok, Colour::Green), (bad, Colour::Red)]));
    assert_eq!(looks.collect::<Vec<_>>(), [parts(0.125, 0.375), parts(0.75, 0.25)]);
}

#[test]
fn a_hundred_are_shown() {
    let rows: Vec<Vec<Value>> = (0..250).map(|n| vec![Value::Long(n), s("x")]).collect();
    let answer = answer(&[("n", Type::Long), ("k", Type::String)], &rows);
    let tiles = drawn(None, Panel::default(), &answer);
    assert_eq!((tiles.tiles.len(), tiles.total), (100, 250));
    let few = TilePanel { rows: Some(7), ..TilePanel::default() };
    assert_eq!(drawn(Some(few), Panel::default(), &answer).tiles.len(), 7);
}

proptest! {
    #[test]
    fn any_column_can_play_any_part(
        columns in proptest::collection::vec("Obj.*|ResultType|Trend|[(|\\PC]{0,3}", 5..6),
        kinds in proptest::collection::vec(0usize..6, 5..6), sort in "Objects|Trend|x",
    ) {
        use FormatterKind::{Bar, BigNumber, CompositeBar, SparkLine, Text, Thresholds as Tests};
        let part = |at: usize| {
            let kind = [Bar, BigNumber, CompositeBar, SparkLine, Text, Tests][kinds[at]];
            Some(formatter(&columns[at], kind))
        };
        let settings = TilePanel {
            title: part(0), subtitle: part(1), left: part(2), right: part(3), bottom: part(4),
            sort: Some((sort, true)), ..TilePanel::default()
        };
        prop_assert_eq!(drawn(Some(settings), Panel::default(), &statuses()).tiles.len(), 3);
    }
}
