//! `calypso alert`: rules over the logs.

mod arrivals;
mod asking;
mod backtest;
mod check;
mod clock;
mod convert;
mod diff;
mod lint;
mod list;
mod logs;
pub(super) mod rules;
mod told;
mod watch;

use crate::arguments::{AlertAction, Shared};
use crate::failure::Failure;
use calypso_view::text::visible;

/// Does what is asked.
pub fn alert(shared: &Shared, action: &AlertAction) -> Result<(), Failure> {
    match action {
        AlertAction::Check { rules } => check::check(shared, rules),
        AlertAction::Backtest { rules, arrivals } => backtest::backtest(shared, rules, *arrivals),
        AlertAction::Watch(wanted) => watch::watch(shared, wanted),
        AlertAction::List { rules } => list::list(shared, rules),
        AlertAction::Diff { old, new, definitions } => diff::diff(shared, old, new, *definitions),
        AlertAction::Lint { rules } => lint::files(rules),
        AlertAction::Convert { rule, to } => convert::file(shared, rule, to),
    }
}

/// A sentence about a rule, on standard error: its parts may come from files of others.
fn tell(rule: &str, sentence: &str) {
    eprintln!("{}", visible(&format!("{rule}: {sentence}"), true));
}
