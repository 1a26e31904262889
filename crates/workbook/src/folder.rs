//! A folder of query files as a workbook: every file a panel, in the order of names, drawn as its query's `render`
//! says, over a time range that the reader chooses. In: paths and texts. Out: the workbook.

use crate::description::{length_text, query_text};
use crate::model::{
    Choices, Content, Expansion, Item, Panel, Parameter, ParameterKind, Parameters, Shipped, Source,
    TimeContext, Workbook,
};
use crate::query_file::QueryFile;
use std::path::{Path, PathBuf};

/// The name of the time range.
const TIME_RANGE: &str = "Date";
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The workbook of those files.
pub fn workbook(name: &str, files: Vec<(PathBuf, String)>) -> Workbook {
    let panels = files.into_iter().enumerate().map(|(at, (path, text))| panel(at + 2, &path, text));
    Workbook {
        name: name.to_owned(),
        title: name.to_owned(),
        table: None,
        expansion: Expansion::Lets,
        items: std::iter::once(time_range()).chain(panels).collect(),
        notes: Vec::new(),
    }
}

/// Long, so that a query that looks back by itself is not cut short unawares.
fn time_range() -> Item {
    let parameter = Parameter {
        name: TIME_RANGE.to_owned(),
        description: Some("How far back the panels look, beside what their queries say".to_owned()),
        kind: ParameterKind::TimeRange,
        value: Shipped::Milliseconds(90 * DAY),
        choices: Choices::None,
        durations: vec![HOUR, 4 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY],
        custom_time: true,
        ..Parameter::default()
    };
    debug_assert!(parameter.durations.iter().all(|length| length_text(*length).is_some()));
    let parameters = Parameters { parameters: vec![parameter] };
    item("1", "parameters".to_owned(), 100, Content::Parameters(parameters))
}

fn panel(number: usize, path: &Path, text: String) -> Item {
    let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let file = QueryFile::new(path.display().to_string(), text);
    let panel = Panel {
        title: file.title.clone().unwrap_or_else(|| name.clone()),
        description: file.description.clone(),
        source: Source::Query(query_text(&file, file.path.clone(), Expansion::Lets)),
        time: TimeContext::Parameter(TIME_RANGE.to_owned()),
        ..Panel::default()
    };
    item(&number.to_string(), name, file.width.unwrap_or(100), Content::Panel(Box::new(panel)))
}

fn item(id: &str, name: String, width: u8, content: Content) -> Item {
    Item { id: id.to_owned(), name, width, border: false, conditions: Vec::new(), content }
}
