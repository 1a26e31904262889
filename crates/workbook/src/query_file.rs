//! A saved query file: plain KQL whose leading comments say its title and its parameters.
//!
//! ```text
//! // title: Recent sync errors
//! // description: The codes of failed rows
//! // param _Action: the chosen actions; none chosen is all
//! ```

/// A query with what its leading comments say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct QueryFile {
    /// The path within the dashboard's folder.
    pub path: String,
    /// `// title:`
    pub title: Option<String>,
    /// `// description:`
    pub description: Option<String>,
    /// The names after `// param`.
    pub parameters: Vec<String>,
    /// The whole text.
    pub text: String,
}

impl QueryFile {
    /// Reads the leading comments; any other line ends them.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> QueryFile {
        let text = text.into();
        let mut file = QueryFile { path: path.into(), ..QueryFile::default() };
        let comments = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        for line in
            comments.map_while(|line| if line.is_empty() { Some("") } else { line.strip_prefix("//") })
        {
            file.take_comment(line.trim());
        }
        QueryFile { text, ..file }
    }

    fn take_comment(&mut self, line: &str) {
        let after = |word: &str| line.strip_prefix(word).map(|rest| rest.trim().to_owned());
        if let Some(title) = after("title:") {
            self.title = Some(title);
        } else if let Some(description) = after("description:") {
            self.description = Some(description);
        } else if let Some(parameter) = after("param ") {
            let name = parameter.split([':', '=', ' ']).next().unwrap_or_default();
            self.parameters.push(name.to_owned());
        }
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
        let text = "\u{feff}// title: A\r\n\n//description: B: c\n// param _X: any\n//param _Y = all\n// other\nT\n// title: no";
        let file = QueryFile::new("a.kql", text);
        assert_eq!((file.title.as_deref(), file.description.as_deref()), (Some("A"), Some("B: c")));
        assert_eq!(file.parameters, ["_X", "_Y"]);
        assert_eq!((file.text.as_str(), file.line_of(0), file.line_of(text.len())), (text, 1, 8));
    }
}
