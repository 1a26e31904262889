//! The markup of each kind of drawing.

use super::*;
use crate::drawing::{Action, ChartDrawing, Grid, Tiles};
use crate::grid::{GridCell, GridColumn, GridRow, Look};
use crate::icon::Icon;
use crate::style::Colour;
use crate::tiles::Tile;

fn place(mode: HtmlMode) -> Place<'static> {
    Place { mode, id: "x", name: "Errors", size: (600, 300) }
}

fn set() -> Action {
    Action::Set(vec![("P".into(), "v".into())])
}

fn sample() -> Grid {
    let column = |label: &str, right| GridColumn { label: label.into(), right, ..GridColumn::default() };
    let cells = |name: &str, n: f64, look| {
        vec![GridCell::plain(name), GridCell { number: Some(n), ..GridCell::of(n.to_string(), look) }]
    };
    Grid {
        columns: vec![column("Action", false), GridColumn { width: Some(12), ..column("n", true) }],
        rows: vec![
            GridRow {
                cells: cells("Create", 3.0, Look::Heat(1.0, Colour::Blue)),
                unfolded: Some(false),
                ..GridRow::default()
            },
            GridRow {
                depth: 1,
                cells: cells("<b>", 2.5, Look::Bar(0.5, Colour::Red)),
                action: Some(set()),
                selected: true,
                ..GridRow::default()
            },
            GridRow { cells: vec![GridCell::plain("Delete")], ..GridRow::default() },
        ],
        total: 1234,
        filter: true,
        notes: vec!["shown as rows: <why>".into()],
    }
}

#[test]
fn a_live_grid() {
    let html = drawing_html(&Drawing::Grid(sample()), &place(HtmlMode::Live));
    for part in [
        "<input type=\"search\" class=\"filter\"",
        "<p class=\"note\">shown as rows: &lt;why&gt;</p><p class=\"note\">3 of 1,234 rows are shown</p>",
        "<table class=\"grid\" role=\"treegrid\"><colgroup><col><col class=\"ch-15\"></colgroup>",
        "<th scope=\"col\" data-column=\"1\" class=\"right\"><button type=\"button\" class=\"sort\">n</button></th>",
        "<tr class=\"group\" data-depth=\"0\" aria-expanded=\"false\" aria-level=\"1\"><td>\
         <button type=\"button\" class=\"fold\" aria-expanded=\"false\" aria-label=\"Rows of Create\"></button>Create</td>\
         <td class=\"right heat heat-100 c-blue light-white dark-black\" data-number=\"3\">3</td></tr>",
        "<tr class=\"selected click\" data-depth=\"1\" aria-current=\"true\" tabindex=\"0\" \
         data-set=\"[[&quot;P&quot;,&quot;v&quot;]]\" hidden><td><span class=\"indent\"></span>&lt;b&gt;</td>\
         <td class=\"right\" data-number=\"2.5\"><span class=\"bar-cell\"><span class=\"value\">2.5</span><svg",
        "<tr data-depth=\"0\"><td>Delete</td><td class=\"right\"></td></tr>",
    ] {
        assert!(html.contains(part), "{part}\nin\n{html}");
    }
}

#[test]
fn a_grid_of_a_file() {
    let html = drawing_html(&Drawing::Grid(sample()), &place(HtmlMode::File));
    for gone in ["data-set", " hidden", "<button", "filter", "treegrid"] {
        assert!(!html.contains(gone), "{gone} in {html}");
    }
    assert!(html.contains(
        "<td><input type=\"checkbox\" class=\"fold\" id=\"x-fold-1\" aria-label=\"Rows of Create\">Create</td>"
    ));
    assert!(html.contains("</tbody><tbody><tr data-depth=\"0\"><td>Delete</td>"), "{html}");
}

#[test]
fn details_that_cells_share_stand_once_at_the_row() {
    let details = |text: &str| Some(Action::Details(vec![("Id".into(), text.into())]));
    let cell = |action| GridCell { action, ..GridCell::plain("x") };
    let drawn = |actions: Vec<Option<Action>>, mode| {
        let columns = vec![GridColumn::default(); actions.len()];
        let rows = vec![GridRow { cells: actions.into_iter().map(cell).collect(), ..GridRow::default() }];
        drawing_html(&Drawing::Grid(Grid { columns, rows, total: 1, ..Grid::default() }), &place(mode))
    };
    let shared = [details("a<"), None, details("a<"), details("b")];
    let html = drawn(shared.to_vec(), HtmlMode::Live);
    assert!(
        html.contains("<tr data-depth=\"0\" data-row=\"[[&quot;Id&quot;,&quot;a\\u003c&quot;]]\">"),
        "{html}"
    );
    assert_eq!(html.matches("data-details=\"\"").count(), 2, "{html}");
    assert_eq!(html.matches("a\\u003c").count(), 1, "{html}");
    assert!(html.contains("data-details=\"[[&quot;Id&quot;,&quot;b&quot;]]\""), "{html}");
    let alone = drawn(vec![details("a"), details("b")], HtmlMode::Live);
    assert!(!alone.contains("data-row") && !alone.contains("data-details=\"\""), "{alone}");
    let file = drawn(shared.to_vec(), HtmlMode::File);
    assert!(!file.contains("data-row") && !file.contains("data-details"), "{file}");
}

#[test]
fn long_texts_take_lines() {
    let drawn = |letters: usize| {
        let rows = vec![GridRow { cells: vec![GridCell::plain("x".repeat(letters))], ..GridRow::default() }];
        let columns = vec![GridColumn::default()];
        drawing_html(
            &Drawing::Grid(Grid { columns, rows, total: 1, ..Grid::default() }),
            &place(HtmlMode::File),
        )
    };
    assert!(drawn(40).contains("<td>x"));
    assert!(drawn(41).contains("<td class=\"long\"><div class=\"lines\">x"));
    assert!(drawn(401).contains("<td class=\"long wide\"><div class=\"tall\" tabindex=\"0\">x"));
}

#[test]
fn tiles_are_buttons_where_they_do_something() {
    let tile = |action| Tile {
        icon: Icon::from_name("success"),
        spark: vec![Some(1.0), Some(2.0)],
        bottom: Some(GridCell { action: Some(set()), ..GridCell::plain("more") }),
        action,
        ..Tile::new("user", "1,234")
    };
    let drawn = |action, mode| {
        let tiles = Tiles { tiles: vec![tile(action)], total: 1, border: true, ..Tiles::default() };
        drawing_html(&Drawing::Tiles(tiles), &place(mode))
    };
    let live = drawn(Some(set()), HtmlMode::Live);
    assert!(live.starts_with("<ul class=\"tiles border\" aria-label=\"Errors\"><li><button type=\"button\" class=\"tile\" aria-pressed=\"false\" data-set="), "{live}");
    assert_eq!(live.matches("<button").count(), 1);
    let inner = drawn(None, HtmlMode::Live);
    assert!(
        inner.contains("<div class=\"tile\"><span class=\"tile-title\"><svg class=\"icon c-green\""),
        "{inner}"
    );
    assert!(inner.contains("<span class=\"tile-main\"><span class=\"big\">1,234</span></span>"), "{inner}");
    assert_eq!(inner.matches("<button").count(), 1);
    let file = drawn(Some(set()), HtmlMode::File);
    assert!(
        !file.contains("<button")
            && file.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"spark\"")
    );
    let open = drawn(Some(Action::Open("https://example.org/".into())), HtmlMode::File);
    assert!(open.contains("<a class=\"tile\" href=\"https://example.org/\" rel="), "{open}");
}

#[test]
fn charts_carry_their_numbers_in_the_live_page() {
    use crate::chart::{ChartSettings, Kind, Stacking, chart};
    use crate::sample::{answer, hour, s};
    use calypso_library::{Type, Value};
    let rows = [vec![hour(0), s("</script>"), Value::Long(4)], vec![hour(24), s("b"), Value::Long(2)]];
    let answer = answer(&[("Day", Type::DateTime), ("k", Type::String), ("n", Type::Long)], &rows);
    let settings = ChartSettings {
        threshold: Some(3.0),
        points: true,
        ..ChartSettings::new(Kind::Line, Stacking::None)
    };
    let chart = chart(&answer, &settings).unwrap();
    let drawing = ChartDrawing { chart, metrics: vec![("Sum".into(), "6".into())] };
    let drawing = Drawing::Chart(Box::new(drawing));
    let file = drawing_html(&drawing, &place(HtmlMode::File));
    assert!(file.starts_with(
        "<dl class=\"metrics\"><div><dt>Sum</dt><dd>6</dd></div></dl><figure class=\"chart\"><svg"
    ));
    assert!(!file.contains("<script"));
    let live = drawing_html(&drawing, &place(HtmlMode::Live));
    let (_, numbers) = live.split_once("class=\"chart-data\">").unwrap();
    let (numbers, rest) = numbers.split_once("</script>").unwrap();
    assert_eq!(rest, "</figure>");
    let numbers: serde_json::Value = serde_json::from_str(numbers).unwrap();
    assert_eq!(numbers["kind"], "line");
    assert_eq!(numbers["x"]["type"], "time");
    assert_eq!(numbers["x"]["values"], serde_json::json!([1_577_836_800_000.0, 1_577_923_200_000.0]));
    assert_eq!(numbers["series"][0]["name"], "</script>");
    assert_eq!(numbers["series"][0]["values"], serde_json::json!([4.0, null]));
    assert_eq!(numbers["threshold"], 3.0);
    assert_eq!(numbers["y"]["marks"][0][1], "0");
}

#[test]
fn words() {
    let message = Drawing::Message { text: "No <rows>.".into(), kind: "info" };
    let html = drawing_html(&message, &place(HtmlMode::File));
    assert!(
        html.starts_with("<p class=\"message info\"><svg class=\"icon c-blue\"")
            && html.ends_with("> No &lt;rows&gt;.</p>")
    );
    let card = Drawing::Card(Card { text: "42".into(), label: "users".into(), style: "big" });
    assert_eq!(
        drawing_html(&card, &place(HtmlMode::File)),
        "<div class=\"card\"><p class=\"card-big\">42</p><p class=\"card-label\">users</p></div>"
    );
}
