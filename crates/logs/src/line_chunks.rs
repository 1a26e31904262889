//! A stream of lines cut into stretches that hold whole lines, so that they can be read side by side.
//!
//! In: bytes, LF or CRLF at the ends of lines. Out: chunks in order; only the last may end within a line.

use crate::json_stream::TOO_LONG;
use memchr::{memchr, memchr_iter, memrchr};
use std::io::{BufRead, Read};

/// Whole lines.
pub(crate) struct Chunk {
    pub(crate) bytes: Vec<u8>,
    /// The number of its first line, from 1 where reading began.
    pub(crate) line: u64,
    /// The place of its first byte in the stream.
    pub(crate) begin: u64,
    /// What is wrong right behind it, and in which line; 0 when reading had to stop there.
    pub(crate) broken: Option<(u64, String)>,
    /// Whether nothing follows.
    pub(crate) last: bool,
}

/// Cuts a stream into chunks.
pub(crate) struct LineChunks<R> {
    stream: R,
    /// Bytes of a chunk, about.
    size: usize,
    /// Bytes of a line at most.
    longest: usize,
    /// The beginning of a line whose end has not been read yet.
    carried: Vec<u8>,
    line: u64,
    at: u64,
    done: bool,
}

impl<R: BufRead> LineChunks<R> {
    pub(crate) fn new(stream: R, size: usize, longest: usize) -> LineChunks<R> {
        let size = size.max(1);
        LineChunks { stream, size, longest, carried: Vec::new(), line: 1, at: 0, done: false }
    }

    /// The next chunk; `None` at the end. There is always one.
    pub(crate) fn next(&mut self) -> Option<Chunk> {
        if self.done {
            return None;
        }
        let mut bytes = std::mem::take(&mut self.carried);
        let (line, begin) = (self.line, self.at);
        let mut broken = None;
        loop {
            let searched = bytes.len();
            let room = self.size.saturating_sub(searched).max(1 << 12).min(self.longest - searched);
            let read = self.stream.by_ref().take(room as u64).read_to_end(&mut bytes);
            let line_end = memrchr(b'\n', &bytes[searched..]).map(|place| searched + place + 1);
            match read {
                Err(error) => {
                    // A packed file that is cut off: the whole lines that came before count.
                    bytes.truncate(line_end.unwrap_or(0));
                    broken = Some((0, format!("reading stopped: {error}")));
                    self.done = true;
                    break;
                }
                Ok(read) if read < room => {
                    self.done = true;
                    break;
                }
                Ok(_) => {}
            }
            if let Some(line_end) = line_end {
                self.carried = bytes.split_off(line_end);
                break;
            }
            if bytes.len() >= self.longest {
                self.at += bytes.len() as u64;
                bytes.clear();
                broken = Some((line, TOO_LONG.to_owned()));
                self.skip_line();
                break;
            }
        }
        self.at += bytes.len() as u64;
        self.line += memchr_iter(b'\n', &bytes).count() as u64;
        Some(Chunk { bytes, line, begin, broken, last: self.done })
    }

    /// Passes over the rest of a line. A stream that breaks off says so when it is read again.
    fn skip_line(&mut self) {
        self.line += 1;
        while let Ok(bytes) = self.stream.fill_buf() {
            let end = memchr(b'\n', bytes);
            let used = end.map_or(bytes.len(), |end| end + 1);
            self.stream.consume(used);
            self.at += used as u64;
            if end.is_some() || used == 0 {
                return;
            }
        }
    }
}

/// The lines of a chunk that are not blank: the place of each, its number, its bytes without white space behind them,
/// and whether it has no end.
pub(crate) fn lines(chunk: &Chunk) -> impl Iterator<Item = (usize, u64, &[u8], bool)> {
    let mut at = 0;
    let mut number = chunk.line;
    std::iter::from_fn(move || {
        while at < chunk.bytes.len() {
            let begin = at;
            let end = memchr(b'\n', &chunk.bytes[begin..]);
            at = end.map_or(chunk.bytes.len(), |end| begin + end + 1);
            number += 1;
            let line = chunk.bytes[begin..at].trim_ascii_end();
            if !line.is_empty() {
                return Some((begin, number - 1, line, end.is_none()));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Default)]
    struct Read {
        /// Number, text, and whether it has no end.
        lines: Vec<(u64, String, bool)>,
        /// Lines that are too long.
        broken: Vec<u64>,
        /// Where each chunk begins, and what it holds.
        chunks: Vec<(u64, Vec<u8>)>,
    }

    fn read(text: &[u8], size: usize, longest: usize) -> Read {
        // A small buffer makes lines cross reads.
        let mut chunks = LineChunks::new(std::io::BufReader::with_capacity(3, text), size, longest);
        let mut read = Read::default();
        while let Some(chunk) = chunks.next() {
            let shown = |line: &[u8]| String::from_utf8_lossy(line).into_owned();
            read.lines.extend(lines(&chunk).map(|(_, n, line, open)| (n, shown(line), open)));
            read.broken.extend(chunk.broken.iter().map(|(line, _)| *line));
            read.chunks.push((chunk.begin, chunk.bytes));
        }
        read
    }

    #[test]
    fn lines_keep_their_numbers() {
        let expected = [(1, "a".to_owned(), false), (3, "b c".to_owned(), false), (4, "d".to_owned(), true)];
        assert_eq!(read(b"a\r\n \r\nb c\nd", 1, 100).lines, expected);
        assert_eq!(read(b"", 1, 100).lines, []);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let long = "x".repeat(9000);
        let text = format!("a\n{long}\nb\n{long}");
        let Read { lines, broken, .. } = read(text.as_bytes(), 1, 5000);
        assert_eq!(lines, [(1, "a".to_owned(), false), (3, "b".to_owned(), false)]);
        assert_eq!(broken, [2, 4]);
    }

    proptest! {
        #[test]
        fn chunks_make_the_stream(text in "[a-c\n\r ]{0,9000}", size in 1usize..9000) {
            let Read { lines, broken, chunks } = read(text.as_bytes(), size, 1 << 20);
            let expected: Vec<_> = text
                .split('\n')
                .enumerate()
                .map(|(n, line)| (n as u64 + 1, line.trim_ascii_end().to_owned()))
                .filter(|(_, line)| !line.is_empty())
                .collect();
            prop_assert_eq!(lines.into_iter().map(|(n, line, _)| (n, line)).collect::<Vec<_>>(), expected);
            prop_assert!(broken.is_empty());
            let mut whole = Vec::new();
            for (begin, bytes) in chunks {
                prop_assert_eq!(begin, whole.len() as u64);
                whole.extend(bytes);
            }
            prop_assert_eq!(whole, text.as_bytes());
        }
    }
}
