//! Values into texts: `{P}` and `{P:format}` in words, addresses and queries; which value a parameter has; conditions
//! and rules. In: templates of the workbook's file, and the values seen at a place. Out: final texts.
//!
//! In a query a value is only ever a value, wherever the author put it: see [`query`].

mod bound;
mod choose;
mod condition;
mod criteria;
mod expression;
mod format;
mod given;
mod literal;
mod place;
mod query;
mod template;
mod time;

pub use bound::bound;
pub use choose::{RESOURCE, choose};
pub use condition::holds;
pub use criteria::{clause, criteria};
pub use given::given_text;
pub use query::{Expanded, query};

pub(crate) use format::is_short;

use crate::chosen::{Chosen, Circumstances, Held, Origin, Scope};
use crate::time_range::{minute_text, second_text};
use calypso_library::format::TICKS_PER_SECOND;
use format::{Said, label, plain, quoted, said};
use template::{Named, Piece, pieces};

/// A text with the values of its parameters in place, for readers. What names no parameter stays as it is.
pub fn words(template: &str, scope: &Scope, circumstances: &Circumstances) -> String {
    expanded(template, scope, circumstances, |text, _| text)
}

/// As [`words`], for Markdown: what the reader or the logs gave is text in it, never markup; what the workbook's
/// author wrote may be.
pub fn markdown(template: &str, scope: &Scope, circumstances: &Circumstances) -> String {
    expanded(template, scope, circumstances, |text, origin| match origin {
        Origin::Author => text,
        Origin::Given => without_markup(&text),
    })
}

/// The names that a text may mean a parameter by, each once, in order. Some may be none.
pub fn names(template: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in pieces(template) {
        if let Piece::Named(Named { name, .. }) = piece
            && !found.iter().any(|known| known == name)
        {
            found.push(name.to_owned());
        }
    }
    found
}

/// Who wrote what these texts become: the author, unless one of them names a value that is given.
pub fn origin<'t>(templates: impl IntoIterator<Item = &'t str>, scope: &Scope) -> Origin {
    let given = templates.into_iter().flat_map(names).filter_map(|name| scope.get(&name).map(format::origin));
    if given.into_iter().any(|origin| origin == Origin::Given) { Origin::Given } else { Origin::Author }
}

/// The text that conditions compare with: the value without quotes, several with commas between; empty when unset.
pub fn value_text(chosen: &Chosen) -> String {
    plain(chosen)
}

/// For readers: labels with commas between, `All`, `Last 48 hours`; empty when unset.
pub fn shown(chosen: &Chosen) -> String {
    label(chosen)
}

fn expanded(
    template: &str,
    scope: &Scope,
    circumstances: &Circumstances,
    fit: impl Fn(String, Origin) -> String,
) -> String {
    let mut out = String::with_capacity(template.len());
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Named(named) => {
                let found = scope.get(named.name);
                match found.and_then(|chosen| Some((chosen, spoken(chosen, named.format, circumstances)?))) {
                    Some((chosen, text)) => out.push_str(&fit(text, format::origin(chosen))),
                    None => out.push_str(named.whole),
                }
            }
        }
    }
    out
}

/// What a value says in words.
fn spoken(chosen: &Chosen, format: &str, circumstances: &Circumstances) -> Option<String> {
    Some(match said(chosen, format)? {
        Said::Unset => String::new(),
        Said::Values(values) => quoted(&values, &chosen.quote, delimiter(chosen, circumstances)),
        Said::Text(text) => text.into_owned(),
        Said::Instant(ticks) if ticks % (60 * TICKS_PER_SECOND) == 0 => format!("{} UTC", minute_text(ticks)),
        Said::Instant(ticks) => format!("{} UTC", second_text(ticks)),
        Said::Made(text) => text,
        Said::Range(words, _) => words,
    })
}

/// What stands between values: where the file says the quote, which cannot be meant, a comma.
fn delimiter<'a>(chosen: &'a Chosen, circumstances: &Circumstances) -> &'a str {
    if mended(chosen, circumstances) { "," } else { &chosen.delimiter }
}

/// Whether the delimiter is a mistake that is mended.
fn mended(chosen: &Chosen, circumstances: &Circumstances) -> bool {
    let several = match &chosen.held {
        Held::Picked { all, values } => values.len() > 1 && !(*all && chosen.select_all.is_some()),
        Held::Unset | Held::Text(_) | Held::Time(_) => false,
    };
    several && !circumstances.faithful && !chosen.quote.is_empty() && chosen.quote == chosen.delimiter
}

/// The text with a backslash before every sign that Markdown would read as one, and in one line. Signs that mean
/// something at the start of a line only are left alone elsewhere: names and numbers stay as they are.
fn without_markup(text: &str) -> String {
    let text = text.trim_start();
    let number = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let begins_line = match c {
            '#' | '-' | '+' | '=' => at == 0,
            '.' | ')' => at > 0 && at == number,
            _ => false,
        };
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => out.extend(['\\', c]),
            _ if begins_line => out.extend(['\\', c]),
            _ if c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod real;
#[cfg(test)]
mod tests;
