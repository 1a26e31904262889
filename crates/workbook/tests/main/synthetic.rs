//! Whole workbooks made by chance, out of everything the format has, about as often as public workbooks have it. In: a
//! number. Out: the JSON of a workbook; the same number gives the same one. Names of items say what must become of
//! them: `shown` and `hidden` by their conditions, `answers`, `no table` and `elsewhere` by their queries.

use serde_json::{Value as Json, json};

/// Numbers by chance, the same for the same start.
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below another one.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    /// Yes so many times in a hundred.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of several.
    pub fn of<'a, T: ?Sized>(&mut self, several: &[&'a T]) -> &'a T {
        several[self.below(several.len())]
    }

    /// One of several numbers.
    pub fn number(&mut self, several: &[u64]) -> u64 {
        several[self.below(several.len())]
    }
}

/// Queries that have answers over the tables of the tests.
const ANSWERED: [&str; 12] = [
    "Events | summarize Amount = sum(Amount), Rate = avg(Rate) by Name, Kind",
    "Events | where TimeGenerated {TimeRange} | summarize count() by bin(TimeGenerated, {TimeRange:grain}), Kind",
    "Events\r\n| where Kind in ({Kinds}) or '*' in ({Kinds})\r\n| project TimeGenerated, Name, Kind, Amount, Rate",
    "Events | make-series Trend = sum(Amount) default = 0 on TimeGenerated from {TimeRange:start} to {TimeRange:end} step {TimeRange:grain} by Name",
    "print Answer = '{Mode:label}', Picked = '{Picked}'",
    "Events | where false",
    "Empty | summarize count() by Kind",
    "Events | summarize Amount = count() by Kind | render piechart",
    "datatable(Id: string, ParentId: string, Name: string, Amount: long) ['a', '', 'A <b>', 1, 'b', 'a', 'B', 2, 'c', 'b', 'C', 3]",
    "Events | project Name, Amount, Rate, Json = pack('a', Amount, 'b', Name) | top 7 by Amount desc",
    "Events | where Name == '{Picked}' or '{Picked}' == '*' | summarize Amount = max(Amount), Rate = min(Rate) by bin(TimeGenerated, 1d)",
    "Events | summarize Amount = dcount(Name) by ['a column, \"odd\"'] = Kind",
];

/// Queries over tables that are not here.
const MISSING: [&str; 3] = [
    "SigninLogs | where TimeGenerated {TimeRange} | summarize count() by AppDisplayName",
    "Heartbeat | summarize arg_max(TimeGenerated, *) by Computer",
    "union SecurityEvent, Syslog | count",
];

const LOOKS: [&str; 21] = [
    "table",
    "table",
    "tiles",
    "linechart",
    "timechart",
    "piechart",
    "barchart",
    "areachart",
    "unstackedbar",
    "categoricalbar",
    "scatterchart",
    "card",
    "stat",
    "graph",
    "map",
    "sankey",
    "auto",
    "Tiles",
    "heatmap",
    "grid",
    "",
];

const COLUMNS: [&str; 14] = [
    "Name",
    "Kind",
    "Amount",
    "Rate",
    "Trend",
    "TimeGenerated",
    "Id",
    "ParentId",
    "count_",
    "Json",
    "$gen_group",
    ".*",
    "A(",
    "Am.*|Rate",
];

const PALETTES: [&str; 8] =
    ["blue", "greenRed", "auto", "coldHot", "none", "noPalette", "", "yellowOrangeRed"];

/// What is kept in mind while a workbook is made.
struct Maker {
    dice: Dice,
    /// Names of panels so far, for merges.
    panels: Vec<String>,
    made: usize,
}

/// A workbook.
pub fn workbook(seed: u64) -> Json {
    let mut maker = Maker { dice: Dice(seed), panels: Vec::new(), made: 0 };
    let mut items = vec![maker.first_parameters()];
    if maker.dice.percent(70) {
        items.insert(
            0,
            json!({"type": 1, "content": {"json": "# Made by chance\r\n<br/>"}, "name": "title shown"}),
        );
    }
    if maker.dice.percent(40) {
        items.extend(maker.tabs());
    }
    for _ in 0..2 + maker.dice.below(6) {
        items.push(maker.item(0));
    }
    json!({"version": "Notebook/1.0", "items": items, "isLocked": true, "styleSettings": {},
        "fallbackResourceIds": ["/subscriptions/0"], "$schema": "workbook.json"})
}

impl Maker {
    /// The parameters that conditions and queries of all the items name.
    fn first_parameters(&mut self) -> Json {
        let mut parameters = vec![
            json!({"name": "TimeRange", "type": 4, "isRequired": true, "value": {"durationMs": 172_800_000},
                "typeSettings": {"selectableValues": [{"durationMs": 3_600_000}, {"durationMs": 172_800_000}], "allowCustom": null},
                "timeContextFromParameter": *self.dice.of(&["TimeRange", "Nowhere", ""])}),
            json!({"name": "Mode", "type": 1, "value": "on", "isHiddenWhenLocked": self.dice.percent(50)}),
            json!({"name": "Kinds", "type": 2, "multiSelect": true, "quote": "'", "delimiter": ",",
                "query": "Events | distinct Kind", "queryType": 0, "value": ["value::all"],
                "typeSettings": {"additionalResourceOptions": ["value::all"], "selectAllValue": "*", "showDefault": false},
                "timeContextFromParameter": "TimeRange"}),
            json!({"name": "Picked", "type": 1, "value": "*", "isGlobal": true}),
        ];
        for _ in 0..self.dice.below(4) {
            parameters.push(self.parameter());
        }
        json!({"type": 9, "content": {"version": "KqlParameterItem/1.0", "parameters": parameters, "style": "pills",
            "queryType": 0, "crossComponentResources": ["{Workspace}"]}, "name": "parameters shown"})
    }

    fn parameter(&mut self) -> Json {
        let kind = self.dice.number(&[1, 1, 1, 2, 2, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        let mut parameter = json!({"id": "x", "version": "KqlParameterItem/1.0", "name": format!("P{}", self.dice.below(30)),
            "type": kind, "isRequired": self.dice.percent(20), "isGlobal": self.dice.percent(10),
            "multiSelect": self.dice.percent(30), "quote": "'", "delimiter": *self.dice.of(&[",", "'", " or "]),
            "isHiddenWhenLocked": self.dice.percent(40), "label": "A label of {Mode}",
            "typeSettings": {"additionalResourceOptions": ["value::all", "value::1", "value::3"], "limitSelectTo": 2,
                "showDefault": false, "resourceTypeFilter": {"a/b": true}}});
        let mut set = |key: &str, value: Json| parameter[key] = value;
        match self.dice.below(9) {
            0 => set("query", (*self.dice.of(&ANSWERED)).into()),
            1 => set("query", (*self.dice.of(&MISSING)).into()),
            2 => set(
                "jsonData",
                r#"["a", {"value": "b", "label": "B", "selected": true, "group": "g"}]"#.into(),
            ),
            3 => set("jsonData", "no JSON {Mode}".into()),
            4 => {
                let rule = |json: Json| json!({"criteriaContext": json});
                set(
                    "criteriaData",
                    json!([
                        rule(
                            json!({"leftOperand": "Mode", "operator": *self.dice.of(&["==", "is Empty", "regex", "contains", "odd"]),
                        "rightValType": "static", "rightVal": "o[n", "resultValType": "param", "resultVal": "TimeRange"})
                        ),
                        rule(
                            json!({"operator": "Default", "resultValType": "expression", "resultVal": "{Kinds:label} + 1"})
                        ),
                    ]),
                );
            }
            5 => {
                set("query", r#"{"version":"1.0.0","content":"\"{Mode}\"","transformers":null}"#.into());
                set("queryType", 8.into());
            }
            6 => {
                set("query", "resources | where type =~ 'a/b' | project id".into());
                set("queryType", self.dice.number(&[1, 9, 10, 12]).into());
            }
            _ => {}
        }
        match self.dice.below(6) {
            0 => set("value", json!(["value::all"])),
            1 => set("value", json!("value::1")),
            2 => set("value", json!(["a", "b", "it's"])),
            3 => set(
                "value",
                json!({"durationMs": 0, "startTime": "2026-10-01T00:00:00.000Z", "endTime": "2026-10-02T00:00:00Z"}),
            ),
            4 => set("defaultValue", json!("value::all")),
            _ => set("value", Json::Null),
        }
        if self.dice.percent(15) {
            set(
                "conditionalVisibility",
                json!({"parameterName": "Mode", "comparison": "isEqualTo", "value": "off"}),
            );
        }
        parameter
    }

    /// Tabs, and a group on each.
    fn tabs(&mut self) -> Vec<Json> {
        let link = |value: &str| {
            json!({"id": value, "cellValue": "Tab", "linkTarget": "parameter", "linkLabel": format!("To {value}"),
            "subTarget": value, "preText": "before", "style": "link"})
        };
        let tabs = json!({"type": 11, "content": {"version": "LinkItem/1.0", "style": "tabs", "tabStyle": "bigger",
            "links": [link("one"), link("two")]}, "name": "tabs shown"});
        let mut items = vec![tabs];
        for value in ["one", "two"] {
            let inside = [self.item(1), self.item(1)];
            items.push(json!({"type": 12, "content": {"version": "NotebookGroup/1.0", "groupType": "editable", "items": inside},
                "conditionalVisibility": {"parameterName": "Tab", "comparison": "isEqualTo", "value": value},
                "name": format!("on the tab {value} shown")}));
        }
        items
    }

    fn item(&mut self, depth: usize) -> Json {
        self.made += 1;
        let mut item = match self.dice.below(100) {
            0..45 => self.panel(),
            45..65 => json!({"type": 1, "content": {"json": *self.dice.of(&[
                "## {Mode} and {Kinds:label} of {TimeRange:label}", "{nothing} {\"json\": 1}", "<div style='x'>{Picked}</div>", "", "| a | b |\n|---|---|\n| {Mode} | 2 |",
            ]), "style": *self.dice.of(&["", "info", "warning", "upsell", "odd"])}, "name": "text"}),
            65..80 if depth < 3 => {
                let inside: Vec<Json> = (0..self.dice.below(4)).map(|_| self.item(depth + 1)).collect();
                let inside =
                    if self.dice.percent(5) { json!(json!(inside).to_string()) } else { json!(inside) };
                json!({"type": 12, "content": {"version": "NotebookGroup/1.0", "groupType": "editable", "title": "Of {Mode}",
                    "expandable": self.dice.percent(20), "expanded": self.dice.percent(50), "items": inside,
                    "loadType": *self.dice.of(&["lazy", "explicit", "always"]), "exportParameters": self.dice.percent(30)}, "name": "group"})
            }
            65..85 => {
                let parameters: Vec<Json> = (0..1 + self.dice.below(3)).map(|_| self.parameter()).collect();
                json!({"type": 9, "content": {"parameters": parameters, "style": *self.dice.of(&["pills", "above", "formHorizontal"])}, "name": "parameters"})
            }
            85..90 => {
                json!({"type": self.dice.number(&[10, 10, 10, 5, 99]), "content": {"version": "MetricsItem/2.0", "chartId": "x", "metrics": [], "title": "Of {Mode}"}, "name": "metric"})
            }
            90..92 => {
                json!({"type": 12, "content": {"groupType": "template", "loadFromTemplateId": "Community-Workbooks/A/B"}, "name": "template"})
            }
            _ => self.links(),
        };
        let conditions = match self.dice.below(10) {
            0 | 1 => {
                ("shown", Some(json!({"parameterName": "Mode", "comparison": "isEqualTo", "value": "on"})))
            }
            2 => (
                "shown",
                Some(json!({"parameterName": "Missing", "comparison": "isNotEqualTo", "value": "x"})),
            ),
            3 => (
                "hidden",
                Some(json!({"parameterName": "Mode", "comparison": "isNotEqualTo", "value": "on"})),
            ),
            4 => ("hidden", Some(json!({"parameterName": "1", "comparison": "isEqualTo", "value": "2"}))),
            _ => ("shown", None),
        };
        let name = item["name"].as_str().unwrap().to_owned();
        item["name"] = format!("{name} {} {}", self.made, conditions.0).into();
        if let Some(condition) = conditions.1 {
            if self.dice.percent(30) {
                item["conditionalVisibilities"] = json!([condition]);
            } else {
                item["conditionalVisibility"] = condition;
            }
        } else if self.dice.percent(20) {
            item["conditionalVisibility"] = Json::Null;
        }
        if self.dice.percent(40) {
            item["customWidth"] = (*self.dice.of(&["50", "33", "25", "100", "20%", "66.6", "0"])).into();
        }
        if self.dice.percent(20) {
            item["styleSettings"] =
                json!({"margin": "5px", "maxWidth": "50%", "showBorder": self.dice.percent(50)});
        }
        if item["type"] == 3 {
            self.panels.push(item["name"].as_str().unwrap().to_owned());
        }
        item
    }

    fn links(&mut self) -> Json {
        let targets = [
            "parameter",
            "step",
            "Url",
            "WorkbookTemplate",
            "OpenBlade",
            "ArmAction",
            "CellDetails",
            "Odd",
            "",
            "Resource",
        ];
        let links: Vec<Json> = (0..self.dice.below(4)).map(|number| json!({
            "cellValue": *self.dice.of(&["Mine", "https://example.org/{Mode}", "text 1 shown", "javascript:alert(1)"]),
            "linkTarget": targets[self.dice.below(targets.len())], "linkLabel": format!("{number}"), "subTarget": "x",
            "workbookContext": {"templateIdSource": "static", "templateId": "a/b"}, "style": "primary", "icon": "Start"})).collect();
        let styles = ["list", "paragraph", "nav", "toolbar", "bullets", "tabs"];
        json!({"type": 11, "content": {"version": "LinkItem/1.0", "style": styles[self.dice.below(6)], "links": links}, "name": "links"})
    }

    fn panel(&mut self) -> Json {
        let (name, query, kind) = match self.dice.below(100) {
            0..70 => ("answers", self.dice.of(&ANSWERED).to_owned(), 0),
            70..80 => ("no table", self.dice.of(&MISSING).to_owned(), 0),
            80..86 => {
                ("elsewhere", "resources | take 1".to_owned(), self.dice.number(&[1, 9, 10, 12, 16, 44]))
            }
            86..93 => ("answers json", json_query(&mut self.dice), 8),
            _ => ("merge", self.merge(), 7),
        };
        let mut content = json!({"version": "KqlItem/1.0", "query": query, "queryType": kind, "size": self.dice.below(6),
            "title": *self.dice.of(&["", "Of {Mode} <i>", "{TimeRange:label}"]), "visualization": LOOKS[self.dice.below(LOOKS.len())],
            "timeContext": {"durationMs": self.dice.number(&[0, 86_400_000])},
            "timeContextFromParameter": *self.dice.of(&["TimeRange", "Missing", "Mode"]),
            "noDataMessage": "Nothing for {Mode}", "noDataMessageStyle": self.dice.below(7),
            "resourceType": "microsoft.operationalinsights/workspaces", "crossComponentResources": ["{Missing}"]});
        if self.dice.percent(30) {
            content["timeContextFromParameter"] = Json::Null;
        }
        if self.dice.percent(30) {
            content["exportFieldName"] = (*self.dice.of(&COLUMNS)).into();
            content["exportParameterName"] = "Row".into();
            content["exportDefaultValue"] = "{ \"Name\": \"\" }".into();
        } else if self.dice.percent(20) {
            content["exportedParameters"] = json!([{"fieldName": "Name", "parameterName": "RowName", "parameterType": 5, "defaultValue": "*"},
                {"fieldName": "", "parameterName": "WholeRow", "parameterType": 1}, {"parameterName": ""}]);
            content["exportMultipleValues"] = self.dice.percent(50).into();
        }
        let formatters: Vec<Json> = (0..self.dice.below(6)).map(|_| self.formatter()).collect();
        content["gridSettings"] = json!({"formatters": formatters, "filter": self.dice.percent(30), "rowLimit": self.dice.number(&[0, 1, 50, 10_000]),
            "sortBy": [{"itemKey": *self.dice.of(&["$gen_heatmap_Amount_3", "Name", "Gone"]), "sortOrder": self.dice.below(4)}],
            "labelSettings": [{"columnId": "Amount", "label": "Amount of {Mode}"}, {"columnId": "Gone", "label": null}]});
        if self.dice.percent(25) {
            content["gridSettings"]["hierarchySettings"] = if self.dice.percent(70) {
                json!({"treeType": 1, "groupBy": ["Kind", *self.dice.of(&["Name", "Gone"])], "expandTopLevel": self.dice.percent(50), "finalBy": "Name"})
            } else {
                json!({"treeType": self.dice.below(3), "idColumn": "Id", "parentColumn": "ParentId", "expanderColumn": "Name"})
            };
        }
        if self.dice.percent(50) {
            content["tileSettings"] = json!({"titleContent": self.formatter(), "subtitleContent": self.formatter(), "leftContent": self.formatter(),
                "rightContent": {"columnMatch": "Rate", "formatter": 12}, "secondaryContent": {"columnMatch": "Trend", "formatter": 21, "formatOptions": {"palette": "blue"}},
                "showBorder": self.dice.percent(50), "size": *self.dice.of(&["auto", "full", "fixed"]), "sortCriteriaField": "Amount", "sortOrderField": self.dice.below(4)});
        }
        if self.dice.percent(40) {
            content["chartSettings"] = json!({"xAxis": *self.dice.of(&COLUMNS), "yAxis": [*self.dice.of(&COLUMNS)], "group": *self.dice.of(&["Kind", "Gone", ""]),
                "createOtherGroup": self.dice.below(5), "showLegend": self.dice.percent(50), "showMetrics": self.dice.percent(50), "showDataPoints": true,
                "seriesLabelSettings": [{"seriesName": "low", "label": "Low", "color": "redBright"}, {"color": "orange"}],
                "ySettings": {"min": 0, "max": self.dice.below(3), "numberFormatSettings": {"unit": self.dice.below(50), "options": {"style": "decimal"}}},
                "customThresholdLine": "12", "customThresholdLineStyle": 3});
        }
        content["statSettings"] = json!({"valueField": "Amount", "valueAggregation": "Sum", "colorSettings": {"type": "heatmap", "heatmapPalette": "greenRed"}});
        content["textSettings"] =
            json!({"style": *self.dice.of(&["header", "bignumber", "markdown", "editor"])});
        content["graphSettings"] =
            json!({"type": 3, "topContent": {"columnMatch": "Name", "formatter": 1}, "nodeIdField": "Id"});
        content["mapSettings"] = json!({"locInfo": "LatLong", "latitude": "Rate", "longitude": "Amount"});
        json!({"type": 3, "content": content, "name": name, "showPin": true})
    }

    fn formatter(&mut self) -> Json {
        let operators = ["==", ">", "<", "contains", "startsWith", "regex", "is Empty", "Default", "odd"];
        let thresholds: Vec<Json> = (0..self.dice.below(4)).map(|_| json!({"operator": operators[self.dice.below(9)],
            "thresholdValue": *self.dice.of(&["1", "low", "[", ""]), "representation": *self.dice.of(&["success", "3", "redBright", "question", "odd"]),
            "text": *self.dice.of(&["{0}{1}", "", "[\"Name\"] of {Mode}"])})).collect();
        let targets = [
            "Url",
            "GenericDetails",
            "CellDetails",
            "WorkbookTemplate",
            "Resource",
            "OpenBlade",
            "None",
            "parameter",
        ];
        json!({"columnMatch": *self.dice.of(&COLUMNS), "formatter": self.dice.below(25), "formatOptions": {
                "palette": *self.dice.of(&PALETTES), "min": self.dice.number(&[0, 5]), "max": self.dice.below(9), "showIcon": true,
                "aggregation": *self.dice.of(&["Sum", "Count", "Unique", "None", "Odd"]), "thresholdsOptions": *self.dice.of(&["icons", "colors"]),
                "thresholdsGrid": thresholds, "linkTarget": if self.dice.percent(40) { json!(targets[self.dice.below(8)]) } else { Json::Null },
                "linkColumn": "Name", "linkLabel": "go {Mode}", "linkIsContextBlade": true, "customColumnWidthSetting": *self.dice.of(&["20ch", "15%", "3fr", "odd"]),
                "workbookContext": {"templateIdSource": *self.dice.of(&["static", "column", "cell", "parameter"]), "templateId": "a/b",
                    "templateParameters": [{"name": "X", "source": "column", "value": "Name"}, {"name": "Y", "source": "parameter", "value": "Gone"}]},
                "compositeBarSettings": {"labelText": "[\"Amount\"] of", "columnSettings": [{"columnName": "Amount", "color": "blue"}, {"columnName": "Gone"}]}},
            "numberFormat": {"unit": self.dice.below(50), "options": {"style": *self.dice.of(&["decimal", "percent"]), "maximumFractionDigits": self.dice.below(99),
                "minimumFractionDigits": self.dice.below(30), "maximumSignificantDigits": self.dice.below(4), "useGrouping": self.dice.percent(50)}, "emptyValCustomText": "-"},
            "dateFormat": {"showUtcTime": null, "formatName": *self.dice.of(&["shortDatePattern", "odd"])}, "tooltipFormat": {"tooltip": "of [\"Name\"] {Mode}"}})
    }

    fn merge(&mut self) -> String {
        let mut name = || match self.panels.len() {
            count if count > 0 && self.dice.percent(90) => self.panels[self.dice.below(count)].clone(),
            _ => "gone".to_owned(),
        };
        let (left, right) = (name(), name());
        let kinds = [
            "union",
            "table",
            "leftouter",
            "innerunique",
            "inner",
            "rightouter",
            "leftanti",
            "fullouter",
            "odd",
        ];
        let rule = self.dice.of(&["criteriaContext", "newColumnContext"]);
        let columns = json!([{"originalName": format!("[{left}].Name"), "mergedName": "Name", "fromId": "1"}, {"originalName": format!("[{right}].Amount"), "mergedName": "Amount"},
            {"originalName": "[Added column]", "mergedName": "Level", "isNewItem": true, "newItemData": [
                {"condition": "x", rule: {"leftOperand": "Name", "leftColumn": "Name", "operator": "==", "rightValType": "static", "rightVal": "a", "resultValType": "column", "resultVal": "Amount"}},
                {"condition": "Default", rule: {"operator": "Default", "rightValType": "column", "resultValType": "static", "resultVal": "low"}}]}]);
        json!({"version": "Merge/1.0", "merges": [{"id": "1", "mergeType": kinds[self.dice.below(9)], "leftTable": left, "rightTable": right, "leftColumn": "Name", "rightColumn": "Name"}],
            "projectRename": if self.dice.percent(50) { columns } else { json!([]) }}).to_string()
    }
}

fn json_query(dice: &mut Dice) -> String {
    let content = dice.of(&[
        r#"[{"Name": "{Mode}", "Amount": 3}, {"Name": "b", "Amount": null}]"#,
        r#"{"value": [{"Name": "x"}]}"#,
        "[]",
        "\"{Mode}\"",
        "[1, 2]",
    ]);
    let transformers = if dice.percent(50) {
        json!([{"type": "jsonpath", "settings": {"tablePath": *dice.of(&["$.value", "$..value", "$", ""]), "columns": [{"path": "$.Name", "columnid": "Name"}, {"path": "Amount", "columnid": "Amount", "columnType": "number"}]}}])
    } else {
        Json::Null
    };
    json!({"version": "1.0.0", "content": content, "transformers": transformers}).to_string()
}
