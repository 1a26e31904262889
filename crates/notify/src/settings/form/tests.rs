//! Settings that are read, and what is said of those that are not.

use super::*;
use proptest::prelude::*;

fn read_text(text: &str) -> Result<Settings, String> {
    Settings::read(text, Path::new("conf/notify.toml")).map_err(|error| error.to_string())
}

#[test]
fn every_kind_of_channel() {
    let settings = read_text(
        r#"
page = "http://127.0.0.1:8080/"

[delivery]
attempts = 5

[channels.console]
kind = "stdout"
format = "json"

[channels.log]
kind = "file"
path = "alerts.jsonl"

[channels.own]
kind = "command"
program = "./page.sh"
arguments = ["--team", "a b"]
timeout = 5

[channels.hook]
kind = "webhook"
url = "https://example.org/hooks/key?sig=hideous"
secret = { env = "HOOK_KEY" }
authorization = { file = "token" }

[channels.mail]
kind = "email"
host = "smtp.example.org"
from = "Calypso <calypso@example.org>"
to = ["a@example.org", "b@example.org"]
user = "calypso"
password = { env = "MAIL_PASSWORD" }
"#,
    )
    .unwrap();
    assert_eq!(settings.delivery, Delivery { attempts: 5, days: 3 });
    assert_eq!(settings.page.as_ref().map(ToString::to_string).as_deref(), Some("http://127.0.0.1:8080/"));
    let shown = format!("{settings:?}");
    assert!(!shown.contains("hideous") && !shown.contains("hooks"), "{shown}");
    let kind = |name: &str| &settings.channels[name].kind;
    assert!(matches!(kind("console"), ChannelKind::Stdout(Form::Json)));
    assert!(matches!(kind("log"), ChannelKind::File(path) if path == Path::new("conf/alerts.jsonl")));
    let ChannelKind::Command(own) = kind("own") else { panic!() };
    assert_eq!((own.program.as_path(), own.timeout), (Path::new("conf/./page.sh"), Duration::from_secs(5)));
    assert_eq!(own.hidden, ["HOOK_KEY", "MAIL_PASSWORD"]);
    let ChannelKind::Webhook(hook) = kind("hook") else { panic!() };
    assert_eq!(hook.authorization, Some(Secret::File("conf/token".into())));
    assert!(!hook.reach.http && !hook.reach.private);
    let ChannelKind::Email(mail) = kind("mail") else { panic!() };
    assert_eq!((mail.port, mail.tls, mail.to.len()), (587, Tls::Starttls, 2));
    assert!(read_text("").unwrap().channels.is_empty());
}

#[test]
fn the_settings_of_the_documentation() {
    let page = include_str!("../../../../../docs/notifications.md");
    let text = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let settings = read_text(text).unwrap();
    assert_eq!(settings.delivery, Delivery::default());
    assert_eq!(settings.channels.keys().collect::<Vec<_>>(), ["console", "log", "mail", "on-call", "own"]);
}

#[test]
fn errors_have_place_reason_and_way_out() {
    let hook = "[channels.h]\nkind = \"webhook\"\n";
    let mail = "[channels.m]\nkind = \"email\"\nhost = \"h\"\nfrom = \"a@b.c\"\nto = [\"a@b.c\"]\n";
    for (text, expected) in [
        (
            "[channels.h]\nkind = \"pigeon\"".to_owned(),
            "2:8: unknown variant `pigeon`, expected one of `stdout`, `file`, `command`, `webhook`, `email`",
        ),
        (
            "[channels.h]\nkind = \"file\"\npth = \"x\"".to_owned(),
            "3:1: unknown field `pth`, expected one of",
        ),
        ("[channels.h]\nkind = \"file\"".to_owned(), "1:1: the channel has no `path`; add `path = …`"),
        (
            "[channels.H]\nkind = \"file\"\npath = \"x\"".to_owned(),
            "1:1: `H` is no name of a channel; use at most 40",
        ),
        (
            "[channels.h]\nkind = \"file\"\npath = \"x\"\ntimeout = 3".to_owned(),
            "4:11: `timeout` has no meaning for a channel of kind `file`; there are path",
        ),
        ("[delivery]\ndays = 0".to_owned(), "2:8: 0 is out of range; from 1 to 30 is possible"),
        (
            format!("{hook}url = \"http://example.org/\""),
            "3:7: `http://` can be read and changed on its way; use `https://`, or add `allow-http = true`",
        ),
        (format!("{hook}url = \"ftp://example.org/\""), "3:7: `ftp:` is no way to post; use `https://`"),
        (
            format!("{hook}url = \"https://a:hidden@example.org/\""),
            "3:7: names and passwords do not stand in the address; use `authorization",
        ),
        (format!("{hook}url = \"https://\""), "3:7: this is no address: empty host; an address"),
        (
            format!("{hook}url = \"https://a/\"\nurl-from = {{ env = \"A\" }}"),
            "3:7: `url` and `url-from` are both there; leave one out",
        ),
        (
            format!("{hook}url = \"https://a/\"\nsecret = \"hidden\""),
            "4:10: a secret stands in the environment or in a file, not here: `{ env = \"NAME\" }`",
        ),
        (
            format!("{hook}url = \"https://a/\"\nsecret = {{ text = \"hidden\" }}"),
            "4:10: a secret stands in the environment",
        ),
        (format!("{hook}url-from = [\"hidden\"]"), "3:12: a secret stands in the environment"),
        (
            format!("{mail}tls = \"none\"\nuser = \"u\"\npassword = {{ env = \"A\" }}"),
            "8:12: a password is not sent over a connection without TLS; leave",
        ),
        (format!("{mail}user = \"u\""), "6:8: `user` without `password`; add"),
        (mail.replace("to = [\"a@b.c\"]", "to = []"), "1:1: the channel has no `to`; add"),
        (mail.replace("\"h\"", "\"a b\""), "3:8: `a b` is no name or address of a host; a name"),
        (mail.replace("to = [\"a@b.c\"]", "to = [\"a@b.c\", \"x\"]"), "5:16: `x` is no address of e-mail: "),
        ("[channels.h".to_owned(), "1:12: "),
    ] {
        let error = read_text(&text).unwrap_err();
        let error = error.strip_prefix("conf/notify.toml:").unwrap_or(&error);
        assert!(error.starts_with(expected), "{text}\n{error}\n{expected}");
        assert!(!error.contains("hidden"), "{error}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "[\\[\\]a-z.= \"{}\n#0-9é-]{0,80}") {
        let _ = read_text(&text);
        let _ = read_text(&format!("[channels.a]\nkind = \"webhook\"\n{text}"));
    }
}
