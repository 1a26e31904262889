//! The values that queries with `let`s are bound with. In: a parameter and its value. Out: names and values; they are
//! never query text.

use crate::chosen::{Chosen, Held};
use crate::model::{Parameter, ParameterKind};
use calypso_library::{Json, Value};

/// The names and values that queries see: `_Name`, a text or an array, which is empty for all; of a range of time
/// `_startTime`, `_endTime` and `_grain`.
pub fn bound(parameter: &Parameter, chosen: &Chosen) -> Vec<(String, Value)> {
    let name = format!("_{}", parameter.name);
    let array = |values: Vec<Json>| vec![(name.clone(), Value::Dynamic(Json::Array(values)))];
    match &chosen.held {
        Held::Time(range) => vec![
            ("_startTime".to_owned(), Value::DateTime(range.from)),
            ("_endTime".to_owned(), Value::DateTime(range.to)),
            ("_grain".to_owned(), Value::TimeSpan(range.grain())),
        ],
        Held::Picked { all: true, .. } => array(Vec::new()),
        Held::Picked { all: false, values } => {
            array(values.iter().map(|choice| Json::String(choice.value.clone())).collect())
        }
        Held::Text(text) => vec![(name, Value::String(text.clone()))],
        Held::Unset => match parameter.kind {
            ParameterKind::Text | ParameterKind::Resource(_) => vec![(name, Value::String(String::new()))],
            ParameterKind::DropDown | ParameterKind::MultiValue | ParameterKind::Options => array(Vec::new()),
            ParameterKind::TimeRange => Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chosen::Origin;
    use crate::model::Choice;
    use crate::time_range::TimeRange;

    #[test]
    fn values_are_bound_as_they_are() {
        let parameter = |kind| Parameter { name: "P".to_owned(), kind, ..Parameter::default() };
        let held = |held| Chosen { held, ..Chosen::text("", Origin::Given) };
        let strange = "O'Neil\\ \"'); drop\n";
        let choice = Choice { value: strange.to_owned(), ..Choice::default() };
        let picked = |all| held(Held::Picked { all, values: vec![choice.clone()] });
        let array = |items: &[&str]| {
            let items = items.iter().map(|item| Json::String((*item).to_owned())).collect();
            vec![("_P".to_owned(), Value::Dynamic(Json::Array(items)))]
        };
        let list = parameter(ParameterKind::DropDown);
        assert_eq!(bound(&list, &picked(false)), array(&[strange]));
        assert_eq!(bound(&list, &picked(true)), array(&[]));
        assert_eq!(bound(&list, &held(Held::Unset)), array(&[]));
        let text = parameter(ParameterKind::Text);
        let one = |text: &str| vec![("_P".to_owned(), Value::String(text.to_owned()))];
        assert_eq!(bound(&text, &Chosen::text(strange, Origin::Given)), one(strange));
        assert_eq!(bound(&text, &Chosen::text("*", Origin::Given)), one("*"));
        assert_eq!(bound(&text, &held(Held::Unset)), one(""));
        let range = TimeRange { from: 0, to: 864_000_000_000, text: "1d".to_owned() };
        let names: Vec<String> = bound(&parameter(ParameterKind::TimeRange), &held(Held::Time(range)))
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["_startTime", "_endTime", "_grain"]);
    }
}
