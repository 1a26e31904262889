//! Where in a query a value stands. In: the query's text, piece by piece. Out: whether the next piece stands in code,
//! in a comment, or in which kind of literal.
//!
//! It sees the same literals and comments as the parser does, and keeps no tokens.

/// Words that open a literal with `(`: what stands between the parentheses is no expression.
const TYPED: &[&str] = &[
    "bool", "date", "datetime", "decimal", "double", "guid", "int", "int32", "int64", "long", "real", "time",
    "timespan",
];

/// Where the next character stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// Among names and signs.
    Code,
    /// Behind `//` or `#`, to the line's end.
    Comment,
    /// Between quotes.
    Text {
        /// `'` or `"`.
        quote: char,
        /// Whether `@` stands before: a backslash is one, a quote is doubled.
        verbatim: bool,
    },
    /// Between three backticks or tildes.
    Block(char),
    /// Between the parentheses of `datetime(…)`.
    Typed,
}

/// Reads a query up to a place.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    place: Place,
    /// In code the name being read, in other places nothing.
    word: String,
    last: char,
    /// How many marks of a block's opening or end were read.
    marks: u8,
    /// Whether a backslash waits for what it escapes.
    escaping: bool,
    /// The quote that has just ended a verbatim literal; another one goes on with it.
    ended: Option<char>,
}

impl Reader {
    /// At the start of a query.
    pub(super) fn new() -> Reader {
        let place = Place::Code;
        Reader { place, word: String::new(), last: ' ', marks: 0, escaping: false, ended: None }
    }

    /// Where the next character stands.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Whether a backslash stands before, which would take the next character for itself.
    pub(super) fn escaping(&self) -> bool {
        self.escaping
    }

    /// The quote that would go on with the verbatim literal just ended.
    pub(super) fn ended(&self) -> Option<char> {
        self.ended
    }

    /// Reads on.
    pub(super) fn read(&mut self, text: &str) {
        for c in text.chars() {
            match self.place {
                Place::Code => self.code(c),
                Place::Comment => self.leave_if(matches!(c, '\n' | '\r')),
                Place::Typed => self.leave_if(matches!(c, ')' | '\n' | '\r')),
                Place::Text { quote, verbatim } => self.text(c, quote, verbatim),
                Place::Block(mark) => {
                    self.marks = if c == mark { self.marks + 1 } else { 0 };
                    self.leave_if(self.marks == 3);
                }
            }
            self.last = c;
        }
    }

    fn enter(&mut self, place: Place) {
        self.place = place;
        self.word.clear();
        self.marks = 0;
        self.ended = None;
    }

    fn leave_if(&mut self, ends: bool) {
        if ends {
            self.enter(Place::Code);
        }
    }

    fn code(&mut self, c: char) {
        let ended = self.ended.take();
        // The tilde of `=~`, `!~` and `in~` begins no block.
        let sign = c == '~' && self.marks == 0 && (matches!(self.last, '=' | '!') || self.word == "in");
        let marks =
            if matches!(c, '`' | '~') && !sign { if c == self.last { self.marks + 1 } else { 1 } } else { 0 };
        match c {
            '\'' | '"' => {
                self.enter(Place::Text { quote: c, verbatim: self.last == '@' || ended == Some(c) });
            }
            '/' if self.last == '/' => self.enter(Place::Comment),
            '#' => self.enter(Place::Comment),
            '(' if TYPED.contains(&self.word.as_str()) => self.enter(Place::Typed),
            _ if marks == 3 => self.enter(Place::Block(c)),
            _ if is_name(c) => self.word.push(c),
            _ => self.word.clear(),
        }
        if self.place == Place::Code {
            self.marks = marks;
        }
    }

    fn text(&mut self, c: char, quote: char, verbatim: bool) {
        if matches!(c, '\n' | '\r') {
            self.escaping = false;
            self.enter(Place::Code);
        } else if self.escaping {
            self.escaping = false;
        } else if c == '\\' && !verbatim {
            self.escaping = true;
        } else if c == quote {
            self.enter(Place::Code);
            self.ended = verbatim.then_some(quote);
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Place {
        let mut reader = Reader::new();
        reader.read(text);
        reader.place()
    }

    #[test]
    fn places() {
        let text = |quote, verbatim| Place::Text { quote, verbatim };
        for (query, wanted) in [
            ("T | where x == ", Place::Code),
            ("T | where x == 'it", text('\'', false)),
            ("T | where x == 'it\\'s", text('\'', false)),
            ("T | where x == 'it\\\\'", Place::Code),
            ("T | where x == \"it's", text('"', false)),
            ("T | where x == @'it\\'", Place::Code),
            ("T | where x == @'it''s ", text('\'', true)),
            ("T | where x == h@\"it\"\"", text('"', true)),
            ("T | where x == h'it", text('\'', false)),
            ("T | where x == H\"it", text('"', false)),
            ("T | where x == 'open\n| where ", Place::Code),
            ("T | where x == 'open\\\n'", text('\'', false)),
            ("T // it's\n", Place::Code),
            ("T // it's", Place::Comment),
            ("print 'http://", text('\'', false)),
            ("print 1 / 2 / 3 ", Place::Code),
            ("print ```it's ` `` ", Place::Block('`')),
            ("print ```it's``` ", Place::Code),
            ("print h~~~it's", Place::Block('~')),
            ("print x =~ 'a", text('\'', false)),
            ("print x in~ ('a", text('\'', false)),
            ("print datetime(", Place::Typed),
            ("print todatetime(", Place::Code),
            ("print $datetime(", Place::Code),
            ("print datetime (", Place::Code),
            ("print datetime(2020-01-01)", Place::Code),
            ("print datetime(\"2020-01-01", Place::Typed),
            ("print long(1", Place::Typed),
            ("print bin(TimeGenerated, ", Place::Code),
            ("#it's", Place::Comment),
        ] {
            assert_eq!(place(query), wanted, "{query}");
        }
    }
}
