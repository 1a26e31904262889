//! `Microsoft.Insights/scheduledQueryRules` to a rule. In: the tree of a resource whose parameters have values. Out: the
//! rule, or why it is none. Limits that Azure sets are not asked here but by `lint`.

use crate::read::Reading;
use crate::rule::*;
use crate::text::{Fields, Found, Node, Value, within};
use crate::{Finding, Timespan};
use serde_json::Value as Json;

/// Reads a resource.
pub fn read(node: &Node, name: &str, path: &str, file: &str) -> Reading {
    let mut found = Found::default();
    let mut kept = Vec::new();
    let source = Source { file: file.to_owned(), form: Form::AzureJson, place: node.place };
    let rule = rule(node, name, path, source, &mut kept, &mut found);
    let rule = rule.filter(|_| !found.has_errors()).map(|rule| Rule { kept: within(path, kept), ..rule });
    let findings = found.findings.into_iter().map(|finding| finding.of(name)).collect();
    Reading { rules: rule.into_iter().collect(), findings }
}

fn rule(
    node: &Node,
    name: &str,
    path: &str,
    source: Source,
    kept: &mut Vec<(String, Json)>,
    found: &mut Found,
) -> Option<Rule> {
    let mut outer = Fields::of(node, path, found)?;
    outer.get("name");
    kind(&mut outer, kept, found);
    let keys = [
        "type",
        "apiVersion",
        "id",
        "etag",
        "location",
        "tags",
        "identity",
        "systemData",
        "dependsOn",
        "condition",
        "comments",
        "scope",
    ];
    outer.keep(&keys, kept);
    let inner = outer.require("properties", found);
    let inner = inner.and_then(|node| Fields::of(node, &outer.path("properties"), found));
    outer.finish(kept, found);
    let mut fields = inner?;
    let title = fields.text("displayName", found);
    let description = fields.text("description", found).map(|text| text.trim().to_owned());
    let severity = severity(&mut fields, found);
    let enabled = fields.flag("enabled", found).unwrap_or(true);
    fields.require("evaluationFrequency", found);
    fields.require("windowSize", found);
    let every = length(&mut fields, "evaluationFrequency", found);
    let window = length(&mut fields, "windowSize", found);
    let range = length(&mut fields, "overrideQueryTimeRange", found);
    let life = life(&mut fields, found);
    let properties = actions(&mut fields, kept, found);
    let criteria = criteria(&mut fields, kept, found);
    let keys = [
        "scopes",
        "targetResourceTypes",
        "checkWorkspaceAlertsStorageConfigured",
        "skipQueryValidation",
        "createdWithApiVersion",
        "isLegacyLogAnalyticsRule",
        "isWorkspaceAlertsStorageConfigured",
        "resolveConfiguration",
        "publicNetworkAccess",
        "ruleResolveConfiguration",
    ];
    fields.keep(&keys, kept);
    fields.finish(kept, found);
    Some(Rule {
        name: name.to_owned(),
        title,
        description,
        panel: None,
        severity: severity?,
        enabled,
        schedule: Schedule { every: every?, delay: Timespan::ZERO },
        condition: Condition::Measured(Measured {
            criteria: criteria?,
            window: window?,
            range,
            warm_up: Timespan::ZERO,
        }),
        life,
        properties,
        kept: Vec::new(),
        source,
    })
}

fn kind(outer: &mut Fields, kept: &mut Vec<(String, Json)>, found: &mut Found) {
    let place = outer.place_of("kind");
    let Some(kind) = outer.text("kind", found) else { return };
    if !kind.eq_ignore_ascii_case("LogAlert") {
        let what = format!("rules of the kind `{kind}` are not evaluated here");
        let why = match kind.to_ascii_lowercase().as_str() {
            "logtometric" => "it writes a metric and alerts nobody",
            "simplelogalert" => "it looks at single rows as they come in",
            _ => "the kind is not known",
        };
        found.add(Finding::error("rule-kind", place, what).at(outer.path("kind")).because(why));
    }
    kept.push((outer.path("kind"), kind.into()));
}

fn severity(fields: &mut Fields, found: &mut Found) -> Option<Severity> {
    let place = fields.place_of("severity");
    if fields.get("severity").is_none() {
        return Some(Severity::Informational);
    }
    let number = fields.whole("severity", found)?;
    let known = Severity::ALL.into_iter().find(|one| u64::from(one.number()) == number);
    if known.is_none() {
        let what = format!("found {number}, wanted 0 to 4");
        found.add(Finding::error("wrong-value", place, what).at(fields.path("severity")));
    }
    known
}

/// A length of time, more than zero.
fn length(fields: &mut Fields, key: &str, found: &mut Found) -> Option<Timespan> {
    let span = fields.timespan(key, found)?;
    if span.is_zero() {
        let finding = Finding::error("wrong-value", fields.place_of(key), "found no time at all");
        found.add(finding.at(fields.path(key)));
        return None;
    }
    Some(span)
}

fn life(fields: &mut Fields, found: &mut Found) -> Life {
    let stateful = fields.flag("autoMitigate", found).unwrap_or(true);
    let place = fields.place_of("muteActionsDuration");
    let mute = fields.timespan("muteActionsDuration", found).filter(|span| !span.is_zero());
    if !stateful {
        return Life::Stateless { mute };
    }
    if mute.is_some() {
        let finding =
            Finding::warning("mute-of-stateful", place, "a stateful rule has `muteActionsDuration`");
        let finding = finding.at(fields.path("muteActionsDuration"));
        found.add(
            finding.because("Azure takes it for stateless rules alone").help("set `autoMitigate` to false"),
        );
    }
    Life::Stateful { resolve: Resolve::Azure }
}

/// `actions`: what is told to whom. Here it is kept; the properties travel with notifications.
fn actions(fields: &mut Fields, kept: &mut Vec<(String, Json)>, found: &mut Found) -> Vec<(String, String)> {
    let path = fields.path("actions");
    let Some(node) = fields.get("actions") else { return Vec::new() };
    if let Value::List(_) = node.value {
        kept.push((path, node.json()));
        return Vec::new();
    }
    let Some(mut actions) = Fields::of(node, &path, found) else { return Vec::new() };
    actions.keep(&["actionGroups", "actionProperties"], kept);
    let properties = actions.pairs("customProperties", found);
    actions.finish(kept, found);
    properties
}

fn criteria(
    fields: &mut Fields,
    kept: &mut Vec<(String, Json)>,
    found: &mut Found,
) -> Option<Vec<Criterion>> {
    let node = fields.require("criteria", found)?;
    let mut inner = Fields::of(node, &fields.path("criteria"), found)?;
    inner.require("allOf", found)?;
    let nodes = inner.list("allOf", found);
    if nodes.is_empty() {
        let finding = Finding::error("missing-field", inner.place_of("allOf"), "there is no criterion");
        found.add(finding.at(inner.path("allOf")));
    }
    let read: Vec<Option<Criterion>> =
        nodes.into_iter().map(|(node, path)| criterion(node, &path, kept, found)).collect();
    inner.finish(kept, found);
    read.into_iter().collect()
}

fn criterion(
    node: &Node,
    path: &str,
    kept: &mut Vec<(String, Json)>,
    found: &mut Found,
) -> Option<Criterion> {
    let mut fields = Fields::of(node, path, found)?;
    let dynamic = fields.text("criterionType", found).is_some_and(|kind| kind.starts_with("Dynamic"));
    if dynamic || fields.get("alertSensitivity").is_some() {
        let what = "dynamic thresholds are not evaluated here";
        let finding = Finding::error("dynamic-threshold", node.place, what).at(path);
        let why = "how Azure learns them is not published";
        found.add(finding.because(why).help("give a threshold; `calypso alert backtest` suggests one"));
        fields.keep(&["ignoreDataBefore", "threshold"], kept);
        return None;
    }
    let query_place = fields.place_of("query");
    let query = fields.required_text("query", found);
    let measure = measure(&mut fields, found);
    let resource_column = fields.text("resourceIdColumn", found).filter(|text| !text.is_empty());
    let dimensions = dimensions(&mut fields, kept, found);
    let operators = [
        ("Equals", Comparison::Equal),
        ("Equal", Comparison::Equal),
        ("GreaterThan", Comparison::Greater),
        ("GreaterThanOrEqual", Comparison::GreaterOrEqual),
        ("LessThan", Comparison::Less),
        ("LessThanOrEqual", Comparison::LessOrEqual),
    ];
    fields.require("operator", found);
    let operator = fields.word("operator", &operators, found);
    fields.require("threshold", found);
    let threshold = fields.number("threshold", found);
    let failing = failing(&mut fields, kept, found);
    fields.keep(&["metricName", "minRecurrenceCount"], kept);
    fields.finish(kept, found);
    Some(Criterion {
        query: Query { text: query?.trim().to_owned(), place: query_place },
        measure: measure?,
        dimensions: dimensions?,
        resource_column,
        operator: operator?,
        threshold: threshold?,
        failing: failing?,
        absent_within: None,
    })
}

fn measure(fields: &mut Fields, found: &mut Found) -> Option<Measure> {
    let place = fields.place_of("timeAggregation");
    let column = fields.text("metricMeasureColumn", found).filter(|text| !text.is_empty());
    let aggregates = [
        ("Count", None),
        ("Average", Some(Aggregate::Average)),
        ("Minimum", Some(Aggregate::Minimum)),
        ("Maximum", Some(Aggregate::Maximum)),
        ("Total", Some(Aggregate::Total)),
    ];
    fields.require("timeAggregation", found)?;
    match (fields.word("timeAggregation", &aggregates, found)?, column) {
        (Some(aggregate), Some(column)) => Some(Measure::Column { aggregate, column }),
        (Some(_), None) => {
            let what = "an aggregate needs `metricMeasureColumn`";
            found.add(Finding::error("missing-field", place, what).at(fields.path("timeAggregation")));
            None
        }
        (None, None) => Some(Measure::Rows),
        (None, Some(column)) => {
            let what = format!("`Count` counts rows, whatever `metricMeasureColumn` says (`{column}`)");
            let finding = Finding::warning("count-of-column", place, what);
            let help = "choose Average, Minimum, Maximum or Total, or leave the column out";
            found.add(finding.at(fields.path("metricMeasureColumn")).help(help));
            Some(Measure::Rows)
        }
    }
}

fn dimensions(
    fields: &mut Fields,
    kept: &mut Vec<(String, Json)>,
    found: &mut Found,
) -> Option<Vec<Dimension>> {
    let nodes = fields.list("dimensions", found);
    nodes.into_iter().map(|(node, path)| dimension(node, &path, kept, found)).collect()
}

fn dimension(
    node: &Node,
    path: &str,
    kept: &mut Vec<(String, Json)>,
    found: &mut Found,
) -> Option<Dimension> {
    let mut fields = Fields::of(node, path, found)?;
    let column = fields.required_text("name", found);
    let include = fields.word("operator", &[("Include", true), ("Exclude", false)], found).unwrap_or(true);
    let values = fields.texts("values", found);
    fields.finish(kept, found);
    let all = values.is_empty() || values.iter().any(|value| value == "*");
    let values = match (include, all) {
        (true, true) => Values::All,
        (true, false) => Values::Include(values),
        (false, false) => Values::Exclude(values),
        (false, true) => {
            let what = "all values are excluded, so that nothing is left";
            found.add(Finding::error("wrong-value", node.place, what).at(path));
            return None;
        }
    };
    Some(Dimension { column: column?, values })
}

fn failing(fields: &mut Fields, kept: &mut Vec<(String, Json)>, found: &mut Found) -> Option<FailingPeriods> {
    let path = fields.path("failingPeriods");
    let Some(node) = fields.get("failingPeriods") else { return Some(FailingPeriods { least: 1, of: 1 }) };
    let mut inner = Fields::of(node, &path, found)?;
    let of = inner.whole("numberOfEvaluationPeriods", found).unwrap_or(1);
    let least = inner.whole("minFailingPeriodsToAlert", found).unwrap_or(1);
    inner.finish(kept, found);
    let fit = u32::try_from(least).ok().zip(u32::try_from(of).ok()).filter(|_| least > 0 && least <= of);
    if fit.is_none() {
        let what = format!("{least} of {of} windows cannot fail");
        found.add(Finding::error("wrong-value", node.place, what).at(path));
    }
    fit.map(|(least, of)| FailingPeriods { least, of })
}
