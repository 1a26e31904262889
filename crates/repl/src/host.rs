//! Files for the engine: those of the folder that `--files` names, and the file of stored functions.

use crate::arguments::Shared;
use crate::failure::Failure;
use crate::{functions_file, output, places};
use arrow::record_batch::RecordBatch;
use calypso_engine::host::{Host, Target, Written};
use calypso_engine::{Engine, StoredFunction};
use calypso_library::{Answer, Column, Table};
use calypso_logs::external::{self, Layout};
use calypso_planner::plan::External;
use calypso_view::{Format, WriteOptions};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Why no file can be read or written.
const NO_FOLDER: &str = "no folder is open for files; `--files FOLDER` names one";

struct Files {
    folder: Option<PathBuf>,
    functions: Option<PathBuf>,
    /// The names of functions that were read or written.
    known: Mutex<BTreeSet<String>>,
}

/// Gives an engine its files, and the functions kept. What cannot be read of the file of functions is told and left out.
pub fn attach(engine: &Engine, shared: &Shared) -> Result<(), Failure> {
    let named = shared.functions.is_some();
    let path = shared.functions.clone().or_else(places::functions);
    let mut known = BTreeSet::new();
    if let Some(path) = &path {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) if named => return Err(Failure::Data(format!("{}: {error}", path.display()))),
            Err(error) => {
                eprintln!("calypso: {}: {error}", path.display());
                String::new()
            }
        };
        let (functions, wrong) = functions_file::read(&text);
        for sentence in wrong {
            let told = format!("{}: {sentence}; left out", path.display());
            eprintln!("calypso: {}", calypso_view::text::visible(&told, true));
        }
        known.extend(functions.iter().map(|function| function.name.clone()));
        functions.into_iter().for_each(|function| engine.keep(function));
    }
    engine.set_host(Arc::new(Files {
        folder: shared.folder.clone(),
        functions: path,
        known: Mutex::new(known),
    }));
    Ok(())
}

impl Files {
    /// A path within the folder; what leads out of it is refused, also by a link.
    fn within(&self, address: &str) -> Result<(PathBuf, PathBuf), String> {
        let folder = self.folder.as_ref().ok_or(NO_FOLDER)?;
        let told = |error: std::io::Error| format!("{}: {error}", folder.display());
        let folder = folder.canonicalize().map_err(told)?;
        let address = address.strip_prefix("file://").unwrap_or(address);
        if Path::new(address).components().any(|part| part == Component::ParentDir) {
            return Err(outside(address));
        }
        Ok((folder.join(address), folder))
    }

    fn to_read(&self, address: &str) -> Result<PathBuf, String> {
        let (path, folder) = self.within(address)?;
        let found = path.canonicalize().map_err(|error| format!("`{address}` cannot be read: {error}"))?;
        if found.starts_with(&folder) { Ok(found) } else { Err(outside(address)) }
    }

    fn to_write(&self, address: &str) -> Result<PathBuf, String> {
        let (path, folder) = self.within(address)?;
        let name = path.file_name().ok_or_else(|| format!("`{address}` names no file"))?.to_owned();
        let parent = path.parent().unwrap_or(&folder);
        let parent =
            parent.canonicalize().map_err(|error| format!("`{address}` cannot be written: {error}"))?;
        let target = parent.join(name);
        if parent.starts_with(&folder) && !target.is_dir() { Ok(target) } else { Err(outside(address)) }
    }
}

fn outside(address: &str) -> String {
    format!("`{address}` does not lie in the folder that `--files` names")
}

impl Host for Files {
    fn read(&self, source: &External, columns: &[Column]) -> Result<Vec<RecordBatch>, String> {
        let layout = Layout {
            format: source.format.clone(),
            skip_first: source.skip_first,
            mapping: source.mapping.clone(),
        };
        let mut batches = Vec::new();
        for address in &source.addresses {
            let path = self.to_read(address)?;
            for file in files_of(&path).map_err(|error| format!("`{address}` cannot be read: {error}"))? {
                batches.extend(external::read_external(&file, &layout, columns)?);
            }
        }
        Ok(batches)
    }

    fn read_text(
        &self,
        text: &str,
        format: &str,
        skip_first: bool,
        columns: &[Column],
    ) -> Result<Vec<RecordBatch>, String> {
        let layout = Layout { format: None, skip_first, mapping: None };
        external::read_text(text.as_bytes(), format, &layout, columns)
    }

    fn write(&self, answer: &Answer, target: &Target) -> Result<Written, String> {
        let path = self.to_write(&target.path)?;
        let failed = |error: &dyn std::fmt::Display| format!("`{}` cannot be written: {error}", target.path);
        if target.format == "parquet" {
            let table = Table {
                name: "Answer".to_owned(),
                columns: answer.columns.clone(),
                batches: answer.batches.clone(),
            };
            calypso_logs::write_parquet(&table, &path, calypso_logs::Compression::Zstd)
                .map_err(|error| failed(&error))?;
        } else {
            let bytes = written_text(answer, target).map_err(|error| failed(&error))?;
            let stored = output::written(&path, |out| out.write_all(&bytes).map_err(Failure::from));
            stored.map_err(|failure| match failure {
                Failure::Output(error) => failed(&error),
                other => format!("{other:?}"),
            })?;
        }
        let bytes = std::fs::metadata(&path).map_or(0, |found| found.len());
        Ok(Written { path: target.path.clone(), bytes })
    }

    fn keep(&self, functions: &[StoredFunction]) -> Result<(), String> {
        let path = self.functions.as_ref().ok_or("there is no folder to keep functions in")?;
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed(error)),
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let text = functions_file::merged(&text, functions, &known);
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let stored = output::written(path, |out| out.write_all(text.as_bytes()).map_err(Failure::from));
        stored.map_err(|failure| match failure {
            Failure::Output(error) => failed(error),
            other => format!("{other:?}"),
        })?;
        known.extend(functions.iter().map(|function| function.name.clone()));
        Ok(())
    }
}

/// A file, or the files of a folder by name.
fn files_of(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_file() && !path.is_symlink() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// An answer as text; without headers when they are not wanted.
fn written_text(answer: &Answer, target: &Target) -> std::io::Result<Vec<u8>> {
    let format = match target.format.as_str() {
        "tsv" => Format::Tsv,
        "json" => Format::Ndjson,
        _ => Format::Csv,
    };
    let (mut bytes, mut head) = (Vec::new(), Vec::new());
    calypso_view::write(answer, format, WriteOptions::default(), &mut bytes)?;
    if format != Format::Ndjson && !target.headers {
        let empty = Answer { batches: Vec::new(), ..answer.clone() };
        calypso_view::write(&empty, format, WriteOptions::default(), &mut head)?;
        bytes.drain(..head.len().min(bytes.len()));
    }
    Ok(bytes)
}
