//! The numbers of charts: what is x, what is y, what names a series.

use super::*;
use crate::chart::settings::SeriesLabel;
use crate::sample::{answer, hour, json, s};
use crate::style::Colour;

fn drawn(answer: &Answer, settings: &ChartSettings) -> Plot {
    match chart(answer, settings).unwrap() {
        Chart::Plot(plot) => plot,
        other => panic!("not a plot: {other:?}"),
    }
}

fn actions_by_hour() -> Answer {
    let row = |h, action: &str, n| vec![s(action), hour(h), Value::Long(n)];
    answer(
        &[("Action", Type::String), ("TimeGenerated", Type::DateTime), ("count_", Type::Long)],
        &[row(3, "Create", 4), row(0, "Update", 1), row(0, "Create", 2), row(1, "Update", 3)],
    )
}

#[test]
fn first_datetime_is_x_and_text_names_series() {
    let plot = drawn(&actions_by_hour(), &ChartSettings::new(Kind::Line, Stacking::None));
    assert_eq!(
        plot.xs.iter().map(X::label).collect::<Vec<_>>(),
        ["2020-01-01", "2020-01-01 01:00:00", "2020-01-01 03:00:00"]
    );
    assert_eq!(plot.series[0].name, "Create");
    assert_eq!(plot.series[0].values, [Some(2.0), None, Some(4.0)]);
    assert_eq!(plot.series[1].values, [Some(1.0), Some(3.0), None]);
    assert_eq!((plot.x_title.as_str(), plot.y_title.as_str()), ("TimeGenerated", "count_"));
    assert_eq!(plot.y_extent(), (0.0, 4.0));
}

#[test]
fn bars_over_time_keep_empty_places() {
    let plot = drawn(&actions_by_hour(), &ChartSettings::new(Kind::Column, Stacking::Stacked));
    assert_eq!(plot.xs.len(), 4);
    assert_eq!(plot.series[0].values, [Some(2.0), None, None, Some(4.0)]);
    assert_eq!(plot.y_extent(), (0.0, 4.0));
}

#[test]
fn text_is_x_where_there_is_no_time() {
    let answer = answer(
        &[("Status", Type::String), ("Total", Type::Long), ("Objects", Type::Real)],
        &[
            vec![s("Success"), Value::Long(5), Value::Real(2.5)],
            vec![s(""), Value::Long(1), Value::Null(Type::Real)],
        ],
    );
    let plot = drawn(&answer, &ChartSettings::new(Kind::Bar, Stacking::None));
    assert_eq!(plot.xs, [X::Text("Success".into()), X::Text(String::new())]);
    assert_eq!(plot.series.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Total", "Objects"]);
    assert_eq!(plot.series[1].values, [Some(2.5), None]);
    assert_eq!(plot.y_title, "");
}

#[test]
fn numbers_over_numbers() {
    let rows: Vec<Vec<Value>> = [3, 1, 2].map(|n| vec![Value::Long(n), Value::Long(n * n)]).to_vec();
    let answer = answer(&[("x", Type::Long), ("y", Type::Long)], &rows);
    let plot = drawn(&answer, &ChartSettings::new(Kind::Line, Stacking::None));
    assert_eq!(plot.xs, [X::Number(1.0), X::Number(2.0), X::Number(3.0)]);
    assert_eq!(plot.series[0].values, [Some(1.0), Some(4.0), Some(9.0)]);
}

#[test]
fn series_as_arrays_are_laid_out() {
    let times = r#"["2020-01-01T00:00:00Z","2020-01-01T01:00:00Z"]"#;
    let answer = answer(
        &[("type", Type::String), ("Trend", Type::Dynamic), ("TimeGenerated", Type::Dynamic)],
        &[vec![s("user"), json("[3,null]"), json(times)], vec![s("group"), json("[1,2]"), json(times)]],
    );
    let plot = drawn(&answer, &ChartSettings::new(Kind::Line, Stacking::None));
    assert_eq!(plot.xs.len(), 2);
    assert_eq!((plot.series[0].name.as_str(), &plot.series[0].values), ("user", &vec![Some(3.0), None]));
    assert_eq!(plot.series[1].values, [Some(1.0), Some(2.0)]);
}

#[test]
fn two_values_at_one_place_are_both_kept() {
    let rows = [vec![s("a"), Value::Long(1)], vec![s("a"), Value::Long(2)], vec![s("b"), Value::Long(3)]];
    let answer = answer(&[("k", Type::String), ("n", Type::Long)], &rows);
    let plot = drawn(&answer, &ChartSettings::new(Kind::Bar, Stacking::None));
    assert_eq!(plot.series[0].values, [Some(1.0), Some(2.0), Some(3.0)]);
}

#[test]
fn two_values_at_one_place_can_be_added_up() {
    let row = |k: &str, n: Option<f64>| vec![s(k), n.map_or(Value::Null(Type::Real), Value::Real)];
    let rows = [
        row("a", Some(1.0)),
        row("b", None),
        row("a", Some(2.0)),
        row("b", None),
        row("c", Some(f64::MAX)),
        row("c", Some(f64::MAX)),
    ];
    let answer = answer(&[("k", Type::String), ("n", Type::Real)], &rows);
    let settings = ChartSettings { sum: true, ..ChartSettings::new(Kind::Column, Stacking::None) };
    let plot = drawn(&answer, &settings);
    assert_eq!((plot.xs.len(), &plot.series[0].values), (3, &vec![Some(3.0), None, None]));
}

#[test]
fn labels_colours_and_others() {
    let mut settings = ChartSettings::new(Kind::Column, Stacking::None);
    let label =
        SeriesLabel { series: "Create".into(), label: Some("New".into()), colour: Some(Colour::Orange) };
    settings.labels.push(label);
    settings.other_after = Some(1);
    let plot = drawn(&actions_by_hour(), &settings);
    assert_eq!((plot.series[0].name.as_str(), plot.series[0].colour), ("New", Colour::Orange));
    assert_eq!((plot.series[1].name.as_str(), &plot.series[1].values[1]), ("Other", &Some(3.0)));
}

#[test]
fn hundred_per_cent_and_sums() {
    let plot = drawn(&actions_by_hour(), &ChartSettings::new(Kind::Area, Stacking::Stacked100));
    assert_eq!(plot.series[0].values[0].map(|v| v.round()), Some(67.0));
    assert_eq!(plot.y_extent(), (0.0, 100.0));
    let sums = ChartSettings { accumulate: true, ..ChartSettings::new(Kind::Line, Stacking::None) };
    assert_eq!(drawn(&actions_by_hour(), &sums).series[0].values, [Some(2.0), None, Some(6.0)]);
}

#[test]
fn pies() {
    let rows = [
        vec![s("Success"), Value::Long(3)],
        vec![s("Failure"), Value::Long(1)],
        vec![s("Odd"), Value::Long(-1)],
    ];
    let answer = answer(&[("Status", Type::String), ("n", Type::Long)], &rows);
    let Chart::Pie(pie) = chart(&answer, &ChartSettings::new(Kind::Pie, Stacking::None)).unwrap() else {
        panic!()
    };
    let slices: Vec<_> = pie.slices.iter().map(|s| (s.name.as_str(), s.value, s.share)).collect();
    assert_eq!(slices, [("Success", 3.0, 0.75), ("Failure", 1.0, 0.25)]);
    assert_eq!(pie.notes, ["Odd is negative and left out"]);
}

#[test]
fn cards_and_refusals() {
    let two = answer(&[("n", Type::Long), ("t", Type::String)], &[vec![Value::Long(1234), s("x")]]);
    let Chart::Card(card) = chart(&two, &ChartSettings::new(Kind::Card, Stacking::None)).unwrap() else {
        panic!()
    };
    assert_eq!(card.entries, [("n".into(), "1234".into()), ("t".into(), "x".into())]);
    let text = answer(&[("t", Type::String)], &[vec![s("x")]]);
    let line = ChartSettings::new(Kind::Line, Stacking::None);
    assert_eq!(chart(&text, &line), Err(Undrawable::NoNumbers));
    assert_eq!(chart(&answer(&[], &[]), &line), Err(Undrawable::Empty));
    let asked = ChartSettings { x_column: Some("z".into()), ..line };
    assert_eq!(chart(&two, &asked), Err(Undrawable::NoColumn("z".into())));
}

#[test]
fn one_number_alone_is_drawn() {
    let one = answer(&[("count_", Type::Long)], &[vec![Value::Long(7)]]);
    let plot = drawn(&one, &ChartSettings::new(Kind::Column, Stacking::None));
    assert_eq!(
        (plot.xs.as_slice(), &plot.series[0].values),
        ([X::Text("count_".into())].as_slice(), &vec![Some(7.0)])
    );
}

#[test]
fn slices_of_one_name_are_one() {
    let row = |status: &str, n: f64| vec![Value::Real(n), s(status)];
    let rows = [row("a", 1.0), row("b", 2.0), row("a", 3.0), row("c", f64::NAN)];
    let answer = answer(&[("n", Type::Real), ("Status", Type::String)], &rows);
    let settings = ChartSettings {
        series_columns: vec!["Status".into()],
        ..ChartSettings::new(Kind::Pie, Stacking::None)
    };
    let Chart::Pie(pie) = chart(&answer, &settings).unwrap() else { panic!() };
    let slices: Vec<_> = pie.slices.iter().map(|s| (s.name.as_str(), s.value)).collect();
    assert_eq!(slices, [("a", 4.0), ("b", 2.0)]);
}

#[test]
fn too_many_slices_and_negatives_are_counted() {
    let rows: Vec<Vec<Value>> = (0..210).map(|n| vec![s(&n.to_string()), Value::Long(n - 10)]).collect();
    let answer = answer(&[("k", Type::String), ("n", Type::Long)], &rows);
    let Chart::Pie(pie) = chart(&answer, &ChartSettings::new(Kind::Pie, Stacking::None)).unwrap() else {
        panic!()
    };
    assert_eq!((pie.slices.len(), pie.slices[100].name.as_str()), (101, "Other"));
    assert_eq!(
        pie.notes[3..],
        ["10 negative values are left out", "100 of 200 slices drawn, the rest as Other"]
    );
}

#[test]
fn values_beyond_the_limit_are_left_out_and_that_is_said() {
    let settings = ChartSettings { most_points: Some(2), ..ChartSettings::new(Kind::Line, Stacking::None) };
    let plot = drawn(&actions_by_hour(), &settings);
    assert_eq!(plot.series.iter().flat_map(|s| s.values.iter().flatten()).count(), 2);
    assert_eq!(plot.notes, ["2 of 4 values drawn"]);
}

#[test]
fn instants_can_be_names() {
    let settings = ChartSettings { categories: true, ..ChartSettings::new(Kind::Column, Stacking::None) };
    let plot = drawn(&actions_by_hour(), &settings);
    let names = ["2020-01-01 03:00:00", "2020-01-01", "2020-01-01 01:00:00"];
    assert_eq!(plot.xs, names.map(|name| X::Text(name.into())));
}

#[test]
fn palettes_are_taken_in_turn_and_the_line_across_is_in_the_range() {
    let settings = ChartSettings {
        palette: vec![Colour::Red],
        threshold: Some(50.0),
        ..ChartSettings::new(Kind::Line, Stacking::None)
    };
    let plot = drawn(&actions_by_hour(), &settings);
    assert!(plot.series.iter().all(|series| series.colour == Colour::Red));
    assert_eq!((plot.y_extent(), plot.threshold), ((0.0, 50.0), Some(50.0)));
    let sums = Chart::Plot(plot).sums();
    assert_eq!(sums, [("Create".into(), "6".into()), ("Update".into(), "4".into())]);
}
