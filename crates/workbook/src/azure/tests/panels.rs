//! Drawn queries: their rows, grids, charts and tiles.

use super::panel_of;
use crate::model::*;
use serde_json::json;

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
        "rightContent": {"columnMatch": "b", "formatter": 12}, "subtitleContent": {}, "size": "fixed", "showBorder": false, "rowLimit": 1e300,
        "sortCriteriaField": "b", "sortOrderField": 2}}),
    );
    let tiles = panel.tiles.unwrap();
    assert_eq!(
        (tiles.size, tiles.border, tiles.rows, tiles.sort),
        (TileSize::Fixed, false, Some(10_000), Some(("b".into(), true)))
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
    let older = json!({"merges": [{"mergeType": "table", "leftTable": "one"}], "projectRename": [
        {"mergedName": "New", "isNewItem": true, "newItemData": [
            {"condition": "A > 1", "newColumnContext": {"leftColumn": "A", "operator": ">", "rightVal": "1", "resultVal": "x"}},
            {"condition": "Default", "newColumnContext": {"operator": "Default", "resultValType": "column"}}]}]});
    let (panel, notes) = panel_of(json!({"queryType": 7, "query": older.to_string()}));
    let Source::Merge(merge) = panel.source else { panic!() };
    let text = |text: &str| CriterionResult::Text(text.into());
    let test = CriterionTest::If { left: "[\"A\"]".into(), operator: ">".into(), right: "1".into() };
    let rules =
        [Criterion { test, result: text("x") }, Criterion { test: CriterionTest::Always, result: text("") }];
    assert_eq!((merge.columns[0].criteria.as_slice(), notes.len()), (&rules[..], 0));

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
