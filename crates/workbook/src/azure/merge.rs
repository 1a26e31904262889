//! Rows that are put together out of other panels, and rows out of JSON text. In: the text of a query of type 7 or 8,
//! itself JSON. Out: the merge, or the JSON with what is taken out of it.

use super::choices::{self, Operand};
use super::{Reader, loose};
use crate::model::{JsonSource, Merge, MergeKind, MergeStep, Renamed, Transformer};
use serde_json::Value as Json;

/// Reads a merge; why not, where it is none.
pub fn merge(reader: &mut Reader, query: &str, place: &str) -> Result<Merge, String> {
    let json: Json =
        serde_json::from_str(query).map_err(|_| "the text of the merge is not JSON".to_owned())?;
    let written = loose::list(&json, "merges");
    let mut steps = Vec::new();
    for step in written.iter() {
        let name = loose::filled(step, "mergeType").unwrap_or_default();
        let kind = kind(&name).ok_or_else(|| format!("the kind of merge `{name}` is not known"))?;
        let left = loose::filled(step, "leftTable").ok_or("a step of the merge names no item")?;
        steps.push(MergeStep {
            id: loose::text(step, "id").unwrap_or_default(),
            kind,
            left,
            right: loose::filled(step, "rightTable").filter(|_| kind != MergeKind::Copy),
            left_column: loose::filled(step, "leftColumn"),
            right_column: loose::filled(step, "rightColumn"),
        });
    }
    if steps.is_empty() {
        return Err("the merge has no steps".into());
    }
    let renamed = loose::list(&json, "projectRename");
    // A column without a new name is one that was taken out.
    let columns = renamed.iter().filter_map(|column| column_of(reader, column, place)).collect();
    Ok(Merge { steps, columns })
}

fn column_of(reader: &mut Reader, column: &Json, place: &str) -> Option<Renamed> {
    let to = loose::filled(column, "mergedName")?;
    if !loose::is(column, "isNewItem") {
        return Some(Renamed { from: loose::text(column, "originalName")?, to, criteria: Vec::new() });
    }
    let rules = loose::list(column, "newItemData");
    let criteria = choices::criteria(reader, &rules, place, Operand::Column);
    Some(Renamed { from: String::new(), to, criteria })
}

fn kind(name: &str) -> Option<MergeKind> {
    Some(match name.to_lowercase().as_str() {
        "union" => MergeKind::Union,
        "table" | "duplicate" => MergeKind::Copy,
        "inner" => MergeKind::Inner,
        "innerunique" => MergeKind::InnerUnique,
        "leftouter" => MergeKind::LeftOuter,
        "rightouter" => MergeKind::RightOuter,
        "fullouter" => MergeKind::FullOuter,
        "leftsemi" => MergeKind::LeftSemi,
        "rightsemi" => MergeKind::RightSemi,
        "leftanti" | "anti" => MergeKind::LeftAnti,
        "rightanti" => MergeKind::RightAnti,
        _ => return None,
    })
}

/// Reads rows out of JSON. A text that is no envelope is the content itself.
pub fn json_source(query: &str) -> JsonSource {
    let Ok(json @ Json::Object(_)) = serde_json::from_str::<Json>(query) else {
        return JsonSource { content: query.to_owned(), transformer: None };
    };
    let Some(content) = json.get("content") else {
        return JsonSource { content: query.to_owned(), transformer: None };
    };
    let content = loose::scalar(content).unwrap_or_else(|| content.to_string());
    let transformer =
        loose::list(&json, "transformers").iter().find(|found| found.is_object()).map(transformer);
    JsonSource { content, transformer }
}

fn transformer(json: &Json) -> Transformer {
    let settings = loose::object(json, "settings");
    let columns = loose::list(&settings, "columns");
    let columns = columns.iter().filter_map(|column| {
        let path = loose::text(column, "path")?;
        let name = loose::filled(column, "columnid").or_else(|| loose::filled(column, "columnId"));
        let name = name.unwrap_or_else(|| path.clone());
        Some((path, name, loose::text(column, "columnType").unwrap_or_default()))
    });
    Transformer { rows: loose::text(&settings, "tablePath").unwrap_or_default(), columns: columns.collect() }
}
