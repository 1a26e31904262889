//! Channels against servers and programs that behave and misbehave, and the outbox against real kills.

#![allow(clippy::unwrap_used, reason = "tests stop where they fail")]

mod email;
mod kill;
mod program;
mod server;
mod webhook;

use calypso_notify::{
    AlertId, Attempt, Measured, Notification, Operator, Outbox, Outcome, Outside, Put, Settings, Severity,
};
use chrono::{DateTime, Utc};
use std::path::Path;

fn start() -> DateTime<Utc> {
    "2026-11-20T09:15:00Z".parse().unwrap()
}

fn fired(number: u64) -> Notification {
    Notification {
        alert: AlertId::try_from(format!("00000000-0000-0000-0000-{number:012x}")).unwrap(),
        rule: "failures".to_owned(),
        title: "Spike in failures".to_owned(),
        description: String::new(),
        severity: Severity::new(1).unwrap(),
        fired: start(),
        resolved: None,
        window: (start(), start()),
        series: vec![("Number".to_owned(), number.to_string())],
        measured: vec![Measured {
            query: "T | where Failed".to_owned(),
            aggregation: "Count".to_owned(),
            column: None,
            value: Some(37.0),
            operator: Operator::GreaterThan,
            threshold: 10.0,
            failing: (1, 1),
        }],
        properties: vec![],
        link: None,
    }
}

fn put(channel: &str, notification: Notification) -> Put {
    Put { channel: channel.to_owned(), notification }
}

/// Settings with one channel `c`, of a kind and with more lines.
fn settings(folder: &Path, kind: &str, more: &str) -> Settings {
    let text = format!("[channels.c]\nkind = \"{kind}\"\n{more}");
    Settings::read(&text, &folder.join("notify.toml")).unwrap()
}

/// Delivers what is due at an instant; standard output is given back.
fn deliver_at(outbox: &Outbox, settings: &Settings, now: DateTime<Utc>) -> (Vec<Attempt>, String) {
    let mut out = Vec::new();
    let variable = |name: &str| match name {
        "KEY" => Some("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()),
        "TOKEN" => Some("Bearer hidden-token".to_owned()),
        "PASSWORD" => Some("hidden".to_owned()),
        _ => None,
    };
    let outside = Outside { now: &|| now, variable: &variable, out: &mut out };
    let attempts = outbox.deliver(settings, outside).unwrap();
    (attempts, String::from_utf8(out).unwrap())
}

/// Puts one notification into a new outbox and tries to deliver it once: whether it was, and why not.
fn attempt(settings: &Settings) -> Result<Option<String>, (String, DateTime<Utc>)> {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(folder.path(), start()).unwrap();
    outbox.put(&[put("c", fired(1))], start()).unwrap();
    let (mut attempts, _) = deliver_at(&outbox, settings, start());
    assert_eq!(attempts.len(), 1);
    match attempts.remove(0).outcome {
        Outcome::Delivered(note) => Ok(note),
        Outcome::Again { error, next } => {
            assert!(!error.contains("hidden") && !error.contains(char::is_control), "{error}");
            Err((error, next))
        }
        Outcome::Dead { error } => panic!("{error}"),
    }
}

#[test]
fn standard_output_and_files() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(&folder.path().join("outbox"), start()).unwrap();
    outbox.put(&[put("c", fired(1))], start()).unwrap();
    let (attempts, out) = deliver_at(&outbox, &settings(folder.path(), "stdout", ""), start());
    assert_eq!(attempts[0].outcome, Outcome::Delivered(None));
    assert!(out.starts_with("[Fired] Sev1 failures: Spike in failures\n  series    Number = 1\n"), "{out}");
    outbox.put(&[put("c", fired(2))], start()).unwrap();
    let (_, out) = deliver_at(&outbox, &settings(folder.path(), "stdout", "format = \"json\""), start());
    outbox.put(&[put("c", fired(2).resolved(start()))], start()).unwrap();
    deliver_at(&outbox, &settings(folder.path(), "file", "path = \"alerts.jsonl\""), start());
    let written = std::fs::read_to_string(folder.path().join("alerts.jsonl")).unwrap();
    for (text, condition) in [(out, "Fired"), (written, "Resolved")] {
        let value: serde_json::Value = serde_json::from_str(text.strip_suffix('\n').unwrap()).unwrap();
        let essentials = &value["data"]["essentials"];
        assert_eq!(essentials["monitorCondition"], condition);
        assert_eq!(essentials["originAlertId"], fired(2).alert.text());
    }
}

#[test]
fn a_channel_that_is_not_in_the_settings() {
    let (error, _) = attempt(&Settings::default()).unwrap_err();
    assert_eq!(error, "the settings have no channel `c`");
}
