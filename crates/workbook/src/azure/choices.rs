//! Where the values of a parameter come from: a query, JSON text, rules, or a source that is not here. In: a parameter
//! of a workbook file. Out: its choices. Rules of merged columns are written alike and are read here, too.

use super::{Reader, loose, merge, portal};
use crate::model::{Choices, Criterion, CriterionResult, CriterionTest, QueryText};
use serde_json::Value as Json;

/// Reads where a parameter's values come from.
pub fn read(reader: &mut Reader, json: &Json, place: &str) -> Choices {
    let rules = loose::list(json, "criteriaData");
    if !rules.is_empty() {
        return Choices::Criteria(criteria(reader, &rules, place, Operand::Parameter));
    }
    let query = loose::filled(json, "query");
    let listed = loose::filled(json, "jsonData").or_else(|| {
        // Written as JSON itself, not as the text of it.
        json.get("jsonData").filter(|json| json.is_array() || json.is_object()).map(Json::to_string)
    });
    let query_type = loose::whole(json, "queryType");
    match (query, listed) {
        (Some(query), None) => from_query(query, query_type.unwrap_or(0)),
        (Some(query), Some(_)) if query_type.is_some() => from_query(query, query_type.unwrap_or(0)),
        (_, Some(text)) => Choices::Json(text),
        (None, None) => match query_type.and_then(portal::source) {
            Some(source) => Choices::Unavailable(format!("its values come from {source}, which is not here")),
            None => Choices::None,
        },
    }
}

fn from_query(query: String, query_type: u64) -> Choices {
    match query_type {
        0 => Choices::Query(QueryText { text: query, ..QueryText::default() }),
        8 => Choices::Rows(merge::json_source(&query)),
        7 => Choices::Unavailable("its values come from a merge, which only panels can show".into()),
        other => {
            let source = portal::source(other).unwrap_or_default();
            Choices::Unavailable(format!("its values come from {source}, which is not here"))
        }
    }
}

/// What the left side of a rule names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// A parameter; written `{name}`.
    Parameter,
    /// A column; written `["name"]`.
    Column,
}

/// Reads rules.
pub fn criteria(reader: &mut Reader, rules: &[Json], place: &str, left: Operand) -> Vec<Criterion> {
    let mut criteria = Vec::new();
    for rule in rules {
        // Older files have the second name.
        let contexts = ["criteriaContext", "newColumnContext"].map(|key| loose::object(rule, key));
        let rule = contexts.iter().find(|context| context.is_object()).map_or(rule, |context| context);
        match criterion(rule, left) {
            Some(criterion) => criteria.push(criterion),
            None => reader.note(format!("{place}: a rule of its value has no operator and is left out")),
        }
    }
    criteria
}

fn criterion(rule: &Json, left: Operand) -> Option<Criterion> {
    let operator = loose::filled(rule, "operator")?;
    let test = if operator.eq_ignore_ascii_case("Default") {
        CriterionTest::Always
    } else {
        let right = loose::text(rule, "rightVal").unwrap_or_default();
        let right = match loose::text(rule, "rightValType").unwrap_or_default().as_str() {
            // The portal writes `param` for a right side that was never filled in, too.
            "param" | "parameter" if !right.is_empty() => operand(&right, Operand::Parameter),
            "column" if !right.is_empty() => operand(&right, Operand::Column),
            _ => right,
        };
        let named = ["leftOperand", "leftColumn"].iter().find_map(|key| loose::filled(rule, key));
        let named = named.unwrap_or_default();
        CriterionTest::If { left: operand(&named, left), operator, right }
    };
    let result = loose::text(rule, "resultVal").unwrap_or_default();
    let result = match loose::text(rule, "resultValType").unwrap_or_default().as_str() {
        // One that was never filled in gives nothing.
        _ if result.trim().is_empty() => CriterionResult::Text(String::new()),
        "param" | "parameter" => CriterionResult::Parameter(result),
        "expression" => CriterionResult::Expression(result),
        "column" => CriterionResult::Text(operand(&result, Operand::Column)),
        _ => CriterionResult::Text(result),
    };
    Some(Criterion { test, result })
}

/// A name as texts refer to it.
fn operand(name: &str, kind: Operand) -> String {
    let bare = name.trim();
    match kind {
        Operand::Parameter if bare.starts_with('{') => bare.to_owned(),
        Operand::Parameter => format!("{{{bare}}}"),
        Operand::Column if bare.starts_with("[\"") => bare.to_owned(),
        Operand::Column => format!("[\"{bare}\"]"),
    }
}
