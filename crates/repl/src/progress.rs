//! A line of progress on standard error, where that is a terminal.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line is drawn anew.
const DRAW_EVERY: Duration = Duration::from_millis(100);

/// The line.
#[derive(Default)]
pub struct Line {
    last: Cell<Option<Instant>>,
    any: Cell<bool>,
}

impl Line {
    /// Draws a text, unless that was done a moment ago.
    pub fn draw(&self, text: impl FnOnce() -> String) {
        let soon = self.last.get().is_some_and(|last| last.elapsed() < DRAW_EVERY);
        if soon || !std::io::stderr().is_terminal() {
            return;
        }
        eprint!("\r\x1b[K{}", text());
        let _ = std::io::stderr().flush();
        self.last.set(Some(Instant::now()));
        self.any.set(true);
    }

    /// Takes it away.
    pub fn wipe(&self) {
        if self.any.replace(false) {
            eprint!("\r\x1b[K");
        }
    }
}
