//! Values shown as icons or colours: tests in order, the first that matches. In: the tests of a formatter. Out: for
//! each value a look and a text.

use super::number::measure;
use super::rows::RowText;
use super::template::Template;
use crate::draw::Surroundings;
use crate::model::{Threshold, ThresholdTest, Thresholds};
use calypso_library::Value;
use calypso_view::text::value_text;
use calypso_view::{Colour, Icon, Look};
use regex::{Regex, RegexBuilder};

/// The tests of one formatter, made ready.
pub struct Tests {
    tests: Vec<Test>,
}

struct Test {
    test: ThresholdTest,
    /// What is compared with: as a number, and in small letters.
    number: Option<f64>,
    text: String,
    pattern: Option<Regex>,
    look: Option<Look>,
    template: Template,
    /// Whether the file leaves the text out: then an icon stands alone.
    bare: bool,
}

impl Tests {
    /// Makes the tests ready; a pattern that does not compile matches nothing.
    pub fn read(thresholds: &Thresholds, around: &dyn Surroundings) -> Tests {
        let tests = thresholds.tests.iter().map(|one| test(one, thresholds.colours, around)).collect();
        Tests { tests }
    }

    /// The look and the text of a value whose usual text is `written`; none where no test matches.
    pub fn apply(&self, value: &Value, written: &str, row: &dyn RowText) -> Option<(Look, String)> {
        let text = value_text(value).to_lowercase();
        let number = measure(value);
        let test = self.tests.iter().find(|test| test.holds(&text, number))?;
        let look = test.look.clone().unwrap_or(Look::Plain);
        let words = match (test.bare, &look) {
            (true, Look::Sign(_)) => String::new(),
            (true, _) => written.to_owned(),
            (false, _) => test.template.fill(written, row),
        };
        Some((look, words))
    }
}

fn test(one: &Threshold, colours: bool, around: &dyn Surroundings) -> Test {
    let value = around.words(&one.value);
    let pattern = match one.test {
        ThresholdTest::Matches => pattern(&value),
        ThresholdTest::Equal
        | ThresholdTest::NotEqual
        | ThresholdTest::Greater
        | ThresholdTest::GreaterOrEqual
        | ThresholdTest::Less
        | ThresholdTest::LessOrEqual
        | ThresholdTest::Contains
        | ThresholdTest::NotContains
        | ThresholdTest::StartsWith
        | ThresholdTest::EndsWith
        | ThresholdTest::Empty
        | ThresholdTest::NotEmpty
        | ThresholdTest::Default => None,
    };
    let look = match colours {
        true => Colour::from_name(&one.shows).map(Look::On),
        false => Icon::from_name(&one.shows).map(Look::Sign),
    };
    Test {
        test: one.test,
        number: measure(&Value::String(value.clone())),
        text: value.to_lowercase(),
        pattern,
        look,
        template: Template::read(&around.words(&one.text)),
        bare: one.text.is_empty(),
    }
}

/// A pattern of the file; none where it does not compile or would be too large.
fn pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(text).case_insensitive(true).size_limit(1 << 20).build().ok()
}

impl Test {
    /// Whether a value matches: its text in small letters, and the number it is.
    fn holds(&self, text: &str, number: Option<f64>) -> bool {
        let order = match (number, self.number) {
            (Some(a), Some(b)) => a.partial_cmp(&b),
            _ => Some(text.cmp(self.text.as_str())),
        };
        // An empty cell is neither more nor less than anything.
        let known = !text.is_empty();
        match self.test {
            ThresholdTest::Equal => order.is_some_and(|order| order.is_eq()),
            ThresholdTest::NotEqual => !order.is_some_and(|order| order.is_eq()),
            ThresholdTest::Greater => known && order.is_some_and(|order| order.is_gt()),
            ThresholdTest::GreaterOrEqual => known && order.is_some_and(|order| order.is_ge()),
            ThresholdTest::Less => known && order.is_some_and(|order| order.is_lt()),
            ThresholdTest::LessOrEqual => known && order.is_some_and(|order| order.is_le()),
            ThresholdTest::Contains => text.contains(&self.text),
            ThresholdTest::NotContains => !text.contains(&self.text),
            ThresholdTest::StartsWith => text.starts_with(&self.text),
            ThresholdTest::EndsWith => text.ends_with(&self.text),
            ThresholdTest::Matches => self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(text)),
            ThresholdTest::Empty => !known,
            ThresholdTest::NotEmpty => known,
            ThresholdTest::Default => true,
        }
    }
}
