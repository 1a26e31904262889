//! One attempt to deliver one notification over one channel. In: the channel's settings and the notification. Out: that
//! it is there, or why not; who tries again, and when, is the outbox's matter.

mod address;
mod command;
mod connect;
mod email;
mod file;
pub mod signature;
mod smtp;
mod webhook;

use crate::outbox::Id;
use crate::readable::block;
use crate::settings::{Channel, ChannelKind, Form};
use crate::text::line;
use crate::{Notification, Outside, common_alert_schema};
use chrono::{DateTime, Utc};
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A delivery that did not succeed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Failure {
    /// Why: one line, without secrets and without the paths of addresses.
    pub what: String,
    /// How long the receiver asks to wait.
    pub wait: Option<Duration>,
}

/// A delivery that succeeded, and what there is to say of it nevertheless.
pub(crate) type Sent = Option<String>;

/// What channels need from outside, for several at a time.
pub(crate) struct Shared<'a> {
    pub now: &'a (dyn Fn() -> DateTime<Utc> + Sync),
    pub variable: &'a (dyn Fn(&str) -> Option<String> + Sync),
    out: Mutex<&'a mut (dyn Write + Send)>,
}

impl<'a> Shared<'a> {
    pub fn new(outside: Outside<'a>) -> Shared<'a> {
        Shared { now: outside.now, variable: outside.variable, out: Mutex::new(outside.out) }
    }
}

impl Failure {
    pub fn new(what: impl AsRef<str>) -> Failure {
        Failure { what: line(what.as_ref(), 500), wait: None }
    }
}

/// Makes one attempt.
pub(crate) async fn send(
    channel: &Channel,
    id: &Id,
    notification: &Notification,
    shared: &Shared<'_>,
) -> Result<Sent, Failure> {
    match &channel.kind {
        ChannelKind::Stdout(form) => {
            let text = match form {
                Form::Text => block(notification),
                Form::Json => common_alert_schema(notification),
            };
            let mut out = shared.out.lock().unwrap_or_else(PoisonError::into_inner);
            let written = out.write_all(format!("{text}\n").as_bytes()).and_then(|()| out.flush());
            written.map_err(|error| Failure::new(format!("standard output cannot be written: {error}")))?;
            Ok(None)
        }
        ChannelKind::File(path) => {
            let appended = file::append(path, &common_alert_schema(notification));
            appended
                .map_err(|error| Failure::new(format!("`{}` cannot be written: {error}", path.display())))?;
            Ok(None)
        }
        ChannelKind::Command(program) => {
            let work = command::run(program, common_alert_schema(notification).into_bytes());
            limited(program.timeout, work).await.map(|()| None)
        }
        ChannelKind::Webhook(hook) => {
            let body = common_alert_schema(notification);
            limited(hook.timeout, webhook::post(hook, id, body, shared)).await.map(|()| None)
        }
        ChannelKind::Email(email) => {
            limited(email.timeout, email::send(email, id, notification, shared)).await
        }
    }
}

/// Ends what takes too long.
async fn limited<T>(limit: Duration, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result,
        Err(_) => Err(Failure::new(format!("no success within {} s", limit.as_secs()))),
    }
}
