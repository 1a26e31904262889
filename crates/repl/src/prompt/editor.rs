//! What the line editor asks while someone types: completion, hints, colours, and whether Enter runs the text.

use super::{colours, complete, enter, hint};
use crate::known::Known;
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper, Result};
use std::borrow::Cow;

/// Candidates listed with what they are; more are listed by name alone.
const TOLD: usize = 24;
/// Cells such a line takes at least, so that it stands alone.
const ALONE: usize = 60;

/// The editor's view of the session.
pub struct Typing {
    /// The tables.
    pub known: Known,
    /// Whether colours may be written.
    pub colour: bool,
}

/// A hint that is read, never taken over.
pub struct Shown(String);

impl Hint for Shown {
    fn display(&self) -> &str {
        &self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Helper for Typing {}

impl Completer for Typing {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> Result<(usize, Vec<Pair>)> {
        let (start, found) = complete::complete(line.get(..pos).unwrap_or(line), &self.known);
        let told = found.len() <= TOLD;
        let widest = found.iter().map(|one| one.text.chars().count()).max().unwrap_or(0);
        let pairs = found.into_iter().map(|one| {
            let display = match one.about.as_str() {
                about if told && !about.is_empty() => {
                    format!("{:<ALONE$}", format!("{:<widest$}  {about}", one.text))
                }
                _ => one.text.clone(),
            };
            Pair { display: calypso_view::text::visible(&display, true).into_owned(), replacement: one.text }
        });
        Ok((start, pairs.collect()))
    }
}

impl Hinter for Typing {
    type Hint = Shown;

    fn hint(&self, line: &str, pos: usize, _: &Context<'_>) -> Option<Shown> {
        if pos < line.len() {
            return None;
        }
        hint::hint(line).map(Shown)
    }
}

impl Highlighter for Typing {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if self.colour { Cow::Owned(colours::coloured(line)) } else { Cow::Borrowed(line) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.colour { Cow::Owned(format!("\u{1b}[2m{hint}\u{1b}[0m")) } else { Cow::Borrowed(hint) }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.colour && kind != CmdKind::MoveCursor
    }
}

impl Validator for Typing {
    fn validate(&self, context: &mut ValidationContext) -> Result<ValidationResult> {
        Ok(match enter::runs(context.input()) {
            true => ValidationResult::Valid(None),
            false => ValidationResult::Incomplete,
        })
    }
}
