//! Pages of small workbooks: which value a name has where, what is shown, what runs, and what runs again.

use arrow::record_batch::RecordBatch;
use calypso_engine::{CancelToken, Engine, EngineOptions};
use calypso_library::{Answer, Column, Table, Type, Value};
use calypso_workbook::azure::{self, FolderTemplates};
use calypso_workbook::model::Workbook;
use calypso_workbook::page::{Page, PageBody, PageItem, PagePanel, Picker};
use calypso_workbook::{AnswerCache, Now, PageOptions, Tabs};
use serde_json::{Value as Json, json};
use std::sync::{Arc, OnceLock};

/// Ticks of a day, and the pages' now: 2026-11-01.
const DAY: i64 = 864_000_000_000;
const NOW: i64 = 739_920 * DAY;

/// Four rows: two days and one day before now to the tick, a tick later, and now itself.
fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let engine = Engine::new(EngineOptions::default()).unwrap();
        let times = [NOW - 2 * DAY, NOW - DAY, NOW - DAY + 1, NOW].map(Value::DateTime);
        let names = ["old", "edge", "inside", "newest"].map(|name| Value::String(name.to_owned()));
        let columns = vec![Column::new("TimeGenerated", Type::DateTime), Column::new("Name", Type::String)];
        let arrays = [Value::to_array(Type::DateTime, times), Value::to_array(Type::String, names)];
        let batch = RecordBatch::try_from_iter(["TimeGenerated", "Name"].into_iter().zip(arrays)).unwrap();
        engine.register(Table { name: "Log".into(), columns, batches: vec![batch] });
        engine
    })
}

fn read(items: &[Json]) -> Workbook {
    let text = json!({ "version": "Notebook/1.0", "items": items }).to_string();
    azure::read(&text, "sample", &FolderTemplates::default()).unwrap()
}

fn at(given: &[(&str, &str)]) -> PageOptions {
    let parameters = given.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    PageOptions { parameters, ..PageOptions::at(Now::At(NOW)) }
}

fn page(items: &[Json], given: &[(&str, &str)]) -> Page {
    read(items).page(engine(), &at(given)).unwrap()
}

fn text(name: &str, value: &str) -> Json {
    json!({ "name": name, "type": 1, "value": value })
}

fn parameters(list: &[Json]) -> Json {
    json!({ "type": 9, "name": "parameters", "content": { "version": "KqlParameterItem/1.0", "parameters": list } })
}

fn query(name: &str, text: &str) -> Json {
    json!({ "type": 3, "name": name, "content": { "version": "KqlItem/1.0", "query": text, "queryType": 0, "size": 0, "visualization": "table" } })
}

fn group(name: &str, exports: bool, items: &[Json]) -> Json {
    json!({ "type": 12, "name": name, "content": { "version": "NotebookGroup/1.0", "groupType": "editable", "exportParameters": exports, "items": items } })
}

fn tabs(name: &str, values: &[&str]) -> Json {
    let links: Vec<Json> = values
        .iter()
        .map(|value| json!({ "linkTarget": "parameter", "cellValue": name, "subTarget": value, "linkLabel": value.to_uppercase(), "style": "link" }))
        .collect();
    json!({ "type": 11, "name": "tabs", "content": { "version": "LinkItem/1.0", "style": "tabs", "links": links } })
}

fn when(mut item: Json, parameter: &str, value: &str) -> Json {
    item["conditionalVisibility"] =
        json!({ "parameterName": parameter, "comparison": "isEqualTo", "value": value });
    item
}

fn panel<'p>(page: &'p Page, name: &str) -> &'p PagePanel {
    let panels = page.panels();
    panels.iter().find(|(item, _)| item.name == name).unwrap_or_else(|| panic!("no panel {name}")).1
}

/// The cells of a panel, row by row.
fn cells(page: &Page, name: &str) -> Vec<Vec<String>> {
    let panel = panel(page, name);
    let answer: &Answer = panel.answer.as_ref().unwrap_or_else(|| panic!("{name}: {:?}", panel.drawing));
    let rows = answer.batches.iter().flat_map(|batch| {
        (0..batch.num_rows()).map(|row| {
            let cells = answer.columns.iter().zip(batch.columns());
            cells.map(|(column, array)| Value::from_array(column.ty, array, row).text()).collect()
        })
    });
    rows.collect()
}

/// The first cell of a panel.
fn cell(page: &Page, name: &str) -> String {
    cells(page, name)[0][0].clone()
}

fn names(items: &[PageItem]) -> Vec<&str> {
    items.iter().map(|item| item.name.as_str()).collect()
}

fn pickers(items: &[PageItem]) -> Vec<&Picker> {
    let mut found = Vec::new();
    for item in items {
        match &item.body {
            PageBody::Pickers(pickers) => found.extend(pickers),
            PageBody::Group { items, .. } => found.extend(self::pickers(items)),
            _ => {}
        }
    }
    found
}

fn shadowed() -> Vec<Json> {
    vec![
        parameters(&[text("P", "a")]),
        group("g", false, &[parameters(&[text("P", "b")]), query("inner", "print '{P}'")]),
        query("before", "print '{P}'"),
        parameters(&[text("P", "c")]),
        query("after", "print '{P}'"),
    ]
}

#[test]
fn a_name_declared_again_holds_from_there_on() {
    let shown = |given: &[(&str, &str)]| {
        let page = page(&shadowed(), given);
        let cells = ["inner", "before", "after"].map(|name| cell(&page, name));
        (cells.join(" "), page.given)
    };
    assert_eq!(shown(&[]).0, "b a c");
    assert_eq!(shown(&[("P", "x")]).0, "x x x");
    let (cells, given) = shown(&[("P", "x"), ("P~3", "y")]);
    assert_eq!(cells, "x x y");
    // The same page comes again with what it says was given.
    let given: Vec<_> = given.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(given, [("P~1", "x"), ("P~2", "x"), ("P~3", "y")]);
    assert_eq!(shown(&given).0, "x x y");
    let page = page(&shadowed(), &[]);
    let keys: Vec<_> = pickers(&page.items).iter().map(|picker| picker.key.as_str()).collect();
    assert_eq!(keys, ["P~1", "P~2", "P~3"]);
}

#[test]
fn what_a_group_declares_is_seen_outside_only_if_it_says_so() {
    for (exports, seen) in [(false, "{P}"), (true, "b")] {
        let inner = parameters(&[text("P", "b")]);
        let page = page(&[group("g", exports, &[inner]), query("q", "print '{P}'")], &[]);
        assert_eq!(cell(&page, "q"), seen);
    }
    let mut global = text("P", "b");
    global["isGlobal"] = json!(true);
    let page = page(&[query("q", "print '{P}'"), group("g", false, &[parameters(&[global])])], &[]);
    assert_eq!(cell(&page, "q"), "b");
}

#[test]
fn a_click_on_a_row_sets_what_panels_before_it_see_too() {
    let mut rows = query("rows", "print Name = 'n'");
    rows["content"]["exportFieldName"] = json!("Name");
    rows["content"]["exportParameterName"] = json!("Picked");
    rows["content"]["exportDefaultValue"] = json!("*");
    let items = [
        query("q", "print '{Picked}'"),
        rows.clone(),
        group("g", false, &[query("inner", "print '{Picked}'")]),
    ];
    assert_eq!(cell(&page(&items, &[]), "q"), "*");
    let clicked = page(&items, &[("Picked", "it's")]);
    assert_eq!((cell(&clicked, "q"), cell(&clicked, "inner")), ("it's".into(), "it's".into()));
    let apart = [query("q", "print '{Picked}'"), group("g", false, &[rows])];
    assert_eq!(cell(&page(&apart, &[]), "q"), "{Picked}");
}

#[test]
fn parameters_may_lean_on_later_ones_and_on_each_other() {
    let by_query =
        |name: &str, query: &str| json!({ "name": name, "type": 1, "query": query, "queryType": 0 });
    let items = [
        parameters(&[
            by_query("A", "print strcat('a', '{B}')"),
            by_query("B", "print strcat('b', '{C}')"),
            text("C", "c"),
        ]),
        query("q", "print '{A}'"),
    ];
    assert_eq!(cell(&page(&items, &[]), "q"), "abc");
    let circle = [
        parameters(&[by_query("A", "print strcat('a', '{B}')"), by_query("B", "print strcat('b', '{A}')")]),
        query("q", "print '{A} {B}'"),
    ];
    assert_eq!(cell(&page(&circle, &[]), "q"), "a ba");
    let itself = [parameters(&[by_query("A", "print strcat('a', '{A}')")]), query("q", "print '{A}'")];
    assert_eq!(cell(&page(&itself, &[]), "q"), "a{A}");
}

#[test]
fn tabs_are_made_one_or_all() {
    let items = [
        query("above", "print 1"),
        tabs("Tab", &["one", "two"]),
        when(group("first", false, &[query("a", "print '{Tab}'")]), "Tab", "one"),
        when(query("b", "print '{Tab}'"), "Tab", "two"),
        query("below", "print '{Tab}'"),
    ];
    let workbook = read(&items);
    let made = |options: &PageOptions| {
        let page = workbook.page(engine(), options).unwrap();
        assert_eq!(names(&page.items), ["above", "tabs", "below"]);
        let PageBody::Tabs(tabs) = &page.items[1].body else { panic!("{:?}", page.items[1].body) };
        let on: Vec<_> =
            tabs.iter().map(|tab| tab.items.as_ref().map(|items| names(items).join(","))).collect();
        let selected = tabs.iter().find(|tab| tab.selected).map(|tab| tab.label.clone());
        (on, selected.unwrap(), cell(&page, "below"), page.clone())
    };
    let (first, second) = (Some("first".to_owned()), Some("b".to_owned()));
    let (on, selected, below, _) = made(&at(&[]));
    assert_eq!((on, selected.as_str(), below.as_str()), (vec![first.clone(), None], "ONE", "one"));
    let (on, selected, below, _) = made(&at(&[("Tab", "two")]));
    assert_eq!((on, selected.as_str(), below.as_str()), (vec![None, second.clone()], "TWO", "two"));
    let (on, selected, below, page) = made(&PageOptions { tabs: Tabs::All, ..at(&[]) });
    assert_eq!((on, selected.as_str(), below.as_str()), (vec![first, second.clone()], "ONE", "one"));
    assert_eq!((cell(&page, "a"), cell(&page, "b")), ("one".into(), "two".into()));
    let (on, _, _, page) = made(&PageOptions { tabs: Tabs::All, tab: Some("two".into()), ..at(&[]) });
    assert_eq!((on, page.given), (vec![None, second], vec![("Tab".to_owned(), "two".to_owned())]));
}

#[test]
fn hidden_items_run_nothing() {
    let cache = Arc::new(AnswerCache::default());
    let list =
        json!({ "name": "L", "type": 2, "query": "print 'hidden list'", "queryType": 0, "value": "x" });
    let items = [
        parameters(&[text("Show", "no")]),
        when(query("q", "print 'hidden panel'"), "Show", "yes"),
        when(
            group("g", false, &[query("inner", "print 'hidden group'"), parameters(&[list])]),
            "Show",
            "yes",
        ),
    ];
    let workbook = read(&items);
    let options = PageOptions { cache: Some(Arc::clone(&cache)), ..at(&[]) };
    let page = workbook.page(engine(), &options).unwrap();
    assert_eq!((names(&page.items), cache.answers()), (vec!["parameters"], 0));
    let shown = PageOptions { cache: Some(Arc::clone(&cache)), ..at(&[("Show", "yes")]) };
    let page = workbook.page(engine(), &shown).unwrap();
    assert_eq!((names(&page.items), cache.answers()), (vec!["parameters", "q", "g"], 3));
}

#[test]
fn one_panel_alone_whatever_hides_it() {
    let mut inner = query("query - 7", "print '{P}'");
    inner["content"]["title"] = json!("Rows of it");
    let items = [
        parameters(&[text("P", "p"), text("Other", "o")]),
        when(group("g", false, &[inner]), "P", "never"),
        query("else", "print 1"),
    ];
    for name in ["query - 7", "rows of it"] {
        let options = PageOptions { panel: Some(name.into()), ..at(&[]) };
        let page = read(&items).page(engine(), &options).unwrap();
        assert!(page.alone && page.panels().len() == 1);
        assert_eq!(cell(&page, "query - 7"), "p");
        let keys: Vec<_> = pickers(&page.items).iter().map(|picker| picker.key.as_str()).collect();
        assert_eq!(keys, ["P"]);
    }
    let wrong = PageOptions { panel: Some("rows of at".into()), ..at(&[]) };
    let error = read(&items).page(engine(), &wrong).unwrap_err().to_string();
    assert_eq!(error, "no panel named `rows of at`; did you mean `Rows of it`?");
}

#[test]
fn a_panel_waits_for_what_must_be_chosen() {
    let needed = json!({ "name": "N", "label": "The name", "type": 1, "isRequired": true });
    let list = json!({ "name": "L", "type": 2, "multiSelect": true, "quote": "'", "delimiter": ",", "jsonData": "[\"a\", \"b\"]" });
    let time = json!({ "name": "T", "label": "The time", "type": 4, "isRequired": true });
    let mut bounded = query("bounded", "Log | count");
    bounded["content"]["timeContextFromParameter"] = json!("T");
    let items = [
        parameters(&[needed, list, time]),
        bounded,
        query("needs", "print '{N}'"),
        query("among", "print x = 'a' | where x in ({L})"),
        query("free", "print 1"),
    ];
    let open = page(&items, &[]);
    let why = |page: &Page, name: &str| panel(page, name).drawing.clone().unwrap_err();
    assert_eq!(why(&open, "needs"), "choose a value for The name");
    assert!(why(&open, "among").contains("choose a value for L"), "{}", why(&open, "among"));
    assert_eq!(
        (cell(&open, "free"), why(&open, "bounded").as_str()),
        ("1".into(), "choose a value for The time")
    );
    let chosen = page(&items, &[("The name", "n"), ("L", "a,b")]);
    assert_eq!((cell(&chosen, "needs"), cell(&chosen, "among")), ("n".into(), "a".into()));
}

#[test]
fn time_ranges_bound_rows_without_their_start_and_with_their_end() {
    let range = json!({ "name": "Time", "type": 4, "value": { "durationMs": 86_400_000 }, "typeSettings": { "selectableValues": [{ "durationMs": 86_400_000 }] } });
    let mut bounded = query("bounded", "Log | project Name");
    bounded["content"]["timeContextFromParameter"] = json!("Time");
    let mut fixed = query("fixed", "Log | project Name");
    fixed["content"]["timeContext"] = json!({ "durationMs": 172_800_000 });
    let items = [parameters(&[range]), bounded, fixed, query("open", "Log | project Name")];
    let of = |page: &Page, name: &str| {
        let mut cells: Vec<String> = cells(page, name).into_iter().flatten().collect();
        cells.sort();
        cells.join(" ")
    };
    let day = page(&items, &[]);
    assert_eq!(of(&day, "bounded"), "inside newest");
    assert_eq!(of(&day, "fixed"), "edge inside newest");
    assert_eq!(of(&day, "open"), "edge inside newest old");
    let span = page(&items, &[("Time", "2026-10-29..2026-10-31")]);
    assert_eq!(of(&span, "bounded"), "edge old");
    let picker = &pickers(&day.items)[0];
    assert_eq!(
        (picker.shown.as_str(), picker.chosen.as_slice()),
        ("Last 24 hours", ["24h".to_owned()].as_slice())
    );
    // Without a table named, the page ends with the newest row of the table that is queried.
    let end = read(&items).page(engine(), &PageOptions::at(Now::End)).unwrap();
    assert_eq!(end.now, NOW);
}

/// A merge of the items `left` and `right` by their `id`s.
fn merged(kind: &str, columns: Json) -> Json {
    let merge = json!({
        "version": "Merge/1.0",
        "merges": [{ "id": "m", "mergeType": kind, "leftTable": "left", "rightTable": "right", "leftColumn": "id", "rightColumn": "id" }],
        "projectRename": columns,
    });
    json!({ "type": 3, "name": "merged", "content": { "version": "KqlItem/1.0", "query": merge.to_string(), "queryType": 7, "visualization": "table" } })
}

fn sides() -> [Json; 2] {
    let left = query("left", "datatable(id:long, ['a b']:string)[1, 'x', 1, 'x', 2, 'y']");
    let right = query("right", "datatable(id:string, n:long)['1', 10, '3', 30]");
    // Hidden, and yet needed.
    [when(left, "None", "shown"), when(right, "None", "shown")]
}

#[test]
fn rows_of_panels_are_merged() {
    for (kind, wanted) in [
        ("inner", "1 x 1 10|1 x 1 10"),
        ("innerunique", "1 x 1 10"),
        ("leftouter", "1 x 1 10|1 x 1 10|2 y  null"),
        ("rightouter", "1 x 1 10|1 x 1 10|null  3 30"),
        ("fullouter", "1 x 1 10|1 x 1 10|2 y  null|null  3 30"),
        ("leftsemi", "1 x|1 x"),
        ("leftanti", "2 y"),
        ("rightsemi", "1 10"),
        ("rightanti", "3 30"),
        ("union", "1  10|1 x null|1 x null|2 y null|3  30"),
        ("table", "1 x|1 x|2 y"),
    ] {
        let [left, right] = sides();
        let page = page(&[left, right, merged(kind, json!([]))], &[]);
        let mut rows: Vec<String> = cells(&page, "merged")
            .into_iter()
            .map(|row| row.join(" "))
            .map(|row| row.trim_end().to_owned())
            .collect();
        rows.sort();
        let wanted: Vec<String> =
            wanted.split('|').map(|row| row.replace("null", "").trim_end().to_owned()).collect();
        let mut wanted = wanted;
        wanted.sort();
        assert_eq!(rows, wanted, "{kind}");
        assert_eq!(names(&page.items), ["merged"]);
    }
}

#[test]
fn columns_of_merges_are_renamed_and_computed() {
    let rule = |operator: &str, right: &str, kind: &str, result: &str| json!({ "criteriaContext": { "leftOperand": "n", "operator": operator, "rightValType": "static", "rightVal": right, "resultValType": kind, "resultVal": result } });
    let columns = json!([
        { "originalName": "[right].n", "mergedName": "Number" },
        { "originalName": "[left].a b", "mergedName": "it's" },
        { "originalName": "[left].id" },
        { "originalName": "[Added column]", "mergedName": "Size", "isNewItem": true, "newItemData": [rule(">", "20", "static", "large"), rule("is Empty", "", "static", "none"), rule("Default", "", "static", "small")] },
        { "originalName": "[Added column]", "mergedName": "Half", "isNewItem": true, "newItemData": [rule("Default", "", "expression", "[\"n\"] / 4")] },
    ]);
    let [left, right] = sides();
    let page = page(&[left, right, merged("fullouter", columns)], &[]);
    let answer = panel(&page, "merged").answer.clone().unwrap();
    let named: Vec<_> = answer.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(named, ["Number", "it's", "Size", "Half"]);
    let mut rows: Vec<String> = cells(&page, "merged").into_iter().map(|row| row.join(" ")).collect();
    rows.sort();
    assert_eq!(rows, [" y none ", "10 x small 2.5", "10 x small 2.5", "30  large 7.5"]);
}

#[test]
fn merges_say_why_they_have_no_rows() {
    let [left, _] = sides();
    let lone = page(&[left.clone(), merged("inner", json!([]))], &[]);
    let why = |page: &Page| panel(page, "merged").drawing.clone().unwrap_err();
    assert_eq!(why(&lone), "the merge names `right`, but no item has that name");
    let broken = page(&[left.clone(), query("right", "Log | where None"), merged("inner", json!([]))], &[]);
    assert!(why(&broken).starts_with("`right`, which is merged, has no rows: line 1: "), "{}", why(&broken));
    let mut circle = merged("inner", json!([]));
    circle["name"] = json!("right");
    let circle = page(&[left, circle, merged("inner", json!([]))], &[]);
    assert!(why(&circle).contains("needs its own rows"), "{}", why(&circle));
}

#[test]
fn json_text_becomes_rows() {
    let source = |text: &str, settings: Json| {
        let source = json!({ "version": "1.0.0", "content": text, "transformers": [{ "type": "jsonpath", "settings": settings }] });
        json!({ "type": 3, "name": "json", "content": { "version": "KqlItem/1.0", "query": source.to_string(), "queryType": 8, "visualization": "table" } })
    };
    let settings = json!({ "tablePath": "$.list", "columns": [
        { "path": "$.when", "columnid": "When", "columnType": "datetime" },
        { "path": "$.n", "columnid": "it's", "columnType": "long" },
    ] });
    let text_of = r#"{ "list": [{ "when": "2026-10-01", "n": "7" }, { "n": 8, "name": "{P}" }] }"#;
    let page = page(&[parameters(&[text("P", "p")]), source(text_of, settings)], &[]);
    assert_eq!(cells(&page, "json"), [["2026-10-01T00:00:00.0000000Z", "7"], ["", "8"]]);
    let simple =
        self::page(&[parameters(&[text("P", "p")]), source(r#"[{ "a": "{P}", "b": 1.5 }]"#, json!({}))], &[]);
    assert_eq!(cells(&simple, "json"), [["p", "1.5"]]);
    let broken = self::page(&[source("[", json!({}))], &[]);
    assert!(panel(&broken, "json").drawing.clone().unwrap_err().starts_with("the JSON text cannot be read"));
}

#[test]
fn answers_are_kept_and_a_click_runs_what_it_changes() {
    let list =
        json!({ "name": "L", "type": 2, "query": "Log | distinct Name", "queryType": 0, "value": "old" });
    let items = [
        parameters(&[list, text("P", "p")]),
        query("a", "Log | where Name == '{L}' | count"),
        query("b", "print '{P}'"),
        query("b again", "print '{P}'"),
        query("broken", "Log | where None == 1"),
    ];
    let workbook = read(&items);
    let cache = Arc::new(AnswerCache::default());
    let draw = |given: &[(&str, &str)]| {
        let before = (cache.answers(), cache.found());
        let options = PageOptions { cache: Some(Arc::clone(&cache)), ..at(given) };
        let page = workbook.page(engine(), &options).unwrap();
        (page, cache.answers() - before.0, cache.found() - before.1)
    };
    let (first, run, found) = draw(&[]);
    let newest = usize::from(workbook.table.is_some());
    // Two panels of one query are one run, and what fails is not kept.
    assert_eq!((run, found), (3 + newest, 0));
    assert_eq!((cell(&first, "b"), cell(&first, "b again")), ("p".into(), "p".into()));
    let (again, run, found) = draw(&[]);
    assert_eq!((run, found as usize), (0, 3 + newest));
    assert_eq!(cell(&again, "a"), cell(&first, "a"));
    let (other, run, _) = draw(&[("P", "q")]);
    assert_eq!((run, cell(&other, "b")), (1, "q".into()));
    cache.set_generation(1);
    assert_eq!((cache.answers(), draw(&[]).1), (0, 3 + newest));
}

#[test]
fn a_query_can_be_changed_for_one_page() {
    let items = [parameters(&[text("P", "p")]), query("a", "print 1"), query("b", "print 2")];
    let workbook = read(&items);
    let id = workbook.items[1].id.clone();
    let page = |text: &str| {
        let options = PageOptions { edited: Some((id.clone(), text.to_owned())), ..at(&[]) };
        workbook.page(engine(), &options).unwrap()
    };
    let edited = page("print '{P}!'");
    assert_eq!((cell(&edited, "a"), cell(&edited, "b")), ("p!".into(), "2".into()));
    let shown = panel(&edited, "a");
    assert_eq!(
        (shown.query.as_str(), shown.run.as_str(), shown.editable),
        ("print '{P}!'", "print 'p!'", true)
    );
    let why = panel(&page("print 1\n| where x"), "a").drawing.clone().unwrap_err();
    assert!(why.starts_with("line 2: "), "{why}");
}

#[test]
fn what_is_cancelled_is_told_and_not_kept() {
    let cancel = CancelToken::default();
    cancel.cancel();
    let cache = Arc::new(AnswerCache::default());
    let options = PageOptions { cancel, cache: Some(Arc::clone(&cache)), ..at(&[]) };
    let page = read(&[query("a", "print 1")]).page(engine(), &options).unwrap();
    assert_eq!(panel(&page, "a").drawing.clone().unwrap_err(), "the query was cancelled");
    assert_eq!(cache.answers(), 0);
}

#[test]
fn a_workbook_changes_no_table_and_reads_no_file() {
    let items = [
        query("drop", ".drop table Log"),
        query("file", "externaldata(x:string)['/etc/hostname']"),
        query("rows", "Log | count"),
    ];
    for _ in 0..2 {
        let page = page(&items, &[]);
        assert_eq!(cell(&page, "rows"), "4");
        assert!(panel(&page, "file").drawing.is_err());
    }
    assert_eq!(engine().tables().len(), 1);
}

#[test]
fn hostile_values_are_values() {
    let strange =
        ["O'Neil", "' or 1 == 1 //", "\\", "\"); Log //", "') | take 1 //", "{P}", "a\nb", "[\"x\"]"];
    let list = json!({ "name": "L", "type": 2, "multiSelect": true, "quote": "'", "delimiter": ",", "jsonData": "[\"a\"]" });
    let items = [
        parameters(&[text("P", "p"), list]),
        query("one", "Log | where Name == '{P}' | count"),
        query("many", "Log | where Name in ({L}) | count"),
        query("said", "print '{P}'"),
        json!({ "type": 1, "name": "text", "content": { "json": "Hello {P}" } }),
    ];
    for value in strange {
        let page = page(&items, &[("P", value), ("L", value), ("L", "b")]);
        for name in ["one", "many"] {
            assert_eq!(cell(&page, name), "0", "{name}: {value}");
        }
        assert_eq!(cell(&page, "said"), value);
    }
}

#[test]
fn lists_and_rules_give_values() {
    let rules = json!({ "name": "Word", "type": 1, "criteriaData": [
        { "criteriaContext": { "leftOperand": "Day", "operator": "==", "rightValType": "static", "rightVal": "old", "resultValType": "static", "resultVal": "was" } },
        { "criteriaContext": { "operator": "Default", "rightValType": "param", "resultValType": "static", "resultVal": "is" } },
    ] });
    let listed = json!({ "name": "Day", "type": 2, "query": "Log | sort by TimeGenerated asc | project Name, strcat('the ', Name), Name == 'edge', 'all of them'", "queryType": 0 });
    let items = [parameters(&[listed, rules]), query("q", "print '{Word} {Day:label}'")];
    let first = page(&items, &[]);
    assert_eq!(cell(&first, "q"), "is the edge");
    let picker = pickers(&first.items)[0];
    assert_eq!((picker.choices.len(), picker.choices[1].group.as_str()), (4, "all of them"));
    assert_eq!(cell(&page(&items, &[("Day", "old")]), "q"), "was the old");
    let unknown = page(&items, &[("Day", "soon")]);
    assert_eq!(
        unknown.notices,
        ["no row of the chosen range has the Day `soon`; there are old, edge, inside, newest"]
    );
}
