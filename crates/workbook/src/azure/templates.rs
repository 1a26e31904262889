//! The workbooks that groups of a workbook are loaded from. In: the name a group gives, a path in Microsoft's gallery.
//! Out: the text of a file of that name in folders of the reader's.

use std::path::{Path, PathBuf};

/// The ends of files that can hold a workbook, in the order in which they are looked for.
const ENDS: [&str; 4] = ["workbook", "json", "armtemplate", "template"];

/// No workbook is larger; megabytes of something else are not read.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Where templates are found.
pub trait Templates {
    /// The text of the template of that name or path, and where it was found.
    fn find(&self, template: &str) -> Option<(String, String)>;
}

/// Templates in folders: `NAME.workbook` or `NAME.json` where `NAME` is the last part of the template's path, whatever
/// the case of its letters; or the workbook in a folder of that name, as the gallery keeps them.
#[derive(Clone, Debug, Default)]
pub struct FolderTemplates {
    /// The folders, in the order in which they are searched.
    pub folders: Vec<PathBuf>,
}

impl Templates for FolderTemplates {
    fn find(&self, template: &str) -> Option<(String, String)> {
        let wanted = key(template);
        self.folders.iter().filter(|_| !wanted.is_empty()).find_map(|folder| in_folder(folder, &wanted))
    }
}

/// The last part of a template's path, in small letters and without the end of a file.
pub fn key(template: &str) -> String {
    let last = last_part(template).to_lowercase();
    match last.rsplit_once('.') {
        Some((name, end)) if ENDS.contains(&end) => name.trim().to_owned(),
        Some(_) | None => last,
    }
}

/// The last part of a template's path.
pub fn last_part(template: &str) -> &str {
    template.trim().trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or("").trim()
}

fn in_folder(folder: &Path, wanted: &str) -> Option<(String, String)> {
    let entries = sorted(folder);
    let files = entries.iter().filter(|path| is_wanted(path, wanted));
    let inside = entries.iter().find(|path| path.is_dir() && name(path).to_lowercase() == wanted);
    let inside = inside.map(|folder| sorted(folder)).unwrap_or_default();
    let mut found: Vec<&PathBuf> = files.chain(inside.iter().filter(|path| end(path).is_some())).collect();
    found.sort_by_key(|path| end(path));
    found.into_iter().find_map(|path| read(path))
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

fn is_wanted(path: &Path, wanted: &str) -> bool {
    end(path).is_some()
        && path.file_stem().is_some_and(|stem| stem.to_string_lossy().to_lowercase() == wanted)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The place of the file's end in `ENDS`.
fn end(path: &Path) -> Option<usize> {
    let end = path.extension()?.to_string_lossy().to_lowercase();
    ENDS.iter().position(|known| *known == end)
}

fn read(path: &Path) -> Option<(String, String)> {
    let about = std::fs::metadata(path).ok().filter(|about| about.is_file() && about.len() <= LARGEST)?;
    let text = std::fs::read_to_string(path).ok().filter(|_| about.len() > 0)?;
    Some((text, path.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_decides_whatever_its_case() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("Sync Details.json", "json");
        write("sync details.WORKBOOK", "workbook");
        std::fs::create_dir(folder.path().join("Gallery Item")).unwrap();
        write("Gallery Item/anything.workbook", "inside");
        let templates = FolderTemplates { folders: vec!["/nowhere".into(), folder.path().into()] };
        let text = |name: &str| templates.find(name).map(|found| found.0);
        assert_eq!(text("Community-Workbooks/Azure AD/Sync Details").as_deref(), Some("workbook"));
        assert_eq!(text("SYNC DETAILS.workbook").as_deref(), Some("workbook"));
        assert_eq!(text("a\\b\\gallery item").as_deref(), Some("inside"));
        for name in ["", "/", "..", "../..", "missing", "Sync"] {
            assert_eq!(text(name), None, "{name}");
        }
    }
}
