//! Lines that begin with `#`: what the prompt itself does. In: the line and the session. Out: text on the screen, a
//! changed session, and whether the prompt goes on.

use super::session::Session;
use crate::arguments::{Drawn, Shared};
use crate::data;
use crate::failure::Failure;
use crate::{commands, output, saved};
use calypso_planner::suggest::nearest;
use calypso_view::text::visible;
use std::path::PathBuf;
use std::process::Command;

/// A directive.
pub struct Directive {
    /// As typed.
    pub name: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// What it does.
    pub about: &'static str,
}

const fn directive(name: &'static str, takes: &'static str, about: &'static str) -> Directive {
    Directive { name, takes, about }
}

/// Every directive, in the order of `#help`.
pub const ALL: &[Directive] = &[
    directive("#help", "", "this list; `#help NAME` tells of a function"),
    directive("#tables", "", "the tables with their columns counted"),
    directive("#schema", "TABLE", "names and types of a table's columns"),
    directive("#run", "FILE", "runs a saved query, such as cloud-sync/recent-errors"),
    directive("#save", "FILE", "writes the last answer (.csv, .json, .parquet …) or the last query (.kql)"),
    directive("#open", "PATH …", "opens logs in place of these"),
    directive("#last", "", "shows the last answer with all its rows"),
    directive("#timing", "on|off", "whether the time a query took is shown"),
    directive(
        "#params",
        "NAME=VALUE …",
        "values for parameters; without any, what is set; `#params clear` forgets",
    ),
    directive("#panel", "NAME", "draws a panel of the cloud sync workbook; without a name, all"),
    directive("#edit", "", "opens the last query in the editor ($VISUAL, $EDITOR)"),
    directive("#quit", "", "leaves; so does Ctrl-D"),
];

/// What happens after a line.
pub enum Next {
    /// The prompt asks again.
    Ask,
    /// The prompt asks with this text already there.
    Edit(String),
    /// The prompt ends.
    Quit,
}

/// Does what a directive says.
pub fn obey(session: &mut Session, line: &str) -> Result<Next, Failure> {
    let (name, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
    let rest = rest.trim();
    match name {
        "#quit" | "#exit" | "#q" => return Ok(Next::Quit),
        "#edit" => return edit(session),
        "#help" if rest.is_empty() => help(session)?,
        "#help" => commands::functions::one(rest)?,
        "#tables" => tables(session)?,
        "#schema" => schema(session, rest)?,
        "#run" => {
            let found = saved::find(needed(name, rest)?)?;
            session.query(&found.text, &found.origin)?;
        }
        "#save" => save(session, needed(name, rest)?)?,
        "#open" => open(session, needed(name, rest)?)?,
        "#last" => session.show_last()?,
        "#timing" => {
            session.timing = match rest {
                "on" => true,
                "off" => false,
                _ => !session.timing,
            };
            session.say(if session.timing { "timing is on" } else { "timing is off" })?;
        }
        "#params" => parameters(session, rest)?,
        "#panel" => {
            let panel = (!rest.is_empty()).then(|| rest.to_owned());
            let wanted = Drawn { panel, ..Drawn::default() };
            commands::workbook::draw(&session.shared, &session.opened, &wanted)?;
        }
        _ => return Err(Failure::Usage(unknown(name))),
    }
    Ok(Next::Ask)
}

fn needed<'r>(name: &str, rest: &'r str) -> Result<&'r str, Failure> {
    if !rest.is_empty() {
        return Ok(rest);
    }
    let takes = ALL.iter().find(|one| one.name == name).map_or("", |one| one.takes);
    Err(Failure::Usage(format!("`{name}` needs {takes}")))
}

fn unknown(name: &str) -> String {
    match nearest(name, ALL.iter().map(|one| one.name)) {
        Some(near) => format!("`{name}` is no directive; did you mean `{near}`?"),
        None => format!("`{name}` is no directive; `#help` lists them"),
    }
}

fn help(session: &Session) -> Result<(), Failure> {
    session.say("A query runs when it ends in `;`, after a blank line, or at once with Alt+Enter.")?;
    session
        .say("Tab completes. Ctrl-C cancels a query, Ctrl-D quits. `.show tables` and its kin work too.\n")?;
    for one in ALL {
        session.say(&format!("  {:<24}{}", format!("{} {}", one.name, one.takes), one.about))?;
    }
    Ok(())
}

fn tables(session: &Session) -> Result<(), Failure> {
    let tables = session.opened.engine.tables();
    let widest = tables.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, columns) in &tables {
        session.say(&format!("{:<widest$}  {} columns", visible(name, true), columns.len()))?;
    }
    Ok(())
}

fn schema(session: &Session, name: &str) -> Result<(), Failure> {
    let tables = session.opened.engine.tables();
    let Some((_, columns)) = tables.iter().find(|(known, _)| known == needed("#schema", name).unwrap_or(""))
    else {
        needed("#schema", name)?;
        let near = nearest(name, tables.iter().map(|(known, _)| known.as_str()));
        let help = near.map_or("`#tables` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(Failure::Usage(format!("no table `{name}`; {help}")));
    };
    let widest = columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0);
    for column in columns {
        session.say(&format!("{:<widest$}  {}", visible(&column.name, true), column.ty))?;
    }
    Ok(())
}

fn save(session: &Session, file: &str) -> Result<(), Failure> {
    let path = PathBuf::from(file);
    if path.extension().is_some_and(|ending| ending == "kql" || ending == "csl") {
        let text = format!("{}\n", session.last_text.trim_end());
        output::written(&path, |out| out.write_all(text.as_bytes()).map_err(Failure::from))?;
    } else {
        if session.last.is_empty() {
            return Err(Failure::Usage("there is no answer to save yet".to_owned()));
        }
        let shared = Shared { output: Some(path), format: "auto".to_owned(), ..session.shared.clone() };
        output::answers(&shared, &session.last)?;
    }
    session.say(&format!("saved {file}"))
}

fn open(session: &mut Session, paths: &str) -> Result<(), Failure> {
    let data = paths.split_whitespace().map(str::to_owned).collect();
    let shared = Shared { data, store: None, ..session.shared.clone() };
    let opened = data::engine(&shared)?;
    for summary in &opened.summaries {
        commands::open::tell(summary);
    }
    session.shared = shared;
    session.opened = opened;
    Ok(())
}

fn parameters(session: &mut Session, rest: &str) -> Result<(), Failure> {
    if rest == "clear" {
        session.shared.parameters.clear();
    }
    for text in rest.split_whitespace().filter(|_| rest != "clear") {
        let Some((name, _)) = text.split_once('=') else {
            return Err(Failure::Usage(format!("`#params {text}`: expected name=value")));
        };
        let prefix = format!("{name}=");
        session.shared.parameters.retain(|known| !known.starts_with(&prefix));
        session.shared.parameters.push(text.to_owned());
    }
    match session.shared.parameters.as_slice() {
        [] => session.say("no parameters are set"),
        set => set.iter().try_for_each(|text| session.say(&visible(text, true))),
    }
}

fn edit(session: &Session) -> Result<Next, Failure> {
    let editor = ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok());
    let editor = editor.unwrap_or_else(|| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let file = tempfile::Builder::new().prefix("calypso-").suffix(".kql").tempfile()?;
    std::fs::write(file.path(), &session.last_text)?;
    match Command::new(program).args(words).arg(file.path()).status() {
        Ok(status) if status.success() => Ok(Next::Edit(std::fs::read_to_string(file.path())?)),
        Ok(_) => Ok(Next::Ask),
        Err(error) => Err(Failure::Usage(format!("the editor `{program}` cannot be started: {error}"))),
    }
}
