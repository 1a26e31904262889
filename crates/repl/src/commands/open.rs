//! `calypso open`: what was read of the paths named.

use crate::arguments::Shared;
use crate::data;
use crate::failure::Failure;

/// Opens the paths and says what was read.
pub fn open(shared: &Shared, paths: &[String]) -> Result<(), Failure> {
    let mut named = shared.data.clone();
    named.extend(paths.iter().cloned());
    let opened = data::files(shared, &named)?;
    for summary in &opened.summaries {
        eprintln!("{summary}");
    }
    super::query::from_input(&Shared { data: named, ..shared.clone() }, &[])
}
