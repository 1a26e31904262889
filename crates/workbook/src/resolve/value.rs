//! The values of parameters. In: what the reader gave, what is offered, what is shipped. Out: one settled value with
//! what a picker shows of it.

use super::job::Reply;
use super::options::Tabs;
use super::outline::{By, Place};
use super::query::Asked;
use super::schedule::{Look, World};
use super::site::Site;
use crate::chosen::{Chosen, Held, Origin};
use crate::expand;
use crate::model::{
    Choice, Choices, Criterion, CriterionResult, Expansion, Export, JsonSource, LinkAction, Parameter,
    ParameterKind, Shipped,
};
use crate::names::same;
use calypso_library::{Answer, Value};
use calypso_view::text::value_text;
use serde_json::Value as Json;

/// Values offered at most.
const MOST: usize = 1000;

/// The value of a parameter.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The value.
    pub chosen: Chosen,
    /// The values offered.
    pub offered: Vec<Choice>,
    /// Whether those are the rows of a query, all of them: a value that is not among them is in no row.
    pub listed: bool,
    /// Why the values offered could not be had, or why the value is not right.
    pub problem: Option<String>,
    /// What the reader gave is no value of this parameter: why.
    pub refused: Option<String>,
}

impl Default for Settled {
    fn default() -> Settled {
        Settled::of(Chosen { held: Held::Unset, ..Chosen::text("", Origin::Author) })
    }
}

impl Settled {
    fn of(chosen: Chosen) -> Settled {
        Settled { chosen, offered: Vec::new(), listed: false, problem: None, refused: None }
    }

    /// Whether there is no value.
    pub fn is_unset(&self) -> bool {
        is_unset(&self.chosen)
    }
}

/// Whether there is no value, or an empty one.
pub fn is_unset(chosen: &Chosen) -> bool {
    match &chosen.held {
        Held::Unset => true,
        Held::Text(text) => text.is_empty(),
        Held::Picked { values, all } => values.is_empty() && !all,
        Held::Time(_) => false,
    }
}

/// What is offered, as far as it could be had.
#[derive(Default)]
struct Offer {
    choices: Vec<Choice>,
    listed: bool,
    problem: Option<String>,
    /// Who wrote a text that rules gave.
    origin: Option<Origin>,
    /// `Chosen::clause` of that text.
    clause: Option<String>,
}

impl Site<'_> {
    /// The value of a parameter.
    pub fn settle(&self, look: &Look<'_>, world: World, at: usize) -> Option<Settled> {
        let one = &self.outline.declared[at];
        if let Some(text) = self.set_in(world, at) {
            return Some(Settled::of(Chosen::text(text, Origin::Author)));
        }
        let given = self.given.of(at);
        let settled = match &one.by {
            By::Parameter(parameter, row) => self.parameter(look, world, at, parameter, *row)?,
            By::Row(export) => Settled::of(picked(export, given)),
            By::Link => Settled::of(match given.last() {
                Some(text) => Chosen::text(text, Origin::Given),
                None => Settled::default().chosen,
            }),
        };
        match one.tabs {
            Some(tabs) => self.of_tabs(look, world, tabs, settled),
            None => Some(settled),
        }
    }

    /// The value that tabs set: what a tab gives, by its value or label; the first tab's where there is none.
    fn of_tabs(&self, look: &Look<'_>, world: World, tabs: usize, settled: Settled) -> Option<Settled> {
        let text = match &settled.chosen.held {
            Held::Unset => String::new(),
            Held::Text(text) => text.clone(),
            Held::Picked { values, .. } => values.first().map(|one| one.value.clone()).unwrap_or_default(),
            Held::Time(_) => return Some(settled),
        };
        let values = self.tab_values(look, world, tabs)?;
        let found = values.iter().find(|(_, value)| *value == text);
        let found = found.or_else(|| values.iter().find(|(label, _)| !text.is_empty() && same(label, &text)));
        let found = found.or_else(|| values.first().filter(|_| text.is_empty()));
        Some(match found {
            // Only what the workbook's author wrote on the tab.
            Some((_, value)) => Settled { chosen: Chosen::text(value, Origin::Author), ..settled },
            None => settled,
        })
    }

    /// Label and value of each tab.
    pub fn tab_values(&self, look: &Look<'_>, world: World, tabs: usize) -> Option<Vec<(String, String)>> {
        let place = self.outline.place(tabs);
        let (links, _) = self.outline.tabs(tabs)?;
        let values = links.links.iter().map(|link| match &link.action {
            LinkAction::Parameter { value, .. } => {
                Some((link.label.clone(), self.words(look, world, place, value)?))
            }
            LinkAction::Step(_) | LinkAction::Url(_) | LinkAction::Workbook(_) | LinkAction::Portal(_) => {
                Some((link.label.clone(), String::new()))
            }
        });
        values.collect()
    }

    /// Which of the tabs is chosen.
    pub fn selected(&self, look: &Look<'_>, world: World, tabs: usize) -> Option<Option<usize>> {
        let Some((links, set)) = self.outline.tabs(tabs) else { return Some(None) };
        let value = look.value(world, set)?;
        let text = expand::value_text(&value.chosen);
        let values = self.tab_values(look, world, tabs)?;
        let sets = |at: &usize| matches!(links.links[*at].action, LinkAction::Parameter { .. });
        Some((0..values.len()).filter(sets).find(|at| values[*at].1 == text))
    }

    fn parameter(
        &self,
        look: &Look<'_>,
        world: World,
        at: usize,
        parameter: &Parameter,
        row: Option<&Export>,
    ) -> Option<Settled> {
        let place = self.outline.place_of(at);
        let offer = if self.does_without_list(at, parameter) {
            Offer::default()
        } else {
            self.offer(look, world, place, parameter)?
        };
        let given: Vec<&str> = self.given.of(at).iter().map(String::as_str).collect();
        let default = row.and_then(|row| row.default.as_deref());
        let mut settled = Settled { offered: offer.choices, listed: offer.listed, ..Settled::default() };
        settled.problem = offer.problem;
        let as_shipped = given.is_empty();
        let given = match default {
            Some(default) if as_shipped && parameter.value == Shipped::Unset => vec![default],
            Some(_) | None => given,
        };
        match expand::choose(parameter, &given, &settled.offered, &self.circumstances()) {
            Ok(chosen) => {
                let origin = offer.origin.filter(|_| as_shipped).unwrap_or(chosen.origin);
                let clause = offer.clause.filter(|_| as_shipped && parameter.kind == ParameterKind::Text);
                settled.chosen = Chosen { origin, clause, ..chosen };
            }
            Err(why) => {
                let choice = match &parameter.kind {
                    ParameterKind::TimeRange | ParameterKind::DropDown | ParameterKind::Options => true,
                    ParameterKind::Text | ParameterKind::MultiValue | ParameterKind::Resource(_) => false,
                };
                if choice && !as_shipped {
                    settled.refused = Some(why.clone());
                }
                settled.problem = Some(why);
            }
        }
        Some(settled)
    }

    /// Whether the query of the values offered need not run: all are chosen as such, and the page cannot be clicked.
    fn does_without_list(&self, at: usize, parameter: &Parameter) -> bool {
        let all = |text: &str| matches!(text, "value::all" | "all" | "*");
        let lets = self.workbook.expansion == Expansion::Lets;
        let all = match &parameter.value {
            Shipped::Text(text) => all(text),
            Shipped::List(texts) => matches!(texts.as_slice(), [one] if all(one)),
            Shipped::Unset => lets,
            Shipped::Milliseconds(_) | Shipped::Span(..) => false,
        };
        let queried = matches!(parameter.choices, Choices::Query(_)) && parameter.kind != ParameterKind::Text;
        let unread = self.options.tabs == Tabs::All && !self.outline.is_tested(&parameter.name);
        all && queried && unread && (lets || parameter.select_all.is_some()) && self.given.of(at).is_empty()
    }

    /// The values offered for a parameter.
    fn offer(&self, look: &Look<'_>, world: World, place: Place, parameter: &Parameter) -> Option<Offer> {
        let problem = |why: String| Offer { problem: Some(why), ..Offer::default() };
        Some(match &parameter.choices {
            Choices::None => Offer::default(),
            Choices::List(choices) => Offer { choices: choices.clone(), ..Offer::default() },
            Choices::Unavailable(why) => problem(why.clone()),
            Choices::Query(query) => match self.ask(look, world, place, query, &parameter.time, 0)? {
                Err(why) => problem(why),
                Ok(asked) => {
                    let reply = look.answer(&asked.job)?;
                    self.rows_offered(parameter, &asked, reply)
                }
            },
            Choices::Json(text) => {
                let text = self.words(look, world, place, text)?;
                match json_choices(&text) {
                    Err(why) => problem(why),
                    Ok(choices) => Offer { choices, ..Offer::default() },
                }
            }
            Choices::Rows(source) => self.json_offered(look, world, place, parameter, source)?,
            Choices::Criteria(criteria) => self.criteria(look, world, place, criteria)?,
        })
    }

    fn rows_offered(&self, parameter: &Parameter, asked: &Asked, reply: Reply) -> Offer {
        match reply {
            Err(error) => {
                let problem = Some(self.why(&error, asked));
                Offer { problem, ..Offer::default() }
            }
            // The value of a text is the first cell.
            Ok(answer) if parameter.kind == ParameterKind::Text => {
                Offer { choices: choices(&answer, 1), ..Offer::default() }
            }
            Ok(answer) => {
                let listed = answer.rows() <= MOST;
                Offer { choices: choices(&answer, MOST), listed, ..Offer::default() }
            }
        }
    }

    fn json_offered(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        parameter: &Parameter,
        source: &JsonSource,
    ) -> Option<Offer> {
        let asked = match self.json(look, world, place, source)? {
            Ok(asked) => asked,
            Err(why) => return Some(Offer { problem: Some(why), ..Offer::default() }),
        };
        let reply = look.answer(&asked.job)?;
        Some(Offer { listed: false, ..self.rows_offered(parameter, &asked, reply) })
    }

    /// The result of the first rule that matches.
    fn criteria(&self, look: &Look<'_>, world: World, place: Place, criteria: &[Criterion]) -> Option<Offer> {
        let (tested, results) = criteria_names(criteria);
        let names: Vec<String> = tested.into_iter().chain(results.iter().cloned()).collect();
        let scope = self.scope(look, world, place, &names)?;
        Some(match expand::criteria(criteria, &scope, &self.circumstances()) {
            Err(why) => Offer { problem: Some(why), ..Offer::default() },
            Ok(text) => {
                let results = results.iter().filter_map(|name| scope.get(name));
                let given = results.into_iter().any(|one| one.origin == Origin::Given && !is_unset(one));
                let origin = if given { Origin::Given } else { Origin::Author };
                let choice = Choice { label: text.clone(), value: text, ..Choice::default() };
                let clause = expand::clause(criteria, &scope, &self.circumstances());
                Offer { choices: vec![choice], origin: Some(origin), clause, ..Offer::default() }
            }
        })
    }
}

/// What rows that were clicked say; before any click, the default.
fn picked(export: &Export, given: &[String]) -> Chosen {
    let chosen = |held, origin: Origin| Chosen {
        held,
        quote: export.quote.clone(),
        delimiter: export.delimiter.clone(),
        origin,
        ..Chosen::text("", origin)
    };
    let choice = |value: &String| Choice { value: value.clone(), label: value.clone(), ..Choice::default() };
    match (given, &export.default) {
        ([], None) => chosen(Held::Unset, Origin::Author),
        ([], Some(default)) => chosen(Held::Text(default.clone()), Origin::Author),
        (given, _) if export.multiple => {
            chosen(Held::Picked { all: false, values: given.iter().map(choice).collect() }, Origin::Given)
        }
        ([.., last], _) => chosen(Held::Text(last.clone()), Origin::Given),
    }
}

/// Names of parameters that rules compare, and those that their results hold.
pub fn criteria_names(criteria: &[Criterion]) -> (Vec<String>, Vec<String>) {
    let (mut tested, mut results) = (Vec::new(), Vec::new());
    for criterion in criteria {
        match &criterion.test {
            crate::model::CriterionTest::Always => {}
            crate::model::CriterionTest::If { left, right, .. } => {
                tested.extend(expand::names(left));
                tested.extend(expand::names(right));
            }
        }
        match &criterion.result {
            CriterionResult::Text(text) | CriterionResult::Expression(text) => {
                results.extend(expand::names(text))
            }
            CriterionResult::Parameter(name) => {
                // Written with or without braces.
                results.push(name.trim_matches(['{', '}']).to_owned());
                results.extend(expand::names(name));
            }
        }
    }
    (tested, results)
}

/// The rows of an answer as values offered: value, label, whether it is chosen at first, heading.
pub fn choices(answer: &Answer, most: usize) -> Vec<Choice> {
    let cell = |batch: &arrow::record_batch::RecordBatch, row: usize, at: usize| {
        let column = answer.columns.get(at)?;
        Some(Value::from_array(column.ty, batch.column(at), row))
    };
    let rows = answer.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
    let choices = rows.take(most).filter_map(|(batch, row)| {
        let text = |at| cell(batch, row, at).map(|value| value_text(&value));
        let value = text(0)?;
        let selected = match cell(batch, row, 2) {
            Some(Value::Bool(selected)) => selected,
            Some(Value::Int(number)) => number != 0,
            Some(Value::Long(number)) => number != 0,
            Some(other) => other.text().eq_ignore_ascii_case("true"),
            None => false,
        };
        let label = text(1).unwrap_or_else(|| value.clone());
        Some(Choice { value, label, selected, group: text(3).unwrap_or_default() })
    });
    choices.collect()
}

/// JSON text as values offered: texts and numbers, or objects of value, label, selected and group.
fn json_choices(text: &str) -> Result<Vec<Choice>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let json: Json =
        serde_json::from_str(text).map_err(|error| format!("the values offered are no JSON: {error}"))?;
    let items = match json {
        Json::Array(items) => items,
        one => vec![one],
    };
    Ok(items.iter().take(MOST).filter_map(json_choice).collect())
}

fn json_choice(item: &Json) -> Option<Choice> {
    let text = |json: &Json| match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(json.to_string()),
        Json::Array(_) | Json::Object(_) => Some(json.to_string()),
        Json::Null => None,
    };
    let Json::Object(fields) = item else {
        let value = text(item)?;
        return Some(Choice { label: value.clone(), value, ..Choice::default() });
    };
    let field = |name: &str| fields.get(name).and_then(text);
    let value = field("value").or_else(|| field("label"))?;
    let selected = match fields.get("selected") {
        Some(Json::Bool(selected)) => *selected,
        Some(Json::String(text)) => text.eq_ignore_ascii_case("true"),
        Some(Json::Null | Json::Number(_) | Json::Array(_) | Json::Object(_)) | None => false,
    };
    let label = field("label").unwrap_or_else(|| value.clone());
    Some(Choice { value, label, selected, group: field("group").unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_offers_texts_numbers_and_objects() {
        let text =
            r#"["a", 2, {"value": "b", "label": "B", "selected": true, "group": "g"}, {"label": "c"}, null]"#;
        let choices = json_choices(text).unwrap();
        let texts: Vec<_> =
            choices.iter().map(|one| (one.value.as_str(), one.label.as_str(), one.selected)).collect();
        assert_eq!(texts, [("a", "a", false), ("2", "2", false), ("b", "B", true), ("c", "c", false)]);
        assert_eq!((choices[2].group.as_str(), json_choices(" ").unwrap().len()), ("g", 0));
        assert!(json_choices("[").unwrap_err().starts_with("the values offered are no JSON"));
    }

    #[test]
    fn a_click_on_rows_gives_one_value_or_several() {
        let export = Export { default: Some("*".into()), quote: "'".into(), ..Export::default() };
        let given = ["a".to_owned(), "b".to_owned()];
        assert_eq!(picked(&export, &[]).held, Held::Text("*".into()));
        assert_eq!(picked(&export, &given).held, Held::Text("b".into()));
        let several = picked(&Export { multiple: true, ..export }, &given);
        assert!(matches!(&several.held, Held::Picked { values, .. } if values.len() == 2));
        assert_eq!((several.origin, several.quote.as_str()), (Origin::Given, "'"));
    }
}
