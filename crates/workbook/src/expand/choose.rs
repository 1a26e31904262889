//! Which value a parameter has. In: the parameter, what the reader gave for it, and the values offered. Out: its
//! value, or a sentence why it can have none such.
//!
//! A reader gives a text: `Failure`, `a, b` (in double quotes where a comma belongs to a value), `all` or `*`,
//! `value::3` for the first three, `unset`, `48h`, `2026-10-01..2026-10-08`. What is given several times is taken as
//! it stands.

use super::given::{Word, is_special, means_all, split};
use super::template::pieces;
use crate::chosen::{Chosen, Circumstances, Held, Origin};
use crate::model::{Choice, Choices, Expansion, Parameter, ParameterKind, Shipped};
use crate::time_range::TimeRange;

/// What stands for a subscription, a resource and the like: here are only logs.
pub const RESOURCE: &str = "local";

/// The value of a parameter: what the reader gave, else what it is shipped with. A value that is not among those
/// offered is taken too; the page says so.
///
/// # Errors
/// A sentence when what was given is no value of the parameter.
pub fn choose(
    parameter: &Parameter,
    given: &[&str],
    offered: &[Choice],
    circumstances: &Circumstances,
) -> Result<Chosen, String> {
    let (held, origin) = match &parameter.kind {
        ParameterKind::TimeRange => (range(parameter, given, circumstances)?, Origin::Author),
        ParameterKind::Text => text(parameter, given, offered, circumstances)?,
        ParameterKind::Resource(_) => {
            (resource(given), if given.is_empty() { Origin::Author } else { Origin::Given })
        }
        ParameterKind::DropDown | ParameterKind::MultiValue | ParameterKind::Options => {
            picked(parameter, given, offered, circumstances)?
        }
    };
    let several = parameter.multiple || parameter.kind == ParameterKind::MultiValue;
    let around = |text: &str| if several { text.to_owned() } else { String::new() };
    Ok(Chosen {
        held,
        quote: around(&parameter.quote),
        delimiter: around(&parameter.delimiter),
        select_all: parameter.select_all.clone(),
        origin,
        label: parameter.label().to_owned(),
        required: parameter.required,
        clause: None,
    })
}

fn range(parameter: &Parameter, given: &[&str], circumstances: &Circumstances) -> Result<Held, String> {
    let read = |text: &str| {
        let range = TimeRange::read(text, circumstances.now).filter(|range| range.to <= MOST);
        range.map(Held::Time).ok_or_else(|| {
            let first = parameter.durations.first();
            let first = first.and_then(|length| TimeRange::of_milliseconds(*length, circumstances.now));
            format!(
                "`{text}` is no time range for {}; write a length such as {}, or two times with `..` between",
                parameter.label(),
                first.map_or_else(|| "48h".to_owned(), |range| range.text)
            )
        })
    };
    match (given.last(), &parameter.value) {
        (Some(text), _) if text.trim().is_empty() || text.eq_ignore_ascii_case("unset") => Ok(Held::Unset),
        (Some(text), _) => read(text),
        (None, Shipped::Text(text)) => read(text),
        (None, Shipped::Milliseconds(length)) => {
            Ok(TimeRange::of_milliseconds(*length, circumstances.now).map_or(Held::Unset, Held::Time))
        }
        (None, Shipped::Span(from, to)) => read(&format!("{from}..{to}")),
        (None, Shipped::Unset | Shipped::List(_)) => Ok(Held::Unset),
    }
}

/// The last tick a range may reach, that of the last datetime.
const MOST: i64 = calypso_library::format::MAX_DATETIME;

fn text(
    parameter: &Parameter,
    given: &[&str],
    offered: &[Choice],
    circumstances: &Circumstances,
) -> Result<(Held, Origin), String> {
    if let Some(text) = given.last() {
        if text.is_empty() && circumstances.expansion == Expansion::Braces {
            return Ok((Held::Unset, Origin::Given));
        }
        check(parameter, text)?;
        return Ok((Held::Text((*text).to_owned()), Origin::Given));
    }
    let made = matches!(parameter.choices, Choices::Query(_) | Choices::Rows(_) | Choices::Criteria(_))
        && circumstances.expansion == Expansion::Braces;
    // The value that its query or its rules gave goes before the one it is shipped with.
    if let Some(first) = offered.first().filter(|_| made) {
        return Ok((Held::Text(first.value.clone()), origin_of_choices(parameter)));
    }
    let held = match &parameter.value {
        Shipped::Unset => Held::Unset,
        Shipped::Text(text) => Held::Text(text.clone()),
        Shipped::List(texts) => Held::Text(texts.join(",")),
        Shipped::Milliseconds(number) => Held::Text(number.to_string()),
        Shipped::Span(from, to) => Held::Text(format!("{from}..{to}")),
    };
    Ok((held, Origin::Author))
}

/// Whether a text meets the rules. A rule that is no regular expression here is left out.
fn check(parameter: &Parameter, text: &str) -> Result<(), String> {
    for (pattern, must_match, sentence) in &parameter.rules {
        let Ok(pattern) = regex::Regex::new(pattern) else { continue };
        if pattern.is_match(text) != *must_match {
            let why = if sentence.is_empty() { "is not of the form it must have" } else { sentence.as_str() };
            return Err(format!("`{text}` is no value for {}: {why}", parameter.label()));
        }
    }
    Ok(())
}

fn resource(given: &[&str]) -> Held {
    let last = given.last().filter(|text| !text.is_empty() && !is_special(text));
    Held::Text(last.map_or_else(|| RESOURCE.to_owned(), |text| (*text).to_owned()))
}

/// Who wrote the values offered.
fn origin_of_choices(parameter: &Parameter) -> Origin {
    let fixed = |text: &str| pieces(text).iter().all(|piece| matches!(piece, super::Piece::Text(_)));
    let author = match &parameter.choices {
        Choices::None | Choices::List(_) | Choices::Unavailable(_) => true,
        Choices::Json(text) => fixed(text),
        Choices::Query(_) | Choices::Rows(_) | Choices::Criteria(_) => false,
    };
    if author { Origin::Author } else { Origin::Given }
}

fn picked(
    parameter: &Parameter,
    given: &[&str],
    offered: &[Choice],
    circumstances: &Circumstances,
) -> Result<(Held, Origin), String> {
    let plain = |text: &str| Word { text: text.to_owned(), quoted: false };
    let lets = circumstances.expansion == Expansion::Lets;
    let words = match given {
        [] => return Ok(shipped(parameter, offered, lets)),
        [one] if offered.iter().any(|choice| choice.value == *one) && !is_special(one) => vec![plain(one)],
        [one] => split(one),
        several => several.iter().map(|text| plain(text)).collect(),
    };
    if words.is_empty() && lets {
        let label = parameter.label();
        return Err(format!("no value chosen for {label}; `all` leaves everything in"));
    }
    let held = held(parameter, &words, offered);
    let Held::Picked { all, values } = &held else { return Ok((held, Origin::Given)) };
    if !all && values.len() > 1 && !takes_several(parameter) {
        return Err(format!(
            "{} takes one value, not {}; put it in double quotes if the comma is part of it",
            parameter.label(),
            values.len()
        ));
    }
    if let Some(limit) = parameter.limit.filter(|limit| !all && values.len() > *limit) {
        return Err(format!("{} takes at most {limit} values, not {}", parameter.label(), values.len()));
    }
    let known = values.iter().all(|value| offered.iter().any(|choice| choice.value == value.value));
    let origin = if known { origin_of_choices(parameter) } else { Origin::Given };
    Ok((held, origin))
}

fn takes_several(parameter: &Parameter) -> bool {
    parameter.multiple || parameter.kind == ParameterKind::MultiValue
}

/// The value it is shipped with, without what is said of it.
fn shipped(parameter: &Parameter, offered: &[Choice], lets: bool) -> (Held, Origin) {
    let words: Vec<Word> = match &parameter.value {
        Shipped::Text(text) if lets => split(text),
        Shipped::Text(text) if text.is_empty() => Vec::new(),
        Shipped::Text(text) => vec![Word { text: text.clone(), quoted: !text.starts_with("value::") }],
        Shipped::List(texts) => {
            let word = |text: &String| Word { text: text.clone(), quoted: !text.starts_with("value::") };
            texts.iter().map(word).collect()
        }
        Shipped::Milliseconds(number) => vec![Word { text: number.to_string(), quoted: true }],
        Shipped::Span(from, to) => vec![Word { text: format!("{from}..{to}"), quoted: true }],
        Shipped::Unset => Vec::new(),
    };
    if words.is_empty() && lets {
        return (Held::Picked { all: true, values: offered.to_vec() }, origin_of_choices(parameter));
    }
    if words.is_empty() {
        return (selected(parameter, offered), origin_of_choices(parameter));
    }
    let from_offered = words.iter().any(|word| !word.quoted);
    let origin = if from_offered { origin_of_choices(parameter) } else { Origin::Author };
    (held(parameter, &words, offered), origin)
}

/// The choices that are marked as chosen at first.
fn selected(parameter: &Parameter, offered: &[Choice]) -> Held {
    let most = if takes_several(parameter) { usize::MAX } else { 1 };
    some(offered.iter().filter(|choice| choice.selected).take(most).cloned().collect())
}

fn some(values: Vec<Choice>) -> Held {
    if values.is_empty() { Held::Unset } else { Held::Picked { all: false, values } }
}

/// What the words mean.
fn held(parameter: &Parameter, words: &[Word], offered: &[Choice]) -> Held {
    let free = || words.iter().filter(|word| !word.quoted).map(|word| word.text.as_str());
    // A value that is called so goes before the word, where all is not offered as such.
    let is_value = |word: &str| !parameter.offers_all && offered.iter().any(|choice| choice.value == word);
    if free().any(|word| means_all(word) && !is_value(word)) {
        return Held::Picked { all: true, values: offered.to_vec() };
    }
    if let [one] = words
        && !one.quoted
        && one.text.eq_ignore_ascii_case("unset")
        && !is_value(&one.text)
    {
        return Held::Unset;
    }
    let mut values: Vec<Choice> = Vec::new();
    for word in words {
        let first = word.text.strip_prefix("value::").filter(|_| !word.quoted);
        let found = match first {
            Some("selected") => offered.iter().filter(|choice| choice.selected).cloned().collect(),
            Some(count) if count.parse::<usize>().is_ok() => {
                offered.iter().take(count.parse().unwrap_or(1)).cloned().collect()
            }
            Some(_) | None => vec![choice(&word.text, offered)],
        };
        for choice in found {
            if !values.iter().any(|known| known.value == choice.value) {
                values.push(choice);
            }
        }
    }
    some(values)
}

/// The choice of that value, else of that label, else one that is not offered.
fn choice(text: &str, offered: &[Choice]) -> Choice {
    let by_value = offered.iter().find(|choice| choice.value == text);
    let found = by_value.or_else(|| offered.iter().find(|choice| !text.is_empty() && choice.label == text));
    let new = || Choice { value: text.to_owned(), label: text.to_owned(), ..Choice::default() };
    found.cloned().unwrap_or_else(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expand::given_text;
    use proptest::prelude::*;

    const NOW: i64 = 1 << 59;

    fn circumstances(expansion: Expansion) -> Circumstances {
        Circumstances { now: NOW, faithful: false, expansion }
    }

    fn list(multiple: bool) -> Parameter {
        let quotes = "'".to_owned();
        Parameter {
            name: "JobId".to_owned(),
            label: Some("Job Id".to_owned()),
            kind: ParameterKind::DropDown,
            multiple,
            quote: quotes,
            delimiter: ",".to_owned(),
            offers_all: true,
            select_all: Some("*".to_owned()),
            choices: Choices::Query(crate::model::QueryText::default()),
            ..Parameter::default()
        }
    }

    fn offered() -> Vec<Choice> {
        let choice = |(value, label, selected): (&str, &str, bool)| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            selected,
            group: String::new(),
        };
        [("a", "Alpha", false), ("b", "Beta", true), ("c, d", "Both", false), ("O'Neil", "", false)]
            .map(choice)
            .to_vec()
    }

    /// The values chosen, `*` before them for all.
    fn told(chosen: Result<Chosen, String>) -> Vec<String> {
        match chosen.unwrap().held {
            Held::Unset => vec!["-".to_owned()],
            Held::Text(text) => vec![text],
            Held::Picked { all, values } => {
                let all = all.then(|| "*".to_owned());
                all.into_iter().chain(values.into_iter().map(|choice| choice.value)).collect()
            }
            Held::Time(range) => vec![range.text],
        }
    }

    fn chosen(parameter: &Parameter, given: &[&str]) -> Result<Chosen, String> {
        choose(parameter, given, &offered(), &circumstances(Expansion::Braces))
    }

    #[test]
    fn what_readers_give() {
        for (given, wanted) in [
            (&["a"][..], &["a"][..]),
            (&["a, b"], &["a", "b"]),
            (&["c, d"], &["c, d"]),
            (&["\"c, d\",a"], &["c, d", "a"]),
            (&["c, d", "x"], &["c, d", "x"]),
            (&["Alpha"], &["a"]),
            (&["O'Neil"], &["O'Neil"]),
            (&["\"all\""], &["all"]),
            (&["\"say \"\"hi\"\"\""], &["say \"hi\""]),
            (&["a\"b"], &["a\"b"]),
            (&["\"\""], &[""]),
            (&["all"], &["*", "a", "b", "c, d", "O'Neil"]),
            (&["a", "*"], &["*", "a", "b", "c, d", "O'Neil"]),
            (&["value::all"], &["*", "a", "b", "c, d", "O'Neil"]),
            (&["value::1"], &["a"]),
            (&["value::3"], &["a", "b", "c, d"]),
            (&["value::selected"], &["b"]),
            (&["unset"], &["-"]),
            (&[""], &["-"]),
            (&[" , "], &["-"]),
            (&["a", "a"], &["a"]),
            (&["'; drop table T"], &["'; drop table T"]),
            (&[], &["b"]),
        ] {
            assert_eq!(told(chosen(&list(true), given)), wanted, "{given:?}");
        }
        assert_eq!(told(chosen(&list(false), &["c, d"])), ["c, d"]);
        let error = chosen(&list(false), &["a, b"]).unwrap_err();
        assert!(error.starts_with("Job Id takes one value, not 2; "), "{error}");
        let two = Parameter { limit: Some(2), ..list(true) };
        assert_eq!(chosen(&two, &["a,b,x"]).unwrap_err(), "Job Id takes at most 2 values, not 3");
        assert_eq!(told(chosen(&two, &["all"])).len(), 5);
    }

    #[test]
    fn what_it_is_shipped_with() {
        for (value, wanted) in [
            (Shipped::Unset, &["b"][..]),
            (Shipped::Text("value::all".into()), &["*", "a", "b", "c, d", "O'Neil"]),
            (Shipped::Text("value::1".into()), &["a"]),
            (Shipped::Text("all".into()), &["all"]),
            (Shipped::Text("x, y".into()), &["x, y"]),
            (Shipped::List(vec!["a".into(), "x".into()]), &["a", "x"]),
            (Shipped::List(vec!["value::all".into()]), &["*", "a", "b", "c, d", "O'Neil"]),
        ] {
            let parameter = Parameter { value: value.clone(), ..list(true) };
            assert_eq!(told(chosen(&parameter, &[])), wanted, "{value:?}");
        }
        let none = choose(&list(true), &[], &[], &circumstances(Expansion::Braces));
        assert_eq!(told(none), ["-"]);
    }

    #[test]
    fn who_wrote_it() {
        let origin = |parameter: &Parameter, given: &[&str]| chosen(parameter, given).unwrap().origin;
        let from_logs = Parameter { value: Shipped::Text("a".into()), ..list(true) };
        assert_eq!(origin(&from_logs, &[]), Origin::Author);
        assert_eq!(origin(&from_logs, &["a"]), Origin::Given);
        assert_eq!(
            origin(&Parameter { value: Shipped::Text("value::1".into()), ..list(true) }, &[]),
            Origin::Given
        );
        let listed = Parameter { choices: Choices::Json("[\"a\",\"b\"]".into()), ..list(true) };
        assert_eq!(origin(&listed, &["a"]), Origin::Author);
        assert_eq!(origin(&listed, &["a,x"]), Origin::Given);
        let mixed = Parameter { choices: Choices::Json("[\"{P}\"]".into()), ..list(true) };
        assert_eq!(origin(&mixed, &["a"]), Origin::Given);
        let text = Parameter { value: Shipped::Text("x".into()), ..Parameter::default() };
        let alone =
            |given: &[&str]| choose(&text, given, &[], &circumstances(Expansion::Braces)).unwrap().origin;
        assert_eq!((alone(&[]), alone(&["y"])), (Origin::Author, Origin::Given));
    }

    #[test]
    fn our_own_dashboards() {
        let lets = |parameter: &Parameter, given: &[&str]| {
            choose(parameter, given, &offered(), &circumstances(Expansion::Lets))
        };
        assert_eq!(told(lets(&list(true), &[]))[0], "*");
        let shipped = Parameter { value: Shipped::Text("a, b".into()), ..list(true) };
        assert_eq!(told(lets(&shipped, &[])), ["a", "b"]);
        assert_eq!(told(lets(&list(true), &["ALL"]))[0], "*");
        let error = lets(&list(true), &[" ,"]).unwrap_err();
        assert_eq!(error, "no value chosen for Job Id; `all` leaves everything in");
        let text = Parameter { value: Shipped::Text("*".into()), ..Parameter::default() };
        let told_text = |given: &[&str]| told(choose(&text, given, &[], &circumstances(Expansion::Lets)));
        assert_eq!((told_text(&[]), told_text(&[""])), (vec!["*".to_owned()], vec![String::new()]));
    }

    #[test]
    fn times_and_texts() {
        let time = Parameter {
            name: "Date".to_owned(),
            kind: ParameterKind::TimeRange,
            value: Shipped::Milliseconds(172_800_000),
            durations: vec![14_400_000],
            ..Parameter::default()
        };
        assert_eq!(told(chosen(&time, &[])), ["48h"]);
        assert_eq!(told(chosen(&time, &["7d"])), ["7d"]);
        assert_eq!(told(chosen(&time, &["2026-10-01..2026-10-08"])), ["2026-10-01..2026-10-08"]);
        let error = chosen(&time, &["soon"]).unwrap_err();
        assert!(error.starts_with("`soon` is no time range for Date; write a length such as 4h"), "{error}");
        let span = Shipped::Span("2026-10-01T00:00:00.000Z".into(), "2026-10-08T00:00:00.000Z".into());
        let custom = Parameter { value: span, ..time.clone() };
        assert_eq!(told(chosen(&custom, &[])), ["2026-10-01T00:00:00.000Z..2026-10-08T00:00:00.000Z"]);
        assert_eq!(told(chosen(&Parameter { value: Shipped::Milliseconds(0), ..time }, &[])), ["-"]);
        let text = Parameter {
            name: "Mail".to_owned(),
            rules: vec![("^\\S+@\\S+$".to_owned(), true, "an address has an @".to_owned())],
            ..Parameter::default()
        };
        let given = |text_: &str| choose(&text, &[text_], &[], &circumstances(Expansion::Braces));
        assert_eq!(given("a").unwrap_err(), "`a` is no value for Mail: an address has an @");
        assert_eq!(told(given("a@b")), ["a@b"]);
        let made = Parameter { choices: Choices::Criteria(Vec::new()), ..Parameter::default() };
        assert_eq!(
            (told(chosen(&made, &[])), told(chosen(&made, &["x"]))),
            (vec!["a".into()], vec!["x".into()])
        );
        let listed = Parameter { choices: Choices::List(offered()), ..Parameter::default() };
        assert_eq!(told(chosen(&listed, &[])), ["-"]);
        assert_eq!(told(given("")), ["-"]);
        let resource =
            Parameter { kind: ParameterKind::Resource("subscription".into()), ..Parameter::default() };
        assert_eq!(told(chosen(&resource, &[])), [RESOURCE]);
    }

    proptest! {
        #[test]
        fn a_given_text_is_that_value(value in "\\PC{0,20}") {
            let parameter = Parameter { offers_all: true, ..list(true) };
            let read = choose(&parameter, &[&given_text(&value)], &[], &circumstances(Expansion::Braces));
            prop_assert_eq!(told(read), [value]);
        }

        #[test]
        fn any_text_is_read(text in ".{0,40}", kind in 0..4_usize) {
            let kinds = [
                ParameterKind::Text,
                ParameterKind::DropDown,
                ParameterKind::TimeRange,
                ParameterKind::Resource("workspace".to_owned()),
            ];
            let parameter = Parameter { kind: kinds[kind].clone(), ..list(true) };
            let _ = chosen(&parameter, &[&text]);
        }
    }
}
