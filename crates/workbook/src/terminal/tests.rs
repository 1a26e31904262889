//! Small pages, line by line.

use super::*;
use crate::model::{LinksStyle, Message, ParameterKind, Size};
use crate::page::{PageLink, PagePanel, Picker};
use calypso_view::drawing::{Card, Grid};
use calypso_view::text::acts;
use calypso_view::{Action, Drawing, GridCell, GridColumn, GridRow};
use proptest::prelude::*;

fn item(width: u8, body: PageBody) -> PageItem {
    PageItem { id: "0".into(), name: String::new(), width, border: false, body }
}

fn page(items: Vec<PageItem>) -> Page {
    let (name, title) = ("test".to_owned(), "Sync\u{1b}[2J".to_owned());
    Page { name, title, now: 0, notices: vec![], alone: false, given: vec![], items }
}

fn panel(title: &str, drawing: Result<Drawing, String>) -> PagePanel {
    PagePanel {
        title: title.into(),
        description: Some("What it tells.".into()),
        size: Size::Medium,
        query: String::new(),
        run: String::new(),
        place: String::new(),
        editable: true,
        drawing,
        answer: None,
        notes: vec![],
        look_closer: None,
        rows_on_page: Some(2),
        from_width: vec![("Wide".into(), 60)],
    }
}

fn picker(label: &str, shown: &str, chosen: &[&str], quiet: bool) -> Picker {
    Picker {
        key: label.into(),
        label: label.into(),
        description: None,
        kind: ParameterKind::default(),
        multiple: true,
        offers_all: true,
        required: false,
        quiet,
        shown: shown.into(),
        chosen: chosen.iter().map(|text| text.to_string()).collect(),
        choices: vec![],
        custom_time: false,
        problem: None,
    }
}

fn rows(depths: &[(usize, &str)]) -> Vec<GridRow> {
    let row = |(depth, text): &(usize, &str)| GridRow {
        depth: *depth,
        cells: vec![GridCell::plain(*text)],
        names_group: text.ends_with(')'),
        unfolded: text.ends_with(')').then_some(true),
        ..GridRow::default()
    };
    depths.iter().map(row).collect()
}

fn table(rows: Vec<GridRow>, total: usize) -> Drawing {
    let column = |name: &str| GridColumn { label: name.into(), name: name.into(), ..GridColumn::default() };
    Drawing::Grid(Grid { columns: vec![column("Name"), column("Wide")], rows, total, ..Grid::default() })
}

fn drawn(items: Vec<PageItem>, cells: usize) -> String {
    page(items).terminal(&Style::plain(cells)).join("\n")
}

#[test]
fn values_chosen_stand_below_the_title() {
    let pickers = vec![
        picker("Date", "Last 48 hours", &["48h"], false),
        picker("Status", "All", &["all"], false),
        picker("Stage", "All", &["all"], true),
        picker("Picked", "x\n", &["x"], true),
        picker("Job", "", &[], false),
    ];
    let expected = "\
Sync␛[2J
Date: Last 48 hours   Status: All
Picked: x⏎   Job: not set";
    assert_eq!(drawn(vec![item(100, PageBody::Pickers(pickers))], 40), expected);
}

#[test]
fn tabs_groups_and_panels_side_by_side() {
    let message = |text: &str| Drawing::Message { text: text.into(), kind: "" };
    let one = |title: &str| item(50, PageBody::Panel(Box::new(panel(title, Ok(message("no rows"))))));
    let tab = |label: &str, items| PageTab {
        label: label.into(),
        selected: true,
        action: Action::Set(vec![]),
        items,
    };
    let group = PageBody::Group { title: "Inner".into(), expanded: None, items: vec![one("C")] };
    let tabs = PageBody::Tabs(vec![
        tab("Summary", Some(vec![one("A"), one("B"), item(100, group)])),
        tab("Details", None),
        tab("Empty", Some(vec![])),
    ]);
    let text = drawn(vec![item(100, tabs)], 100);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let wide = |name: &str| format!("── {name} {}", "─".repeat(96 - name.len()));
    let expected = [
        "Sync␛[2J",
        "",
        &wide("Summary"),
        "A                                                 B",
        "no rows                                           no rows",
        "",
        "─ Inner ─",
        "C",
        "no rows",
        "",
        &wide("Empty"),
        "",
        "not shown: Details",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn grids_are_cut_among_others_and_whole_alone() {
    let three = table(rows(&[(0, "a"), (0, "b"), (0, "c")]), 9);
    let mut page = page(vec![item(100, PageBody::Panel(Box::new(panel("T", Ok(three)))))]);
    let among = page.terminal(&Style::plain(40)).join("\n");
    let expected = "\
Sync␛[2J

T
┌──────┐
│ Name │
├──────┤
│ a    │
│ b    │
└──────┘
9 rows, 2 shown
no room for Wide";
    assert_eq!(among, expected);
    page.alone = true;
    let alone = page.terminal(&Style::plain(80)).join("\n");
    assert!(
        alone.contains("│ c    │      │\n") && alone.ends_with("9 rows, 3 shown\nWhat it tells."),
        "{alone}"
    );
}

#[test]
fn a_heading_that_says_the_title_is_not_repeated() {
    let text =
        |markdown: &str| item(100, PageBody::Text { markdown: markdown.into(), message: Message::Plain });
    let of = |markdown: &str| {
        let page = Page { title: "Sync".into(), ..page(vec![text(markdown), text("end")]) };
        page.terminal(&Style::plain(40)).join("|")
    };
    assert_eq!(of("# Sync\n\nwords"), "Sync||words||end");
    assert_eq!(of("# Sync"), "Sync||end");
    assert_eq!(of("# Other"), "Sync||Other||end");
}

#[test]
fn every_group_shows_its_first_rows() {
    let nested = rows(&[(0, "A (4)"), (1, "1"), (1, "2"), (1, "3"), (1, "4"), (0, "B (1)"), (1, "5")]);
    let text = drawn(vec![item(100, PageBody::Panel(Box::new(panel("", Ok(table(nested, 5))))))], 40);
    assert!(text.contains("│   3   │\n│ B (1) │\n│   5   │"), "{text}");
    assert!(text.contains("5 rows, 4 shown"), "{text}");
}

#[test]
fn what_has_no_meaning_here_is_said() {
    let nothing = PageBody::Placeholder {
        what: "Metrics chart".into(),
        title: "CPU".into(),
        why: "metrics are Azure's and not in the logs".into(),
    };
    let failed = panel("Broken", Err("line 3: no column named x".into()));
    let text = drawn(vec![item(100, nothing), item(100, PageBody::Panel(Box::new(failed)))], 30);
    let expected = "\
Sync␛[2J

┌─────────────────────────┐
│ Metrics chart: CPU      │
│ metrics are Azure's and │
│ not in the logs         │
└─────────────────────────┘

Broken
! line 3: no column named x";
    assert_eq!(text, expected);
}

#[test]
fn messages_links_and_cards() {
    let link = |label: &str, action| PageLink {
        label: label.into(),
        before: "see".into(),
        after: String::new(),
        action,
    };
    let links = vec![
        link("docs", Action::Open("https://example.com".into())),
        link("blade", Action::Portal("a page of Azure".into())),
    ];
    let card = Card { text: "42".into(), label: "users".into(), style: "big" };
    let text = drawn(
        vec![
            item(100, PageBody::Text { markdown: "Take **care**\n\nnow".into(), message: Message::Warning }),
            item(100, PageBody::Links { style: LinksStyle::Bullets, links }),
            item(100, PageBody::Panel(Box::new(panel("", Ok(Drawing::Card(card)))))),
        ],
        40,
    );
    let expected = "\
Sync␛[2J

! Take care

  now

• see docs (https://example.com)
• see blade (only in the portal: a page
  of Azure)

42
users";
    assert_eq!(text, expected);
}

proptest! {
    #[test]
    fn no_page_is_wider_than_asked(
        text in "\\PC{0,40}|[a-z \n\t\u{1b}]{0,40}", cells in 0usize..130, border in any::<bool>(), width in 0u8..=100,
        depths in proptest::collection::vec(0usize..20, 0..6), unicode in any::<bool>(),
    ) {
        let depths: Vec<(usize, &str)> = depths.iter().map(|depth| (*depth, text.as_str())).collect();
        let body = |at: usize| match at {
            0 => PageBody::Text { markdown: text.clone(), message: Message::Error },
            1 => PageBody::Pickers(vec![picker(&text, &text, &[&text], false)]),
            2 => PageBody::Placeholder { what: text.clone(), title: text.clone(), why: text.clone() },
            3 => PageBody::Panel(Box::new(panel(&text, Ok(table(rows(&depths), 9))))),
            4 => PageBody::Panel(Box::new(panel(&text, Err(text.clone())))),
            _ => PageBody::Group {
                title: text.clone(),
                expanded: None,
                items: vec![item(width, PageBody::Panel(Box::new(panel(&text, Ok(table(rows(&depths), 9))))))],
            },
        };
        let items = (0..6).map(|at| PageItem { border, ..item(width, body(at)) }).collect();
        let style = Style { width: cells, colour: false, unicode };
        for line in page(items).terminal(&style) {
            prop_assert!(calypso_view::text::width(&line) <= cells.max(1), "{line:?}");
            prop_assert!(!line.chars().any(acts), "{line:?}");
        }
    }
}
