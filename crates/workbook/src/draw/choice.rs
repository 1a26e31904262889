//! What a click on a row or a tile tells others. In: the exports of a panel, its drill-down, and what the reader gave.
//! Out: for each row an action that gives parameters values, and whether the row is the one clicked.

use super::Surroundings;
use super::columns::meant;
use super::link::link_value;
use super::rows::Rows;
use crate::model::{LinkValue, Panel};
use calypso_library::{Json, Value};
use calypso_view::Action;
use calypso_view::text::value_text;

/// What a parameter that a drill-down set goes back to: it leaves every row in.
const ALL: &str = "*";

/// What clicks on the rows of a panel do.
pub struct Choices<'a> {
    targets: Vec<Target<'a>>,
    /// The item that tells more, where nothing is told to it.
    jump: Option<String>,
    around: &'a dyn Surroundings,
}

/// A parameter that gets a value.
struct Target<'a> {
    name: &'a str,
    key: String,
    told: Told<'a>,
    default: Option<&'a str>,
    multiple: bool,
    /// The values it has now.
    given: Vec<&'a str>,
}

enum Told<'a> {
    Column(usize),
    /// The whole row as JSON.
    Row,
    Link(&'a LinkValue),
}

impl<'a> Choices<'a> {
    /// The exports of a panel and its drill-down; those of columns that the answer lacks are left out.
    pub fn of(panel: &'a Panel, rows: &Rows, around: &'a dyn Surroundings) -> Choices<'a> {
        let target = |parameter: &'a str, told, default, multiple| {
            let key = around.key(parameter);
            let given = around.given().iter().filter(|(given, _)| *given == key);
            let given = given.map(|(_, value)| value.as_str()).collect();
            Target { name: parameter, key, told, default, multiple, given }
        };
        let exports = panel.exports.iter().filter_map(|export| {
            let told = match &export.column {
                Some(column) => Told::Column(meant(rows, column)?),
                None => Told::Row,
            };
            Some(target(&export.parameter, told, export.default.as_deref(), export.multiple))
        });
        let drill = panel.grid.drill_down.as_ref();
        let told = drill.map_or(&[][..], |(_, parameters)| parameters);
        let told = told.iter().map(|(name, value)| target(name, Told::Link(value), Some(ALL), false));
        Choices {
            targets: exports.chain(told).collect(),
            jump: drill.and_then(|(item, _)| around.item(item)),
            around,
        }
    }

    /// What a click on a row does, and whether it is the one clicked.
    pub fn of_row(&self, rows: &Rows, row: usize) -> (Option<Action>, bool) {
        if self.targets.is_empty() {
            return (self.jump.clone().map(Action::Jump), false);
        }
        let values: Vec<String> = self.targets.iter().map(|target| self.told(target, rows, row)).collect();
        let mut pairs = self.targets.iter().zip(&values);
        let selected = pairs.all(|(target, value)| target.given.contains(&value.as_str()));
        let mut set = Vec::new();
        for (target, value) in self.targets.iter().zip(values) {
            target.set(value, selected, &mut set);
        }
        (Some(Action::Set(set)), selected)
    }

    /// Lets another workbook that a cell opens know the row: a click on the cell is a click on its row.
    pub fn pass(&self, rows: &Rows, row: usize, action: &mut Action) {
        let Action::Workbook { given, .. } = action else { return };
        for target in &self.targets {
            let others = given.iter().filter(|(name, _)| name != target.name);
            let value = (target.name.to_owned(), self.told(target, rows, row));
            *given = others.cloned().chain([value]).collect();
        }
    }

    fn told(&self, target: &Target, rows: &Rows, row: usize) -> String {
        match target.told {
            Told::Column(column) => value_text(&rows.value(column, row)),
            Told::Row => row_json(rows, row),
            Told::Link(value) => link_value(value, &rows.row(row), self.around),
        }
    }
}

impl Target<'_> {
    /// The values after a click: the row's; with several, added to those given. A click on the row that is chosen
    /// takes it back, as far as there is something to go back to.
    fn set(&self, value: String, selected: bool, set: &mut Vec<(String, String)>) {
        let others = || self.given.iter().filter(|given| **given != value).map(|given| (*given).to_owned());
        let mut values: Vec<String> = match (selected, self.multiple) {
            (false, false) => Vec::new(),
            (true, false) => Vec::from_iter(self.default.map(str::to_owned)),
            (true, true) => others().collect(),
            // What nothing was chosen stands for ends with the first choice.
            (false, true) => others().filter(|given| Some(given.as_str()) != self.default).collect(),
        };
        if !selected {
            values.push(value);
        } else if values.is_empty() {
            values.push(self.default.map_or(value, str::to_owned));
        }
        set.extend(values.into_iter().map(|value| (self.key.clone(), value)));
    }
}

/// A row as a JSON object; of two columns of one name the later wins.
fn row_json(rows: &Rows, row: usize) -> String {
    let columns = rows.answer.columns.iter().enumerate();
    let object = columns.map(|(at, column)| (column.name.clone(), json(&rows.value(at, row))));
    Json::Object(object.collect()).to_string()
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null(_) => Json::Null,
        Value::Bool(value) => Json::from(*value),
        Value::Int(value) => Json::from(*value),
        Value::Long(value) => Json::from(*value),
        Value::Real(value) if value.is_finite() => Json::from(*value),
        Value::Dynamic(value) => value.clone(),
        Value::Real(_)
        | Value::Decimal(_)
        | Value::String(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Guid(_) => Json::from(value_text(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::sample::{Around, answer, s};
    use crate::model::{Export, GridPanel};
    use calypso_library::{Answer, Type};

    fn two() -> Answer {
        answer(
            &[("Name", Type::String), ("N", Type::Long)],
            &[vec![s("a"), Value::Long(1)], vec![s(""), Value::Null(Type::Long)]],
        )
    }

    fn export(column: Option<&str>, parameter: &str, multiple: bool) -> Export {
        Export {
            column: column.map(str::to_owned),
            parameter: parameter.into(),
            default: Some("*".into()),
            multiple,
            ..Export::default()
        }
    }

    fn click(exports: &[Export], given: &[(&str, &str)], row: usize) -> (Vec<(String, String)>, bool) {
        let panel = Panel { exports: exports.to_vec(), ..Panel::default() };
        let given = given.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        let around = Around { given: Some(given) };
        let answer = two();
        let rows = Rows::of(&answer);
        match Choices::of(&panel, &rows, &around).of_row(&rows, row) {
            (Some(Action::Set(set)), selected) => (set, selected),
            (other, _) => panic!("{other:?}"),
        }
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
    }

    #[test]
    fn one_value() {
        let exports = [
            export(Some("Name"), "Who", false),
            export(None, "Again", false),
            export(Some("no"), "No", false),
        ];
        let row = r#"{"Name":"a","N":1}"#;
        assert_eq!(click(&exports, &[], 0), (pairs(&[("Who", "a"), ("Again~2", row)]), false));
        let chosen = [("Who", "a"), ("Again~2", row)];
        assert_eq!(click(&exports, &chosen, 0), (pairs(&[("Who", "*"), ("Again~2", "*")]), true));
        assert_eq!(
            click(&exports, &chosen, 1).0,
            pairs(&[("Who", ""), ("Again~2", r#"{"Name":"","N":null}"#)])
        );
        let bare = [Export { default: None, ..export(Some("Name"), "Who", false) }];
        assert_eq!(click(&bare, &[("Who", "a")], 0), (pairs(&[("Who", "a")]), true));
    }

    #[test]
    fn several_values() {
        let exports = [export(Some("Name"), "Who", true)];
        assert_eq!(click(&exports, &[("Who", "*")], 0), (pairs(&[("Who", "a")]), false));
        assert_eq!(click(&exports, &[("Who", "b")], 0), (pairs(&[("Who", "b"), ("Who", "a")]), false));
        assert_eq!(click(&exports, &[("Who", "b"), ("Who", "a")], 0), (pairs(&[("Who", "b")]), true));
        assert_eq!(click(&exports, &[("Who", "a")], 0), (pairs(&[("Who", "*")]), true));
    }

    #[test]
    fn drilling_down() {
        let drill = |parameters| {
            let grid = GridPanel { drill_down: Some(("details".into(), parameters)), ..GridPanel::default() };
            Panel { grid, ..Panel::default() }
        };
        let (answer, around) = (two(), Around::default());
        let rows = Rows::of(&answer);
        let panel = drill(vec![("ActionInfo".into(), LinkValue::Column("Name".into()))]);
        let set = Action::Set(pairs(&[("ActionInfo", "a")]));
        assert_eq!(Choices::of(&panel, &rows, &around).of_row(&rows, 0), (Some(set), false));
        let panel = drill(Vec::new());
        let jump = Action::Jump("4.2".into());
        assert_eq!(Choices::of(&panel, &rows, &around).of_row(&rows, 0), (Some(jump), false));
        let panel = Panel::default();
        assert_eq!(Choices::of(&panel, &rows, &around).of_row(&rows, 0), (None, false));
    }
}
