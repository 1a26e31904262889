//! A file to which lines are appended.

use std::fs::{File, OpenOptions};
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

/// Appends a line and waits until it is on the disk. A line that was cut when the program was killed stays as it is, the
/// next begins on a line of its own.
pub(super) fn append(path: &Path, line: &str) -> Result<()> {
    let new = !path.exists();
    let mut file = OpenOptions::new().create(true).append(true).read(true).open(path)?;
    let mut last = *b"\n";
    if file.metadata()?.len() > 0 && file.seek(SeekFrom::End(-1)).is_ok() {
        file.read_exact(&mut last)?;
    }
    let before = if last == *b"\n" { "" } else { "\n" };
    file.write_all(format!("{before}{line}\n").as_bytes())?;
    file.sync_data()?;
    if let Some(folder) = path.parent().filter(|folder| new && cfg!(unix) && !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_appended_each_on_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alerts.jsonl");
        append(&path, "a").unwrap();
        append(&path, "b").unwrap();
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"cut").unwrap();
        append(&path, "c").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a\nb\n{\"cut\nc\n");
        assert!(append(&folder.path().join("nowhere/x"), "a").is_err());
    }
}
