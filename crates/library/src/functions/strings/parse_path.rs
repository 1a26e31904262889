//! `parse_path`: a file path taken apart.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_path",
    summary: "Takes the path of a file apart: scheme, root, directory, file name, extension and alternate data stream.",
    signatures: &[signature(&[required("path", Accepts::Text, "The path.")], Returns::Is(Type::Dynamic))],
    examples: &[
        example(
            "print parse_path('file://C:/temp/file.txt:some.exe')",
            "{\"Scheme\":\"file\",\"RootPath\":\"C:/\",\"DirectoryPath\":\"C:/temp\",\"DirectoryName\":\"temp\",\"Filename\":\"file.txt\",\"Extension\":\"txt\",\"AlternateDataStreamName\":\"some.exe\"}",
        ),
        example("print parse_path('/usr/lib/temp/file.gz').DirectoryName", "temp"),
    ],
    evaluate: |call| call.dynamics(|row| Some(parts(&call[0].text(row)))),
    ..DEFAULTS
};

/// The parts of a path; what is not there is the empty text.
fn parts(path: &str) -> Json {
    const SLASHES: [char; 2] = ['/', '\\'];
    let (scheme, rest) = path.split_once("://").unwrap_or(("", path));
    let rest = rest.strip_prefix(r"\\?\").unwrap_or(rest);
    let mut start = rest.chars();
    let root = match (start.next(), start.next()) {
        (Some(drive), Some(':')) if drive.is_ascii_alphabetic() => &rest[..2],
        _ => "",
    };
    let root_path = match rest.chars().nth(root.len()) {
        Some('/' | '\\') if !root.is_empty() => &rest[..=root.len()],
        _ => root,
    };
    let (directory, last) = match rest.rfind(SLASHES) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (root, &rest[root.len()..]),
    };
    let name = directory[if directory.starts_with(root) { root.len() } else { 0 }..].rsplit(SLASHES).next();
    let (file, stream) = last.split_once(':').unwrap_or((last, ""));
    json!({
        "Scheme": scheme,
        "RootPath": root_path,
        "DirectoryPath": directory,
        "DirectoryName": name.unwrap_or(""),
        "Filename": file,
        "Extension": file.rsplit_once('.').map_or("", |(_, extension)| extension),
        "AlternateDataStreamName": stream,
    })
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn slashes_and_shares() {
        let part = |path: &str, name: &str| parts(path)[name].as_str().unwrap_or("-").to_owned();
        assert_eq!(part(r"C:\temp\file.txt", "DirectoryPath"), r"C:\temp");
        assert_eq!(part(r"temp\file.txt", "DirectoryName"), "temp");
        assert_eq!(part(r"\\shared\users\temp\file.txt.gz", "DirectoryPath"), r"\\shared\users\temp");
        assert_eq!(part(r"\\shared\users\temp\file.txt.gz", "Extension"), "gz");
        assert_eq!(part("/usr/lib/temp/file.txt", "RootPath"), "");
        assert_eq!(part("C:", "RootPath"), "C:");
        assert_eq!(part("", "Filename"), "");
    }
}
