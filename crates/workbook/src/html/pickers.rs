//! Values to choose: form controls in the live page, words in a file.

use crate::expand::given_text;
use crate::model::{Choice, ParameterKind};
use crate::page::Picker;
use calypso_view::HtmlMode;
use calypso_view::html::{attribute, attribute_value, element_text};

/// Draws the values of an item; `item` is its id.
pub fn pickers(pickers: &[Picker], item: &str, mode: HtmlMode) -> String {
    match mode {
        HtmlMode::File => words(pickers),
        HtmlMode::Live => {
            // Clicks set a quiet text; before, there is nothing to change.
            let idle = |one: &Picker| one.quiet && one.kind == ParameterKind::Text && !is_set(one);
            let seen = pickers.iter().enumerate().filter(|(_, one)| !idle(one));
            let controls: String = seen.map(|(at, one)| control(one, &format!("{item}.{at}"))).collect();
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
    picker.chosen.iter().any(|value| !value.is_empty() && value != "all" && value != "*")
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

/// A value offered, with the text it is given by.
struct Offer<'a> {
    /// Given alone: quoted where the text would mean something else than itself.
    alone: String,
    /// Given among others: as it stands.
    beside: &'a str,
    label: &'a str,
    group: &'a str,
    chosen: bool,
}

/// The values offered, then those chosen that are not offered.
fn offers(picker: &Picker) -> Vec<Offer<'_>> {
    let is_chosen = |alone: &str, value: &str| match picker.chosen.as_slice() {
        [one] => one == alone,
        several => several.iter().any(|one| one == value),
    };
    let mut offers: Vec<Offer> = Vec::new();
    for choice in &picker.choices {
        // `value::1` means the first value, whatever it is.
        let word = choice.value.starts_with("value::");
        let alone = if word { choice.value.clone() } else { given_text(&choice.value) };
        let chosen = is_chosen(&alone, &choice.value);
        offers.push(Offer {
            alone,
            beside: &choice.value,
            label: label(choice),
            group: &choice.group,
            chosen,
        });
    }
    for value in &picker.chosen {
        let known = offers.iter().any(|one| one.chosen && (one.alone == *value || one.beside == value));
        if !known && !is_all(picker) {
            offers.push(Offer { alone: value.clone(), beside: value, label: value, group: "", chosen: true });
        }
    }
    offers
}

/// Values by the headings they stand under, in order.
fn by_group<'a, 'b>(offers: &'b [Offer<'a>]) -> Vec<(&'a str, Vec<&'b Offer<'a>>)> {
    let mut groups: Vec<(&str, Vec<&Offer>)> = Vec::new();
    for offer in offers {
        match groups.iter_mut().find(|(group, _)| *group == offer.group) {
            Some((_, list)) => list.push(offer),
            None => groups.push((offer.group, vec![offer])),
        }
    }
    groups
}

fn drop_down(picker: &Picker) -> String {
    let offers = offers(picker);
    let mut options = String::new();
    if !picker.required || picker.chosen.is_empty() {
        options += &option("unset", "not set", picker.chosen.is_empty());
    }
    if picker.offers_all || is_all(picker) {
        options += &option("all", "All", is_all(picker));
    }
    for (group, offers) in by_group(&offers) {
        let list: String = offers.iter().map(|one| option(&one.alone, one.label, one.chosen)).collect();
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
    let offers = offers(picker);
    let mut boxes = String::new();
    if picker.offers_all || is_all(picker) {
        boxes += &input("checkbox", "choice all", &attribute_value("value", "all"), "All", is_all(picker));
    }
    for (group, offers) in by_group(&offers) {
        let list: String = offers.iter().map(|one| check_box(one)).collect();
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

/// A check box; `data-alone` is the text to give where no other is checked, if it differs.
fn check_box(offer: &Offer) -> String {
    let mut value = attribute_value("value", offer.beside);
    if offer.alone != offer.beside {
        value += &attribute_value("data-alone", &offer.alone);
    }
    input("checkbox", "choice", &value, offer.label, offer.chosen)
}

fn input(kind: &str, class: &str, attributes: &str, label: &str, checked: bool) -> String {
    let checked = if checked { " checked" } else { "" };
    let label = element_text(label);
    format!(
        "<label class=\"{class}\"><input type=\"{kind}\"{attributes}{checked}> <span>{label}</span></label>"
    )
}

fn options(picker: &Picker, name: &str) -> String {
    let name = attribute("name", name);
    let radio = |value: &str, label: &str, chosen| {
        input("radio", "choice", &format!("{name}{}", attribute_value("value", value)), label, chosen)
    };
    let mut buttons = String::new();
    if picker.offers_all || is_all(picker) {
        buttons += &radio("all", "All", is_all(picker));
    }
    offers(picker).iter().for_each(|one| buttons += &radio(&one.alone, one.label, one.chosen));
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
        let value = if value.is_empty() { String::new() } else { attribute_value("value", &minute(value)) };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn status(multiple: bool, chosen: &[&str]) -> Picker {
        let choice = |value: &str| Choice { value: value.into(), label: value.into(), ..Choice::default() };
        Picker {
            key: "Status".into(),
            label: "Status".into(),
            description: None,
            kind: ParameterKind::DropDown,
            multiple,
            offers_all: true,
            required: false,
            quiet: false,
            shown: "x".into(),
            chosen: chosen.iter().map(|value| (*value).to_owned()).collect(),
            choices: vec![choice("a"), choice("b, c"), choice("all"), choice("value::1")],
            custom_time: false,
            problem: None,
        }
    }

    #[test]
    fn a_value_means_itself() {
        let html = drop_down(&status(false, &["\"b, c\""]));
        assert_eq!(
            html,
            "<select><option value=\"unset\">not set</option><option value=\"all\">All</option>\
             <option value=\"a\">a</option><option value=\"&quot;b, c&quot;\" selected>b, c</option>\
             <option value=\"&quot;all&quot;\">all</option><option value=\"value::1\">value::1</option></select>"
        );
        let gone = drop_down(&status(false, &["gone"]));
        assert!(gone.ends_with("<option value=\"gone\" selected>gone</option></select>"), "{gone}");
    }

    #[test]
    fn several_values_stand_as_they_are() {
        let html = multi(&status(true, &["a", "b, c"]));
        for part in [
            "<label class=\"choice all\"><input type=\"checkbox\" value=\"all\"> <span>All</span>",
            "value=\"a\" checked>",
            "value=\"b, c\" data-alone=\"&quot;b, c&quot;\" checked>",
            "value=\"all\" data-alone=\"&quot;all&quot;\">",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(multi(&status(true, &["all"])).contains("value=\"all\" checked> <span>All</span>"));
    }

    #[test]
    fn two_times() {
        let picker = Picker {
            kind: ParameterKind::TimeRange,
            chosen: vec!["2026-10-01..2026-10-08T12:00:01.5Z".into()],
            ..status(false, &[])
        };
        let html = time(&picker);
        assert!(html.contains("<option value=\"custom\" selected>"), "{html}");
        assert!(
            html.contains(
                "class=\"from\" aria-label=\"From (UTC)\" title=\"UTC\" value=\"2026-10-01T00:00\">"
            )
        );
        assert!(html.contains(" value=\"2026-10-08T12:00:01\">"), "{html}");
    }
}
