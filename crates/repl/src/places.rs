//! Folders of the user: where history, own queries and functions are kept.

use std::path::PathBuf;

/// `calypso` in the folder that a variable names, else in one below the home folder.
fn folder(variable: &str, below_home: &str) -> Option<PathBuf> {
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute(variable).or_else(|| Some(absolute("HOME")?.join(below_home)))?;
    Some(base.join("calypso"))
}

/// Where the prompt keeps its history, and where the store lies when no other is named.
pub fn state() -> Option<PathBuf> {
    folder("XDG_STATE_HOME", ".local/state")
}

/// Where the user's own queries lie; a file there is used instead of the built-in one of its name.
pub fn queries() -> Option<PathBuf> {
    Some(folder("XDG_CONFIG_HOME", ".config")?.join("queries"))
}

/// Where stored functions are kept when no other file is named.
pub fn functions() -> Option<PathBuf> {
    Some(folder("XDG_CONFIG_HOME", ".config")?.join("functions.kql"))
}

/// Where it is told over which channels alerts are notified, when no other file is named.
pub fn notify() -> Option<PathBuf> {
    Some(folder("XDG_CONFIG_HOME", ".config")?.join("notify.toml"))
}
