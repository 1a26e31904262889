//! The `calypso` command. In: the command line, and standard input. Out: answers on standard output, everything else on
//! standard error, and an exit code: 0 ok, 1 query refused or failed, 2 usage, 3 data unreadable, 130 interrupted.

mod arguments;
mod commands;
mod data;
mod draw;
mod failure;
mod functions_file;
mod host;
mod interrupt;
mod known;
mod memory;
mod output;
mod places;
mod progress;
mod prompt;
mod saved;

use arguments::{Arguments, Command, QueriesAction, WorkbookAction};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

/// Batches come and go by the megabyte.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report(&arguments.shared);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let shared = &arguments.shared;
    match &arguments.command {
        None if !arguments.queries.is_empty() => commands::query::texts(shared, &arguments.queries),
        None if prompt::is_wanted() => {
            let opened = data::engine(shared)?;
            opened.summaries.iter().for_each(commands::open::tell);
            prompt::prompt(shared, opened)
        }
        None => commands::query::from_input(shared),
        Some(Command::Query { text }) => commands::query::texts(shared, text),
        Some(Command::Open { paths }) => commands::open::open(shared, paths),
        Some(Command::Import { paths }) => commands::import::import(shared, paths),
        Some(Command::Store { action }) => commands::store::store(shared, action),
        Some(Command::Alert { action }) => commands::alert::alert(shared, action),
        Some(Command::Run { files }) => commands::run::files(shared, files),
        Some(Command::Workbook(wanted)) => match &wanted.action {
            None => commands::workbook::workbook(shared, &wanted.drawn),
            Some(WorkbookAction::List) => commands::workbook::list(),
            Some(WorkbookAction::Lint(wanted)) => commands::lint::lint(shared, wanted),
            Some(WorkbookAction::Convert(wanted)) => commands::convert::convert(shared, wanted),
        },
        Some(Command::Serve(wanted)) => commands::serve::serve(shared, wanted),
        Some(Command::Queries { action: None }) => commands::queries::list(),
        Some(Command::Queries { action: Some(QueriesAction::Copy { name }) }) => {
            commands::queries::copy(name)
        }
        Some(Command::Check { files }) => commands::check::files(shared, files),
        Some(Command::Fmt(wanted)) => commands::fmt::files(wanted),
        Some(Command::Explain { stage, text }) => commands::explain::explain(shared, *stage, text),
        Some(Command::Functions { name: None }) => commands::functions::all(),
        Some(Command::Functions { name: Some(name) }) => commands::functions::one(name),
        Some(Command::Help { topic }) => commands::help::help(topic.as_deref()),
        Some(Command::Batch) => commands::batch::batch(shared),
        Some(Command::Generate(options)) => commands::generate::generate(options),
    }
}
