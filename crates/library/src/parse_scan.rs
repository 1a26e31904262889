//! Patterns of `parse` in which nothing but texts decides where captures end: found by searching for one text after
//! the other. As all between the texts may be anything, the first place of each text is always the right one.

use crate::parse_pattern::Part;
use crate::types::Type;
use memchr::memmem::Finder;

/// Texts to be found in order, each with what stands before it.
#[derive(Clone, Debug)]
pub(crate) struct Scan {
    texts: Vec<(Gap, Finder<'static>)>,
    /// What stands after the last text.
    rest: Gap,
    columns: usize,
}

/// What may stand between two texts.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Gap {
    Nothing,
    Skipped,
    Captured,
}

impl Scan {
    /// The scan of a pattern; `None` when a column takes the shape of its type.
    pub(crate) fn new(parts: &[Part]) -> Option<Scan> {
        let mut texts: Vec<(Gap, String)> = Vec::new();
        let mut gap = Gap::Nothing;
        let mut columns = 0;
        for (place, part) in parts.iter().enumerate() {
            match part {
                Part::Star => gap = Gap::Skipped,
                Part::Column(ty) => {
                    let open = matches!(parts.get(place + 1), Some(Part::Star | Part::Column(_)));
                    if open && *ty != Type::String {
                        return None;
                    }
                    // A skip before a capture skips nothing: the capture takes it all.
                    gap = Gap::Captured;
                    columns += 1;
                }
                Part::Text(text) => match texts.last_mut() {
                    Some((_, before)) if gap == Gap::Nothing => before.push_str(text),
                    _ => {
                        texts.push((gap, text.clone()));
                        gap = Gap::Nothing;
                    }
                },
            }
        }
        let texts = texts.into_iter().map(|(gap, text)| (gap, Finder::new(text.as_bytes()).into_owned()));
        Some(Scan { texts: texts.collect(), rest: gap, columns })
    }

    /// The captures in order; `None` without a match.
    pub(crate) fn captures<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let mut captures = Vec::with_capacity(self.columns);
        let mut rest = text;
        for (place, (gap, finder)) in self.texts.iter().enumerate() {
            let ends = place + 1 == self.texts.len() && self.rest == Gap::Nothing;
            let needle = finder.needle();
            let at = match gap {
                Gap::Nothing if ends => (rest.as_bytes() == needle).then_some(0)?,
                Gap::Nothing => rest.as_bytes().starts_with(needle).then_some(0)?,
                Gap::Skipped | Gap::Captured if ends => {
                    rest.as_bytes().ends_with(needle).then(|| rest.len() - needle.len())?
                }
                Gap::Skipped | Gap::Captured => finder.find(rest.as_bytes())?,
            };
            if *gap == Gap::Captured {
                captures.push(rest.get(..at)?);
            }
            rest = rest.get(at + needle.len()..)?;
        }
        match self.rest {
            Gap::Captured => captures.push(rest),
            Gap::Nothing if !rest.is_empty() => return None,
            Gap::Nothing | Gap::Skipped => {}
        }
        Some(captures)
    }
}
