//! `parse_command_line`: the arguments of a command line.

use crate::call::EvaluateError;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_command_line",
    summary: "Cuts a command line into its arguments by the rules of Windows.",
    signatures: &[signature(
        &[
            required("command", Accepts::Any, "The command line."),
            constant(required("parser", Accepts::Is(Type::String), "The rules: `windows` is the only one.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print parse_command_line('echo \"hello world!\"', 'windows')",
        "[\"echo\",\"hello world!\"]",
    )],
    evaluate: |call| {
        let parser = call[1].constant_text()?;
        if !parser.eq_ignore_ascii_case("windows") {
            return Err(EvaluateError(format!(
                "parse_command_line knows the rules 'windows', not '{parser}'"
            )));
        }
        call.dynamics(|row| {
            let command = call[0].text(row);
            if command.is_empty() {
                None
            } else {
                Some(arguments(&command).into_iter().map(Json::from).collect())
            }
        })
    },
    ..DEFAULTS
};

/// Blanks part arguments outside of quotes; backslashes before a quote count in pairs, an odd one makes it plain.
fn arguments(command: &str) -> Vec<String> {
    let (mut all, mut current, mut open, mut quoted) = (Vec::new(), String::new(), false, false);
    let mut rest = command.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' if !quoted => {
                if open {
                    all.push(std::mem::take(&mut current));
                }
                open = false;
            }
            '\\' => {
                let mut count = 1;
                while rest.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                let before_quote = rest.peek() == Some(&'"');
                current.extend(std::iter::repeat_n('\\', if before_quote { count / 2 } else { count }));
                if before_quote && count % 2 == 1 {
                    current.extend(rest.next());
                }
                open = true;
            }
            '"' => {
                if quoted && rest.next_if_eq(&'"').is_some() {
                    current.push('"');
                } else {
                    quoted = !quoted;
                }
                open = true;
            }
            _ => {
                current.push(c);
                open = true;
            }
        }
    }
    if open {
        all.push(current);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::arguments;

    #[test]
    fn quotes_and_backslashes() {
        assert_eq!(arguments(r#"a "b c" d"#), ["a", "b c", "d"]);
        assert_eq!(arguments(r#"a\\b "c\"d" "e\\""#), [r"a\\b", "c\"d", r"e\"]);
        assert_eq!(arguments(r#"x "" y"#), ["x", "", "y"]);
        assert_eq!(arguments("  "), Vec::<String>::new());
    }
}
