//! Queries under a small limit: either the right answer, with what does not fit put on disk, or a sentence that says who
//! needs how much; the process stays alive.

use calypso_engine::{Engine, EngineOptions};
use calypso_library::Value;

/// Two partitions under a limit of so many MiB.
fn engine(mebibytes: usize) -> Engine {
    let options = EngineOptions {
        memory_limit: Some(mebibytes << 20),
        target_partitions: Some(2),
        ..EngineOptions::default()
    };
    Engine::new(options).expect("an engine")
}

/// The first row of the answer under that limit, or the error's sentence.
fn first_row(mebibytes: usize, query: &str) -> Result<Vec<Value>, String> {
    let mut answers = engine(mebibytes).run(query).map_err(|error| error.to_string())?;
    let answer = answers.pop().expect("an answer");
    let batch = answer.batches.first().expect("a row");
    let cells = answer.columns.iter().zip(batch.columns());
    Ok(cells.map(|(column, array)| Value::from_array(column.ty, array, 0)).collect())
}

fn refusal(mebibytes: usize, query: &str) -> String {
    let sentence = first_row(mebibytes, query).expect_err("too much");
    assert!(sentence.starts_with("the query needs more memory than the limit of"), "{sentence}");
    sentence
}

fn longs(values: &[i64]) -> Result<Vec<Value>, String> {
    Ok(values.iter().map(|value| Value::Long(*value)).collect())
}

#[test]
fn a_large_answer_is_refused() {
    let query = "range x from 1 to 300000 step 1 | extend t = strcat('a text that has some length ', x)";
    let sentence = refusal(4, query);
    assert!(sentence.contains("the answer needs") && sentence.contains("--memory"), "{sentence}");
    assert_eq!(first_row(4, &format!("{query} | summarize count(), max(x)")), longs(&[300_000, 300_000]));
}

#[test]
fn sorts_spill() {
    let query = "range x from 1 to 200000 step 1
        | extend t = strcat('a text that has some length ', tostring(200000 - x))
        | sort by t asc
        | summarize n = count(), s = sum(x), t = take_any(strlen(t))";
    assert_eq!(first_row(12, query), longs(&[200_000, 20_000_100_000, 29]));
}

#[test]
fn groups_spill() {
    let query = "range x from 1 to 400000 step 1
        | summarize c = count(), d = dcount(x) by k = strcat('a key that has some length ', x % 200000)
        | summarize n = count(), c = sum(c), d = sum(d)";
    assert_eq!(first_row(24, query), longs(&[200_000, 400_000, 400_000]));
}

#[test]
fn joins_that_do_not_fit_are_sorted() {
    let query =
        "let t = range x from 1 to 200000 step 1 | extend s = strcat('a text that has some length ', x);
        t | join kind=inner t on x | summarize n = count(), s = sum(x + x1), l = sum(strlen(s) - strlen(s1))";
    assert_eq!(first_row(16, query), longs(&[200_000, 40_000_200_000, 0]));
}

#[test]
fn lists_that_do_not_fit_are_refused() {
    let rows = "range x from 1 to 300000 step 1 | extend t = strcat('a text that has some length ', x)";
    let sentence = refusal(4, &format!("{rows} | summarize make_list(t)"));
    assert!(sentence.contains("`summarize` needs"), "{sentence}");
    let sentence = refusal(4, &format!("{rows} | summarize percentile(t, 50)"));
    assert!(sentence.contains("`summarize` needs"), "{sentence}");
}

#[test]
fn window_functions_that_do_not_fit_are_refused() {
    let query = "range x from 1 to 600000 step 1 | serialize p = prev(x) | summarize sum(x - p)";
    let sentence = refusal(4, query);
    assert!(sentence.contains("a window function needs"), "{sentence}");
    assert_eq!(first_row(64, query), longs(&[599_999]));
}

#[test]
fn rows_that_are_shared_count() {
    let query = "let t = materialize(range x from 1 to 300000 step 1
            | extend t = strcat('a text that has some length ', x));
        t | summarize count(), max(t)";
    let sentence = refusal(4, query);
    assert!(sentence.contains("rows read several times"), "{sentence}");
}

#[test]
fn elements_stream() {
    let query = "range x from 1 to 3000 step 1
        | extend list = range(1, 1000, 1)
        | mv-expand list to typeof(long)
        | summarize n = count(), s = sum(list)";
    assert_eq!(first_row(4, query), longs(&[3_000_000, 1_501_500_000]));
}

#[test]
fn what_was_held_is_given_back() {
    let engine = engine(16);
    let query = "range x from 1 to 100000 step 1 | extend t = strcat('a text that has some length ', x)";
    for _ in 0..4 {
        let answers = engine.run(query).expect("it fits");
        assert_eq!(answers[0].rows(), 100_000);
    }
}
