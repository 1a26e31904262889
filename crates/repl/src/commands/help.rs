//! `calypso help`: the codes of findings, offline; also commands and functions, so that one word finds them all.

use crate::arguments::Arguments;
use crate::failure::Failure;
use calypso_parser::codes::{self, CODES, Code};
use clap::CommandFactory;
use std::io::Write;

/// The page of a topic: a code such as KS142, `codes` for all of them, a command, a function; none is the command's
/// own help.
pub fn help(topic: Option<&str>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let mut command = Arguments::command();
    let Some(topic) = topic else {
        write!(out, "{}", command.render_long_help())?;
        return Ok(());
    };
    if topic == "codes" {
        for one in CODES {
            writeln!(out, "{}  {}", one.code, one.sentence)?;
        }
        return Ok(());
    }
    if let Some(found) = codes::find(topic) {
        return page(found, &mut out);
    }
    if looks_like_code(topic) {
        return Err(Failure::Usage(format!(
            "no finding bears the code {topic}; `calypso help codes` lists them"
        )));
    }
    command.build();
    if let Some(known) = command.find_subcommand_mut(topic) {
        write!(out, "{}", known.render_long_help())?;
        return Ok(());
    }
    drop(out);
    super::functions::one(topic)
}

fn page(found: &Code, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}: {}", found.code, found.sentence)?;
    if !found.example.is_empty() {
        writeln!(out, "\n  instead of  {}\n  write       {}", found.example, found.mended)?;
    }
    Ok(())
}

/// `KS999`
fn looks_like_code(topic: &str) -> bool {
    let digits = topic.strip_prefix("KS").or_else(|| topic.strip_prefix("ks"));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
