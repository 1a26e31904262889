//! `calypso run`: saved query files.

use crate::arguments::Shared;
use crate::data;
use crate::failure::Failure;
use std::path::Path;

/// Runs each file over the data named.
pub fn files(shared: &Shared, files: &[String]) -> Result<(), Failure> {
    let mut texts = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(Path::new(file))
            .map_err(|error| Failure::Data(format!("{file}: {error}")))?;
        texts.push((file, text));
    }
    let opened = data::engine(shared)?;
    super::query::told(&opened);
    texts.iter().try_for_each(|(file, text)| super::query::one(shared, &opened, text, file))
}
