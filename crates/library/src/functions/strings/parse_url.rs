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

/// The parts of a URL; what is not there is the empty text.
fn parts(url: &str) -> Json {
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (scheme, rest) = scheme_of(rest);
    let (authority, path) = match rest.strip_prefix("//") {
        Some(tail) => tail.split_at(tail.find('/').unwrap_or(tail.len())),
        None => ("", rest),
    };
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (username, password) = user.split_once(':').unwrap_or((user, ""));
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

/// The scheme before the first colon, when it is one, and the rest.
fn scheme_of(url: &str) -> (&str, &str) {
    let named = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    match url.split_once(':') {
        Some((scheme, rest)) if named(scheme) && rest.starts_with("//") => (scheme, rest),
        _ => ("", url),
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_that_lack() {
        let url = parts("http://[::1]/a?flag");
        assert_eq!((&url["Host"], &url["Port"]), (&"[::1]".into(), &"".into()));
        assert_eq!(url["Query Parameters"]["flag"], "");
        assert_eq!(parts("/only/a/path")["Path"], "/only/a/path");
        assert_eq!(parts("")["Scheme"], "");
    }
}
