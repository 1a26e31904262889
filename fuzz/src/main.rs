//! Broken and strange queries by the thousand. In: seconds to go on, and a seed. Out: how many texts were tried, and each
//! that panicked, hung, or printed as another query; the exit code is 1 when there was one.
//!
//! ```text
//! cargo run --release -p calypso-fuzz -- 600 1
//! ```
//!
//! Texts come from the case pages, the saved queries and, where it is at hand, the reference material beside the
//! project. Half of them are changed byte by byte, half token by token. Each is parsed, printed and parsed again, then
//! bound and run over a small table with a limit on time, memory and rows. Every eighth text is a file of alert rules, which
//! is read, looked through, written in our own form and read again.

mod change;
mod corpus;
mod rules;
mod trial;

use change::Random;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use trial::{Outcome, Trials};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: u64| arguments.next().map_or(Some(default), |text| text.parse::<u64>().ok());
    let (Some(seconds), Some(seed)) = (number(600), number(1)) else {
        eprintln!("usage: calypso-fuzz [SECONDS [SEED]]");
        return ExitCode::from(2);
    };
    let corpus = corpus::read();
    let rule_files = rules::corpus();
    eprintln!("{} texts to begin with, seed {seed}", corpus.len());
    // A panic is counted and told below; its own message would drown the rest.
    std::panic::set_hook(Box::new(|_| {}));

    let trials = match Trials::new() {
        Ok(trials) => trials,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(3);
        }
    };
    let mut random = Random::new(seed);
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut tried, mut bound, mut answered, mut slowest) = (0_u64, 0_u64, 0_u64, 0.0_f64);
    let mut faults = BTreeSet::new();
    let mut told = Instant::now();
    while Instant::now() < end {
        if tried % 8 == 7 {
            tried += 1;
            if let Some((file, text)) = random.of(&rule_files) {
                let text = change::bytes(std::slice::from_ref(text), &mut random);
                if let Some(kind) = rules::fault(file, &text).filter(|kind| faults.insert(kind.clone())) {
                    println!("FAULT {kind}\n{text}\n----");
                }
            }
            continue;
        }
        let text = if tried % 2 == 0 {
            change::bytes(&corpus, &mut random)
        } else {
            change::tokens(&corpus, &mut random)
        };
        tried += 1;
        let result = trials.run(&text);
        slowest = slowest.max(result.seconds_per_kilobyte);
        match result.outcome {
            Outcome::Refused => {}
            Outcome::Failed => bound += 1,
            Outcome::Answered => {
                bound += 1;
                answered += 1;
            }
            Outcome::Fault(kind) => {
                // One text for each kind of fault is enough to mend it.
                if faults.insert(kind.clone()) {
                    println!("FAULT {kind}\n{text}\n----");
                }
            }
        }
        if told.elapsed() > Duration::from_secs(30) {
            told = Instant::now();
            eprintln!("{tried} texts, {bound} bound, {answered} answered, {} kinds of fault", faults.len());
        }
    }
    println!(
        "{tried} texts, {bound} bound, {answered} answered, {} kinds of fault; reading and binding took at most {slowest:.3} s \
         per kilobyte",
        faults.len()
    );
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
