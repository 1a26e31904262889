//! `calypso fmt`: query files in canonical form, to standard output, in place, or only compared. Comments are kept by
//! leaving a file that has any within its query as it is.

use crate::arguments::Fmt;
use crate::failure::Failure;
use crate::{output, saved};
use calypso_engine::QueryError;
use calypso_parser::{TokenClass, tokens};
use std::io::Write;
use std::path::Path;

/// Formats each file.
pub fn files(wanted: &Fmt) -> Result<(), Failure> {
    let mut differ = 0;
    for name in &wanted.files {
        let saved = saved::find(name)?;
        let Some(formatted) = formatted(&saved.text, &saved.origin)? else {
            eprintln!("calypso: {name}: left as it is: it has comments within its query");
            if !wanted.write && !wanted.check {
                std::io::stdout().lock().write_all(saved.text.as_bytes())?;
            }
            continue;
        };
        if wanted.check {
            if formatted != saved.text {
                differ += 1;
                eprintln!("calypso: {name} is not in canonical form");
            }
        } else if wanted.write {
            if name == "-" || !Path::new(name).is_file() {
                return Err(Failure::Usage(format!("`{name}` is no file to write to")));
            }
            if formatted != saved.text {
                output::written(Path::new(name), |out| {
                    out.write_all(formatted.as_bytes()).map_err(Failure::from)
                })?;
            }
        } else {
            std::io::stdout().lock().write_all(formatted.as_bytes())?;
        }
    }
    match differ {
        0 => Ok(()),
        _ => Err(Failure::Found(format!("{differ} of {} files would change", wanted.files.len()))),
    }
}

/// The canonical text, leading comments kept; nothing when there are comments further on.
fn formatted(text: &str, origin: &str) -> Result<Option<String>, Failure> {
    let parsed = calypso_parser::parse(text);
    if !parsed.is_ok() {
        let error = QueryError::Diagnostics(parsed.diagnostics);
        return Err(Failure::Query { text: text.to_owned(), origin: origin.to_owned(), error });
    }
    let tokens = tokens(text);
    let lead = tokens.iter().take_while(|token| token.class == TokenClass::Comment).count();
    if tokens.iter().skip(lead).any(|token| token.class == TokenClass::Comment) {
        return Ok(None);
    }
    let mut out = String::new();
    for token in &tokens[..lead] {
        out.push_str(token.span.text(text).trim_end());
        out.push('\n');
    }
    let printed = calypso_parser::print(&parsed.query);
    out.push_str(printed.trim_end());
    out.push('\n');
    Ok(Some(out))
}

#[cfg(test)]
mod tests {
    use super::formatted;

    #[test]
    fn leading_comments_stay_and_others_stop_it() {
        let text = "// title: A\n// b  \nT|take 1";
        let once = formatted(text, "").ok().flatten().unwrap();
        assert!(once.starts_with("// title: A\n// b\nT"), "{once}");
        assert_eq!(formatted(&once, "").ok().flatten().unwrap(), once);
        assert_eq!(formatted("T // here\n| take 1", "").ok().flatten(), None);
        assert!(formatted("T | take", "").is_err());
    }
}
