//! The documentation's examples with their answers, where the reference folder is at hand: every query answers or is
//! refused, none breaks the engine. How many are right is counted by the comparer beside them.

use calypso_engine::QueryError;
use serde_json::Value;

#[test]
fn documentation_examples_never_break_the_engine() {
    let Some(folder) = crate::shared() else {
        println!("skipped: no reference folder");
        return;
    };
    let text =
        std::fs::read_to_string(folder.join("conformance/open_cases.jsonl")).expect("the cases can be read");
    let engine = crate::cases::engine();
    let mut broken = Vec::new();
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let query = case["query"].as_str().expect("a case has a query");
        if let Err(QueryError::Execution(sentence)) = engine.run(query)
            && sentence.contains("fault in Calypso")
        {
            broken.push(format!("{}: {sentence}", case["id"]));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
