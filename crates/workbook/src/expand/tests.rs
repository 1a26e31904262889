//! Values in words and queries: strange ones first, and that no value is ever more than a value.

use super::*;
use crate::model::{Choice, Expansion};
use crate::time_range::TimeRange;
use calypso_library::literals::datetime;
use calypso_parser::{TokenClass, parse, tokens};
use proptest::prelude::*;

fn circumstances(faithful: bool) -> Circumstances {
    Circumstances { now: datetime("2026-11-01").unwrap(), faithful, expansion: Expansion::Braces }
}

fn picked(values: &[&str], quote: &str, delimiter: &str, origin: Origin) -> Chosen {
    let choice = |value: &&str| Choice { value: (*value).to_owned(), ..Choice::default() };
    Chosen {
        held: Held::Picked { all: false, values: values.iter().map(choice).collect() },
        quote: quote.to_owned(),
        delimiter: delimiter.to_owned(),
        ..Chosen::text("", origin)
    }
}

fn range(text: &str) -> Chosen {
    let range = TimeRange::read(text, circumstances(false).now).unwrap();
    Chosen { held: Held::Time(range), ..Chosen::text("", Origin::Given) }
}

fn scope<const N: usize>(values: [(&str, Chosen); N]) -> Scope<'static> {
    Scope { around: None, values: values.map(|(name, chosen)| (name.to_owned(), chosen)).into() }
}

fn written(template: &str, chosen: Chosen) -> Result<String, String> {
    query(template, &scope([("P", chosen)]), &circumstances(false)).map(|expanded| expanded.text)
}

fn given(template: &str, value: &str) -> Result<String, String> {
    written(template, Chosen::text(value, Origin::Given))
}

#[test]
fn given_values_in_every_place() {
    for (template, value, wanted) in [
        ("T | where x == '{P}'", "O'Neil", "T | where x == 'O\\'Neil'"),
        ("T | where x == '{P}'", "'; drop table T //", "T | where x == '\\'; drop table T //'"),
        ("T | where x == \"{P}\"", "a\"b'c", "T | where x == \"a\\\"b'c\""),
        ("T | where x == '{P}'", "DOM\\user", "T | where x == 'DOM\\\\user'"),
        ("T | where x == '{P}'", "a\r\n| take 1", "T | where x == 'a\\r\\n| take 1'"),
        ("T | where x == '{P}'", "</script>", "T | where x == '</script>'"),
        ("T | where x == '{P}'", "\u{1b}[31m", "T | where x == '\\u001b[31m'"),
        ("T | where x == '{P}'", "日本😀", "T | where x == '日本😀'"),
        ("T | where x == '{P}'", "", "T | where x == ''"),
        ("T | where x == @'{P}'", "O'Neil\\", "T | where x == @'O''Neil\\'"),
        ("T | where x == h@\"{P}\"", "a\"b", "T | where x == h@\"a\"\"b\""),
        ("T | where x == h'{P}'", "O'Neil", "T | where x == h'O\\'Neil'"),
        ("print ```{P}```", "O'Neil\n`x\"", "print ```O'Neil\n`x\"```"),
        ("print ~~~{P}~~~", "a~~b", "print ~~~a~~b~~~"),
        ("T // for {P}\n| take 1", "x\n| take 2", "T // for x | take 2\n| take 1"),
        ("T | take {P}", "10", "T | take 10"),
        ("T | where x > {P}", "datetime(2026-11-01)", "T | where x > datetime(2026-11-01)"),
        ("T | where x > datetime({P})", "2026-11-01", "T | where x > datetime(2026-11-01)"),
        ("T | project {P}", "ResultType", "T | project ResultType"),
        ("print dynamic({P})", "{\"a\": [\"it's\"]}", "print dynamic({\"a\":[\"it's\"]})"),
        ("T | where x contains '{P:label}'", "O'Neil", "T | where x contains 'O\\'Neil'"),
        ("T | where x in (@'a'{P})", "'b\\''", "T | where x in (@'a' 'b\\'')"),
        ("print '{P:base64}'", "a'b", "print 'YSdi'"),
        ("print '{P:escape}'", "a'b", "print 'a\\'b'"),
        ("print parse_json('{P:escapejson}')", "a\"b", "print parse_json('a\\\\\"b')"),
    ] {
        assert_eq!(given(template, value).as_deref(), Ok(wanted), "{template} with {value}");
    }
}

#[test]
fn what_cannot_stand_there_is_refused() {
    for (template, value) in [
        ("T | take {P}", "1 | project x"),
        ("T | where {P}", "true or x == 'a'"),
        ("T | where x > datetime({P})", "2026-11-01) or true //"),
        ("T | where x > datetime(\"{P}\")", "\") or true //"),
        ("print ```{P}```", "a```b"),
        ("print ```{P}```", "a`"),
        ("print @'{P}'", "a\nb"),
        ("print '\\{P}'", "' or true //"),
        ("print dynamic({P})", "[1]) | take 1 //"),
        ("print {P}", "dynamic([1])"),
    ] {
        let error = given(template, value).unwrap_err();
        assert!(error.starts_with("the value of P stands ") && error.contains("--faithful"), "{error}");
        let faithful = circumstances(true);
        let scope = scope([("P", Chosen::text(value, Origin::Given))]);
        let expected = template.replace("{P}", value);
        assert_eq!(query(template, &scope, &faithful).unwrap().text, expected);
    }
}

#[test]
fn the_authors_values_may_be_queries() {
    let author =
        |template: &str, value: &str| written(template, Chosen::text(value, Origin::Author)).unwrap();
    assert_eq!(author("T {P}", "| where x == 'a' | take 1"), "T | where x == 'a' | take 1");
    // A literal that it begins is seen to be one.
    let values = scope([
        ("P", Chosen::text("x == '", Origin::Author)),
        ("Q", Chosen::text("' or true", Origin::Given)),
    ]);
    let text = query("T | where {P}{Q}'", &values, &circumstances(false)).unwrap().text;
    assert_eq!(text, "T | where x == '\\' or true'");
    // Escapes that are right are meant as such; what would end the literal is part of the value.
    assert_eq!(author("print '{P}'", "\\\\d+"), "print '\\\\d+'");
    assert_eq!(author("print '{P}'", "\\d+"), "print '\\\\d+'");
    assert_eq!(author("print '{P}'", "O'Neil"), "print 'O\\'Neil'");
    assert_eq!(author("print @'{P}'", "O'Neil"), "print @'O''Neil'");
    assert_eq!(author("print @'{P}'", "O''Neil"), "print @'O''Neil'");
    assert_eq!(author("print '{P}'", "a\\"), "print 'a\\\\'");
}

#[test]
fn several_values() {
    let two = |quote, delimiter| picked(&["O'Neil", "B"], quote, delimiter, Origin::Given);
    for (template, chosen, wanted) in [
        ("T | where x in ({P})", two("'", ","), "T | where x in ('O\\'Neil','B')"),
        ("T | where x in ({P})", two("\"", ", "), "T | where x in (\"O'Neil\", \"B\")"),
        ("T | where x in ({P:value})", two("'", ","), "T | where x in ('O\\'Neil','B')"),
        ("T | where x in ('{P}')", two("", "','"), "T | where x in ('O\\'Neil','B')"),
        ("T | where x == '{P}'", two("", ","), "T | where x == 'O\\'Neil,B'"),
        ("T | where x == \"{P}\"", two("'", ","), "T | where x == \"'O'Neil','B'\""),
        ("T | where x == '{P}'", two("'", ","), "T | where x == '\\'O\\'Neil\\',\\'B\\''"),
        ("T // {P}\n", two("'", ","), "T // 'O'Neil','B'\n"),
        (
            "T | where x matches regex @{P}",
            picked(&["O'\\d"], "'", ",", Origin::Given),
            "T | where x matches regex @'O''\\d'",
        ),
        ("T | where x in (@'a'{P})", picked(&["b"], "'", ",", Origin::Given), "T | where x in (@'a' 'b')"),
        ("T | where x in (@{P}'b')", picked(&["a"], "'", ",", Origin::Given), "T | where x in (@'a' 'b')"),
        ("T | project {P}", picked(&["a", "b"], "", ",", Origin::Given), "T | project a,b"),
        ("T | where x in ({P:label})", picked(&["1"], "'", ",", Origin::Given), "T | where x in (1)"),
    ] {
        assert_eq!(written(template, chosen).as_deref(), Ok(wanted), "{template}");
    }
    assert!(written("T | project {P}", picked(&["a", "b | take 1"], "", ",", Origin::Given)).is_err());
    let all = Chosen {
        held: Held::Picked { all: true, values: Vec::new() },
        select_all: Some("*".to_owned()),
        ..two("'", "'")
    };
    let both = "T | where x in ({P}) or '*' in ({P})";
    assert_eq!(written(both, all.clone()).unwrap(), "T | where x in ('*') or '*' in ('*')");
    let nothing = Chosen { select_all: None, label: "App".to_owned(), ..all };
    assert_eq!(written(both, nothing), Err("there are no values of App to choose from".to_owned()));
    let listed = Chosen { select_all: None, ..two("'", ",") };
    assert_eq!(written("T | where x in ({P})", listed).unwrap(), "T | where x in ('O\\'Neil','B')");
}

#[test]
fn a_delimiter_that_is_the_quote_is_mended() {
    let values =
        scope([("P", Chosen { label: "Job Id".to_owned(), ..picked(&["A", "B"], "'", "'", Origin::Given) })]);
    let mended = query("T | where x in ({P}) or y in ({P})", &values, &circumstances(false)).unwrap();
    assert_eq!(mended.text, "T | where x in ('A','B') or y in ('A','B')");
    assert_eq!(mended.notes.len(), 1);
    assert!(mended.notes[0].starts_with("several values of Job Id stand with commas between"), "{mended:?}");
    let faithful = query("T | where x in ({P})", &values, &circumstances(true)).unwrap();
    assert_eq!((faithful.text.as_str(), faithful.notes.len()), ("T | where x in ('A'''B')", 0));
    let one = scope([("P", picked(&["A"], "'", "'", Origin::Given))]);
    let one = query("T | where x in ({P})", &one, &circumstances(false)).unwrap();
    assert_eq!((one.text.as_str(), one.notes.len()), ("T | where x in ('A')", 0));
    assert_eq!(words("{P}", &values, &circumstances(true)), "'A'''B'");
}

#[test]
fn values_that_are_not_set() {
    let unset = |required| Chosen {
        held: Held::Unset,
        label: "Job Id".to_owned(),
        required,
        ..Chosen::text("", Origin::Given)
    };
    let sentence = Err("choose a value for Job Id".to_owned());
    for template in ["T | where x in ({P})", "T | where x !in~ ( {P} )", "T | where x has_any ({P:label})"] {
        assert_eq!(written(template, unset(false)), sentence, "{template}");
    }
    assert_eq!(
        written(
            "T | where x in ({P})",
            Chosen { label: "Job Id".to_owned(), ..picked(&[], "'", ",", Origin::Given) }
        ),
        sentence
    );
    assert_eq!(written("T {P}", unset(true)), sentence);
    assert_eq!(written("T {P}", unset(false)).unwrap(), "T ");
    assert_eq!(written("T | where x == '{P}'", unset(false)).unwrap(), "T | where x == ''");
    assert_eq!(written("T | extend x = f({P})", unset(false)).unwrap(), "T | extend x = f()");
    let faithful = query("T | where x in ({P})", &scope([("P", unset(false))]), &circumstances(true));
    assert_eq!(faithful.unwrap().text, "T | where x in ()");
}

#[test]
fn ranges_of_time_in_queries() {
    let (start, end) = ("datetime(2026-10-30T00:00:00Z)", "datetime(2026-11-01T00:00:00Z)");
    for (template, wanted) in [
        ("T | where t {P}", "T | where t > ago(2d)".to_owned()),
        ("T | where t {P:value}", "T | where t > ago(2d)".to_owned()),
        ("T | where t {P:query}", "T | where t > ago(2d)".to_owned()),
        ("range({P:start}, {P:end}, {P:grain})", format!("range({start}, {end}, 1h)")),
        ("print datetime({P:start})", format!("print {start}")),
        ("print datetime( {P:start} )", "print datetime( 2026-10-30T00:00:00Z )".to_owned()),
        ("print datetime(\"{P:end}\")", "print datetime(\"2026-11-01T00:00:00Z\")".to_owned()),
        ("print todatetime({P:start})", format!("print todatetime({start})")),
        ("print datetime({P:startISO})", "print datetime(2026-10-30T00:00:00.000Z)".to_owned()),
        ("print '{P:label}'", "print 'Last 48 hours'".to_owned()),
        ("print '{P:seconds}'", "print '172800'".to_owned()),
        ("print {P:unknown}", "print {P:unknown}".to_owned()),
    ] {
        assert_eq!(written(template, range("48h")), Ok(wanted), "{template}");
    }
    assert_eq!(
        written("T | where t{P}", range("2026-10-01..2026-10-08")).unwrap(),
        "T | where t between (datetime(\"2026-10-01T00:00:00.000Z\") .. datetime(\"2026-10-08T00:00:00.000Z\"))"
    );
    assert_eq!(
        written("print \"{P}\"", range("2026-10-01..2026-10-02")).unwrap(),
        "print \" between (datetime(\\\"2026-10-01T00:00:00.000Z\\\") .. datetime(\\\"2026-10-02T00:00:00.000Z\\\"))\""
    );
}

#[test]
fn what_is_no_parameter_stays() {
    let template = r#"T | where x matches regex '\\d{3}' | extend y = dynamic({"a": {"b": 1}}) | where z == "{Q}{P:zz}""#;
    assert_eq!(given(template, "v").unwrap(), template);
    let lets = Circumstances { expansion: Expansion::Lets, ..circumstances(false) };
    let scope = scope([("P", Chosen::text("v", Origin::Given))]);
    assert_eq!(query("print '{P}'", &scope, &lets).unwrap().text, "print '{P}'");
    assert_eq!(words("is {P}", &scope, &lets), "is v");
    assert_eq!(names("{P:label} {Q} {P} {1} {\"a\":{R}}"), ["P", "Q", "R"]);
}

#[test]
fn words_for_readers() {
    let values = scope([
        ("Text", Chosen::text("O'Neil <b>", Origin::Given)),
        ("Two", picked(&["A", "B"], "'", "'", Origin::Given)),
        ("T", range("48h")),
        ("Odd", range("2026-10-01T10:20:30.5..2026-10-02")),
        ("Link", Chosen::text("[x](https://example.com)", Origin::Author)),
        ("Evil", Chosen::text("[x](javascript:a) `b` *c*\n# d", Origin::Given)),
    ]);
    let said = |template: &str| words(template, &values, &circumstances(false));
    for (template, wanted) in [
        ("{Text}!", "O'Neil <b>!"),
        ("{Two} {Two:label}", "'A','B' A, B"),
        ("{T}", "Last 48 hours"),
        ("{T:label}", "Last 48 hours"),
        ("{T:value}", "> ago(2d)"),
        ("{T:start} – {T:end}", "2026-10-30 00:00 UTC – 2026-11-01 00:00 UTC"),
        ("{Odd:start}", "2026-10-01 10:20:30 UTC"),
        ("{T:grain}", "1h"),
        ("{No} {Text:no}", "{No} {Text:no}"),
    ] {
        assert_eq!(said(template), wanted, "{template}");
    }
    let marked = markdown("**{Link}** {Evil}", &values, &circumstances(false));
    assert_eq!(marked, "**[x](https://example.com)** \\[x\\](javascript:a) \\`b\\` \\*c\\* # d");
    for (value, wanted) in [
        ("2026-10-01", "2026-10-01"),
        ("1. x", "1\\. x"),
        ("1.5", "1\\.5"),
        ("# x", "\\# x"),
        ("    - x", "\\- x"),
        ("a-b (c)!", "a-b (c)!"),
        ("&lt;<b>|~", "\\&lt;\\<b\\>\\|\\~"),
        ("", ""),
    ] {
        assert_eq!(without_markup(value), wanted, "{value}");
    }
    assert_eq!(origin(["{Link}", "{T}{No}"], &values), Origin::Author);
    assert_eq!(origin(["{Link}", "{Text}"], &values), Origin::Given);
}

/// Queries with a value in every place that takes any value, or any without certain signs.
const PLACES: &[&str] = &[
    "T | where x == '{P}' | take 5",
    "T | where x == \"{P}\" and y == '{P}'",
    "T | where x == h'{P}' // it's {P}\n| take 5",
    "T | where x == @'{P}' | take 5",
    "T | where x == @\"a{P}b\" | take 5",
    "print ```{P}``` | take 5",
    "print ~~~x{P}x~~~ | take 5",
    "T // {P}\n| where x == 'it''s' | take 5",
    "T | where x in ({P}) | take 5",
    "T | where x in (h{Q},{Q}) | take 5",
    "T | where x matches regex @{Q} | take 5",
    "T | where x > {P} | take 5",
    "T | where x > datetime({P}) | take 5",
    "print dynamic({P}) | take 5",
    "T | where x == '{P}{Q}{P}' | take 5",
    "T | where ['{P}'] == 1 | take 5",
    "T | where x == @'a''{P}' | take 5",
];

/// What queries are made of where it matters to values.
const PIECES: &[&str] = &[
    "{P}",
    "{P}",
    "{P}",
    "{Q}",
    "{Q}",
    "{R}",
    "'",
    "'",
    "\"",
    "@",
    "@'",
    "@\"",
    "h",
    "```",
    "~~~",
    "`",
    "~",
    "//",
    "/",
    "\n",
    "\\",
    "(",
    ")",
    "datetime(",
    "dynamic(",
    "in",
    "=~",
    "in~",
    " ",
    "a",
    "1",
    "|",
    ",",
    "#",
    "''",
    "\"\"",
    "$",
    ".",
    "!~",
];

/// The tokens with what is within literals and comments left out.
fn shape(text: &str) -> Vec<(TokenClass, String)> {
    let shown = |token: calypso_parser::Token| match token.class {
        TokenClass::String | TokenClass::Comment | TokenClass::Directive => (token.class, String::new()),
        TokenClass::Operator
        | TokenClass::Keyword
        | TokenClass::ScalarOperator
        | TokenClass::Type
        | TokenClass::Function
        | TokenClass::Parameter
        | TokenClass::Name
        | TokenClass::Number
        | TokenClass::Bool
        | TokenClass::Punctuation
        | TokenClass::Invalid => (token.class, token.span.text(text).to_string()),
    };
    tokens(text).into_iter().map(shown).collect()
}

/// The tokens that a plain value in code may be, as one.
fn is_value(class: TokenClass) -> bool {
    !matches!(class, TokenClass::Operator | TokenClass::Comment | TokenClass::Directive | TokenClass::Invalid)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn a_value_is_only_ever_a_value(
        value in prop_oneof![".{0,12}", "['\"\\\\`~@h/|()\\[\\]{}\n\r;,*#a1 -]{0,12}", "[0-9a-z().:-]{0,8}"],
        place in 0..PLACES.len(),
    ) {
        let template = PLACES[place];
        let expand = |value: &str| {
            let values = scope([
                ("P", Chosen::text(value, Origin::Given)),
                ("Q", picked(&[value], "'", ",", Origin::Given)),
            ]);
            query(template, &values, &circumstances(false)).map(|expanded| expanded.text)
        };
        let Ok(text) = expand(&value) else { return Ok(()) };
        let harmless = expand("1").unwrap();
        let (found, wanted) = (shape(&text), shape(&harmless));
        if template.contains("({P})") || template.contains("> {P}") {
            // In code one token takes the place of one, or is left out; JSON may be several.
            let json = template.contains("dynamic");
            let end = [(TokenClass::Punctuation, "|".to_owned()), (TokenClass::Operator, "take".to_owned())];
            prop_assert!(found.windows(2).filter(|two| *two == end).count() == 1, "{}", text);
            prop_assert!(json || found.len() <= wanted.len() + 1, "{}", text);
            prop_assert_eq!(&found[..3], &wanted[..3]);
            prop_assert_eq!(&found[found.len() - 3..], &wanted[wanted.len() - 3..]);
            let operators = |shape: &[(TokenClass, String)]| {
                shape.iter().filter(|(class, _)| !is_value(*class)).cloned().collect::<Vec<_>>()
            };
            prop_assert_eq!(operators(&found), operators(&wanted), "{}", text);
        } else {
            prop_assert_eq!(found, wanted, "{}", text);
            prop_assert!(parse(&text).is_ok() || !parse(&harmless).is_ok(), "{}", text);
        }
    }

    #[test]
    fn no_value_leaves_its_literal_in_any_template(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..14),
        value in prop_oneof![".{0,8}", "['\"\\\\`~@h/|()\n\r;,#a]{0,8}"],
    ) {
        let template: String = pieces.concat();
        let expand = |value: &str| {
            let values = scope([
                ("P", Chosen::text(value, Origin::Given)),
                ("Q", picked(&[value, "b"], "'", ",", Origin::Given)),
                ("R", picked(&[value], "\"", ",", Origin::Given)),
            ]);
            query(&template, &values, &circumstances(false)).map(|expanded| expanded.text)
        };
        // No plain value: in code without quotes it is refused.
        let Ok(text) = expand(&format!("(;{value}")) else { return Ok(()) };
        let wanted = shape(&expand("x").unwrap());
        // Signs that are none of the language's: such a query never runs.
        prop_assume!(wanted.iter().all(|(class, _)| *class != TokenClass::Invalid));
        prop_assert_eq!(shape(&text), wanted, "{}", text);
    }

    #[test]
    fn a_value_between_quotes_is_read_as_itself(value in ".{0,16}", quote in "['\"]") {
        let text = given(&format!("print {quote}{{P}}{quote}"), &value).unwrap();
        let printed = calypso_parser::print(&parse(&text).query);
        let literal = given("print \"{P}\"", &value).unwrap();
        prop_assert_eq!(printed, calypso_parser::print(&parse(&literal).query));
        let read = format!("{:?}", parse(&text).query);
        prop_assert!(read.contains(&format!("{value:?}")), "{} in {}", value, read);
    }

    #[test]
    fn any_template_expands(template in "[{}P:'\"@`~/\\\\\n()a ]{0,30}", value in ".{0,8}") {
        let _ = given(&template, &value);
        let _ = words(&template, &scope([("P", Chosen::text(value, Origin::Given))]), &circumstances(false));
    }
}
