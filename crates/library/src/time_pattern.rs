//! The patterns of `format_datetime` and `format_timespan`: letters for parts, a few delimiters, nothing else. A run of
//! a letter is cut into the longest parts known: `MMM` is `MM` and `M`.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::format::{TICKS_PER_DAY, TICKS_PER_SECOND, date_parts};

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// A datetime.
    DateTime,
    /// A timespan.
    TimeSpan,
}

/// A piece of a pattern: a letter with how often it stands, or a delimiter.
#[derive(Clone, Copy, Debug)]
enum Piece {
    Part(char, usize),
    Delimiter(char),
}

/// The text per row; empty for null.
pub fn evaluate(call: &Call, of: Of) -> Evaluated {
    let Some(pattern) = call[1].constant_value().map(|value| value.text()) else {
        return Err(EvaluateError("the format must be a constant".to_owned()));
    };
    let pieces = pieces(&pattern, of)?;
    call.strings(|row| match (call[0].long(row), of) {
        (None, _) => String::new(),
        (Some(ticks), Of::DateTime) => datetime(ticks, &pieces),
        (Some(ticks), Of::TimeSpan) => timespan(ticks, &pieces),
    })
}

/// The longest part a letter makes; 0 for letters that mean nothing.
fn longest(letter: char, of: Of) -> usize {
    match (of, letter) {
        (_, 'h' | 'H' | 'm' | 's') => 2,
        (_, 'f' | 'F') => 7,
        (Of::DateTime, 'd' | 'M' | 't') => 2,
        (Of::DateTime, 'y') => 4,
        (Of::TimeSpan, 'd') => 8,
        _ => 0,
    }
}

fn pieces(pattern: &str, of: Of) -> Result<Vec<Piece>, EvaluateError> {
    let refused = |what: &str| EvaluateError(format!("'{what}' has no meaning in the format '{pattern}'"));
    if pattern.is_empty() {
        return Err(EvaluateError("the format must not be empty".to_owned()));
    }
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        if matches!(letter, ' ' | '/' | '-' | ':' | ',' | '.' | '_' | '[' | ']') {
            pieces.push(Piece::Delimiter(letter));
            rest = &rest[1..];
            continue;
        }
        let longest = longest(letter, of);
        if longest == 0 {
            return Err(refused(letter.encode_utf8(&mut [0; 4])));
        }
        let run = rest.len() - rest.trim_start_matches(letter).len();
        rest = &rest[run..];
        let mut left = run;
        while left > 0 {
            let count = left.min(longest);
            match (letter, count) {
                ('t', 1) => return Err(refused("t")),
                // Three are two, but only where nothing follows.
                ('y', 3) if !rest.is_empty() => return Err(refused("yyy")),
                ('y', 3) => pieces.push(Piece::Part('y', 2)),
                _ => pieces.push(Piece::Part(letter, count)),
            }
            left -= count;
        }
    }
    Ok(pieces)
}

fn datetime(ticks: i64, pieces: &[Piece]) -> String {
    let p = date_parts(ticks);
    let mut text = String::new();
    for piece in pieces {
        let (letter, count) = match piece {
            Piece::Delimiter(delimiter) => {
                text.push(*delimiter);
                continue;
            }
            Piece::Part(letter, count) => (*letter, *count),
        };
        let number = match letter {
            'd' => p.day,
            'M' => p.month,
            'y' if count == 4 => p.year as u32,
            'y' => p.year as u32 % 100,
            'h' => (p.hour + 11) % 12 + 1,
            'H' => p.hour,
            'm' => p.minute,
            's' => p.second,
            't' => {
                text.push_str(if p.hour < 12 { "AM" } else { "PM" });
                continue;
            }
            _ => {
                text.push_str(&fraction(p.fraction, letter, count));
                continue;
            }
        };
        text.push_str(&format!("{number:0count$}"));
    }
    text
}

fn timespan(ticks: i64, pieces: &[Piece]) -> String {
    let all = ticks.unsigned_abs();
    let (days, rest) = (all / TICKS_PER_DAY as u64, all % TICKS_PER_DAY as u64);
    let (seconds, ticks_left) = (rest / TICKS_PER_SECOND as u64, rest % TICKS_PER_SECOND as u64);
    let mut text = String::from(if ticks < 0 { "-" } else { "" });
    for piece in pieces {
        let (letter, count) = match piece {
            Piece::Delimiter(delimiter) => {
                text.push(*delimiter);
                continue;
            }
            Piece::Part(letter, count) => (*letter, *count),
        };
        let number = match letter {
            'd' => days,
            'h' | 'H' => seconds / 3600,
            'm' => seconds / 60 % 60,
            's' => seconds % 60,
            _ => {
                text.push_str(&fraction(ticks_left as u32, letter, count));
                continue;
            }
        };
        text.push_str(&format!("{number:0count$}"));
    }
    text
}

/// The first digits of the fraction; with `F` nothing when they are all zero.
fn fraction(ticks: u32, letter: char, count: usize) -> String {
    let mut digits = format!("{ticks:07}");
    digits.truncate(count);
    if letter == 'F' && digits.bytes().all(|digit| digit == b'0') { String::new() } else { digits }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::Null;

    #[test]
    fn datetimes() {
        let format = |date: &str, pattern: &str| answer("format_datetime", &[dt(date), s(pattern)]);
        assert_eq!(format("2009-06-05", "ddd"), "055");
        assert_eq!(format("2009-06-05", "MMM"), "066");
        assert_eq!(format("2009-06-05", "yyyyy"), "20099");
        assert_eq!(format("2009-06-05", "y"), "9");
        assert_eq!(format("2009-06-05", "dd yyy"), "05 09");
        assert_eq!(format("2009-06-05 00:01", "h:mm tt"), "12:01 AM");
        assert_eq!(format("2009-06-05T01:02:03.06175Z", "FFFFFF"), "061750");
        assert_eq!(format("2009-06-05T01:02:05Z", "s.F"), "5.");
        assert_eq!(format("2009-06-05T01:02:05Z", "ffffffff"), "00000000");
        for pattern in ["", "T", "yyyT", "t", "\u{e9}", "yyy-MM"] {
            assert!(format("2009-06-05", pattern).contains("format"), "{pattern}");
        }
        assert_eq!(answer("format_datetime", &[Null(Type::DateTime), s("yyyy")]), "");
        assert_eq!(answer("format_datetime", &[s("2020-01-01"), s("yyyy")]), "refused");
    }

    #[test]
    fn timespans() {
        let format = |span: &str, pattern: &str| answer("format_timespan", &[ts(span), s(pattern)]);
        assert_eq!(format("29.09:00:05.12345", "ddd.h:mm:ss"), "029.9:00:05");
        assert_eq!(format("29.09:00:05.12345", "hh:mm:ss.fffffff"), "09:00:05.1234500");
        assert_eq!(format("-1h", "hh:mm"), "-01:00");
    }
}
