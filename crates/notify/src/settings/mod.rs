//! The settings of channels: `notify.toml`. In: its text. Out: named channels with checked settings, or an error with
//! its place, the reason and the way out. Secrets are named here, never held.

mod form;
mod secret;

pub(crate) use form::address;
pub use secret::Secret;

use crate::Link;
use lettre::message::Mailbox;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

/// The settings.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// For how long deliveries are tried.
    pub delivery: Delivery,
    /// Where the live page is, without a path: links of notifications lead there.
    pub page: Option<Link>,
    /// The channels by name.
    pub channels: BTreeMap<String, Channel>,
}

/// For how long a delivery is tried before it is given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// How often, at most.
    pub attempts: u32,
    /// For how many days after the notification was put into the outbox.
    pub days: u32,
}

/// A channel: where notifications go.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name: lower-case letters, digits, `-` and `_`, at most 40.
    pub name: String,
    /// What it is.
    pub kind: ChannelKind,
}

/// What a channel is.
#[derive(Clone, Debug)]
pub enum ChannelKind {
    /// Standard output.
    Stdout(Form),
    /// A file to which lines of JSON are appended.
    File(PathBuf),
    /// A program that is given the JSON.
    Command(Program),
    /// An address to which the JSON is posted.
    Webhook(Box<Webhook>),
    /// E-mail.
    Email(Box<Email>),
}

/// How standard output shows notifications.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A block of lines for people.
    Text,
    /// One line of JSON.
    Json,
}

/// A program that is given the JSON on its standard input.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its path, or its name among the folders of `PATH`.
    pub program: PathBuf,
    /// Its arguments, as they are: no shell reads them.
    pub arguments: Vec<String>,
    /// How long it may take.
    pub timeout: Duration,
    /// Variables of the environment it does not get: those that hold secrets of channels.
    pub hidden: Vec<String>,
}

/// An address to which the JSON is posted.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Where.
    pub url: Address,
    /// The key that signs; none: unsigned.
    pub secret: Option<Secret>,
    /// The value of the header `Authorization`.
    pub authorization: Option<Secret>,
    /// Which hosts may be spoken to, and how.
    pub reach: Reach,
    /// How long one attempt may take.
    pub timeout: Duration,
}

/// Where a webhook posts to.
#[derive(Clone, Debug)]
pub enum Address {
    /// As the settings have it.
    Plain(HiddenUrl),
    /// Read when it is needed, since it is a secret as a whole.
    Secret(Secret),
}

/// An address whose path and query are not shown: they often hold keys.
#[derive(Clone, PartialEq, Eq)]
pub struct HiddenUrl(pub Url);

/// Which hosts may be spoken to, and how.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Whether `http://` is allowed.
    pub http: bool,
    /// Whether addresses are allowed that are not public.
    pub private: bool,
    /// A file of certificates that are trusted beside those of the operating system.
    pub ca: Option<PathBuf>,
}

/// E-mail.
#[derive(Clone, Debug)]
pub struct Email {
    /// The SMTP server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The sender.
    pub from: Mailbox,
    /// The recipients.
    pub to: Vec<Mailbox>,
    /// The name to sign in with, and the password.
    pub login: Option<(String, Secret)>,
    /// A file of certificates that are trusted beside those of the operating system.
    pub ca: Option<PathBuf>,
    /// How long one attempt may take.
    pub timeout: Duration,
}

/// How a connection to an SMTP server is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tls {
    /// Begins unprotected; nothing but the wish for TLS is said before it is.
    Starttls,
    /// From the first byte.
    Implicit,
    /// Not at all; never with a password.
    None,
}

/// What is wrong with the settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingsError {
    /// The file.
    pub file: PathBuf,
    /// Line and column, from 1.
    pub place: Option<(usize, usize)>,
    /// What was found, and what was wanted.
    pub what: String,
    /// What to do about it.
    pub way_out: Option<String>,
}

impl Settings {
    /// Reads the text of a file of settings; relative paths in it are relative to the file's folder.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn read(text: &str, file: &Path) -> Result<Settings, SettingsError> {
        form::read(text, file)
    }
}

impl Default for Delivery {
    fn default() -> Delivery {
        Delivery { attempts: 30, days: 3 }
    }
}

/// `https://example.org/…`
impl fmt::Display for HiddenUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.origin().ascii_serialization())?;
        f.write_str(if self.0.path() == "/" && self.0.query().is_none() { "/" } else { "/…" })
    }
}

impl fmt::Debug for HiddenUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// `notify.toml:3:8: what was found; the way out`
impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.what)?;
        self.way_out.as_ref().map_or(Ok(()), |way_out| write!(f, "; {way_out}"))
    }
}

impl std::error::Error for SettingsError {}
