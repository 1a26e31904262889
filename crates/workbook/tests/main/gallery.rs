//! Workbooks that nobody wrote for these tests: made by chance, or public ones with changes by chance. Each is read,
//! answered and drawn at several widths and as HTML; everything its file has is on the page, or hidden by a condition,
//! or told of with the reason.

use crate::synthetic::{self, Dice};
use calypso_engine::{Engine, EngineOptions};
use calypso_library::{Column, Table, Type, Value};
use calypso_logs::generator::{self, AttrBag, Options, Profile};
use calypso_view::{HtmlMode, Style};
use calypso_workbook::azure::{self, FolderTemplates};
use calypso_workbook::model::{Content, Item, Workbook};
use calypso_workbook::page::{Page, PageBody, PageItem};
use calypso_workbook::{AnswerCache, Now, PageOptions, Tabs};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

const HOUR: i64 = 36_000_000_000;

struct Small {
    engine: Engine,
    cache: Arc<AnswerCache>,
    now: i64,
}

/// A few rows of events, an empty table of the same columns, and the provisioning logs' tables without rows.
fn small() -> &'static Small {
    static SMALL: OnceLock<Small> = OnceLock::new();
    SMALL.get_or_init(|| {
        let engine = Engine::new(EngineOptions::default()).unwrap();
        let options =
            Options { attr_bag: Some(AttrBag::Lean), days: Some(1), ..Options::new(Profile::Small) };
        let now = options.now;
        engine.register(events("Events", 24, now));
        engine.register(events("Empty", 0, now));
        for table in generator::tables(&options) {
            engine.register(Table {
                batches: table.batches.iter().map(|batch| batch.slice(0, 0)).collect(),
                ..table
            });
        }
        Small { engine, cache: Arc::default(), now }
    })
}

fn events(name: &str, rows: i64, now: i64) -> Table {
    let names = ["a", "b <script>", "it's \"q\"", "", "日本\u{202e}"];
    let columns: [(&str, Type, Vec<Value>); 5] = [
        (
            "TimeGenerated",
            Type::DateTime,
            (0..rows).map(|row| Value::DateTime(now - row * 3 * HOUR)).collect(),
        ),
        ("Name", Type::String, (0..rows).map(|row| Value::String(names[row as usize % 5].into())).collect()),
        (
            "Kind",
            Type::String,
            (0..rows).map(|row| Value::String(["low", "high", "_"][row as usize % 3].into())).collect(),
        ),
        ("Amount", Type::Long, (0..rows).map(|row| Value::Long(row * row * 7 - 20)).collect()),
        ("Rate", Type::Real, (0..rows).map(|row| Value::Real(1.0 / (row - 4) as f64)).collect()),
    ];
    let arrays = columns.iter().map(|(name, ty, values)| (*name, Value::to_array(*ty, values.clone()), true));
    let batch = arrow::record_batch::RecordBatch::try_from_iter_with_nullable(arrays).unwrap();
    let columns = columns.iter().map(|(name, ty, _)| Column::new(*name, *ty)).collect();
    Table { name: name.to_owned(), columns, batches: vec![batch] }
}

fn read(json: &Json, name: &str) -> Result<Workbook, String> {
    azure::read(&json.to_string(), name, &FolderTemplates::default()).map_err(|error| error.message)
}

fn page(workbook: &Workbook, tabs: Tabs, cached: bool) -> Page {
    let small = small();
    let cache = cached.then(|| Arc::clone(&small.cache));
    let options = PageOptions { tabs, cache, ..PageOptions::at(Now::At(small.now)) };
    workbook
        .page(&small.engine, &options)
        .unwrap_or_else(|error| panic!("{}: {}", workbook.name, error.message))
}

/// Draws the page in every way, and looks at what must hold for any page.
fn drawn(page: &Page) -> (Vec<String>, String) {
    let name = &page.name;
    for width in [40, 200] {
        for line in page.terminal(&Style::plain(width)) {
            assert!(calypso_view::text::width(&line) <= width, "{name}: wider than {width}: {line:?}");
            assert!(!line.chars().any(char::is_control), "{name}: {line:?}");
        }
    }
    let file = page.html(&HtmlMode::File);
    let live = page.html(&HtmlMode::Live);
    for (mode, html) in [("file", &file), ("live", &live)] {
        for tag in ["div", "section", "table", "details", "svg", "figure", "select", "fieldset"] {
            let opened = [">", " ", "\n"]
                .iter()
                .map(|end| html.matches(&format!("<{tag}{end}")).count())
                .sum::<usize>();
            assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{name}: <{tag}> in the {mode}");
        }
    }
    assert!(
        !file.contains("<script") && !live.contains("style=\"") && !live.contains("b <script>"),
        "{name}"
    );
    let mut on_page = BTreeMap::new();
    gather(&page.items, &mut on_page);
    for (id, item) in &on_page {
        // Words that only say the title are said once, above the page.
        let only_title =
            matches!(&item.body, PageBody::Text { markdown, .. } if markdown.contains(&page.title));
        let in_file = file.contains(&format!("id=\"item-{}\"", id.replace('.', "-")));
        assert!(in_file || only_title, "{name}: {} is not in the file", item.name);
        match &item.body {
            PageBody::Placeholder { what, why, .. } => {
                assert!(!what.is_empty() && !why.is_empty(), "{name}: {id}")
            }
            PageBody::Panel(panel) => {
                assert!(panel.drawing.as_ref().err().is_none_or(|why| !why.trim().is_empty()), "{name}: {id}")
            }
            _ => {}
        }
    }
    (page.terminal(&Style::plain(100)), live)
}

fn gather<'a>(items: &'a [PageItem], found: &mut BTreeMap<&'a str, &'a PageItem>) {
    for item in items {
        found.insert(&item.id, item);
        match &item.body {
            PageBody::Group { items, .. } => gather(items, found),
            PageBody::Tabs(tabs) => {
                tabs.iter().filter_map(|tab| tab.items.as_ref()).for_each(|items| gather(items, found))
            }
            _ => {}
        }
    }
}

/// Calls a check with each item of a workbook that must be on the page as far as no condition hides it.
fn each<'a>(items: &'a [Item], conditions: bool, check: &mut impl FnMut(&'a Item, bool)) {
    for item in items {
        let conditions = conditions || !item.conditions.is_empty();
        match &item.content {
            Content::Parameters(list)
                if list.parameters.iter().all(|one| one.hidden || !one.conditions.is_empty()) => {}
            Content::Group(group) => {
                check(item, conditions);
                each(&group.items, conditions, check);
            }
            _ => check(item, conditions),
        }
    }
}

/// How many items the file has, those in groups too.
fn items_of(json: &Json) -> usize {
    let items = match &json["items"] {
        Json::String(text) => serde_json::from_str(text).unwrap(),
        other => other.clone(),
    };
    items.as_array().into_iter().flatten().map(|item| 1 + items_of(&item["content"])).sum()
}

#[test]
fn workbooks_made_by_chance_are_whole_on_the_page() {
    for seed in 0..200 {
        let json = synthetic::workbook(seed);
        let workbook = read(&json, &format!("made {seed}")).unwrap();
        let made = page(&workbook, Tabs::All, true);
        let drawing = drawn(&made);
        let again = page(&workbook, Tabs::All, seed % 16 != 0);
        assert_eq!((again.terminal(&Style::plain(100)), again.html(&HtmlMode::Live)), drawing, "{seed}");
        page(&workbook, Tabs::Selected, true).html(&HtmlMode::Live);
        let mut on_page = BTreeMap::new();
        gather(&made.items, &mut on_page);
        let (mut hidden, mut count) = (Vec::new(), 0);
        each(&workbook.items, false, &mut |item, _| {
            let inside_hidden = hidden.iter().any(|group: &String| item.id.starts_with(group));
            if item.name.ends_with("hidden") || inside_hidden {
                hidden.push(format!("{}.", item.id));
                assert!(!on_page.contains_key(item.id.as_str()), "{seed}: {} is on the page", item.name);
            } else if !item.name.is_empty() {
                let found = on_page.get(item.id.as_str());
                let found = found.unwrap_or_else(|| panic!("{seed}: {} is not on the page", item.name));
                count += 1;
                as_named(found, &format!("made {seed}"));
            }
        });
        let mut all = 0;
        every(&workbook.items, &mut all);
        assert!(count > 0 && all >= items_of(&json), "{seed}");
    }
}

fn every(items: &[Item], count: &mut usize) {
    for item in items {
        *count += 1;
        if let Content::Group(group) = &item.content {
            every(&group.items, count);
        }
    }
}

/// What became of an item is what its name says.
fn as_named(item: &PageItem, place: &str) {
    let place = format!("{place}: {}", item.name);
    match &item.body {
        PageBody::Panel(panel) if item.name.starts_with("answers") => {
            assert!(panel.drawing.is_ok(), "{place}: {:?}: {}", panel.drawing.as_ref().err(), panel.run);
        }
        PageBody::Panel(panel) if item.name.starts_with("no table") => {
            let why = panel.drawing.as_ref().unwrap_err();
            assert!(
                why.contains("does not refer to any known table (the tables here are "),
                "{place}: {why}"
            );
        }
        body => {
            let elsewhere = item.name.starts_with("elsewhere") || item.name.starts_with("metric");
            assert_eq!(elsewhere, elsewhere && matches!(body, PageBody::Placeholder { .. }), "{place}");
        }
    }
}

#[test]
fn public_workbooks_with_changes_are_read_and_drawn() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/workbooks");
    if !folder.is_dir() {
        println!("skipped: the public workbooks are not at hand");
        return;
    }
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|end| end == "workbook"));
    for (at, path) in paths.iter().enumerate() {
        let text = std::fs::read_to_string(path).unwrap();
        let whole: Json = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        for seed in 0..6 {
            let mut json = whole.clone();
            let mut dice = Dice(1000 * at as u64 + seed);
            for _ in 0..seed * 3 {
                change(&mut json, &mut dice);
            }
            let name = format!("{} changed {seed}", path.file_stem().unwrap().to_string_lossy());
            match read(&json, &name) {
                Ok(workbook) => whole_on_page(&workbook),
                Err(why) => assert!(why.contains(": "), "{name}: {why}"),
            }
        }
    }
}

fn whole_on_page(workbook: &Workbook) {
    let made = page(workbook, Tabs::All, true);
    let drawing = drawn(&made);
    assert_eq!(drawn(&page(workbook, Tabs::All, true)), drawing, "{}", workbook.name);
    let mut on_page = BTreeMap::new();
    gather(&made.items, &mut on_page);
    each(&workbook.items, false, &mut |item, conditions| {
        let known = conditions || on_page.contains_key(item.id.as_str());
        assert!(known, "{}: {} {} is not on the page", workbook.name, item.id, item.name);
    });
}

/// One change at a place by chance: another value, none, twice, or another kind of item or drawing.
fn change(json: &mut Json, dice: &mut Dice) {
    let others =
        [json!(null), json!(7), json!("x"), json!(true), json!([]), json!({}), json!("{P}"), json!(-1.5)];
    match json {
        Json::Array(items) if !items.is_empty() => {
            let at = dice.below(items.len());
            match dice.below(12) {
                0 => drop(items.remove(at)),
                1 => items.push(items[at].clone()),
                2 => items.reverse(),
                3 => items.insert(at, Json::Null),
                _ => change(&mut items[at], dice),
            }
        }
        Json::Object(fields) if !fields.is_empty() => {
            let at = dice.below(fields.len());
            let key = fields.keys().nth(at).unwrap().clone();
            let value = fields.get_mut(&key).unwrap();
            match (key.as_str(), dice.below(10)) {
                ("type" | "formatter" | "queryType" | "size", _) => *value = dice.below(25).into(),
                ("visualization", _) => {
                    *value = (*dice.of(&["tiles", "graph", "stat", "card", "map", "piechart", "odd"])).into()
                }
                ("name" | "parameterName" | "timeContextFromParameter", _) => {
                    *value = (*dice.of(&["TimeRange", "Gone", "selTab", "", "JobId"])).into()
                }
                ("version" | "items" | "content", 0) | (_, 1) if key != "items" => drop(fields.remove(&key)),
                (_, 2) if key != "items" => *value = others[dice.below(others.len())].clone(),
                _ => change(value, dice),
            }
        }
        other => *other = others[dice.below(others.len())].clone(),
    }
}

#[test]
fn a_clause_by_rules_has_its_values_as_values() {
    let rule = |json: Json| json!({"criteriaContext": json});
    let json = json!({"items": [
        {"type": 9, "content": {"parameters": [
            {"name": "Names", "type": 2, "multiSelect": true, "quote": "'", "delimiter": ",", "query": "Events | distinct Name",
                "value": ["value::all"], "typeSettings": {"additionalResourceOptions": ["value::all"]}},
            {"name": "Span", "type": 4, "value": {"durationMs": 86_400_000_000_i64}},
            {"name": "InTime", "type": 1, "criteriaData": [rule(json!({"operator": "Default", "resultVal": "where TimeGenerated {Span}"}))]},
            {"name": "Clause", "type": 1, "isHiddenWhenLocked": true, "criteriaData": [
                rule(json!({"leftOperand": "Names", "operator": "isNotNull", "resultValType": "static", "resultVal": "| where Name in ({Names})"})),
                rule(json!({"operator": "Default", "resultValType": "static", "resultVal": "| where true"})),
            ]},
        ]}},
        {"type": 3, "content": {"query": "Events | {InTime}\r\n{Clause}\r\n| count"}, "name": "count"},
    ]});
    let workbook = read(&json, "clauses").unwrap();
    let small = small();
    for (given, rows) in [(vec![], 24), (vec!["it's \"q\""], 5), (vec!["a", "') or true or Name in ('"], 5)] {
        let parameters = given.iter().map(|value| ("Names".to_owned(), (*value).to_owned())).collect();
        let options = PageOptions { parameters, ..PageOptions::at(Now::At(small.now)) };
        let made = workbook.page(&small.engine, &options).unwrap_or_else(|error| panic!("{}", error.message));
        let (_, panel) = made.panels()[0];
        let answer =
            panel.answer.as_ref().unwrap_or_else(|| panic!("{given:?}: {:?}: {}", panel.drawing, panel.run));
        assert_eq!(crate::logs::rows(answer), [[Value::Long(rows)]], "{given:?}: {}", panel.run);
    }
}

#[test]
fn a_panel_without_its_tables_says_so() {
    let list = |name: &str, settings: Json| {
        json!({"name": name, "type": 2, "isRequired": true, "multiSelect": true, "quote": "'", "delimiter": ",",
            "query": "SigninLogs | distinct AppDisplayName", "value": ["value::all"], "typeSettings": settings})
    };
    let all = json!({"additionalResourceOptions": ["value::all"]});
    let panel = |query: &str| json!({"type": 3, "content": {"query": query}, "name": query});
    let json = json!({"items": [
        {"type": 9, "content": {"parameters": [list("Apps", all)]}},
        panel("SigninLogs | where AppDisplayName in ({Apps})"),
        panel("SigninLogs | count"),
        panel("Events | count"),
        {"type": 10, "content": {"title": "CPU"}, "name": "cpu"},
        {"type": 3, "content": {"queryType": 7, "query": "{\"merges\":[{\"mergeType\":\"table\",\"leftTable\":\"cpu\"}]}"}},
    ]});
    let made = page(&read(&json, "no tables").unwrap(), Tabs::All, true);
    let reasons: Vec<_> =
        made.panels().iter().map(|(_, panel)| panel.drawing.as_ref().err().cloned()).collect();
    let unknown = "line 1: the name `SigninLogs` does not refer to any known table (the tables here are ";
    let first = reasons[0].as_ref().unwrap();
    assert!(first.starts_with(&format!("there are no values of Apps to choose from: {unknown}")), "{first}");
    assert!(reasons[1].as_ref().unwrap().starts_with(unknown), "{reasons:?}");
    assert_eq!(reasons[2], None);
    let merged = "`cpu`, which is merged, has no rows: metrics of Azure resources are not in the logs";
    assert_eq!(reasons[3].as_deref(), Some(merged));
    assert!(made.notices.iter().all(|notice| !notice.contains("line 1")), "{:?}", made.notices);
}
