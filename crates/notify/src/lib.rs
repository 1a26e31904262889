//! Telling of alerts: what is told ([`Notification`]), over which channels ([`Settings`]), and an [`Outbox`] that loses
//! nothing when the program is killed.
//!
//! Who evaluates rules puts notifications into the outbox together with the state that they follow from
//! ([`Outbox::commit`]), and has them delivered ([`Outbox::deliver`]), in the same thread or in another. A notification
//! goes to a channel at least once, always under the same id. Nothing here asks a clock, prints, or reads variables of the
//! environment by itself: the caller brings them ([`Outside`]).

mod channel;
mod link;
mod notification;
mod outbox;
mod readable;
mod schema;
mod settings;
mod text;

pub use channel::signature;
pub use link::Link;
pub use notification::{AlertId, Kind, Measured, Notification, Operator, Severity};
pub use outbox::{Attempt, Entry, Id, Outbox, OutboxError, Outcome, Part, Put, look};
pub use readable::block;
pub use schema::{LIMIT as SCHEMA_LIMIT, common_alert_schema};
pub use settings::{Channel, ChannelKind, Delivery, Settings, SettingsError};

use chrono::{DateTime, Utc};
use std::io::Write;

/// What deliveries need from outside this crate.
pub struct Outside<'a> {
    /// The time now.
    pub now: &'a (dyn Fn() -> DateTime<Utc> + Sync),
    /// The value of a variable of the environment.
    pub variable: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// Where channels of kind `stdout` write.
    pub out: &'a mut (dyn Write + Send),
}
