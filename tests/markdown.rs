//! Pages of prose, fenced blocks and tables, as a list of pieces that can be written back.

/// A piece of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// A heading line, without its `#`s, and the line itself.
    Heading(String, String),
    /// A fenced block: the word after the fence, and the lines between.
    Block(String, String),
    /// A table: its lines.
    Table(String),
    /// Any other line.
    Prose(String),
}

/// The pieces of a page.
pub fn read(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(word) = line.strip_prefix("```") {
            let mut body = String::new();
            for inner in lines.by_ref() {
                if inner.starts_with("```") {
                    break;
                }
                body.push_str(inner);
                body.push('\n');
            }
            pieces.push(Piece::Block(word.trim().to_owned(), body));
        } else if line.starts_with('|') {
            let mut body = format!("{line}\n");
            while let Some(next) = lines.next_if(|next| next.starts_with('|')) {
                body.push_str(next);
                body.push('\n');
            }
            pieces.push(Piece::Table(body));
        } else if line.starts_with('#') {
            pieces.push(Piece::Heading(line.trim_start_matches('#').trim().to_owned(), line.to_owned()));
        } else {
            pieces.push(Piece::Prose(line.to_owned()));
        }
    }
    pieces
}

/// The page of pieces.
pub fn write(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Heading(_, line) | Piece::Prose(line) => {
                text.push_str(line);
                text.push('\n');
            }
            Piece::Block(word, body) => text.push_str(&format!("```{word}\n{body}```\n")),
            Piece::Table(body) => text.push_str(body),
        }
    }
    text
}
