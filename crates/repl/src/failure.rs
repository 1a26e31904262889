//! Why a run ended early, with its exit code and how it is told.

use crate::arguments::Shared;
use crate::draw;
use calypso_engine::QueryError;

/// Why a run ended early.
#[derive(Debug)]
pub enum Failure {
    /// A query was refused or failed.
    Query {
        /// Its text.
        text: String,
        /// Where it came from: a file name, or nothing.
        origin: String,
        /// Why.
        error: QueryError,
    },
    /// The command line asks for something that cannot be.
    Usage(String),
    /// Something looked for was found wrong, and has been told or is told here.
    Found(String),
    /// An alert fired; it has been told.
    Fired,
    /// Data cannot be read.
    Data(String),
    /// Output cannot be written.
    Output(std::io::Error),
}

impl Failure {
    /// Ctrl-C was pressed.
    pub fn interrupted() -> Failure {
        Failure::Query { text: String::new(), origin: String::new(), error: QueryError::Cancelled }
    }

    /// 1 query, 2 usage, 3 data, 5 an alert fired, 130 interrupted.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Query { error: QueryError::Cancelled, .. } => 130,
            Failure::Query { .. } | Failure::Found(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Data(_) => 3,
            Failure::Fired => 5,
            // A reader that went away has seen enough.
            Failure::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
            Failure::Output(_) => 1,
        }
    }

    /// It as one sentence, to be shown elsewhere than on a terminal.
    pub fn sentence(&self) -> String {
        match self {
            Failure::Query { error, .. } => error.to_string(),
            Failure::Usage(message) | Failure::Data(message) | Failure::Found(message) => message.clone(),
            Failure::Output(error) => error.to_string(),
            Failure::Fired => "an alert fired".to_owned(),
        }
    }

    /// Tells it on standard error; as JSON when answers are JSON.
    pub fn report(&self, shared: &Shared) {
        match self {
            Failure::Query { text, origin, error } => {
                if shared.format == "json" {
                    eprintln!("{}", calypso_view::json_text(&draw::error_json(error)));
                } else {
                    eprint!("{}", draw::error(text, origin, error, &shared.color));
                }
            }
            Failure::Usage(message) | Failure::Data(message) | Failure::Found(message) => {
                eprintln!("calypso: {}", calypso_view::text::visible(message, true));
            }
            Failure::Fired => {}
            Failure::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
            Failure::Output(error) => eprintln!("calypso: the answer cannot be written: {error}"),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Output(error)
    }
}
