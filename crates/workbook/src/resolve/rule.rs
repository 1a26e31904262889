//! A new column of a merge, by rules: the first that matches a row gives its value. In: rules as described, with
//! columns as `["name"]`. Out: an expression of a query, made of names, literals and known functions only.

use super::kql;
use super::merge::Inner;
use crate::model::{Criterion, CriterionResult, CriterionTest};
use calypso_library::Type;

/// Parentheses within parentheses at most.
const DEEPEST: usize = 50;

/// The expression of a column. `find` finds columns, `words` puts parameters into texts.
///
/// # Errors
/// A sentence when a column or an operator is not known, or an expression is no arithmetic.
pub fn rule(
    criteria: &[Criterion],
    find: &dyn Fn(&str) -> Option<Inner>,
    words: &dyn Fn(&str) -> String,
) -> Result<String, String> {
    let reader = Reader { find, words };
    let mut parts = Vec::with_capacity(2 * criteria.len() + 1);
    let numbers = criteria.iter().all(|one| matches!(one.result, CriterionResult::Expression(_)));
    let mut otherwise = (if numbers { "real(null)" } else { "''" }).to_owned();
    for criterion in criteria {
        let result = reader.result(&criterion.result)?;
        let result = match (&criterion.result, numbers) {
            (CriterionResult::Expression(_), false) => format!("tostring({result})"),
            (_, _) => result,
        };
        match &criterion.test {
            CriterionTest::Always => {
                otherwise = result;
                break;
            }
            CriterionTest::If { left, operator, right } => {
                parts.push(reader.test(left, operator, right)?);
                parts.push(result);
            }
        }
    }
    if parts.is_empty() {
        return Ok(otherwise);
    }
    parts.push(otherwise);
    Ok(format!("case({})", parts.join(", ")))
}

struct Reader<'a> {
    find: &'a dyn Fn(&str) -> Option<Inner>,
    words: &'a dyn Fn(&str) -> String,
}

/// One side of a comparison.
enum Side {
    Column(Inner),
    Text(String),
}

impl Side {
    fn text(&self) -> String {
        match self {
            Side::Column(column) if column.ty == Type::String => column.name.clone(),
            Side::Column(column) => format!("tostring({})", column.name),
            Side::Text(text) => kql::literal(text),
        }
    }

    /// As a number, where it can be one.
    fn number(&self) -> Option<String> {
        match self {
            Side::Column(column) => Some(format!("todouble({})", column.name)),
            Side::Text(text) => number(text.trim()),
        }
    }

    fn is_number(&self) -> bool {
        match self {
            Side::Column(column) => is_number(column.ty),
            Side::Text(text) => number(text.trim()).is_some(),
        }
    }
}

fn is_number(ty: Type) -> bool {
    match ty {
        Type::Int | Type::Long | Type::Real | Type::Decimal => true,
        Type::Bool | Type::String | Type::DateTime | Type::TimeSpan | Type::Guid | Type::Dynamic => false,
    }
}

impl Reader<'_> {
    /// A side that is a column alone, or a text.
    fn side(&self, text: &str) -> Result<Side, String> {
        let trimmed = text.trim();
        let Some(name) = trimmed.strip_prefix("[\"").and_then(|rest| rest.strip_suffix("\"]")) else {
            return Ok(Side::Text((self.words)(text)));
        };
        let found = (self.find)(name).map(Side::Column);
        found.ok_or_else(|| format!("its rule names the column {name}, which the rows do not have"))
    }

    fn test(&self, left: &str, operator: &str, right: &str) -> Result<String, String> {
        let (left, right) = (self.side(left)?, self.side(right)?);
        let name: String =
            operator.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        if let Some(test) = compared(&name, &left, &right) {
            return Ok(test);
        }
        let positive = ["isnot", "doesnot", "not"].iter().find_map(|not| name.strip_prefix(not));
        match positive.and_then(|name| compared(name, &left, &right)) {
            Some(test) => Ok(format!("not({test})")),
            None => Err(format!("`{operator}` is no comparison of rows")),
        }
    }

    fn result(&self, result: &CriterionResult) -> Result<String, String> {
        match result {
            CriterionResult::Text(text) => self.text(text),
            CriterionResult::Parameter(name) => {
                let braced = if name.starts_with('{') { name.clone() } else { format!("{{{name}}}") };
                Ok(kql::literal(&(self.words)(&braced)))
            }
            CriterionResult::Expression(text) => self.arithmetic(&(self.words)(text)),
        }
    }

    /// A text in which `["name"]` is the row's own.
    fn text(&self, text: &str) -> Result<String, String> {
        let mut parts = Vec::new();
        let text = (self.words)(text);
        let mut rest = text.as_str();
        while let Some((before, name, after)) = column_in(rest) {
            if !before.is_empty() {
                parts.push(kql::literal(before));
            }
            parts.push(match (self.find)(name) {
                Some(column) => Side::Column(column).text(),
                None => kql::literal(&format!("[\"{name}\"]")),
            });
            rest = after;
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(kql::literal(rest));
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { format!("strcat({})", parts.join(", ")) })
    }

    /// Numbers, columns, `+ - * / %` and parentheses.
    fn arithmetic(&self, text: &str) -> Result<String, String> {
        let wrong = || format!("`{text}` is no arithmetic of numbers and columns");
        let mut out = String::new();
        let mut rest = text.trim();
        // Whether an operand comes next, and whether a sign may stand before it.
        let (mut operand, mut sign) = (true, true);
        let mut open = 0_usize;
        while let Some(c) = rest.chars().next() {
            let mut after = &rest[c.len_utf8()..];
            match c {
                ' ' | '\t' | '\r' | '\n' => {}
                '(' if operand && open < DEEPEST => {
                    out.push('(');
                    (open, sign) = (open + 1, true);
                }
                ')' if !operand && open > 0 => {
                    out.push(')');
                    open -= 1;
                }
                '-' | '+' if operand && sign => {
                    // A blank keeps it from being a part of what stands before.
                    out.push_str(if c == '-' { " -" } else { " " });
                    sign = false;
                }
                '+' | '-' | '*' | '/' | '%' if !operand => {
                    out.push_str(&format!(" {c} "));
                    (operand, sign) = (true, false);
                }
                '0'..='9' | '.' if operand => {
                    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                    out.push_str(&number(&rest[..end]).ok_or_else(wrong)?);
                    (operand, after) = (false, &rest[end..]);
                }
                '[' if operand => {
                    let Some(("", name, behind)) = column_in(rest) else { return Err(wrong()) };
                    let column = (self.find)(name).ok_or_else(|| format!("there is no column {name}"))?;
                    out.push_str(&format!("todouble({})", column.name));
                    (operand, after) = (false, behind);
                }
                _ => return Err(wrong()),
            }
            rest = after;
        }
        if operand || open > 0 { Err(wrong()) } else { Ok(format!("({})", out.trim())) }
    }
}

/// The first `["name"]` of a text, with what stands before and after it.
fn column_in(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find("[\"")?;
    let end = start + 2 + text[start + 2..].find("\"]")?;
    Some((&text[..start], &text[start + 2..end], &text[end + 2..]))
}

/// A number as a literal.
fn number(text: &str) -> Option<String> {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')).then_some(())?;
    text.ends_with(|c: char| c.is_ascii_digit() || c == '.').then_some(())?;
    let number: f64 = text.parse().ok()?;
    number.is_finite().then(|| format!("real({number})"))
}

/// A comparison by its name in small letters without blanks.
fn compared(name: &str, left: &Side, right: &Side) -> Option<String> {
    let texts = |operator: &str| format!("{} {operator} {}", left.text(), right.text());
    let ordered =
        |operator: &str| match (left.is_number() && right.is_number(), left.number(), right.number()) {
            (true, Some(left), Some(right)) => format!("{left} {operator} {right}"),
            _ => format!("strcmp({}, {}) {operator} 0", left.text(), right.text()),
        };
    Some(match name {
        "==" | "=" | "===" => ordered("=="),
        "!=" | "<>" | "!==" => ordered("!="),
        ">" => ordered(">"),
        ">=" => ordered(">="),
        "<" => ordered("<"),
        "<=" => ordered("<="),
        "isempty" | "empty" | "isnull" | "null" => format!("isempty({})", left.text()),
        "contains" | "contain" => texts("contains"),
        "startswith" | "startwith" => texts("startswith"),
        "endswith" | "endwith" => texts("endswith"),
        "regex" | "matchesregex" | "matchregex" | "matches" => match right {
            Side::Text(pattern) => {
                regex::Regex::new(pattern).ok()?;
                format!("{} matches regex {}", left.text(), kql::literal(pattern))
            }
            Side::Column(_) => return None,
        },
        "default" => "true".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::merge::find;
    use proptest::prelude::*;

    fn columns() -> Vec<Inner> {
        vec![Inner::new("n", "c1", Type::Long), Inner::new("my text", "c2", Type::String)]
    }

    fn written(criteria: &[Criterion]) -> Result<String, String> {
        let columns = columns();
        rule(criteria, &|name| find(&columns, name).cloned(), &|text| text.to_owned())
    }

    fn when(left: &str, operator: &str, right: &str, result: CriterionResult) -> Criterion {
        let (left, operator, right) = (left.into(), operator.into(), right.into());
        Criterion { test: CriterionTest::If { left, operator, right }, result }
    }

    fn text(text: &str) -> CriterionResult {
        CriterionResult::Text(text.into())
    }

    #[test]
    fn the_first_rule_that_matches_gives_the_value() {
        let always = |result| Criterion { test: CriterionTest::Always, result };
        let rules = [
            when("[\"n\"]", ">", "5", text("many")),
            when("[\"my text\"]", "notContains", "x'", text("[\"n\"] of")),
            always(text("rest")),
        ];
        assert_eq!(
            written(&rules).unwrap(),
            "case(todouble(c1) > real(5), 'many', not(c2 contains 'x\\''), strcat(tostring(c1), ' of'), 'rest')"
        );
        let share = CriterionResult::Expression("[\"n\"] / 2 - (-1)".into());
        assert_eq!(written(&[always(share)]).unwrap(), "(todouble(c1) / real(2) - ( -real(1)))");
    }

    #[test]
    fn what_is_not_known_is_said() {
        let wrong =
            |left: &str, operator: &str, result| written(&[when(left, operator, "1", result)]).unwrap_err();
        assert_eq!(
            wrong("[\"z\"]", "==", text("")),
            "its rule names the column z, which the rows do not have"
        );
        assert_eq!(wrong("[\"n\"]", "resembles", text("")), "`resembles` is no comparison of rows");
        for broken in ["now()", "1 2", "[\"n\"] | take 1", "1 // 2", "", "1 +"] {
            let result = CriterionResult::Expression(broken.into());
            assert!(wrong("[\"n\"]", "==", result).contains("is no arithmetic"), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn rules_stay_within_one_expression(
            left in r#"(\["n"\]|\["my text"\]|.{0,8})"#,
            operator in "(==|!=|>|is Empty|contains|notEndsWith|regex|[a-z]{0,5})",
            right in ".{0,8}",
            result in r#"(\["n"\]|.){0,6}"#,
            arithmetic in r#"(\["n"\]|[-+*/%() 0-9.;|a]){0,8}"#,
        ) {
            for result in [text(&result), CriterionResult::Expression(arithmetic.clone())] {
                if let Ok(written) = written(&[when(&left, &operator, &right, result)]) {
                    let parsed = calypso_parser::parse(&format!("T | project x = {written}, y = 1"));
                    prop_assert!(parsed.diagnostics.is_empty(), "{written}: {:?}", parsed.diagnostics);
                }
            }
        }
    }
}
