//! The settings of rules whose query gives the value of each evaluation.

use super::header::Section;
use super::life::life;
use super::read::{query, said};
use super::settings::Settings;
use super::words::{dimensions, value_firing};
use crate::Finding;
use crate::rule::{Life, Series};
use crate::text::Found;

/// Reads them.
pub fn read(section: &Section, settings: &mut Settings, found: &mut Found) -> Option<(Series, Life)> {
    let life = life(settings, &[], true, found);
    let dimensions = match settings.take("dimensions") {
        Some(setting) => said(setting, dimensions(&setting.value), found),
        None => Some(Vec::new()),
    };
    let window = settings.timespan("window", found);
    let fires = settings.take("fires");
    for (key, is_there) in [("window", settings.has("window")), ("fires", fires.is_some())] {
        if !is_there {
            let what = format!("`// {key}:` is missing");
            found.add(Finding::error("missing-field", section.query_place, what).at(key));
        }
    }
    let fires = fires.and_then(|setting| said(setting, value_firing(&setting.value), found));
    let query = query(section, found);
    let (operator, threshold) = fires?;
    Some((Series { query: query?, window: window?, dimensions: dimensions?, operator, threshold }, life))
}
