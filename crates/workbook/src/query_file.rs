//! A saved query file: plain KQL whose leading comments say its title and its parameters.
//!
//! ```text
//! // title: Recent sync errors
//! // description: The codes of failed rows
//! // param _Action: the chosen actions; none chosen is all
//! // width: 50
//! ```
//!
//! A leading comment `// query:` ends the comments: the query is what stands below it, without the file's last line
//! break. Where there is none, the query is the whole text.

/// The comment below which the query stands.
pub const QUERY_BELOW: &str = "// query:";

/// A query with what its leading comments say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct QueryFile {
    /// The path within the workbook's folder.
    pub path: String,
    /// `// title:`
    pub title: Option<String>,
    /// `// description:`
    pub description: Option<String>,
    /// `// width:`, per cent of the page.
    pub width: Option<u8>,
    /// The names after `// param`.
    pub parameters: Vec<String>,
    /// The whole text.
    pub text: String,
    /// Where the query begins: bytes.
    from: usize,
}

impl QueryFile {
    /// Reads the leading comments; any other line ends them.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> QueryFile {
        let text = text.into();
        let mut file = QueryFile { path: path.into(), ..QueryFile::default() };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            at += line.len();
            let line = line.trim_start_matches('\u{feff}').trim();
            if line == QUERY_BELOW {
                file.from = at;
                break;
            }
            match line.strip_prefix("//") {
                Some(comment) => file.take_comment(comment.trim()),
                None if line.is_empty() => {}
                None => break,
            }
        }
        QueryFile { text, ..file }
    }

    fn take_comment(&mut self, line: &str) {
        let after = |word: &str| line.strip_prefix(word).map(|rest| rest.trim().to_owned());
        if let Some(title) = after("title:") {
            self.title = Some(title);
        } else if let Some(description) = after("description:") {
            self.description = Some(description);
        } else if let Some(width) = after("width:") {
            self.width = width.trim_end_matches('%').parse().ok().filter(|width| (1..=100).contains(width));
        } else if let Some(parameter) = after("param ") {
            let name = parameter.split([':', '=', ' ']).next().unwrap_or_default();
            self.parameters.push(name.to_owned());
        }
    }

    /// The query, and how many lines stand above it.
    pub fn query(&self) -> (&str, usize) {
        if self.from == 0 {
            return (&self.text, 0);
        }
        let (above, query) = self.text.split_at(self.from);
        (query.strip_suffix('\n').unwrap_or(query), above.matches('\n').count())
    }

    /// The line of a place in the text, from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        let before = self.text.bytes().take(byte).filter(|byte| *byte == b'\n');
        before.count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_comments_are_read() {
        let text = "\u{feff}// title: A\r\n\n//description: B: c\n// param _X: any\n//param _Y = all\n// width: 50 %\n// other\nT\n// title: no";
        let file = QueryFile::new("a.kql", text);
        assert_eq!((file.title.as_deref(), file.description.as_deref()), (Some("A"), Some("B: c")));
        assert_eq!((file.parameters.as_slice(), file.width), (&["_X".to_owned(), "_Y".to_owned()][..], None));
        assert_eq!((file.text.as_str(), file.line_of(0), file.line_of(text.len())), (text, 1, 9));
        assert_eq!(file.query(), (text, 0));
        assert_eq!(QueryFile::new("a.kql", "// width: 50%\n").width, Some(50));
    }

    #[test]
    fn the_query_may_stand_below_the_comments() {
        let file = QueryFile::new("a.kql", "// title: A\n// query:\n// title: B\nT\n\n");
        assert_eq!((file.title.as_deref(), file.query()), (Some("A"), ("// title: B\nT\n", 2)));
        assert_eq!(QueryFile::new("a.kql", "// query:\n").query(), ("", 1));
        assert_eq!(QueryFile::new("a.kql", "T\n// query:\nU").query(), ("T\n// query:\nU", 0));
    }
}
