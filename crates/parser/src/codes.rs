//! The reference of findings: every code that a query can be answered with, in words, with a query that earns it.
//!
//! The numbers are Kusto's where the meaning is; the words are ours.

/// What the reference says of a code.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// `KS142`
    pub code: &'static str,
    /// What it says, in a sentence.
    pub sentence: &'static str,
    /// A query that is answered with it, empty where none is short enough. `T` is a table with the columns `a:long`, `s:string`, `t:datetime` and
    /// `d:dynamic`.
    pub example: &'static str,
    /// The query as it was meant.
    pub mended: &'static str,
}

const fn code(
    code: &'static str,
    sentence: &'static str,
    example: &'static str,
    mended: &'static str,
) -> Code {
    Code { code, sentence, example, mended }
}

/// Every code, in order.
pub const CODES: &[Code] = &[
    code("KS001", "A text or a bracketed literal is not closed.", "print 'abc", "print 'abc'"),
    code(
        "KS002",
        "A character, an escape or a comment is no part of the language.",
        "T | where a > 1 && a < 5",
        "T | where a > 1 and a < 5",
    ),
    code(
        "KS004",
        "A literal does not hold a value of its type.",
        "print datetime(2024-13-01)",
        "print datetime(2024-12-01)",
    ),
    code("KS005", "A certain word or sign is missing.", "T | sort a", "T | sort by a"),
    code(
        "KS006",
        "A part is missing: an expression, a name, a column.",
        "T | where a ==",
        "T | where a == 1",
    ),
    code(
        "KS101",
        "In a pattern of `parse`, a text must stand before a column.",
        "T | parse s with x y",
        "T | parse s with x ',' y",
    ),
    code(
        "KS102",
        "In a pattern of `parse`, a text must stand between two stars.",
        "T | parse s with * * 'x'",
        "T | parse s with * 'x'",
    ),
    code(
        "KS103",
        "In a pattern of `parse`, a star after a text column leaves open where the column ends.",
        "T | parse s with x *",
        "T | parse s with x ',' *",
    ),
    code(
        "KS106",
        "An operator does not join values of these types.",
        "T | where t + t > t",
        "T | where t + 1d > t",
    ),
    code("KS107", "A value of another type is needed.", "T | where s", "T | where s == 'x'"),
    code(
        "KS108",
        "A single value is needed, not rows, a table or a column of many rows.",
        "T | where a > T",
        "T | where a > toscalar(T | count)",
    ),
    code("KS109", "The name of a column is needed.", "T | join (T) on 1", "T | join (T) on a"),
    code("KS110", "A new name is given as `new = old`.", "T | project-rename a", "T | project-rename b = a"),
    code(
        "KS111",
        "Rows are needed: a table, a subquery, a function that gives rows.",
        "5 | count",
        "T | count",
    ),
    code(
        "KS113",
        "The rows have no column to take a value from.",
        "print toscalar(T | project-away *)",
        "print toscalar(T | project a)",
    ),
    code(
        "KS114",
        "`cluster` and `database` name places that are not on this machine.",
        "cluster('x').database('y').T",
        "T",
    ),
    code(
        "KS116",
        "A value of this type cannot stand here; mostly a dynamic one where an order is needed.",
        "T | sort by d",
        "T | sort by tostring(d)",
    ),
    code(
        "KS117",
        "A function is called with its arguments in parentheses.",
        "T | summarize count by s",
        "T | summarize count() by s",
    ),
    code(
        "KS119",
        "A call has another number of arguments than the function takes.",
        "print strlen('a', 'b')",
        "print strlen('a')",
    ),
    code(
        "KS120",
        "A call has fewer or more arguments than the function may take.",
        "print substring('abc')",
        "print substring('abc', 1)",
    ),
    code("KS124", "No plugin has this name.", "T | evaluate bag_unpak(d)", "T | evaluate bag_unpack(d)"),
    code(
        "KS126",
        "A plugin stands after `evaluate`, not in an expression.",
        "T | extend x = bag_unpack(d)",
        "T | evaluate bag_unpack(d)",
    ),
    code(
        "KS127",
        "A function does not take values of these types.",
        "print strlen(5)",
        "print strlen(tostring(5))",
    ),
    code(
        "KS128",
        "A name is called that is no function.",
        "let x = 1; x() | count",
        "let x = () { T }; x() | count",
    ),
    code(
        "KS129",
        "A value must be known before any row is read.",
        "T | summarize make_list(s, a)",
        "T | summarize make_list(s, 10)",
    ),
    code(
        "KS131",
        "A literal is needed.",
        "T | extend x = column_ifexists(1, 2)",
        "T | extend x = column_ifexists('a', 2)",
    ),
    code("KS133", "A text that is not empty is needed.", "T | parse s with '' x", "T | parse s with 'k=' x"),
    code("KS134", "A whole number is needed.", "T | take 'x'", "T | take 5"),
    code("KS137", "A number is needed.", "T | top-hitters 2 of a by s", "T | top-hitters 2 of s by a"),
    code(
        "KS140",
        "A parameter does not take this value; the help lists those that it takes.",
        "T | join kind=left (T) on a",
        "T | join kind=leftouter (T) on a",
    ),
    code(
        "KS141",
        "A type is named that cannot stand here.",
        "print typeof(long, string)",
        "print typeof(long)",
    ),
    code(
        "KS142",
        "No column, variable or table has this name. Names are case-sensitive.",
        "T | where A == 1",
        "T | where a == 1",
    ),
    code("KS143", "No function has this name.", "print len('abc')", "print strlen('abc')"),
    code(
        "KS144",
        "An aggregate is needed here, or stands where rows are seen one by one.",
        "T | where count() > 5",
        "T | summarize count() by s | where count_ > 5",
    ),
    code(
        "KS145",
        "A join column must exist on both sides.",
        "T | join (T | project s) on a",
        "T | join (T | project a) on a",
    ),
    code("KS146", "One column gets a name twice.", "T | extend x = 1, x = 2", "T | extend x = 1, y = 2"),
    code("KS147", "Only dynamic values have parts.", "T | where a.b == 1", "T | where d.b == 1"),
    code(
        "KS160",
        "A schema names a type that is none.",
        "datatable(x:str) ['a']",
        "datatable(x:string) ['a']",
    ),
    code(
        "KS171",
        "A key or column is named twice.",
        "T | parse-kv s as (k:long, k:long) with (pair_delimiter=',', kv_delimiter='=')",
        "T | parse-kv s as (k:long, m:long) with (pair_delimiter=',', kv_delimiter='=')",
    ),
    code("KS174", "An operator has no rows before it.", "where a == 1", "T | where a == 1"),
    code("KS175", "What begins a query stands behind a `|`.", "T | print 1", "print 1"),
    code("KS176", "After `|` stands a query operator.", "T | wher a == 1", "T | where a == 1"),
    code(
        "KS177",
        "An operator that gives several answers stands only at the end of a statement.",
        "T | fork (count) (take 1) | count",
        "T | fork (count) (take 1)",
    ),
    code(
        "KS179",
        "A property is not known.",
        "T | render timechart with (titel='x')",
        "T | render timechart with (title='x')",
    ),
    code(
        "KS188",
        "No case of a pattern fits these arguments.",
        "declare pattern p = (x:string) { ('a') = { T }; }; p('b')",
        "declare pattern p = (x:string) { ('a') = { T }; }; p('a')",
    ),
    code(
        "KS191",
        "An aggregate over rows names no columns by `*`.",
        "T | summarize count(*)",
        "T | summarize count()",
    ),
    code(
        "KS192",
        "`*` in a schema stands first or last.",
        "T | evaluate bag_unpack(d) : (x:long, *, y:long)",
        "T | evaluate bag_unpack(d) : (*, x:long, y:long)",
    ),
    code(
        "KS196",
        "A function of the query has no parameter of this name.",
        "let f = (x:long) { x }; print f(y=1)",
        "let f = (x:long) { x }; print f(x=1)",
    ),
    code(
        "KS197",
        "An argument is missing.",
        "let f = (x:long) { x }; print f()",
        "let f = (x:long) { x }; print f(1)",
    ),
    code(
        "KS198",
        "Something stands where the statement or operator has ended.",
        "T | where a == 1 AND s == 'x'",
        "T | where a == 1 and s == 'x'",
    ),
    code(
        "KS201",
        "A name is declared twice.",
        "let x = 1; let x = 2; print x",
        "let x = 1; let y = 2; print x",
    ),
    code(
        "KS204",
        "No table has this name, in a management command.",
        ".show table Nowhere cslschema",
        ".show table T cslschema",
    ),
    code("KS208", "No database has this name.", "database('nowhere').T", "T"),
    code("KS211", "No stored function has this name.", ".show function Nowhere", ".show functions"),
    code(
        "KS214",
        "A guid is written in `guid(…)`.",
        "print 74be27de-1e4e-49d9-b579-fe0b331d3642",
        "print guid(74be27de-1e4e-49d9-b579-fe0b331d3642)",
    ),
    code(
        "KS217",
        "A pattern of a graph cannot be followed: its parts do not meet, or nothing in it varies.",
        "T | make-graph s --> s with_node_id=id | graph-match (x)-->(y), (v)-->(w) project x.id",
        "T | make-graph s --> s with_node_id=id | graph-match (x)-->(y), (y)-->(w) project x.id",
    ),
    code(
        "KS219",
        "An operator takes a graph and found rows, or takes rows and found a graph.",
        "T | graph-to-table nodes",
        "T | make-graph s --> s with_node_id=id | graph-to-table nodes",
    ),
    code(
        "KS222",
        "A text in quotes is needed.",
        "T | parse-kv s as (k:long) with (pair_delimiter=5, kv_delimiter='=')",
        "T | parse-kv s as (k:long) with (pair_delimiter=',', kv_delimiter='=')",
    ),
    code(
        "KS228",
        "A word of the language is a name only in brackets.",
        "T | extend kind = 1",
        "T | extend ['kind'] = 1",
    ),
    code(
        "KS230",
        "`graph-to-table` gives one table, but at the end of a query.",
        "T | make-graph s --> s with_node_id=id | graph-to-table nodes as N, edges as E | count",
        "T | make-graph s --> s with_node_id=id | graph-to-table nodes | count",
    ),
    code("KS236", "An aggregate is needed.", "T | top-nested 2 of s by 1", "T | top-nested 2 of s by max(a)"),
    code(
        "KS238",
        "A pattern of a graph ends with an edge.",
        "T | make-graph s --> s with_node_id=id | graph-match (x)--> project x.id",
        "T | make-graph s --> s with_node_id=id | graph-match (x)-->(y) project x.id",
    ),
    code(
        "KS239",
        "In a pattern of a graph, nodes and edges take turns.",
        "T | make-graph s --> s with_node_id=id | graph-match (x)-->-->(y) project x.id",
        "T | make-graph s --> s with_node_id=id | graph-match (x)-->()-->(y) project x.id",
    ),
    code(
        "KS240",
        "A dynamic column cannot hold the ids of nodes.",
        "T | make-graph d --> s with_node_id=id | graph-to-table nodes",
        "T | make-graph s --> s with_node_id=id | graph-to-table nodes",
    ),
    code("KS244", "The query is too long to be read.", "", ""),
    code("KS245", "Brackets, or operators on one another, stand too deep.", "", ""),
    code(
        "KS249",
        "Rows lack a column that a parameter needs, or have it with another type.",
        "let f = (R:(x:long)) { R | count }; f(T)",
        "let f = (R:(a:long)) { R | count }; f(T)",
    ),
    code(
        "KS273",
        "Two tables of a graph need names.",
        "T | make-graph s --> s with_node_id=id | graph-to-table nodes, edges",
        "T | make-graph s --> s with_node_id=id | graph-to-table nodes as N, edges as E",
    ),
    code("KS300", "After the dot of a command its name is missing.", ".", ".show tables"),
];

/// What is said of a code; letters may be of either case.
pub fn find(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|known| known.code.eq_ignore_ascii_case(code))
}
