//! Workbooks by name. In: a name, or the path of a file or folder, and the folders to look in. Out: the workbook.
//!
//! A name is a built-in workbook, or one of the user's own queries folder; a file there wins over the built-in one of the
//! same name. A path is a `dashboard.toml`, a workbook file of Azure's, a query file, or a folder: with a
//! `dashboard.toml`, with one workbook file, or of query files alone.

use crate::azure::{self, FolderTemplates};
use crate::builtin::{DASHBOARDS, Files};
use crate::description;
use crate::error::DashboardError;
use crate::folder;
use crate::model::{Choices, Content, Item, QueryText, Source, Workbook};
use crate::names::unknown;
use std::path::{Path, PathBuf};

/// The description's file name.
pub const DESCRIPTION: &str = "dashboard.toml";
/// Bytes of a file that is no workbook, however it begins.
const MOST: u64 = 64 << 20;

/// Where workbooks and what belongs to them are looked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LoadOptions {
    /// The user's own queries folder.
    pub user_folder: Option<PathBuf>,
    /// Folders of templates that groups and links of Azure's files name.
    pub template_folders: Vec<PathBuf>,
}

impl LoadOptions {
    /// Where the templates of a workbook file are found: beside it, beside its folder as the gallery keeps them, then in
    /// the folders named for it and the user's own.
    pub fn templates(&self, file: Option<&Path>) -> FolderTemplates {
        let beside = file.and_then(Path::parent);
        let beside = beside.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        let around = beside.map(|folder| folder.join(".."));
        let beside = beside.map(Path::to_owned).into_iter().chain(around);
        let folders = beside.chain(self.template_folders.iter().cloned()).chain(self.user_folder.clone());
        FolderTemplates { folders: folders.collect() }
    }
}

/// Where the files of one workbook are looked for: in a folder first, then among those compiled in.
struct Shelf {
    folder: Option<PathBuf>,
    built_in: Option<Files>,
}

impl Shelf {
    /// A file's text and the place it was found at.
    fn text(&self, path: &str) -> Result<Option<(String, String)>, DashboardError> {
        if let Some(folder) = &self.folder {
            let own = path.split('/').fold(folder.clone(), |folder, part| folder.join(part));
            if own.is_file() {
                return Ok(Some((read_text(&own)?, own.display().to_string())));
            }
        }
        let found = self.built_in.and_then(|files| files.iter().find(|(name, _)| *name == path));
        Ok(found.map(|(_, text)| ((*text).to_owned(), path.to_owned())))
    }

    fn described(&self, name: &str) -> Result<Option<Workbook>, DashboardError> {
        let Some((text, place)) = self.text(DESCRIPTION)? else { return Ok(None) };
        description::read(&text, &place, name, &|path| self.text(path)).map(Some)
    }
}

impl Workbook {
    /// Names of the workbooks that are compiled in.
    pub fn built_in() -> Vec<&'static str> {
        DASHBOARDS.iter().map(|(name, _)| *name).collect()
    }

    /// Names of the workbooks that need no path: those compiled in, and the user's own.
    pub fn known(options: &LoadOptions) -> Vec<String> {
        let mut known: Vec<String> = Workbook::built_in().into_iter().map(str::to_owned).collect();
        let own = options.user_folder.as_deref().and_then(|folder| std::fs::read_dir(folder).ok());
        for path in own.into_iter().flatten().flatten().map(|entry| entry.path()) {
            let name = file_stem(&path);
            if (is_workbook_file(&path) || is_workbook_folder(&path)) && !known.contains(&name) {
                known.push(name);
            }
        }
        known.sort();
        known
    }

    /// The workbook files of a folder that holds several of them and no description, by name.
    pub fn several(folder: &Path) -> Vec<PathBuf> {
        if !folder.is_dir() || folder.join(DESCRIPTION).is_file() {
            return Vec::new();
        }
        let mut files = files_of(folder).unwrap_or_default();
        files.retain(|path| is_workbook_file(path));
        if files.len() > 1 { files } else { Vec::new() }
    }

    /// Loads a workbook by its name or path.
    ///
    /// # Errors
    /// When there is none, a file cannot be read, or what it says makes no workbook.
    pub fn load(name: &str, options: &LoadOptions) -> Result<Workbook, DashboardError> {
        let path = Path::new(name);
        // A folder of logs may bear a workbook's name; one with a description is surely meant.
        if path.join(DESCRIPTION).is_file() {
            return folder_workbook(path, options);
        }
        let plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
        if plain && let Some(workbook) = named(name, options)? {
            return Ok(workbook);
        }
        if path.is_dir() {
            return folder_workbook(path, options);
        }
        if path.is_file() {
            return file_workbook(path, options);
        }
        if !plain || path.extension().is_some() {
            return Err(DashboardError::new(format!("there is no file or folder `{name}`")));
        }
        let known = Workbook::known(options);
        let error = unknown("workbook", name, known.iter().map(String::as_str));
        Err(DashboardError {
            message: format!("{}: neither built in, nor in your own queries folder, nor here", error.message),
            ..error
        })
    }

    /// The workbook that a description and the files beside it make, all of them given: path and text.
    ///
    /// # Errors
    /// When the description is missing or wrong.
    pub fn from_files(name: &str, files: &[(String, String)]) -> Result<Workbook, DashboardError> {
        let find = |path: &str| {
            let found = files.iter().find(|(known, _)| known == path);
            Ok(found.map(|(path, text)| (text.clone(), path.clone())))
        };
        let Some((text, place)) = find(DESCRIPTION)? else {
            return Err(DashboardError::new(format!("there is no `{DESCRIPTION}`")));
        };
        description::read(&text, &place, name, &find)
    }

    /// The workbook as files that people edit, by path within a folder: the description first, then the queries.
    ///
    /// # Errors
    /// When the files would not make the same workbook again, so that nothing is lost unnoticed.
    pub fn files(&self) -> Result<Vec<(String, String)>, DashboardError> {
        let files = description::files(self)?;
        let again = Workbook::from_files(&self.name, &files)
            .map_err(|error| error.within("the files of this workbook could not be read again"))?;
        if again.without_places() == self.without_places() {
            return Ok(files);
        }
        Err(DashboardError::new("the workbook holds something that its files cannot say"))
    }

    /// The name of the first time range a reader can choose.
    pub fn time_range(&self) -> Option<&str> {
        description::time_range(&self.items)
    }

    /// A name for the folder of those files.
    pub fn folder_name(&self) -> String {
        Some(description::file_slug(&self.name))
            .filter(|name| !name.is_empty())
            .unwrap_or("workbook".to_owned())
    }

    /// The same, without where its queries were found.
    pub fn without_places(&self) -> Workbook {
        let mut workbook = self.clone();
        forget_places(&mut workbook.items);
        workbook
    }
}

fn forget_places(items: &mut [Item]) {
    let forget = |query: &mut QueryText| (query.place, query.skipped) = (String::new(), 0);
    for item in items {
        match &mut item.content {
            Content::Parameters(own) => {
                for parameter in &mut own.parameters {
                    if let Choices::Query(query) = &mut parameter.choices {
                        forget(query);
                    }
                }
            }
            Content::Panel(panel) => {
                if let Source::Query(query) = &mut panel.source {
                    forget(query);
                }
            }
            Content::Group(group) => forget_places(&mut group.items),
            Content::Text(_) | Content::Links(_) | Content::Placeholder(_) => {}
        }
    }
}

/// A built-in workbook or one of the user's own folder.
fn named(name: &str, options: &LoadOptions) -> Result<Option<Workbook>, DashboardError> {
    let built_in = DASHBOARDS.iter().find(|(known, _)| *known == name).map(|(_, files)| *files);
    let own = options.user_folder.as_ref().map(|folder| folder.join(name));
    let folder = own.clone().filter(|own| own.is_dir());
    if let Some(workbook) = (Shelf { folder: folder.clone(), built_in }).described(name)? {
        return Ok(Some(workbook));
    }
    if let Some(folder) = folder {
        return folder_workbook(&folder, options).map(Some);
    }
    let files = own.into_iter().flat_map(|own| ["workbook", "json"].map(|ending| own.with_extension(ending)));
    match files.into_iter().find(|file| file.is_file()) {
        Some(file) => file_workbook(&file, options).map(Some),
        None => Ok(None),
    }
}

/// The workbook a folder holds: described, as one file, or query files alone.
fn folder_workbook(folder: &Path, options: &LoadOptions) -> Result<Workbook, DashboardError> {
    let shelf = Shelf { folder: Some(folder.to_owned()), built_in: None };
    let name = file_stem(folder);
    if let Some(workbook) = shelf.described(&name)? {
        return Ok(workbook);
    }
    let files = files_of(folder)?;
    let queries: Vec<&PathBuf> = files.iter().filter(|path| is_query(path)).collect();
    let workbooks: Vec<&PathBuf> = files.iter().filter(|path| is_workbook_file(path)).collect();
    match (workbooks.as_slice(), queries.as_slice()) {
        ([one], _) => file_workbook(one, options),
        ([_, _, ..], _) => {
            let names: Vec<String> = workbooks.iter().map(|path| format!("`{}`", path.display())).collect();
            Err(DashboardError::new(format!("{} holds several workbooks", folder.display()))
                .with_help(format!("name one of {}", names.join(", "))))
        }
        ([], []) => Err(DashboardError::new(format!(
            "{} holds no workbook: no {DESCRIPTION}, no .workbook file, no .kql file",
            folder.display()
        ))),
        ([], queries) => {
            let texts = queries.iter().map(|path| Ok(((*path).clone(), read_text(path)?)));
            Ok(folder::workbook(&name, texts.collect::<Result<_, DashboardError>>()?))
        }
    }
}

/// The workbook of one file, told by its content.
fn file_workbook(path: &Path, options: &LoadOptions) -> Result<Workbook, DashboardError> {
    let (name, place) = (file_stem(path), path.display().to_string());
    let text = read_text(path)?;
    if path.extension().is_some_and(|ending| ending == "toml") {
        let folder = path.parent().map(Path::to_owned);
        let shelf = Shelf { folder: folder.clone(), built_in: None };
        let name = match folder.filter(|_| path.ends_with(DESCRIPTION)) {
            Some(folder) => file_stem(&folder),
            None => name,
        };
        return description::read(&text, &place, &name, &|path| shelf.text(path));
    }
    if is_query(path) {
        return Ok(folder::workbook(&name, vec![(path.to_owned(), text)]));
    }
    if text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace()).starts_with('{') {
        return azure::read(&text, &name, &options.templates(Some(path))).map_err(|error| {
            let what = error.message.strip_prefix(&format!("{name}: ")).unwrap_or(&error.message).to_owned();
            DashboardError { message: what, ..error }.within(&place)
        });
    }
    Err(no_workbook(&text, &place))
}

/// What a file is instead, where it can be told: a page saved in place of the file is the usual slip.
fn no_workbook(text: &str, place: &str) -> DashboardError {
    let start = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    if start.is_empty() {
        return DashboardError::new(format!("{place} is empty"))
            .with_help("save or download the workbook again");
    }
    if start.starts_with('<') {
        return DashboardError::new(format!("{place} is a web page or XML, no workbook")).with_help(
            "download the file itself (its raw text), or save what the portal's Advanced Editor shows under \
             Gallery Template",
        );
    }
    DashboardError::new(format!("{place} is no workbook"))
        .with_help(format!("a workbook is a {DESCRIPTION}, a .workbook or JSON file, or a .kql file"))
}

/// The text of a file.
fn read_text(path: &Path) -> Result<String, DashboardError> {
    let failed = |why: String| DashboardError::new(format!("{} cannot be read: {why}", path.display()));
    let size = std::fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
    if size > MOST {
        return Err(failed(format!("{size} bytes are too many for a workbook")));
    }
    let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    decoded(bytes).ok_or_else(|| failed("it is neither UTF-8 nor UTF-16 text".to_owned()))
}

/// The text of these bytes: UTF-8, or UTF-16 where a byte order mark says so, as PowerShell's redirection writes it.
pub fn decoded(bytes: Vec<u8>) -> Option<String> {
    let pairs = |unit: fn([u8; 2]) -> u16| {
        let pairs = bytes.get(2..)?.chunks(2);
        let units = pairs.map(|pair| pair.try_into().ok().map(unit)).collect::<Option<Vec<u16>>>()?;
        String::from_utf16(&units).ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => pairs(u16::from_le_bytes),
        [0xfe, 0xff, ..] => pairs(u16::from_be_bytes),
        [..] => String::from_utf8(bytes).ok(),
    }
}

/// The files of a folder, by name.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, DashboardError> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| DashboardError::new(format!("{} cannot be read: {error}", folder.display())))?;
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

fn is_query(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "kql" || ending == "csl")
}

fn is_workbook_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "workbook") && path.is_file()
}

fn is_workbook_folder(path: &Path) -> bool {
    path.is_dir()
        && (path.join(DESCRIPTION).is_file()
            || files_of(path)
                .is_ok_and(|files| files.iter().any(|file| is_query(file) || is_workbook_file(file))))
}

/// The name of a file or folder for people, `.` and `..` too.
fn file_stem(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = if whole.is_dir() { whole.file_name() } else { whole.file_stem() };
    name.map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Expansion, ParameterKind, Shipped, TimeContext};

    fn load(name: impl AsRef<Path>) -> Result<Workbook, String> {
        let name = name.as_ref().to_str().unwrap();
        Workbook::load(name, &LoadOptions::default()).map_err(|error| error.to_string())
    }

    fn write(folder: &Path, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }

    #[test]
    fn the_built_in_workbook_is_whole() {
        let workbook = load("cloud-sync").unwrap();
        assert_eq!(workbook.items.len(), 5, "parameters, tabs, two groups, one panel on demand");
        let Content::Parameters(own) = &workbook.items[0].content else { panic!() };
        let known: Vec<&str> = own.parameters.iter().map(|one| one.name.as_str()).collect();
        let Content::Group(summary) = &workbook.items[2].content else { panic!() };
        let Content::Group(details) = &workbook.items[3].content else { panic!() };
        let panels: Vec<_> = summary.items.iter().chain(&details.items).chain(&workbook.items[4..]).collect();
        assert_eq!(panels.len(), 8);
        for item in panels {
            let Content::Panel(panel) = &item.content else { panic!() };
            let Source::Query(query) = &panel.source else { panic!() };
            assert!(panel.description.is_some() && panel.title != item.name, "{}", item.name);
            assert_eq!(panel.time, TimeContext::Parameter("Date".to_owned()));
            assert_eq!(panel.on_demand, item.name == "user details");
            let lets = query.text.lines().filter_map(|line| line.strip_prefix("let _"));
            let declared: Vec<_> = lets.map(|rest| format!("_{}", rest.split(' ').next().unwrap())).collect();
            assert_eq!(query.parameters, declared, "{}", item.name);
            for name in &query.parameters {
                let time = ["_startTime", "_endTime", "_grain"].contains(&name.as_str());
                assert!(time || known.contains(&&name[1..]), "{}: {name}", item.name);
            }
        }
        assert_eq!(
            (own.parameters[0].kind.clone(), &own.parameters[0].value),
            (ParameterKind::TimeRange, &Shipped::Milliseconds(172_800_000))
        );
        assert_eq!(own.parameters[1].value, Shipped::Text("value::all".to_owned()));
    }

    #[test]
    fn the_built_in_workbook_can_be_written() {
        let workbook = load("cloud-sync").unwrap();
        let files = workbook.files().unwrap();
        assert_eq!(files.len(), 16);
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in &files {
            write(folder.path(), &[(path, text)]);
        }
        let again = load(folder.path()).unwrap();
        assert_eq!(
            Workbook { name: workbook.name.clone(), ..again.without_places() },
            workbook.without_places()
        );
    }

    #[test]
    fn a_folder_of_queries_is_a_workbook() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            &[
                ("b.kql", "// title: Second\n// width: 50\nT | count"),
                ("a.kql", "T | render piechart"),
                ("c.txt", "no"),
            ],
        );
        let workbook = load(folder.path()).unwrap();
        assert_eq!(workbook.expansion, Expansion::Lets);
        let names: Vec<_> = workbook.items.iter().map(|item| (item.name.as_str(), item.width)).collect();
        assert_eq!(names, [("parameters", 100), ("a", 100), ("b", 50)]);
        let Content::Panel(panel) = &workbook.items[2].content else { panic!() };
        assert_eq!(panel.title, "Second");
        let one = load(folder.path().join("a.kql")).unwrap();
        assert_eq!((one.name.as_str(), one.items.len()), ("a", 2));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().display().to_string();
        let none = format!("{name} holds no workbook: no dashboard.toml, no .workbook file, no .kql file");
        assert_eq!(load(&name).unwrap_err(), none);
        write(folder.path(), &[("x.workbook", "words"), ("y.csv", "a,b"), ("z.kql", "\u{feff}T")]);
        assert!(load(folder.path().join("x.workbook")).is_err());
        assert!(load(folder.path().join("y.csv")).unwrap_err().contains("is no workbook"));
        std::fs::write(folder.path().join("z.kql"), [b'T', 0xff]).unwrap();
        assert!(load(folder.path().join("z.kql")).unwrap_err().contains("neither UTF-8 nor UTF-16"));
        for (text, why) in [("", "is empty"), ("\n", "is empty"), ("<!DOCTYPE html>", "is a web page")] {
            write(folder.path(), &[("x.workbook", text)]);
            let message = load(folder.path().join("x.workbook")).unwrap_err();
            assert!(message.contains(why), "{message}");
        }
    }

    #[test]
    fn utf_16_is_read_where_a_mark_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let text = r#"{"version":"Notebook/1.0","items":[{"type":1,"content":{"json":"Übersicht 😀"}}]}"#;
        let file = folder.path().join("x.workbook");
        let units = || std::iter::once('\u{feff}').chain(text.chars());
        let units: Vec<u16> = units().collect::<String>().encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        std::fs::write(&file, text).unwrap();
        let plain = load(&file).unwrap();
        for bytes in [&little, &big] {
            std::fs::write(&file, bytes).unwrap();
            assert_eq!(load(&file).unwrap(), plain);
        }
        std::fs::write(&file, &little[..little.len() - 1]).unwrap();
        assert!(load(&file).is_err());
        assert_eq!(
            load("cloud-snyc").unwrap_err(),
            "no workbook named `cloud-snyc`: neither built in, nor in your own queries folder, nor here; \
             did you mean `cloud-sync`?"
        );
        assert_eq!(load("../nowhere/x").unwrap_err(), "there is no file or folder `../nowhere/x`");
    }

    #[test]
    fn workbook_files_are_read_with_the_templates_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let text =
            |words: &str| format!(r##"{{"items": [{{"type": 1, "content": {{"json": "# {words}"}}}}]}}"##);
        let group = r#"{"items": [{"type": 12, "content": {"version": "NotebookGroup/1.0", "groupType": "template",
            "loadFromTemplateId": "Community-Workbooks/X/Inner", "items": []}}]}"#;
        write(
            folder.path(),
            &[
                ("Inner.workbook", &text("Within")),
                ("Outer/Outer.workbook", &format!("\u{feff}{group}")),
                ("other.txt", &text("Other")),
                ("broken.json", "{"),
            ],
        );
        let title = |path: &str| load(folder.path().join(path)).map(|workbook| workbook.title);
        assert_eq!(title("Outer").unwrap(), "Within");
        assert_eq!(title("other.txt").unwrap(), "Other");
        let broken = title("broken.json").unwrap_err();
        assert!(broken.contains("broken.json: line 1, column 1"), "{broken}");
    }

    #[test]
    fn public_workbooks_can_be_written() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/workbooks");
        let Ok(files) = files_of(&folder) else {
            println!("skipped: the public workbooks are not at hand");
            return;
        };
        let files: Vec<_> = files.into_iter().filter(|file| is_workbook_file(file)).collect();
        assert_eq!(files.len(), 5);
        for file in files {
            let workbook = load(&file).unwrap();
            let written = workbook.files().unwrap();
            let place = tempfile::tempdir().unwrap();
            for (path, text) in &written {
                write(place.path(), &[(path, text)]);
            }
            let again = load(place.path()).unwrap();
            let again = Workbook { name: workbook.name.clone(), ..again.without_places() };
            assert_eq!(again, workbook.without_places(), "{}", file.display());
        }
    }

    #[test]
    fn own_files_win() {
        let folder = tempfile::tempdir().unwrap();
        let own = "title = 'Mine'\n[[panel]]\nfile = 'recent-errors.kql'\n[[panel]]\nfile = 'new.kql'\n";
        write(
            folder.path(),
            &[
                ("cloud-sync/dashboard.toml", own),
                ("cloud-sync/new.kql", "T"),
                ("mine/a.kql", "T"),
                ("notes.txt", ""),
            ],
        );
        let options = LoadOptions { user_folder: Some(folder.path().to_owned()), ..LoadOptions::default() };
        let workbook = Workbook::load("cloud-sync", &options).unwrap();
        assert_eq!((workbook.title.as_str(), workbook.items.len()), ("Mine", 2));
        assert_eq!(Workbook::load("mine", &options).unwrap().name, "mine");
        assert_eq!(Workbook::known(&options), ["cloud-sync", "mine"]);
    }
}
