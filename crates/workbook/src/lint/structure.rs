//! Conditions that never hold, merges of what is not there, and what could not be read.

use super::survey::{At, Survey};
use super::{Found, Severity, listed};
use crate::model::{Comparison, Condition, Content, Source};

/// Items that are never, or always, shown.
pub fn conditions(survey: &Survey, found: &mut Found) {
    for (at, item) in &survey.items {
        for condition in &item.conditions {
            one(survey, at, condition, found);
        }
    }
    for (at, parameter) in &survey.parameters {
        for condition in &parameter.conditions {
            one(survey, at, condition, found);
        }
    }
}

fn one(survey: &Survey, at: &At, condition: &Condition, found: &mut Found) {
    let name = &condition.parameter;
    if !survey.is_given(name) {
        let (severity, why) = if needs_value(condition) {
            (Severity::Fault, "the item is never shown")
        } else {
            (Severity::Note, "the item is always shown")
        };
        let what = format!("the condition asks for {name}, to which nothing gives a value");
        found.add(at, severity, what, why, "declare the parameter, or let a tab or a click set it");
        return;
    }
    let of_links = !survey.is_declared(name) && condition.comparison == Comparison::Equal;
    if !of_links || condition.value.is_empty() || condition.value.contains('{') {
        return;
    }
    let values: Vec<String> = survey
        .sets
        .iter()
        .filter(|(_, set, _)| set == name)
        .map(|(_, _, value)| (*value).to_owned())
        .collect();
    if values.iter().any(|value| *value == condition.value || value.contains('{')) {
        return;
    }
    let what =
        format!("the condition asks for {name} `{}`, but the links set {}", condition.value, listed(&values));
    found.add(
        at,
        Severity::Fault,
        what,
        "the item is never shown",
        "write the same value in the link and in the condition",
    );
}

/// Whether a condition holds only where there is a value.
fn needs_value(condition: &Condition) -> bool {
    match condition.comparison {
        Comparison::Equal => !condition.value.is_empty(),
        Comparison::NotEqual => condition.value.is_empty(),
        Comparison::NotContains | Comparison::Empty => false,
        Comparison::Contains
        | Comparison::StartsWith
        | Comparison::EndsWith
        | Comparison::Greater
        | Comparison::GreaterOrEqual
        | Comparison::Less
        | Comparison::LessOrEqual
        | Comparison::Matches
        | Comparison::NotEmpty => true,
    }
}

/// Merges of items that are not there.
pub fn merges(survey: &Survey, found: &mut Found) {
    for (at, _, panel) in &survey.panels {
        let Source::Merge(merge) = &panel.source else { continue };
        let mut earlier: Vec<&str> = Vec::new();
        for step in &merge.steps {
            let sides = [Some(&step.left), step.right.as_ref()].into_iter().flatten();
            for side in sides {
                let known = earlier.contains(&side.as_str())
                    || survey.panels.iter().any(|(_, item, _)| !item.name.is_empty() && item.name == *side);
                if !known {
                    let what =
                        format!("the merge takes the rows of `{side}`, which is no panel of this workbook");
                    let way_out =
                        "give the panel that is meant this name; names are compared letter by letter";
                    found.add(at, Severity::Fault, what, "there are no rows to show", way_out);
                }
            }
            earlier.push(&step.id);
        }
    }
}

/// What could not be read, or has no meaning here.
pub fn placeholders(survey: &Survey, found: &mut Found) {
    for (at, item) in &survey.items {
        let Content::Placeholder(placeholder) = &item.content else { continue };
        let title =
            if placeholder.title.is_empty() { String::new() } else { format!(" `{}`", placeholder.title) };
        let what = format!("{}{title} is not shown", placeholder.what);
        let (severity, way_out) = match placeholder.what.as_str() {
            "Template" => {
                (Severity::Fault, "put the template's file beside the workbook's, under its own name")
            }
            "Merge" => (Severity::Fault, "mend the merge in the portal's editor"),
            _ => (Severity::Note, "look at it in the portal"),
        };
        found.add(at, severity, what, &placeholder.why, way_out);
    }
}
