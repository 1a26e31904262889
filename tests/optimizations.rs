//! Answers do not depend on what makes them fast: the queries of `optimizations.md`, the saved queries and the questions
//! of the benchmark over generated logs, with everything at work, without each one thing, and without all; in memory and
//! in files.

use crate::cases::rows;
use crate::logs::Logs;
use crate::markdown::{self, Piece};
use calypso_engine::{Engine, Optimization, Optimizations, RunOptions};
use calypso_library::Value;

#[test]
fn answers_are_the_same_without_optimizations() {
    let logs = Logs::new();
    let reference = logs.in_memory(Optimizations::none());
    let all = Optimizations::default();
    let always = [
        ("in memory, with all", logs.in_memory(all)),
        ("in files, with all", logs.in_files(all)),
        ("in files, with none", logs.in_files(Optimizations::none())),
    ];
    let without = Optimization::ALL.iter().map(|one| (one.name(), logs.in_files(all.without(*one))));
    let without = without.collect::<Vec<_>>();
    let queries = queries();
    assert!(queries.len() > 80, "there are queries");
    let mut wrong = Vec::new();
    // There are enough of them that each leaves out two things in turn.
    let mut turn = without.iter().cycle();
    for query in &queries {
        let expected = outcome(&reference, query);
        if let Err(reason) = &expected {
            wrong.push(format!("no answer, {reason}:\n{}", query.text));
        }
        for (way, engine) in always.iter().chain(turn.by_ref().take(2)) {
            let given = outcome(engine, query);
            if given != expected {
                let difference = difference(&expected, &given);
                wrong.push(format!("{way}: {difference}\n{}", query.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// A query, and whether its last operator, a `sort`, leaves no choice of order.
struct Query {
    text: String,
    ordered: bool,
}

impl Query {
    /// One written for this test.
    fn ours(text: String) -> Query {
        let ordered = text.trim_end().lines().last().is_some_and(|line| line.starts_with("| sort by "));
        Query { text, ordered }
    }
}

/// The columns of an answer, and its rows.
type Shown = (Vec<String>, Vec<Vec<String>>);

fn outcome(engine: &Engine, query: &Query) -> Result<Vec<Shown>, String> {
    let mut options = RunOptions::default();
    // Rules of alerts are asked for all evaluations of the run.
    if query.text.contains("declare query_parameters(\n    From: datetime") {
        for (name, value) in [("From", "2026-10-28"), ("To", "2026-11-01")] {
            options.parameters.insert(name.to_owned(), Value::String(value.to_owned()));
        }
    }
    let answers = engine.run_with(&query.text, &options).map_err(|error| error.to_string())?;
    let shown = answers.iter().map(|answer| {
        let header = answer.columns.iter().map(|column| format!("{}:{}", column.name, column.ty)).collect();
        let mut rows = rows(answer);
        if !query.ordered {
            rows.sort();
        }
        (header, rows)
    });
    Ok(shown.collect())
}

/// The first line that one has and the other has not.
fn difference(expected: &Result<Vec<Shown>, String>, given: &Result<Vec<Shown>, String>) -> String {
    let lines = |outcome: &Result<Vec<Shown>, String>| match outcome {
        Ok(answers) => answers
            .iter()
            .flat_map(|(header, rows)| std::iter::once(header).chain(rows).map(|row| row.join(" | ")))
            .collect::<Vec<_>>(),
        Err(reason) => vec![reason.clone()],
    };
    let (expected, given) = (lines(expected), lines(given));
    let at = expected.iter().zip(&given).take_while(|(a, b)| a == b).count();
    let line = |lines: &[String]| lines.get(at).cloned().unwrap_or_else(|| "nothing".to_owned());
    format!("line {at} is\n{}\nnot\n{}", line(&given), line(&expected))
}

/// The queries of the page, the saved ones, the questions of the benchmark, and mixed ones.
fn queries() -> Vec<Query> {
    let root = crate::root();
    let page = std::fs::read_to_string(root.join("tests/optimizations.md")).expect("the page can be read");
    let pieces = markdown::read(&page).into_iter().filter_map(|piece| match piece {
        Piece::Block(word, query) if word == "kql" => Some(Query::ours(query)),
        Piece::Block(..) | Piece::Heading(..) | Piece::Table(_) | Piece::Prose(_) => None,
    });
    let mut queries: Vec<Query> = pieces.collect();
    for folder in ["queries", "benches"] {
        let texts = crate::files(&root.join(folder), &["kql"]);
        let texts = texts.iter().map(|path| std::fs::read_to_string(path).expect("a query can be read"));
        // A question of the benchmark may be several queries.
        let texts = texts.flat_map(|text| text.split("\n// then\n").map(str::to_owned).collect::<Vec<_>>());
        queries.extend(texts.map(|text| Query { text, ordered: false }));
    }
    queries.extend(mixed().into_iter().map(Query::ours));
    queries
}

/// Every filter with some of the shapes, every shape with some of the filters.
fn mixed() -> Vec<String> {
    let mut queries = Vec::new();
    for (row, filter) in FILTERS.iter().enumerate() {
        for step in 0..2 {
            let shape = SHAPES[(row * 3 + step * 5) % SHAPES.len()];
            queries.push(format!("AADProvisioningLogs\n| where {filter}\n{shape}"));
        }
    }
    queries
}

/// Conditions: of times, of repeated and of unique texts, within JSON, all of these together.
const FILTERS: &[&str] = &[
    "TimeGenerated > ago(1d)",
    "TimeGenerated between (datetime(2026-10-29T03:00) .. 26h)",
    "TimeGenerated < datetime(2026-10-29) or ResultType == 'Failure'",
    "not(TimeGenerated >= ago(2d)) and isnotempty(ResultSignature)",
    "TimeGenerated in (datetime(2026-10-30), datetime(2026-10-31)) or Action =~ 'create'",
    "bin(TimeGenerated, 1d) == datetime(2026-10-30)",
    "ResultType != 'Success'",
    "ResultType in~ ('failure', 'SKIPPED')",
    "JobId !contains 'Password'",
    "ProvisioningSteps contains 'insufficientaccess'",
    "ProvisioningSteps contains_cs 'InsufficientAccess'",
    "ProvisioningSteps has 'EntryExportAdd' and ProvisioningSteps !has 'scoping'",
    "ProvisioningSteps has_any ('EntryImportDelete', 'EntryEscrowRetry')",
    "ProvisioningSteps matches regex 'Export(Add|Delete)'",
    "tostring(parse_json(SourceSystem).Name) == 'Active Directory'",
    "parse_json(TargetIdentity).Name startswith 'a'",
    "tostring(parse_json(SourceIdentity).identityType) in ('user', 'group') and TimeGenerated > ago(2d)",
    "tostring(parse_json(ProvisioningSteps)[1].name) endswith 'Add'",
    "DurationMs > 1000 and TimeGenerated > ago(1d)",
    "false",
];

/// What is made of the rows.
const SHAPES: &[&str] = &[
    "| count",
    "| summarize Rows = count() by bin(TimeGenerated, 1d), Action\n| sort by TimeGenerated asc, Action asc",
    "| summarize Rows = count(), Longest = max(DurationMs), First = min(TimeGenerated) by ResultType, ResultSignature",
    "| summarize Objects = dcount(tostring(parse_json(SourceIdentity).Id)), Failed = countif(ResultType == 'Failure') by Action",
    "| summarize arg_max(TimeGenerated, ResultType, ProvisioningSteps) by tostring(parse_json(SourceIdentity).Id)",
    "| top 20 by TimeGenerated desc\n| project Id, TimeGenerated, ProvisioningSteps, ModifiedProperties",
    "| extend Key = strcat(DurationMs, Id)\n| top 7 by Key desc\n| project Id, Name = parse_json(SourceIdentity).Name",
    "| mv-expand Step = parse_json(ProvisioningSteps)\n| summarize count() by tostring(Step.name), tostring(Step.status)",
    "| mv-expand Property = parse_json(ModifiedProperties) to typeof(dynamic)\n| extend Key = tostring(Property.displayName), New = tostring(Property.newValue)\n| summarize count(), dcount(New) by Key",
    "| extend S = parse_json(SourceIdentity), T = parse_json(TargetIdentity)\n| project Id, S.Id, S.Name, T.Id, T.Name, T.details.UserPrincipalName, S.identityType",
    "| distinct JobId, Action, tostring(parse_json(TargetSystem).Name)",
    "| extend Name = tostring(parse_json(SourceIdentity).Name), Length = strlen(ProvisioningSteps)\n| summarize sum(Length), take_anyif(1, isempty(Name)) by substring(Name, 0, 1)",
    "| sort by TimeGenerated asc, Id asc\n| extend Gap = TimeGenerated - prev(TimeGenerated), N = row_number()\n| project Id, Gap, N\n| sort by N asc",
];
