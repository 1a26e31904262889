//! A dashboard with all its files. In: a name, or the path of a folder, and the user's own queries folder. Out: the
//! description and the query files; a file in the user's folder wins over the built-in one of the same name.

use crate::builtin::{DASHBOARDS, Files};
use crate::description::Description;
use crate::error::DashboardError;
use crate::names::unknown;
use crate::query_file::QueryFile;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The description's file name.
const DESCRIPTION: &str = "dashboard.toml";

/// A loaded dashboard.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// The name, or the folder's.
    pub name: String,
    /// What is described.
    pub description: Description,
    /// Every query file that the description names, by its path.
    pub files: BTreeMap<String, QueryFile>,
}

/// Where the files of one dashboard are looked for: in a folder first, then among those compiled in.
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
                let place = own.display().to_string();
                return match std::fs::read_to_string(&own) {
                    Ok(text) => Ok(Some((text, place))),
                    Err(error) => Err(DashboardError::new(format!("{place} cannot be read: {error}"))),
                };
            }
        }
        if path == DESCRIPTION && self.built_in.is_some() {
            return Ok(Some((include_str!("dashboard.toml").to_owned(), path.to_owned())));
        }
        let found = self.built_in.and_then(|files| files.iter().find(|(name, _)| *name == path));
        Ok(found.map(|(_, text)| ((*text).to_owned(), path.to_owned())))
    }
}

impl Dashboard {
    /// Names of the dashboards that are compiled in.
    pub fn built_in() -> Vec<&'static str> {
        DASHBOARDS.iter().map(|(name, _)| *name).collect()
    }

    /// Loads a dashboard: a built-in one by its name, one of the user's own (`user_folder/NAME`), or the folder or
    /// `dashboard.toml` that `name` is the path of.
    ///
    /// # Errors
    /// When there is none of that name, a file cannot be read, or the description is broken.
    pub fn load(name: &str, user_folder: Option<&Path>) -> Result<Dashboard, DashboardError> {
        let shelf = shelf(name, user_folder)?;
        let Some((text, place)) = shelf.text(DESCRIPTION)? else {
            return Err(DashboardError::new(format!("no {DESCRIPTION} in {name}")));
        };
        let description = Description::read(&text, &place)?;
        let mut files = BTreeMap::new();
        let of_panels = description.panels.iter().map(|panel| &panel.file);
        let of_parameters = description.parameters.iter().filter_map(|parameter| parameter.query.as_ref());
        for path in of_panels.chain(of_parameters) {
            if path.split('/').any(|part| part.is_empty() || part.starts_with('.') || part.contains('\\')) {
                return Err(DashboardError::new(format!("{place}: `{path}` is no path below the dashboard")));
            }
            let Some((text, found_at)) = shelf.text(path)? else {
                return Err(DashboardError::new(format!("{place}: there is no file `{path}`")));
            };
            files.insert(path.clone(), QueryFile::new(found_at, text));
        }
        Ok(Dashboard { name: name.to_owned(), description, files })
    }
}

fn shelf(name: &str, user_folder: Option<&Path>) -> Result<Shelf, DashboardError> {
    let path = Path::new(name);
    if path.is_file() && path.file_name().is_some_and(|file| file == DESCRIPTION) {
        return Ok(Shelf { folder: path.parent().map(Path::to_owned), built_in: None });
    }
    if path.join(DESCRIPTION).is_file() {
        return Ok(Shelf { folder: Some(path.to_owned()), built_in: None });
    }
    let built_in = DASHBOARDS.iter().find(|(known, _)| *known == name).map(|(_, files)| *files);
    let plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
    let folder = user_folder.filter(|_| plain).map(|folder| folder.join(name)).filter(|own| own.is_dir());
    if built_in.is_none() && folder.is_none() {
        return Err(unknown("dashboard", name, DASHBOARDS.iter().map(|(known, _)| *known)));
    }
    Ok(Shelf { folder, built_in })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_dashboard_is_whole() {
        let dashboard = Dashboard::load("cloud-sync", None).unwrap();
        assert_eq!(dashboard.files.len(), 15);
        for file in dashboard.files.values() {
            assert!(file.title.is_some() && file.description.is_some(), "{}", file.path);
            let lets = file.text.lines().filter_map(|line| line.strip_prefix("let _"));
            let declared: Vec<_> = lets.map(|rest| format!("_{}", rest.split(' ').next().unwrap())).collect();
            assert_eq!(file.parameters, declared, "{}", file.path);
            for name in &file.parameters {
                let time = ["_startTime", "_endTime", "_grain"].contains(&name.as_str());
                assert!(time || dashboard.description.parameter(&name[1..]).is_ok(), "{}: {name}", file.path);
            }
        }
    }

    #[test]
    fn a_name_that_is_none_is_refused() {
        let error = Dashboard::load("cloud-snyc", None).unwrap_err();
        assert_eq!(error.to_string(), "no dashboard named `cloud-snyc`; did you mean `cloud-sync`?");
        assert!(Dashboard::load("../x", Some(Path::new("/"))).is_err());
    }
}
