//! The settings of rules that measure windows, which are Azure's with a few of ours.

use super::header::{CRITERION, Section};
use super::life::life;
use super::read::{query, said};
use super::settings::Settings;
use super::words::{dimensions, firing};
use crate::rule::{Criterion, Life, Measured};
use crate::text::Found;
use crate::{Finding, Place};

/// Reads them.
pub fn read(
    first: &Section,
    settings: &mut Settings,
    rest: &[(&str, Section)],
    found: &mut Found,
) -> Option<(Measured, Life)> {
    let life = life(settings, rest, false, found);
    let window = settings.timespan("window", found);
    let range = settings.timespan("range", found);
    let warm_up = settings.timespan("warm-up", found).unwrap_or_default();
    let mut criteria = vec![criterion(first, settings, found)];
    for (_, section) in rest.iter().filter(|(marker, _)| *marker == CRITERION) {
        let mut settings = Settings::new(&section.settings, found);
        criteria.push(criterion(section, &mut settings, found));
        settings.finish(found);
    }
    if window.is_none() && !settings.has("window") {
        let finding = Finding::error("missing-field", Place::default(), "`// window:` is missing");
        found.add(finding.at("window").help("say what one value is made of, such as `// window: 1h`"));
    }
    let criteria: Option<Vec<Criterion>> = criteria.into_iter().collect();
    Some((Measured { criteria: criteria?, window: window?, range, warm_up }, life))
}

fn criterion(section: &Section, settings: &mut Settings, found: &mut Found) -> Option<Criterion> {
    let dimensions = match settings.take("dimensions") {
        Some(setting) => said(setting, dimensions(&setting.value), found),
        None => Some(Vec::new()),
    };
    let absent_within = settings.timespan("absent within", found);
    let Some(setting) = settings.take("fires") else {
        let finding = Finding::error("missing-field", section.query_place, "`// fires:` is missing");
        found.add(finding.at("fires").help("say when it fires, such as `// fires: count() > 10`"));
        return None;
    };
    let (measure, operator, threshold, failing) = said(setting, firing(&setting.value), found)?;
    if failing.least == 0 || failing.least > failing.of {
        let what = format!("{} of {} windows cannot fail", failing.least, failing.of);
        found.add(Finding::error("wrong-value", setting.place, what).at("fires"));
    }
    let query = query(section, found)?;
    Some(Criterion {
        query,
        measure,
        dimensions: dimensions?,
        resource_column: None,
        operator,
        threshold,
        failing,
        absent_within,
    })
}
