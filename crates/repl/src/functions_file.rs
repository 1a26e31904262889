//! The file of stored functions: the commands that make them, one below the other, for people to read and edit. A command
//! begins where a line begins with `.`; comment lines right before it belong to it. In: the text, or functions. Out: the
//! other. What is not changed keeps its text, also what cannot be read.

use calypso_engine::StoredFunction;
use std::collections::BTreeSet;

/// A command of the file with the comment before it.
struct Block<'t> {
    comment: &'t str,
    command: &'t str,
    /// The line its command begins at, from 1.
    line: usize,
}

/// What stands before the first command, and the commands.
fn blocks(text: &str) -> (&str, Vec<Block<'_>>) {
    let mut starts = Vec::new();
    let (mut at, mut comment) = (0, None);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with('.') {
            starts.push((comment.unwrap_or(at), at, number + 1));
            comment = None;
        } else if line.starts_with("//") {
            comment = comment.or(Some(at));
        } else {
            comment = None;
        }
        at += line.len();
    }
    let first = starts.first().map_or(text.len(), |(begin, ..)| *begin);
    let ends = starts.iter().skip(1).map(|(begin, ..)| *begin).chain([text.len()]);
    let found = starts.iter().zip(ends).map(|((begin, command, line), end)| Block {
        comment: &text[*begin..*command],
        command: text[*command..end].trim_end(),
        line: *line,
    });
    (&text[..first], found.collect())
}

/// The functions of a file, and a sentence for each command that is none.
pub fn read(text: &str) -> (Vec<StoredFunction>, Vec<String>) {
    let (mut functions, mut wrong) = (Vec::new(), Vec::new());
    for block in blocks(text).1 {
        match StoredFunction::read(block.command) {
            Ok(function) => functions.push(function),
            Err(found) => wrong.push(format!("line {}: {}", block.line, found.message)),
        }
    }
    (functions, wrong)
}

/// The text of a file with these functions. `known` are the names that were read or written before: one that is not among
/// the functions is gone; names that others wrote since stay.
pub fn merged(text: &str, functions: &[StoredFunction], known: &BTreeSet<String>) -> String {
    let (head, found) = blocks(text);
    let mut parts: Vec<String> = Vec::new();
    if !head.trim().is_empty() {
        parts.push(head.trim_end().to_owned());
    }
    let mut written = BTreeSet::new();
    for block in found {
        let there = StoredFunction::read(block.command).ok();
        let name = there.as_ref().map(|function| function.name.clone());
        let wanted = functions.iter().find(|function| Some(&function.name) == name.as_ref());
        let command = match (wanted, &name) {
            (Some(wanted), _) if there.as_ref() == Some(wanted) => block.command.to_owned(),
            (Some(wanted), _) => wanted.command(),
            (None, Some(name)) if known.contains(name) => continue,
            (None, _) => block.command.to_owned(),
        };
        written.extend(name);
        parts.push(format!("{}{command}", block.comment));
    }
    let new = functions.iter().filter(|function| !written.contains(&function.name));
    parts.extend(new.map(StoredFunction::command));
    let mut whole = parts.join("\n\n");
    if !whole.is_empty() {
        whole.push('\n');
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "// Our functions.\n\n// One more.\n.create-or-alter function more(x:long) {\n    x + 1\n}\n\n.nonsense\n\n.create function b() { print 1 }\n";

    #[test]
    fn what_stays_keeps_its_text() {
        let (functions, wrong) = read(FILE);
        assert_eq!(functions.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["more", "b"]);
        assert_eq!(wrong.len(), 1);
        let known: BTreeSet<String> = ["more".to_owned(), "b".to_owned()].into();
        assert_eq!(merged(FILE, &functions, &known), FILE);
    }

    #[test]
    fn changed_new_and_dropped_functions() {
        let (mut functions, _) = read(FILE);
        functions.retain(|function| function.name == "more");
        functions[0].body = "{ x + 2 }".to_owned();
        functions.push(StoredFunction {
            name: "c".to_owned(),
            parameters: "()".to_owned(),
            body: "{ 3 }".to_owned(),
            ..StoredFunction::default()
        });
        let known: BTreeSet<String> = ["more".to_owned(), "b".to_owned()].into();
        let text = merged(FILE, &functions, &known);
        assert_eq!(
            text,
            "// Our functions.\n\n// One more.\n.create-or-alter function more(x:long) { x + 2 }\n\n.nonsense\n\n.create-or-alter function c() { 3 }\n"
        );
        let others = merged(FILE, &[], &BTreeSet::new());
        assert_eq!(others, FILE, "what others wrote stays");
    }
}
