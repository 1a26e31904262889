//! Secrets: where they are, not what they are. They are read when they are needed, so a new one counts from the next
//! attempt on.

use serde::{Deserialize, Deserializer, de};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where a secret is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Secret {
    /// In a variable of the environment.
    Variable(String),
    /// In a file; the end of its last line does not count.
    File(PathBuf),
}

/// The longest secret, in bytes.
const LONGEST: u64 = 16 * 1024;

impl Secret {
    /// The secret.
    ///
    /// # Errors
    /// A sentence that says where it was looked for; never what was found.
    pub fn value(&self, variable: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
        let (place, value) = match self {
            Secret::Variable(name) => {
                let place = format!("the variable `{name}`");
                let value = variable(name).ok_or_else(|| format!("{place} is not set"))?;
                (place, value)
            }
            Secret::File(path) => {
                let place = format!("the file `{}`", path.display());
                let mut value = String::new();
                let file = std::fs::File::open(path);
                let read = file.and_then(|file| file.take(LONGEST + 1).read_to_string(&mut value));
                read.map_err(|error| format!("{place} cannot be read: {error}"))?;
                value.truncate(value.trim_end_matches(['\r', '\n']).len());
                (place, value)
            }
        };
        if value.is_empty() || value.len() as u64 > LONGEST || value.contains(char::is_control) {
            return Err(format!("{place} holds no secret: one line of text is wanted"));
        }
        Ok(value)
    }

    /// The same with a path relative to a folder.
    pub(super) fn within(self, folder: &Path) -> Secret {
        match self {
            Secret::Variable(name) => Secret::Variable(name),
            Secret::File(path) => Secret::File(folder.join(path)),
        }
    }
}

/// By hand, since the messages of derived readers show what they found.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        let wanted = "a secret stands in the environment or in a file, not here: \
                      `{ env = \"NAME\" }` or `{ file = \"PATH\" }` is wanted";
        let toml::Value::Table(table) = toml::Value::deserialize(deserializer)? else {
            return Err(de::Error::custom(wanted));
        };
        let mut items = table.into_iter();
        match (items.next(), items.next()) {
            (Some((key, toml::Value::String(value))), None) if !value.is_empty() => match key.as_str() {
                "env" => Ok(Secret::Variable(value)),
                "file" => Ok(Secret::File(value.into())),
                _ => Err(de::Error::custom(wanted)),
            },
            _ => Err(de::Error::custom(wanted)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_come_from_variables_and_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
            Secret::File(name.into()).within(folder.path()).value(&|_| None)
        };
        assert_eq!(file("a", "hidden value\r\n"), Ok("hidden value".to_owned()));
        let variable = |name: &str| (name == "A").then(|| "hidden".to_owned());
        assert_eq!(Secret::Variable("A".to_owned()).value(&variable), Ok("hidden".to_owned()));
        assert_eq!(
            Secret::Variable("B".to_owned()).value(&variable),
            Err("the variable `B` is not set".to_owned())
        );
        for wrong in ["", "\n", "hidden\nhidden", &"hidden".repeat(10_000)] {
            let error = file("b", wrong).unwrap_err();
            assert!(
                error.ends_with("holds no secret: one line of text is wanted") && !error.contains("hidden"),
                "{error}"
            );
        }
        assert!(
            Secret::File("/nowhere/x".into())
                .value(&variable)
                .unwrap_err()
                .starts_with("the file `/nowhere/x` cannot")
        );
    }
}
