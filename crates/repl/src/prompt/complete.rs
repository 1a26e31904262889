//! Completion. In: the text up to the cursor and the tables. Out: where the word begins and what it may become: tables,
//! the columns at this place in the pipe, functions, aggregates, operators, `let` names.

use super::directives;
use crate::known::Known;
use crate::saved;
use calypso_library::builtin::{self, BuiltinKind};
use calypso_parser::print_name;
use calypso_planner::catalog::Catalog;
use calypso_planner::reach::{LetKind, Reach, reach};

/// One way to go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// What is put in place of the word.
    pub text: String,
    /// What it is: a type, a sentence; may be empty.
    pub about: String,
}

/// Operators that can follow `|`, with what they do.
const OPERATORS: &[(&str, &str)] = &[
    ("as", "names the rows for later use"),
    ("consume", "reads all rows and gives none"),
    ("count", "counts the rows"),
    ("distinct", "each combination of values once"),
    ("evaluate", "calls a plugin"),
    ("extend", "adds computed columns"),
    ("facet", "one table per column's values"),
    ("find", "rows of several tables that match"),
    ("fork", "several pipelines over the same rows"),
    ("getschema", "names and types of the columns"),
    ("invoke", "calls a function with the rows"),
    ("join", "pairs rows of two tables by key"),
    ("limit", "at most so many rows"),
    ("lookup", "adds columns of a small table by key"),
    ("make-series", "arrays over an axis of time or numbers"),
    ("mv-apply", "a subquery over each row's array"),
    ("mv-expand", "one row per element of an array"),
    ("order", "sorts: `order by x`"),
    ("parse", "takes columns out of a text"),
    ("parse-kv", "takes columns out of key-value text"),
    ("parse-where", "as parse, only rows that match"),
    ("partition", "a subquery per value of a key"),
    ("project", "chooses and computes columns"),
    ("project-away", "drops columns"),
    ("project-keep", "keeps columns"),
    ("project-rename", "renames columns"),
    ("project-reorder", "puts columns first"),
    ("reduce", "groups texts by likeness"),
    ("render", "draws the rows"),
    ("sample", "so many random rows"),
    ("sample-distinct", "so many distinct values"),
    ("scan", "matches sequences of rows"),
    ("search", "rows that hold a text anywhere"),
    ("serialize", "fixes the order of the rows"),
    ("sort", "sorts: `sort by x`"),
    ("summarize", "aggregates, by groups"),
    ("take", "at most so many rows"),
    ("top", "the first rows by order: `top 5 by x`"),
    ("top-hitters", "the most frequent values"),
    ("top-nested", "the largest groups, level by level"),
    ("union", "rows of several tables"),
    ("where", "rows that satisfy a condition"),
];

/// Words that may begin a query beside tables.
const BEGINNINGS: &[(&str, &str)] = &[
    ("datatable", "rows given in the query"),
    ("let", "names a value, rows or a function"),
    ("print", "one row of computed values"),
    ("range", "a row per step"),
    ("set", "an option of the query"),
    ("union", "rows of several tables"),
];

/// Words that belong to an operator.
const WORDS: &[(&str, &[&str])] = &[
    ("summarize", &["by"]),
    ("make-series", &["by", "on", "from", "to", "step", "default"]),
    ("sort", &["by", "asc", "desc", "nulls first", "nulls last"]),
    ("order", &["by", "asc", "desc", "nulls first", "nulls last"]),
    ("top", &["by", "asc", "desc"]),
    ("parse", &["with", "kind="]),
    ("parse-where", &["with", "kind="]),
    ("mv-expand", &["to typeof(", "limit"]),
    ("mv-apply", &["on", "to typeof("]),
];

/// Words of a join between its name and `on`.
const JOIN_WORDS: &[&str] = &[
    "kind=innerunique",
    "kind=inner",
    "kind=leftouter",
    "kind=rightouter",
    "kind=fullouter",
    "kind=leftanti",
    "kind=leftsemi",
    "kind=rightanti",
    "kind=rightsemi",
    "on",
];

/// What `render` can draw.
const CHARTS: &[&str] = &[
    "anomalychart",
    "areachart",
    "barchart",
    "card",
    "columnchart",
    "linechart",
    "piechart",
    "scatterchart",
    "stackedareachart",
    "table",
    "timechart",
];

/// Where the word at the end of `text` begins, and what it may become, in order.
pub fn complete(text: &str, known: &Known) -> (usize, Vec<Candidate>) {
    if text.trim_start().starts_with('#') && !text.contains('\n') {
        return directive(text, known);
    }
    let found = reach(text, known);
    let word = &text[found.start..];
    let mut all = Vec::new();
    gather(&found, word, known, &mut all);
    let lower = word.to_lowercase();
    all.retain(|one| one.text.to_lowercase().trim_start_matches("['").starts_with(&lower));
    // A name of the very case that was typed goes before others.
    if all.iter().any(|one| one.text.starts_with(word)) && !word.is_empty() {
        all.retain(|one| one.text.starts_with(word));
    }
    all.dedup();
    (found.start, all)
}

fn gather(found: &Reach, word: &str, known: &Known, all: &mut Vec<Candidate>) {
    let words = |list: &[&str], all: &mut Vec<Candidate>| all.extend(list.iter().map(|word| plain(word, "")));
    if found.operators {
        all.extend(OPERATORS.iter().map(|(word, about)| plain(word, about)));
        return;
    }
    let operator = found.operator.as_deref();
    if operator == Some("render") {
        words(CHARTS, all);
        return;
    }
    if found.sources {
        for name in known.tables() {
            let count = known.table(&name).map_or(0, |columns| columns.len());
            all.push(Candidate { text: print_name(&name), about: format!("table of {count} columns") });
        }
        let rows = found.lets.iter().filter(|one| one.kind != LetKind::Scalar);
        all.extend(rows.map(|one| let_candidate(&one.name, one.kind)));
        if operator.is_none() {
            all.extend(BEGINNINGS.iter().map(|(word, about)| plain(word, about)));
        }
        if matches!(operator, Some("join" | "lookup")) {
            words(JOIN_WORDS, all);
        }
    }
    if found.expressions {
        expressions(found, word, all);
        if let Some((_, list)) = WORDS.iter().find(|(name, _)| Some(*name) == operator) {
            words(list, all);
        }
    }
}

fn expressions(found: &Reach, word: &str, all: &mut Vec<Candidate>) {
    all.extend(
        found
            .columns
            .iter()
            .map(|column| Candidate { text: print_name(&column.name), about: column.ty.name().to_owned() }),
    );
    let values = found.lets.iter().filter(|one| !found.sources || one.kind == LetKind::Scalar);
    all.extend(values.map(|one| let_candidate(&one.name, one.kind)));
    // Hundreds of functions would hide the columns.
    if word.is_empty() && !found.columns.is_empty() {
        return;
    }
    let groups = matches!(found.operator.as_deref(), Some("summarize" | "make-series" | "top-nested"));
    let builtins = builtin::all();
    let fitting = builtins.iter().filter(|one| match one.kind {
        BuiltinKind::Function => true,
        BuiltinKind::Aggregate => groups,
        BuiltinKind::Plugin => found.operator.as_deref() == Some("evaluate"),
    });
    all.extend(
        fitting.map(|one| Candidate { text: format!("{}(", one.name), about: one.summary.to_owned() }),
    );
}

fn plain(text: &str, about: &str) -> Candidate {
    Candidate { text: text.to_owned(), about: about.to_owned() }
}

fn let_candidate(name: &str, kind: LetKind) -> Candidate {
    match kind {
        LetKind::Scalar => plain(name, "value given by let"),
        LetKind::Table => plain(name, "rows given by let"),
        LetKind::Function => plain(&format!("{name}("), "function given by let"),
    }
}

/// `#schema` takes tables, `#run` saved queries, `#panel` panels.
fn directive(text: &str, known: &Known) -> (usize, Vec<Candidate>) {
    let lead = text.len() - text.trim_start().len();
    let Some((name, _)) = text[lead..].split_once(' ') else {
        let fitting = directives::ALL.iter().filter(|one| one.name.starts_with(&text[lead..]));
        return (lead, fitting.map(|one| plain(one.name, one.about)).collect());
    };
    let start = text.rfind(' ').map_or(text.len(), |at| at + 1);
    let word = &text[start..];
    let names: Vec<String> = match name {
        "#schema" => known.tables(),
        "#run" => saved::names().into_iter().collect(),
        _ => Vec::new(),
    };
    let fitting = names.into_iter().filter(|known| known.starts_with(word));
    (start, fitting.map(|name| plain(&name, "")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use clap::Parser;

    fn texts(text: &str) -> Vec<String> {
        let arguments = crate::arguments::Arguments::parse_from(["calypso"]);
        let opened = data::demo(&arguments.shared).expect("the demo logs open");
        let (_, found) = complete(text, &Known::names(&opened.engine, 0));
        found.into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn tables_operators_columns_and_functions() {
        assert_eq!(texts("AADP"), ["AADProvisioningLogs"]);
        assert_eq!(texts("aadp"), ["AADProvisioningLogs"]);
        assert_eq!(texts("AADProvisioningLogs | summ"), ["summarize"]);
        assert_eq!(texts("AADProvisioningLogs | project-r"), ["project-rename", "project-reorder"]);
        assert_eq!(texts("AADProvisioningLogs | where ResultT"), ["ResultType"]);
        assert_eq!(texts("AADProvisioningLogs | extend Sum = 1 | project-away Su"), ["Sum"]);
        assert_eq!(texts("print strl"), ["strlen("]);
        assert_eq!(texts("AADProvisioningLogs | summarize dcountif"), ["dcountif("]);
        assert!(texts("AADProvisioningLogs | where dcountif").is_empty());
        assert_eq!(texts("AADProvisioningLogs | render timec"), ["timechart"]);
        assert_eq!(texts("let Limit = 5; print Li"), ["Limit"]);
        assert!(texts("print 'AADP").is_empty());
        assert_eq!(texts("print 1 | where "), ["print_0"]);
    }

    #[test]
    fn directives_and_what_they_take() {
        assert_eq!(texts("#sch"), ["#schema"]);
        assert_eq!(texts("#schema Aud"), ["AuditLogs"]);
        assert_eq!(texts("#run cloud-sync/recent"), ["cloud-sync/recent-errors.kql"]);
    }

    #[test]
    fn every_operator_is_one() {
        for (word, _) in OPERATORS {
            let text = format!("T | {word} ");
            let class = calypso_parser::tokens(&text).get(2).map(|token| token.class);
            assert_eq!(class, Some(calypso_parser::TokenClass::Operator), "{word}");
        }
    }
}
