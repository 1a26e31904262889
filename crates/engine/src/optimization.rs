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
    /// Parts of one JSON text are found in one pass.
    JsonParts,
    /// An expression over one column of text is evaluated as a whole once per distinct text of a batch.
    WholeOncePerText,
    /// Row groups and files are left out by the bounds that filters set on times.
    PruneByTime,
    /// Columns of a file that only the answer needs are read after the filters, for the rows that passed.
    LateColumns,
    /// Row groups and pages are left out by texts and numbers that filters ask for.
    PruneByValue,
    /// Columns of files that queries read again are kept in memory.
    KeptColumns,
    /// Filters on narrow columns run before those on wide ones.
    CheapFirst,
    /// `top` and `take` by time read the newest (oldest) files and row groups first, and stop.
    NewestFirst,
    /// The rows of whole tables are counted without reading them.
    CountFromMetadata,
    /// Members of JSON texts are read from columns of their own, where the store keeps them.
    StoredMembers,
    /// Files are cut into pieces that the cores share evenly.
    EvenPieces,
    /// What several parts of a query have in common is computed once.
    SharePlan,
    /// What several queries asked together have in common is computed once.
    SharePanels,
    /// The columns of `arg_max` and `arg_min` are found together, and copied when all rows are seen.
    BestRows,
    /// Percentiles of the same values keep them once.
    ShareValues,
    /// Columns of texts that refer to many buffers get one of their own before batches are brought together.
    CompactTexts,
}

impl Optimization {
    /// All of them.
    pub const ALL: &[Optimization] = &[
        Optimization::OncePerText,
        Optimization::JsonParts,
        Optimization::WholeOncePerText,
        Optimization::PruneByTime,
        Optimization::LateColumns,
        Optimization::PruneByValue,
        Optimization::KeptColumns,
        Optimization::CheapFirst,
        Optimization::NewestFirst,
        Optimization::CountFromMetadata,
        Optimization::EvenPieces,
        Optimization::StoredMembers,
        Optimization::SharePlan,
        Optimization::SharePanels,
        Optimization::BestRows,
        Optimization::ShareValues,
        Optimization::CompactTexts,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Optimization::OncePerText => "once-per-text",
            Optimization::JsonParts => "json-parts",
            Optimization::WholeOncePerText => "whole-once-per-text",
            Optimization::PruneByTime => "prune-by-time",
            Optimization::LateColumns => "late-columns",
            Optimization::PruneByValue => "prune-by-value",
            Optimization::KeptColumns => "kept-columns",
            Optimization::CheapFirst => "cheap-first",
            Optimization::NewestFirst => "newest-first",
            Optimization::CountFromMetadata => "count-from-metadata",
            Optimization::EvenPieces => "even-pieces",
            Optimization::StoredMembers => "stored-members",
            Optimization::SharePlan => "share-plan",
            Optimization::SharePanels => "share-panels",
            Optimization::BestRows => "best-rows",
            Optimization::ShareValues => "share-values",
            Optimization::CompactTexts => "compact-texts",
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
