//! What makes queries faster and leaves their answers alone. Each can be switched off, so that a test can compare.

use datafusion::common::config::{ConfigEntry, ConfigExtension, ExtensionOptions};
use datafusion::config::ConfigOptions;
use datafusion::error::Result;
use std::any::Any;

/// One way of being faster.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Optimization {
    /// A call is evaluated once per distinct text of a batch.
    OncePerText,
    /// Row groups and files are left out by the bounds that filters set on times.
    PruneByTime,
    /// Columns of a file that only the answer needs are read after the filters, for the rows that passed.
    LateColumns,
}

impl Optimization {
    /// All of them.
    pub const ALL: &[Optimization] =
        &[Optimization::OncePerText, Optimization::PruneByTime, Optimization::LateColumns];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Optimization::OncePerText => "once-per-text",
            Optimization::PruneByTime => "prune-by-time",
            Optimization::LateColumns => "late-columns",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Optimization> {
        Optimization::ALL.iter().copied().find(|one| one.name() == name)
    }
}

/// Which are at work; all, unless said otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Optimizations {
    /// A bit for each that is off.
    off: u32,
}

impl Optimizations {
    /// None at work.
    pub fn none() -> Optimizations {
        Optimizations { off: u32::MAX }
    }

    /// The same without one.
    pub fn without(self, one: Optimization) -> Optimizations {
        Optimizations { off: self.off | 1 << one as u32 }
    }

    /// Whether one is at work.
    pub fn has(self, one: Optimization) -> bool {
        self.off & (1 << one as u32) == 0
    }

    /// Which are at work where a function is called; all, when nobody said so.
    pub(crate) fn of(config: &ConfigOptions) -> Optimizations {
        config.extensions.get::<Optimizations>().copied().unwrap_or_default()
    }
}

/// Functions see them in DataFusion's configuration.
impl ConfigExtension for Optimizations {
    const PREFIX: &'static str = "calypso";
}

impl ExtensionOptions for Optimizations {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn cloned(&self) -> Box<dyn ExtensionOptions> {
        Box::new(*self)
    }

    fn set(&mut self, key: &str, _: &str) -> Result<()> {
        Err(crate::error::refused(format!("there is no setting {key}")))
    }

    fn entries(&self) -> Vec<ConfigEntry> {
        Vec::new()
    }
}
