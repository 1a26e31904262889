//! Saved queries by name: a path as given, else a file of the user's own folder, else a built-in one. In: a name such as
//! `cloud-sync/recent-errors` or `recent-errors`. Out: the text and where it was found.

use crate::failure::Failure;
use crate::places;
use calypso_planner::suggest::nearest;
use calypso_workbook::{FOLDERS, decoded};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A saved query that was found.
pub struct Saved {
    /// For people: the path, or the built-in name.
    pub origin: String,
    /// The whole text.
    pub text: String,
}

/// Finds a saved query; `-` is standard input.
pub fn find(name: &str) -> Result<Saved, Failure> {
    if name == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::Data(format!("standard input: {error}")))?;
        return Ok(Saved { origin: "standard input".to_owned(), text });
    }
    if Path::new(name).is_file() {
        return read(Path::new(name));
    }
    let matches: Vec<String> = names().into_iter().filter(|known| is_named(known, name)).collect();
    match matches.as_slice() {
        [one] => load(one),
        [] => Err(Failure::Data(unknown(name))),
        several => Err(Failure::Usage(format!("`{name}` may be {}", several.join(", ")))),
    }
}

/// Every saved query, `folder/name.kql`: the user's own and the built-in ones.
pub fn names() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (folder, files) in FOLDERS {
        let queries = files.iter().filter(|(path, _)| path.ends_with(".kql"));
        found.extend(queries.map(|(path, _)| format!("{folder}/{path}")));
    }
    if let Some(folder) = places::queries() {
        collect(&folder, "", 0, &mut found);
    }
    found
}

/// The user's file of that name, where there is one.
pub fn own(name: &str) -> Option<PathBuf> {
    let path = places::queries()?.join(name);
    path.is_file().then_some(path)
}

/// The built-in text of that name.
pub fn built_in(name: &str) -> Option<&'static str> {
    let (folder, path) = name.split_once('/')?;
    let (_, files) = FOLDERS.iter().find(|(known, _)| *known == folder)?;
    files.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

fn load(name: &str) -> Result<Saved, Failure> {
    if let Some(path) = own(name) {
        return read(&path);
    }
    let text = built_in(name).ok_or_else(|| Failure::Data(unknown(name)))?;
    Ok(Saved { origin: name.to_owned(), text: text.to_owned() })
}

fn read(path: &Path) -> Result<Saved, Failure> {
    let origin = path.display().to_string();
    match text_of(path) {
        Ok(text) => Ok(Saved { origin, text }),
        Err(reason) => Err(Failure::Data(format!("{origin}: {reason}"))),
    }
}

/// The text of a file, UTF-8 or UTF-16; else why there is none.
pub fn text_of(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    decoded(bytes).ok_or_else(|| "it is neither UTF-8 nor UTF-16 text".to_owned())
}

/// Whether a known path is meant: whole, without its ending, or its last part alone.
fn is_named(known: &str, name: &str) -> bool {
    let bare = known.strip_suffix(".kql").unwrap_or(known);
    let last = |path: &str| path.rsplit('/').next().unwrap_or("").to_owned();
    [known, bare].contains(&name)
        || (!name.contains('/') && [last(known), last(bare)].contains(&name.to_owned()))
}

fn unknown(name: &str) -> String {
    let names = names();
    let bare = names.iter().map(|known| known.rsplit('/').next().unwrap_or("").trim_end_matches(".kql"));
    let near = nearest(name.trim_end_matches(".kql"), bare.chain(names.iter().map(String::as_str)));
    match near {
        Some(near) => format!("{name}: no such file, and no saved query; did you mean `{near}`?"),
        None => format!("{name}: no such file, and no saved query; `calypso queries` lists them"),
    }
}

/// The user's query files, a few folders deep.
fn collect(folder: &Path, prefix: &str, depth: usize, found: &mut BTreeSet<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() && depth < 4 {
            collect(&path, &format!("{name}/"), depth + 1, found);
        } else if name.ends_with(".kql") && path.is_file() {
            found.insert(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_short() {
        for name in ["cloud-sync/a.kql", "cloud-sync/a", "a.kql", "a"] {
            assert!(is_named("cloud-sync/a.kql", name), "{name}");
        }
        assert!(!is_named("cloud-sync/a.kql", "b") && !is_named("cloud-sync/a.kql", "other/a"));
        assert!(built_in("cloud-sync/recent-errors.kql").is_some());
    }
}
