//! `parse_csv`: the fields of a line of comma-separated values.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_csv",
    summary: "Gives the fields of the first record of comma-separated text as an array of texts.",
    signatures: &[signature(&[required("csv_text", Accepts::Text, "The text.")], Returns::Is(Type::Dynamic))],
    examples: &[
        example("print parse_csv('aa,\"b,b\",cc')", "[\"aa\",\"b,b\",\"cc\"]"),
        example("print parse_csv('a,b\\nc,d')", "[\"a\",\"b\"]"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| Some(fields(&call[0].text(row)).into_iter().map(Json::from).collect()))
    },
    ..DEFAULTS
};

/// The fields of the first record: quotes enclose commas and line ends, a doubled quote stands for one.
fn fields(text: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                field.push('"');
                rest.next();
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            '\n' if !quoted => break,
            '\r' if !quoted && matches!(rest.peek(), Some('\n') | None) => break,
            _ => field.push(c),
        }
    }
    fields.push(field);
    fields
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn quotes_and_line_ends() {
        assert_eq!(fields("a,\"b\"\"c\",\"d\ne\"\r\nx"), ["a", "b\"c", "d\ne"]);
        assert_eq!(fields("a,,"), ["a", "", ""]);
        assert_eq!(fields(""), [""]);
        assert_eq!(fields("a\"b,\"open"), ["a\"b", "open"]);
    }
}
