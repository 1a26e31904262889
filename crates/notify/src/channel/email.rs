//! A notification as a message of e-mail: plain text, and the same id in every attempt. What comes from logs is harmless
//! lines before it gets here, and lettre writes headers.

use super::connect::{connect, protect};
use super::{Failure, Sent, Shared, smtp};
use crate::Notification;
use crate::notification::Kind;
use crate::outbox::Id;
use crate::readable::{block, queries, subject};
use crate::settings::{Email, Tls};
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use url::Host;

/// Sends it to the server of the settings.
pub(super) async fn send(
    settings: &Email,
    id: &Id,
    one: &Notification,
    shared: &Shared<'_>,
) -> Result<Sent, Failure> {
    let message = message(settings, id, one, (shared.now)()).map_err(Failure::new)?;
    let password = settings.login.as_ref().map(|(_, password)| password.value(shared.variable));
    let password = password.transpose().map_err(Failure::new)?;
    let host = Host::parse(&settings.host).map_err(|error| Failure::new(format!("no host: {error}")))?;
    let host = match &host {
        Host::Domain(name) => Host::Domain(name.as_str()),
        Host::Ipv4(address) => Host::Ipv4(*address),
        Host::Ipv6(address) => Host::Ipv6(*address),
    };
    // Relays of one's own network are what e-mail usually goes through.
    let mut stream = connect(&host, settings.port, true).await.map_err(Failure::new)?;
    if settings.tls == Tls::Implicit {
        stream = protect(stream, &host, settings.ca.as_deref()).await.map_err(Failure::new)?;
    }
    let sent = smtp::send(stream, &host, settings, password, message.envelope(), &message.formatted()).await;
    sent.map_err(Failure::new)
}

fn message(
    settings: &Email,
    id: &Id,
    one: &Notification,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Message, String> {
    let domain = settings.from.email.domain();
    let name = |id: &str| format!("<{id}@{domain}>");
    let mut builder = Message::builder()
        .from(settings.from.clone())
        .subject(subject(one))
        .date(now.into())
        .message_id(Some(name(id.text())))
        .header(ContentType::TEXT_PLAIN);
    for to in &settings.to {
        builder = builder.to(to.clone());
    }
    if one.kind() == Kind::Resolved {
        let fired = name(id.fired().text());
        builder = builder.in_reply_to(fired.clone()).references(fired);
    }
    // Keeps replies of absent people from coming back (RFC 3834).
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    builder = builder.raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()));
    let text = format!("{}\n{}", block(one), queries(one));
    builder.body(text).map_err(|error| format!("no message can be made: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::tests::{any_notification, failures, instant};
    use crate::settings::{ChannelKind, Settings};
    use proptest::prelude::*;
    use std::path::Path;

    fn settings() -> Email {
        let text = "[channels.m]\nkind = \"email\"\nhost = \"h\"\nfrom = \"Calypso <c@example.org>\"\nto = [\"a@b.c\"]\n";
        let read = Settings::read(text, Path::new("notify.toml")).unwrap();
        match &read.channels["m"].kind {
            ChannelKind::Email(email) => (**email).clone(),
            _ => panic!("e-mail"),
        }
    }

    fn written(one: &Notification) -> String {
        let now = instant("2026-11-20T09:15:12Z");
        String::from_utf8(message(&settings(), &Id::of(one, "m"), one, now).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_message_and_the_answer_to_it() {
        let one = failures();
        let fired = written(&one);
        let head = fired.split("\r\n\r\n").next().unwrap();
        assert!(head.contains("Subject: [Fired] Sev2 prov-failures: Spike in failures\r\n"), "{head}");
        assert!(head.contains(&format!("Message-ID: <{}-fired-m@example.org>", one.alert)), "{head}");
        assert!(
            head.contains("Auto-Submitted: auto-generated")
                && head.contains("Date: Fri, 20 Nov 2026 09:15:12 +0000")
        );
        let resolved = written(&one.resolved(one.fired));
        assert!(
            resolved.contains(&format!("In-Reply-To: <{}-fired-m@example.org>", one.alert)),
            "{resolved}"
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_a_header(one in any_notification(200), more in "[\r\n]{1,3}(Bcc: x@y.z|.)[\r\n]{1,3}") {
            let names = |one: &Notification| -> Vec<String> {
                let text = written(one);
                let head = text.split("\r\n\r\n").next().unwrap().to_owned();
                let own = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
                own.map(|line| line.split(':').next().unwrap().to_owned()).collect()
            };
            let evil = Notification { title: more.clone() + &one.title + &more, rule: more.clone() + &more, ..one.clone() };
            let expected = names(&Notification { resolved: one.resolved, ..failures() });
            prop_assert_eq!(names(&evil), expected);
            prop_assert!(written(&evil).bytes().all(|byte| byte == b'\r' || byte == b'\n' || (32..127).contains(&byte)));
        }
    }
}
