//! The matcher of `parse` and `parse-where`: a pattern of texts, skips and columns, compiled once per query.
//! In: the parts of the pattern, then texts. Out: the values of the columns, or that the text does not match.
//!
//! `simple` and `relaxed` match the whole text, captures are as short as can be; a typed column before a skip or
//! another column takes what has the shape of its type. `simple` matches only when every capture converts; `relaxed`
//! leaves null what does not. `regex` takes texts as regular expressions, is found anywhere in the text, takes as much as
//! it can for strings and the shape of the type for all else.

use crate::json;
use crate::literals;
use crate::parse_scan::Scan;
use crate::types::Type;
use crate::value::{Json, Value};
use regex::{CaptureLocations, Regex};
use std::fmt;

/// How a pattern matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// All or nothing.
    Simple,
    /// Texts are regular expressions.
    Regex,
    /// Each column converts alone.
    Relaxed,
}

/// A part of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Skips as little as can be.
    Star,
    /// A text, or a regular expression.
    Text(String),
    /// Captures a value of that type.
    Column(Type),
}

/// Why a pattern is refused; the place counts the parts from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PatternError {
    /// Flags stand with a kind other than `regex`.
    FlagsWithoutRegex,
    /// A flag other than `i`, `s`, `m`, `U`.
    UnknownFlag(char),
    /// The text at this place is empty.
    EmptyText(usize),
    /// A skip or column follows a string column, so that nothing says where the string ends.
    NothingAfterString(usize),
    /// The text at this place is no valid regular expression; what is wrong with it.
    BadRegex(usize, String),
    /// The whole makes no usable regular expression; what is wrong with it.
    BadPattern(String),
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PatternError::FlagsWithoutRegex => f.write_str("flags need kind=regex"),
            PatternError::UnknownFlag(flag) => write!(f, "the flag '{flag}' is not one of i, s, m, U"),
            PatternError::EmptyText(_) => f.write_str("a text of the pattern is empty"),
            PatternError::NothingAfterString(_) => {
                f.write_str("a string column must be followed by a text or end the pattern")
            }
            PatternError::BadRegex(_, reason) => write!(f, "the regular expression is not valid: {reason}"),
            PatternError::BadPattern(reason) => write!(f, "the pattern cannot be matched: {reason}"),
        }
    }
}

impl std::error::Error for PatternError {}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    kind: Kind,
    regex: Regex,
    /// A faster way to the same answer, where nothing but texts decides.
    scan: Option<Scan>,
    /// Type and group of each column.
    columns: Vec<(Type, usize)>,
    /// Whether the last part is a datetime column, which reads as much of the text as is a datetime.
    ends_in_datetime: bool,
}

impl Pattern {
    /// Compiles a pattern; flags are letters of `i s m U`, for kind `regex` only.
    pub fn new(kind: Kind, flags: &str, parts: &[Part]) -> Result<Pattern, PatternError> {
        check(kind, flags, parts)?;
        let mut source = match kind {
            Kind::Simple | Kind::Relaxed => r"(?s)\A".to_owned(),
            // Found anywhere in the text, so that `^` and the flag `m` mean something.
            Kind::Regex if flags.is_empty() => String::new(),
            Kind::Regex => format!("(?{flags})"),
        };
        let mut types = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            match part {
                Part::Star => source.push_str(".*?"),
                Part::Text(text) if kind == Kind::Regex => {
                    let text = with_opened_groups(text);
                    Regex::new(&text).map_err(|error| PatternError::BadRegex(place, reason(&error)))?;
                    source.push_str(&format!("(?:{text})"));
                }
                Part::Text(text) => source.push_str(&regex::escape(text)),
                Part::Column(ty) => {
                    source.push_str(&capture(kind, *ty, parts.get(place + 1), types.len()));
                    types.push(*ty);
                }
            }
        }
        if kind != Kind::Regex {
            source.push_str(r"\z");
        }
        let regex = Regex::new(&source).map_err(|error| PatternError::BadPattern(reason(&error)))?;
        let group = |name: &str| regex.capture_names().position(|held| held == Some(name));
        let columns = types
            .iter()
            .enumerate()
            .map(|(index, ty)| (*ty, group(&group_name(index)).unwrap_or(0)))
            .collect();
        let ends_in_datetime = kind != Kind::Regex && parts.last() == Some(&Part::Column(Type::DateTime));
        let scan = if kind == Kind::Regex { None } else { Scan::new(parts) };
        Ok(Pattern { kind, regex, scan, columns, ends_in_datetime })
    }

    /// The types of the columns, in order.
    pub fn types(&self) -> impl Iterator<Item = Type> {
        self.columns.iter().map(|(ty, _)| *ty)
    }

    /// Room for the places of captures, to be reused from text to text.
    pub fn locations(&self) -> CaptureLocations {
        self.regex.capture_locations()
    }

    /// The values of the columns in order; `None` when the text does not match (every column is then absent).
    pub fn matches(&self, text: &str) -> Option<Vec<Value>> {
        self.matches_with(text, &mut self.locations())
    }

    /// The same with room given.
    pub fn matches_with(&self, text: &str, locations: &mut CaptureLocations) -> Option<Vec<Value>> {
        let scanned = match &self.scan {
            Some(scan) => Some(scan.captures(text)?),
            None => {
                self.regex.captures_read(locations, text)?;
                None
            }
        };
        let mut values = Vec::with_capacity(self.columns.len());
        for (place, (ty, group)) in self.columns.iter().enumerate() {
            let captured = match &scanned {
                Some(captures) => captures.get(place).copied().unwrap_or(""),
                None => locations.get(*group).and_then(|(from, to)| text.get(from..to)).unwrap_or(""),
            };
            let mut value = converted(*ty, captured, self.kind);
            if value.is_null() && self.ends_in_datetime && place + 1 == self.columns.len() {
                value = leading_datetime(captured);
            }
            if value.is_null() && self.kind == Kind::Simple {
                return None;
            }
            values.push(value);
        }
        Some(values)
    }
}

fn check(kind: Kind, flags: &str, parts: &[Part]) -> Result<(), PatternError> {
    if kind != Kind::Regex && !flags.is_empty() {
        return Err(PatternError::FlagsWithoutRegex);
    }
    if let Some(flag) = flags.chars().find(|flag| !"ismU".contains(*flag)) {
        return Err(PatternError::UnknownFlag(flag));
    }
    for (place, part) in parts.iter().enumerate() {
        match (part, parts.get(place + 1)) {
            (Part::Text(text), _) if text.is_empty() => return Err(PatternError::EmptyText(place)),
            (Part::Column(Type::String | Type::Dynamic), Some(Part::Star | Part::Column(_))) => {
                return Err(PatternError::NothingAfterString(place));
            }
            (Part::Star | Part::Text(_) | Part::Column(_), _) => {}
        }
    }
    Ok(())
}

/// The regular expression in which a `)` that closes no group stands for itself.
fn with_opened_groups(regex: &str) -> String {
    let mut result = String::with_capacity(regex.len());
    let (mut open, mut in_class, mut escaped) = (0_usize, false, false);
    for c in regex.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => open += 1,
            ')' if !in_class && open == 0 => result.push('\\'),
            ')' if !in_class => open -= 1,
            _ => {}
        }
        result.push(c);
    }
    result
}

/// What is wrong, without the drawing of the place.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

fn group_name(index: usize) -> String {
    format!("calypso_column_{index}")
}

/// The regular expression that captures a column, given the part after it.
fn capture(kind: Kind, ty: Type, next: Option<&Part>, index: usize) -> String {
    let name = group_name(index);
    let shaped = match kind {
        Kind::Regex => true,
        Kind::Simple | Kind::Relaxed => matches!(next, Some(Part::Star | Part::Column(_))),
    };
    match shape(ty, kind) {
        Some(shape) if shaped && kind == Kind::Relaxed => format!("(?:(?P<{name}>{shape}))?"),
        Some(shape) if shaped => format!("(?P<{name}>{shape})"),
        _ if kind == Kind::Regex => format!("(?P<{name}>.*)"),
        _ => format!("(?P<{name}>.*?)"),
    }
}

/// What values of a type look like, as a regular expression; `None` for texts of any form.
fn shape(ty: Type, kind: Kind) -> Option<&'static str> {
    Some(match ty {
        Type::Bool if kind == Kind::Regex => "(?i:true|false)",
        Type::Bool => r"(?i:true|false)|-?\d+",
        Type::Int | Type::Long => r"-?\d+",
        Type::Real | Type::Decimal => r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?",
        Type::DateTime => concat!(
            r"(?:\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|(?:[A-Za-z]{3,9}, ?)?\d{1,2}[- ][A-Za-z]{3}[- ]\d{2,4})",
            r"(?:[T ] ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?: ?[AP]M)?(?: ?GMT| ?UTC|Z|[+-]\d{2}:?\d{2})?",
        ),
        Type::TimeSpan => concat!(
            r"-?(?:\d+\.)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?",
            r"|-?\d+(?:\.\d+)?(?:microseconds?|milliseconds?|seconds?|minutes?|hours?|days?|ticks?|ms|[dhms])",
        ),
        Type::Guid => "[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}",
        Type::String | Type::Dynamic => return None,
    })
}

/// The value of a captured text; null when it is none.
fn converted(ty: Type, text: &str, kind: Kind) -> Value {
    match ty {
        Type::String => Value::String(text.to_owned()),
        Type::Long => whole(text).map_or(Value::Null(ty), Value::Long),
        Type::Int => {
            whole(text).and_then(|value| i32::try_from(value).ok()).map_or(Value::Null(ty), Value::Int)
        }
        Type::Bool => match (text.trim(), kind) {
            (word, _) if word.eq_ignore_ascii_case("true") => Value::Bool(true),
            (word, _) if word.eq_ignore_ascii_case("false") => Value::Bool(false),
            (word, Kind::Simple | Kind::Relaxed) => {
                whole(word).map_or(Value::Null(ty), |value| Value::Bool(value != 0))
            }
            (_, Kind::Regex) => Value::Null(ty),
        },
        Type::Dynamic if text.is_empty() => Value::Null(ty),
        Type::Dynamic => Value::dynamic(json::parse(text).unwrap_or_else(|| Json::from(text))),
        Type::Real | Type::Decimal | Type::DateTime | Type::TimeSpan | Type::Guid => {
            literals::convert(ty, text)
        }
    }
}

/// Digits with a sign, blanks before them left out.
fn whole(text: &str) -> Option<i64> {
    let text = text.trim_start();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// The datetime that the longest possible beginning of a text is.
fn leading_datetime(text: &str) -> Value {
    /// No form of a datetime is longer.
    const LONGEST: usize = 48;
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST);
    let ends: Vec<usize> = ends.collect();
    ends.into_iter()
        .rev()
        .find_map(|end| literals::datetime(&text[..end]))
        .map_or(Value::Null(Type::DateTime), Value::DateTime)
}

#[cfg(test)]
mod tests;
