//! Files under construction: packed, digested, and renamed to their name only when whole.

use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// How text files are packed. Parquet is packed within (plain and zstd: zstd, gzip: gzip); Arrow files as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// As gzip, name ending in `.gz`.
    Gzip,
    /// As zstd, name ending in `.zst`.
    Zstd,
}

impl Packing {
    /// As the command line spells it.
    pub fn name(self) -> &'static str {
        match self {
            Packing::Plain => "plain",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }

    /// The packing of that name.
    pub fn from_name(name: &str) -> Option<Packing> {
        [Packing::Plain, Packing::Gzip, Packing::Zstd].into_iter().find(|packing| packing.name() == name)
    }
}

/// A file that was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenFile {
    /// Path below the folder, with `/`.
    pub path: String,
    /// Size as it lies on the disk.
    pub bytes: u64,
    /// Records it holds; 0 for the manifest.
    pub rows: u64,
    /// SHA-256 of its bytes, in lower-case hex.
    pub sha256: String,
}

/// The folder written to.
pub(super) struct Folder {
    root: PathBuf,
    pub(super) packing: Packing,
    pub(super) written: Vec<WrittenFile>,
}

impl Folder {
    pub(super) fn new(root: &Path, packing: Packing) -> Folder {
        Folder { root: root.to_owned(), packing, written: Vec::new() }
    }

    /// Writes one file, packed as the folder's are; `write` gives the number of records.
    pub(super) fn write(
        &mut self,
        path: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<u64>,
    ) -> io::Result<()> {
        let written = self.packed(path, write)?;
        self.written.push(written);
        Ok(())
    }

    /// The same without noting it, for files that are written side by side.
    pub(super) fn packed(
        &self,
        path: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<u64>,
    ) -> io::Result<WrittenFile> {
        match self.packing {
            Packing::Plain => self.stored(path, |out| write(out)),
            Packing::Gzip => self.stored(&format!("{path}.gz"), |out| {
                let mut packed = flate2::write::GzEncoder::new(out, flate2::Compression::new(6));
                let rows = write(&mut packed)?;
                packed.finish()?;
                Ok(rows)
            }),
            Packing::Zstd => self.stored(&format!("{path}.zst"), |out| {
                let mut packed = zstd::Encoder::new(out, 3)?;
                let rows = write(&mut packed)?;
                packed.finish()?;
                Ok(rows)
            }),
        }
    }

    /// Writes one file as it is, whatever the packing.
    pub(super) fn write_plain(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.store(path, |out| out.write_all(bytes).map(|()| 0))
    }

    /// Writes a file of bytes that are packed already.
    pub(super) fn store(
        &mut self,
        path: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<u64>,
    ) -> io::Result<()> {
        let written = self.stored(path, write)?;
        self.written.push(written);
        Ok(())
    }

    fn stored(
        &self,
        path: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<u64>,
    ) -> io::Result<WrittenFile> {
        let target = self.root.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut partial = target.clone().into_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let made =
            store_partial(&partial, write).and_then(|made| fs::rename(&partial, &target).map(|()| made));
        match made {
            Ok((rows, digest)) => {
                let sha256 = digest.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
                Ok(WrittenFile { path: path.to_owned(), bytes: digest.bytes, rows, sha256 })
            }
            Err(error) => {
                // What is left of it is of no use; that it cannot be removed either is not worth a second word.
                drop(fs::remove_file(&partial));
                Err(error)
            }
        }
    }
}

fn store_partial(
    partial: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<u64>,
) -> io::Result<(u64, Digesting<BufWriter<File>>)> {
    let file = BufWriter::with_capacity(1 << 18, File::create(partial)?);
    let mut out = Digesting { inner: file, hash: Sha256::new(), bytes: 0 };
    let rows = write(&mut out)?;
    out.flush()?;
    Ok((rows, out))
}

/// Counts and digests what passes through.
struct Digesting<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
