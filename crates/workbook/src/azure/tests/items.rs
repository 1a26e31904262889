//! Envelopes, items, templates, parameters and links.

use super::{Known, book, of, only, parameter_of};
use crate::azure::read;
use crate::model::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

#[test]
fn envelopes() {
    let inner = book(json!([{"type": 1, "content": {"json": "text"}, "name": "t"}]));
    let text = inner.to_string();
    let resource = |properties: Json| {
        json!({"resources": [
            {"type": "microsoft.other/things", "properties": {"x": 1}},
            {"type": "Microsoft.Insights/workbooks", "name": "[newGuid()]", "properties": properties},
        ], "parameters": {"called": {"type": "string", "defaultValue": "Called"}},
           "variables": {"book": inner, "$fxv#0": text}})
    };
    for (json, title) in [
        (inner.clone(), "test"),
        (resource(json!({"displayName": "[parameters('called')]", "serializedData": text})), "Called"),
        (resource(json!({"displayName": "D", "serializedData": "[string(variables('book'))]"})), "D"),
        (resource(json!({"displayName": "D", "serializedData": "[variables('$fxv#0')]"})), "D"),
        (
            resource(
                json!({"displayName": "D", "serializedData": "[format('{0}', string(variables('book')))]"}),
            ),
            "D",
        ),
        (
            json!({"resources": {"w": {"type": "microsoft.insights/workbooktemplates", "name": "N", "properties": {"templateData": inner}}}}),
            "N",
        ),
        (
            json!({"id": "/x", "name": "guid", "properties": {"displayName": "Saved", "serializedData": text}}),
            "Saved",
        ),
        (json!({"value": [{"properties": {"displayName": "First", "serializedData": text}}]}), "First"),
        (json!({"templates": {"a/b": {"name": "In a package", "content": inner}}}), "In a package"),
        (json!([{"serializedData": text}]), "test"),
    ] {
        let workbook =
            read(&format!("\u{feff}{json:#}").replace('\n', "\r\n"), "test", &Known::default()).unwrap();
        assert_eq!(workbook.title, title, "{json}");
        assert_eq!(workbook.items.len(), 1, "{json}");
        assert!(
            matches!(&workbook.items[0].content, Content::Text(text) if text.markdown == "text"),
            "{json}"
        );
    }
    let two = of(
        &json!([{"displayName": "A", "serializedData": text}, {"displayName": "B", "serializedData": text}]),
    );
    assert_eq!(two.notes, ["the file holds 2 workbooks; the first is shown, not: B"]);
}

#[test]
fn the_first_heading_is_the_title() {
    for (texts, title) in [
        (json!(["x <H2 id='a'>One <b>two</b></H2>"]), "One two"),
        (json!(["# {P}", "a\n\n### *b* `c` ###"]), "b c"),
        (json!(["no heading", "<h1>never closed"]), "test"),
    ] {
        let text = |text: &Json| json!({"type": 1, "content": {"json": text}});
        let items: Vec<_> = texts.as_array().unwrap().iter().map(text).collect();
        assert_eq!(of(&book(json!(items))).title, title);
    }
}

#[test]
fn texts_that_are_no_workbook_are_errors_with_a_place() {
    for (text, start) in [
        ("", "test: line 1, column 1: not JSON: EOF"),
        (
            "{\"version\": \"Notebook/1.0\",\n \"items\": [}",
            "test: line 2, column 12: not JSON: expected value",
        ),
        ("# Markdown", "test: line 1, column 1: not JSON"),
        ("{\"a\": 1}", "test: line 1, column 1: this is JSON, but no workbook"),
        ("[]", "test: line 1, column 1: this is JSON, but no workbook"),
        (
            "{\"serializedData\": \"[parameters('x')]\"}",
            "test: the workbook's text cannot be read: it is made by [parameters('x')]",
        ),
        ("{\"serializedData\": \"{\"}", "test: the workbook's text cannot be read: not JSON: EOF"),
    ] {
        let error = read(text, "test", &Known::default()).unwrap_err();
        assert!(error.message.starts_with(start), "{}", error.message);
        assert!(error.help.is_some());
    }
}

#[test]
fn numbers_flags_and_lists_as_texts() {
    let workbook = of(&book(json!([
        {"type": "12", "customWidth": "50%", "styleSettings": {"showBorder": "true"}, "content":
            "{\"exportParameters\": \"true\", \"items\": \"[{\\\"type\\\":\\\"1\\\",\\\"content\\\":{\\\"json\\\":\\\"# Deep\\\"}}]\"}"},
        {"content": {"version": "KqlItem/1.0", "query": "T", "size": "3"}, "customWidth": 33},
    ])));
    assert_eq!(workbook.title, "Deep");
    assert_eq!((workbook.items[0].width, workbook.items[0].border, workbook.items[1].width), (50, true, 33));
    let Content::Group(group) = &workbook.items[0].content else { panic!() };
    assert!(group.exports_parameters);
    assert_eq!(group.items[0].id, "1.1");
    assert!(matches!(&workbook.items[1].content, Content::Panel(panel) if panel.size == Size::Full));
}

#[test]
fn what_has_no_meaning_here_is_named() {
    for (item, what, title, why) in [
        (json!({"type": 10, "name": "m", "content": {"title": "CPU"}}), "Metrics chart", "CPU", "metrics"),
        (json!({"type": 5, "name": "old"}), "Item of type 5", "old", "older kind"),
        (json!({"type": 99, "name": "new"}), "Item of type 99", "new", "not known"),
        (json!({"name": "?"}), "Item", "?", "does not say"),
        (json!("text"), "Item", "", "something else"),
        (
            json!({"type": 3, "content": {"title": "VMs", "query": "resources", "queryType": 1}}),
            "Query to Azure Resource Graph",
            "VMs",
            "Azure Resource Graph, which is not here",
        ),
        (
            json!({"type": 3, "content": {"queryType": "12"}}),
            "Query to Azure Resource Manager",
            "",
            "not here",
        ),
        (
            json!({"type": 3, "content": {"queryType": 77}}),
            "Query to a source with the number 77",
            "",
            "not here",
        ),
        (
            json!({"type": 3, "content": {"title": "M", "queryType": 7, "query": "no"}}),
            "Merge",
            "M",
            "not JSON",
        ),
        (
            json!({"type": 3, "content": {"queryType": 7, "query": "{\"merges\": [{\"mergeType\": \"odd\"}]}"}}),
            "Merge",
            "",
            "`odd`",
        ),
    ] {
        let Content::Placeholder(found) = only(item.clone()).0 else { panic!("{item}") };
        assert_eq!((found.what.as_str(), found.title.as_str()), (what, title));
        assert!(found.why.contains(why) && !found.why.ends_with('.'), "{}", found.why);
    }
}

#[test]
fn conditions_hold_together() {
    let condition = |comparison: &str, value: Json| json!({"parameterName": "P", "comparison": comparison, "value": value});
    let item = json!({"type": 1, "content": {"json": "t", "style": "warning"},
        "conditionalVisibility": condition("isEqualTo", json!("a")),
        "conditionalVisibilities": [condition("isNotEqualTo", Json::Null), condition("isEqualTo", json!("a")), condition("odd", json!(1))]});
    let workbook = of(&book(json!([item])));
    let conditions: Vec<_> =
        workbook.items[0].conditions.iter().map(|c| (c.comparison, c.value.as_str())).collect();
    assert_eq!(conditions, [(Comparison::Equal, "a"), (Comparison::NotEqual, "")]);
    assert_eq!(
        workbook.notes,
        ["item 1: the comparison `odd` of its condition is not known; the condition is left out"]
    );
    assert!(matches!(&workbook.items[0].content, Content::Text(text) if text.message == Message::Warning));
}

#[test]
fn templates_are_merged_into_what_is_around_them() {
    let load = |template: &str| json!({"type": 12, "name": "g", "content": {"groupType": "template", "loadFromTemplateId": template, "items": []}});
    let declare = |names: &[&str]| {
        let parameters: Vec<_> = names.iter().map(|name| json!({"name": name, "type": 1})).collect();
        json!({"type": 9, "content": {"parameters": parameters}})
    };
    let inside = book(
        json!([declare(&["A", "B"]), declare(&["A"]), load("c/Loop"), {"type": 12, "content": {"items": [declare(&["B", "X"])]}}]),
    );
    let looped = book(json!([load("c/inner"), declare(&["B", "C"])]));
    let known = Known(BTreeMap::from([
        ("Inner", inside.to_string()),
        ("Loop", looped.to_string()),
        ("Bad", "{".into()),
    ]));
    let outer =
        book(json!([load("a/b/Inner"), declare(&["A"]), load("a/Missing"), load("Bad"), load("test")]));
    let workbook = read(&outer.to_string(), "Test.workbook", &known).unwrap();
    let names = |item: &Item| match &item.content {
        Content::Parameters(step) => step.parameters.iter().map(|parameter| parameter.name.clone()).collect(),
        _ => Vec::new(),
    };
    let group = |item: &Item| match &item.content {
        Content::Group(group) => group.items.clone(),
        other => panic!("{other:?}"),
    };
    let edited = json!({"type": 12, "content": {"groupType": "editable", "loadFromTemplateId": "a/Missing", "items": [declare(&["Z"])]}});
    assert_eq!(names(&group(&of(&book(json!([edited]))).items[0])[0]), ["Z"]);
    let why = |items: &[Item]| match &items[0].content {
        Content::Placeholder(found) => found.why.clone(),
        other => panic!("{other:?}"),
    };
    let inner = group(&workbook.items[0]);
    assert_eq!(inner.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["1.1", "1.3", "1.4"]);
    assert_eq!(names(&inner[0]), ["B"]);
    let looped = group(&inner[1]);
    assert_eq!(why(&group(&looped[0])), "the template `inner` loads itself");
    assert_eq!(names(&looped[1]), ["C"]);
    assert_eq!(names(&group(&inner[2])[0]), ["B", "X"]);
    assert_eq!(
        why(&group(&workbook.items[2])),
        "the template `a/Missing` was not found: put the file `Missing.workbook` beside this one"
    );
    assert!(
        why(&group(&workbook.items[3]))
            .starts_with("the template `Bad` cannot be read: Bad.workbook: line 1")
    );
    assert_eq!(why(&group(&workbook.items[4])), "the template `test` loads itself");
}

#[test]
fn groups_in_groups_end_somewhere() {
    let around = |mut item: Json| {
        for _ in 0..25 {
            item = json!({"type": 12, "content": {"items": [item]}});
        }
        item
    };
    // Items written as a text come around the depth that JSON may have.
    let deep = json!([around(json!({"type": 1, "content": {"json": "deep"}}))]).to_string();
    let mut items = of(&book(json!([around(json!({"type": 12, "content": {"items": deep}}))]))).items;
    let mut depth = 0;
    let last = loop {
        match items.remove(0).content {
            Content::Group(group) => items = group.items,
            other => break other,
        }
        depth += 1;
    };
    assert_eq!(depth, 32);
    assert!(matches!(last, Content::Placeholder(found) if found.why == "it stands in more than 32 groups"));
}

#[test]
fn parameters_of_every_kind() {
    let kind = |number: Json| parameter_of(json!({"name": "P", "type": number})).kind;
    assert_eq!(kind(json!(1)), ParameterKind::Text);
    assert_eq!(kind(json!("2")), ParameterKind::DropDown);
    assert_eq!(kind(json!(4)), ParameterKind::TimeRange);
    assert_eq!(kind(json!(5)), ParameterKind::Resource("a resource".into()));
    assert_eq!(kind(json!(9)), ParameterKind::MultiValue);
    assert_eq!(kind(json!(10)), ParameterKind::Options);
    assert_eq!(kind(json!(42)), ParameterKind::Text);
    let choices = |json: Json| {
        let mut parameter = json!({"name": "P", "type": 2});
        parameter.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
        parameter_of(parameter).choices
    };
    assert!(
        matches!(choices(json!({"query": "T", "queryType": 0})), Choices::Query(query) if query.text == "T")
    );
    assert_eq!(choices(json!({"query": "", "jsonData": "[\"a\"]"})), Choices::Json("[\"a\"]".into()));
    assert_eq!(choices(json!({"jsonData": [1]})), Choices::Json("[1]".into()));
    assert!(
        matches!(choices(json!({"query": "T", "queryType": 1})), Choices::Unavailable(why) if why.contains("Resource Graph"))
    );
    assert!(
        matches!(choices(json!({"query": "{\"content\":\"[]\"}", "queryType": 8})), Choices::Rows(rows) if rows.content == "[]")
    );
    let rules = choices(json!({"criteriaData": [
        {"criteriaContext": {"leftOperand": "Q", "operator": "==", "rightValType": "param", "rightVal": "R", "resultValType": "expression", "resultVal": "{Q}+1"}},
        {"criteriaContext": {"leftOperand": "Q", "operator": "is Empty", "rightValType": "param", "resultValType": "param", "resultVal": "S"}},
        {"criteriaContext": {"operator": "Default", "resultVal": "x {Q}"}},
    ]}));
    let test = |operator: &str, right: &str| CriterionTest::If {
        left: "{Q}".into(),
        operator: operator.into(),
        right: right.into(),
    };
    let expected = [
        (test("==", "{R}"), CriterionResult::Expression("{Q}+1".into())),
        (test("is Empty", ""), CriterionResult::Parameter("S".into())),
        (CriterionTest::Always, CriterionResult::Text("x {Q}".into())),
    ];
    assert_eq!(rules, Choices::Criteria(expected.map(|(test, result)| Criterion { test, result }).into()));
}

#[test]
fn values_that_parameters_are_shipped_with() {
    let value = |kind: u64, json: Json| {
        let mut parameter = json!({"name": "P", "type": kind});
        parameter.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
        parameter_of(parameter).value
    };
    assert_eq!(
        value(2, json!({"value": null, "defaultValue": "value::all"})),
        Shipped::Text("value::all".into())
    );
    assert_eq!(value(2, json!({"value": ["a", 2]})), Shipped::List(vec!["a".into(), "2".into()]));
    assert_eq!(value(2, json!({"value": []})), Shipped::Unset);
    assert_eq!(value(1, json!({"value": ""})), Shipped::Text(String::new()));
    assert_eq!(value(4, json!({"value": {"durationMs": "3600000"}})), Shipped::Milliseconds(3_600_000));
    assert_eq!(value(4, json!({"value": "{\"durationMs\": 60000}"})), Shipped::Milliseconds(60_000));
    assert_eq!(
        value(4, json!({"value": {"durationMs": 0}, "defaultValue": {"durationMs": 5000}})),
        Shipped::Milliseconds(5000)
    );
    assert_eq!(value(4, json!({"value": {"durationMs": 1e300}})), Shipped::Unset);
    let span = json!({"value": {"durationMs": 0, "startTime": "2026-01-01", "endTime": "2026-01-02"}});
    assert_eq!(value(4, span), Shipped::Span("2026-01-01".into(), "2026-01-02".into()));
    let parameter = parameter_of(
        json!({"name": "P", "type": 2, "isRequired": true, "isHiddenWhenLocked": true, "isGlobal": true, "typeSettings": {
        "additionalResourceOptions": ["value::3", "value::all", "value::1", "value::tenant"], "limitSelectTo": "7", "selectAllValue": "",
        "paramValidationRules": [{"regExp": "^a", "match": false, "message": "no a"}]}}),
    );
    assert!(parameter.required && parameter.hidden && parameter.global && parameter.offers_all);
    assert_eq!((parameter.offers_first, parameter.limit, parameter.select_all), (vec![3, 1], Some(7), None));
    assert_eq!(parameter.rules, [("^a".into(), false, "no a".into())]);
}

#[test]
fn links_of_every_target() {
    let (content, notes) = only(json!({"type": 11, "content": {"style": "paragraph", "links": [
        {"cellValue": "T", "linkTarget": "parameter", "linkLabel": "One", "subTarget": "{X}", "preText": "see", "postText": "."},
        {"cellValue": "query - 1", "linkTarget": "step", "linkLabel": "Go"},
        {"cellValue": "https://x.example", "linkTarget": "Url"},
        {"linkTarget": "WorkbookTemplate", "linkLabel": "W", "workbookContext": {"templateId": "a/b", "templateIdSource": "static"}},
        {"linkTarget": "WorkbookTemplate", "linkLabel": "V", "workbookContext": {"templateId": "P", "templateIdSource": "parameter"}},
        {"linkTarget": "ArmAction", "linkLabel": "Stop"},
        {},
    ]}}));
    let Content::Links(links) = content else { panic!() };
    assert_eq!((links.style, notes.len()), (LinksStyle::Paragraph, 0));
    let actions: Vec<_> = links.links.iter().map(|link| link.action.clone()).collect();
    assert_eq!(
        actions,
        [
            LinkAction::Parameter { name: "T".into(), value: "{X}".into() },
            LinkAction::Step("query - 1".into()),
            LinkAction::Url("https://x.example".into()),
            LinkAction::Workbook("a/b".into()),
            LinkAction::Workbook("{P}".into()),
            LinkAction::Portal("runs an action of Azure Resource Manager".into()),
            LinkAction::Portal("a link without a target".into()),
        ]
    );
    assert_eq!(
        (links.links[0].before.as_str(), links.links[0].after.as_str(), links.links[2].label.as_str()),
        ("see", ".", "https://x.example")
    );
}
