//! What patterns of `parse` match, a test per rule.

use super::*;
use Kind::{Regex, Relaxed, Simple};
use Part::{Column, Star};

fn t(text: &str) -> Part {
    Part::Text(text.to_owned())
}

/// The values joined by `|`, null as `-`; `none` without a match.
fn shown(kind: Kind, flags: &str, parts: &[Part], text: &str) -> String {
    let pattern = Pattern::new(kind, flags, parts).expect("a valid pattern");
    match pattern.matches(text) {
        None => "none".to_owned(),
        Some(values) => {
            let texts: Vec<String> =
                values.iter().map(|v| if v.is_null() { "-".to_owned() } else { v.text() }).collect();
            texts.join("|")
        }
    }
}

#[test]
fn simple_reaches_the_end_and_captures_little() {
    let string = Column(Type::String);
    assert_eq!(shown(Simple, "", &[t("a"), string.clone(), t("b")], "abcbd"), "none");
    assert_eq!(shown(Simple, "", &[t("a"), string.clone(), t("c")], "aXcYc"), "XcY");
    assert_eq!(shown(Simple, "", &[t("a"), string.clone(), t("c"), Star], "aXcYc"), "X");
    assert_eq!(shown(Simple, "", &[t("a"), string.clone(), t("c")], "aXc\n"), "none");
    assert_eq!(shown(Simple, "", &[t("A"), string.clone()], "ab"), "none");
    assert_eq!(shown(Simple, "", &[t("(.*)"), string.clone()], "(.*)x\ny"), "x\ny");
    assert_eq!(shown(Simple, "", &[Star, t("="), string], "k=v=w"), "v=w");
}

#[test]
fn simple_is_all_or_nothing() {
    let parts = [
        t("a="),
        Column(Type::Long),
        t(",b="),
        Column(Type::String),
        t(",c="),
        Column(Type::Long),
        t(",d="),
        Column(Type::String),
    ];
    assert_eq!(shown(Simple, "", &parts, "a=1,b=2,c=3,d=4"), "1|2|3|4");
    assert_eq!(shown(Simple, "", &parts, "a=1,b=2,c=zz,d=4"), "none");
    assert_eq!(shown(Simple, "", &parts, "a=1,b=2,c=,d=4"), "none");
    assert_eq!(shown(Relaxed, "", &parts, "a=1,b=2,c=zz,d=4"), "1|2|-|4");
    assert_eq!(shown(Relaxed, "", &parts, "a=1,b=2,d=4"), "none");
}

#[test]
fn typed_columns_before_a_skip_take_their_shape() {
    let parts = [t("n="), Column(Type::Long), Star, t("end"), Star];
    assert_eq!(shown(Simple, "", &parts, "n=27x end"), "27");
    assert_eq!(shown(Simple, "", &parts, "n=-5 end"), "-5");
    assert_eq!(shown(Simple, "", &parts, "n=x end"), "none");
    assert_eq!(shown(Relaxed, "", &parts, "n=x end"), "-");
    assert_eq!(shown(Simple, "", &[t("n="), Column(Type::Long)], "n=27x"), "none");
    assert_eq!(shown(Regex, "", &[t("n="), Column(Type::Long)], "n=27x"), "27");
}

#[test]
fn regular_expressions() {
    let string = Column(Type::String);
    assert_eq!(shown(Regex, "", &[t("a"), string.clone(), t("b")], "abcbd"), "bc");
    let parts = [Star, t("NAME="), string.clone(), t(","), Star];
    assert_eq!(shown(Regex, "Ui", &parts, "x name=a, b=c, d"), "a");
    assert_eq!(shown(Regex, "i", &parts, "x name=a, b=c, d"), "a, b=c");
    assert_eq!(shown(Regex, "", &[t("x|y"), string], "yz"), "z");
    assert_eq!(shown(Regex, "", &[t("b="), Column(Type::Bool)], "b=1"), "none");
    assert_eq!(shown(Regex, "", &[t("b="), Column(Type::Bool)], "b=True!"), "True");
    let lock = [t("(.*?)lock="), Column(Type::DateTime), t(r"\)")];
    assert_eq!(shown(Regex, "s", &lock, "(a\nlock=02/17/2016 08:40:01)"), "2016-02-17T08:40:01.0000000Z");
}

#[test]
fn conversions() {
    let one = |ty: Type, text: &str| shown(Simple, "", &[t("="), Column(ty)], &format!("={text}"));
    assert_eq!(one(Type::Long, "  +7"), "7");
    assert_eq!(one(Type::Long, "1.5"), "none");
    assert_eq!(one(Type::Long, "0x10"), "none");
    assert_eq!(one(Type::Int, "9999999999"), "none");
    assert_eq!(one(Type::Bool, "TRUE"), "True");
    assert_eq!(one(Type::Bool, "0"), "False");
    assert_eq!(one(Type::Bool, "yes"), "none");
    assert_eq!(one(Type::Real, "1e3"), "1000.0");
    assert_eq!(one(Type::Dynamic, "abc"), "abc");
    assert_eq!(one(Type::Dynamic, r#"{"a": 1}"#), r#"{"a":1}"#);
    assert_eq!(one(Type::DateTime, "2020-01-01 10:00 junk é"), "2020-01-01T10:00:00.0000000Z");
    assert_eq!(one(Type::DateTime, "junk"), "none");
    assert_eq!(one(Type::TimeSpan, "1.02:03:04"), "1.02:03:04");
}

#[test]
fn a_long_line_of_a_service() {
    let parts = [
        Star,
        t("resourceName="),
        Column(Type::String),
        t(", totalSlices="),
        Column(Type::Long),
        Star,
        t("lockTime="),
        Column(Type::String),
        t(", releaseTime="),
        Column(Type::DateTime),
        t(","),
        Star,
        t("previousLockTime="),
        Column(Type::DateTime),
        t(")"),
        Star,
    ];
    let text = "Event: (resourceName=R, totalSlices=27, sliceNumber=23, lockTime=02/17/2016 08:40:01, releaseTime=02/17/2016 08:40:02, previousLockTime=02/17/2016 08:39:01)";
    assert_eq!(
        shown(Simple, "", &parts, text),
        "R|27|02/17/2016 08:40:01|2016-02-17T08:40:02.0000000Z|2016-02-17T08:39:01.0000000Z"
    );
    assert_eq!(shown(Simple, "", &parts, &text.replace("=27", "=x")), "none");
}

/// Scanning gives what the regular expression gives, on texts made of the pattern's own pieces.
#[test]
fn scanning_agrees_with_the_regular_expression() {
    let string = || Column(Type::String);
    let patterns = [
        vec![t("a"), string(), t("b")],
        vec![Star, t("ab"), string(), t("a"), Star],
        vec![string(), t("b"), string()],
        vec![t("ab")],
        vec![Star, t("b")],
        vec![Star, string(), t("b"), Star, string(), t("a")],
        vec![string()],
        vec![Star],
        vec![t("a"), t("b"), string(), t("ba"), string(), t("b")],
    ];
    for parts in patterns {
        let fast = Pattern::new(Simple, "", &parts).expect("a valid pattern");
        assert!(fast.scan.is_some(), "{parts:?}");
        let slow = Pattern { scan: None, ..fast.clone() };
        for mut number in 0..3usize.pow(7) {
            let mut text = String::new();
            while number > 0 {
                text.push(['a', 'b', 'é'][number % 3]);
                number /= 3;
            }
            assert_eq!(fast.matches(&text), slow.matches(&text), "{parts:?} on {text}");
        }
    }
    let shaped = [t("a"), Column(Type::Long), Star];
    assert!(Pattern::new(Simple, "", &shaped).expect("a valid pattern").scan.is_none());
}

#[test]
fn what_is_refused() {
    let refused = |kind, flags: &str, parts: &[Part]| Pattern::new(kind, flags, parts).err();
    assert_eq!(refused(Simple, "i", &[t("a")]), Some(PatternError::FlagsWithoutRegex));
    assert_eq!(refused(Regex, "x", &[t("a")]), Some(PatternError::UnknownFlag('x')));
    assert_eq!(refused(Simple, "", &[t("")]), Some(PatternError::EmptyText(0)));
    let after = Some(PatternError::NothingAfterString(0));
    assert_eq!(refused(Simple, "", &[Column(Type::String), Star]), after);
    assert_eq!(refused(Simple, "", &[Column(Type::Long), Star]), None);
    assert!(matches!(refused(Regex, "", &[Star, t("(")]), Some(PatternError::BadRegex(1, _))));
}

#[test]
fn a_parenthesis_that_closes_nothing_is_text() {
    let string = Column(Type::String);
    assert_eq!(shown(Regex, "", &[t(")"), string.clone()], "a)b"), "b");
    assert_eq!(shown(Regex, "", &[t("a)"), string.clone()], "a)b"), "b");
    assert_eq!(shown(Regex, "", &[t(r"[(]\(x)"), string], "((x)y"), "y");
}

#[test]
fn regex_is_found_anywhere() {
    let string = Column(Type::String);
    assert_eq!(shown(Regex, "", &[t("a="), string.clone()], "zza=1"), "1");
    assert_eq!(shown(Regex, "", &[t("^a="), string.clone()], "x\na=1"), "none");
    assert_eq!(shown(Regex, "m", &[t("^a="), string.clone()], "x\na=1"), "1");
    assert_eq!(shown(Regex, "U", &[Star, t("x="), string, t(",")], "y=1,x=2,x=9,"), "9");
    assert_eq!(shown(Simple, "", &[t("a="), Column(Type::String)], "zza=1"), "none");
}
