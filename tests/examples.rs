//! Every example of every function, aggregate and plugin runs and gives what it says.

use crate::cases::{engine, rows};
use calypso_library::function::Example;
use calypso_library::{aggregates, functions, plugins};

#[test]
fn examples_of_builtins_are_true() {
    let engine = engine();
    let mut wrong = Vec::new();
    let mut count = 0;
    let all = functions::all()
        .map(|f| (f.name, f.examples))
        .chain(aggregates::ALL.iter().map(|a| (a.name, a.examples)))
        .chain(plugins::ALL.iter().map(|p| (p.name, p.examples)));
    for (name, examples) in all {
        for Example { query, answer } in examples {
            count += 1;
            let given = match engine.run(query) {
                Ok(answers) => answers.last().map(rows).unwrap_or_default(),
                Err(error) => {
                    wrong.push(format!("{name}: {query}\n  failed: {error}"));
                    continue;
                }
            };
            // Cells as `tostring` shows them: a null is empty.
            let lines: Vec<String> = given
                .iter()
                .map(|row| {
                    row.iter().map(|c| if c == "null" { "" } else { c }).collect::<Vec<_>>().join(", ")
                })
                .collect();
            let given = lines.join("; ");
            let wanted = if *answer == "null" { "" } else { answer };
            if given != wanted {
                wrong.push(format!("{name}: {query}\n  says {answer}\n  gives {given}"));
            }
        }
    }
    assert!(count > 100, "there are examples");
    assert!(wrong.is_empty(), "{} of {count} examples differ:\n{}", wrong.len(), wrong.join("\n"));
}
