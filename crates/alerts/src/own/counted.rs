//! The settings of rules that count rows, which are Sentinel's.

use super::header::Section;
use super::read::{query, said};
use super::settings::Settings;
use super::words::{firing, list, pairs};
use crate::rule::{Comparison, Counted, EntityMapping, FailingPeriods, Grouping, Measure, Overrides};
use crate::text::Found;
use crate::{Finding, Timespan};

/// Reads them.
pub fn read(
    section: &Section,
    settings: &mut Settings,
    realtime: bool,
    found: &mut Found,
) -> Option<Counted> {
    let period = settings.timespan("period", found);
    let suppression = settings.timespan("suppress", found);
    let groupings = [("one", Grouping::Single), ("per row", Grouping::PerResult)];
    let grouping = settings.word("alerts", &groupings, found).unwrap_or(Grouping::Single);
    let fires = settings.take("fires");
    let (operator, threshold) = match fires {
        None => (Comparison::Greater, 0),
        Some(setting) => {
            let once = FailingPeriods { least: 1, of: 1 };
            let read = firing(&setting.value).and_then(|(measure, operator, threshold, failing)| {
                let whole = threshold >= 0.0 && threshold.fract() == 0.0 && threshold < 9e15;
                match measure == Measure::Rows && failing == once && whole {
                    true => Ok((operator, threshold as u64)),
                    false => Err("wanted `count()` compared with a whole number".to_owned()),
                }
            });
            said(setting, read, found)?
        }
    };
    let entities = entities(settings, found);
    let details = settings.named("detail");
    let overrides = Overrides {
        title: settings.text("alert title"),
        description: settings.all("alert description"),
        severity_column: settings.text("alert severity column"),
        tactics_column: settings.text("alert tactics column"),
        properties: settings.named("alert property"),
    };
    let mut listed = |key: &str| -> Vec<String> {
        settings.take(key).and_then(|setting| said(setting, list(&setting.value), found)).unwrap_or_default()
    };
    let (tactics, techniques) = (listed("tactics"), listed("techniques"));
    let query = query(section, found)?;
    if period.is_none() && !realtime && !settings.has("period") {
        found.add(
            Finding::error("missing-field", section.query_place, "`// period:` is missing").at("period"),
        );
    }
    let period = period.or(realtime.then_some(Timespan::minutes(1)))?;
    Some(Counted {
        query,
        period,
        operator,
        threshold,
        realtime,
        grouping,
        suppression,
        entities,
        details,
        overrides,
        tactics,
        techniques,
    })
}

fn entities(settings: &mut Settings, found: &mut Found) -> Vec<EntityMapping> {
    let mut entities = Vec::new();
    for setting in settings.each("entity ") {
        let entity = setting.key["entity ".len()..].to_owned();
        if let Some(fields) = said(setting, pairs(&setting.value), found) {
            entities.push(EntityMapping { entity, fields });
        }
    }
    entities
}
