//! A program that is given the JSON on its standard input. No shell reads anything; what comes from logs is in the JSON
//! alone, never in arguments.

use super::Failure;
use crate::settings::Program;
use crate::text::line;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// How much is kept of what a program says of its failure, in bytes.
const MOST: usize = 2048;

/// Runs the program until it ends; dropped before, it is killed with all that it has started.
pub(super) async fn run(settings: &Program, body: Vec<u8>) -> Result<(), Failure> {
    let name = settings.program.display();
    let mut command = Command::new(&settings.program);
    command.args(&settings.arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.kill_on_drop(true);
    for variable in &settings.hidden {
        command.env_remove(variable);
    }
    #[cfg(unix)]
    command.process_group(0);
    let mut child =
        command.spawn().map_err(|error| Failure::new(format!("`{name}` cannot be started: {error}")))?;
    let mut group = Group(child.id());
    let (Some(mut stdin), Some(mut stderr)) = (child.stdin.take(), child.stderr.take()) else {
        return Err(Failure::new(format!("`{name}` has no standard input")));
    };
    // A program need not read what it is given; its exit code tells.
    let write = async move {
        let _ = stdin.write_all(&body).await;
    };
    tokio::pin!(write);
    let (mut said, mut buffer) = (Vec::new(), [0; 1024]);
    let (mut writing, mut saying) = (true, true);
    let status = loop {
        tokio::select! {
            status = child.wait() => break status,
            () = &mut write, if writing => writing = false,
            read = stderr.read(&mut buffer), if saying => {
                saying = keep(&mut said, &buffer, read);
            }
        }
    };
    group.0 = None;
    let status = status.map_err(|error| Failure::new(format!("`{name}` was lost: {error}")))?;
    if status.success() {
        return Ok(());
    }
    // The rest, unless something that it has started holds on to it.
    let rest = async {
        while saying {
            let read = stderr.read(&mut buffer).await;
            saying = keep(&mut said, &buffer, read);
        }
    };
    let _ = tokio::time::timeout(Duration::from_millis(200), rest).await;
    let said = line(&String::from_utf8_lossy(&said), 300);
    let colon = if said.is_empty() { "" } else { ": " };
    Err(Failure::new(format!("`{name}` ended with {status}{colon}{said}")))
}

/// Keeps the beginning of what was read; whether there may be more.
fn keep(said: &mut Vec<u8>, buffer: &[u8], read: std::io::Result<usize>) -> bool {
    let length = read.unwrap_or(0);
    let free = MOST - said.len();
    said.extend(buffer.iter().take(length.min(free)));
    length > 0
}

/// The group of a running program; killed when dropped.
struct Group(Option<u32>);

impl Drop for Group {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(id) = self.0.and_then(|id| i32::try_from(id).ok()) {
            // It may just have ended.
            let _ =
                nix::sys::signal::killpg(nix::unistd::Pid::from_raw(id), nix::sys::signal::Signal::SIGKILL);
        }
    }
}
