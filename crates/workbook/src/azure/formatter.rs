//! How values are shown. In: a formatter of a grid or a part of a tile. Out: the rule of the model, with its thresholds,
//! bars, links and numbers.

use super::{Reader, loose, portal};
use crate::model::{
    Aggregation, CellLink, Formatter, FormatterKind, LinkTarget, LinkValue, NumberSettings, Part, Threshold,
    ThresholdTest, Thresholds,
};
use serde_json::Value as Json;

/// Reads a formatter; none where it names no column.
pub fn read(reader: &mut Reader, json: &Json, place: &str) -> Option<Formatter> {
    let Some(column) = loose::text(json, "columnMatch").or_else(|| loose::text(json, "columnId")) else {
        if json.get("formatter").is_some() {
            reader.note(format!("{place}: a rule for columns names none and is left out"));
        }
        return None;
    };
    let kind = kind(reader, json, &column, place);
    let options = loose::object(json, "formatOptions");
    let bar = loose::object(&options, "compositeBarSettings");
    let composite = kind == FormatterKind::CompositeBar;
    let colours =
        loose::text(&options, "thresholdsOptions").is_some_and(|how| how.eq_ignore_ascii_case("colors"));
    let date = loose::object(json, "dateFormat");
    Some(Formatter {
        kind,
        palette: loose::filled(&options, "palette"),
        min: loose::number(&options, "min"),
        max: loose::number(&options, "max"),
        aggregation: aggregation(reader, &options, place),
        number: number(&loose::object(json, "numberFormat")),
        thresholds: match kind {
            FormatterKind::Thresholds => thresholds(reader, &options, colours, place),
            _ => None,
        },
        parts: if composite {
            loose::list(&bar, "columnSettings").iter().filter_map(part).collect()
        } else {
            Vec::new()
        },
        label: loose::filled(&bar, "labelText").filter(|_| composite),
        link: link(&options, &column),
        tooltip: loose::filled(&loose::object(json, "tooltipFormat"), "tooltip"),
        width: loose::filled(&options, "customColumnWidthSetting"),
        date_format: loose::filled(&date, "customFormat").or_else(|| loose::filled(&date, "formatName")),
        column,
    })
}

fn kind(reader: &mut Reader, json: &Json, column: &str, place: &str) -> FormatterKind {
    match loose::whole(json, "formatter") {
        Some(0) | None => FormatterKind::Automatic,
        Some(1) => FormatterKind::Text,
        Some(2) => FormatterKind::Right,
        Some(3) => FormatterKind::Bar,
        Some(4) => FormatterKind::BarUnderneath,
        Some(5) => FormatterKind::Hidden,
        Some(6) => FormatterKind::DateTime,
        Some(7) => FormatterKind::Link,
        Some(8) => FormatterKind::HeatMap,
        Some(9) => FormatterKind::SparkArea,
        Some(10) => FormatterKind::SparkBars,
        Some(11) => FormatterKind::Icon,
        Some(12) => FormatterKind::BigNumber,
        Some(13..=17) => FormatterKind::Resource,
        Some(18) => FormatterKind::Thresholds,
        Some(19) => FormatterKind::Timeline,
        Some(21) => FormatterKind::SparkLine,
        Some(22) => FormatterKind::CompositeBar,
        Some(other) => {
            reader.note(format!("{place}: the formatter {other} of the column {column} is not known; its values are shown as they are"));
            FormatterKind::Automatic
        }
    }
}

fn aggregation(reader: &mut Reader, options: &Json, place: &str) -> Option<Aggregation> {
    let name = loose::filled(options, "aggregation")?;
    Some(match name.to_lowercase().as_str() {
        "none" => Aggregation::None,
        "sum" => Aggregation::Sum,
        "count" => Aggregation::Count,
        "min" => Aggregation::Min,
        "max" => Aggregation::Max,
        "average" | "avg" => Aggregation::Average,
        "unique" => Aggregation::Unique,
        "inherit" => Aggregation::Inherit,
        _ => {
            reader
                .note(format!("{place}: the aggregation `{name}` is not known; rows of groups show nothing"));
            return None;
        }
    })
}

/// Reads how numbers are written.
pub fn number(json: &Json) -> Option<NumberSettings> {
    let options = loose::object(json, "options");
    let unit = loose::whole(json, "unit");
    if unit.is_none() && !options.is_object() {
        return None;
    }
    // More digits than a number has are no digits at all.
    let digits = |key| loose::count(&options, key).map(|digits| digits.min(20));
    Some(NumberSettings {
        unit: unit.unwrap_or(0),
        min_digits: digits("minimumFractionDigits"),
        max_digits: digits("maximumFractionDigits"),
        significant: digits("maximumSignificantDigits").filter(|digits| *digits > 0),
        grouping: loose::flag(&options, "useGrouping"),
        percent: loose::text(&options, "style").is_some_and(|style| style == "percent"),
        empty: loose::number(json, "emptyValCustomText"),
    })
}

/// Reads the tests of values; none where there are none.
pub fn thresholds(reader: &mut Reader, options: &Json, colours: bool, place: &str) -> Option<Thresholds> {
    let mut tests = Vec::new();
    for json in loose::list(options, "thresholdsGrid").iter() {
        let operator = loose::filled(json, "operator").unwrap_or_else(|| "Default".into());
        let Some(test) = test(&operator) else {
            reader.note(format!(
                "{place}: the operator `{operator}` of a threshold is not known; the threshold is left out"
            ));
            continue;
        };
        let text = |key| loose::text(json, key).unwrap_or_default();
        tests.push(Threshold {
            test,
            value: text("thresholdValue"),
            shows: text("representation"),
            text: text("text"),
        });
    }
    (!tests.is_empty()).then_some(Thresholds { colours, tests })
}

fn test(operator: &str) -> Option<ThresholdTest> {
    let letters: String = operator.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    Some(match letters.as_str() {
        "==" | "=" | "isequalto" => ThresholdTest::Equal,
        "!=" | "isnotequalto" => ThresholdTest::NotEqual,
        ">" => ThresholdTest::Greater,
        ">=" => ThresholdTest::GreaterOrEqual,
        "<" => ThresholdTest::Less,
        "<=" => ThresholdTest::LessOrEqual,
        "contains" => ThresholdTest::Contains,
        "notcontains" | "doesnotcontain" => ThresholdTest::NotContains,
        "startswith" => ThresholdTest::StartsWith,
        "endswith" => ThresholdTest::EndsWith,
        "regex" => ThresholdTest::Matches,
        "isempty" | "isnull" => ThresholdTest::Empty,
        "isnotempty" | "isnotnull" | "notempty" => ThresholdTest::NotEmpty,
        "default" => ThresholdTest::Default,
        _ => return None,
    })
}

fn part(json: &Json) -> Option<Part> {
    let column = loose::filled(json, "columnName")?;
    Some(Part { column, colour: loose::text(json, "color").unwrap_or_default() })
}

fn link(options: &Json, column: &str) -> Option<CellLink> {
    let target = loose::filled(options, "linkTarget")?;
    let target = match target.to_lowercase().as_str() {
        "none" => return None,
        "url" => LinkTarget::Url,
        "celldetails" => LinkTarget::Cell,
        "genericdetails" => LinkTarget::Row,
        "workbooktemplate" => workbook(&loose::object(options, "workbookContext"), column),
        _ => LinkTarget::Portal(portal::action(&target)),
    };
    Some(CellLink {
        target,
        column: loose::filled(options, "linkColumn"),
        label: loose::filled(options, "linkLabel"),
        beside: loose::is(options, "linkIsContextBlade"),
    })
}

fn workbook(context: &Json, column: &str) -> LinkTarget {
    let source = loose::text(context, "templateIdSource").unwrap_or_default();
    let id = loose::filled(context, "templateId");
    let template = match (source.as_str(), id) {
        ("cell", _) => LinkValue::Column(column.to_owned()),
        (_, None) => return LinkTarget::Portal("opens a workbook that is not named".into()),
        (_, Some(id)) => value(&source, id, column),
    };
    let parameters = loose::list(context, "templateParameters");
    let parameters = parameters.iter().filter_map(|parameter| {
        let name = loose::filled(parameter, "name")?;
        let source = loose::text(parameter, "source").unwrap_or_default();
        Some((name, value(&source, loose::text(parameter, "value").unwrap_or_default(), column)))
    });
    LinkTarget::Workbook { template, parameters: parameters.collect() }
}

fn value(source: &str, value: String, column: &str) -> LinkValue {
    match source.to_lowercase().as_str() {
        "column" => LinkValue::Column(value),
        "cell" => LinkValue::Column(column.to_owned()),
        "parameter" => LinkValue::Parameter(value),
        _ => LinkValue::Text(value),
    }
}
