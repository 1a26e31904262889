//! Signatures of webhooks, as standardwebhooks.com has them: HMAC-SHA256 over `ID.TIMESTAMP.BODY`, in base64 behind `v1,`.
//! The time is in it so that what was sent once cannot be sent again later, the id so that a receiver can trust it when it
//! leaves out what it has had.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The header of the id: the same in every attempt.
pub const ID: &str = "webhook-id";

/// The header of the time of the attempt, in seconds since 1970.
pub const TIMESTAMP: &str = "webhook-timestamp";

/// The header of the signature.
pub const SIGNATURE: &str = "webhook-signature";

/// Signs a body. The secret is `whsec_` and base64, else any text.
///
/// # Errors
/// When the secret is shorter than 16 bytes, or no base64 where it should be.
pub fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> Result<String, &'static str> {
    let key = match secret.strip_prefix("whsec_") {
        Some(text) => STANDARD.decode(text).map_err(|_| "behind `whsec_` base64 is wanted")?,
        None => secret.as_bytes().to_vec(),
    };
    if key.len() < 16 {
        return Err("a key of at least 16 bytes is wanted");
    }
    let signed = format!("{id}.{timestamp}.{body}");
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), signed.as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard() {
        let signature = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature.as_deref(), Ok("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    #[test]
    fn weak_keys_are_refused() {
        assert!(sign("short", "a", 0, "").is_err() && sign("whsec_!", "a", 0, "").is_err());
        assert!(sign("sixteen bytes ok", "a", 0, "").is_ok());
    }
}
