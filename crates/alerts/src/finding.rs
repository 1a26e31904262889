//! What there is to say of a file of rules: why it is refused, what it does not do, what it does not carry over. Plain
//! data; the command draws it.

use std::fmt;

/// A finding: lower case, no full stops.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// Its name for lists of what to leave out: `unknown-field`.
    pub code: &'static str,
    /// The rule it is about, where one is known.
    pub rule: Option<String>,
    /// Where in the file.
    pub place: Place,
    /// The field, as a path: `properties.criteria.allOf[0].operator`. Empty for the file itself.
    pub path: String,
    /// What was found, and what was wanted.
    pub what: String,
    /// What comes of it, where that is not plain.
    pub why: Option<String>,
    /// What to do about it.
    pub way_out: Option<String>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// The rule is refused: by us because it cannot be understood, or by Azure if it were deployed.
    Error,
    /// The rule does less, or other, than it seems to.
    Warning,
    /// Something to know.
    Note,
}

/// A place in a text, from 1. Any two places are equal, so that rules compare by what they say, not where.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The character within the line.
    pub column: u32,
}

impl Default for Place {
    fn default() -> Place {
        Place { line: 1, column: 1 }
    }
}

impl PartialEq for Place {
    fn eq(&self, _: &Place) -> bool {
        true
    }
}

impl Eq for Place {}

impl Place {
    /// The place of a byte of a text.
    pub fn of(text: &str, byte: usize) -> Place {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let column = before.rsplit('\n').next().unwrap_or("").chars().count();
        Place { line: count(line + 1), column: count(column + 1) }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Finding {
    /// A finding with what was found alone.
    pub fn new(weight: Weight, code: &'static str, place: Place, what: impl Into<String>) -> Finding {
        Finding {
            weight,
            code,
            rule: None,
            place,
            path: String::new(),
            what: what.into(),
            why: None,
            way_out: None,
        }
    }

    /// What keeps a rule from being used.
    pub fn error(code: &'static str, place: Place, what: impl Into<String>) -> Finding {
        Finding::new(Weight::Error, code, place, what)
    }

    /// What a rule does not do as it seems to.
    pub fn warning(code: &'static str, place: Place, what: impl Into<String>) -> Finding {
        Finding::new(Weight::Warning, code, place, what)
    }

    /// Whether it keeps a rule from being used.
    pub fn is_error(&self) -> bool {
        self.weight == Weight::Error
    }

    /// The same, of a field.
    pub fn at(self, path: impl Into<String>) -> Finding {
        Finding { path: path.into(), ..self }
    }

    /// The same, of a rule.
    pub fn of(self, rule: &str) -> Finding {
        Finding { rule: Some(rule.to_owned()), ..self }
    }

    /// The same with what comes of it.
    pub fn because(self, why: impl Into<String>) -> Finding {
        Finding { why: Some(why.into()), ..self }
    }

    /// The same with a way out.
    pub fn help(self, way_out: impl Into<String>) -> Finding {
        Finding { way_out: Some(way_out.into()), ..self }
    }
}

impl Weight {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Note => "note",
        }
    }
}

/// `3:14 error: triggerOperator: …; …`
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}: ", self.place.line, self.place.column, self.weight.name())?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.what)?;
        for more in [&self.why, &self.way_out].into_iter().flatten() {
            write!(f, "; {more}")?;
        }
        Ok(())
    }
}
