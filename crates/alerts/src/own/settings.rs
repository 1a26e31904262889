//! The settings of a section, taken by key; those that nobody takes are told.

use super::header::Setting;
use super::read::{is_key, said};
use crate::text::Found;
use crate::{Finding, Timespan};

/// All keys; those that end with a space are followed by a name.
pub const KEYS: [&str; 32] = [
    "title",
    "name",
    "description",
    "panel",
    "severity",
    "enabled",
    "every",
    "window",
    "range",
    "delay",
    "dimensions",
    "fires",
    "absent within",
    "resolves",
    "mute",
    "warm-up",
    "property ",
    "param ",
    "keep ",
    "kind",
    "period",
    "alerts",
    "suppress",
    "entity ",
    "detail ",
    "alert title",
    "alert description",
    "alert severity column",
    "alert tactics column",
    "alert property ",
    "tactics",
    "techniques",
];

/// The keys that may stand several times.
const REPEATED: [&str; 7] =
    ["description", "alert description", "property ", "param ", "keep ", "entity ", "detail "];

/// Settings by key.
pub struct Settings<'a> {
    settings: &'a [Setting],
    taken: Vec<bool>,
}

impl<'a> Settings<'a> {
    /// Settings; those that stand twice are told.
    pub fn new(settings: &'a [Setting], found: &mut Found) -> Settings<'a> {
        for (at, setting) in settings.iter().enumerate() {
            let repeats = REPEATED.iter().any(|known| is_key(known, &setting.key));
            let named_before = settings[..at].iter().any(|before| before.key == setting.key);
            if named_before && (!repeats || setting.key.contains("property ")) {
                let what = format!("`{}` stands twice", setting.key);
                found.add(Finding::error("own-form", setting.place, what).at(setting.key.clone()));
            }
        }
        Settings { settings, taken: vec![false; settings.len()] }
    }

    /// Whether a key stands there.
    pub fn has(&self, key: &str) -> bool {
        self.settings.iter().any(|setting| setting.key == key)
    }

    /// The setting of a key.
    pub fn take(&mut self, key: &str) -> Option<&'a Setting> {
        let at = self.settings.iter().position(|setting| setting.key == key)?;
        self.taken[at] = true;
        Some(&self.settings[at])
    }

    /// All settings of a key that is followed by a name.
    pub fn each(&mut self, key: &str) -> Vec<&'a Setting> {
        let mut found = Vec::new();
        for (setting, taken) in self.settings.iter().zip(&mut self.taken) {
            if is_key(key, &setting.key) {
                *taken = true;
                found.push(setting);
            }
        }
        found
    }

    /// Names and values of such a key.
    pub fn named(&mut self, key: &str) -> Vec<(String, String)> {
        let key = format!("{key} ");
        let each = self.each(&key);
        let name = |setting: &Setting| setting.key[key.len()..].to_owned();
        each.into_iter().map(|setting| (name(setting), plain(&setting.value))).collect()
    }

    /// The text of a key.
    pub fn text(&mut self, key: &str) -> Option<String> {
        self.take(key).map(|setting| plain(&setting.value)).filter(|text| !text.is_empty())
    }

    /// The lines of a key that may stand several times.
    pub fn all(&mut self, key: &str) -> Option<String> {
        let lines: Vec<String> = self.each(key).into_iter().map(|setting| plain(&setting.value)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// The length of time of a key.
    pub fn timespan(&mut self, key: &str, found: &mut Found) -> Option<Timespan> {
        let setting = self.take(key)?;
        said(setting, Timespan::read(&setting.value), found)
    }

    /// One of some words.
    pub fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)], found: &mut Found) -> Option<T> {
        let setting = self.take(key)?;
        let known = words.iter().find(|(word, _)| *word == setting.value).map(|(_, value)| *value);
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        said(setting, known.ok_or_else(|| format!("wanted one of {}", names.join(", "))), found)
    }

    /// Tells what nobody took.
    pub fn finish(&mut self, found: &mut Found) {
        self.each("param ");
        for (setting, _) in self.settings.iter().zip(&self.taken).filter(|(_, taken)| !**taken) {
            let is_known = KEYS.iter().any(|known| is_key(known, &setting.key));
            let finding = if is_known {
                let what = format!(
                    "`{}` does not go with this kind of rule, or stands in the wrong place",
                    setting.key
                );
                Finding::error("own-form", setting.place, what)
            } else {
                let what = format!("`{}` is no setting known here", setting.key);
                let finding = Finding::warning("unknown-field", setting.place, what);
                finding.help("begin a plain remark with a capital letter, or say `// query:` before it")
            };
            found.add(finding.at(setting.key.clone()));
        }
    }
}

/// A value as it is written, or the text of a JSON text, by which line breaks and spaces at its ends can be said.
fn plain(value: &str) -> String {
    match value.starts_with('"') {
        true => serde_json::from_str(value).unwrap_or_else(|_| value.to_owned()),
        false => value.to_owned(),
    }
}
