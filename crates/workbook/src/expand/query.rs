//! Queries with the values of their parameters in place. In: a query's text with `{P}` in it, and the values. Out: the
//! text that is run, and what was mended in it.
//!
//! Azure puts texts together as they are, so that O'Neil breaks a query and a row of the logs could be a part of one.
//! Here a value is written as its place asks for: with escapes between quotes, as a literal of its own where it has
//! quotes, in one line within a comment. Where it stands in code without quotes, what the author of the workbook wrote
//! is taken as it is, with the values in it written in the same way, and what the reader or the logs gave only as one
//! plain value.

use super::format::{Said, origin, quoted, said};
use super::literal::{is_right_within, within};
use super::place::{Place, Reader};
use super::template::{Named, Piece, pieces};
use super::{delimiter, mended, time};
use crate::chosen::{Chosen, Circumstances, Held, Origin, Scope};
use crate::model::Expansion;
use calypso_library::format::datetime_short;

/// A query as it is run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Expanded {
    /// The text.
    pub text: String,
    /// What the reader should know of it: sentences.
    pub notes: Vec<String>,
}

/// The query with the values of its parameters in place; as it is where values reach it by `let`.
///
/// # Errors
/// A sentence naming the parameter when a value is missing, or cannot stand where the query has it.
pub fn query(template: &str, scope: &Scope, circumstances: &Circumstances) -> Result<Expanded, String> {
    if circumstances.expansion == Expansion::Lets {
        return Ok(Expanded { text: template.to_owned(), notes: Vec::new() });
    }
    let mut writer = Writer { out: Expanded::default(), reader: Reader::new(), circumstances };
    let pieces = pieces(template);
    for (at, piece) in pieces.iter().enumerate() {
        let (named, chosen) = match piece {
            Piece::Text(text) => {
                writer.push(text);
                continue;
            }
            Piece::Named(named) => match scope.get(named.name) {
                Some(chosen) => (named, chosen),
                None => {
                    writer.push(named.whole);
                    continue;
                }
            },
        };
        let Some(said) = said(chosen, named.format) else {
            writer.push(named.whole);
            continue;
        };
        let after = match pieces.get(at + 1) {
            Some(Piece::Text(text)) => text,
            Some(Piece::Named(_)) | None => "",
        };
        writer.value(named, chosen, said, after)?;
    }
    Ok(writer.out)
}

struct Writer<'c> {
    out: Expanded,
    reader: Reader,
    circumstances: &'c Circumstances,
}

impl Writer<'_> {
    /// Text that is part of the query.
    fn push(&mut self, text: &str) {
        // Behind a verbatim literal another quote would go on with it.
        if self.reader.ended().is_some_and(|quote| text.starts_with(quote)) {
            self.reader.read(" ");
            self.out.text.push(' ');
        }
        self.reader.read(text);
        self.out.text.push_str(text);
    }

    fn value(&mut self, named: &Named, chosen: &Chosen, said: Said, after: &str) -> Result<(), String> {
        let label = if chosen.label.is_empty() { named.name } else { &chosen.label };
        let is_set = match &chosen.held {
            Held::Unset => false,
            Held::Text(text) => !text.is_empty(),
            Held::Picked { all, values } => !values.is_empty() || (*all && chosen.select_all.is_some()),
            Held::Time(_) => true,
        };
        if !is_set && (chosen.required || (!self.circumstances.faithful && self.is_alone_in_a_list(after))) {
            return Err(match chosen.held {
                Held::Picked { all: true, .. } => format!("there are no values of {label} to choose from"),
                Held::Unset | Held::Text(_) | Held::Picked { .. } | Held::Time(_) => {
                    format!("choose a value for {label}")
                }
            });
        }
        let faithful = self.circumstances.faithful;
        if let (Some(clause), Said::Values(_), Place::Code) = (&chosen.clause, &said, self.reader.place()) {
            self.push(clause);
            return Ok(());
        }
        match said {
            Said::Unset => {}
            Said::Instant(ticks) if self.reader.place() == Place::Typed => self.push(&datetime_short(ticks)),
            Said::Instant(ticks) => self.made(&time::literal(ticks)),
            Said::Made(text) | Said::Range(_, text) => self.made(&text),
            Said::Text(text) if faithful => self.push(&text),
            Said::Text(text) => self.text(&text, origin(chosen), label)?,
            Said::Values(values) if faithful => {
                self.push(&quoted(&values, &chosen.quote, &chosen.delimiter));
            }
            Said::Values(values) => self.values(&values, chosen, label)?,
        }
        Ok(())
    }

    /// Whether nothing else stands between the parentheses of an `in (…)` here.
    fn is_alone_in_a_list(&self, after: &str) -> bool {
        if self.reader.place() != Place::Code || !after.trim_start().starts_with(')') {
            return false;
        }
        let Some(before) = self.out.text.trim_end().strip_suffix('(') else { return false };
        let before = before.trim_end().trim_end_matches('~');
        let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        matches!(word, "in" | "has_any" | "has_all")
    }

    /// A text of ours: right in code, and written as its place asks for elsewhere.
    fn made(&mut self, text: &str) {
        let place = self.reader.place();
        let written = if place == Place::Code { None } else { within(text, place) };
        self.push(written.as_deref().unwrap_or(text));
    }

    /// Values with their quotes and delimiters.
    fn values(&mut self, values: &[&str], chosen: &Chosen, label: &str) -> Result<(), String> {
        let delimiter = delimiter(chosen, self.circumstances);
        if mended(chosen, self.circumstances) {
            self.note(format!(
                "several values of {label} stand with commas between: the workbook divides them by {}, its quote, \
                 which makes no query (`--faithful` keeps it)",
                chosen.quote
            ));
        }
        let is_literal = matches!(chosen.quote.as_str(), "'" | "\"");
        match (self.reader.place(), is_literal) {
            (Place::Code, true) => {
                for (at, value) in values.iter().enumerate() {
                    self.push(if at > 0 { delimiter } else { "" });
                    self.literal(value, chosen, label)?;
                }
                Ok(())
            }
            // The author's quotes and delimiters may end the literal and begin another: `('{P}')` with `','` between.
            _ if chosen.quote.is_empty() && values.len() > 1 => {
                let place = self.reader.place();
                let mut beyond = self.reader.clone();
                beyond.read(delimiter);
                if beyond.place() != place || beyond.escaping() {
                    return self.text(&quoted(values, "", delimiter), origin(chosen), label);
                }
                for (at, value) in values.iter().enumerate() {
                    self.push(if at > 0 { delimiter } else { "" });
                    self.text(value, origin(chosen), label)?;
                }
                Ok(())
            }
            _ => self.text(&quoted(values, &chosen.quote, delimiter), origin(chosen), label),
        }
    }

    /// A value as a literal in its quotes.
    fn literal(&mut self, value: &str, chosen: &Chosen, label: &str) -> Result<(), String> {
        self.push(&chosen.quote);
        match self.reader.place() {
            Place::Text { .. } => {}
            Place::Code | Place::Comment | Place::Typed | Place::Block(_) => {
                return Err(refused(label, "where no literal can begin"));
            }
        }
        self.text(value, origin(chosen), label)?;
        self.push(&chosen.quote);
        Ok(())
    }

    /// A text without quotes of its own, written as its place asks for.
    fn text(&mut self, text: &str, origin: Origin, label: &str) -> Result<(), String> {
        let place = self.reader.place();
        if self.reader.escaping() && !text.is_empty() {
            return Err(refused(label, "behind a backslash"));
        }
        let as_it_is = origin == Origin::Author
            && (matches!(place, Place::Code | Place::Typed) || is_right_within(text, &self.reader));
        if as_it_is {
            self.push(text);
            return Ok(());
        }
        if place == Place::Code && self.is_dynamic() {
            // Written anew, so that nothing but JSON gets there.
            if let Ok(json) = serde_json::from_str::<serde_json::Value>(text) {
                self.push(&json.to_string());
                return Ok(());
            }
        }
        let Some(written) = within(text, place) else {
            return Err(refused(
                label,
                match place {
                    Place::Code => "outside quotes, where only one number, name or literal is taken",
                    Place::Typed => "in a literal, where only a number or a time is taken",
                    Place::Block(_) => "in a literal of three marks, which it has itself",
                    Place::Text { .. } => "in a literal with `@`, which holds no line break",
                    Place::Comment => "in a comment",
                },
            ));
        };
        self.push(&written);
        Ok(())
    }

    /// Whether the text so far ends with `dynamic(`.
    fn is_dynamic(&self) -> bool {
        let before = self.out.text.trim_end().strip_suffix('(').map(str::trim_end);
        let before = before.and_then(|text| text.strip_suffix("dynamic"));
        before.is_some_and(|text| !text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
    }

    fn note(&mut self, note: String) {
        if !self.out.notes.contains(&note) {
            self.out.notes.push(note);
        }
    }
}

fn refused(label: &str, place: &str) -> String {
    format!("the value of {label} stands {place}: choose another, or give `--faithful` to put it in as it is")
}
