//! The settings that say how long an alert lasts.

use super::header::{RESOLVED_BY, Section};
use super::read::{query, said};
use super::settings::Settings;
use super::words::column;
use crate::rule::{Life, Resolve};
use crate::text::Found;
use crate::{Finding, Timespan};

/// Reads them; a column that ends alerts goes with series alone.
pub fn life(settings: &mut Settings, rest: &[(&str, Section)], with_column: bool, found: &mut Found) -> Life {
    let mute = settings.take("mute");
    let mute_span = mute.and_then(|setting| said(setting, Timespan::read(&setting.value), found));
    let mut queries = rest.iter().filter(|(marker, _)| *marker == RESOLVED_BY).map(|(_, section)| section);
    let resolving = queries.next();
    if let Some(section) = queries.next() {
        found.add(Finding::error("own-form", section.query_place, "`// resolved by:` stands twice"));
    }
    let words = settings.take("resolves");
    let resolve = match (words.map(|setting| (setting, setting.value.as_str())), resolving) {
        (Some((setting, _)), Some(_)) => {
            let what = "`resolves` does not go with a query that ends alerts";
            found.add(Finding::error("own-form", setting.place, what).at("resolves"));
            None
        }
        (None, Some(section)) => {
            let mut settings = Settings::new(&section.settings, found);
            settings.finish(found);
            query(section, found).map(Resolve::When)
        }
        (None | Some((_, "as azure")), None) => Some(Resolve::Azure),
        (Some((_, "next day")), None) => Some(Resolve::NextDay),
        (Some((_, "at once")), None) => Some(Resolve::AtOnce),
        (Some((_, "never")), None) => return Life::Stateless { mute: mute_span },
        (Some((setting, text)), None) if with_column && text.starts_with("when ") => {
            said(setting, column(&text["when ".len()..]), found).map(Resolve::WhenColumn)
        }
        (Some((setting, text)), None) => {
            let count = text.strip_prefix("after ").and_then(|text| text.strip_suffix(" clear"));
            let count = count.and_then(|text| text.parse().ok()).filter(|count| *count > 0);
            let wanted = match with_column {
                true => "wanted `as azure`, `after 3 clear`, `next day`, `at once`, `when COLUMN` or `never`",
                false => "wanted `as azure`, `after 3 clear`, `next day`, `at once` or `never`",
            };
            said(setting, count.ok_or(wanted.to_owned()), found).map(Resolve::Clear)
        }
    };
    if let Some(setting) = mute {
        let what = "`mute` goes with `resolves: never`: an alert that lasts is told once anyway";
        found.add(Finding::error("own-form", setting.place, what).at("mute"));
    }
    Life::Stateful { resolve: resolve.unwrap_or(Resolve::Azure) }
}
