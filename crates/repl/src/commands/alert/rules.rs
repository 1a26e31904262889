//! Files of rules by name: a path, all files of a folder, a file of the user's own folder of queries, or a built-in one.

use crate::failure::Failure;
use crate::saved::{self, Saved};
use calypso_alerts::{Finding, Place, Reading, Rule, Weight};
use calypso_view::text::visible;
use std::path::{Path, PathBuf};

/// The folder of rules among the saved queries.
const FOLDER: &str = "alerts/";

/// The endings of files of rules.
const ENDINGS: [&str; 7] = ["kql", "csl", "json", "jsonc", "yaml", "yml", "bicep"];

/// Folders inside folders at most.
const DEEPEST: usize = 16;

/// A file that was read.
pub struct RuleFile {
    /// For people: the path, or the built-in name.
    pub origin: String,
    /// What is in it.
    pub reading: Reading,
}

/// The files named; all saved ones where none is named.
pub fn files(names: &[String]) -> Result<Vec<RuleFile>, Failure> {
    let all = saved();
    if names.is_empty() && all.is_empty() {
        return Err(Failure::Usage(
            "no file of rules was named, and none is saved under `alerts`".to_owned(),
        ));
    }
    let names = if names.is_empty() { &all } else { names };
    let mut found_files = Vec::new();
    for name in names {
        found_files.extend(named(name)?);
    }
    Ok(found_files)
}

/// The names of all saved files of rules.
pub fn saved() -> Vec<String> {
    saved::names().into_iter().filter(|name| name.starts_with(FOLDER)).collect()
}

/// The file of that name, or those of the folder.
pub fn named(name: &str) -> Result<Vec<RuleFile>, Failure> {
    if Path::new(name).is_dir() {
        return of_folder(Path::new(name));
    }
    let Saved { origin, text } = found(name)?;
    let reading = calypso_alerts::read(&text, &file_name(&origin));
    Ok(vec![RuleFile { origin, reading }])
}

/// The files of rules of a folder and the folders in it, in order of name. One that cannot be read says so in its place.
fn of_folder(folder: &Path) -> Result<Vec<RuleFile>, Failure> {
    let mut paths = Vec::new();
    collect(folder, 0, &mut paths)
        .map_err(|error| Failure::Data(format!("{}: {error}", folder.display())))?;
    if paths.is_empty() {
        return Err(Failure::Data(format!("{}: there is no file of rules in it", folder.display())));
    }
    let read = |path: PathBuf| {
        let origin = path.display().to_string();
        let reading = match saved::text_of(&path) {
            Ok(text) => calypso_alerts::read(&text, &file_name(&origin)),
            Err(reason) => Reading {
                rules: Vec::new(),
                findings: vec![Finding::error("unreadable", Place::default(), reason)],
            },
        };
        RuleFile { origin, reading }
    };
    Ok(paths.into_iter().map(read).collect())
}

/// The paths of the files; what begins with a dot is not looked at.
fn collect(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let entries = std::fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    let mut inside: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
    inside.sort();
    for path in inside {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        if is_hidden {
            continue;
        } else if path.is_dir() {
            if depth < DEEPEST {
                collect(&path, depth + 1, paths)?;
            }
        } else if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            paths.push(path);
        }
    }
    Ok(())
}

/// The rules of the files named; of all saved ones where none is named. What is said of files is told on standard error.
///
/// # Errors
/// When a file cannot be read, a rule of it is refused, or two rules have one name.
pub fn read(names: &[String]) -> Result<Vec<Rule>, Failure> {
    let mut rules: Vec<Rule> = Vec::new();
    for file in files(names)? {
        for rule in usable(&file)? {
            match twin(&rules, &file, rule) {
                Some(reason) => return Err(Failure::Data(reason)),
                None => rules.push(rule.clone()),
            }
        }
    }
    Ok(rules)
}

/// The rules of the files named that can be used, and how many files hold others, or no rule: these are told, and do not
/// keep the rest from being evaluated.
///
/// # Errors
/// When there is no rule that can be used.
pub fn read_usable(names: &[String]) -> Result<(Vec<Rule>, usize), Failure> {
    let files = files(names)?;
    let mut rules: Vec<Rule> = Vec::new();
    let (mut refused, mut last) = (0, None);
    for file in &files {
        let mut reason = usable(file).err();
        for rule in &file.reading.rules {
            match twin(&rules, file, rule) {
                Some(twin) => {
                    eprintln!("{}", visible(&twin, true));
                    reason = Some(Failure::Data(twin));
                }
                None => rules.push(rule.clone()),
            }
        }
        refused += usize::from(reason.is_some());
        last = reason.or(last);
    }
    match last {
        Some(reason) if rules.is_empty() && files.len() == 1 => Err(reason),
        _ if rules.is_empty() => Err(Failure::Data(format!("no rule of {} files can be used", files.len()))),
        _ => Ok((rules, refused)),
    }
}

/// The rules of a file, none of which may be refused.
pub fn usable(file: &RuleFile) -> Result<&[Rule], Failure> {
    for finding in &file.reading.findings {
        eprintln!("{}", told(&file.origin, finding));
    }
    if file.reading.findings.iter().any(|finding| finding.weight == Weight::Error) {
        return Err(Failure::Data(format!("{}: a rule is refused", file.origin)));
    }
    if file.reading.rules.is_empty() {
        return Err(Failure::Data(format!("{}: there is no rule in it", file.origin)));
    }
    Ok(&file.reading.rules)
}

/// Why a rule cannot stand beside those read before it.
fn twin(rules: &[Rule], file: &RuleFile, rule: &Rule) -> Option<String> {
    let other = rules.iter().find(|other| other.name == rule.name)?;
    let (origin, name) = (&file.origin, &rule.name);
    Some(format!("{origin}: `{name}` is the name of a rule in {} already", other.source.file))
}

fn found(name: &str) -> Result<Saved, Failure> {
    if !Path::new(name).is_file() && !name.contains('/') {
        let wanted = format!("{FOLDER}{name}");
        let with_ending = format!("{wanted}.kql");
        let file = saved::names().into_iter().find(|known| *known == wanted || *known == with_ending);
        if let Some(file) = file {
            return saved::find(&file);
        }
    }
    saved::find(name)
}

/// What a rule without a name is called by.
fn file_name(origin: &str) -> String {
    let name = Path::new(origin).file_name().and_then(|name| name.to_str());
    name.unwrap_or(origin).to_owned()
}

/// A finding as one line, with its place.
pub fn told(origin: &str, finding: &Finding) -> String {
    visible(&format!("{origin}:{finding}"), true).into_owned()
}
