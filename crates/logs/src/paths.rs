//! The files that the user's paths mean: folders are walked, globs are expanded, order is by name.

use crate::open::OpenError;
use crate::source::Source;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Folders inside folders at most; deeper ones are a mistake.
const MAX_DEPTH: usize = 64;

/// One file to read.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// Its bytes.
    pub(crate) source: Source,
    /// The file as messages and the `File` column name it.
    pub(crate) label: String,
    /// The name a table of its own gets.
    pub(crate) stem: String,
    /// Whether the user named the file, rather than a folder it lies in.
    pub(crate) named: bool,
}

impl Input {
    fn file(path: &Path, named: bool) -> Input {
        let mut stem = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for ending in
            [".gz", ".zst", ".zstd", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".arrow"]
        {
            if let Some(short) = stem.strip_suffix(ending).filter(|short| !short.is_empty()) {
                stem = short.to_owned();
            }
        }
        let label = path.to_string_lossy().into_owned();
        Input { source: Source::File(path.to_owned()), label, stem, named }
    }

    fn memory(bytes: Vec<u8>, label: &str, stem: &str) -> Input {
        Input {
            source: Source::Memory(bytes.into()),
            label: label.to_owned(),
            stem: stem.to_owned(),
            named: true,
        }
    }
}

/// The files of all paths, each once whatever names and links lead to it, in the order named; inside a folder in order
/// of name.
pub(crate) fn expand(paths: &[PathBuf]) -> Result<Vec<Input>, OpenError> {
    let mut inputs = Vec::new();
    let mut folders = HashSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(standard_input()?);
        } else if path.is_dir() {
            walk(path, 0, &mut folders, &mut inputs)?;
        } else if is_pipe(path) {
            let label = path.to_string_lossy().into_owned();
            let bytes = std::fs::read(path).map_err(|error| OpenError::unreadable(&label, &error))?;
            inputs.push(Input::memory(bytes, &label, "pipe"));
        } else if path.exists() {
            inputs.push(Input::file(path, true));
        } else if has_wildcard(path) {
            let before = inputs.len();
            for found in glob(path) {
                if found.is_dir() {
                    walk(&found, 0, &mut folders, &mut inputs)?;
                } else {
                    inputs.push(Input::file(&found, true));
                }
            }
            if inputs.len() == before {
                return Err(OpenError::NoMatch { pattern: path.to_string_lossy().into_owned() });
            }
        } else {
            return Err(OpenError::NotFound { path: path.to_string_lossy().into_owned() });
        }
    }
    let mut known = HashSet::new();
    inputs.retain(|input| {
        known.insert(match &input.source {
            Source::File(path) => true_path(path),
            Source::Memory(_) => PathBuf::from(&input.label),
        })
    });
    Ok(inputs)
}

/// The path without links and `..`; as it is, where there is nothing.
fn true_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// A number that is another one when a file of those paths has come, gone or changed: by name, size and time.
pub fn fingerprint(paths: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let named = paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect::<Vec<_>>();
    match expand(&named) {
        Ok(inputs) => {
            for Input { label, .. } in inputs {
                let file = std::fs::metadata(&label);
                let changed = file.as_ref().ok().and_then(|file| file.modified().ok());
                (&label, file.as_ref().map_or(0, std::fs::Metadata::len), changed).hash(&mut hasher);
            }
        }
        Err(error) => error.to_string().hash(&mut hasher),
    }
    hasher.finish()
}

fn standard_input() -> Result<Input, OpenError> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
        .map_err(|error| OpenError::unreadable("-", &error))?;
    Ok(Input::memory(bytes, "-", "stdin"))
}

/// Whether it can be read only once, as what a shell makes of `<(…)`.
fn is_pipe(path: &Path) -> bool {
    #[cfg(unix)]
    let pipe = path.metadata().is_ok_and(|file| std::os::unix::fs::FileTypeExt::is_fifo(&file.file_type()));
    #[cfg(not(unix))]
    let pipe = false;
    pipe
}

/// The files below a folder that has not been walked before: links may lead back to where they lie.
fn walk(
    folder: &Path,
    depth: usize,
    folders: &mut HashSet<PathBuf>,
    inputs: &mut Vec<Input>,
) -> Result<(), OpenError> {
    if depth > MAX_DEPTH || !folders.insert(true_path(folder)) {
        return Ok(());
    }
    let entries = match sorted_entries(folder) {
        Ok(entries) => entries,
        Err(error) if depth == 0 => return Err(OpenError::unreadable(&folder.to_string_lossy(), &error)),
        // Reading it as a file fails for the same reason, which is told, and the rest is read.
        Err(_) => {
            inputs.push(Input::file(folder, false));
            return Ok(());
        }
    };
    for path in entries {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            walk(&path, depth + 1, folders, inputs)?;
        } else if path.is_file() {
            inputs.push(Input::file(&path, false));
        }
    }
    Ok(())
}

fn sorted_entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

fn has_wildcard(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?'])
}

/// Paths that a pattern with `*` and `?` in its parts matches, in order of name.
fn glob(pattern: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        let text = part.as_os_str().to_string_lossy();
        if !text.contains(['*', '?']) {
            found.iter_mut().for_each(|path| path.push(part));
            continue;
        }
        let folders = std::mem::take(&mut found);
        for folder in folders {
            let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
            for entry in sorted_entries(listed).unwrap_or_default() {
                let Some(name) = entry.file_name() else { continue };
                let shown = name.to_string_lossy();
                if matches_wildcards(&text, &shown) && (!shown.starts_with('.') || text.starts_with('.')) {
                    found.push(folder.join(name));
                }
            }
        }
    }
    found.retain(|path| path.exists());
    found
}

/// Whether a name matches a pattern: `*` is any text, `?` any character.
fn matches_wildcards(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match &mut star {
                Some((star_p, star_n)) => {
                    *star_n += 1;
                    (p, n) = (*star_p + 1, *star_n);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (pattern, name, expected) in [
            ("*.json", "a.json", true),
            ("P?1H*", "PT1H.json", true),
            ("*a*b", "xaxb", true),
            ("a*", "b", false),
        ] {
            assert_eq!(matches_wildcards(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn fingerprints_tell_of_files_that_come_change_and_go() {
        let folder = tempfile::tempdir().unwrap();
        let paths = [folder.path().to_owned()];
        let mut seen = vec![fingerprint(&paths)];
        let file = folder.path().join("a.json");
        for text in ["{", "{}"] {
            std::fs::write(&file, text).unwrap();
            seen.push(fingerprint(&paths));
            assert_eq!(seen.last(), Some(&fingerprint(&paths)));
        }
        std::fs::rename(&file, folder.path().join("b.json")).unwrap();
        seen.push(fingerprint(&paths));
        for (at, one) in seen.iter().enumerate() {
            assert!(!seen[..at].contains(one), "{seen:?}");
        }
        std::fs::remove_file(folder.path().join("b.json")).unwrap();
        assert_eq!(fingerprint(&paths), seen[0]);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_back_give_no_file_twice() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("a.json"), "{}").unwrap();
        // Each doubles what a walk without memory would find, forty times over.
        for link in ["x", "y", "z"] {
            symlink(folder.path(), inner.join(link)).unwrap();
        }
        symlink("a.json", inner.join("b.json")).unwrap();
        let paths = [folder.path().to_owned(), inner.join("../inner/a.json"), inner.join("b.json")];
        let labels: Vec<_> = expand(&paths).unwrap().into_iter().map(|input| input.label).collect();
        assert_eq!(labels, [inner.join("a.json").to_string_lossy()]);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_are_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let into = path.clone();
        let writer = std::thread::spawn(move || std::fs::write(into, "{}\n").unwrap());
        let inputs = expand(&[path]).unwrap();
        writer.join().unwrap();
        assert!(matches!(&inputs[0].source, Source::Memory(bytes) if **bytes == *b"{}\n"));
    }

    #[test]
    fn stems_lose_their_endings() {
        assert_eq!(Input::file(Path::new("x/hr.csv.gz"), true).stem, "hr");
        assert_eq!(Input::file(Path::new("x/.json"), true).stem, ".json");
    }
}
