//! Files with something wrong at any place: keys missing, types changed, ends cut off.

use super::{Known, book};
use crate::azure::{read, real};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A workbook with something of everything.
fn everything() -> Json {
    json!({"displayName": "All", "properties": {"serializedData": book(json!([
        {"type": 1, "content": {"json": "# All", "style": "info"}, "name": "t", "customWidth": "50"},
        {"type": 9, "content": {"parameters": [
            {"name": "T", "type": 4, "value": {"durationMs": 3_600_000}, "typeSettings": {"selectableValues": [{"durationMs": 1000}], "allowCustom": true}},
            {"name": "P", "type": 2, "multiSelect": true, "quote": "'", "delimiter": ",", "query": "X", "value": ["value::all"],
                "typeSettings": {"additionalResourceOptions": ["value::all", "value::1"], "selectAllValue": "*", "limitSelectTo": 3}},
            {"name": "C", "type": 1, "criteriaData": [{"criteriaContext": {"leftOperand": "P", "operator": "==", "rightVal": "1", "resultVal": "2"}}]},
            {"name": "J", "type": 10, "jsonData": "[\"a\"]", "typeSettings": {"paramValidationRules": [{"regExp": "a", "match": true, "message": "m"}]}},
        ]}, "name": "p"},
        {"type": 11, "content": {"style": "tabs", "links": [{"cellValue": "tab", "linkTarget": "parameter", "linkLabel": "L", "subTarget": "s"}]}},
        {"type": 12, "conditionalVisibility": {"parameterName": "tab", "comparison": "isEqualTo", "value": "s"},
            "content": {"loadType": "explicit", "exportParameters": true, "items": [
            {"type": 3, "content": {"query": "X", "visualization": "tiles", "timeContextFromParameter": "T", "exportedParameters": [{"parameterName": "E", "fieldName": "f"}],
                "tileSettings": {"titleContent": {"columnMatch": "a", "formatter": 18, "formatOptions": {"thresholdsGrid": [{"operator": "Default"}]}}, "sortCriteriaField": "a"}}},
            {"type": 3, "content": {"query": "X", "gridSettings": {"formatters": [{"columnMatch": "a", "formatter": 7, "formatOptions": {"linkTarget": "WorkbookTemplate",
                "workbookContext": {"templateId": "x", "templateParameters": [{"name": "n", "source": "static", "value": "v"}]}}}],
                "hierarchySettings": {"treeType": 1, "groupBy": ["a"]}, "labelSettings": [{"columnId": "a"}], "sortBy": [{"itemKey": "a", "sortOrder": 1}]},
                "chartSettings": {"yAxis": ["a"], "seriesLabelSettings": [{"seriesName": "s"}], "ySettings": {"min": 1, "numberFormatSettings": {"unit": 1}}}}},
            {"type": 3, "content": {"queryType": 7, "query": "{\"merges\":[{\"mergeType\":\"union\",\"leftTable\":\"a\",\"rightTable\":\"b\"}]}"}},
        ]}},
        {"type": 12, "content": {"loadFromTemplateId": "a/b"}},
        {"type": 10, "content": {}},
    ]))}})
}

/// Every object key and array place below, as the path to it.
fn places(json: &Json, here: &str, found: &mut Vec<String>) {
    let below: Vec<(String, &Json)> = match json {
        Json::Object(fields) => {
            fields.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Json::Array(values) => values.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in below {
        let path = format!("{here}/{key}");
        places(value, &path, found);
        found.push(path);
    }
}

fn mutate(json: &mut Json, at: usize, how: u8) {
    let mut found = Vec::new();
    places(json, "", &mut found);
    let Some(path) = found.get(at % found.len().max(1)) else { return };
    let (above, key) = path.rsplit_once('/').unwrap();
    if how == 0 {
        match json.pointer_mut(above) {
            Some(Json::Object(fields)) => drop(fields.remove(&key.replace("~1", "/").replace("~0", "~"))),
            Some(Json::Array(values)) => drop(values.remove(key.parse().unwrap())),
            _ => {}
        }
        return;
    }
    let Some(value) = json.pointer_mut(path) else { return };
    *value = match how {
        1 => Json::Null,
        2 => json!(-1),
        3 => json!(1e300),
        4 => json!("é{[x]}'\u{202e}"),
        5 => json!([]),
        6 => json!({}),
        7 => json!([[null, 7, {"items": [1]}], "value::9999999999999999999999"]),
        8 => json!(true),
        9 => Json::String(value.to_string()),
        _ => json!({"items": [{"type": 12, "content": {"items": "[{}]"}}], "type": 18.5}),
    };
}

fn sample(at: usize) -> Json {
    let names = [
        "AAD cloud sync Insights",
        "AAD cloud sync details",
        "AAD cloud sync user details",
        "Provisioning Insights",
        "ProvisioningAnalysis",
    ];
    let folder = real::folder().filter(|_| at > 0);
    let Some(folder) = folder else { return everything() };
    let text =
        std::fs::read_to_string(folder.join(format!("{}.workbook", names[(at - 1) % names.len()]))).unwrap();
    serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_changed_file_is_a_workbook_or_an_error(
        at in 0..6usize,
        changes in prop::collection::vec((any::<usize>(), 0..11u8), 1..8),
    ) {
        let mut json = sample(at);
        changes.iter().for_each(|(at, how)| mutate(&mut json, *at, *how));
        let known = Known(BTreeMap::from([("AAD cloud sync details", everything().to_string()), ("b", json.to_string())]));
        match read(&json.to_string(), "test", &known) {
            Ok(workbook) => {
                crate::lint::findings(&workbook);
                // None of the items at the top is lost.
                if let (Some(items), Some("Notebook/1.0")) = (json["items"].as_array(), json["version"].as_str()) {
                    prop_assert_eq!(workbook.items.len(), items.len());
                }
            }
            Err(error) => prop_assert!(error.message.starts_with("test: ") && error.help.is_some()),
        }
    }

    #[test]
    fn a_cut_file_is_an_error_with_its_place(at in 0..6usize, cut in 0.0..1.0f64) {
        let text = sample(at).to_string();
        let mut end = (text.len() as f64 * cut) as usize;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let error = read(&text[..end], "test", &Known::default()).unwrap_err();
        prop_assert!(error.message.starts_with("test: line 1, column "), "{}", error.message);
    }

    #[test]
    fn any_text_is_a_workbook_or_an_error(text in "\\PC*") {
        if let Err(error) = read(&text, "test", &Known::default()) {
            prop_assert!(error.message.starts_with("test: "));
        }
    }
}
