//! `calypso workbook convert`: any workbook as files to edit: `dashboard.toml` and a `.kql` file for every query. In: the
//! workbook's name or file. Out: a folder that holds all of it or, when something fails, nothing.

use super::workbook::{load, refused};
use crate::arguments::{Convert, Shared};
use crate::failure::Failure;
use crate::output;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Converts and says what was written.
pub fn convert(shared: &Shared, wanted: &Convert) -> Result<(), Failure> {
    let workbook = load(&wanted.file, &wanted.templates)?;
    let files = workbook.files().map_err(refused)?;
    // `--to` is an option of every command, a time elsewhere; here it can only mean the folder.
    let folder = wanted.out.clone().or_else(|| shared.to.as_ref().map(PathBuf::from));
    let folder = folder.unwrap_or_else(|| PathBuf::from(workbook.folder_name()));
    write(&folder, &files, wanted.force)?;
    let mut out = std::io::stdout().lock();
    let shown = |text: &str| calypso_view::text::visible(text, true).into_owned();
    writeln!(out, "wrote {} files to {}", files.len(), shown(&folder.display().to_string()))?;
    for (path, _) in &files {
        writeln!(out, "  {path}")?;
    }
    for note in &workbook.notes {
        writeln!(out, "note: {}", shown(note))?;
    }
    Ok(())
}

/// Writes beside the folder, then renames. A folder that holds files already is left alone, unless forced: then files of
/// the same names are replaced, each at once, and others stay.
fn write(folder: &Path, files: &[(String, String)], force: bool) -> Result<(), Failure> {
    let name = folder.display();
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::Usage(format!("{name} is a file")));
    }
    let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !force {
        return Err(Failure::Usage(format!(
            "{name} holds files already; `--force` writes over those of the same names, `--out` names another folder"
        )));
    }
    if occupied {
        return files.iter().try_for_each(|(path, text)| {
            let file = below(folder, path);
            std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
            output::written(&file, |out| out.write_all(text.as_bytes()).map_err(Failure::from))
        });
    }
    let beside = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(beside)?;
    let temporary = tempfile::Builder::new().prefix(".calypso-").tempdir_in(beside)?;
    let whole = temporary.path().join("workbook");
    for (path, text) in files {
        let file = below(&whole, path);
        std::fs::create_dir_all(file.parent().unwrap_or(&whole))?;
        std::fs::write(&file, text)?;
    }
    // An empty folder of that name makes room; one that is not there needs none.
    let _ = std::fs::remove_dir(folder);
    std::fs::rename(&whole, folder)?;
    Ok(())
}

/// A path with `/` below a folder.
fn below(folder: &Path, path: &str) -> PathBuf {
    path.split('/').fold(folder.to_owned(), |folder, part| folder.join(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_stay() {
        let files = |text: &str| {
            vec![("dashboard.toml".to_owned(), text.to_owned()), ("p/a.kql".to_owned(), "T".to_owned())]
        };
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("new/one");
        write(&folder, &files("1"), false).unwrap();
        assert_eq!(std::fs::read_to_string(folder.join("p/a.kql")).unwrap(), "T");
        std::fs::write(folder.join("notes.txt"), "mine").unwrap();
        let refused = write(&folder, &files("2"), false).unwrap_err();
        assert!(matches!(refused, Failure::Usage(why) if why.contains("holds files already")));
        assert_eq!(std::fs::read_to_string(folder.join("dashboard.toml")).unwrap(), "1");
        write(&folder, &files("2"), true).unwrap();
        assert_eq!(std::fs::read_to_string(folder.join("dashboard.toml")).unwrap(), "2");
        assert_eq!(std::fs::read_to_string(folder.join("notes.txt")).unwrap(), "mine");
        std::fs::create_dir(place.path().join("empty")).unwrap();
        write(&place.path().join("empty"), &files("3"), false).unwrap();
        let left: Vec<_> =
            std::fs::read_dir(place.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left.len(), 2, "{left:?}");
        assert!(write(&folder.join("notes.txt"), &files("4"), true).is_err());
    }
}
