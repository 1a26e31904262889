//! What a reader sees and does, in a real browser over generated logs.

use crate::browser::Browser;
use crate::logs::{HURT, Site};
use serde_json::json;
use std::io::Write;

/// A site with a browser on its first page; none where no browser is installed.
fn opened() -> Option<(Site, Browser)> {
    let browser = Browser::start()?;
    let site = Site::start();
    browser.go(&site.running.url);
    browser.settled();
    Some((site, browser))
}

/// Nothing broke, nothing was forbidden, nothing was asked of anybody else, and no harm was done.
fn ended_well(site: &Site, browser: &Browser) {
    assert_eq!(browser.troubles(), Vec::<String>::new());
    assert!(browser.value("window.hurt").is_null(), "a text of the logs ran as a script");
    let ours = |address: &String| {
        [site.root().as_str(), "data:", "blob:", "about:"].iter().any(|start| address.starts_with(start))
    };
    let others: Vec<_> = browser.addresses().into_iter().filter(|address| !ours(address)).collect();
    assert!(others.is_empty(), "{others:?}");
}

fn address(browser: &Browser) -> String {
    browser.value("location.pathname + location.search").as_str().unwrap().to_owned()
}

/// The numbers on the tiles, or of a column of the grid of an item.
fn cells(browser: &Browser, item: &str, column: usize) -> Vec<String> {
    let cells = browser.value(&format!(
        "[...document.querySelectorAll('#{item} table.grid tbody tr:not([hidden])')].map((row) => row.cells[{column}].innerText.trim())"
    ));
    cells.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

const TILES: &str = "#item-4-1 .tile";
const ACTIONS: &str = "item-4-2";

#[test]
fn tabs_parameters_and_the_way_back() {
    let Some((site, browser)) = opened() else { return };
    assert_eq!(address(&browser), "/w/sync");
    assert_eq!(browser.text("h1"), "Sync rows");
    let all = browser.value(&format!("document.querySelectorAll('{TILES}').length"));
    browser.click_words("[role=tab]", "Rows");
    browser.until("document.querySelector('#item-5-1 table.grid') !== null");
    assert_eq!(address(&browser), "/w/sync?tab=rows");
    assert_eq!(browser.value("document.activeElement.textContent"), "Rows", "the focus stays");
    browser.press("ArrowRight");
    browser.press("Enter");
    browser.until("document.querySelector('#item-4-1 .tile') !== null");
    browser.value("history.back()");
    browser.until("document.querySelector('#item-5-1') !== null");
    browser.value("history.back()");
    browser.until("document.querySelector('#item-4-1') !== null");
    assert_eq!(address(&browser), "/w/sync");

    browser.choose("[data-key=TimeRange] select", "1h");
    assert_eq!(address(&browser), "/w/sync?TimeRange=1h");
    assert!(
        browser.text(".made").contains("2026-11-01 01:00 to 2026-11-01 02:00"),
        "{}",
        browser.text(".made")
    );
    browser.choose("[data-key=TimeRange] select", "custom");
    for (class, time) in [("from", "2026-10-30T00:00"), ("to", "2026-10-31T12:00")] {
        browser.value(&format!("document.querySelector('[data-key=TimeRange] .{class}').value = '{time}'"));
    }
    browser.click_on("[data-key=TimeRange] .apply");
    browser.until("location.search.includes('2026-10-30T00%3A00..2026-10-31T12%3A00')");
    browser.settled();
    assert!(
        browser.text(".made").contains("2026-10-30 00:00 – 2026-10-31 12:00"),
        "{}",
        browser.text(".made")
    );

    browser.choose("[data-key=TimeRange] select", "7d");
    browser.choose("[data-key=Action] select", "Create");
    assert_eq!(address(&browser), "/w/sync?TimeRange=7d&Action=Create");
    browser.choose("[data-key=Action] select", "all");
    assert_eq!(browser.value(&format!("document.querySelectorAll('{TILES}').length")), all);

    browser.click_on("[data-key=Word] input");
    browser.value("document.activeElement.select()");
    browser.write("other");
    browser.press("Enter");
    browser.until("document.querySelector('#item-1').innerText.includes('The word is other.')");
    ended_well(&site, &browser);
}

#[test]
fn several_values_are_searched_and_chosen() {
    let Some((site, browser)) = opened() else { return };
    browser.click_on("[data-key=Status] summary");
    browser.until("document.activeElement.matches('.search')");
    browser.write("fail");
    let seen =
        "[...document.querySelectorAll('[data-key=Status] .choice')].filter((one) => !one.hidden).length";
    assert_eq!(browser.value(seen), 1);
    browser.press("Enter");
    browser.until("location.search === '?Status=Failure'");
    browser.settled();
    assert_eq!(browser.value(&format!("document.querySelectorAll('{TILES}').length")), 1);
    assert_eq!(browser.text("[data-key=Status] summary"), "Failure");

    browser.click_on("[data-key=Status] summary");
    browser.click("document.querySelector('[data-key=Status] input[value=Skipped]')");
    browser.click_on("[data-key=Status] .apply");
    browser.until("location.search === '?Status=Failure&Status=Skipped'");
    browser.settled();
    browser.click_on("[data-key=Status] summary");
    browser.click("document.querySelector('[data-key=Status] input[value=all]')");
    assert_eq!(
        browser.value("document.querySelector('[data-key=Status] input[value=Failure]').checked"),
        false
    );
    browser.press("Escape");
    assert_eq!(browser.value("location.search"), "?Status=Failure&Status=Skipped", "Escape changes nothing");
    browser.click_on("[data-key=Status] summary");
    browser.click("document.querySelector('[data-key=Status] input[value=all]')");
    browser.click_on("h1");
    browser.until("location.search === '?Status=all'");
    ended_well(&site, &browser);
}

#[test]
fn a_click_narrows_and_a_link_leads_to_another_workbook() {
    let Some((site, browser)) = opened() else { return };
    let all = cells(&browser, ACTIONS, 0).len();
    let failure = format!(
        "[...document.querySelectorAll('{TILES}')].find((one) => one.innerText.startsWith('Failure'))"
    );
    browser.click(&failure);
    browser.until("location.search.includes('Failure')");
    browser.settled();
    assert!(cells(&browser, ACTIONS, 0).len() < all);
    assert_eq!(browser.value(&format!("({failure}).getAttribute('aria-pressed')")), "true");
    browser.value("history.back()");
    browser.until("!location.search.includes('Failure')");
    browser.settled();

    browser.click_words(&format!("#{ACTIONS} .act"), "Create");
    browser.until("location.pathname === '/w/people'");
    browser.until("document.querySelector('#back a') !== null");
    assert!(address(&browser).contains("Chosen=Create"), "{}", address(&browser));
    assert_eq!(cells(&browser, "item-3", 0)[0], "Create", "{}", browser.text("main"));
    assert_eq!(browser.text("#back a"), "← Sync rows");
    browser.click_on("#back a");
    browser.until("location.pathname === '/w/sync' && document.querySelector('#item-4-2') !== null");
    ended_well(&site, &browser);
}

#[test]
fn grids_are_sorted_searched_and_folded() {
    let Some((site, browser)) = opened() else { return };
    let served = cells(&browser, ACTIONS, 1);
    let number = |text: &String| text.replace(',', "").parse::<f64>().unwrap();
    let head = format!("#{ACTIONS} th[data-column=\"1\"] .sort");
    browser.click_on(&head);
    let rising: Vec<f64> = cells(&browser, ACTIONS, 1).iter().map(number).collect();
    assert!(rising.len() > 3 && rising.is_sorted(), "{rising:?}");
    browser.click_on(&head);
    let falling: Vec<f64> = cells(&browser, ACTIONS, 1).iter().map(number).collect();
    assert!(falling.iter().rev().is_sorted(), "{falling:?}");
    assert_eq!(
        browser.value(&format!("document.querySelector('#{ACTIONS} th[aria-sort]').ariaSort")),
        "descending"
    );
    browser.click_on(&head);
    assert_eq!(cells(&browser, ACTIONS, 1), served, "the third click brings the server's order back");

    browser.click_on(&format!("#{ACTIONS} .filter"));
    browser.write("upd");
    assert_eq!(cells(&browser, ACTIONS, 0), ["Update"]);
    browser.choose("[data-key=Action] select", "Update");
    assert_eq!(cells(&browser, ACTIONS, 0), ["Update"], "the search stays when rows are sent anew");

    browser.click_words("[role=tab]", "Rows");
    browser.until("document.querySelector('#item-5-1 tr.group') !== null");
    let groups = cells(&browser, "item-5-1", 0).len();
    browser.click_on("#item-5-1 tr.group .fold");
    assert!(cells(&browser, "item-5-1", 0).len() > groups);
    browser.click_on("#item-5-1 tr.group .fold");
    assert_eq!(cells(&browser, "item-5-1", 0).len(), groups);
    ended_well(&site, &browser);
}

#[test]
fn a_query_is_changed_in_place() {
    let Some((site, browser)) = opened() else { return };
    let field = format!("#{ACTIONS} [data-query]");
    let served = cells(&browser, ACTIONS, 0);
    let changed = |text: &str| {
        browser.value(&format!("document.querySelector('{field}').value = {}", json!(text)));
        browser.click_on(&format!("#{ACTIONS} [data-run]"));
        browser.settled();
    };
    browser.click_on(&format!("#{ACTIONS} details.query summary"));
    changed("print Mine = 6 * 7");
    assert_eq!(cells(&browser, ACTIONS, 0), ["42"]);
    assert!(browser.value(&format!("document.querySelector('#{ACTIONS} details.query').open")) == true);
    changed("AADProvisioningLogs\n| where NoSuchColumn == 1");
    let problem = browser.text(&format!("#{ACTIONS} .problem"));
    assert!(problem.contains("line 2") && problem.contains("NoSuchColumn"), "{problem}");
    assert!(
        browser
            .value(&format!("document.querySelector('{field}').value"))
            .as_str()
            .unwrap()
            .contains("NoSuch")
    );
    browser.click_on(&format!("#{ACTIONS} [data-reset]"));
    browser.settled();
    assert_eq!(cells(&browser, ACTIONS, 0), served);
    ended_well(&site, &browser);
}

#[test]
fn rows_are_saved_as_csv() {
    let Some((site, browser)) = opened() else { return };
    let saved = tempfile::tempdir().unwrap();
    let allow = json!({"behavior": "allow", "downloadPath": saved.path().display().to_string()});
    browser.call("Page.setDownloadBehavior", allow);
    browser.click_words(&format!("#{ACTIONS} .tool"), "CSV");
    let file = saved.path().join("sync-actions.csv");
    crate::sample::until("the file is saved", || std::fs::metadata(&file).is_ok_and(|file| file.len() > 0));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("Action,Rows,Least\n") && text.contains("\nCreate,"), "{text}");
    ended_well(&site, &browser);
}

#[test]
fn charts_answer_the_pointer_in_light_and_dark() {
    let Some((site, browser)) = opened() else { return };
    browser.until("document.querySelectorAll('figure.chart.live canvas').length === 2");
    let option = |path: &str| {
        browser.value(&format!(
            "echarts.getInstanceByDom(document.querySelector('#item-4-3 .canvas')).getOption().{path}"
        ))
    };
    assert!(option("series.length").as_u64().unwrap() >= 4);
    assert_eq!(option("series[0].type"), "line");
    assert_eq!(option("tooltip[0].renderMode"), "richText");
    assert!(option("dataZoom.length").as_u64().unwrap() >= 1);
    let light = option("textStyle.color");
    let pixels = "(() => { const one = document.querySelector('#item-4-3 canvas'); return one.toDataURL().length; })()";
    assert!(browser.value(pixels).as_u64().unwrap() > 5_000, "something is drawn");
    let place = browser.value(
        "(() => { const one = document.querySelector('#item-4-3 .canvas'); one.scrollIntoView({block: 'center'}); \
         const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()",
    );
    let before = browser.value("document.querySelector('#item-4-3 canvas').toDataURL()");
    browser.call("Input.dispatchMouseEvent", json!({"type": "mouseMoved", "x": place[0], "y": place[1]}));
    browser.until(&format!("document.querySelector('#item-4-3 canvas').toDataURL() !== {before}"));
    browser.call(
        "Emulation.setEmulatedMedia",
        json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]}),
    );
    browser.until(&format!(
        "echarts.getInstanceByDom(document.querySelector('#item-4-3 .canvas')).getOption().textStyle.color !== {light}"
    ));
    let ground = browser.value("getComputedStyle(document.body).backgroundColor");
    assert_ne!(ground, "rgb(255, 255, 255)");
    ended_well(&site, &browser);
}

#[test]
fn hostile_texts_stay_texts() {
    let Some((site, browser)) = opened() else { return };
    assert!(cells(&browser, ACTIONS, 0).contains(&HURT.to_owned()), "{:?}", cells(&browser, ACTIONS, 0));
    let own = "[...document.querySelectorAll('[data-key=Action] option')].find((one) => one.label.includes('hurt')).value";
    let own = browser.value(own);
    browser.choose("[data-key=Action] select", own.as_str().unwrap());
    browser.click_on("[data-key=Word] input");
    browser.value("document.activeElement.select()");
    browser.write(HURT);
    browser.press("Enter");
    browser.until("document.querySelector('#item-1').innerText.includes('window.hurt=2')");
    browser.settled();
    // The same page from its address alone.
    let again = browser.value("location.href");
    browser.go(again.as_str().unwrap());
    browser.settled();
    assert!(browser.text("#item-1").contains("window.hurt=1"));
    browser.click_words("[role=tab]", "Rows");
    browser.until("document.querySelector('#item-5-1 .fold') !== null");
    browser.settled();
    while browser.value("document.querySelector('#item-5-1 .fold[aria-expanded=false]') !== null") == true {
        browser.click_on("#item-5-1 .fold[aria-expanded=false]");
    }
    browser.click_words("#item-5-1 .act", HURT);
    browser.until("!document.getElementById('drawer').hidden");
    assert!(browser.text("#drawer").contains(HURT), "{}", browser.text("#drawer"));
    browser.press("Escape");
    assert_eq!(browser.value("document.getElementById('drawer').hidden"), true);
    for harm in ["img[src=x]", "main script:not([type])", "[onerror]", "[style*=expression]"] {
        assert_eq!(browser.value(&format!("document.querySelectorAll('{harm}').length")), 0, "{harm}");
    }
    ended_well(&site, &browser);
}

#[test]
fn changed_files_are_shown_and_broken_ones_told() {
    let Some((site, browser)) = opened() else { return };
    let rows = "[...document.querySelectorAll('#item-4-1 .tile .big')].map((one) => Number(one.innerText.replace(',', ''))).reduce((a, b) => a + b, 0)";
    let before = browser.value(rows).as_f64().unwrap();
    assert!(before > 100.0);
    let path = site.folder.path().join("other.json");
    let line = std::fs::read_to_string(&path).unwrap();
    let second = line.replace("00000000aaaa", "00000000bbbb");
    std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(second.as_bytes()).unwrap();
    browser.until(&format!("{rows} === {}", before + 1.0));
    std::fs::write(&path, &line[..line.len() / 2]).unwrap();
    browser.until("document.getElementById('read').innerText.includes('cannot be read')");
    assert_eq!(browser.value(rows).as_f64().unwrap(), before + 1.0, "what was read before is kept");
    std::fs::write(&path, &line).unwrap();
    browser.until("!document.getElementById('read').innerText.includes('cannot be read')");
    browser.until(&format!("{rows} === {before}"));
    browser.click_on("#refresh");
    browser.until("!document.getElementById('refresh').disabled");
    browser.settled();
    ended_well(&site, &browser);
    drop(site);
    browser.until("document.getElementById('banner').innerText.includes('has been stopped')");
}

#[test]
fn alerts_are_told_above_the_page_and_each_has_a_page() {
    let Some((site, browser)) = opened() else { return };
    let told = "document.querySelector('#alerts[data-kind] .words')";
    browser.until(&format!("{told} !== null && !{told}.innerText.startsWith('Looking')"));
    let words = browser.text("#alerts .words");
    assert!(words.contains("active: ") && words.contains("window.hurt=1"), "{words}");
    assert_eq!(browser.value("document.getElementById('alerts').open"), false);
    browser.click_on("#alerts summary");
    browser.until("document.querySelector('#alerts #item-alerts-2 table.grid') !== null");
    let all = cells(&browser, "item-alerts-2", 1).len();
    // The lists are sorted as every grid's.
    browser.click_on("#alerts th[data-column=\"3\"] .sort");
    let series = cells(&browser, "item-alerts-2", 3);
    assert!(series.len() > 3 && series.contains(&HURT.to_owned()), "{series:?}");
    // Another time asks for them anew, and keeps them unfolded.
    browser.choose("[data-key=TimeRange] select", "1h");
    browser.until("document.querySelector('#alerts p a').search === '?TimeRange=1h'");
    browser.until(&format!("{told}.innerText !== {}", json!(words)));
    browser.until(&format!("document.querySelectorAll('#item-alerts-2 tbody tr').length === {all}"));
    assert_eq!(browser.value("document.getElementById('alerts').open"), true);
    browser.click_on("#alerts p a");
    browser.began("location.pathname === '/alerts' && document.querySelector('#item-2 table.grid') !== null");
    browser.choose("[data-key=TimeRange] select", "48h");
    browser.until("location.search === '?TimeRange=48h'");
    browser.click_on("#item-2 table.grid a");
    browser
        .began("location.pathname.startsWith('/alerts/mine/') && document.querySelector('#page') !== null");
    assert_eq!(browser.text("h1"), HURT);
    browser.until("document.querySelector('#item-3 .canvas canvas') !== null");
    let query = browser.value("document.querySelector('#item-4 [data-query]').value");
    assert!(query.as_str().unwrap().contains("| where Action == "), "{query}");
    browser.click_on("#item-4 details.query summary");
    browser.value("document.querySelector('#item-4 [data-query]').value = 'print Mine = 6 * 7'");
    browser.click_on("#item-4 [data-run]");
    browser.settled();
    assert_eq!(cells(&browser, "item-4", 0), ["42"]);
    browser.click_words("nav.links a", "Actions");
    browser.began("location.pathname === '/w/sync' && location.hash === '#item-4-2'");
    browser.until("document.querySelector('#item-4-2:target') !== null");
    // Nothing is wider than a narrow window.
    for path in ["alerts", "w/sync"] {
        browser.call(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": false}),
        );
        browser.go(&format!("{}{path}", site.root()));
        browser.settled();
        let wide = browser.value("document.documentElement.scrollWidth");
        assert!(wide.as_u64().unwrap() <= 390, "{path}: {wide}");
    }
    for harm in ["img[src=x]", "main script:not([type])", "[onerror]"] {
        assert_eq!(browser.value(&format!("document.querySelectorAll('{harm}').length")), 0, "{harm}");
    }
    ended_well(&site, &browser);
}
