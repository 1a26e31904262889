//! Small workbooks, one for each thing a file can say, and files with something wrong at any place.

use super::{Templates, read};
use crate::model::*;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Templates by the last part of their path.
#[derive(Default)]
struct Known(BTreeMap<&'static str, String>);

impl Templates for Known {
    fn find(&self, template: &str) -> Option<(String, String)> {
        let last = template.rsplit('/').next()?;
        Some((self.0.get(last)?.clone(), format!("{last}.workbook")))
    }
}

fn book(items: Json) -> Json {
    json!({"version": "Notebook/1.0", "items": items})
}

fn of(json: &Json) -> Workbook {
    read(&json.to_string(), "test", &Known::default()).unwrap()
}

fn only(content: Json) -> (Content, Vec<String>) {
    let mut workbook = of(&book(json!([content])));
    (workbook.items.remove(0).content, workbook.notes)
}

fn panel_of(content: Json) -> (Panel, Vec<String>) {
    match only(json!({"type": 3, "content": content, "name": "p"})) {
        (Content::Panel(panel), notes) => (*panel, notes),
        (other, _) => panic!("{other:?}"),
    }
}

fn parameter_of(parameter: Json) -> Parameter {
    match only(json!({"type": 9, "content": {"parameters": [parameter]}})).0 {
        Content::Parameters(mut step) => step.parameters.remove(0),
        other => panic!("{other:?}"),
    }
}

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
        (json!({"templates": {"a/b": {"name": "In a package", "content": inner}}}), "test"),
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

#[test]
fn formatters_of_every_number() {
    let formatters: Vec<_> =
        (0..25).map(|number| json!({"columnMatch": format!("c{number}"), "formatter": number})).collect();
    let (panel, notes) = panel_of(json!({"query": "T", "gridSettings": {"formatters": formatters}}));
    use FormatterKind::*;
    let kinds: Vec<_> = panel.grid.formatters.iter().map(|found| found.kind).collect();
    assert_eq!(
        kinds,
        [
            Automatic,
            Text,
            Right,
            Bar,
            BarUnderneath,
            Hidden,
            DateTime,
            Link,
            HeatMap,
            SparkArea,
            SparkBars,
            Icon,
            BigNumber,
            Resource,
            Resource,
            Resource,
            Resource,
            Resource,
            Thresholds,
            Timeline,
            Automatic,
            SparkLine,
            CompositeBar,
            Automatic,
            Automatic,
        ]
    );
    assert_eq!(notes.len(), 3);
    assert_eq!(
        notes[0],
        "item 1 (p): the formatter 20 of the column c20 is not known; its values are shown as they are"
    );
}

#[test]
fn grids_with_all_their_settings() {
    let (panel, notes) = panel_of(json!({"query": "T", "gridSettings": {
        "formatters": [
            {"columnMatch": "Bar", "formatter": 22, "formatOptions": {"aggregation": "Sum", "compositeBarSettings": {"labelText": "[\"a\"] of",
                "columnSettings": [{"columnName": "a", "color": "red"}, {"columnName": "b", "color": "blue"}]}}},
            {"columnMatch": "N", "formatter": 8, "formatOptions": {"palette": "greenRed", "min": 0, "max": "10", "customColumnWidthSetting": "20ch"},
                "numberFormat": {"unit": 2, "options": {"style": "decimal", "maximumFractionDigits": 2, "useGrouping": false}, "emptyValCustomText": "0"},
                "tooltipFormat": {"tooltip": "tip [\"a\"]"}},
            {"columnMatch": "^S.*", "formatter": 18, "formatOptions": {"thresholdsOptions": "icons", "thresholdsGrid": [
                {"operator": "==", "thresholdValue": 1, "representation": "success", "text": "{0}"},
                {"operator": "is Empty", "representation": "unknown"}, {"operator": "sounds like"}, {"operator": "Default", "thresholdValue": null}]}},
            {"columnMatch": "L", "formatter": 7, "formatOptions": {"linkTarget": "WorkbookTemplate", "workbookContext": {"templateIdSource": "column", "templateId": "t",
                "templateParameters": [{"name": "a", "source": "column", "value": "c"}, {"name": "b", "source": "cell", "value": ""},
                    {"name": "c", "source": "parameter", "value": "P"}, {"name": "d", "source": "static", "value": "s"}]}}},
            {"columnMatch": "U", "formatter": 1, "formatOptions": {"linkTarget": "Url", "linkColumn": "address", "linkLabel": "open", "linkIsContextBlade": true}},
            {"columnMatch": "D", "formatter": 6, "dateFormat": {"formatName": "shortDatePattern"}, "formatOptions": {"linkTarget": "Resource"}},
            {"formatter": 5},
        ],
        "rowLimit": "1000", "filter": true, "sortBy": [{"itemKey": "$gen_bar_N_3", "sortOrder": 2}],
        "labelSettings": [{"columnId": "N", "label": "Number", "comment": "how many"}, {"columnId": "x"}],
        "hierarchySettings": {"treeType": 0, "idColumn": "id", "parentColumn": "up", "expanderColumn": "name"},
    }}));
    let [bar, number, states, link, url, date] = panel.grid.formatters.as_slice() else { panic!() };
    assert_eq!(
        (bar.parts.len(), bar.label.as_deref(), bar.aggregation),
        (2, Some("[\"a\"] of"), Some(Aggregation::Sum))
    );
    let settings = number.number.unwrap();
    assert_eq!(
        (settings.unit, settings.max_digits, settings.grouping, settings.empty),
        (2, Some(2), Some(false), Some(0.0))
    );
    assert_eq!((number.min, number.max, number.width.as_deref()), (Some(0.0), Some(10.0), Some("20ch")));
    assert_eq!(number.tooltip.as_deref(), Some("tip [\"a\"]"));
    let tests: Vec<_> = states
        .thresholds
        .as_ref()
        .unwrap()
        .tests
        .iter()
        .map(|test| (test.test, test.value.as_str()))
        .collect();
    assert_eq!(
        tests,
        [(ThresholdTest::Equal, "1"), (ThresholdTest::Empty, ""), (ThresholdTest::Default, "")]
    );
    let LinkTarget::Workbook { template, parameters } = &link.link.as_ref().unwrap().target else { panic!() };
    assert_eq!(*template, LinkValue::Column("t".into()));
    let values: Vec<_> = parameters.iter().map(|(_, value)| value.clone()).collect();
    assert_eq!(
        values,
        [
            LinkValue::Column("c".into()),
            LinkValue::Column("L".into()),
            LinkValue::Parameter("P".into()),
            LinkValue::Text("s".into())
        ]
    );
    let url = url.link.as_ref().unwrap();
    assert_eq!(
        (url.column.as_deref(), url.label.as_deref(), url.beside),
        (Some("address"), Some("open"), true)
    );
    assert_eq!(date.date_format.as_deref(), Some("shortDatePattern"));
    assert!(
        matches!(&date.link.as_ref().unwrap().target, LinkTarget::Portal(what) if what == "opens an Azure resource")
    );
    assert_eq!((panel.grid.rows, panel.grid.filter), (Some(1000), true));
    assert_eq!(panel.grid.sort, [Sort { column: "$gen_bar_N_3".into(), descending: true }]);
    assert_eq!(panel.grid.labels[0].comment.as_deref(), Some("how many"));
    assert!(matches!(&panel.grid.hierarchy, Some(Hierarchy::Parents { id, .. }) if id == "id"));
    assert_eq!(notes.len(), 2);
}

#[test]
fn charts_tiles_cards_and_numbers() {
    let (panel, _) = panel_of(
        json!({"query": "T", "visualization": "areachart", "size": 2, "noDataMessage": "none", "noDataMessageStyle": 3,
        "timeContext": {"durationMs": 0}, "timeContextFromParameter": "{T}", "sortBy": [{"itemKey": "a", "sortOrder": 1}],
        "chartSettings": {"xAxis": "x", "yAxis": ["a", "b"], "group": "g", "createOtherGroup": "12", "showLegend": true, "showMetrics": true, "showDataPoints": true,
            "seriesLabelSettings": [{"seriesName": "s", "label": "S", "color": "redBright"}], "xSettings": {"label": "when"},
            "ySettings": {"label": "how many", "min": 0, "max": 100, "numberFormatSettings": {"unit": 1, "options": {"style": "percent"}}},
            "customThresholdLine": "75", "customThresholdLineStyle": 3}}),
    );
    let chart = &panel.chart;
    assert_eq!((panel.look, panel.size, panel.no_data_message), (Look::Area, Size::Large, Message::Success));
    assert_eq!(panel.time, TimeContext::Parameter("T".into()));
    assert_eq!(
        (chart.x.as_deref(), chart.y.len(), chart.series.as_deref(), chart.others_after),
        (Some("x"), 2, Some("g"), Some(12))
    );
    assert_eq!((chart.y_min, chart.y_max, chart.y_number.unwrap().percent), (Some(0.0), Some(100.0), true));
    assert_eq!(chart.threshold, Some(ThresholdLine { at: 75.0, style: 3 }));
    assert_eq!(
        (chart.legend, chart.metrics, chart.points, chart.x_title.as_deref()),
        (Some(true), true, true, Some("when"))
    );

    let (panel, _) = panel_of(
        json!({"query": "T", "visualization": "tiles", "tileSettings": {"titleContent": {"columnMatch": "a", "formatter": 1},
        "rightContent": {"columnMatch": "b", "formatter": 12}, "subtitleContent": {}, "size": "fixed", "showBorder": false, "rowLimit": 5,
        "sortCriteriaField": "b", "sortOrderField": 2}}),
    );
    let tiles = panel.tiles.unwrap();
    assert_eq!(
        (tiles.size, tiles.border, tiles.rows, tiles.sort),
        (TileSize::Fixed, false, Some(5), Some(("b".into(), true)))
    );
    assert!(
        tiles.title.is_some()
            && tiles.subtitle.is_none()
            && tiles.right.unwrap().kind == FormatterKind::BigNumber
    );

    let (panel, _) =
        panel_of(json!({"query": "T", "visualization": "card", "textSettings": {"style": "markdown"}}));
    assert_eq!((panel.look, panel.card), (Look::Card, CardStyle::Markdown));
    let (panel, _) = panel_of(
        json!({"query": "T", "visualization": "stat", "statSettings": {"valueField": "n", "numberFormatSettings": {"unit": 17}}}),
    );
    assert_eq!((panel.look, panel.tiles.unwrap().left.unwrap().column.as_str()), (Look::Stat, "n"));
    let (panel, notes) =
        panel_of(json!({"query": "T", "visualization": "hologram", "timeBrushParameterName": "B"}));
    assert_eq!((panel.look, notes.len()), (Look::Auto, 2));
}

#[test]
fn exports_one_and_several() {
    let (panel, _) = panel_of(
        json!({"query": "T", "exportMultipleValues": true, "exportFieldName": "c", "exportParameterName": "C", "exportDefaultValue": "*",
        "exportedParameters": [{"fieldName": "", "parameterName": "Row"}, {"fieldName": "a", "parameterName": "A", "defaultValue": "d", "quote": "", "delimiter": ";"}, {"fieldName": "x"}]}),
    );
    let exports: Vec<_> = panel
        .exports
        .iter()
        .map(|e| {
            (
                e.column.as_deref(),
                e.parameter.as_str(),
                e.default.as_deref(),
                e.quote.as_str(),
                e.delimiter.as_str(),
                e.multiple,
            )
        })
        .collect();
    assert_eq!(
        exports,
        [
            (None, "Row", None, "'", ",", true),
            (Some("a"), "A", Some("d"), "", ";", true),
            (Some("c"), "C", Some("*"), "'", ",", true),
        ]
    );
}

#[test]
fn merges_and_json() {
    let merge = json!({"version": "Merge/1.0", "merges": [
        {"id": "m1", "mergeType": "leftouter", "leftTable": "one", "rightTable": "two", "leftColumn": "a", "rightColumn": "b"},
        {"id": "m2", "mergeType": "table", "leftTable": "m1", "rightTable": null}],
        "projectRename": [{"originalName": "[one].a", "mergedName": "A", "fromId": "m1"}, {"originalName": "[one].gone"},
            {"originalName": "[Added column]", "mergedName": "New", "isNewItem": true, "newItemData": [
                {"criteriaContext": {"leftOperand": "A", "operator": "==", "rightValType": "column", "rightVal": "b", "resultValType": "column", "resultVal": "A"}}]}]});
    let (panel, notes) = panel_of(json!({"queryType": 7, "query": merge.to_string()}));
    let Source::Merge(merge) = panel.source else { panic!() };
    assert_eq!((merge.steps[0].kind, merge.steps[0].right.as_deref()), (MergeKind::LeftOuter, Some("two")));
    assert_eq!((merge.steps[1].kind, merge.steps[1].right.as_deref()), (MergeKind::Copy, None));
    assert_eq!(
        (merge.columns.len(), merge.columns[0].from.as_str(), merge.columns[0].to.as_str()),
        (2, "[one].a", "A")
    );
    let rule = Criterion {
        test: CriterionTest::If { left: "[\"A\"]".into(), operator: "==".into(), right: "[\"b\"]".into() },
        result: CriterionResult::Text("[\"A\"]".into()),
    };
    assert_eq!((merge.columns[1].criteria.as_slice(), notes.len()), (&[rule][..], 0));

    let query = json!({"version": "1.0.0", "content": "{\"v\": [1]}", "transformers": [{"type": "jsonpath", "settings":
        {"tablePath": "$.v", "columns": [{"path": "$", "columnid": "n", "columnType": "long"}]}}]});
    let (panel, _) = panel_of(json!({"queryType": 8, "query": query.to_string()}));
    let Source::Json(source) = panel.source else { panic!() };
    let transformer = source.transformer.unwrap();
    assert_eq!((source.content.as_str(), transformer.rows.as_str()), ("{\"v\": [1]}", "$.v"));
    assert_eq!(transformer.columns, [("$".into(), "n".into(), "long".into())]);
    let (panel, _) = panel_of(json!({"queryType": 8, "query": "[{Rows}]"}));
    assert!(
        matches!(panel.source, Source::Json(source) if source.content == "[{Rows}]" && source.transformer.is_none())
    );
}

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
    let folder = super::real::folder().filter(|_| at > 0);
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
            // None of the items at the top is lost.
            Ok(workbook) => if let (Some(items), Some("Notebook/1.0")) = (json["items"].as_array(), json["version"].as_str()) {
                prop_assert_eq!(workbook.items.len(), items.len());
            },
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
