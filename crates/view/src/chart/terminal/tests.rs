//! Drawings of small charts, whole.

use super::*;
use crate::chart::chart;
use crate::chart::settings::{ChartSettings, Stacking};
use crate::sample::{answer, hour, s};
use calypso_library::{Answer, Type, Value};
use proptest::prelude::*;

fn drawn(answer: &Answer, kind: Kind, stacking: Stacking, style: Style) -> String {
    let settings = ChartSettings { title: "Sync".into(), ..ChartSettings::new(kind, stacking) };
    draw(&chart(answer, &settings).unwrap(), &style, 6).join("\n")
}

fn by_status() -> Answer {
    let row = |status, n| vec![s(status), Value::Long(n)];
    answer(
        &[("Status", Type::String), ("count_", Type::Long)],
        &[row("Success", 1200), row("Failure", 100), row("Skipped", 450)],
    )
}

fn by_day() -> Answer {
    let row = |day: i64, action: &str, n| vec![hour(24 * day), s(action), Value::Long(n)];
    let rows = [
        row(0, "Create", 4),
        row(0, "Update", 8),
        row(1, "Create", 2),
        row(1, "Update", 6),
        row(3, "Create", 8),
        row(3, "Update", 4),
    ];
    answer(&[("Day", Type::DateTime), ("Action", Type::String), ("n", Type::Long)], &rows)
}

#[test]
fn bars_to_the_right() {
    let expected = "\
Sync
Success │███████████████████████ 1,200
Failure │█▉ 100
Skipped │████████▋ 450";
    assert_eq!(drawn(&by_status(), Kind::Bar, Stacking::None, Style::plain(38)), expected);
}

#[test]
fn stacked_bars_to_the_right() {
    let expected = "\
Sync
2020-01-01 |########**************** 4 / 8
2020-01-02 |####************ 2 / 6
2020-01-03 |- / -
2020-01-04 |################******** 8 / 4
# Create  * Update";
    assert_eq!(drawn(&by_day(), Kind::Bar, Stacking::Stacked, Style::ascii(42)), expected);
}

#[test]
fn upright_bars_beside_one_another() {
    let expected = "\
Sync
10 ┤
   │    ▓▓▓▓                   ▆▆▆▆
   │    ▓▓▓▓     ▓▓▓▓          ████
 5 ┤▃▃▃▃▓▓▓▓     ▓▓▓▓          ████
   │████▓▓▓▓ ▂▂▂▂▓▓▓▓          ████▓▓▓▓
   │████▓▓▓▓ ████▓▓▓▓          ████▓▓▓▓
 0 └────────────────────────────────────
      01-01    01-02    01-03    01-04
█ Create  ▓ Update";
    assert_eq!(drawn(&by_day(), Kind::Column, Stacking::None, Style::plain(50)), expected);
}

#[test]
fn upright_bars_stacked() {
    let expected = "\
Sync
15 ┤
   │▓▓▓▓▓▓▓▓                   ▓▓▓▓▓▓▓▓
10 ┤▓▓▓▓▓▓▓▓                   ▓▓▓▓▓▓▓▓
   │▓▓▓▓▓▓▓▓ ▓▓▓▓▓▓▓▓          ████████
 5 ┤████████ ▓▓▓▓▓▓▓▓          ████████
   │████████ ████████          ████████
 0 └────────────────────────────────────
      01-01    01-02    01-03    01-04
█ Create  ▓ Update";
    assert_eq!(drawn(&by_day(), Kind::Column, Stacking::Stacked, Style::plain(50)), expected);
}

#[test]
fn a_line_across_stands_behind_the_bars() {
    let settings = ChartSettings { threshold: Some(7.0), ..ChartSettings::new(Kind::Column, Stacking::None) };
    let lines = draw(&chart(&by_day(), &settings).unwrap(), &Style::plain(50), 6);
    assert_eq!(lines[2], "   │╌╌╌╌▓▓▓▓╌╌╌╌╌▓▓▓▓╌╌╌╌╌╌╌╌╌╌████╌╌╌╌╌", "{lines:#?}");
    assert_eq!(lines.last().unwrap(), "█ Create  ▓ Update  ╌ threshold 7");
}

#[test]
fn hours_are_labelled_at_round_times() {
    let rows: Vec<Vec<Value>> = (0..48).map(|h| vec![hour(h), Value::Long(h)]).collect();
    let answer = answer(&[("T", Type::DateTime), ("n", Type::Long)], &rows);
    let lines = drawn(&answer, Kind::Column, Stacking::None, Style::plain(60));
    assert_eq!(lines.lines().last(), Some("    01-01     12:00       01-02       12:00"), "{lines}");
}

#[test]
fn names_that_do_not_fit_under_bars_lay_them_down() {
    let wide = drawn(&by_status(), Kind::Column, Stacking::None, Style::plain(50));
    assert!(wide.contains("└") && wide.contains("Success  Failure  Skipped"), "{wide}");
    let narrow = drawn(&by_status(), Kind::Column, Stacking::None, Style::plain(26));
    assert!(narrow.contains("Failure │"), "{narrow}");
}

#[test]
fn lines_in_ascii_and_braille() {
    let expected = "\
Sync
10 +
   |+.........                              .....*
   |         ......+........................
 5 +*.....               ........................+
   |      .........*.....
   |
 0 +----------------------------------------------
    01-01        01-02          01-03        01-04
* Create  + Update";
    assert_eq!(drawn(&by_day(), Kind::Line, Stacking::None, Style::ascii(50)), expected);
    let braille = drawn(&by_day(), Kind::Line, Stacking::None, Style::plain(50));
    assert!(braille.contains("│▲⠒⠤⠤⠤⠤⣀⣀⣀⡀") && braille.ends_with("● Create  ▲ Update"), "{braille}");
}

#[test]
fn pies_tell_per_cent() {
    let expected = "\
Sync
Success 1,200  68.6% ███████████████████▉
Failure   100   5.7% █▋
Skipped   450  25.7% ███████▌";
    assert_eq!(drawn(&by_status(), Kind::Pie, Stacking::None, Style::plain(50)), expected);
}

#[test]
fn cards_are_tiles() {
    let card = drawn(&by_status(), Kind::Card, Stacking::None, Style::plain(50));
    assert!(card.contains("│ count_         │") && card.contains("│ 1200           │"), "{card}");
}

#[test]
fn nothing_to_draw_is_said() {
    let empty = answer(&[("t", Type::DateTime), ("n", Type::Long)], &[]);
    for kind in [Kind::Line, Kind::Bar, Kind::Column, Kind::Area, Kind::Scatter, Kind::Pie, Kind::Card] {
        assert_eq!(drawn(&empty, kind, Stacking::None, Style::plain(50)), "Sync\nno rows");
    }
}

#[test]
fn colour_is_on_the_series() {
    let style = Style { colour: true, ..Style::plain(50) };
    let bars = drawn(&by_day(), Kind::Column, Stacking::Stacked, style);
    assert!(bars.contains("\u{1b}[38;5;32m█\u{1b}[0m Create"), "{bars}");
}

fn kinds() -> impl Strategy<Value = (Kind, Stacking)> {
    use Kind::{Area, Bar, Card, Column, Line, Pie, Scatter};
    let kind = proptest::sample::select(vec![Line, Area, Bar, Column, Scatter, Pie, Card]);
    (kind, proptest::sample::select(vec![Stacking::None, Stacking::Stacked, Stacking::Stacked100]))
}

proptest! {
    #[test]
    fn any_numbers_are_drawn_within_the_width(
        rows in proptest::collection::vec((0i64..40, "[a-c]|\\PC{0,3}|\u{1b}", any::<f64>(), -50i64..50), 0..40),
        (kind, stacking) in kinds(), width in 30usize..130, unicode in any::<bool>(), timed in any::<bool>(),
    ) {
        let first = if timed { ("t", Type::DateTime) } else { ("t", Type::Long) };
        let rows: Vec<Vec<Value>> = rows.into_iter().map(|(t, name, real, long)| {
            let x = if timed { hour(t) } else { Value::Long(t) };
            vec![x, s(&name), Value::Real(real), Value::Long(long)]
        }).collect();
        let columns = [first, ("name", Type::String), ("real", Type::Real), ("long", Type::Long)];
        let settings = ChartSettings::new(kind, stacking);
        let chart = chart(&answer(&columns, &rows), &settings).unwrap();
        for line in draw(&chart, &Style { width, colour: false, unicode }, 8) {
            prop_assert!(!line.chars().any(crate::text::acts), "{line:?}");
            prop_assert!(crate::text::width(&line) <= width, "{line:?} {width}");
        }
    }
}
