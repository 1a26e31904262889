//! Where rules come from, and what a watch has told: what the alerts ask of the rest of Calypso.

use calypso_alerts::Reading;

/// Rules, and what was told of their alerts.
pub trait RuleSource: Send + Sync + 'static {
    /// Every file of rules, read anew.
    fn files(&self) -> Vec<RuleFile>;

    /// What `calypso alert watch` has told or is still to tell, in any order; nothing where none has run.
    ///
    /// # Errors
    /// A sentence, where it cannot be read.
    fn told(&self) -> Result<Vec<Told>, String>;
}

/// A file of rules.
#[derive(Clone, PartialEq, Debug)]
pub struct RuleFile {
    /// For readers: its path or built-in name.
    pub origin: String,
    /// What is in it, or why it cannot be read.
    pub read: Result<Reading, String>,
}

/// A notification that a watch decided on, for one channel. Its texts may come from logs.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// The alert's id.
    pub alert: String,
    /// The rule's name.
    pub rule: String,
    /// What people read first.
    pub title: String,
    /// Sev0 to Sev4, by its number.
    pub severity: u8,
    /// Columns and values that tell the series apart.
    pub series: Vec<(String, String)>,
    /// When it fired, ticks.
    pub fired: i64,
    /// When it was over, ticks; none: it tells of the firing.
    pub resolved: Option<i64>,
    /// What was measured.
    pub value: Option<f64>,
    /// What that was compared with.
    pub threshold: Option<f64>,
    /// The channel's name.
    pub channel: String,
    /// What became of it.
    pub telling: Telling,
}

/// What became of a notification.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Telling {
    /// It was delivered.
    Delivered,
    /// It is tried again and again; why the last time failed.
    Waiting(Option<String>),
    /// It was given up; why the last time failed.
    GivenUp(Option<String>),
}
