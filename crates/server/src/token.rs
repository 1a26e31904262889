//! The token that lets a reader in: 128 bits from the operating system, in the address that is printed at the start.

use std::fmt::Write;

/// A token.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn new() -> Result<Token, String> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| format!("no random bytes can be had: {error}"))?;
        let mut text = String::new();
        for byte in bytes {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Token(text))
    }

    /// Its text: 32 letters and digits.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether a text is this token. Takes as long for a text that is nearly right as for one that is all wrong.
    pub fn is(&self, text: &str) -> bool {
        let pairs = self.0.bytes().zip(text.bytes());
        let difference = pairs.fold(self.0.len() ^ text.len(), |all, (a, b)| all | usize::from(a ^ b));
        difference == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_differ() {
        let (a, b) = (Token::new().unwrap(), Token::new().unwrap());
        assert!(a.text().len() == 32 && a.text() != b.text());
        assert!(a.is(a.text()) && !a.is(b.text()));
        for wrong in
            ["", &a.text()[1..], &format!("{}0", a.text()), &a.text().to_uppercase().replace('0', "1")]
        {
            assert!(!a.is(wrong), "{wrong}");
        }
    }
}
