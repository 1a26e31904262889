//! Evaluations that see only the rows that had arrived, against evaluations over an engine that has no other rows.

use crate::alerts::rule_of_pack;
use arrow::array::{Array, AsArray, BooleanArray};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use calypso_alerts::evaluate::{Evaluation, arrived, evaluate, evaluations, instants};
use calypso_alerts::{Arrivals, ArrivedRows, Ask, Question, Refused, Rule, read};
use calypso_engine::{Engine, EngineOptions, RunOptions, There};
use calypso_library::{Answer, Table, Type, Value};
use calypso_logs::generator::{self, Options, Profile};
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

const MINUTE: i64 = 600_000_000;

/// Midnight of 2026-10-05, a Monday, in ticks.
const START: i64 = 639_262_368_000_000_000;

/// An engine that answers rules as the command does.
struct Asked(Engine);

impl Ask for Asked {
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused> {
        let named = question.parameters.iter();
        let seen = |rows: ArrivedRows, at: i64| {
            let since = rows.since.iter().map(|column| (*column).to_owned()).collect();
            let ArrivedRows { table, key, late, late_from, early, .. } = rows;
            (table.to_owned(), There { at, since, key: key.to_owned(), late, late_from, early })
        };
        let there = question.arrived.as_ref().map(|arrived| {
            Arc::new(arrived.tables().into_iter().map(|rows| seen(rows, arrived.by)).collect())
        });
        let options = RunOptions {
            now: Some(question.now),
            time_range: question.range.map(|range| (range.after + 1, range.until + 1)),
            there: there.unwrap_or_default(),
            parameters: named.map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            ..RunOptions::default()
        };
        let answers = self.0.run_with(question.text, &options).map_err(|error| Refused(error.to_string()))?;
        answers.into_iter().next_back().ok_or_else(|| Refused("no answer".to_owned()))
    }
}

/// Without tables; others stand apart from it.
static EMPTY: LazyLock<Engine> = LazyLock::new(|| {
    let options = EngineOptions { target_partitions: Some(2), ..EngineOptions::default() };
    Engine::new(options).expect("an engine starts")
});

/// A row of the logs: when, which job, whether it failed, and how long after its time it arrived, if that is known.
#[derive(Clone, Debug)]
struct Row {
    time: i64,
    job: usize,
    failed: bool,
    duration: i64,
    lag: Option<i64>,
}

/// The two tables of rows.
fn tables(rows: &[Row]) -> Vec<Table> {
    let columns = calypso_logs::provisioning_columns();
    let column = |name: &str, ty: Type| {
        let value = |(at, row): (usize, &Row)| match name {
            "Id" => Value::String(format!("id {at}")),
            "TimeGenerated" => Value::DateTime(row.time),
            "JobId" => Value::String(["x", "y", ""][row.job].to_owned()),
            "ResultType" => Value::String(if row.failed { "Failure" } else { "Success" }.to_owned()),
            "DurationMs" => Value::Long(row.duration),
            _ => Value::absent(ty),
        };
        Value::to_array(ty, rows.iter().enumerate().map(value))
    };
    let arrays = columns.iter().map(|one| (one.name.as_str(), column(&one.name, one.ty), true));
    let logs = RecordBatch::try_from_iter_with_nullable(arrays).expect("rows");
    let instant = |ticks: Option<i64>| ticks.map_or(Value::Null(Type::DateTime), Value::DateTime);
    let delivered = calypso_logs::delivery_columns();
    let column = |name: &str, ty: Type| {
        let value = |(at, row): (usize, &Row)| match name {
            "Id" => Value::String(format!("id {at}")),
            "ArrivalTime" => instant(row.lag.map(|lag| row.time + lag)),
            "EnvelopeTime" => instant(Some(row.time)),
            "Copies" => Value::Long(1 + row.duration % 2),
            _ => Value::absent(ty),
        };
        Value::to_array(ty, rows.iter().enumerate().map(value))
    };
    let arrays = delivered.iter().map(|one| (one.name.as_str(), column(&one.name, one.ty), true));
    let deliveries = RecordBatch::try_from_iter_with_nullable(arrays).expect("rows");
    vec![
        Table { name: "AADProvisioningLogs".to_owned(), columns, batches: vec![logs] },
        Table { name: "ProvisioningDelivery".to_owned(), columns: delivered, batches: vec![deliveries] },
    ]
}

/// The tables without the rows that arrived after an instant; a row of which nothing is known arrived at its time.
fn by(tables: &[Table], at: i64) -> Vec<Table> {
    let place = |table: &Table, name: &str| {
        table.columns.iter().position(|column| column.name == name).expect("a column")
    };
    let instant = |batch: &RecordBatch, column: usize, row: usize| {
        let times = batch.column(column).as_primitive::<Int64Type>();
        times.is_valid(row).then(|| times.value(row))
    };
    let mut arrivals: HashMap<String, i64> = HashMap::new();
    for table in tables.iter().filter(|table| table.name == "ProvisioningDelivery") {
        for batch in &table.batches {
            for row in 0..batch.num_rows() {
                let id = batch.column(place(table, "Id")).as_string_view().value(row).to_owned();
                arrivals.extend(instant(batch, place(table, "ArrivalTime"), row).map(|time| (id, time)));
            }
        }
    }
    let kept = tables.iter().map(|table| {
        let time = match table.name.as_str() {
            "AADProvisioningLogs" => place(table, "TimeGenerated"),
            "ProvisioningDelivery" => place(table, "EnvelopeTime"),
            _ => return table.clone(),
        };
        let batches = table.batches.iter().map(|batch| {
            let there = (0..batch.num_rows()).map(|row| {
                let id = batch.column(place(table, "Id")).as_string_view().value(row);
                let known = arrivals.get(id).copied().or_else(|| instant(batch, time, row));
                Some(known.is_none_or(|known| known <= at))
            });
            filter_record_batch(batch, &there.collect::<BooleanArray>()).expect("rows")
        });
        Table { batches: batches.collect(), ..table.clone() }
    });
    kept.collect()
}

/// What counts of an evaluation: series, value, threshold, whether it fires, whether it ends.
fn told(evaluation: &Evaluation) -> Vec<String> {
    let mut told: Vec<String> = evaluation
        .found
        .iter()
        .map(|one| format!("{} {:?} {} {} {}", one.labels, one.value, one.threshold, one.fires, one.ends))
        .collect();
    told.sort();
    told
}

fn rule(text: &str) -> Rule {
    let mut read = read(text, "rule.kql");
    assert_eq!(read.findings, [], "{text}");
    read.rules.remove(0)
}

/// The rules: of each row by itself, of many rows, over both tables, and such as give values of many evaluations at once.
const RULES: &[&str] = &[
    "// every: 15m\n// window: 1h\n// dimensions: JobId\n// fires: count() > 2\nAADProvisioningLogs\n| where ResultType == \"Failure\"\n",
    "// every: 15m\n// window: 15m\n// fires: count() < 1 in 2 of 3 windows\nAADProvisioningLogs | where JobId == 'x'\n| project TimeGenerated, JobId // no more\n",
    "// every: 15m\n// window: 30m\n// fires: count() > 2\nAADProvisioningLogs | project JobId\n",
    "// every: 15m\n// window: 30m\n// fires: count() > 1\nAADProvisioningLogs | extend TimeGenerated = TimeGenerated - 20m\n",
    "// every: 15m\n// window: 30m\n// dimensions: Job\n// fires: avg(Long) > 40\nAADProvisioningLogs\n| project-keep JobId, TimeGenerated, DurationMs\n| project-rename Job = JobId\n| extend Long = DurationMs * 2\n",
    "// every: 15m\n// window: 45m\n// dimensions: JobId\n// fires: max(DurationMs) > 40\n// warm-up: 90m\nAADProvisioningLogs | where JobId in ('x', 'y')\n",
    "// every: 15m\n// window: 30m\n// dimensions: JobId\n// fires: count() < 2\n// absent within: 2h\n// warm-up: 1h\nAADProvisioningLogs\n",
    "// every: 15m\n// window: 1h\n// dimensions: JobId\n// fires: max(Share) > 0.5\nAADProvisioningLogs | summarize Share = toreal(countif(ResultType == 'Failure')) / count() by JobId\n",
    "// every: 15m\n// window: 30m\n// fires: count() > 3\nAADProvisioningLogs | join kind=inner (ProvisioningDelivery | where Copies > 1) on Id\n",
    "// every: 15m\n// window: 30m\n// fires: max(Seen) > 5\nProvisioningDelivery | summarize Seen = count()\n",
    "// every: 15m\n// window: 30m\n// dimensions: JobId\n// fires: count() > 1\nAADProvisioningLogs | where * has 'Failure'\n// resolved by:\nAADProvisioningLogs | where ResultType == 'Success'\n",
    "// kind: scheduled\n// every: 15m\n// period: 1h\n// delay: 5m\n// fires: count() > 4\nAADProvisioningLogs | where TimeGenerated > ago(50m)\n",
    "// kind: scheduled\n// every: 30m\n// period: 1h\n// delay: 0s\n// fires: count() > 2\n// alerts: per row\nunion AADProv*, ProvisioningDelivery | where isnotempty(Id)\n",
    "// kind: series\n// every: 15m\n// window: 30m\n// dimensions: JobId\n// fires: Value > 2\n// resolves: when Over\ndeclare query_parameters(From: datetime, To: datetime, Every: timespan = 15m);\nlet Start = toscalar(AADProvisioningLogs | where TimeGenerated <= To | summarize min(TimeGenerated));\nAADProvisioningLogs\n| where TimeGenerated > From - Every and TimeGenerated <= To\n| extend At = bin(TimeGenerated - 1tick, Every) + Every\n| mv-expand At = pack_array(At, At + Every) to typeof(datetime)\n| where At > From and At <= To\n| summarize Value = toreal(countif(ResultType == 'Failure')), Over = countif(ResultType == 'Success') > 1 by At, JobId\n| extend Since = At - Start\n",
];

/// Compares the evaluations of a rule over rows that had arrived with those over these rows alone.
fn same(rule: &Rule, tables: &[Table], stretch: (i64, i64), at_most: usize) -> Result<usize, TestCaseError> {
    let mut all = Asked(EMPTY.apart(tables.to_vec()));
    let (after, until) = stretch;
    let whole = evaluations(rule, after, until, &mut all).expect("a rule can be evaluated");
    let arrivals = Arrivals::read(std::slice::from_ref(rule), after, until, &mut all).expect("arrivals");
    let seen = arrived(rule, stretch, &whole, &arrivals, &mut all, &mut |_, _| {});
    let seen = seen.expect("a rule can be evaluated");
    // Over all rows, too, one by one finds what all at once do.
    for evaluation in whole.iter().rev().step_by(whole.len().div_ceil(at_most).max(1)) {
        let alone = evaluate(rule, evaluation.at, &mut all).expect("a rule can be evaluated");
        prop_assert_eq!(told(evaluation), told(&alone), "{} over all rows", rule.name);
    }
    let instants = instants(rule.schedule.every, after, until);
    prop_assert_eq!(seen.iter().map(|one| one.at).collect::<Vec<_>>(), &instants[..]);
    let unlike = seen.iter().zip(&whole).filter(|(one, other)| told(one) != told(other)).count();
    let step = instants.len().div_ceil(at_most).max(1);
    for evaluation in seen.iter().rev().step_by(step) {
        let mut then = Asked(EMPTY.apart(by(tables, evaluation.at)));
        let alone = evaluate(rule, evaluation.at, &mut then).expect("a rule can be evaluated");
        let minutes = (evaluation.at - START) / MINUTE;
        prop_assert_eq!(told(evaluation), told(&alone), "{} at minute {}", rule.name, minutes);
    }
    Ok(unlike)
}

fn row() -> impl Strategy<Value = Row> {
    let lag = prop_oneof![
        1 => Just(None),
        6 => (0i64..12).prop_map(|minutes| Some(minutes * MINUTE)),
        3 => (10i64..120).prop_map(|minutes| Some(minutes * MINUTE + 1)),
        // Clocks that go wrong.
        1 => (1i64..30).prop_map(|minutes| Some(-minutes * MINUTE)),
    ];
    ((0i64..140, any::<bool>()), 0usize..3, any::<bool>(), 0i64..60, lag).prop_map(
        |((minute, between), job, failed, duration, lag)| {
            // Times at the edges of windows, and a tick behind.
            let time = START + minute * MINUTE + i64::from(between);
            Row { time, job, failed, duration, lag }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 128, ..ProptestConfig::default() })]

    #[test]
    fn evaluations_see_what_had_arrived(rows in proptest::collection::vec(row(), 0..40)) {
        let tables = tables(&rows);
        for text in RULES {
            same(&rule(text), &tables, (START, START + 150 * MINUTE), 5)?;
        }
    }
}

#[test]
fn rules_of_the_pack_see_what_had_arrived() {
    let options = Options { days: Some(12), ..Options::new(Profile::Small) };
    let tables = generator::tables(&options);
    let mut unlike = 0;
    for name in crate::alerts::RULES {
        let stretch = (options.now - 4 * 60 * MINUTE, options.now);
        unlike += same(&rule_of_pack(name), &tables, stretch, 3).expect("the same");
    }
    // Else nothing was compared.
    assert!(unlike > 0);
}
