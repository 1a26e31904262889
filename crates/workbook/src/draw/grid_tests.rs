//! Whole grids: limits, order, labels, groups, trees, clicks.

use super::*;
use crate::draw::sample::{Around, answer, formatter, s};
use crate::model::{
    Aggregation, CellLink, ColumnLabel, Export, Formatter, FormatterKind, LinkTarget, LinkValue,
};
use calypso_library::{Type, Value};
use calypso_view::{Action, Look, Style};
use proptest::prelude::*;

fn drawn(panel: &Panel, answer: &Answer) -> Grid {
    match grid(panel, answer, &Around::default()) {
        Drawing::Grid(grid) => grid,
        other => panic!("{other:?}"),
    }
}

fn with(grid: GridPanel) -> Panel {
    Panel { grid, ..Panel::default() }
}

/// Each row as its depth and texts: `1 a|b`.
fn texts(grid: &Grid) -> Vec<String> {
    let row = |row: &GridRow| {
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        format!("{} {}", row.depth, cells.join("|"))
    };
    grid.rows.iter().map(row).collect()
}

fn labels(grid: &Grid) -> Vec<&str> {
    grid.columns.iter().map(|column| column.label.as_str()).collect()
}

fn changes() -> Answer {
    let row = |action: &str, status: &str, name: &str, count| {
        vec![s(action), s(status), s(name), Value::Long(count)]
    };
    answer(
        &[("Action", Type::String), ("Status", Type::String), ("Name", Type::String), ("Count", Type::Long)],
        &[
            row("Update", "ok", "u1", 4),
            row("Create", "bad", "c1", 1),
            row("Update", "ok", "u2", 6),
            row("Create", "ok", "c2", 2),
            row("", "ok", "e1", 20),
        ],
    )
}

#[test]
fn labels_order_and_hidden_columns() {
    let label = |column: &str, label: Option<&str>| ColumnLabel {
        column: column.into(),
        label: label.map(str::to_owned),
        comment: Some("of {Job}".into()),
    };
    let panel = with(GridPanel {
        labels: vec![
            label("Count", Some("Total {Job}")),
            label("no", None),
            label("Action", None),
            label("Name", None),
        ],
        formatters: vec![
            Formatter { width: Some("12ch".into()), ..formatter("Count", FormatterKind::Bar) },
            formatter("Stat.*", FormatterKind::Hidden),
        ],
        rows: Some(2),
        filter: true,
        ..GridPanel::default()
    });
    let grid = drawn(&panel, &changes());
    assert_eq!(labels(&grid), ["Total j", "Action", "Name"]);
    let first = &grid.columns[0];
    assert_eq!(
        (first.name.as_str(), first.comment.as_str(), first.width, first.right),
        ("Count", "of j", Some(12), true)
    );
    assert_eq!((grid.total, grid.filter), (5, true));
    assert_eq!(texts(&grid), ["0 4|Update|u1", "0 1|Create|c1"]);
    // Bars are measured by all rows, not by those shown.
    assert!(matches!(grid.rows[0].cells[0].look, Look::Bar(share, _) if share == 0.2));
    let hidden =
        with(GridPanel { formatters: vec![formatter(".*", FormatterKind::Hidden)], ..GridPanel::default() });
    assert_eq!(labels(&drawn(&hidden, &changes())), Vec::<&str>::new());
    // Labels of some columns move none of them.
    let some = GridPanel { labels: vec![label("Count", Some("Total"))], ..GridPanel::default() };
    assert_eq!(labels(&drawn(&with(some), &changes())), ["Action", "Status", "Name", "Total"]);
}

#[test]
fn a_workbook_that_a_cell_opens_knows_the_row() {
    let link = CellLink {
        target: LinkTarget::Workbook { template: LinkValue::Text("known".into()), parameters: vec![] },
        column: None,
        label: None,
        beside: true,
    };
    let export = |column: &str, parameter: &str| Export {
        column: Some(column.into()),
        parameter: parameter.into(),
        default: Some("*".into()),
        ..Export::default()
    };
    let panel = Panel {
        exports: vec![export("Action", "ActionInfo"), export("Status", "Status")],
        grid: GridPanel {
            formatters: vec![Formatter { link: Some(link), ..formatter("Count", FormatterKind::Link) }],
            ..GridPanel::default()
        },
        ..Panel::default()
    };
    let grid = drawn(&panel, &changes());
    let given = [("Job", "j"), ("ActionInfo", "Create"), ("Status", "bad")];
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let expected = Action::Workbook { name: "the-known".into(), given };
    assert_eq!(grid.rows[1].cells[3].action.as_ref(), Some(&expected));
}

#[test]
fn the_usual_limit_and_the_greatest() {
    let rows: Vec<Vec<Value>> = (0..10_005).map(|n| vec![Value::Long(n)]).collect();
    let answer = answer(&[("N", Type::Long)], &rows);
    for (rows, shown) in [(None, 250), (Some(0), 250), (Some(1), 1), (Some(99_999), 10_000)] {
        let grid = drawn(&with(GridPanel { rows, ..GridPanel::default() }), &answer);
        assert_eq!((grid.rows.len(), grid.total), (shown, 10_005));
    }
}

#[test]
fn sorted_by_the_grid_else_by_the_panel() {
    let by = |column: &str| vec![Sort { column: column.into(), descending: false }];
    let names = |panel: &Panel| -> Vec<String> {
        drawn(panel, &changes()).rows.iter().map(|row| row.cells[2].text.clone()).collect()
    };
    let panel = Panel { sort: by("Name"), ..Panel::default() };
    assert_eq!(names(&panel), ["c1", "c2", "e1", "u1", "u2"]);
    let grid = GridPanel { sort: by("$gen_bar_Count_3"), ..GridPanel::default() };
    assert_eq!(names(&Panel { grid, ..panel }), ["c1", "c2", "u1", "u2", "e1"]);
}

fn groups(by: &[&str], last: Option<&str>) -> GridPanel {
    let by = by.iter().map(|name| name.to_string()).collect();
    let hierarchy = Hierarchy::Groups { by, last: last.map(str::to_owned), expanded: true };
    GridPanel { hierarchy: Some(hierarchy), ..GridPanel::default() }
}

#[test]
fn groups_within_groups() {
    let grid = drawn(&with(groups(&["Action", "Status", "no"], None)), &changes());
    assert_eq!(labels(&grid), ["Name", "Count"]);
    let expected = [
        "0 Update (2)|",
        "1 ok (2)|",
        "2 u1|4",
        "2 u2|6",
        "0 Create (2)|",
        "1 bad (1)|",
        "2 c1|1",
        "1 ok (1)|",
        "2 c2|2",
        "0 (empty) (1)|",
        "1 ok (1)|",
        "2 e1|20",
    ];
    assert_eq!(texts(&grid), expected);
    let unfolded: Vec<Option<bool>> = grid.rows[..3].iter().map(|row| row.unfolded).collect();
    assert_eq!(unfolded, [Some(true), Some(false), None]);
    let flat = drawn(&with(groups(&["no"], None)), &changes());
    assert_eq!(flat.rows.len(), 5);
}

#[test]
fn groups_with_a_column_of_their_own_and_sums() {
    let sum = |aggregation, kind| Formatter { aggregation: Some(aggregation), ..formatter("Count", kind) };
    let mut settings = groups(&["Action"], Some("Name"));
    settings.formatters = vec![
        sum(Aggregation::Sum, FormatterKind::Bar),
        formatter("Action", FormatterKind::Hidden),
        formatter("Name", FormatterKind::Hidden),
        Formatter {
            aggregation: Some(Aggregation::Inherit),
            link: Some(CellLink { column: None, target: LinkTarget::Row, label: None, beside: false }),
            ..formatter("Status", FormatterKind::Link)
        },
    ];
    settings.sort = vec![Sort { column: "Count".into(), descending: true }];
    let grid = drawn(&with(settings.clone()), &changes());
    assert_eq!(labels(&grid), ["Name", "Status", "Count"]);
    let expected = [
        "0 (empty) (1)|ok|20",
        "1 e1|ok|20",
        "0 Update (2)|ok|10",
        "1 u2|ok|6",
        "1 u1|ok|4",
        "0 Create (2)||3",
        "1 c2|ok|2",
        "1 c1|bad|1",
    ];
    assert_eq!(texts(&grid), expected);
    assert!(matches!(grid.rows[2].cells[2].look, Look::Bar(share, _) if share == 0.5));
    assert!(grid.rows[0].cells[1].action.is_none() && grid.rows[1].cells[1].action.is_some());
    settings.sort = vec![Sort { column: "$gen_group".into(), descending: true }];
    let names: Vec<String> =
        texts(&drawn(&with(settings), &changes())).into_iter().filter(|row| row.starts_with('0')).collect();
    assert_eq!(names, ["0 Update (2)|ok|10", "0 Create (2)||3", "0 (empty) (1)|ok|20"]);
    let numbers = groups(&["Action", "Name"], None);
    let hidden = GridPanel { formatters: vec![formatter("Status", FormatterKind::Hidden)], ..numbers };
    assert_eq!(labels(&drawn(&with(hidden), &changes())), ["Action / Name", "Count"]);
}

#[test]
fn every_group_shows_its_first_rows() {
    let rows = (0..300)
        .map(|n| vec![s(if n < 10 { "small" } else { ["large", "larger"][n % 2] }), Value::Long(n as i64)]);
    let answer = answer(&[("Group", Type::String), ("N", Type::Long)], &rows.collect::<Vec<_>>());
    let shown = |limit| {
        let settings = GridPanel { rows: Some(limit), ..groups(&["Group"], None) };
        let grid = drawn(&with(settings), &answer);
        assert_eq!(grid.total, 300);
        let names: Vec<String> = texts(&grid).into_iter().filter(|row| row.starts_with('0')).collect();
        assert_eq!(names, ["0 small (10)|", "0 large (145)|", "0 larger (145)|"]);
        grid.rows.len() - 3
    };
    assert_eq!((shown(1000), shown(110), shown(1)), (300, 110, 9));
}

fn tree(pairs: &[(&str, &str)]) -> Vec<String> {
    let rows: Vec<Vec<Value>> = pairs.iter().map(|(id, parent)| vec![s(parent), s(id)]).collect();
    let answer = answer(&[("Parent", Type::String), ("Id", Type::String)], &rows);
    let hierarchy = Hierarchy::Parents {
        id: "Id".into(),
        parent: "Parent".into(),
        expander: Some("Id".into()),
        expanded: true,
    };
    let grid = drawn(&with(GridPanel { hierarchy: Some(hierarchy), ..GridPanel::default() }), &answer);
    assert_eq!(labels(&grid), ["Id", "Parent"]);
    let sign = |row: &GridRow| match row.unfolded {
        Some(true) => "-",
        Some(false) => "+",
        None => "",
    };
    grid.rows.iter().map(|row| format!("{}{}{}", row.depth, sign(row), row.cells[0].text)).collect()
}

#[test]
fn parents_orphans_and_circles() {
    assert_eq!(tree(&[("b", "a"), ("a", ""), ("c", "b"), ("d", "a")]), ["0-a", "1+b", "2c", "1d"]);
    assert_eq!(tree(&[("a", "gone"), ("b", "b"), ("c", "")]), ["0a", "0b", "0c"]);
    assert_eq!(tree(&[("a", "c"), ("b", "a"), ("c", "b"), ("d", "c")]), ["0-a", "1+b", "2+c", "3d"]);
    assert_eq!(tree(&[("a", ""), ("a", ""), ("b", "a"), ("", "a")]), ["0-a", "1b", "1", "0a"]);
}

#[test]
fn a_click_tells_others() {
    let export = Export { column: Some("Action".into()), parameter: "Info".into(), ..Export::default() };
    let panel = Panel { exports: vec![export], ..Panel::default() };
    let around = Around { given: Some(vec![("Info".into(), "Create".into())]) };
    let Drawing::Grid(grid) = grid(&panel, &changes(), &around) else { panic!("no grid") };
    let selected: Vec<bool> = grid.rows.iter().map(|row| row.selected).collect();
    assert_eq!(selected, [false, true, false, true, false]);
    let set = Action::Set(vec![("Info".into(), "Update".into())]);
    assert_eq!(grid.rows[0].action, Some(set));
}

#[test]
fn a_second_click_takes_a_drill_down_back() {
    let told = vec![("Info".to_owned(), LinkValue::Column("Action".into()))];
    let panel = with(GridPanel { drill_down: Some(("details".into(), told)), ..GridPanel::default() });
    let around = Around { given: Some(vec![("Info".into(), "Create".into())]) };
    let Drawing::Grid(grid) = grid(&panel, &changes(), &around) else { panic!("no grid") };
    let set = |value: &str| Some(Action::Set(vec![("Info".into(), value.into())]));
    assert_eq!((grid.rows[0].selected, &grid.rows[0].action), (false, &set("Update")));
    assert_eq!((grid.rows[1].selected, &grid.rows[1].action), (true, &set("*")));
}

#[test]
fn large_grids() {
    let text = |n: usize| s(&format!("value {n}"));
    let columns: Vec<(String, Type)> =
        (0..20).map(|n| (format!("C{n}"), if n % 2 == 0 { Type::String } else { Type::Long })).collect();
    let columns: Vec<(&str, Type)> = columns.iter().map(|(name, ty)| (name.as_str(), *ty)).collect();
    let row = |row: usize| {
        (0..20).map(|n| if n % 2 == 0 { text(row * n) } else { Value::Long((row * n) as i64) }).collect()
    };
    let rows: Vec<Vec<Value>> = (0..10_000).map(row).collect();
    let answer = answer(&columns, &rows);
    let settings = GridPanel {
        rows: Some(10_000),
        sort: vec![Sort { column: "C2".into(), descending: true }],
        formatters: vec![formatter("C1", FormatterKind::HeatMap), formatter("C3", FormatterKind::Bar)],
        ..GridPanel::default()
    };
    let grid = drawn(&with(settings), &answer);
    assert_eq!(grid.rows.len(), 10_000);
    let first: Vec<&str> = grid.rows[..2].iter().map(|row| row.cells[2].text.as_str()).collect();
    assert_eq!(first, ["value 9998", "value 9996"]);
}

fn any_value(ty: Type) -> BoxedStrategy<Value> {
    let texts = prop_oneof![
        Just(String::new()),
        ".{0,12}",
        Just("[1,2,null]".to_owned()),
        Just("https://a.b/c".to_owned()),
        Just("/a/b".to_owned()),
        Just("-1e308".to_owned()),
    ];
    let value = match ty {
        Type::Long => any::<i64>().prop_map(Value::Long).boxed(),
        Type::Real => any::<f64>().prop_map(Value::Real).boxed(),
        Type::DateTime => (0..3_155_378_975_999_999_999i64).prop_map(Value::DateTime).boxed(),
        Type::TimeSpan => any::<i64>().prop_map(Value::TimeSpan).boxed(),
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::Dynamic => prop_oneof![
            texts.clone().prop_map(|text| Value::Dynamic(text.into())),
            proptest::collection::vec(any::<f64>(), 0..5).prop_map(|items| Value::Dynamic(items.into())),
        ]
        .boxed(),
        Type::String | Type::Int | Type::Decimal | Type::Guid => texts.prop_map(Value::String).boxed(),
    };
    prop_oneof![8 => value, 1 => Just(Value::absent(ty))].boxed()
}

const KINDS: [FormatterKind; 19] = [
    FormatterKind::Automatic,
    FormatterKind::Text,
    FormatterKind::Right,
    FormatterKind::Bar,
    FormatterKind::BarUnderneath,
    FormatterKind::Hidden,
    FormatterKind::DateTime,
    FormatterKind::Link,
    FormatterKind::HeatMap,
    FormatterKind::SparkArea,
    FormatterKind::SparkBars,
    FormatterKind::Icon,
    FormatterKind::BigNumber,
    FormatterKind::Resource,
    FormatterKind::Thresholds,
    FormatterKind::Timeline,
    FormatterKind::SparkLine,
    FormatterKind::CompositeBar,
    FormatterKind::Text,
];

prop_compose! {
    fn any_formatter()(
        column in prop_oneof![Just("A".to_owned()), Just("B|C".to_owned()), Just(".*".to_owned()), ".{0,6}", Just("$gen_group".to_owned())],
        kind in proptest::sample::select(KINDS.to_vec()),
        palette in proptest::option::of(prop_oneof![Just("greenRed".to_owned()), Just("blue".to_owned()), ".{0,8}"]),
        ends in any::<(Option<f64>, Option<f64>)>(),
        number in proptest::option::of((0u64..50, any::<Option<usize>>(), any::<Option<usize>>(), any::<Option<usize>>(), any::<bool>(), any::<Option<f64>>())),
        test in (".{0,4}", ".{0,4}", ".{0,8}"),
        texts in proptest::option::of((".{0,8}", ".{0,8}", ".{0,6}", ".{0,6}")),
        link in 0..4,
        sum in 0..8usize,
    ) -> Formatter {
        use crate::model::{NumberSettings, Part, Threshold, ThresholdTest, Thresholds};
        let target = [LinkTarget::Url, LinkTarget::Cell, LinkTarget::Row, LinkTarget::Portal("x".into())][link as usize].clone();
        let tests = [ThresholdTest::Matches, ThresholdTest::Greater, ThresholdTest::Contains];
        Formatter {
            column,
            kind,
            palette,
            min: ends.0,
            max: ends.1,
            number: number.map(|(unit, min_digits, max_digits, significant, percent, empty)| NumberSettings {
                unit, min_digits, max_digits, significant, grouping: None, percent, empty,
            }),
            thresholds: Some(Thresholds {
                colours: sum % 2 == 0,
                tests: tests.map(|one| Threshold { test: one, value: test.0.clone(), shows: test.1.clone(), text: test.2.clone() }).to_vec(),
            }),
            parts: vec![Part { column: "B".into(), colour: "red".into() }, Part { column: "C".into(), colour: String::new() }],
            link: (link > 0).then_some(CellLink { column: None, target, label: texts.as_ref().map(|texts| texts.0.clone()), beside: false }),
            tooltip: texts.as_ref().map(|texts| texts.1.clone()),
            width: texts.as_ref().map(|texts| texts.2.clone()),
            date_format: texts.as_ref().map(|texts| texts.3.clone()),
            label: texts.map(|texts| texts.0),
            aggregation: [None, Some(Aggregation::Sum), Some(Aggregation::Average), Some(Aggregation::Min), Some(Aggregation::Max), Some(Aggregation::Unique), Some(Aggregation::Inherit), Some(Aggregation::Count)][sum],
        }
    }
}

fn any_rows() -> impl Strategy<Value = (Vec<Type>, Vec<Vec<Value>>)> {
    let types =
        [Type::String, Type::Long, Type::Real, Type::DateTime, Type::TimeSpan, Type::Bool, Type::Dynamic];
    proptest::collection::vec(proptest::sample::select(types.to_vec()), 3).prop_flat_map(|types| {
        let row: Vec<BoxedStrategy<Value>> = types.iter().map(|ty| any_value(*ty)).collect();
        (Just(types), proptest::collection::vec(row, 0..8))
    })
}

proptest! {
    #[test]
    fn no_grid_panics(
        (types, rows) in any_rows(),
        formatters in proptest::collection::vec(any_formatter(), 0..4),
        shape in 0..6,
        limit in proptest::option::of(0usize..5),
        sort in proptest::sample::select(vec!["A", "B", "$gen_group", "$gen_bar_C_0", "no"]),
        width in 0usize..90,
    ) {
        let columns: Vec<(&str, Type)> = ["A", "B", "C"].into_iter().zip(types).collect();
        let answer = answer(&columns, &rows);
        let hierarchy = match shape {
            0 => groups(&["A"], Some("B")).hierarchy,
            1 => groups(&["A", "B", "C"], None).hierarchy,
            2 => groups(&["A", "A"], Some("A")).hierarchy,
            3 => Some(Hierarchy::Parents { id: "A".into(), parent: "B".into(), expander: Some("C".into()), expanded: false }),
            _ => None,
        };
        let sort = vec![Sort { column: sort.into(), descending: shape % 2 == 0 }];
        let settings = GridPanel { formatters, hierarchy, sort, rows: limit, ..GridPanel::default() };
        let grid = drawn(&with(settings), &answer);
        prop_assert_eq!(grid.total, rows.len());
        if limit.is_none() {
            let leaves = grid.rows.iter().filter(|row| !row.names_group).count();
            prop_assert_eq!(leaves, rows.len());
        }
        for row in &grid.rows {
            prop_assert!(row.cells.len() <= grid.columns.len());
        }
        for style in [Style::plain(width), Style::ascii(width), Style { colour: true, ..Style::plain(width) }] {
            calypso_view::grid(&grid.columns, &grid.rows, &style);
        }
    }
}
