//! Arithmetic of rules: `({A} + {B}) / 2`, `1 > 2 ? 3 : 4`. In: its text, values in place. Out: the text of its value.

/// How deep parentheses may stand in each other.
const DEEPEST: usize = 50;

/// The value of an expression: a number, or `true` and `false`.
///
/// # Errors
/// A sentence with what is no part of one.
pub(super) fn evaluate(text: &str) -> Result<String, String> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let value = parser.choice()?;
    if !parser.rest().is_empty() {
        return Err(parser.stopped());
    }
    Ok(match value {
        Value::Truth(truth) => truth.to_string(),
        // As JavaScript writes it: whole numbers without a point.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e21 => format!("{number:.0}"),
        Value::Number(number) if number.is_nan() => "NaN".to_owned(),
        Value::Number(number) if number.is_infinite() => {
            if number > 0.0 {
                "Infinity".to_owned()
            } else {
                "-Infinity".to_owned()
            }
        }
        Value::Number(number) => number.to_string(),
    })
}

#[derive(Clone, Copy)]
enum Value {
    Number(f64),
    Truth(bool),
}

impl Value {
    fn number(self) -> f64 {
        match self {
            Value::Number(number) => number,
            Value::Truth(truth) => f64::from(u8::from(truth)),
        }
    }

    fn truth(self) -> bool {
        match self {
            Value::Number(number) => number != 0.0 && !number.is_nan(),
            Value::Truth(truth) => truth,
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// What is left, blanks before it dropped.
    fn rest(&mut self) -> &str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    /// Takes the first of these signs that stands here.
    fn take(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        let rest = self.rest();
        let sign = signs.iter().copied().find(|sign| rest.starts_with(sign))?;
        self.at += sign.len();
        Some(sign)
    }

    fn stopped(&mut self) -> String {
        let whole = self.text.trim().to_owned();
        match self.rest() {
            "" => format!("the expression `{whole}` ends too early"),
            rest => {
                let found: String = rest.chars().take(20).collect();
                format!("`{found}` is no arithmetic, in the expression `{whole}`")
            }
        }
    }

    /// `a ? b : c`
    fn choice(&mut self) -> Result<Value, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("the expression has too many parentheses".to_owned());
        }
        let value = self.comparison()?;
        let value = if self.take(&["?"]).is_some() {
            let then = self.choice()?;
            if self.take(&[":"]).is_none() {
                return Err(self.stopped());
            }
            let otherwise = self.choice()?;
            if value.truth() { then } else { otherwise }
        } else {
            value
        };
        self.depth -= 1;
        Ok(value)
    }

    fn comparison(&mut self) -> Result<Value, String> {
        let left = self.sum()?;
        let Some(sign) = self.take(&["===", "!==", "==", "!=", "<=", ">=", "<", ">"]) else {
            return Ok(left);
        };
        let (left, right) = (left.number(), self.sum()?.number());
        Ok(Value::Truth(match sign {
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            ">=" => left >= right,
            "==" | "===" => left == right,
            _ => left != right,
        }))
    }

    fn sum(&mut self) -> Result<Value, String> {
        let mut value = self.product()?;
        while let Some(sign) = self.take(&["+", "-"]) {
            let right = self.product()?.number();
            value = Value::Number(if sign == "+" { value.number() + right } else { value.number() - right });
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<Value, String> {
        let mut value = self.signed()?;
        while let Some(sign) = self.take(&["*", "/", "%"]) {
            let right = self.signed()?.number();
            value = Value::Number(match sign {
                "*" => value.number() * right,
                "/" => value.number() / right,
                _ => value.number() % right,
            });
        }
        Ok(value)
    }

    fn signed(&mut self) -> Result<Value, String> {
        let mut negative = false;
        while let Some(sign) = self.take(&["-", "+"]) {
            negative ^= sign == "-";
        }
        let value = self.single()?;
        Ok(if negative { Value::Number(-value.number()) } else { value })
    }

    fn single(&mut self) -> Result<Value, String> {
        if self.take(&["("]).is_some() {
            let value = self.choice()?;
            return if self.take(&[")"]).is_some() { Ok(value) } else { Err(self.stopped()) };
        }
        let rest = self.rest();
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut length = digits(rest);
        if rest[length..].starts_with('.') {
            length += 1 + digits(&rest[length + 1..]);
        }
        if rest[length..].starts_with(['e', 'E']) {
            let sign = usize::from(rest[length + 1..].starts_with(['+', '-']));
            match digits(&rest[length + 1 + sign..]) {
                0 => {}
                count => length += 1 + sign + count,
            }
        }
        match rest[..length].parse() {
            Ok(number) => {
                self.at += length;
                Ok(Value::Number(number))
            }
            Err(_) => Err(self.stopped()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn arithmetic() {
        for (text, wanted) in [
            ("1 + 2 * 3", "7"),
            ("(1 + 2) * 3", "9"),
            ("7 % 4 - -1", "4"),
            ("1 / 4", "0.25"),
            ("1e3 / 2.5", "400"),
            ("-(2)", "-2"),
            ("1 / 0", "Infinity"),
            ("0 / 0", "NaN"),
            ("2 > 1", "true"),
            ("2 > 1 ? 10 : 20", "10"),
            ("1 == 2 ? 10 : 2 != 2 ? 3 : 4", "4"),
            (".5", "0.5"),
        ] {
            assert_eq!(evaluate(text).as_deref(), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_named() {
        assert_eq!(
            evaluate("1 + round(2)").unwrap_err(),
            "`round(2)` is no arithmetic, in the expression `1 + round(2)`"
        );
        assert_eq!(evaluate("1 +").unwrap_err(), "the expression `1 +` ends too early");
        for text in ["", "(", "1 2", "1 ? 2", "é", "1..2", ".", "alert(1)", "\"x\"", "1 ** 2"] {
            assert!(evaluate(text).is_err(), "{text}");
        }
        assert!(evaluate(&"(".repeat(1_000_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text(text in "[0-9.eE+*/%()?:<>=! é-]{0,40}") {
            let _ = evaluate(&text);
        }
    }
}
