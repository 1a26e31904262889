//! The small phrases of our own form: `sum(Objects) > 10 in 2 of 3 windows`, `JobId, Action in ("Delete")`. In: a text.
//! Out: words and texts in quotes, taken one after the other.

use crate::rule::{Aggregate, Comparison, Dimension, FailingPeriods, Limit, Measure, Values};

/// What fires: the measure, the comparison, the threshold, how many windows.
pub type Firing = (Measure, Comparison, f64, FailingPeriods);

const COMPARISONS: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::NotEqual,
    Comparison::GreaterOrEqual,
    Comparison::LessOrEqual,
    Comparison::Greater,
    Comparison::Less,
];

/// The names of aggregates are Kusto's.
pub const AGGREGATES: [(&str, Aggregate); 4] = [
    ("avg", Aggregate::Average),
    ("min", Aggregate::Minimum),
    ("max", Aggregate::Maximum),
    ("sum", Aggregate::Total),
];

/// Reads what stands behind `fires:`.
pub fn firing(text: &str) -> Result<Firing, String> {
    let mut words = Words { rest: text };
    let wanted = "wanted `count() > 10`, or `sum(COLUMN) > 10`";
    let name = words.word().ok_or(wanted)?;
    words.mark("(").ok_or(wanted)?;
    let measure = if name == "count" {
        Measure::Rows
    } else {
        let known = AGGREGATES.iter().find(|(known, _)| *known == name);
        let (_, aggregate) = known.ok_or(format!("`{name}` is none of count, avg, min, max, sum"))?;
        Measure::Column {
            aggregate: *aggregate,
            column: words.column().ok_or("wanted the name of a column")?,
        }
    };
    words.mark(")").ok_or("wanted `)`")?;
    let comparison = words.comparison()?;
    let threshold = words.number().ok_or("wanted a number")?;
    let mut failing = FailingPeriods { least: 1, of: 1 };
    if !words.is_done() {
        let periods = words.periods().ok_or("wanted `in 2 of 3 windows`, or nothing more")?;
        failing = periods;
    }
    Ok((measure, comparison, threshold, failing))
}

/// Reads what stands behind `fires:` of a series: `Value > Threshold`, `Value > 10`, `> 10`.
pub fn value_firing(text: &str) -> Result<(Comparison, Limit), String> {
    let mut words = Words { rest: text };
    words.keyword("Value");
    let comparison = words.comparison()?;
    let limit = if words.keyword("Threshold") {
        Limit::Column
    } else {
        Limit::Number(words.number().ok_or("wanted a number, or `Threshold`")?)
    };
    if words.is_done() { Ok((comparison, limit)) } else { Err("wanted nothing more".to_owned()) }
}

/// A column's name alone.
pub fn column(text: &str) -> Result<String, String> {
    let mut words = Words { rest: text };
    let column = words.column().ok_or("wanted the name of a column")?;
    if words.is_done() { Ok(column) } else { Err("wanted nothing more".to_owned()) }
}

/// Reads what stands behind `dimensions:`.
pub fn dimensions(text: &str) -> Result<Vec<Dimension>, String> {
    let mut words = Words { rest: text };
    let mut found: Vec<Dimension> = Vec::new();
    loop {
        let column = words.column().ok_or("wanted the name of a column")?;
        if found.iter().any(|one| one.column == column) {
            return Err(format!("`{column}` stands twice"));
        }
        let negated = words.keyword("not");
        let values = if words.keyword("in") {
            let values = words.texts().ok_or("wanted texts in quotes: `(\"a\", \"b\")`")?;
            if negated { Values::Exclude(values) } else { Values::Include(values) }
        } else if negated {
            return Err("wanted `in`".to_owned());
        } else {
            Values::All
        };
        found.push(Dimension { column, values });
        if words.is_done() {
            return Ok(found);
        }
        words.mark(",").ok_or("wanted `,`, `in` or nothing more")?;
    }
}

/// Texts `a b, "c, d"`: bare up to a comma, or in quotes as JSON.
pub fn list(text: &str) -> Result<Vec<String>, String> {
    let mut words = Words { rest: text };
    let mut found = Vec::new();
    while !words.is_done() {
        found.push(if words.rest.trim_start().starts_with('"') {
            words.text().ok_or("wanted a text in quotes")?
        } else {
            let end = words.rest.find(',').unwrap_or(words.rest.len());
            let (bare, rest) = words.rest.split_at(end);
            words.rest = rest;
            bare.trim().to_owned()
        });
        if !words.is_done() {
            words.mark(",").ok_or("wanted `,` or nothing more")?;
        }
    }
    Ok(found)
}

/// A text of such a list.
pub fn listed(text: &str) -> String {
    let is_bare = !text.is_empty() && text.trim() == text && !text.contains([',', '"', '\n', '\r']);
    if is_bare { text.to_owned() } else { quoted(text) }
}

/// A name behind a key, in quotes where it would be read as something else.
pub fn name_text(name: &str) -> String {
    let is_bare = !name.is_empty()
        && !name.contains([':', '"'])
        && name.split_whitespace().collect::<Vec<_>>().join(" ") == name;
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// Pairs `a = b, c = d`.
pub fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut words = Words { rest: text };
    let mut found = Vec::new();
    loop {
        let name = words.column().ok_or("wanted a name")?;
        words.mark("=").ok_or("wanted `=`")?;
        found.push((name, words.column().ok_or("wanted the name of a column")?));
        if words.is_done() {
            return Ok(found);
        }
        words.mark(",").ok_or("wanted `,` or nothing more")?;
    }
}

/// A column as it is written: bare where it is a word, else `['…']`.
pub fn column_text(column: &str) -> String {
    let plain = column.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && column.chars().all(|c| c.is_alphanumeric() || c == '_');
    if plain { column.to_owned() } else { format!("[{}]", quoted(column)) }
}

/// A text in double quotes, as JSON.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An aggregate's name.
pub fn aggregate_name(aggregate: Aggregate) -> &'static str {
    AGGREGATES.iter().find(|(_, known)| *known == aggregate).map_or("sum", |(name, _)| name)
}

struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn is_done(&self) -> bool {
        self.rest.trim().is_empty()
    }

    fn mark(&mut self, mark: &str) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(mark)?;
        Some(())
    }

    fn word(&mut self) -> Option<&'a str> {
        let text = self.rest.trim_start();
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        (!word.is_empty()).then(|| {
            self.rest = rest;
            word
        })
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let before = self.rest;
        let is_there = self.word() == Some(keyword);
        if !is_there {
            self.rest = before;
        }
        is_there
    }

    fn comparison(&mut self) -> Result<Comparison, String> {
        let found = COMPARISONS.into_iter().find(|one| self.mark(one.symbol()).is_some());
        found.ok_or_else(|| "wanted one of >, >=, <, <=, ==, !=".to_owned())
    }

    fn column(&mut self) -> Option<String> {
        if self.mark("[").is_none() {
            return self.word().map(str::to_owned);
        }
        let name = self.text()?;
        self.mark("]")?;
        Some(name)
    }

    /// A text in double quotes, as JSON, or in single quotes with nothing escaped.
    fn text(&mut self) -> Option<String> {
        let text = self.rest.trim_start();
        if let Some(single) = text.strip_prefix('\'') {
            let (found, rest) = single.split_once('\'')?;
            self.rest = rest;
            return Some(found.to_owned());
        }
        let mut stream = serde_json::Deserializer::from_str(text).into_iter::<String>();
        let found = stream.next()?.ok()?;
        self.rest = text.get(stream.byte_offset()..)?;
        Some(found)
    }

    fn texts(&mut self) -> Option<Vec<String>> {
        self.mark("(")?;
        let mut found = vec![self.text()?];
        while self.mark(",").is_some() {
            found.push(self.text()?);
        }
        self.mark(")").map(|()| found)
    }

    fn number(&mut self) -> Option<f64> {
        let text = self.rest.trim_start();
        let end = text.find(|c: char| c.is_whitespace()).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        let number: f64 = number.parse().ok()?;
        self.rest = rest;
        number.is_finite().then_some(number)
    }

    fn periods(&mut self) -> Option<FailingPeriods> {
        let in_order = self.keyword("in");
        let least = self.word()?.parse().ok()?;
        let of_order = self.keyword("of");
        let of = self.word()?.parse().ok()?;
        let windows = self.keyword("windows") || self.keyword("window");
        (in_order && of_order && windows && self.is_done()).then_some(FailingPeriods { least, of })
    }
}
