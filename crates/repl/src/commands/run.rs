//! `calypso run`: saved query files.

use crate::arguments::Shared;
use crate::failure::Failure;
use crate::{data, interrupt, output, saved};

/// Runs each saved query over the data named.
pub fn files(shared: &Shared, files: &[String]) -> Result<(), Failure> {
    output::format(shared)?;
    let found = files.iter().map(|name| saved::find(name)).collect::<Result<Vec<_>, _>>()?;
    interrupt::listen(false);
    let opened = data::engine(shared)?;
    super::query::told(&opened);
    found.iter().try_for_each(|saved| super::query::one(shared, &opened, &saved.text, &saved.origin))
}
