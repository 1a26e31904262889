//! `calypso queries`: the saved queries, and copies of built-in ones to edit: a file in the user's own folder is used in
//! place of the built-in one of its name.

use crate::failure::Failure;
use crate::{output, places, saved};
use calypso_workbook::{FOLDERS, QueryFile};
use std::io::Write;

/// Lists all, a line each, with title and whether it is the user's own.
pub fn list() -> Result<(), Failure> {
    let names = saved::names();
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let mut out = std::io::stdout().lock();
    for name in &names {
        let own = saved::own(name);
        let text = match (&own, saved::built_in(name)) {
            (Some(path), _) => std::fs::read_to_string(path).unwrap_or_default(),
            (None, text) => text.unwrap_or_default().to_owned(),
        };
        let title = QueryFile::new(name.clone(), text).title.unwrap_or_default();
        let place = if own.is_some() { " (your own)" } else { "" };
        writeln!(out, "{name:<widest$}  {}{place}", calypso_view::text::visible(&title, true))?;
    }
    Ok(())
}

/// Copies a dashboard's files, or one file, into the user's folder; what is there already stays.
pub fn copy(name: &str) -> Result<(), Failure> {
    let Some(folder) = places::queries() else {
        return Err(Failure::Usage("there is no home folder to copy to".to_owned()));
    };
    let all = FOLDERS.iter().flat_map(|(dashboard, files)| {
        files.iter().map(move |(path, text)| (format!("{dashboard}/{path}"), *text))
    });
    let bare = name.trim_end_matches('/');
    let wanted: Vec<_> = all
        .filter(|(path, _)| {
            path == bare || path.strip_suffix(".kql") == Some(bare) || path.starts_with(&format!("{bare}/"))
        })
        .collect();
    if wanted.is_empty() {
        return Err(Failure::Usage(format!("no built-in query `{name}`; `calypso queries` lists them")));
    }
    let mut out = std::io::stdout().lock();
    for (path, text) in wanted {
        let file = folder.join(&path);
        if file.exists() {
            writeln!(out, "{} is there already", file.display())?;
            continue;
        }
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        output::written(&file, |out| out.write_all(text.as_bytes()).map_err(Failure::from))?;
        writeln!(out, "{}", file.display())?;
    }
    Ok(())
}
