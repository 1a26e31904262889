//! Bytes of a file as they were before packing: gzip and zstd undone, byte order mark dropped, UTF-16 made UTF-8.
//!
//! In: a file or bytes in memory. Out: a buffered stream, and what its first bytes say it is. All by content.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Bytes of one line or element at most; a longer one is refused.
pub(crate) const MAX_ELEMENT: usize = 512 << 20;
/// Bytes of a packed Parquet or Arrow file after unpacking at most.
const MAX_UNPACKED: u64 = 8 << 30;

/// Where bytes come from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// A file on disk.
    File(PathBuf),
    /// Bytes at hand, such as standard input.
    Memory(Arc<[u8]>),
}

/// What the unpacked bytes begin like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Container {
    Parquet,
    ArrowFile,
    ArrowStream,
    Json,
    /// Text that may be a table of separated values.
    Text,
    Empty,
    Unknown,
}

impl Source {
    /// The stream without packing, byte order mark and UTF-16.
    pub(crate) fn open(&self) -> io::Result<Box<dyn BufRead>> {
        let raw: Box<dyn BufRead> = match self {
            Source::File(path) => Box::new(BufReader::with_capacity(1 << 17, File::open(path)?)),
            Source::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        };
        without_mark(unpacked(raw)?)
    }

    /// The stream from a byte of the file on, where `begins_at` gives a place; from its beginning for 0.
    pub(crate) fn open_from(&self, from: u64) -> io::Result<Box<dyn BufRead>> {
        match self {
            Source::File(path) if from > 0 => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(from))?;
                Ok(Box::new(BufReader::with_capacity(1 << 17, file)))
            }
            Source::File(_) | Source::Memory(_) => self.open(),
        }
    }

    /// Where the stream of `open` begins in the file, when it holds the bytes of the file as they lie.
    pub(crate) fn begins_at(&self) -> io::Result<Option<u64>> {
        let Source::File(path) = self else {
            return Ok(None);
        };
        let mut head = [0; 4];
        let length = read_up_to(&mut File::open(path)?, &mut head)?;
        Ok(match &head[..length] {
            [0xef, 0xbb, 0xbf, ..] => Some(3),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => None,
            head => (Packing::of(head) == Packing::Plain).then_some(0),
        })
    }

    /// Bytes on disk; 0 for bytes at hand.
    pub(crate) fn size(&self) -> u64 {
        let file = self.path().and_then(|path| std::fs::metadata(path).ok());
        file.map_or(0, |file| file.len())
    }

    /// Whether the bytes on disk are used as they are.
    pub(crate) fn is_packed(&self) -> io::Result<bool> {
        let mut head = [0; 4];
        let length = match self {
            Source::File(path) => read_up_to(&mut File::open(path)?, &mut head)?,
            Source::Memory(bytes) => read_up_to(&mut bytes.as_ref(), &mut head)?,
        };
        Ok(Packing::of(&head[..length]) != Packing::Plain)
    }

    /// All unpacked bytes, up to a limit.
    pub(crate) fn read_all(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.take(MAX_UNPACKED + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_UNPACKED {
            return Err(io::Error::other("more than 8 GiB after unpacking"));
        }
        Ok(bytes)
    }

    /// When the file was last written.
    pub(crate) fn modified(&self) -> Option<SystemTime> {
        match self {
            Source::File(path) => std::fs::metadata(path).and_then(|meta| meta.modified()).ok(),
            Source::Memory(_) => None,
        }
    }

    /// The path, for a file.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Source::File(path) => Some(path),
            Source::Memory(_) => None,
        }
    }
}

#[derive(PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl Packing {
    fn of(head: &[u8]) -> Packing {
        match head {
            [0x1f, 0x8b, ..] => Packing::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Packing::Zstd,
            _ => Packing::Plain,
        }
    }
}

fn unpacked(mut raw: Box<dyn BufRead>) -> io::Result<Box<dyn BufRead>> {
    Ok(match Packing::of(raw.fill_buf()?) {
        Packing::Plain => raw,
        Packing::Gzip => {
            Box::new(BufReader::with_capacity(1 << 17, flate2::bufread::MultiGzDecoder::new(raw)))
        }
        Packing::Zstd => {
            Box::new(BufReader::with_capacity(1 << 17, zstd::stream::read::Decoder::with_buffer(raw)?))
        }
    })
}

fn without_mark(mut stream: Box<dyn BufRead>) -> io::Result<Box<dyn BufRead>> {
    let head = stream.fill_buf()?;
    if head.starts_with(&[0xef, 0xbb, 0xbf]) {
        stream.consume(3);
        return Ok(stream);
    }
    let little = match head {
        [0xff, 0xfe, third, ..] if *third != 0xff => true,
        [0xfe, 0xff, ..] => false,
        _ => return Ok(stream),
    };
    // Windows PowerShell redirects to UTF-16; such files are small, so they are turned at once.
    let mut bytes = Vec::new();
    stream.take(MAX_ELEMENT as u64).read_to_end(&mut bytes)?;
    let units = bytes[2..].chunks_exact(2).map(|pair| {
        if little { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) }
    });
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Ok(Box::new(Cursor::new(text.into_bytes())))
}

fn read_up_to(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match reader.read(&mut buffer[length..])? {
            0 => break,
            read => length += read,
        }
    }
    Ok(length)
}

/// The first bytes of the unpacked stream, at most `limit`. A stream that breaks off later gives what it has: the
/// reader meets the break again and says so.
pub(crate) fn head(source: &Source, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match source.open()?.take(limit).read_to_end(&mut bytes) {
        Err(error) if bytes.is_empty() => Err(error),
        _ => Ok(bytes),
    }
}

/// What the bytes begin like.
pub(crate) fn container(head: &[u8]) -> Container {
    if head.starts_with(b"PAR1") {
        return Container::Parquet;
    }
    if head.starts_with(b"ARROW1") {
        return Container::ArrowFile;
    }
    if head.starts_with(&[0xff, 0xff, 0xff, 0xff]) && head.len() >= 8 {
        return Container::ArrowStream;
    }
    match head.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Container::Empty,
        Some(b'{' | b'[') => Container::Json,
        Some(_) if head.iter().any(|byte| *byte < 9) => Container::Unknown,
        Some(_) => Container::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn text(bytes: Vec<u8>) -> String {
        let source = Source::Memory(bytes.into());
        String::from_utf8(source.read_all().unwrap()).unwrap()
    }

    #[test]
    fn packing_and_marks_are_undone() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"\xef\xbb\xbf{}").unwrap();
        assert_eq!(text(gzip.finish().unwrap()), "{}");
        assert_eq!(text(zstd::encode_all(&b"{}"[..], 1).unwrap()), "{}");
        assert_eq!(text(vec![0xff, 0xfe, b'{', 0, b'}', 0]), "{}");
        assert_eq!(text(vec![0xfe, 0xff, 0, b'[', 0, b']']), "[]");
    }

    #[test]
    fn containers_are_known_by_their_first_bytes() {
        assert_eq!(container(b" \r\n{"), Container::Json);
        assert_eq!(container(b"a,b\n"), Container::Text);
        assert_eq!(container(b"\x89PNG\0"), Container::Unknown);
        assert_eq!(container(b"\n"), Container::Empty);
    }
}
