//! Charts out of rows: which columns, names and colours, limits, and what is shown where no chart can be.

use super::*;
use crate::draw::sample::{Around, answer, s};
use crate::model::{ChartLabel, ThresholdLine};
use calypso_library::{Value, Visualization};
use calypso_view::chart::{Plot, X};
use calypso_view::drawing::Grid;
use proptest::prelude::*;

fn by_hour() -> Answer {
    let hour = |n: i64| Value::DateTime(637_134_336_000_000_000 + n * 36_000_000_000);
    let row = |n, action: &str, count| vec![s(action), hour(n), Value::Long(count)];
    answer(
        &[("Action", Type::String), ("TimeGenerated", Type::DateTime), ("Rows", Type::Long)],
        &[row(3, "Create", 4), row(0, "Update", 1), row(0, "Create", 2)],
    )
}

fn drawn(look: Look, chart: ChartPanel, answer: &Answer) -> Drawing {
    let panel = Panel { look, chart, ..Panel::default() };
    crate::draw::drawing(&panel, answer, &Around::default())
}

fn charted(look: Look, chart: ChartPanel, answer: &Answer) -> ChartDrawing {
    match drawn(look, chart, answer) {
        Drawing::Chart(chart) => *chart,
        other => panic!("{other:?}"),
    }
}

fn plot(drawing: ChartDrawing) -> Plot {
    match drawing.chart {
        Chart::Plot(plot) => plot,
        other => panic!("{other:?}"),
    }
}

fn rows(drawing: Drawing) -> Grid {
    match drawing {
        Drawing::Grid(grid) => grid,
        other => panic!("{other:?}"),
    }
}

#[test]
fn looks_are_kinds() {
    let kinds = [
        (Look::Line, Kind::Line, Stacking::None),
        (Look::Time, Kind::Line, Stacking::None),
        (Look::Area, Kind::Area, Stacking::Stacked),
        (Look::Bar, Kind::Column, Stacking::Stacked),
        (Look::Unstacked, Kind::Column, Stacking::None),
        (Look::Categorical, Kind::Column, Stacking::None),
        (Look::Scatter, Kind::Scatter, Stacking::None),
    ];
    for (look, kind, stacking) in kinds {
        let plot = plot(charted(look, ChartPanel::default(), &by_hour()));
        assert_eq!((plot.kind, plot.stacking, plot.series.len()), (kind, stacking, 2), "{look:?}");
        let names = plot.xs.iter().any(|x| matches!(x, X::Text(_)));
        assert_eq!(names, look == Look::Categorical, "{look:?}");
        assert_eq!((plot.x_title.as_str(), plot.y_title.as_str()), ("", ""));
    }
    let pie =
        charted(Look::Pie, ChartPanel { series: Some("Action".into()), ..ChartPanel::default() }, &by_hour());
    assert_eq!(pie.chart.sums(), [("Create".into(), "6".into()), ("Update".into(), "1".into())]);
}

#[test]
fn names_colours_and_sums() {
    let label = |series: &str, label: Option<&str>, colour: &str| ChartLabel {
        series: series.into(),
        label: label.map(str::to_owned),
        colour: Some(colour.into()),
    };
    let settings = ChartPanel {
        labels: vec![
            label("Create", Some("New {Job}"), "orange"),
            label("update", Some("no such case"), "red"),
            label("Update", Some(" "), "no such colour"),
            label("Delete", None, "blue"),
        ],
        metrics: true,
        points: true,
        threshold: Some(ThresholdLine { at: 9.0, style: 1 }),
        y_number: Some(NumberSettings { percent: true, ..NumberSettings::default() }),
        legend: Some(false),
        ..ChartPanel::default()
    };
    let drawing = charted(Look::Time, settings, &by_hour());
    assert_eq!(drawing.metrics, [("New j".into(), "600%".into()), ("Update".into(), "100%".into())]);
    let plot = plot(drawing);
    assert_eq!((plot.series[0].colour, plot.series[1].colour), (Colour::Orange, Colour::of_series(1)));
    assert_eq!((plot.threshold, plot.points, plot.legend), (Some(900.0), true, false));
}

#[test]
fn rows_of_one_place_are_added_up() {
    let rows = [("a", "x", 1), ("a", "y", 2), ("b", "x", 4)]
        .map(|(place, other, n)| vec![s(place), s(other), Value::Long(n)]);
    let answer = answer(&[("p", Type::String), ("o", Type::String), ("n", Type::Long)], &rows);
    let settings = ChartPanel { x: Some("p".into()), series: Some("p".into()), ..ChartPanel::default() };
    let plot = plot(charted(Look::Bar, settings, &answer));
    assert_eq!(plot.series[0].values, [Some(3.0), None]);
}

#[test]
fn columns_that_are_not_there_are_said_and_others_taken() {
    let settings = ChartPanel {
        x: Some("Day".into()),
        y: vec!["count_".into(), "Action".into()],
        series: Some("Status".into()),
        ..ChartPanel::default()
    };
    let plot = plot(charted(Look::Bar, settings, &by_hour()));
    assert_eq!(plot.series.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Create", "Update"]);
    assert_eq!(
        plot.notes,
        [
            "the answer has no column Day: another is drawn",
            "the answer has no column count_: another is drawn",
            "the answer has no column Status: another is drawn",
            "the column Action holds no numbers: it is not drawn",
        ]
    );
}

#[test]
fn what_makes_no_chart_is_shown_as_rows() {
    let texts = answer(&[("a", Type::String)], &[vec![s("x")]]);
    let grid = rows(drawn(Look::Time, ChartPanel::default(), &texts));
    assert_eq!((grid.rows.len(), grid.notes[0].as_str()), (1, "shown as rows: no column of numbers to draw"));
    let nulls = answer(&[("a", Type::String), ("n", Type::Real)], &[vec![s("x"), Value::Real(f64::NAN)]]);
    let grid = rows(drawn(Look::Bar, ChartPanel::default(), &nulls));
    assert_eq!(grid.notes, ["shown as rows: no numbers to draw"]);
    let negative = answer(&[("a", Type::String), ("n", Type::Long)], &[vec![s("x"), Value::Long(-1)]]);
    rows(drawn(Look::Pie, ChartPanel::default(), &negative));
    for look in [Look::Graph, Look::Map] {
        let grid = rows(drawn(look, ChartPanel::default(), &by_hour()));
        assert!(grid.notes[0].starts_with("shown as rows: "), "{look:?}");
    }
    assert!(rows(drawn(Look::Table, ChartPanel::default(), &by_hour())).notes.is_empty());
}

#[test]
fn the_querys_own_wish_holds_where_nothing_else_is_asked() {
    let wish = |kind: &str| Visualization {
        kind: kind.into(),
        properties: vec![("ytitle".into(), "rows".into()), ("ycolumns".into(), "gone".into())],
    };
    let mut answer = by_hour();
    rows(drawn(Look::Auto, ChartPanel::default(), &answer));
    answer.visualization = Some(wish("timechart"));
    let plot = plot(charted(Look::Auto, ChartPanel::default(), &answer));
    assert_eq!((plot.kind, plot.y_title.as_str(), plot.notes.len()), (Kind::Line, "rows", 1));
    answer.visualization = Some(wish("treemap"));
    rows(drawn(Look::Auto, ChartPanel::default(), &answer));
}

#[test]
fn limits_are_told() {
    let many: Vec<Vec<Value>> = (0..200).map(|n| vec![s(&format!("s{n}")), s("x"), Value::Long(n)]).collect();
    let answer_of =
        |rows: &[Vec<Value>]| answer(&[("x", Type::String), ("s", Type::String), ("n", Type::Long)], rows);
    let settings = ChartPanel { x: Some("s".into()), series: Some("x".into()), ..ChartPanel::default() };
    let series = plot(charted(Look::Unstacked, settings, &answer_of(&many)));
    assert_eq!((series.series.len(), series.notes[0].as_str()), (100, "100 of 200 series drawn"));
    let long: Vec<Vec<Value>> =
        (0..10_050).map(|n| vec![s(&n.to_string()), s("y"), Value::Long(n)]).collect();
    let points = plot(charted(Look::Line, ChartPanel::default(), &answer_of(&long)));
    assert_eq!(points.xs.len(), 10_000);
    assert_eq!(points.notes, ["10,000 of 10,050 values drawn"]);
}

#[test]
fn palettes() {
    let colours = |name: &str| {
        let settings = ChartPanel { palette: Some(name.into()), ..ChartPanel::default() };
        let plot = plot(charted(Look::Line, settings, &by_hour()));
        plot.series.iter().map(|one| one.colour).collect::<Vec<_>>()
    };
    assert_eq!(colours("blue"), [Colour::Blue, Colour::BlueDark]);
    assert_eq!(colours("greenRed")[0], Colour::Green);
    assert_eq!(colours("no such"), [Colour::of_series(0), Colour::of_series(1)]);
}

proptest! {
    #[test]
    fn no_settings_and_no_rows_make_it_fail(
        cells in proptest::collection::vec((any::<f64>(), "\\PC{0,4}|[a-c]", any::<i64>()), 1..20),
        names in proptest::collection::vec("real|text|long|time|\\PC{0,2}", 4..5), look in 0usize..9,
        ends in (any::<f64>(), any::<f64>()), unit in 0u64..60, digits in 0usize..400,
    ) {
        use calypso_view::chart::{svg, terminal};
        let looks = [
            Look::Line, Look::Time, Look::Area, Look::Bar, Look::Unstacked, Look::Categorical, Look::Pie,
            Look::Scatter, Look::Stat,
        ];
        let rows: Vec<Vec<Value>> = cells.into_iter()
            .map(|(real, text, long)| {
                let time = Value::DateTime(long.rem_euclid(3_155_378_975_999_999_999));
                vec![Value::Real(real), s(&text), Value::Long(long), time]
            })
            .collect();
        let columns =
            [("real", Type::Real), ("text", Type::String), ("long", Type::Long), ("time", Type::DateTime)];
        let number = NumberSettings {
            unit, min_digits: Some(digits), significant: Some(digits), percent: digits % 2 == 0,
            ..NumberSettings::default()
        };
        let settings = ChartPanel {
            x: Some(names[0].clone()), y: vec![names[1].clone(), names[2].clone()], series: Some(names[3].clone()),
            y_min: Some(ends.0), y_max: Some(ends.1), metrics: true, y_number: Some(number),
            threshold: Some(ThresholdLine { at: ends.0, style: 0 }), others_after: Some(digits % 3),
            ..ChartPanel::default()
        };
        let drawing = drawn(looks[look], settings, &answer(&columns, &rows));
        if let Drawing::Chart(drawing) = drawing {
            let picture = svg::svg(&drawing.chart, &svg::SvgOptions::default());
            prop_assert!(!picture.contains("NaN\"") && !picture.contains("inf\""));
            terminal::draw(&drawing.chart, &calypso_view::Style::plain(60), 8);
        }
    }
}
