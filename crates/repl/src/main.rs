//! The `calypso` command. In: the command line, and standard input. Out: answers on standard output, everything else on
//! standard error, and an exit code: 0 ok, 1 query refused or failed, 2 usage, 3 data unreadable, 130 interrupted.

mod arguments;
mod commands;
mod data;
mod draw;
mod failure;
mod output;

use arguments::{Arguments, Command};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

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
        None => commands::query::from_input(shared, &arguments.queries),
        Some(Command::Query { text }) => commands::query::texts(shared, text),
        Some(Command::Open { paths }) => commands::open::open(shared, paths),
        Some(Command::Run { files }) => commands::run::files(shared, files),
        Some(Command::Batch) => commands::batch::batch(shared),
        Some(Command::Generate(options)) => commands::generate::generate(options),
    }
}
