//! The patterns of `reduce`, after the clustering of log lines by Risto Vaarandi (SLCT): texts are cut into terms; a term
//! that many texts have at one place stays, all others become `*`; texts of one pattern form a group. In: texts. Out: the
//! pattern of each, or `others` where a text has no frequent term or its group is too small.
//!
//! A number is never part of a pattern: it is what varies.

use rustc_hash::FxHashMap;
use std::ops::Range;

/// What separates terms, and how many texts make a pattern.
#[derive(Clone, PartialEq, Debug)]
pub struct Options<'a> {
    /// Terms and patterns need more than this part of the texts, and two texts at least.
    pub threshold: f64,
    /// What separates terms; without any, whatever is no letter or digit.
    pub characters: &'a str,
}

/// The pattern of texts that have none.
pub const OTHERS: &str = "others";

/// A run of characters: a term, or what separates terms.
struct Piece {
    at: Range<usize>,
    term: bool,
}

/// The patterns that were found, and which one each text has.
pub struct Reduced {
    /// Each once.
    pub patterns: Vec<String>,
    /// One place in `patterns` per text.
    pub chosen: Vec<usize>,
}

/// The patterns of texts.
pub fn reduce(texts: &[&str], options: &Options) -> Reduced {
    let least = options.threshold * texts.len() as f64;
    // What one text alone has is no pattern.
    let frequent = |count: usize| count > 1 && count as f64 > least;
    let mut counts: FxHashMap<(usize, &str), usize> = FxHashMap::default();
    for text in texts {
        for (place, term) in terms(text, options).enumerate() {
            *counts.entry((place, term)).or_insert(0) += 1;
        }
    }
    let kept = |place: usize, term: &str| {
        !term.chars().all(|c| c.is_ascii_digit())
            && counts.get(&(place, term)).is_some_and(|count| frequent(*count))
    };
    let mut patterns = vec![OTHERS.to_owned()];
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut sizes = vec![0];
    let mut chosen = Vec::with_capacity(texts.len());
    for text in texts {
        let place = match pattern(text, options, &kept) {
            None => 0,
            Some(pattern) => *known.entry(pattern).or_insert_with_key(|pattern| {
                patterns.push(pattern.clone());
                sizes.push(0);
                patterns.len() - 1
            }),
        };
        sizes[place] += 1;
        chosen.push(place);
    }
    for place in &mut chosen {
        if !frequent(sizes[*place]) {
            *place = 0;
        }
    }
    Reduced { patterns, chosen }
}

/// A text with all but its frequent terms as `*`; `None` when it has none.
fn pattern(text: &str, options: &Options, kept: &impl Fn(usize, &str) -> bool) -> Option<String> {
    let mut out = String::new();
    let mut any = false;
    let mut place = 0;
    // What separates waits for the next term: between two `*` it is a part of them.
    let mut between = "";
    for piece in pieces(text, options) {
        let run = &text[piece.at];
        if !piece.term {
            between = run;
            continue;
        }
        let stays = kept(place, run);
        place += 1;
        any |= stays;
        let after_star = out.ends_with('*');
        if stays || !after_star {
            // A separator of the query's choice beside a `*` is not shown.
            let hidden = !options.characters.is_empty() && (after_star || !stays);
            out.push_str(if hidden { "" } else { between });
            out.push_str(if stays { run } else { "*" });
        }
        between = "";
    }
    out.push_str(between);
    any.then_some(out)
}

fn terms<'a>(text: &'a str, options: &Options) -> impl Iterator<Item = &'a str> {
    pieces(text, options).into_iter().filter(|piece| piece.term).map(|piece| &text[piece.at])
}

fn pieces(text: &str, options: &Options) -> Vec<Piece> {
    let separates = |c: char| match options.characters {
        "" => !c.is_alphanumeric(),
        characters => characters.contains(c),
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in text.char_indices() {
        let term = !separates(c);
        let end = at + c.len_utf8();
        match pieces.last_mut() {
            Some(last) if last.term == term => last.at.end = end,
            Some(_) | None => pieces.push(Piece { at: at..end, term }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[&str], threshold: f64, characters: &str) -> Vec<String> {
        let reduced = reduce(texts, &Options { threshold, characters });
        reduced.chosen.iter().map(|place| reduced.patterns[*place].clone()).collect()
    }

    #[test]
    fn what_varies_becomes_a_star() {
        let texts = ["user ann logged in", "user bob logged in", "user cy logged in", "disk full"];
        let found = shown(&texts, 0.3, "");
        assert_eq!(found, ["user * logged in", "user * logged in", "user * logged in", OTHERS]);
    }

    #[test]
    fn numbers_vary() {
        assert_eq!(shown(&["code 5 of 7", "code 5 of 7"], 0.1, ""), ["code * of *", "code * of *"]);
        assert_eq!(shown(&["aX1", "aX2", "aX1"], 0.001, "X"), ["a*", "a*", "a*"]);
    }

    #[test]
    fn neighbouring_stars_are_one() {
        assert_eq!(shown(&["a 1 2, 3 b", "a 7 8, 9 b"], 0.1, ""), ["a * b", "a * b"]);
    }

    #[test]
    fn nothing_in_common() {
        assert_eq!(shown(&["", "--", "12"], 0.1, ""), [OTHERS, OTHERS, OTHERS]);
    }
}
