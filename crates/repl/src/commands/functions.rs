//! `calypso functions`: the reference of scalar, window and aggregate functions, offline.

use crate::failure::Failure;
use calypso_library::builtin::{self, Builtin, BuiltinKind};
use calypso_planner::suggest::nearest;
use std::io::Write;

/// All functions, a line each.
pub fn all() -> Result<(), Failure> {
    let all = builtin::all();
    let widest = all.iter().map(|one| one.name.len()).max().unwrap_or(0);
    let mut out = std::io::stdout().lock();
    for one in all {
        let kind = kind(one.kind);
        writeln!(out, "{:<widest$}  {}{kind}", one.name, one.summary)?;
    }
    Ok(())
}

/// All that is known of one.
pub fn one(name: &str) -> Result<(), Failure> {
    let name = name.trim_end_matches("()");
    let found = builtin::named(name);
    if found.is_empty() {
        let all = builtin::all();
        let near = nearest(name, all.iter().map(|one| one.name));
        let help =
            near.map_or("`calypso functions` lists them".into(), |near| format!("did you mean `{near}`?"));
        return Err(Failure::Usage(format!("no function `{name}`; {help}")));
    }
    let mut out = std::io::stdout().lock();
    for (index, one) in found.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        page(one, &mut out)?;
    }
    Ok(())
}

/// What stands behind a name that is no plain function.
fn kind(kind: BuiltinKind) -> &'static str {
    match kind {
        BuiltinKind::Function => "",
        BuiltinKind::Aggregate => " (aggregate)",
        BuiltinKind::Plugin => " (plugin)",
    }
}

fn page(one: &Builtin, out: &mut dyn Write) -> Result<(), Failure> {
    let kind = kind(one.kind);
    writeln!(out, "{}{kind}: {}", one.name, one.summary)?;
    if !one.aliases.is_empty() {
        writeln!(out, "also: {}", one.aliases.join(", "))?;
    }
    for form in &one.forms {
        writeln!(out, "\n  {}", builtin::signature(one.name, form))?;
        let widest = form.parameters.iter().map(|parameter| parameter.name.len()).max().unwrap_or(0);
        for parameter in &form.parameters {
            let constant = if parameter.constant { " A constant." } else { "" };
            writeln!(out, "    {:<widest$}  {}{constant}", parameter.name, parameter.summary)?;
        }
    }
    for (index, example) in one.examples.iter().enumerate() {
        let lead = if index == 0 { "\n" } else { "" };
        writeln!(out, "{lead}  {}  →  {}", example.query, example.answer)?;
    }
    Ok(())
}
