//! Session pages, `tests/sessions/*.md`: in a `console` block each line `$ calypso …` is run with the real binary in an
//! empty folder; the lines after it are what it prints, standard output first, then standard error, then `[exit N]`
//! when N is not 0. `CALYPSO_UPDATE=1` fills in what it prints.

use crate::markdown::{self, Piece};
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn sessions_print_what_the_pages_say() {
    let mut wrong = Vec::new();
    for path in crate::files(&crate::root().join("tests/sessions"), &["md"]) {
        let text = std::fs::read_to_string(&path).expect("a page can be read");
        let mut pieces = markdown::read(&text);
        let folder = tempfile::tempdir().expect("a scratch folder");
        for piece in &mut pieces {
            let Piece::Block(word, body) = piece else { continue };
            if word == "console" {
                let given = session(body, folder.path());
                if *body != given {
                    if !crate::updating() {
                        wrong.push(format!("{}\nexpected:\n{body}given:\n{given}", path.display()));
                    }
                    *body = given;
                }
            }
        }
        if crate::updating() {
            std::fs::write(&path, markdown::write(&pieces)).expect("a page can be written");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The block with what each command prints now.
fn session(body: &str, folder: &Path) -> String {
    let mut text = String::new();
    for line in body.lines().filter(|line| line.starts_with("$ ")) {
        text.push_str(line);
        text.push('\n');
        text.push_str(&run(&line[2..], folder));
    }
    text
}

/// Runs a command line through the shell, `calypso` being the binary under test.
fn run(line: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_calypso"));
    let path = std::env::join_paths(
        std::iter::once(binary.parent().expect("the binary has a folder").to_path_buf())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    )
    .expect("paths join");
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env("HOME", folder)
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .stdin(Stdio::null())
        .output()
        .expect("a shell runs");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    let code = output.status.code().unwrap_or(-1);
    if code != 0 {
        text.push_str(&format!("[exit {code}]\n"));
    }
    text
}
