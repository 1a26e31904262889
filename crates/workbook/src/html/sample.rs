//! A page of every kind of item for tests: each text of it is `words` with a number, so that hostile words reach every
//! place.

use crate::model::{Choice, LinksStyle, Message, ParameterKind, Size};
use crate::page::{Page, PageBody, PageItem, PageLink, PagePanel, PageTab, Picker};
use calypso_view::chart::{Card as ChartCard, Kind, Pie, Plot, Series, Slice, Stacking, X};
use calypso_view::drawing::{Card, Grid, Tiles};
use calypso_view::style::Colour;
use calypso_view::{
    Action, Chart, ChartDrawing, Drawing, GridCell, GridColumn, GridRow, Icon, Look, NumberFormat, Tile,
};

/// 2026-11-01 00:00 in ticks.
const NOW: i64 = 639_290_880_000_000_000;

/// The page.
pub fn page(words: &dyn Fn(&str) -> String) -> Page {
    let item =
        |id: &str, width, body| PageItem { id: id.into(), name: words("name"), width, border: false, body };
    let text = |words: &str, message| PageBody::Text { markdown: words.into(), message };
    let message = words("Something to know.");
    let tab = |label: &str, selected, items| PageTab {
        label: words(label),
        selected,
        action: Action::Set(vec![(words("selTab"), words(label))]),
        items: Some(items),
    };
    let summary = vec![
        item("4.1", 100, panel(words, "Synced objects", tiles(words), Size::Full)),
        item(
            "4.2",
            50,
            panel(words, "Actions per day", chart(words, plot(words, Kind::Column)), Size::Medium),
        ),
        item("4.3", 50, panel(words, "Share by status", chart(words, pie(words)), Size::Medium)),
        item("4.4", 100, panel(words, "Sync count by status", grid(words), Size::Full)),
    ];
    let details = vec![
        item("5.1", 60, panel(words, "Trend", chart(words, plot(words, Kind::Line)), Size::Small)),
        item("5.2", 40, panel(words, "One value", card(words, "big"), Size::Small)),
        item("5.3", 50, panel(words, "Words", card(words, "markdown"), Size::Small)),
        item("5.4", 50, panel(words, "Raw", card(words, "editor"), Size::Small)),
        item("5.5", 100, panel(words, "Values", chart(words, values(words)), Size::Tiny)),
    ];
    let group = PageBody::Group {
        title: words("More"),
        expanded: Some(true),
        items: vec![
            item("6.1", 100, links(words, LinksStyle::Toolbar)),
            item("6.2", 50, links(words, LinksStyle::Bullets)),
            item("6.3", 50, links(words, LinksStyle::Paragraph)),
            item("6.4", 50, placeholder(words)),
            item("6.5", 50, failed(words)),
        ],
    };
    Page {
        name: words("sample"),
        title: words("Cloud sync insights"),
        now: NOW,
        notices: vec![words("The newest row is 3 days old.")],
        alone: false,
        given: vec![(words("Status"), words("all"))],
        items: vec![
            item(
                "1",
                100,
                text(&words("Shows **what** was synced, and [more](https://example.org)."), Message::Plain),
            ),
            item("2", 50, text(&message, Message::Info)),
            item("2.1", 50, text(&message, Message::Warning)),
            item("3", 100, PageBody::Pickers(pickers(words))),
            item(
                "4",
                100,
                PageBody::Tabs(vec![tab("Summary", true, summary), tab("Details", false, details)]),
            ),
            item("6", 100, group),
        ],
    }
}

fn panel(words: &dyn Fn(&str) -> String, title: &str, drawing: Drawing, size: Size) -> PageBody {
    PageBody::Panel(Box::new(PagePanel {
        title: words(title),
        description: None,
        size,
        query: words("AADProvisioningLogs\n| where ResultType in ({Status})\n| summarize count() by Action"),
        run: words("AADProvisioningLogs\n| where ResultType in ('Failure')\n| summarize count() by Action"),
        place: words("queries/actions.kql"),
        editable: true,
        drawing: Ok(drawing),
        answer: None,
        notes: vec![words("This panel is not narrowed by Sync Type.")],
        look_closer: None,
        rows_on_page: None,
        from_width: Vec::new(),
    }))
}

fn failed(words: &dyn Fn(&str) -> String) -> PageBody {
    let body = panel(words, "Failed", card(words, "big"), Size::Small);
    let PageBody::Panel(mut panel) = body else { return body };
    panel.drawing = Err(words("KS142: no table named X"));
    panel.description = Some(words("What it tells"));
    panel.editable = false;
    PageBody::Panel(panel)
}

fn placeholder(words: &dyn Fn(&str) -> String) -> PageBody {
    PageBody::Placeholder {
        what: words("Metrics chart"),
        title: words("Processor"),
        why: words("Metrics are not in the logs"),
    }
}

fn links(words: &dyn Fn(&str) -> String, style: LinksStyle) -> PageBody {
    let link = |label: &str, action| PageLink {
        label: words(label),
        before: words("see"),
        after: words("too"),
        action,
    };
    let links = vec![
        link("Portal", Action::Portal(words("Azure resource"))),
        link("Address", Action::Open(format!("https://example.org/{}", words("x")))),
        link("Bad address", Action::Open(words("javascript:alert(1)"))),
        link("Jump", Action::Jump(words("4.2"))),
        link("Workbook", Action::Workbook { name: words("other"), given: vec![(words("A"), words("b"))] }),
        link("Details", Action::Details(vec![(words("Name"), words("Text"))])),
    ];
    PageBody::Links { style, links }
}

fn tiles(words: &dyn Fn(&str) -> String) -> Drawing {
    let tile = |title: &str, icon: &str, big: &str, colour| Tile {
        icon: Icon::from_name(icon),
        spark: [3.0, 5.0, 2.0, 8.0, 4.0, 9.0, 12.0].map(Some).to_vec(),
        colour,
        subtitle: words("objects"),
        hint: words("hint"),
        right: Some(GridCell::of(words("+4%"), Look::Ink(Colour::Green))),
        bottom: Some(GridCell {
            action: Some(Action::Set(vec![(words("P"), words(title))])),
            ..GridCell::plain(words("more"))
        }),
        action: (title != "group").then(|| Action::Set(vec![(words("PStatus"), words(title))])),
        selected: title == "user",
        ..Tile::new(words(title), words(big))
    };
    let tiles = vec![
        tile("user", "success", "1,234", Colour::Blue),
        tile("group", "2", "56", Colour::Orange),
        tile("contact", "3", "7", Colour::Green),
        tile("device", "4", "12.5K", Colour::BlueDark),
    ];
    Drawing::Tiles(Tiles { tiles, total: 9, border: true, ..Tiles::default() })
}

fn card(words: &dyn Fn(&str) -> String, style: &'static str) -> Drawing {
    Drawing::Card(Card { text: words("**42** users"), label: words("label"), style })
}

fn chart(words: &dyn Fn(&str) -> String, chart: Chart) -> Drawing {
    Drawing::Chart(Box::new(ChartDrawing {
        chart,
        metrics: vec![(words("Create"), words("42")), (words("Update"), words("1.2K"))],
    }))
}

fn plot(words: &dyn Fn(&str) -> String, kind: Kind) -> Chart {
    let day = |n: i64| X::Time(NOW - (7 - n) * 864_000_000_000);
    let series = |name: &str, colour, values: [f64; 7]| Series {
        name: words(name),
        colour,
        values: values.map(Some).to_vec(),
    };
    Chart::Plot(Plot {
        kind,
        stacking: Stacking::None,
        title: words(""),
        x_title: words("Day"),
        y_title: words("Events"),
        y_range: (None, None),
        y_format: NumberFormat::default(),
        legend: true,
        threshold: Some(3.0),
        points: true,
        xs: (0..7).map(day).collect(),
        series: vec![
            series("Create", Colour::Orange, [3.0, 5.0, 2.0, 8.0, 4.0, 9.0, 12.0]),
            series("Update", Colour::BlueDark, [13.0, 15.0, 12.0, 18.0, 14.0, 9.0, 2.0]),
            series("Delete", Colour::Blue, [1.0, 0.0, 2.0, 0.0, 0.0, 1.0, 2.0]),
        ],
        notes: vec![words("a note")],
    })
}

fn pie(words: &dyn Fn(&str) -> String) -> Chart {
    let slice =
        |name: &str, colour, share: f64| Slice { name: words(name), colour, value: share * 100.0, share };
    Chart::Pie(Pie {
        title: words(""),
        legend: true,
        format: NumberFormat::default(),
        slices: vec![
            slice("Success", Colour::Green, 0.7),
            slice("Failure", Colour::RedBright, 0.2),
            slice("Skipped", Colour::Yellow, 0.1),
        ],
        notes: Vec::new(),
    })
}

fn values(words: &dyn Fn(&str) -> String) -> Chart {
    Chart::Card(ChartCard { title: words("Values"), entries: vec![(words("Total"), words("1,234"))] })
}

fn grid(words: &dyn Fn(&str) -> String) -> Drawing {
    let column = |label: &str, right, width| GridColumn {
        label: words(label),
        right,
        name: words(label),
        comment: words(""),
        width,
    };
    let columns = vec![
        column("Action", false, Some(20)),
        column("Status", false, None),
        column("Total", true, None),
        column("Failure", true, None),
        column("Parts", false, None),
        column("Heat", true, None),
        column("Shade", true, None),
        column("Trend", false, None),
        column("Id", false, None),
    ];
    let leaf = |depth, name: &str, share: f64, icon: &str| {
        let number = |look| GridCell {
            number: Some(share * 100.0),
            ..GridCell::of(words(&format!("{:.0}", share * 100.0)), look)
        };
        let spark = vec![Some(0.0), Some(share), None, Some(0.3)];
        GridRow {
            depth,
            cells: vec![
                GridCell { hint: words("hint"), ..GridCell::plain(words(name)) },
                GridCell::of(words(icon), Icon::from_name(icon).map_or(Look::On(Colour::Orange), Look::Sign)),
                number(Look::Bar(share, Colour::Blue)),
                number(Look::BarBelow(share, Colour::Red)),
                number(Look::Parts(vec![(share / 2.0, Colour::Green), (share / 3.0, Colour::RedBright)])),
                number(Look::Heat(share, Colour::BlueDark)),
                number(Look::Shade(share, ((share * 255.0) as u8, 200, 90))),
                GridCell::of(
                    words(""),
                    if depth == 1 {
                        Look::SparkBars(spark, Colour::Purple)
                    } else {
                        Look::Spark(spark, Colour::Blue)
                    },
                ),
                GridCell {
                    action: Some(Action::Details(vec![(words("Id"), words("77aa-{}"))])),
                    ..GridCell::of(words("77aa"), Look::Link)
                },
            ],
            action: Some(Action::Set(vec![(words("ActionInfo"), words(name))])),
            selected: name == "Update",
            ..GridRow::default()
        }
    };
    let group = |name: &str, unfolded| GridRow {
        names_group: true,
        unfolded: Some(unfolded),
        action: None,
        ..leaf(0, name, 0.9, "success")
    };
    let rows = vec![
        group("Users", true),
        leaf(1, "Create", 1.0, "success"),
        leaf(1, "Update", 0.62, "2"),
        leaf(1, "Delete", 0.08, "failed"),
        group("Groups", false),
        leaf(1, "Other", 0.33, "4"),
        leaf(0, "Alone", 0.5, "odd"),
    ];
    Drawing::Grid(Grid { columns, rows, total: 1234, filter: true, ..Grid::default() })
}

fn pickers(words: &dyn Fn(&str) -> String) -> Vec<Picker> {
    let choice = |value: &str, label: &str, group: &str| Choice {
        value: words(value),
        label: words(label),
        group: words(group),
        ..Choice::default()
    };
    let picker = |key: &str, kind, shown: &str, chosen: &[&str]| Picker {
        key: words(key),
        label: words(key),
        description: Some(words("What it is for")),
        kind,
        multiple: false,
        offers_all: true,
        required: false,
        quiet: false,
        shown: words(shown),
        chosen: chosen.iter().map(|value| words(value)).collect(),
        choices: vec![
            choice("Success", "Success", ""),
            choice("Failure", "", "bad"),
            choice("Skipped", "Skipped", "bad"),
        ],
        custom_time: false,
        problem: None,
    };
    let durations = vec![choice("24h", "Last 24 hours", ""), choice("48h", "Last 48 hours", "")];
    vec![
        Picker {
            choices: durations,
            custom_time: true,
            ..picker("Date Time", ParameterKind::TimeRange, "Last 48 hours", &["48h"])
        },
        Picker {
            multiple: true,
            ..picker("Status", ParameterKind::DropDown, "Failure, Skipped", &["Failure", "Skipped"])
        },
        picker("Action", ParameterKind::DropDown, "All", &["all"]),
        picker("Stage", ParameterKind::Options, "Success", &["Success"]),
        Picker {
            problem: Some(words("At least three letters")),
            required: true,
            ..picker("Name", ParameterKind::Text, "ab", &["ab"])
        },
        picker("Workspace", ParameterKind::Resource(words("workspace")), "These logs", &["logs"]),
        Picker { quiet: true, ..picker("Picked", ParameterKind::MultiValue, "", &[]) },
    ]
}
