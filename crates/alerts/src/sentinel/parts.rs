//! The parts of Sentinel's rules that say what an alert tells: entities, details, overrides; and for how long a rule stops
//! after it fired.

use crate::rule::{EntityMapping, Overrides};
use crate::text::{Fields, Found};
use crate::{Finding, Timespan};
use serde_json::Value as Json;

/// `entityMappings`.
pub(super) fn entities(fields: &mut Fields, found: &mut Found) -> Vec<EntityMapping> {
    let mut entities = Vec::new();
    for (node, path) in fields.list("entityMappings", found) {
        let Some(mut mapping) = Fields::of(node, &path, found) else { continue };
        let entity = mapping.required_text("entityType", found);
        let mut columns = Vec::new();
        let listed = mapping.list("fieldMappings", found);
        if listed.is_empty() {
            let what = "an entity needs `fieldMappings`: an identifier and a column";
            found.add(Finding::error("missing-field", node.place, what).at(&path));
        }
        for (node, path) in listed {
            let Some(mut field) = Fields::of(node, &path, found) else { continue };
            let identifier = field.required_text("identifier", found);
            let column = field.required_text("columnName", found);
            columns.extend(identifier.zip(column));
            field.finish(&mut Vec::new(), found);
        }
        mapping.finish(&mut Vec::new(), found);
        entities.extend(entity.map(|entity| EntityMapping { entity, fields: columns }));
    }
    entities
}

/// `customDetails`.
pub(super) fn details(fields: &mut Fields, found: &mut Found) -> Vec<(String, String)> {
    fields.pairs("customDetails", found)
}

/// `alertDetailsOverride`.
pub(super) fn overrides(fields: &mut Fields, kept: &mut Vec<(String, Json)>, found: &mut Found) -> Overrides {
    let Some(mut inner) = fields.group("alertDetailsOverride", found) else { return Overrides::default() };
    let mut overrides = Overrides {
        title: inner.text("alertDisplayNameFormat", found),
        description: inner.text("alertDescriptionFormat", found).map(|text| text.trim().to_owned()),
        severity_column: inner.text("alertSeverityColumnName", found),
        tactics_column: inner.text("alertTacticsColumnName", found),
        properties: Vec::new(),
    };
    for (node, path) in inner.list("alertDynamicProperties", found) {
        let Some(mut property) = Fields::of(node, &path, found) else { continue };
        let name = property.required_text("alertProperty", found);
        let column = property.required_text("value", found);
        overrides.properties.extend(name.zip(column));
        property.finish(kept, found);
    }
    inner.finish(kept, found);
    overrides
}

/// `suppressionDuration`, where `suppressionEnabled` says so.
pub(super) fn suppression(fields: &mut Fields, found: &mut Found) -> Option<Timespan> {
    let place = fields.place_of("suppressionEnabled");
    let enabled = fields.flag("suppressionEnabled", found).unwrap_or(false);
    let duration = fields.timespan("suppressionDuration", found);
    if enabled && duration.is_none() {
        let what = "suppression is enabled without `suppressionDuration`";
        found.add(Finding::error("missing-field", place, what).at(fields.path("suppressionDuration")));
    }
    duration.filter(|_| enabled)
}
