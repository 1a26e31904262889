//! What is said of broken queries: the code, the text it points at, and the way out.

use calypso_parser::parse;

/// Each finding as `code "text": message; help`.
fn findings(text: &str) -> Vec<String> {
    let line = |found: &calypso_parser::Diagnostic| {
        let help = found.help.as_deref().unwrap_or("");
        format!("{} {:?}: {}; {help}", found.code.unwrap_or("-"), found.span.text(text), found.message)
    };
    parse(text).diagnostics.iter().map(line).collect()
}

#[track_caller]
fn expect(text: &str, wanted: &[&str]) {
    assert_eq!(findings(text), wanted, "{text}");
}

#[test]
fn misspelt_operators_are_named() {
    expect("T | wher a == 1", &["KS176 \"wher\": `wher` is no query operator; use `where`"]);
    expect(
        "T | Where a == 1",
        &["KS176 \"Where\": `Where` is no query operator; write `where`: operators are in lower case"],
    );
    expect(
        "T | project-aways x",
        &["KS176 \"project-aways\": `project-aways` is no query operator; use `project-away`"],
    );
}

#[test]
fn habits_from_sql_are_known() {
    expect(
        "SELECT a, COUNT(*) AS n FROM T WHERE x = 1 AND s LIKE '%q%' GROUP BY a HAVING n > 5 ORDER BY n DESC LIMIT 3",
        &["KS198 \"SELECT\": `SELECT` begins a statement of SQL, not of KQL; \
           write `T | where x == 1 and s contains \"q\" | summarize n = count() by a | where n > 5 | top 3 by n desc`"],
    );
    expect(
        "SELECT a.x FROM T a JOIN U b ON a.k = b.k",
        &["KS198 \"SELECT\": `SELECT` begins a statement of SQL, not of KQL; \
           a query begins with its table: `T | where … | project a, b`"],
    );
    expect(
        "T WHERE a == 1",
        &["KS198 \"WHERE\": expected `|`, `;` or the end of the query, found `WHERE`; \
           write `| where …`: operators are in lower case, after a `|`"],
    );
    expect(
        "T | where a == 1 || b == 2",
        &["KS176 \"|\": expected a query operator, found `|`; write `or`; to join texts, `strcat(a, b)`"],
    );
    expect("T | where a == 1 && b == 2", &["KS002 \"&&\": `&&` is no part of the language; use `and`"]);
    expect(
        "T | where a == 1 /* b */ | count",
        &["KS002 \"/* b */\": `/*` begins no comment; a comment begins with `//` and ends with its line"],
    );
    expect("T | where a not in (1)", &["KS198 \"not\": found `not` where `where` ends; write `!in (…)`"]);
    expect(
        "T | summarize n = count() s",
        &[
            "KS198 \"s\": found `s` where `summarize` ends; put `by` before `s` to group by it, or `,` between aggregates",
        ],
    );
    expect(
        "T | order by s DESC",
        &["KS198 \"DESC\": found `DESC` where `order` ends; write `desc` in lower case"],
    );
    expect(
        "T | extend x = CASE WHEN a THEN b END",
        &[
            "KS198 \"WHEN\": found `WHEN` where `extend` ends; `case(condition, value, …, otherwise)` is a function",
        ],
    );
    expect(
        "T | where a between 1 and 2",
        &["KS005 \"1\": expected `(` and two bounds, found `1`; write `between (low .. high)`"],
    );
    expect(
        "T | where a = 1",
        &["KS198 \"=\": found `=` where `where` ends; compare with `==`; `=` gives a name"],
    );
    expect(
        "T | where a AND b",
        &["KS198 \"AND\": found `AND` where `where` ends; write `and` in lower case"],
    );
    expect(
        "T | where 1 < a < 5",
        &["KS198 \"<\": found `<` where `where` ends; \
           comparisons do not chain: join them with `and`, as in `1 < a and a < 5`"],
    );
    expect(
        "T | where a is null",
        &["KS198 \"is\": found `is` where `where` ends; \
           use `isnull(…)`, `isempty(…)`, or their negations `isnotnull(…)`, `isnotempty(…)`"],
    );
}

#[test]
fn several_mistakes_are_several_findings() {
    expect(
        "T | where x ==\n| extend kind = 1\n| summarize count() by\n| takes 5",
        &[
            "KS006 \"|\": expected an expression, found `|`; add an expression before `|`",
            "KS228 \"kind\": `kind` cannot be a name as it stands; write ['kind']",
            "KS006 \"|\": expected a column, found `|`; add a column before `|`",
            "KS176 \"takes\": `takes` is no query operator; use `take`",
        ],
    );
}

#[test]
fn one_mistake_is_one_finding() {
    expect(
        "T | where f(g(h(1 +)))",
        &["KS006 \")\": expected an expression, found `)`; add an expression before `)`"],
    );
    expect("T | where (a == 1", &["KS005 \"(\": `(` is never closed; add `)`"]);
    expect("T | where a == 'x", &["KS001 \"\": the string has no closing '; add '"]);
    expect(
        "T | make-series count() on t from a to b",
        &["KS005 \"\": expected `step` and the size of a bin, found the end of the query; \
           add `step` and the size of a bin"],
    );
}

#[test]
fn types_and_properties_are_suggested() {
    expect("datatable(a:str)[1]", &["KS160 \"str\": `str` is no type; use `string`"]);
    expect(
        "T | render timechart with (titel='x')",
        &["KS179 \"titel\": `titel` is no property here; use `title`"],
    );
}

#[test]
fn the_tree_is_kept() {
    let parsed = parse("T | where a == | extend b = 1");
    assert_eq!(calypso_parser::print(&parsed.query), "T\n| where a == \n| extend b = 1\n");
}

#[test]
fn canonical_text() {
    for (text, canonical) in [
        ("T|where a==1 and(b>2 or c)|order by x", "T\n| where a == 1 and (b > 2 or c)\n| sort by x\n"),
        ("print 'it''s', @\"\\d\", h'x', 1d, long(5)", "print \"its\", @\"\\d\", h\"x\", 1d, 5\n"),
        ("T | where x in (U | project k)", "T\n| where x in (\n    U\n    | project k\n)\n"),
        ("T | mv-apply x on (top 1 by x)", "T\n| mv-apply x on (top 1 by x)\n"),
        ("let f=(a:long){a+1};print f(1)", "let f = (a:long) {\n    a + 1\n};\nprint f(1)\n"),
        ("T | extend ['a b'] = ['where'].['c']", "T\n| extend ['a b'] = ['where'].c\n"),
    ] {
        assert_eq!(calypso_parser::print(&parse(text).query), canonical, "{text}");
    }
}

#[test]
fn dynamic_texts_are_trees() {
    use calypso_parser::ast::DynamicValue::{Array, Bag, Null, Number, String as Text};
    let value = calypso_parser::dynamic_literal("{'a': [1, -2.5, null, \"x\"]}");
    let items = vec![Number("1".into()), Number("-2.5".into()), Null, Text("x".into())];
    assert_eq!(value, Ok(Bag(vec![("a".to_string(), Array(items))])));
    assert!(calypso_parser::dynamic_literal("[1,]").is_err());
}
