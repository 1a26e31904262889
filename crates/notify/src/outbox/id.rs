//! Ids of deliveries: alert, kind and channel. They are names of files and go to receivers, who leave out what they have
//! had.

use crate::Notification;
use crate::notification::{AlertId, Kind};
use std::fmt;
use std::path::Path;

/// The id of one notification for one channel: `GUID-fired-CHANNEL` or `GUID-resolved-CHANNEL`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Id(String);

/// How long the GUID is.
const GUID: usize = 36;

impl Id {
    /// The id of a notification for a channel.
    pub fn of(notification: &Notification, channel: &str) -> Id {
        Id::with(&notification.alert, notification.kind(), channel)
    }

    fn with(alert: &AlertId, kind: Kind, channel: &str) -> Id {
        Id(format!("{alert}-{}-{channel}", word(kind)))
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The id of the firing of the same alert for the same channel.
    pub fn fired(&self) -> Id {
        let (alert, rest) = self.0.split_at(GUID);
        let channel =
            rest.strip_prefix("-resolved-").or_else(|| rest.strip_prefix("-fired-")).unwrap_or_default();
        Id(format!("{alert}-fired-{channel}"))
    }

    /// The id that a file is named by.
    pub(super) fn of_file(path: &Path) -> Option<Id> {
        let name = path.file_name()?.to_str()?.strip_suffix(".json")?;
        let (alert, rest) = name.split_at_checked(GUID)?;
        let alert = AlertId::try_from(alert.to_owned()).ok()?;
        let (kind, channel) = rest.strip_prefix('-')?.split_once('-')?;
        let kind = [Kind::Fired, Kind::Resolved].into_iter().find(|known| word(*known) == kind)?;
        is_name(channel).then(|| Id::with(&alert, kind, channel))
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Fired => "fired",
        Kind::Resolved => "resolved",
    }
}

/// Whether a text can be the name of a channel: at most 40 lower-case letters, digits, `-` and `_`.
pub(crate) fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    !text.is_empty() && text.len() <= 40 && text.chars().all(fits)
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::tests::failures;

    #[test]
    fn ids_are_names_of_files_and_back() {
        let fired = failures();
        let resolved = fired.resolved(fired.fired);
        for one in [&fired, &resolved] {
            let id = Id::of(one, "on-call_2");
            let path = Path::new("waiting").join(format!("{id}.json"));
            assert_eq!(Id::of_file(&path).as_ref(), Some(&id));
            assert_eq!(id.fired(), Id::of(&fired, "on-call_2"));
        }
        for wrong in [
            "x.json",
            "é.json",
            &format!("{}-gone-a.json", fired.alert),
            &format!("{}-fired-A.json", fired.alert),
        ] {
            assert_eq!(Id::of_file(Path::new(wrong)), None, "{wrong}");
        }
        assert!(!is_name("") && !is_name("../a") && !is_name(&"a".repeat(41)));
    }
}
