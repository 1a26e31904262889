//! How grids look. In: `gridSettings` and `sortBy` of a query. Out: the grid's settings.

use super::{Reader, formatter, loose};
use crate::model::{ColumnLabel, GridPanel, Hierarchy, Sort};
use serde_json::Value as Json;

/// Reads the settings of a query's grid.
pub fn grid(reader: &mut Reader, content: &Json, place: &str) -> GridPanel {
    let settings = loose::object(content, "gridSettings");
    let formatters = loose::list(&settings, "formatters");
    let labels = loose::list(&settings, "labelSettings");
    GridPanel {
        formatters: formatters.iter().filter_map(|found| formatter::read(reader, found, place)).collect(),
        labels: labels.iter().filter_map(label).collect(),
        sort: sort(&settings),
        rows: row_limit(&settings),
        rows_on_page: None,
        filter: loose::is(&settings, "filter"),
        hierarchy: hierarchy(reader, &loose::object(&settings, "hierarchySettings"), place),
        from_width: Vec::new(),
        drill_down: None,
    }
}

/// Rows shown at most; the portal shows 10,000 at most.
pub fn row_limit(settings: &Json) -> Option<usize> {
    loose::count(settings, "rowLimit").filter(|rows| *rows > 0).map(|rows| rows.min(10_000))
}

fn label(json: &Json) -> Option<ColumnLabel> {
    let column = loose::text(json, "columnId")?;
    Some(ColumnLabel { column, label: loose::filled(json, "label"), comment: loose::filled(json, "comment") })
}

/// The order of rows.
pub fn sort(json: &Json) -> Vec<Sort> {
    let keys = loose::list(json, "sortBy");
    let keys = keys.iter().filter_map(|key| {
        let column = loose::filled(key, "itemKey")?;
        Some(Sort { column, descending: loose::whole(key, "sortOrder") == Some(2) })
    });
    keys.collect()
}

fn hierarchy(reader: &mut Reader, settings: &Json, place: &str) -> Option<Hierarchy> {
    if !settings.is_object() {
        return None;
    }
    let expanded = loose::is(settings, "expandTopLevel");
    let by: Vec<String> =
        loose::texts(settings, "groupBy").into_iter().filter(|name| !name.is_empty()).collect();
    let kind = loose::whole(settings, "treeType").unwrap_or(u64::from(!by.is_empty()));
    match kind {
        1 if by.is_empty() => None,
        1 => Some(Hierarchy::Groups { by, last: loose::filled(settings, "finalBy"), expanded }),
        0 => Some(Hierarchy::Parents {
            id: loose::filled(settings, "idColumn")?,
            parent: loose::filled(settings, "parentColumn")?,
            expander: loose::filled(settings, "expanderColumn"),
            expanded,
        }),
        other => {
            reader.note(format!("{place}: the kind {other} of a tree is not known; the rows stand flat"));
            None
        }
    }
}
