//! `parse_url`: a URL taken apart.

use crate::function::*;
use crate::types::Type;
use crate::url_text::query_parameters;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_url",
    aliases: &["parseurl"],
    summary: "Takes a URL apart: scheme, host, port, path, user name, password, query parameters and fragment.",
    signatures: &[signature(&[required("url", Accepts::Text, "The URL.")], Returns::Is(Type::Dynamic))],
    examples: &[example(
        "print parse_url('https://u:p@host:1234/this/path?k1=v1&k2=v2#end')",
        "{\"Scheme\":\"https\",\"Host\":\"host\",\"Port\":\"1234\",\"Path\":\"/this/path\",\"Username\":\"u\",\"Password\":\"p\",\"Query Parameters\":{\"k1\":\"v1\",\"k2\":\"v2\"},\"Fragment\":\"end\"}",
    )],
    evaluate: |call| call.dynamics(|row| Some(parts(&call[0].text(row)))),
    ..DEFAULTS
};

/// The parts of a URL; what is not there is the empty text. A text without a scheme has no part at all.
fn parts(url: &str) -> Json {
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (scheme, tail, fragment, query) = match scheme_of(rest) {
        Some((scheme, tail)) => (scheme, tail, fragment, query),
        None => ("", "", "", ""),
    };
    let (authority, path) = tail.split_at(tail.find('/').unwrap_or(tail.len()));
    // A slash at the very end is no path.
    let path = if path == "/" && url.ends_with('/') && query.is_empty() { "" } else { path };
    // Only a name with a password is one; any other `@` belongs to the host.
    let user = authority.rsplit_once('@').and_then(|(user, host)| Some((user.split_once(':')?, host)));
    let ((username, password), host) = user.unwrap_or((("", ""), authority));
    // The colons inside of an IPv6 address in brackets do not start a port.
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, port),
        _ => (host, ""),
    };
    json!({
        "Scheme": scheme,
        "Host": host,
        "Port": port,
        "Path": path,
        "Username": username,
        "Password": password,
        "Query Parameters": query_parameters(query),
        "Fragment": fragment,
    })
}

/// The scheme before the first colon, when it is one, and what follows the two slashes.
fn scheme_of(url: &str) -> Option<(&str, &str)> {
    let (scheme, tail) = url.split_once("://")?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    named.then_some((scheme, tail))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_that_lack() {
        let url = parts("http://[::1]/a?flag&k=");
        assert_eq!((&url["Host"], &url["Port"]), (&"[::1]".into(), &"".into()));
        assert_eq!(url["Query Parameters"], serde_json::json!({}));
        assert_eq!(parts("/only/a/path?k=1#f").to_string(), parts("").to_string());
        assert_eq!(parts("")["Scheme"], "");
    }

    #[test]
    fn edges() {
        assert_eq!(parts("https://h/")["Path"], "");
        assert_eq!(parts("https://h/?k=1")["Path"], "/");
        assert_eq!(parts("https://h/#")["Path"], "/");
        assert_eq!(parts("https://u@h/p")["Host"], "u@h");
        assert_eq!(
            parts("https://h?b=2&a=1&b=3")["Query Parameters"].to_string(),
            r#"{"a":"1","b":["2","3"]}"#
        );
    }
}
