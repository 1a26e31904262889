//! Values to choose: form controls in the live page, words in a file.

use crate::model::{Choice, ParameterKind};
use crate::page_model::Picker;
use calypso_view::HtmlMode;
use calypso_view::html::{attribute, attribute_value, element_text};

/// Draws the values of an item; `item` is its id.
pub fn pickers(pickers: &[Picker], item: &str, mode: HtmlMode) -> String {
    match mode {
        HtmlMode::File => words(pickers),
        HtmlMode::Live => {
            let controls: String =
                pickers.iter().enumerate().map(|(at, one)| control(one, &format!("{item}.{at}"))).collect();
            format!("<div class=\"pickers\" role=\"group\" aria-label=\"Parameters\">\n{controls}</div>\n")
        }
    }
}

/// `Status: All`, save for quiet ones that are not set.
fn words(pickers: &[Picker]) -> String {
    let seen = pickers.iter().filter(|picker| !picker.quiet || is_set(picker));
    let words: String = seen
        .map(|picker| {
            let title = attribute("title", picker.description.as_deref().unwrap_or_default());
            let label = element_text(&picker.label);
            let shown = element_text(if picker.shown.is_empty() { "not set" } else { &picker.shown });
            format!(
                "<div class=\"picker\"{title}><dt>{label}:</dt> <dd>{shown}</dd>{}</div>\n",
                problem(picker)
            )
        })
        .collect();
    if words.is_empty() { words } else { format!("<dl class=\"pickers\">\n{words}</dl>\n") }
}

fn is_set(picker: &Picker) -> bool {
    !picker.chosen.is_empty() && picker.chosen.iter().all(|value| value != "all")
}

fn problem(picker: &Picker) -> String {
    let problem = picker.problem.as_deref().map_or_else(String::new, element_text);
    if problem.is_empty() {
        problem
    } else {
        format!("<span class=\"problem\" role=\"alert\">{problem}</span>")
    }
}

/// A form control; `name` is unique on the page.
fn control(picker: &Picker, name: &str) -> String {
    let (kind, element, control) = match &picker.kind {
        ParameterKind::TimeRange => ("time", "div", time(picker)),
        ParameterKind::Resource(what) => ("resource", "div", resource(what, picker)),
        ParameterKind::MultiValue => ("multi", "div", multi(picker)),
        ParameterKind::Options if !picker.multiple => ("options", "div", options(picker, name)),
        ParameterKind::DropDown | ParameterKind::Options if picker.multiple => {
            ("multi", "div", multi(picker))
        }
        ParameterKind::DropDown | ParameterKind::Options => ("drop-down", "label", drop_down(picker)),
        ParameterKind::Text => ("text", "label", text(picker)),
    };
    let quiet = if picker.quiet { " quiet" } else { "" };
    let group = if element == "div" { attribute("aria-label", &picker.label) } else { String::new() };
    let group = if group.is_empty() { group } else { format!(" role=\"group\"{group}") };
    let required =
        if picker.required { "<span class=\"required\" title=\"A value is needed\"> *</span>" } else { "" };
    format!(
        "<{element} class=\"picker{quiet}\"{} data-kind=\"{kind}\"{group}{}>\
         <span class=\"label\">{}{required}</span>{control}{}</{element}>\n",
        attribute_value("data-key", &picker.key),
        attribute("title", picker.description.as_deref().unwrap_or_default()),
        element_text(&picker.label),
        problem(picker)
    )
}

fn text(picker: &Picker) -> String {
    let value = picker.chosen.first().map_or("", String::as_str);
    format!("<input type=\"text\"{}{} autocomplete=\"off\">", attribute_value("value", value), state(picker))
}

/// Whether a value is needed, and whether the one there is right.
fn state(picker: &Picker) -> String {
    let required = if picker.required { " required" } else { "" };
    let invalid = if picker.problem.is_some() { " aria-invalid=\"true\"" } else { "" };
    format!("{required}{invalid}")
}

/// What a fixed value stands for.
fn resource(what: &str, picker: &Picker) -> String {
    let title = attribute("title", &format!("Chosen in the Azure portal, fixed here: {what}"));
    format!("<span class=\"fixed\"{title}>{}</span>", element_text(&picker.shown))
}

fn is_all(picker: &Picker) -> bool {
    picker.chosen.iter().any(|value| value == "all")
}

/// The values offered, then those chosen that are not offered.
fn offered(picker: &Picker) -> Vec<Choice> {
    let mut offered = picker.choices.clone();
    for value in &picker.chosen {
        let all = value == "all" && picker.offers_all;
        if !all && !value.is_empty() && offered.iter().all(|choice| choice.value != *value) {
            offered.push(Choice { value: value.clone(), label: value.clone(), ..Choice::default() });
        }
    }
    offered
}

/// Choices by the headings they stand under, in order.
fn by_group(choices: &[Choice]) -> Vec<(&str, Vec<&Choice>)> {
    let mut groups: Vec<(&str, Vec<&Choice>)> = Vec::new();
    for choice in choices {
        match groups.iter_mut().find(|(group, _)| *group == choice.group) {
            Some((_, list)) => list.push(choice),
            None => groups.push((&choice.group, vec![choice])),
        }
    }
    groups
}

fn drop_down(picker: &Picker) -> String {
    let offered = offered(picker);
    let mut options = String::new();
    if !picker.required || picker.chosen.is_empty() {
        let unset = picker.chosen.iter().all(String::is_empty);
        options += &option("", "not set", unset);
    }
    if picker.offers_all {
        options += &option("all", "All", is_all(picker));
    }
    for (group, choices) in by_group(&offered) {
        let list: String = choices
            .iter()
            .map(|choice| option(&choice.value, label(choice), picker.chosen.contains(&choice.value)))
            .collect();
        options += &if group.is_empty() {
            list
        } else {
            format!("<optgroup{}>{list}</optgroup>", attribute("label", group))
        };
    }
    format!("<select{}>{options}</select>", state(picker))
}

fn option(value: &str, label: &str, selected: bool) -> String {
    let selected = if selected { " selected" } else { "" };
    format!("<option{}{selected}>{}</option>", attribute_value("value", value), element_text(label))
}

fn label(choice: &Choice) -> &str {
    match (choice.label.as_str(), choice.value.as_str()) {
        ("", "") => "(empty)",
        ("", value) => value,
        (label, _) => label,
    }
}

fn multi(picker: &Picker) -> String {
    let all = is_all(picker);
    let offered = offered(picker);
    let mut boxes = String::new();
    if picker.offers_all {
        boxes += &choice_input("checkbox", "", "all", "All", all, "choice all");
    }
    for (group, choices) in by_group(&offered) {
        let list: String = choices
            .iter()
            .map(|choice| {
                let checked = picker.chosen.contains(&choice.value);
                choice_input("checkbox", "", &choice.value, label(choice), checked, "choice")
            })
            .collect();
        boxes += &if group.is_empty() {
            list
        } else {
            format!("<fieldset><legend>{}</legend>{list}</fieldset>", element_text(group))
        };
    }
    let search = attribute("aria-label", &format!("Search {}", picker.label));
    let shown = element_text(if picker.shown.is_empty() { "not set" } else { &picker.shown });
    format!(
        "<details class=\"multi\"><summary>{shown}</summary><div class=\"choices\">\
         <input type=\"search\" class=\"search\" placeholder=\"Search\"{search}>\
         <div class=\"list\">{boxes}</div>\
         <p class=\"buttons\"><button type=\"button\" class=\"primary apply\">Apply</button></p></div></details>"
    )
}

fn choice_input(
    kind: &'static str,
    name: &str,
    value: &str,
    label: &str,
    checked: bool,
    class: &'static str,
) -> String {
    let name = attribute("name", name);
    let checked = if checked { " checked" } else { "" };
    let value = attribute_value("value", value);
    format!(
        "<label class=\"{class}\"><input type=\"{kind}\"{name}{value}{checked}> <span>{}</span></label>",
        element_text(label)
    )
}

fn options(picker: &Picker, name: &str) -> String {
    let offered = offered(picker);
    let mut buttons = String::new();
    if picker.offers_all {
        buttons += &choice_input("radio", name, "all", "All", is_all(picker), "choice");
    }
    for choice in &offered {
        let checked = picker.chosen.contains(&choice.value);
        buttons += &choice_input("radio", name, &choice.value, label(choice), checked, "choice");
    }
    format!("<span class=\"options\" role=\"radiogroup\">{buttons}</span>")
}

/// The lengths offered, and two times where those can be given.
fn time(picker: &Picker) -> String {
    let chosen = picker.chosen.first().map_or("", String::as_str);
    let span = chosen.split_once("..");
    let mut options: String =
        picker.choices.iter().map(|one| option(&one.value, label(one), one.value == chosen)).collect();
    let known = picker.choices.iter().any(|choice| choice.value == chosen);
    if !known && span.is_none() {
        options =
            option(chosen, if picker.shown.is_empty() { "not set" } else { &picker.shown }, true) + &options;
    }
    if picker.custom_time || span.is_some() {
        options += &option("custom", "Custom…", span.is_some());
    }
    let search = attribute("aria-label", &picker.label);
    let select = format!("<select{search}{}>{options}</select>", state(picker));
    if !picker.custom_time && span.is_none() {
        return select;
    }
    let (from, to) = span.unwrap_or_default();
    let hidden = if span.is_some() { "" } else { " hidden" };
    let input = |name: &str, class: &str, value: &str| {
        let value = attribute_value("value", &minute(value));
        format!(
            "<input type=\"datetime-local\" class=\"{class}\" aria-label=\"{name} (UTC)\" title=\"UTC\"{value}>"
        )
    };
    format!(
        "{select}<span class=\"custom\"{hidden}>{} to {} \
         <button type=\"button\" class=\"apply\">Apply</button></span>",
        input("From", "from", from),
        input("To", "to", to)
    )
}

/// A time as the input for one wants it: `2026-10-01T00:00`. Seconds are kept, parts of them are not.
fn minute(text: &str) -> String {
    let text = text.trim().trim_end_matches('Z');
    let (date, clock) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
    let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
    format!("{date}T{clock}")
}
