//! `notify.toml` as it is written. One table per channel with the settings of all kinds, so that errors have their place;
//! what has no meaning for the kind is refused.

use super::{
    Address, Channel, ChannelKind, Delivery, Email, Form, HiddenUrl, Program, Reach, Secret, Settings,
    SettingsError, Tls, Webhook,
};
use crate::Link;
use lettre::message::Mailbox;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::Spanned;
use url::Url;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    page: Option<Spanned<String>>,
    #[serde(default)]
    delivery: DeliveryForm,
    #[serde(default)]
    channels: BTreeMap<String, Spanned<ChannelForm>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct DeliveryForm {
    attempts: Option<Spanned<u32>>,
    days: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ChannelForm {
    kind: KindForm,
    format: Option<Spanned<FormForm>>,
    path: Option<Spanned<PathBuf>>,
    program: Option<Spanned<PathBuf>>,
    arguments: Option<Spanned<Vec<String>>>,
    url: Option<Spanned<String>>,
    url_from: Option<Spanned<Secret>>,
    secret: Option<Spanned<Secret>>,
    authorization: Option<Spanned<Secret>>,
    allow_http: Option<Spanned<bool>>,
    allow_private: Option<Spanned<bool>>,
    ca: Option<Spanned<PathBuf>>,
    host: Option<Spanned<String>>,
    port: Option<Spanned<u16>>,
    tls: Option<Spanned<TlsForm>>,
    from: Option<Spanned<String>>,
    to: Option<Vec<Spanned<String>>>,
    user: Option<Spanned<String>>,
    password: Option<Spanned<Secret>>,
    timeout: Option<Spanned<u64>>,
}

#[derive(Deserialize, Clone, Copy, Debug)]
#[serde(rename_all = "lowercase")]
enum KindForm {
    Stdout,
    File,
    Command,
    Webhook,
    Email,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum FormForm {
    Text,
    Json,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum TlsForm {
    Starttls,
    Implicit,
    None,
}

/// What is wrong, where, and what to do about it.
struct Wrong(Option<Range<usize>>, String, Option<String>);

impl Wrong {
    fn new(at: Range<usize>, what: impl Into<String>, way_out: &str) -> Wrong {
        Wrong(Some(at), what.into(), Some(way_out.to_owned()))
    }
}

/// Reads the text of a file.
pub(super) fn read(text: &str, file: &Path) -> Result<Settings, SettingsError> {
    let error = |Wrong(at, what, way_out)| SettingsError {
        file: file.to_owned(),
        place: at.map(|at| place(text, at.start)),
        what,
        way_out,
    };
    let form: FileForm = toml::from_str(text)
        .map_err(|wrong| error(Wrong(wrong.span(), wrong.message().trim().to_owned(), None)))?;
    settings(form, file.parent().unwrap_or(Path::new(""))).map_err(error)
}

fn settings(form: FileForm, folder: &Path) -> Result<Settings, Wrong> {
    let usual = Delivery::default();
    let delivery = Delivery {
        attempts: within(form.delivery.attempts, 1..=1000, usual.attempts)?,
        days: within(form.delivery.days, 1..=30, usual.days)?,
    };
    let page = form.page.map(page).transpose()?;
    let hidden = hidden(&form.channels);
    let mut channels = BTreeMap::new();
    for (name, form) in form.channels {
        let at = form.span();
        if !crate::outbox::is_name(&name) {
            let way_out = "use at most 40 lower-case letters, digits, `-` and `_`";
            return Err(Wrong::new(at, format!("`{name}` is no name of a channel"), way_out));
        }
        let reader = Reader { at, folder, hidden: &hidden };
        channels.insert(name.clone(), Channel { name, kind: reader.kind(form.into_inner())? });
    }
    Ok(Settings { delivery, page, channels })
}

/// The address of the live page.
fn page(text: Spanned<String>) -> Result<Link, Wrong> {
    let way_out =
        "say the address of `calypso serve --port PORT`, such as `http://127.0.0.1:8080/`, without its token";
    let wrong = |why: String| Wrong::new(text.span(), why, way_out);
    let link = Link::new(text.get_ref()).map_err(wrong)?;
    if link.is_root() { Ok(link) } else { Err(wrong("a path is not wanted here".to_owned())) }
}

/// The variables that hold secrets of any channel.
fn hidden(channels: &BTreeMap<String, Spanned<ChannelForm>>) -> Vec<String> {
    let secrets = channels.values().flat_map(|form| {
        let form = form.get_ref();
        [&form.url_from, &form.secret, &form.authorization, &form.password]
    });
    let variables = secrets.flatten().filter_map(|secret| match secret.get_ref() {
        Secret::Variable(name) => Some(name.clone()),
        Secret::File(_) => None,
    });
    variables.collect()
}

/// Reads one channel.
struct Reader<'a> {
    at: Range<usize>,
    folder: &'a Path,
    hidden: &'a [String],
}

impl Reader<'_> {
    fn kind(&self, form: ChannelForm) -> Result<ChannelKind, Wrong> {
        form.only_what_has_meaning()?;
        let seconds = within(form.timeout.clone(), 1..=300, 30)?;
        let timeout = Duration::from_secs(seconds);
        let ca = form.ca.clone().map(|ca| self.folder.join(ca.into_inner()));
        match form.kind {
            KindForm::Stdout => Ok(ChannelKind::Stdout(match form.format.map(Spanned::into_inner) {
                None | Some(FormForm::Text) => Form::Text,
                Some(FormForm::Json) => Form::Json,
            })),
            KindForm::File => {
                Ok(ChannelKind::File(self.folder.join(self.needed(form.path, "path")?.into_inner())))
            }
            KindForm::Command => {
                let program = self.needed(form.program, "program")?.into_inner();
                // A name alone is looked for in `PATH`.
                let named = program.components().count() == 1 && program.is_relative();
                let program = if named { program } else { self.folder.join(program) };
                let arguments = form.arguments.map(Spanned::into_inner).unwrap_or_default();
                Ok(ChannelKind::Command(Program {
                    program,
                    arguments,
                    timeout,
                    hidden: self.hidden.to_vec(),
                }))
            }
            KindForm::Webhook => {
                self.webhook(form, ca, timeout).map(|hook| ChannelKind::Webhook(Box::new(hook)))
            }
            KindForm::Email => self.email(form, ca, timeout).map(|mail| ChannelKind::Email(Box::new(mail))),
        }
    }

    fn webhook(&self, form: ChannelForm, ca: Option<PathBuf>, timeout: Duration) -> Result<Webhook, Wrong> {
        let is_true = |flag: Option<Spanned<bool>>| flag.is_some_and(Spanned::into_inner);
        let reach = Reach { http: is_true(form.allow_http), private: is_true(form.allow_private), ca };
        let url = match (form.url, form.url_from) {
            (Some(url), Some(_)) => {
                return Err(Wrong::new(url.span(), "`url` and `url-from` are both there", "leave one out"));
            }
            (None, Some(secret)) => Address::Secret(secret.into_inner().within(self.folder)),
            (url, None) => {
                let url = self.needed(url, "url")?;
                let at = url.span();
                let read = address(url.get_ref(), &reach);
                Address::Plain(read.map_err(|(what, way_out)| Wrong::new(at, what, way_out))?)
            }
        };
        let within = |secret: Spanned<Secret>| secret.into_inner().within(self.folder);
        Ok(Webhook {
            url,
            secret: form.secret.map(within),
            authorization: form.authorization.map(within),
            reach,
            timeout,
        })
    }

    fn email(&self, form: ChannelForm, ca: Option<PathBuf>, timeout: Duration) -> Result<Email, Wrong> {
        let tls = match form.tls.map(Spanned::into_inner) {
            None | Some(TlsForm::Starttls) => Tls::Starttls,
            Some(TlsForm::Implicit) => Tls::Implicit,
            Some(TlsForm::None) => Tls::None,
        };
        let usual = match tls {
            Tls::Starttls => 587,
            Tls::Implicit => 465,
            Tls::None => 25,
        };
        let from = mailbox(self.needed(form.from, "from")?)?;
        let to = form.to.unwrap_or_default().into_iter().map(mailbox).collect::<Result<Vec<_>, _>>()?;
        if to.is_empty() {
            return Err(self.missing("to"));
        }
        let login = match (form.user, form.password) {
            (None, None) => None,
            (Some(user), Some(password)) => {
                if tls == Tls::None {
                    let what = "a password is not sent over a connection without TLS";
                    return Err(Wrong::new(
                        password.span(),
                        what,
                        "leave `tls = \"none\"` out, or the password",
                    ));
                }
                Some((user.into_inner(), password.into_inner().within(self.folder)))
            }
            (Some(user), None) => {
                return Err(Wrong::new(
                    user.span(),
                    "`user` without `password`",
                    "add `password = { env = \"NAME\" }`",
                ));
            }
            (None, Some(password)) => {
                return Err(Wrong::new(password.span(), "`password` without `user`", "add `user`"));
            }
        };
        let host = self.needed(form.host, "host")?;
        let parsed = url::Host::parse(host.get_ref());
        if parsed.is_err() {
            let what = format!("`{}` is no name or address of a host", host.get_ref());
            return Err(Wrong::new(
                host.span(),
                what,
                "a name such as `smtp.example.org` is wanted; the port stands in `port`",
            ));
        }
        let port = form.port.map_or(usual, Spanned::into_inner);
        Ok(Email { host: host.into_inner(), port, tls, from, to, login, ca, timeout })
    }

    fn needed<T>(&self, value: Option<T>, name: &str) -> Result<T, Wrong> {
        value.ok_or_else(|| self.missing(name))
    }

    fn missing(&self, name: &str) -> Wrong {
        Wrong::new(self.at.clone(), format!("the channel has no `{name}`"), &format!("add `{name} = …`"))
    }
}

impl ChannelForm {
    /// Refuses settings of other kinds.
    fn only_what_has_meaning(&self) -> Result<(), Wrong> {
        let allowed: &[&str] = match self.kind {
            KindForm::Stdout => &["format"],
            KindForm::File => &["path"],
            KindForm::Command => &["program", "arguments", "timeout"],
            KindForm::Webhook => &[
                "url",
                "url-from",
                "secret",
                "authorization",
                "allow-http",
                "allow-private",
                "ca",
                "timeout",
            ],
            KindForm::Email => &["host", "port", "tls", "from", "to", "user", "password", "ca", "timeout"],
        };
        fn span<T>(value: &Option<Spanned<T>>) -> Option<Range<usize>> {
            value.as_ref().map(Spanned::span)
        }
        let given = [
            ("format", span(&self.format)),
            ("path", span(&self.path)),
            ("program", span(&self.program)),
            ("arguments", span(&self.arguments)),
            ("url", span(&self.url)),
            ("url-from", span(&self.url_from)),
            ("secret", span(&self.secret)),
            ("authorization", span(&self.authorization)),
            ("allow-http", span(&self.allow_http)),
            ("allow-private", span(&self.allow_private)),
            ("ca", span(&self.ca)),
            ("host", span(&self.host)),
            ("port", span(&self.port)),
            ("tls", span(&self.tls)),
            ("from", span(&self.from)),
            ("to", self.to.as_ref().and_then(|to| to.first()).map(Spanned::span)),
            ("user", span(&self.user)),
            ("password", span(&self.password)),
            ("timeout", span(&self.timeout)),
        ];
        for (name, at) in given {
            if let Some(at) = at.filter(|_| !allowed.contains(&name)) {
                let kind = format!("{:?}", self.kind).to_lowercase();
                let what = format!("`{name}` has no meaning for a channel of kind `{kind}`");
                return Err(Wrong::new(at, what, &format!("there are {}", allowed.join(", "))));
            }
        }
        Ok(())
    }
}

/// Reads the address of a webhook; what is wrong, without the address, and the way out.
pub(crate) fn address(text: &str, reach: &Reach) -> Result<HiddenUrl, (String, &'static str)> {
    let url = Url::parse(text).map_err(|error| {
        (format!("this is no address: {error}"), "an address such as `https://example.org/…` is wanted")
    })?;
    match url.scheme() {
        "https" => {}
        "http" if reach.http => {}
        "http" => {
            return Err((
                "`http://` can be read and changed on its way".to_owned(),
                "use `https://`, or add `allow-http = true`",
            ));
        }
        other => return Err((format!("`{other}:` is no way to post"), "use `https://`")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err((
            "names and passwords do not stand in the address".to_owned(),
            "use `authorization = { env = \"NAME\" }`",
        ));
    }
    Ok(HiddenUrl(url))
}

fn mailbox(text: Spanned<String>) -> Result<Mailbox, Wrong> {
    let read = text.get_ref().parse();
    read.map_err(|error| {
        let what = format!("`{}` is no address of e-mail: {error}", text.get_ref());
        Wrong::new(text.span(), what, "write `name@example.org` or `Name <name@example.org>`")
    })
}

fn within<T: PartialOrd + std::fmt::Display + Copy>(
    value: Option<Spanned<T>>,
    range: std::ops::RangeInclusive<T>,
    usual: T,
) -> Result<T, Wrong> {
    let Some(value) = value else { return Ok(usual) };
    if range.contains(value.get_ref()) {
        return Ok(*value.get_ref());
    }
    let way_out = format!("from {} to {} is possible", range.start(), range.end());
    Err(Wrong::new(value.span(), format!("{} is out of range", value.get_ref()), &way_out))
}

/// Line and column of a byte, from 1.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().unwrap_or("").chars().count() + 1)
}

#[cfg(test)]
mod tests;
