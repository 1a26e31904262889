//! Paths into dynamic values: `$.a.b`, `$['a b'][0]`, and plain keys.

use crate::value::Json;

/// One step of a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// A key of a bag.
    Key(String),
    /// A place in an array; negative ones count from the end.
    Index(i64),
}

/// The steps of a path that starts with `$`; nothing for any other text and for forms not known (`..`, `*`, filters).
pub fn parse(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.trim().strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, after) = if let Some(tail) = rest.strip_prefix('[') {
            bracket(tail)?
        } else {
            let tail = rest.strip_prefix('.')?;
            if let Some(tail) = tail.strip_prefix('[') {
                bracket(tail)?
            } else {
                let end = tail.find(['.', '[']).unwrap_or(tail.len());
                let name = &tail[..end];
                if name.is_empty() || name.contains('*') {
                    return None;
                }
                (Step::Key(name.to_owned()), &tail[end..])
            }
        };
        steps.push(step);
        rest = after;
    }
    Some(steps)
}

/// The steps of a path that starts with `$`, or the text itself as the only key.
pub fn parse_or_key(path: &str) -> Vec<Step> {
    parse(path).filter(|steps| !steps.is_empty()).unwrap_or_else(|| vec![Step::Key(path.to_owned())])
}

/// What stands between brackets, and the rest after them.
fn bracket(tail: &str) -> Option<(Step, &str)> {
    let first = tail.chars().next()?;
    if first == '\'' || first == '"' {
        let inner = &tail[1..];
        let end = inner.find(first)?;
        let after = inner[end + 1..].strip_prefix(']')?;
        return Some((Step::Key(inner[..end].to_owned()), after));
    }
    let end = tail.find(']')?;
    let index = tail[..end].trim().parse().ok()?;
    Some((Step::Index(index), &tail[end + 1..]))
}

/// The value at the end of a path.
pub fn get<'a>(value: &'a Json, steps: &[Step]) -> Option<&'a Json> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.as_object()?.get(key),
        Step::Index(index) => {
            let elements = value.as_array()?;
            elements.get(usize::try_from(crate::arrays::place(*index, elements.len())).ok()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn steps() {
        let key = |text: &str| Step::Key(text.to_owned());
        assert_eq!(parse("$.a['b c'][0].d"), Some(vec![key("a"), key("b c"), Step::Index(0), key("d")]));
        assert_eq!(parse("$.[\"a\"]"), Some(vec![key("a")]));
        assert_eq!(parse("$"), Some(vec![]));
        for odd in ["a.b", "$..a", "$.*", "$[a]", "$x", "$.", "$['a"] {
            assert_eq!(parse(odd), None, "{odd}");
        }
        let value = json!({"a": [{"b": 1}]});
        let found = |path: &str| parse(path).and_then(|steps| get(&value, &steps).cloned());
        assert_eq!(found("$.a[0].b"), Some(json!(1)));
        assert_eq!(found("$.a[-1].b"), Some(json!(1)));
        assert_eq!(found("$.a.b"), None);
    }
}
