//! The prompt: reads a query or a directive, runs it, shows what came of it, and asks again.

mod colours;
mod complete;
mod directives;
mod editor;
mod enter;
mod hint;
mod history;
mod session;

use crate::arguments::Shared;
use crate::data::{self, Opened, Origin};
use crate::draw::colour;
use crate::failure::Failure;
use crate::interrupt;
use crate::known::Known;
use calypso_view::text::visible;
use directives::Next;
use editor::Typing;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Cmd, Config, Editor, KeyCode, KeyEvent, Modifiers};
use session::Session;
use std::io::IsTerminal;
use std::path::Path;

/// Before each query.
const PROMPT: &str = "calypso> ";

/// Whether someone sits there: both ends are a terminal.
pub fn is_wanted() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Asks until it is told to quit.
pub fn prompt(shared: &Shared, opened: Opened) -> Result<(), Failure> {
    let origin = data::origin(shared)?;
    let mut session = Session::new(shared, opened);
    let colour = colour(&shared.color, true);
    let mut editor = editor(&session, colour).map_err(ended)?;
    let history = history::file();
    if let Some(file) = &history {
        // No history yet, or none that can be read: the prompt works without.
        drop(editor.load_history(file));
        history::without_repeats(editor.history_mut());
    }
    interrupt::listen(true);
    match origin {
        Origin::Files => {}
        Origin::Store(store) => {
            let folder = store.folder().display().to_string();
            session.say(&format!("Calypso on the local store in {}.", visible(&folder, true)))?;
        }
        Origin::Demo => {
            session.say("Calypso on its built-in demo logs; `calypso open PATH` reads your own.")?;
        }
    }
    session.say("A query ends with `;` or a blank line; Alt+Enter runs it at once. Tab completes.")?;
    session.say("Try: AADProvisioningLogs | summarize count() by ResultType;   More: #help\n")?;
    let shown = if colour { format!("\u{1b}[1;34m{PROMPT}\u{1b}[0m") } else { PROMPT.to_owned() };
    let mut given = String::new();
    loop {
        let prompt = (PROMPT, shown.as_str());
        let line = match editor.readline_with_initial(&prompt, (std::mem::take(&mut given).as_str(), "")) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted | ReadlineError::Signal(_)) => continue,
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(ended(error)),
        };
        if line.trim().is_empty() {
            continue;
        }
        remember(&mut editor, history.as_deref(), line.trim());
        match turn(&mut session, &line) {
            Ok(Next::Ask) => {}
            Ok(Next::Edit(text)) => given = text.trim_end().to_owned(),
            Ok(Next::Quit) => return Ok(()),
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Err(failure) => failure.report(&session.shared),
        }
        if let Some(typing) = editor.helper_mut() {
            typing.known = known(&session);
        }
    }
}

fn turn(session: &mut Session, line: &str) -> Result<Next, Failure> {
    if enter::is_directive(line) {
        return directives::obey(session, line);
    }
    session.query(line.trim_end(), "").map(|()| Next::Ask)
}

fn known(session: &Session) -> Known {
    Known::names(&session.opened.engine, session.opened.now.unwrap_or_else(crate::data::clock))
}

fn editor(session: &Session, colour: bool) -> rustyline::Result<Editor<Typing, FileHistory>> {
    let config = Config::builder()
        .max_history_size(history::KEPT)?
        .history_ignore_dups(true)?
        .completion_type(rustyline::CompletionType::List)
        .bracketed_paste(true)
        .build();
    let history = FileHistory::with_config(&config);
    let mut editor = Editor::with_history(config, history)?;
    editor.set_helper(Some(Typing { known: known(session), colour }));
    editor.bind_sequence(KeyEvent(KeyCode::Enter, Modifiers::ALT), Cmd::AcceptLine);
    editor.bind_sequence(KeyEvent::new('\r', Modifiers::ALT), Cmd::AcceptLine);
    Ok(editor)
}

/// Adds a line to the history and its file; what cannot be written is forgotten at the end.
fn remember(editor: &mut Editor<Typing, FileHistory>, file: Option<&Path>, line: &str) {
    drop(editor.add_history_entry(line));
    history::without_repeats(editor.history_mut());
    if let Some(file) = file {
        drop(editor.save_history(file));
    }
}

fn ended(error: ReadlineError) -> Failure {
    match error {
        ReadlineError::Io(error) => Failure::Output(error),
        other => Failure::Output(std::io::Error::other(other.to_string())),
    }
}
