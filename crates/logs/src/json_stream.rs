//! The JSON values of a stream, one after the other, without holding the stream.
//!
//! In: one document, several documents, or an array whose elements are then given one by one. Out: each value as bytes
//! with the line it begins in; broken ones are given with what is wrong, and reading goes on where the next one can be
//! found. Values that lie one a line are told apart in `line_chunks`.

use crate::json_text::skip_space;
use crate::source::MAX_ELEMENT;
use std::io::{self, BufRead};

/// How values lie in the stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layout {
    /// A value a line.
    Lines,
    /// Values over several lines, or elements of an array.
    Values,
}

/// One value.
pub(crate) struct Item {
    /// The line it begins in, from 1.
    pub(crate) line: u64,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Why it cannot be a value.
    pub(crate) broken: Option<&'static str>,
    /// Whether the stream ended inside or right after it, without a line end.
    pub(crate) unfinished: bool,
}

/// The layout that the first bytes of a stream show.
pub(crate) fn layout(head: &[u8]) -> Layout {
    let head = &head[skip_space(head, 0)..];
    if head.first() == Some(&b'[') {
        return Layout::Values;
    }
    let Some(end) = head.iter().position(|byte| *byte == b'\n') else {
        return Layout::Lines;
    };
    let line = head[..end].trim_ascii_end();
    if std::str::from_utf8(line).is_ok_and(|line| crate::json_text::validate(line).is_ok()) {
        return Layout::Lines;
    }
    if matches!(line.last(), Some(b'{' | b'[' | b',' | b':')) {
        return Layout::Values;
    }
    let next = &head[end..];
    match next.get(skip_space(next, 0)) {
        Some(b'{') | None => Layout::Lines,
        Some(_) => Layout::Values,
    }
}

/// Reads values that lie over several lines, or elements of an array.
pub(crate) struct Items<R> {
    stream: R,
    line: u64,
    inside_array: bool,
}

impl<R: BufRead> Items<R> {
    pub(crate) fn new(stream: R) -> Items<R> {
        Items { stream, line: 1, inside_array: false }
    }

    /// The first byte of the next value, not consumed; `None` at the end.
    fn next_start(&mut self) -> io::Result<Option<u8>> {
        loop {
            let Some(&byte) = self.stream.fill_buf()?.first() else {
                return Ok(None);
            };
            match byte {
                b'\n' => self.line += 1,
                b'[' if !self.inside_array => self.inside_array = true,
                b']' => self.inside_array = false,
                b',' | b' ' | b'\t' | b'\r' => {}
                _ => return Ok(Some(byte)),
            }
            self.stream.consume(1);
        }
    }

    /// The next value; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Item>> {
        let start = self.next_start()?;
        let line = self.line;
        if start.is_none() {
            let open = std::mem::take(&mut self.inside_array);
            return Ok(open.then(|| Item {
                line,
                bytes: vec![],
                broken: Some(OPEN_ARRAY),
                unfinished: true,
            }));
        }
        let mut bytes = Vec::new();
        let mut scan = Scan::default();
        loop {
            let chunk = self.stream.fill_buf()?;
            if chunk.is_empty() {
                self.inside_array = false;
                let broken = scan.is_open().then_some(CUT);
                return Ok(Some(Item { line, bytes, broken, unfinished: true }));
            }
            let end = scan.end(chunk);
            let used = end.unwrap_or(chunk.len());
            bytes.extend_from_slice(&chunk[..used]);
            self.line += chunk[..used].iter().filter(|byte| **byte == b'\n').count() as u64;
            self.stream.consume(used);
            if end.is_some() {
                return Ok(Some(Item { line, bytes, broken: None, unfinished: false }));
            }
            if bytes.len() > MAX_ELEMENT {
                // Where the value ends is no longer known: what follows cannot be told apart.
                io::copy(&mut self.stream, &mut io::sink())?;
                self.inside_array = false;
                return Ok(Some(Item { line, bytes: vec![], broken: Some(TOO_LONG), unfinished: true }));
            }
        }
    }
}

pub(crate) const TOO_LONG: &str = "longer than 512 MiB";
const OPEN_ARRAY: &str = "the array is not closed: the file is cut off";
const CUT: &str = "the value is not closed: the file is cut off";

/// Where a value ends, found chunk by chunk.
#[derive(Default)]
struct Scan {
    begun: bool,
    scalar: bool,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// The place behind the value when it ends in this chunk.
    fn end(&mut self, chunk: &[u8]) -> Option<usize> {
        for (index, &byte) in chunk.iter().enumerate() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.in_string = false;
                        if self.depth == 0 {
                            return Some(index + 1);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' if !self.scalar => self.in_string = true,
                b'{' | b'[' if !self.scalar => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(index + 1);
                    }
                }
                // A closing bracket with nothing open ends as a value of its own, which is then refused.
                b'}' if !self.begun => return Some(index + 1),
                b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n' if self.scalar => return Some(index),
                _ if self.depth == 0 => self.scalar = true,
                _ => {}
            }
            self.begun = true;
        }
        None
    }

    /// Whether the end of the stream cuts the value.
    fn is_open(&self) -> bool {
        self.in_string || self.depth > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<(u64, String, bool)> {
        // A small buffer makes values cross chunks.
        let stream = io::BufReader::with_capacity(3, text.as_bytes());
        assert_eq!(layout(text.as_bytes()), Layout::Values);
        let mut items = Items::new(stream);
        let mut all = Vec::new();
        while let Some(item) = items.next().unwrap() {
            all.push((item.line, String::from_utf8(item.bytes).unwrap(), item.broken.is_some()));
        }
        all
    }

    fn texts(text: &str) -> Vec<String> {
        items(text).into_iter().map(|item| item.1).collect()
    }

    #[test]
    fn documents_over_lines() {
        assert_eq!(texts("{\n \"a\": \"}\\\"\"\n}\n{\n}\n"), ["{\n \"a\": \"}\\\"\"\n}", "{\n}"]);
        assert_eq!(texts("[1, {\"a\":[2]},\"x]\" ]"), ["1", "{\"a\":[2]}", "\"x]\""]);
        assert_eq!(items("[\n{},\n{}\n]")[1].0, 3);
    }

    #[test]
    fn cut_documents_say_so() {
        assert_eq!(items("[{},{\"a\":"), [(1, "{}".into(), false), (1, "{\"a\":".into(), true)]);
        assert_eq!(items("[{},"), [(1, "{}".into(), false), (1, String::new(), true)]);
        assert_eq!(texts("[}{}]"), ["}", "{}"]);
    }
}
