//! What a request says: its path, the values in its address, its body. In: untrusted text. Out: names and values, or a
//! sentence why not.

use crate::pages::PageRequest;
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

/// The key that says that another workbook passes the values on. No parameter has a name like it.
const PASSED: &str = ".passed";
/// Pairs of keys and values in one request at most.
const MOST_GIVEN: usize = 2_000;

/// The parts of a path between its slashes, decoded. None where a part is no text.
pub fn parts(path: &str) -> Option<Vec<String>> {
    let parts = path.strip_prefix('/')?.split('/');
    parts.map(|part| Some(percent_decode_str(part).decode_utf8().ok()?.into_owned())).collect()
}

/// Keys and values after the `?` of an address, in order.
pub fn given(query: Option<&str>) -> Vec<(String, String)> {
    let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.take(MOST_GIVEN).map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}

/// What the address of a page asks.
pub fn addressed(workbook: &str, query: Option<&str>) -> PageRequest {
    request(workbook.to_owned(), given(query), None)
}

fn request(
    workbook: String,
    mut given: Vec<(String, String)>,
    edited: Option<(String, String)>,
) -> PageRequest {
    let passed = given.iter().any(|(key, _)| key == PASSED);
    given.retain(|(key, _)| key != PASSED);
    PageRequest { workbook, given, passed, edited, ..PageRequest::default() }
}

/// What the page's script asks: `{"given":[["key","value"],…],"edited":{"id":…,"query":…}}`.
///
/// # Errors
/// A sentence, where the body is anything else.
pub fn asked(workbook: String, body: &[u8]) -> Result<PageRequest, String> {
    let wrong = |what: &str| format!("{what}: expected {{\"given\":[[\"key\",\"value\"],…]}}");
    let body: Json = serde_json::from_slice(body).map_err(|error| wrong(&error.to_string()))?;
    let text = |value: Option<&Json>| value.and_then(Json::as_str).map(str::to_owned);
    let pair = |pair: &Json| {
        let [key, value] = pair.as_array()?.as_slice() else { return None };
        Some((text(Some(key))?, text(Some(value))?))
    };
    let given = body.get("given").and_then(Json::as_array).ok_or_else(|| wrong("no list `given`"))?;
    if given.len() > MOST_GIVEN {
        return Err(format!("more than {MOST_GIVEN} values"));
    }
    let given: Option<Vec<_>> = given.iter().map(pair).collect();
    let given = given.ok_or_else(|| wrong("`given` holds something else than pairs of texts"))?;
    let edited = match body.get("edited") {
        None | Some(Json::Null) => None,
        Some(edited) => {
            let both = text(edited.get("id")).zip(text(edited.get("query")));
            Some(both.ok_or_else(|| wrong("`edited` needs the texts `id` and `query`"))?)
        }
    };
    Ok(request(workbook, given, edited))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_and_addresses() {
        assert_eq!(parts("/").unwrap(), [""]);
        assert_eq!(parts("/w/cloud%20sync/page").unwrap(), ["w", "cloud sync", "page"]);
        assert_eq!(parts("/w/..%2F..%2Fetc").unwrap(), ["w", "../../etc"]);
        assert_eq!(parts("/w/%ff"), None);
        assert_eq!(parts("*"), None);
        let pairs = [("a b".to_owned(), "<x>&".to_owned()), ("a b".to_owned(), String::new())];
        assert_eq!(given(Some("a+b=%3Cx%3E%26&a+b")), pairs);
        assert_eq!(given(None), []);
    }

    #[test]
    fn bodies() {
        let read = |text: &str| asked("w".into(), text.as_bytes());
        let whole = read(
            r#"{"given":[["Status","Failure"],["Status","Skipped"]],"edited":{"id":"1.2","query":"T"}}"#,
        );
        let whole = whole.unwrap();
        assert_eq!(whole.given[1], ("Status".to_owned(), "Skipped".to_owned()));
        assert_eq!(whole.edited, Some(("1.2".to_owned(), "T".to_owned())));
        assert_eq!(read(r#"{"given":[],"edited":null}"#).unwrap().edited, None);
        let passed = addressed("w", Some("a=1&.passed=yes"));
        assert!(passed.passed && passed.given == [("a".to_owned(), "1".to_owned())]);
        for broken in [
            "",
            "[]",
            "{}",
            r#"{"given":{}}"#,
            r#"{"given":[["a"]]}"#,
            r#"{"given":[["a",1]]}"#,
            r#"{"given":[],"edited":{"id":"1"}}"#,
            r#"{"given":[],"edited":"1"}"#,
        ] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in ".*") {
            let _ = asked("w".into(), &bytes);
            let _ = asked("w".into(), text.as_bytes());
            let _ = parts(&text);
            let _ = given(Some(&text));
        }

        #[test]
        fn what_is_written_is_read(pairs in proptest::collection::vec((".*", ".*"), 0..20)) {
            let mut written = url::form_urlencoded::Serializer::new(String::new());
            written.extend_pairs(&pairs);
            prop_assert_eq!(given(Some(&written.finish())), pairs.clone());
            let body = serde_json::json!({ "given": pairs });
            prop_assert_eq!(asked("w".into(), body.to_string().as_bytes()).unwrap().given, pairs);
        }
    }
}
