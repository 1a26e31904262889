//! A parameter as the description file writes it, and the same in the model.

use super::read::Reader;
use crate::error::DashboardError;
use crate::model::{
    Choice, Choices, Condition, Criterion, Expansion, JsonSource, Parameter, ParameterKind, Shipped,
    TimeContext,
};
use calypso_library::literals::{datetime, timespan};
use serde::{Deserialize, Serialize};

/// Ticks of a millisecond.
const MILLISECOND: i64 = 10_000;
/// The value that means all.
pub const ALL: &str = "value::all";

/// `[[parameter]]`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterForm {
    /// The name; queries see it with an underscore before it, or in braces.
    pub name: String,
    /// The name for readers.
    pub label: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// What it holds.
    #[serde(default)]
    pub kind: KindForm,
    /// For the kind `resource`: what of Azure's it is.
    pub resource: Option<String>,
    /// Whether several values can be chosen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multiple: bool,
    /// What stands around each value in queries; none: `'` where several can be chosen.
    pub quote: Option<String>,
    /// What stands between values in queries; none: `,` where several can be chosen.
    pub delimiter: Option<String>,
    /// Whether all is offered as one choice; none: for choices given to `let`s.
    pub offers_all: Option<bool>,
    /// What stands for all in queries; none: all the values.
    pub select_all: Option<String>,
    /// Numbers of first values offered as one choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers_first: Vec<usize>,
    /// Values that can be chosen at most.
    pub limit: Option<usize>,
    /// Whether the page waits for a value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Whether the reader does not see it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Whether the reader sees it only when it is set.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quiet: bool,
    /// Whether it is one value for the whole workbook.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub global: bool,
    /// The value it has at first.
    pub default: Option<DefaultForm>,
    /// The values offered; for a time range the lengths.
    pub choices: Option<Vec<ChoiceForm>>,
    /// The query file whose rows are the values offered.
    pub query: Option<String>,
    /// JSON text with the values offered.
    pub json: Option<String>,
    /// Why the values offered are not to be had here.
    pub unavailable: Option<String>,
    /// What bounds the time of its query.
    pub time: Option<TimeContext>,
    /// For a time range, whether two times can be given; none: yes.
    pub custom_time: Option<bool>,
    /// Rules of a text's value, the first that matches.
    pub criteria: Option<Vec<Criterion>>,
    /// What a value must match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleForm>,
    /// When it is shown: all of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Rows out of JSON.
    pub rows: Option<JsonSource>,
}

/// What a parameter holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindForm {
    /// Any text.
    #[default]
    Text,
    /// Out of a list.
    Choice,
    /// A span of time.
    TimeRange,
    /// Values added by clicks.
    MultiValue,
    /// Out of a few, all seen.
    Options,
    /// Something of Azure's that is not here.
    Resource,
}

/// The value a parameter has at first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "a text, a list of texts, or a table of `text`, `milliseconds`, or `from` and `to`"
)]
pub enum DefaultForm {
    /// A text, `all`, or for a time range a length (`48h`) or two times with `..` between.
    Text(String),
    /// Several.
    List(Vec<String>),
    /// Exactly that; an empty table is no value.
    Exact(ExactForm),
}

/// A value said exactly.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExactForm {
    /// That text.
    pub text: Option<String>,
    /// So many milliseconds back.
    pub milliseconds: Option<i64>,
    /// From that time …
    pub from: Option<String>,
    /// … to that.
    pub to: Option<String>,
}

/// A value offered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "a text, a number of milliseconds, or a table of `value`, `label`, `selected` and `group`"
)]
pub enum ChoiceForm {
    /// The value, which is its label too; for a time range a length.
    Text(String),
    /// For a time range, a length in milliseconds.
    Milliseconds(i64),
    /// With a label.
    Whole(Choice),
}

/// What a value must match.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleForm {
    /// The regular expression.
    pub pattern: String,
    /// Whether it must match, or must not.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub matches: bool,
    /// What is said otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
}

fn yes() -> bool {
    true
}

/// What holds where the file says nothing.
struct Defaults {
    around: &'static str,
    between: &'static str,
    offers_all: bool,
    value: Shipped,
}

fn defaults(
    kind: &ParameterKind,
    multiple: bool,
    offers_all: Option<bool>,
    expansion: Expansion,
) -> Defaults {
    let choice_of_lets = *kind == ParameterKind::DropDown && expansion == Expansion::Lets;
    let offers = offers_all.unwrap_or(choice_of_lets);
    Defaults {
        around: if multiple { "'" } else { "" },
        between: if multiple { "," } else { "" },
        offers_all: choice_of_lets,
        value: if choice_of_lets && offers { Shipped::Text(ALL.to_owned()) } else { Shipped::Unset },
    }
}

impl ParameterForm {
    /// The parameter in the model.
    ///
    /// # Errors
    /// When a length of time is none, values come from two places, or the query file is not there.
    pub fn read(self, reader: &Reader<'_>) -> Result<Parameter, DashboardError> {
        let named = format!("parameter `{}`", self.name);
        self.into_model(reader).map_err(|error| error.within(&named))
    }

    fn into_model(self, reader: &Reader<'_>) -> Result<Parameter, DashboardError> {
        let kind = self.model_kind()?;
        let defaults = defaults(&kind, self.multiple, self.offers_all, reader.expansion);
        let timed = kind == ParameterKind::TimeRange;
        let own_time = reader.time_range.as_deref() == Some(&self.name);
        let (choices, durations) = self.choices(reader, timed)?;
        let value = match &self.default {
            Some(form) => shipped(form, timed, reader.expansion)?,
            None if timed && reader.expansion == Expansion::Lets => {
                return Err(DashboardError::new("needs a default, such as `48h`"));
            }
            None => defaults.value,
        };
        Ok(Parameter {
            kind,
            multiple: self.multiple,
            quote: self.quote.unwrap_or_else(|| defaults.around.to_owned()),
            delimiter: self.delimiter.unwrap_or_else(|| defaults.between.to_owned()),
            offers_all: self.offers_all.unwrap_or(defaults.offers_all),
            select_all: self.select_all,
            offers_first: self.offers_first,
            limit: self.limit,
            required: self.required,
            hidden: self.hidden,
            quiet: self.quiet,
            global: self.global,
            value,
            choices,
            time: self.time.unwrap_or_else(|| if own_time { TimeContext::InQuery } else { reader.time() }),
            durations,
            custom_time: self.custom_time.unwrap_or(timed),
            rules: self.rules.into_iter().map(|rule| (rule.pattern, rule.matches, rule.message)).collect(),
            conditions: self.conditions,
            name: self.name,
            label: self.label,
            description: self.description,
        })
    }

    fn model_kind(&self) -> Result<ParameterKind, DashboardError> {
        Ok(match (self.kind, &self.resource) {
            (KindForm::Resource, Some(what)) => ParameterKind::Resource(what.clone()),
            (KindForm::Resource, None) => {
                return Err(DashboardError::new("`resource` is missing: what of Azure's it is"));
            }
            (_, Some(_)) => return Err(DashboardError::new("`resource` needs the kind `resource`")),
            (KindForm::Text, None) => ParameterKind::Text,
            (KindForm::Choice, None) => ParameterKind::DropDown,
            (KindForm::TimeRange, None) => ParameterKind::TimeRange,
            (KindForm::MultiValue, None) => ParameterKind::MultiValue,
            (KindForm::Options, None) => ParameterKind::Options,
        })
    }

    /// The values offered, and for a time range the lengths.
    fn choices(&self, reader: &Reader<'_>, timed: bool) -> Result<(Choices, Vec<i64>), DashboardError> {
        let given = [
            ("choices", self.choices.is_some() && !timed),
            ("query", self.query.is_some()),
            ("json", self.json.is_some()),
            ("rows", self.rows.is_some()),
            ("criteria", self.criteria.is_some()),
            ("unavailable", self.unavailable.is_some()),
        ];
        let given: Vec<&str> = given.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
        if let [one, other, ..] = given.as_slice() {
            return Err(DashboardError::new(format!("`{one}` and `{other}` cannot both give its values")));
        }
        let listed = self.choices.iter().flatten();
        let durations =
            if timed { listed.clone().map(duration).collect::<Result<_, _>>()? } else { Vec::new() };
        let choices = if let Some(path) = &self.query {
            Choices::Query(reader.query(path)?.1)
        } else if let Some(text) = &self.json {
            Choices::Json(text.clone())
        } else if let Some(source) = &self.rows {
            Choices::Rows(source.clone())
        } else if let Some(criteria) = &self.criteria {
            Choices::Criteria(criteria.clone())
        } else if let Some(why) = &self.unavailable {
            Choices::Unavailable(why.clone())
        } else if timed || self.choices.is_none() {
            Choices::None
        } else {
            Choices::List(listed.map(choice).collect::<Result<_, _>>()?)
        };
        Ok((choices, durations))
    }

    /// A parameter of the model as the file writes it; `query` is the path its query is written to.
    pub fn from_model(
        parameter: &Parameter,
        query: Option<String>,
        expansion: Expansion,
        time_range: Option<&str>,
    ) -> ParameterForm {
        let timed = parameter.kind == ParameterKind::TimeRange;
        let offers = (parameter.offers_all != defaults(&parameter.kind, false, None, expansion).offers_all)
            .then_some(parameter.offers_all);
        let defaults = defaults(&parameter.kind, parameter.multiple, offers, expansion);
        let own_time = time_range == Some(parameter.name.as_str());
        let usual_time = if own_time { TimeContext::InQuery } else { super::read::usual_time(time_range) };
        let (kind, resource) = kind_form(&parameter.kind);
        let mut form = ParameterForm {
            name: parameter.name.clone(),
            label: parameter.label.clone(),
            description: parameter.description.clone(),
            kind,
            resource,
            multiple: parameter.multiple,
            quote: (parameter.quote != defaults.around).then(|| parameter.quote.clone()),
            delimiter: (parameter.delimiter != defaults.between).then(|| parameter.delimiter.clone()),
            offers_all: offers,
            select_all: parameter.select_all.clone(),
            offers_first: parameter.offers_first.clone(),
            limit: parameter.limit,
            required: parameter.required,
            hidden: parameter.hidden,
            quiet: parameter.quiet,
            global: parameter.global,
            default: (parameter.value != defaults.value).then(|| default_form(&parameter.value, timed)),
            query,
            time: (parameter.time != usual_time).then(|| parameter.time.clone()),
            custom_time: (parameter.custom_time != timed).then_some(parameter.custom_time),
            rules: rule_forms(&parameter.rules),
            conditions: parameter.conditions.clone(),
            ..ParameterForm::default()
        };
        if timed && expansion == Expansion::Lets {
            form.default = Some(default_form(&parameter.value, timed));
        }
        if !parameter.durations.is_empty() {
            form.choices = Some(parameter.durations.iter().map(|length| duration_form(*length)).collect());
        }
        match &parameter.choices {
            Choices::None | Choices::Query(_) => {}
            Choices::List(list) => form.choices = Some(list.iter().map(choice_form).collect()),
            Choices::Json(text) => form.json = Some(text.clone()),
            Choices::Rows(source) => form.rows = Some(source.clone()),
            Choices::Criteria(criteria) => form.criteria = Some(criteria.clone()),
            Choices::Unavailable(why) => form.unavailable = Some(why.clone()),
        }
        form
    }
}

fn kind_form(kind: &ParameterKind) -> (KindForm, Option<String>) {
    match kind {
        ParameterKind::Text => (KindForm::Text, None),
        ParameterKind::DropDown => (KindForm::Choice, None),
        ParameterKind::TimeRange => (KindForm::TimeRange, None),
        ParameterKind::MultiValue => (KindForm::MultiValue, None),
        ParameterKind::Options => (KindForm::Options, None),
        ParameterKind::Resource(what) => (KindForm::Resource, Some(what.clone())),
    }
}

fn rule_forms(rules: &[(String, bool, String)]) -> Vec<RuleForm> {
    let form = |(pattern, matches, message): &(String, bool, String)| RuleForm {
        pattern: pattern.clone(),
        matches: *matches,
        message: message.clone(),
    };
    rules.iter().map(form).collect()
}

fn choice(form: &ChoiceForm) -> Result<Choice, DashboardError> {
    match form {
        ChoiceForm::Text(text) => Ok(plain_choice(text)),
        ChoiceForm::Milliseconds(number) => Ok(plain_choice(&number.to_string())),
        ChoiceForm::Whole(choice) => Ok(choice.clone()),
    }
}

/// A value that is its own label.
fn plain_choice(text: &str) -> Choice {
    Choice { value: text.to_owned(), label: text.to_owned(), ..Choice::default() }
}

fn choice_form(choice: &Choice) -> ChoiceForm {
    if *choice == plain_choice(&choice.value) {
        ChoiceForm::Text(choice.value.clone())
    } else {
        ChoiceForm::Whole(choice.clone())
    }
}

fn duration(form: &ChoiceForm) -> Result<i64, DashboardError> {
    match form {
        ChoiceForm::Text(text) => milliseconds(text).ok_or_else(|| no_length(text)),
        ChoiceForm::Milliseconds(number) => Ok(*number),
        ChoiceForm::Whole(choice) => Err(no_length(&choice.value)),
    }
}

fn duration_form(length: i64) -> ChoiceForm {
    length_text(length).map_or(ChoiceForm::Milliseconds(length), ChoiceForm::Text)
}

fn no_length(text: &str) -> DashboardError {
    DashboardError::new(format!("`{text}` is no length of time")).with_help("write `30m`, `48h` or `7d`")
}

fn shipped(form: &DefaultForm, timed: bool, expansion: Expansion) -> Result<Shipped, DashboardError> {
    match form {
        DefaultForm::Text(text) if timed => time_value(text),
        DefaultForm::Text(text) if expansion == Expansion::Lets && text.eq_ignore_ascii_case("all") => {
            Ok(Shipped::Text(ALL.to_owned()))
        }
        DefaultForm::Text(text) => Ok(Shipped::Text(text.clone())),
        DefaultForm::List(list) => Ok(Shipped::List(list.clone())),
        DefaultForm::Exact(exact) => match exact.clone() {
            ExactForm { text: None, milliseconds: None, from: None, to: None } => Ok(Shipped::Unset),
            ExactForm { text: Some(text), milliseconds: None, from: None, to: None } => {
                Ok(Shipped::Text(text))
            }
            ExactForm { text: None, milliseconds: Some(number), from: None, to: None } => {
                Ok(Shipped::Milliseconds(number))
            }
            ExactForm { text: None, milliseconds: None, from: Some(from), to: Some(to) } => {
                Ok(Shipped::Span(from, to))
            }
            ExactForm { .. } => Err(DashboardError::new(
                "its default is a `text`, or `milliseconds`, or `from` and `to`, and not more than one of them",
            )),
        },
    }
}

/// A length of time, or two times with `..` between.
fn time_value(text: &str) -> Result<Shipped, DashboardError> {
    match text.split_once("..") {
        Some((from, to)) if datetime(from.trim()).is_some() && datetime(to.trim()).is_some() => {
            Ok(Shipped::Span(from.trim().to_owned(), to.trim().to_owned()))
        }
        Some(_) => Err(no_length(text)),
        None => milliseconds(text).map(Shipped::Milliseconds).ok_or_else(|| no_length(text)),
    }
}

fn default_form(value: &Shipped, timed: bool) -> DefaultForm {
    match value {
        Shipped::Unset => DefaultForm::Exact(ExactForm::default()),
        Shipped::Text(text) if timed || text.eq_ignore_ascii_case("all") => {
            DefaultForm::Exact(ExactForm { text: Some(text.clone()), ..ExactForm::default() })
        }
        Shipped::Text(text) => DefaultForm::Text(text.clone()),
        Shipped::List(list) => DefaultForm::List(list.clone()),
        Shipped::Milliseconds(number) => match length_text(*number).filter(|_| timed) {
            Some(text) => DefaultForm::Text(text),
            None => DefaultForm::Exact(ExactForm { milliseconds: Some(*number), ..ExactForm::default() }),
        },
        Shipped::Span(from, to) => DefaultForm::Exact(ExactForm {
            from: Some(from.clone()),
            to: Some(to.clone()),
            ..ExactForm::default()
        }),
    }
}

/// Whole milliseconds of a length of time such as `48h`; more than none.
pub fn milliseconds(text: &str) -> Option<i64> {
    let ticks = timespan(text.trim())?;
    (ticks > 0 && ticks % MILLISECOND == 0).then_some(ticks / MILLISECOND)
}

/// `48h`, `7d`: days from more than two on, as the portal does; nothing where it cannot be read back.
pub fn length_text(milliseconds: i64) -> Option<String> {
    const UNITS: [(i64, &str); 5] =
        [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")];
    let units = if milliseconds <= 172_800_000 { &UNITS[1..] } else { &UNITS[..] };
    let (unit, name) = units.iter().find(|(unit, _)| milliseconds % unit == 0)?;
    let text = format!("{}{name}", milliseconds / unit);
    (self::milliseconds(&text) == Some(milliseconds)).then_some(text)
}
