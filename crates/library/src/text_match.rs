//! `contains`, `startswith`, `endswith`, `has`, `hasprefix`, `hassuffix` and `has_any`, `has_all`: a needle compiled once
//! and looked for in every text of a column. A term is a maximal run of Unicode letters and digits; the underscore
//! parts terms. ASCII needles ignore case among ASCII letters only, others by Unicode's simple folding.

use crate::call::{Argument, Call, EvaluateError, Evaluated};
use crate::compare::text_at;
use crate::lanes;
use crate::text_column::{Count, needle_bits};
use crate::text_scan::Scan;
use crate::types::Type;
use arrow::array::{Array, AsArray, BooleanArray};
use arrow::buffer::BooleanBuffer;
use regex::{Regex, RegexBuilder};
use std::sync::{Arc, LazyLock};

/// Where in the text the needle must stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// `contains`
    Anywhere,
    /// `startswith`
    Start,
    /// `endswith`
    End,
    /// `has`: as whole terms.
    Terms,
    /// `hasprefix`: at the start of a term.
    TermStart,
    /// `hassuffix`: at the end of a term.
    TermEnd,
}

/// What an operator looks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Matching {
    /// Where.
    pub place: Place,
    /// Whether case counts.
    pub sensitive: bool,
    /// Whether the answer is turned round.
    pub negated: bool,
}

/// One bool per row: the text of the first argument against the second.
pub fn evaluate(call: &Call, matching: Matching) -> Evaluated {
    let [source, needle] = call.arguments else {
        return Err(EvaluateError("a text operator takes two sides".to_owned()));
    };
    if needle.constant {
        let needle = Needle::new(&text_at(needle, 0), matching.place, matching.sensitive);
        let bits = needle_bits(source, call.rows, &[needle], Count::Any);
        return Ok(Arc::new(BooleanArray::new(if matching.negated { !&bits } else { bits }, None)));
    }
    // A needle per row is not worth compiling: both sides are brought to lower case instead.
    call.bools(|row| {
        let (text, needle) = (text_at(source, row), text_at(needle, row));
        let found = if matching.sensitive {
            Needle::new(&needle, matching.place, true).is_in(&text)
        } else {
            Needle::new(&needle.to_lowercase(), matching.place, true).is_in(&text.to_lowercase())
        };
        Some(found != matching.negated)
    })
}

/// One bit per row from the text of an argument.
pub fn source_bits(source: &Argument, rows: usize, test: impl Fn(&str) -> bool) -> BooleanBuffer {
    if source.constant {
        let bit = test(&text_at(source, 0));
        return BooleanBuffer::collect_bool(rows, |_| bit);
    }
    if source.ty == Type::String && source.array.null_count() == 0 {
        return lanes::text_bits(source.array.as_string_view(), test);
    }
    BooleanBuffer::collect_bool(rows, |row| test(&text_at(source, row)))
}

/// A text to be looked for.
pub struct Needle {
    text: String,
    place: Place,
    sensitive: bool,
    /// Whether the first and the last character are of a term, so that a term must begin or end there.
    edges: (bool, bool),
    finder: Finder,
}

enum Finder {
    /// Wherever the bytes stand, the case of ASCII letters ignored or not.
    Scan(Scan),
    /// Case ignored beyond ASCII.
    Folded(Regex),
    /// Compared at the edge of the text; the empty needle, which needs no search.
    Edge,
}

impl Needle {
    /// Prepares the search.
    pub fn new(text: &str, place: Place, sensitive: bool) -> Needle {
        let edges = (text.chars().next().is_some_and(in_term), text.chars().next_back().is_some_and(in_term));
        let finder = match place {
            Place::Start | Place::End => Finder::Edge,
            Place::Anywhere | Place::Terms | Place::TermStart | Place::TermEnd => finder(text, sensitive),
        };
        Needle { text: text.to_owned(), place, sensitive, edges, finder }
    }

    /// Whether the text holds the needle at its place. The empty needle is in every text.
    pub fn is_in(&self, text: &str) -> bool {
        if self.text.is_empty() {
            return true;
        }
        match self.place {
            Place::Start if self.sensitive => text.starts_with(&self.text),
            Place::End if self.sensitive => text.ends_with(&self.text),
            Place::Start => starts_with_folded(text, &self.text),
            Place::End => ends_with_folded(text, &self.text),
            Place::Anywhere | Place::Terms | Place::TermStart | Place::TermEnd => self.is_within(text),
        }
    }

    /// The search for its bytes, when all that decides is around them.
    pub fn scan(&self) -> Option<&Scan> {
        match &self.finder {
            Finder::Scan(scan) => Some(scan),
            Finder::Folded(_) | Finder::Edge => None,
        }
    }

    /// Whether an occurrence in a text begins and ends where terms do, as far as the place asks for it.
    pub fn fits(&self, text: &str, start: usize, end: usize) -> bool {
        let (begins, ends) = match self.place {
            Place::Terms => self.edges,
            Place::TermStart => (self.edges.0, false),
            Place::TermEnd => (false, self.edges.1),
            Place::Anywhere | Place::Start | Place::End => (false, false),
        };
        let free_before = !begins || !text[..start].chars().next_back().is_some_and(in_term);
        free_before && (!ends || !text[end..].chars().next().is_some_and(in_term))
    }

    /// Whether some occurrence fits.
    fn is_within(&self, text: &str) -> bool {
        match &self.finder {
            Finder::Scan(scan) => {
                let mut fits = false;
                scan.each(text.as_bytes(), |start| {
                    fits = self.fits(text, start, start + self.text.len());
                    if fits { usize::MAX } else { start + 1 }
                });
                fits
            }
            Finder::Folded(regex) => {
                let mut from = 0;
                while let Some(found) = regex.find_at(text, from) {
                    if self.fits(text, found.start(), found.end()) {
                        return true;
                    }
                    let next = text[found.start()..].chars().next();
                    from = found.start() + next.map_or(1, char::len_utf8);
                }
                false
            }
            Finder::Edge => false,
        }
    }
}

/// The search for a text anywhere. Escaped text always compiles; were it too long for a regular expression, its case
/// would count.
fn finder(text: &str, sensitive: bool) -> Finder {
    if !sensitive && !text.is_ascii() {
        let pattern = regex::escape(text);
        let built = RegexBuilder::new(&pattern).case_insensitive(true).size_limit(256 << 20).build();
        if let Ok(regex) = built {
            return Finder::Folded(regex);
        }
    }
    Scan::new(text, !sensitive && text.is_ascii()).map_or(Finder::Edge, Finder::Scan)
}

/// Whether a character belongs to terms: a Unicode letter or digit.
pub fn in_term(c: char) -> bool {
    /// Characters that count as alphabetic without being letters (marks, circled letters) are left out.
    static LETTER_OR_DIGIT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[\p{L}\p{N}]").expect("the pattern is fixed"));
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() && LETTER_OR_DIGIT.is_match(c.encode_utf8(&mut [0; 4]))
}

/// Whether two texts are the same when case does not count.
pub fn same_folded(a: &str, b: &str) -> bool {
    // The shorter first: the other may be long.
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_ascii() || long.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

fn starts_with_folded(text: &str, needle: &str) -> bool {
    if needle.is_ascii() {
        return text
            .as_bytes()
            .get(..needle.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(needle.as_bytes()));
    }
    let mut text = text.chars().flat_map(char::to_lowercase);
    needle.chars().flat_map(char::to_lowercase).all(|c| text.next() == Some(c))
}

fn ends_with_folded(text: &str, needle: &str) -> bool {
    if needle.is_ascii() {
        let start = text.len().checked_sub(needle.len());
        return start.is_some_and(|start| text.as_bytes()[start..].eq_ignore_ascii_case(needle.as_bytes()));
    }
    let lower = |c: char| c.to_lowercase().rev();
    let mut text = text.chars().rev().flat_map(lower);
    needle.chars().rev().flat_map(lower).all(|c| text.next() == Some(c))
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;

    fn check(cases: &[(&str, &str, &str, bool)]) {
        for (text, operator, needle, wanted) in cases {
            let wanted = if *wanted { "True" } else { "False" };
            assert_eq!(answer(operator, &[s(text), s(needle)]), wanted, "'{text}' {operator} '{needle}'");
            if operator.chars().next().is_some_and(char::is_alphabetic) {
                let negation = format!("!{operator}");
                assert_ne!(
                    answer(&negation, &[s(text), s(needle)]),
                    wanted,
                    "'{text}' {negation} '{needle}'"
                );
            }
        }
    }

    #[test]
    fn terms() {
        check(&[
            ("a_b", "has", "a", true),
            ("a1", "has", "a", false),
            ("aa", "has", "a", false),
            ("\u{e9}a", "has", "a", false),
            ("x ab y", "hasprefix", " a", true),
            ("x-error", "hasprefix", "err", true),
            ("x-error", "hassuffix", "err", false),
            ("x-error", "hassuffix", "ROR", true),
            ("x-error", "hassuffix_cs", "ROR", false),
            ("x a-b y", "has", "a-b", true),
            ("x a_b y", "has", "a-b", false),
            ("xa-a-a", "has", "a-a", true),
            ("anything", "has", "", true),
            ("North America", "has", "america", true),
            ("North America", "has_cs", "america", false),
            ("\u{17f}", "has", "s", false),
            ("STRASSE \u{c9}T\u{c9}", "has", "\u{e9}t\u{e9}", true),
            ("a\u{301}b", "has", "b", true),
        ]);
    }

    #[test]
    fn parts_and_edges() {
        check(&[
            ("Insufficient access", "contains", "CIENT A", true),
            ("Insufficient access", "contains_cs", "CIENT A", false),
            ("Insufficient access", "startswith", "insuff", true),
            ("Insufficient access", "startswith_cs", "insuff", false),
            ("Insufficient access", "endswith", "CESS", true),
            ("Insufficient access", "endswith_cs", "cess", true),
            ("\u{c9}t\u{e9}", "startswith", "\u{e9}T", true),
            ("\u{c9}t\u{e9}", "endswith", "T\u{c9}", true),
            ("\u{c9}", "startswith", "ab", false),
            ("\u{c9}", "endswith", "b", false),
            ("a.b", "contains", "a.b", true),
            ("axb", "contains", "a.b", false),
            ("", "contains", "", true),
            ("", "contains", "a", false),
        ]);
    }

    #[test]
    fn dynamics_are_texts_and_numbers_are_refused() {
        assert_eq!(answer("contains", &[dynamic("[\"ab\"]"), s("\"AB\"")]), "True");
        assert_eq!(answer("contains", &[dynamic("null"), s("a")]), "False");
        assert_eq!(answer("!contains", &[dynamic("null"), s("a")]), "True");
        assert_eq!(answer("contains", &[crate::value::Value::Long(1), s("1")]), "refused");
        assert_eq!(answer("has", &[s("k"), dynamic("\"k\"")]), "refused");
    }
}
