//! Workbooks by the names in their addresses: those named on the command line, those built in, the user's own, and those
//! that links of others lead to, where a folder of templates has them. A name in an address is only ever looked up among
//! these; it is never a path.
//!
//! A workbook is read anew for each page, so that what is changed in its file shows at the next click.

use crate::data::Generation;
use crate::pages::{Listed, PageRequest, Pages, PanelLink};
use crate::shell::address_with;
use calypso_library::format::datetime_short;
use calypso_workbook::azure::{FolderTemplates, Templates};
use calypso_workbook::expand::given_text;
use calypso_workbook::html::element_id;
use calypso_workbook::{AnswerCache, DashboardError, LoadOptions, Page, PageOptions, PanelPlace, Workbook};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// Workbooks that can be opened.
pub struct Workbooks {
    shelf: Arc<Shelf>,
    faithful: bool,
    cache: Arc<AnswerCache>,
    /// How many were named on the command line.
    named: usize,
}

/// Where workbooks are, by the names in their addresses.
struct Shelf {
    options: LoadOptions,
    /// Where links lead: beside the files named, then in the folders of templates.
    templates: FolderTemplates,
    entries: RwLock<Vec<Entry>>,
}

/// One workbook.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Entry {
    /// In its address.
    name: String,
    /// What it is loaded by.
    load: String,
    /// Where it comes from, for readers.
    place: String,
}

impl Workbooks {
    /// Those of these names, files and folders, then all that are built in or the user's own. Of a folder with several
    /// workbook files all are served; one of them that cannot be read says so in the list.
    ///
    /// # Errors
    /// When one of those named cannot be read, or none of a folder.
    pub fn new(named: &[String], options: LoadOptions, faithful: bool) -> Result<Workbooks, DashboardError> {
        let several = named.iter().filter_map(|path| Workbook::several(Path::new(path)).pop());
        let files = named.iter().map(PathBuf::from).filter(|path| path.is_file()).chain(several);
        let folders = files.flat_map(|file| options.templates(Some(&file)).folders);
        let folders = folders.chain(options.templates(None).folders).collect();
        let templates = FolderTemplates { folders };
        let shelf = Shelf { options, templates, entries: RwLock::default() };
        for load in named {
            if shelf.add_folder(Path::new(load))? {
                continue;
            }
            let workbook = Workbook::load(load, &shelf.options)?;
            let place = if Workbook::built_in().contains(&load.as_str()) { "built in" } else { load };
            shelf.add(&workbook.name, load, place);
        }
        let named = shelf.entries().len();
        for name in Workbook::known(&shelf.options) {
            let built_in = Workbook::built_in().contains(&name.as_str());
            shelf.add(&name, &name, if built_in { "built in" } else { "of your own" });
        }
        Ok(Workbooks { shelf: Arc::new(shelf), faithful, cache: Arc::default(), named })
    }

    /// The one that was named on the command line, where it was one.
    pub fn first(&self) -> Option<String> {
        let first = || self.shelf.entries().first().map(|entry| entry.name.clone());
        if self.named == 1 { first() } else { None }
    }

    /// The answers kept, if they are of that generation or an earlier one.
    fn cache(&self, generation: u64) -> Option<Arc<AnswerCache>> {
        if self.cache.generation() < generation {
            self.cache.set_generation(generation);
        }
        (self.cache.generation() == generation).then(|| Arc::clone(&self.cache))
    }
}

impl Pages for Workbooks {
    fn listed(&self) -> Vec<Listed> {
        let listed = self.shelf.entries().into_iter().map(|entry| {
            let loaded = Workbook::load(&entry.load, &self.shelf.options);
            match loaded {
                Ok(workbook) => Listed { name: entry.name, title: workbook.title, place: entry.place },
                Err(error) => {
                    let place = format!("{}: {error}", entry.place);
                    Listed { title: entry.name.clone(), name: entry.name, place }
                }
            }
        });
        listed.collect()
    }

    fn title(&self, name: &str) -> Option<String> {
        let entry = self.shelf.entry(name)?;
        // One that cannot be read says so on its page.
        Some(Workbook::load(&entry.load, &self.shelf.options).map_or(entry.name, |workbook| workbook.title))
    }

    fn panel(&self, name: &str, (from, to): (i64, i64), narrowed: &[(String, String)]) -> Option<PanelLink> {
        let (workbook, panel) = name.rsplit_once('/')?;
        let entry = self.shelf.entry(workbook.trim())?;
        let workbook = Workbook::load(&entry.load, &self.shelf.options).ok()?;
        let PanelPlace { item, title, tabs } = workbook.panel_place(panel.trim())?;
        let range = format!("{}..{}", datetime_short(from), datetime_short(to));
        let range = workbook.time_range().map(|name| (name.to_owned(), range));
        let taken = narrowed.iter().filter(|(column, _)| workbook.takes(column));
        let taken = taken.map(|(column, value)| (column.clone(), given_text(value)));
        let given: Vec<(String, String)> = range.into_iter().chain(taken).chain(tabs).collect();
        Some(PanelLink {
            title,
            path: format!("{}#{}", address_with(&entry.name, &given), element_id(&item)),
        })
    }

    fn page(&self, generation: &Generation, request: &PageRequest) -> Result<Page, DashboardError> {
        let entry = self.shelf.entry(&request.workbook);
        let entry =
            entry.ok_or_else(|| DashboardError::new(format!("no workbook named `{}`", request.workbook)))?;
        let workbook = Workbook::load(&entry.load, &self.shelf.options)?;
        let shelf = Arc::clone(&self.shelf);
        let mut parameters = request.given.clone();
        parameters.retain(|(key, _)| !request.passed || workbook.takes(key));
        let options = PageOptions {
            parameters,
            faithful: self.faithful,
            edited: request.edited.clone(),
            cancel: request.cancel.clone(),
            cache: self.cache(generation.number),
            workbooks: Some(Arc::new(move |template| Some(shelf.entry(template)?.name))),
            ..PageOptions::at(generation.now)
        };
        workbook.page(&generation.engine, &options)
    }
}

impl Shelf {
    fn entries(&self) -> Vec<Entry> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds all workbook files of a folder that holds several; gives whether it does.
    fn add_folder(&self, folder: &Path) -> Result<bool, DashboardError> {
        let files = Workbook::several(folder);
        let mut failed = Vec::new();
        for file in &files {
            let load = file.display().to_string();
            failed.extend(Workbook::load(&load, &self.options).err());
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            self.add(&stem, &load, &load);
        }
        match failed.pop() {
            Some(error) if failed.len() + 1 == files.len() => Err(error),
            Some(_) | None => Ok(!files.is_empty()),
        }
    }

    /// Adds one, unless it is there; gives its name.
    fn add(&self, name: &str, load: &str, place: &str) -> Entry {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = entries.iter().find(|entry| entry.load == load) {
            return known.clone();
        }
        let taken = |name: &str| entries.iter().any(|entry| entry.name == name);
        let numbered = (2..).map(|number| format!("{name}~{number}"));
        let mut free = std::iter::once(name.to_owned()).chain(numbered).filter(|name| !taken(name));
        let name = free.next().unwrap_or_else(|| name.to_owned());
        let entry = Entry { name, load: load.to_owned(), place: place.to_owned() };
        entries.push(entry.clone());
        entry
    }

    /// The workbook of that name, or the one that a link means by a path that ends so.
    fn entry(&self, name: &str) -> Option<Entry> {
        if let Some(entry) = self.entries().into_iter().find(|entry| entry.name == name) {
            return Some(entry);
        }
        let wanted = last(name);
        if let Some(entry) = self.entries().into_iter().find(|entry| last(&entry.name) == wanted) {
            return Some(entry);
        }
        let (_, place) = self.templates.find(name)?;
        let stem = Path::new(&place).file_stem()?.to_string_lossy().into_owned();
        Some(self.add(&stem, &place, &place))
    }
}

/// The last part of a template's path, as it is compared.
fn last(template: &str) -> String {
    let last = template.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or_default();
    last.strip_suffix(".workbook").unwrap_or(last).trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_are_found_with_their_tabs_and_narrowed() {
        let workbooks = Workbooks::new(&[], LoadOptions::default(), false).unwrap();
        let pairs = [("JobId", "a, b&c"), ("Code", "x")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let hour = 36_000_000_000;
        let link = workbooks.panel("cloud-sync/recent errors", (0, hour), &pairs).unwrap();
        assert_eq!(link.title, "Recent sync errors");
        let path = link.path;
        let (address, item) = path.split_once('#').unwrap();
        assert!(item.starts_with("item-"), "{path}");
        let url = url::Url::parse(&format!("http://x{address}")).unwrap();
        assert_eq!(url.path(), "/w/cloud-sync");
        let given: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let of = |name: &str| given.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        assert_eq!(of("Date"), Some("0001-01-01T00:00:00Z..0001-01-01T01:00:00Z"));
        assert_eq!((of("JobId"), of("Code")), (Some("\"a, b&c\""), None));
        assert_eq!(given.len(), 3, "the tab is chosen, too: {given:?}");
        for name in ["cloud-sync/nosuch", "nosuch/recent errors", "recent errors", "", "/", "../x/y"] {
            assert_eq!(workbooks.panel(name, (0, hour), &[]), None, "{name}");
        }
    }

    #[test]
    fn names_are_looked_up_and_never_paths() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let text = r##"{"version":"Notebook/1.0","items":[{"type":1,"content":{"json":"# Other one"}}]}"##;
        write("First One.workbook", text);
        write("other.workbook", text);
        std::fs::create_dir(folder.path().join("empty")).unwrap();
        let first = folder.path().join("First One.workbook").display().to_string();
        let workbooks = Workbooks::new(std::slice::from_ref(&first), LoadOptions::default(), false).unwrap();
        assert_eq!(workbooks.first().as_deref(), Some("First One"));
        let listed: Vec<_> = workbooks.listed().into_iter().map(|one| (one.name, one.place)).collect();
        assert_eq!(listed[0], ("First One".to_owned(), first));
        assert!(listed.contains(&("cloud-sync".to_owned(), "built in".to_owned())), "{listed:?}");
        assert_eq!(workbooks.title("Community-Workbooks/Azure AD/Other").as_deref(), Some("Other one"));
        assert_eq!(workbooks.shelf.entry("x/y/OTHER").unwrap().name, "other");
        for name in ["", ".", "..", "../..", "empty", "/etc/passwd", "C:\\x", "First One.workbook/..", "none"]
        {
            assert_eq!(workbooks.title(name), None, "{name}");
        }
        let whole = [folder.path().display().to_string()];
        let workbooks = Workbooks::new(&whole, LoadOptions::default(), false).unwrap();
        assert_eq!(workbooks.first(), None);
        write("torn.workbook", "{\"items\":[");
        let workbooks = Workbooks::new(&whole, LoadOptions::default(), false).unwrap();
        let listed: Vec<_> = workbooks.listed().into_iter().map(|one| (one.name, one.place)).collect();
        assert_eq!((listed[0].0.as_str(), listed[1].0.as_str()), ("First One", "other"));
        assert!(listed[2].1.contains("not JSON"), "{listed:?}");
        write("First One.workbook", "");
        write("other.workbook", "<html>");
        assert!(Workbooks::new(&whole, LoadOptions::default(), false).is_err());
        let none = ["nosuch".to_owned()];
        assert!(Workbooks::new(&none, LoadOptions::default(), false).is_err());
    }
}
