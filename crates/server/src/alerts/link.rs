//! The address of an alert: the rule's name, the instant of the firing and the alert's id. The first two tell which rule
//! to ask and for when, so that one evaluation shows the alert, however long ago it was; the id tells the series.

use crate::shell::segment;
use calypso_library::format::datetime_short;
use calypso_library::literals::datetime;

/// How an address names an alert.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AlertName {
    /// By the rule's name, the instant of the firing in ticks, and the id.
    Fired {
        /// The rule's name.
        rule: String,
        /// Ticks.
        at: i64,
        /// The alert's id.
        id: String,
    },
    /// By the id alone, as notifications have it.
    Id(String),
}

/// Letters of an id at most.
const LONGEST: usize = 64;

impl AlertName {
    /// Reads the parts of a path below `/alerts`; none where they name no alert.
    pub fn read(parts: &[&str]) -> Option<AlertName> {
        let is_id = |id: &str| {
            (1..=LONGEST).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
        };
        match parts {
            [id] if is_id(id) => Some(AlertName::Id((*id).to_owned())),
            [rule, at, id] if is_id(id) && !rule.is_empty() => {
                Some(AlertName::Fired { rule: (*rule).to_owned(), at: datetime(at)?, id: (*id).to_owned() })
            }
            _ => None,
        }
    }
}

/// The path of an alert's page: `/alerts/failure-spike/2026-10-28T09:15:00Z/82b2b3d4-92a5-94c4-b520-749f816a9f84`.
pub fn firing_path(rule: &str, at: i64, id: &str) -> String {
    format!("/alerts/{}/{}/{}", segment(rule), datetime_short(at).replace(':', "%3A"), segment(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_alerts() {
        let id = "82b2b3d4-92a5-94c4-b520-749f816a9f84";
        let at = datetime("2026-10-28T09:15:00Z").unwrap();
        let fired = AlertName::Fired { rule: "a/b c".into(), at, id: id.into() };
        assert_eq!(AlertName::read(&["a/b c", "2026-10-28T09:15:00Z", id]), Some(fired));
        assert_eq!(AlertName::read(&[id]), Some(AlertName::Id(id.into())));
        assert_eq!(firing_path("a/b c", at, id), format!("/alerts/a%2Fb%20c/2026-10-28T09%3A15%3A00Z/{id}"));
        for wrong in [
            &["page"][..],
            &["", "2026-10-28", id],
            &["r", "yesterday", id],
            &["r", id],
            &["r", "2026-10-28", "../x"],
        ] {
            assert_eq!(AlertName::read(wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rule in ".+", at in 0..3_155_378_975_999_999_999_i64) {
            let path = firing_path(&rule, at, "0-f");
            let parts = crate::request::parts(&path).unwrap();
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            prop_assert_eq!(AlertName::read(&parts[1..]), Some(AlertName::Fired { rule, at, id: "0-f".into() }));
        }

        #[test]
        fn any_parts_are_read_or_refused(parts in proptest::collection::vec(".*", 0..5)) {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let _ = AlertName::read(&parts);
        }
    }
}
