//! Pictures of small charts: well formed, described, and inert whatever the data says.

use super::*;
use crate::chart::chart;
use crate::chart::settings::{ChartSettings, Kind, Stacking};
use crate::sample::{answer, hour, s};
use calypso_library::{Answer, Type, Value};
use proptest::prelude::*;

const KINDS: [Kind; 7] =
    [Kind::Line, Kind::Area, Kind::Bar, Kind::Column, Kind::Scatter, Kind::Pie, Kind::Card];

fn drawn(answer: &Answer, kind: Kind, stacking: Stacking) -> String {
    let settings = ChartSettings { title: "Sync <per> day".into(), ..ChartSettings::new(kind, stacking) };
    svg(&chart(answer, &settings).unwrap(), &SvgOptions::default())
}

fn by_day(name: &str) -> Answer {
    let row = |day: i64, action: &str, n| vec![hour(24 * day), s(action), Value::Long(n)];
    let rows = [row(0, "Create", 4), row(0, name, 8), row(1, "Create", 2), row(3, name, 4)];
    answer(&[("Day", Type::DateTime), ("Action", Type::String), ("n", Type::Long)], &rows)
}

/// Every element closed in order, and no attribute that runs; the names of the elements.
fn elements(svg: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut names = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag ends");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap().to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()), "{svg}");
        } else if !tag.ends_with('/') {
            open.push(name.clone());
        }
        if !tag.starts_with('/') {
            names.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} {svg}");
    names
}

#[test]
fn every_kind_is_well_formed_and_described() {
    for kind in KINDS {
        for stacking in [Stacking::None, Stacking::Stacked, Stacking::Stacked100] {
            let svg = drawn(&by_day("Update"), kind, stacking);
            let names = elements(&svg);
            assert!(names.contains(&"desc".to_owned()) && names.contains(&"title".to_owned()));
            assert!(svg.contains("role=\"img\"") && svg.contains("Sync &lt;per&gt; day"), "{svg}");
        }
    }
}

#[test]
fn marks_carry_their_numbers() {
    let columns = drawn(&by_day("Update"), Kind::Column, Stacking::None);
    assert!(columns.contains("<title>Update, 2020-01-01: 8</title>"), "{columns}");
    assert!(
        columns.contains(
            "Bar chart: 2 series over 4 places from 2020-01-01 to 2020-01-04. Create: from 2 to 4."
        )
    );
    let stacked = drawn(&by_day("Update"), Kind::Column, Stacking::Stacked);
    assert!(stacked.contains("<title>Update, 2020-01-01: 8</title>"), "{stacked}");
}

#[test]
fn bars_are_as_long_as_their_numbers() {
    let rows = [vec![s("a"), Value::Long(10)], vec![s("b"), Value::Long(5)]];
    let svg = drawn(&answer(&[("k", Type::String), ("n", Type::Long)], &rows), Kind::Bar, Stacking::None);
    let widths: Vec<f64> = svg
        .lines()
        .filter(|line| line.starts_with("<rect"))
        .map(|line| line.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(widths.len(), 2);
    assert!((widths[0] - 2.0 * widths[1]).abs() < 0.1, "{widths:?}");
}

#[test]
fn texts_below_the_axis_do_not_touch() {
    let places = |count: i64, hours: i64| -> Vec<Vec<Value>> {
        (0..count).map(|n| vec![hour(n * hours), Value::Long(n)]).collect()
    };
    for (count, hours) in [(1, 1), (2, 24), (48, 1), (90, 24), (700, 3), (3, 9000)] {
        let answer = answer(&[("t", Type::DateTime), ("n", Type::Long)], &places(count, hours));
        for kind in [Kind::Column, Kind::Line] {
            let svg = drawn(&answer, kind, Stacking::None);
            let mut labels: Vec<(f64, f64)> = Vec::new();
            for line in svg.lines().filter(|line| line.contains("class=\"label\"") && line.contains("middle"))
            {
                let number = |name: &str| -> f64 {
                    line.split(&format!(" {name}=\""))
                        .nth(1)
                        .unwrap()
                        .split('"')
                        .next()
                        .unwrap()
                        .parse()
                        .unwrap()
                };
                let text = line.split('>').nth(1).unwrap().split('<').next().unwrap();
                let half = text_width(text, 11.0) / 2.0;
                if number("y") > 200.0 && text != "t" {
                    labels.push((number("x") - half, number("x") + half));
                }
            }
            assert!(!labels.is_empty(), "{count} {hours} {kind:?}: {svg}");
            assert!(
                labels.windows(2).all(|pair| pair[0].1 <= pair[1].0),
                "{count} {hours} {kind:?}: {labels:?}"
            );
        }
    }
}

#[test]
fn a_colour_met_again_is_striped_or_dashed() {
    let mut chart = chart(&by_day("Update"), &ChartSettings::new(Kind::Column, Stacking::None)).unwrap();
    let Chart::Plot(plot) = &mut chart else { panic!() };
    plot.series.iter_mut().for_each(|series| series.colour = Colour::Red);
    plot.threshold = Some(3.0);
    let svg_of = |chart: &Chart| svg(chart, &SvgOptions::default());
    let bars = svg_of(&chart);
    assert!(
        bars.contains("fill=\"url(#chart-fill1)\"") && bars.contains("<pattern id=\"chart-fill1\""),
        "{bars}"
    );
    assert!(bars.contains("class=\"threshold\"") && bars.contains("A line stands at 3."), "{bars}");
    let Chart::Plot(plot) = &mut chart else { panic!() };
    plot.kind = Kind::Line;
    assert!(svg_of(&chart).contains("stroke-dasharray=\"7 4\""));
}

#[test]
fn every_colour_has_a_form_for_dark_pages() {
    for colour in
        [Colour::None, Colour::Yellow, Colour::RedDark, Colour::BlueDark].iter().chain(&Colour::SERIES)
    {
        let ink = ink(*colour);
        let class = ink.split('"').nth(1).unwrap();
        assert!(DARK_INKS.contains(&format!(".{class}{{color:")), "{class}");
    }
}

#[test]
fn nothing_of_a_style_sheet_is_inside() {
    for kind in KINDS {
        let svg = drawn(&by_day("Update"), kind, Stacking::Stacked);
        assert!(!svg.contains("style=") && !svg.contains("<style") && !svg.contains(" on"), "{svg}");
    }
}

proptest! {
    #[test]
    fn data_never_becomes_markup(text in any::<String>(), value in any::<f64>()) {
        let text = format!("<script>alert(1)</script>\"' onload=x {text}");
        let rows = [vec![hour(1), s(&text), Value::Real(value)], vec![hour(2), s("b"), Value::Real(1.0)]];
        let answer = answer(&[("t", Type::DateTime), ("k", Type::String), ("n", Type::Real)], &rows);
        for kind in KINDS {
            let settings = ChartSettings { title: text.clone(), ..ChartSettings::new(kind, Stacking::None) };
            let svg = svg(&chart(&answer, &settings).unwrap(), &SvgOptions::default());
            let names = elements(&svg);
            prop_assert!(names.iter().all(|name| name != "script"), "{svg}");
            prop_assert!(svg.chars().all(|c| c == '\n' || !crate::text::acts(c)));
            prop_assert!(!svg.contains("NaN\"") && !svg.contains("inf\""), "{svg}");
        }
    }
}
