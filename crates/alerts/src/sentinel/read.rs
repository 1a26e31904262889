//! A rule of Sentinel's repository (YAML), or of `Microsoft.SecurityInsights/alertRules` (ARM), to a rule. Both have the
//! same fields; ARM has them below `properties` and writes some names differently.

use super::parts::{details, entities, overrides, suppression};
use crate::read::Reading;
use crate::rule::*;
use crate::text::{Fields, Found, Node, Value, within};
use crate::{Finding, Timespan, Weight};
use serde_json::Value as Json;

/// What the repository and exports say about a rule, and no evaluation asks. The last ones belong below `metadata` or to
/// old files.
const ABOUT: [&str; 19] = [
    "id",
    "version",
    "status",
    "requiredDataConnectors",
    "tags",
    "metadata",
    "alertRuleTemplateName",
    "templateVersion",
    "lastModifiedUtc",
    "startTimeUtc",
    "source",
    "author",
    "support",
    "providers",
    "categories",
    "threatAnalysisTactics",
    "threatAnalysisTechniques",
    "lastUpdatedDateUTC",
    "createdDateUTC",
];

/// What only scheduled rules have.
const SCHEDULE: [&str; 4] = ["queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"];

const KINDS: [(&str, bool); 2] = [("Scheduled", false), ("NRT", true)];

/// Reads a YAML document.
pub fn read_yaml(node: &Node, name: &str, file: &str) -> Reading {
    let mut found = Found::default();
    let node = &without_remarks(node, &mut found);
    let Some(mut fields) = Fields::of(node, "", &mut found) else {
        return Reading { rules: Vec::new(), findings: found.findings };
    };
    if let Some(finding) = other_kind(&mut fields).or_else(|| no_rule(&mut fields)) {
        return Reading { rules: Vec::new(), findings: vec![finding.of(name)] };
    }
    let mut kept = Vec::new();
    let title = match fields.get("name") {
        // Rules that were exported have the name that ARM gives it.
        None => fields.text("displayName", &mut found).or_else(|| fields.required_text("name", &mut found)),
        Some(_) => fields.required_text("name", &mut found),
    };
    let head = Head {
        name: name.to_owned(),
        title: title.map(|title| title.trim_end_matches('\n').to_owned()),
        source: Source { file: file.to_owned(), form: Form::SentinelYaml, place: node.place },
    };
    let kind = if fields.get("kind").is_some() { kind(&mut fields, &mut found) } else { Some(false) };
    fields.keep(&ABOUT, &mut kept);
    finish(head, "", fields, kind, kept, found)
}

/// Reads an ARM resource, whose kind says which rule it is.
pub fn read_resource(node: &Node, name: &str, path: &str, file: &str) -> Reading {
    let mut found = Found::default();
    let mut kept = Vec::new();
    let Some(mut outer) = Fields::of(node, path, &mut found) else {
        return Reading { rules: Vec::new(), findings: found.findings };
    };
    if let Some(finding) = other_kind(&mut outer) {
        return Reading { rules: Vec::new(), findings: vec![finding.of(name)] };
    }
    let kind = if outer.require("kind", &mut found).is_some() { kind(&mut outer, &mut found) } else { None };
    let keys = [
        "type",
        "apiVersion",
        "id",
        "etag",
        "scope",
        "dependsOn",
        "location",
        "condition",
        "comments",
        "tags",
    ];
    outer.keep(&keys, &mut kept);
    outer.get("name");
    let properties = outer.require("properties", &mut found);
    let inner = properties.and_then(|node| Fields::of(node, &outer.path("properties"), &mut found));
    outer.finish(&mut kept, &mut found);
    let Some(mut fields) = inner else { return Reading { rules: Vec::new(), findings: found.findings } };
    let title = fields.required_text("displayName", &mut found);
    fields.keep(&["alertRuleTemplateName", "templateVersion", "lastModifiedUtc"], &mut kept);
    let head = Head {
        name: name.to_owned(),
        title,
        source: Source { file: file.to_owned(), form: Form::SentinelJson, place: node.place },
    };
    finish(head, path, fields, kind, kept, found)
}

struct Head {
    name: String,
    title: Option<String>,
    source: Source,
}

/// Whether it is a near-real-time rule.
fn kind(fields: &mut Fields, found: &mut Found) -> Option<bool> {
    fields.word("kind", &KINDS, found)
}

/// Why a rule of another kind is refused; its other fields are not looked at, since they are others.
fn other_kind(fields: &mut Fields) -> Option<Finding> {
    let text = fields.get("kind")?.text()?;
    if KINDS.iter().any(|(word, _)| word.eq_ignore_ascii_case(text.trim())) {
        return None;
    }
    let what = format!("rules of the kind `{text}` are not evaluated here, only Scheduled and NRT ones");
    Some(Finding::error("rule-kind", fields.place_of("kind"), what).at(fields.path("kind")))
}

/// Why a document is refused that is something else: a hunting query, a function.
fn no_rule(fields: &mut Fields) -> Option<Finding> {
    let has = |fields: &mut Fields, keys: &[&str]| keys.iter().any(|key| fields.get(key).is_some());
    if has(fields, &["kind", "severity"]) || has(fields, &SCHEDULE) {
        return None;
    }
    let what = match fields.get("query") {
        Some(_) => "it has a query, and neither kind, severity nor schedule",
        None => "it has neither kind, severity, schedule nor query",
    };
    let finding = Finding::error("no-rule", fields.place_of(""), what).because("it is no alert rule");
    Some(finding.help("give it a severity, a schedule and a query, or leave the file out"))
}

fn finish(
    head: Head,
    path: &str,
    mut fields: Fields,
    realtime: Option<bool>,
    mut kept: Vec<(String, Json)>,
    mut found: Found,
) -> Reading {
    let name = head.name.clone();
    let rule = rule(head, &mut fields, realtime, &mut kept, &mut found);
    fields.finish(&mut kept, &mut found);
    let rule = rule.filter(|_| !found.has_errors()).map(|rule| Rule { kept: within(path, kept), ..rule });
    let findings = found.findings.into_iter().map(|finding| finding.of(&name)).collect();
    Reading { rules: rule.into_iter().collect(), findings }
}

fn rule(
    head: Head,
    fields: &mut Fields,
    realtime: Option<bool>,
    kept: &mut Vec<(String, Json)>,
    found: &mut Found,
) -> Option<Rule> {
    let description =
        fields.text("description", found).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let severities = [
        ("High", Severity::Error),
        ("Medium", Severity::Warning),
        ("Low", Severity::Informational),
        ("Informational", Severity::Verbose),
    ];
    fields.require("severity", found);
    let severity = fields.word("severity", &severities, found);
    let enabled = fields.flag("enabled", found).unwrap_or(true);
    let query = query(fields, found);
    let operators = [
        ("gt", Comparison::Greater),
        ("GreaterThan", Comparison::Greater),
        ("lt", Comparison::Less),
        ("LessThan", Comparison::Less),
        ("eq", Comparison::Equal),
        ("Equal", Comparison::Equal),
        ("ne", Comparison::NotEqual),
        ("NotEqual", Comparison::NotEqual),
    ];
    let scheduled = realtime == Some(false);
    for key in SCHEDULE {
        if scheduled {
            fields.require(key, found);
        } else if fields.get(key).is_some() {
            let what = format!("`{key}` does nothing in a near-real-time rule");
            let finding = Finding::warning("unused-field", fields.place_of(key), what).at(fields.path(key));
            found.add(finding.because("it looks at every minute once, and fires on any row"));
        }
    }
    let (mut every, mut period, mut operator, mut threshold) = (None, None, None, None);
    if scheduled {
        every = length(fields, "queryFrequency", found);
        period = length(fields, "queryPeriod", found);
        operator = fields.word("triggerOperator", &operators, found);
        threshold = fields.whole("triggerThreshold", found);
    } else {
        fields.keep(&SCHEDULE, kept);
    }
    let suppression = suppression(fields, found);
    let grouping = grouping(fields, kept, found);
    let entities = entities(fields, found);
    let details = details(fields, found);
    let overrides = overrides(fields, kept, found);
    let tactics = fields.texts("tactics", found);
    let mut techniques = fields.texts("relevantTechniques", found);
    techniques.extend(fields.texts("techniques", found));
    fields.keep(&["incidentConfiguration", "sentinelEntitiesMappings", "subTechniques"], kept);
    let standard = |given: Option<Timespan>| given.or((!scheduled).then_some(Timespan::minutes(1)));
    let counted = Counted {
        query: query?,
        period: standard(period)?,
        operator: operator.or((!scheduled).then_some(Comparison::Greater))?,
        threshold: threshold.or((!scheduled).then_some(0))?,
        realtime: realtime?,
        grouping,
        suppression,
        entities,
        details,
        overrides,
        tactics,
        techniques,
    };
    Some(Rule {
        name: head.name,
        title: head.title,
        description,
        panel: None,
        severity: severity?,
        enabled,
        schedule: Schedule {
            every: standard(every)?,
            delay: Timespan::minutes(if scheduled { 5 } else { 2 }),
        },
        condition: Condition::Counted(Box::new(counted)),
        life: Life::Stateless { mute: None },
        properties: Vec::new(),
        kept: Vec::new(),
        source: head.source,
    })
}

fn query(fields: &mut Fields, found: &mut Found) -> Option<Query> {
    let place = fields.place_of("query");
    let text = fields.required_text("query", found)?;
    if text.trim().is_empty() {
        found.add(Finding::error("missing-field", place, "the query is empty").at(fields.path("query")));
        return None;
    }
    Some(Query { text: text.trim().to_owned(), place })
}

/// The document without the remarks that some authors leave behind values of the schedule, as in queries:
/// `queryPeriod: 1d // one day`.
fn without_remarks(node: &Node, found: &mut Found) -> Node {
    let mut node = node.clone();
    let Value::Map(entries) = &mut node.value else { return node };
    for entry in
        entries.iter_mut().filter(|entry| SCHEDULE.iter().any(|key| entry.key.eq_ignore_ascii_case(key)))
    {
        let Some(text) = entry.value.text() else { continue };
        let Some((bare, _)) = text.split_once("//") else { continue };
        let what = format!("`{text}` has a remark within the value");
        let finding = Finding::new(Weight::Note, "remark-in-value", entry.value.place, what);
        found.add(finding.at(&entry.key));
        entry.value.value = Value::Text(bare.trim().to_owned());
    }
    node
}

/// A length of time, more than zero.
fn length(fields: &mut Fields, key: &str, found: &mut Found) -> Option<Timespan> {
    let (place, path) = (fields.place_of(key), fields.path(key));
    let text = fields.text(key, found)?;
    // `1H` and `1D` can mean one thing only; `1M` could be a month, and stays refused.
    let bare = text.trim();
    let lower = match bare.strip_suffix(['H', 'D']) {
        Some(_) if !bare.starts_with('P') => bare.to_ascii_lowercase(),
        Some(_) | None => bare.to_owned(),
    };
    let read = Timespan::read(&lower).and_then(|span| match span.is_zero() {
        true => Err(format!("`{text}` is no time at all")),
        false => Ok(span),
    });
    read.map_err(|what| found.add(Finding::error("wrong-value", place, what).at(path))).ok()
}

fn grouping(fields: &mut Fields, kept: &mut Vec<(String, Json)>, found: &mut Found) -> Grouping {
    let Some(mut settings) = fields.group("eventGroupingSettings", found) else { return Grouping::Single };
    let words = [("SingleAlert", Grouping::Single), ("AlertPerResult", Grouping::PerResult)];
    let grouping = settings.word("aggregationKind", &words, found).unwrap_or(Grouping::Single);
    settings.finish(kept, found);
    grouping
}
