//! The dialogue with an SMTP server over a connection of ours. Words, answers and ways to sign in are lettre's. In: a
//! message. Out: that the server has taken it, and which recipients it has refused.

use super::connect::{Stream, protect};
use crate::settings::{Email, Tls};
use crate::text::line;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::commands::{Auth, Data, Ehlo, Mail, Quit, Rcpt, Starttls};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter, ServerInfo};
use lettre::transport::smtp::response::{Response, Severity};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use url::Host;

/// How many bytes a line of an answer, and all answers together, may have.
const LINE: u64 = 1024;
const ALL: usize = 64 * 1024;

/// Sends a message over a new connection; `password` where the settings have a login.
pub(super) async fn send(
    stream: Box<dyn Stream>,
    host: &Host<&str>,
    settings: &Email,
    password: Option<String>,
    envelope: &Envelope,
    message: &[u8],
) -> Result<Option<String>, String> {
    let mut dialogue = Dialogue::new(stream);
    dialogue.positive("the greeting").await?;
    let mut server = dialogue.hello().await?;
    if settings.tls == Tls::Starttls {
        if !server.supports_feature(Extension::StartTls) {
            return Err("the server offers no STARTTLS; `tls = \"implicit\"` with its port may do".to_owned());
        }
        dialogue.say(Starttls, "STARTTLS").await?;
        // Words before the handshake could come from anyone on the way.
        if !dialogue.stream.buffer().is_empty() {
            return Err("the server said more than it may before TLS".to_owned());
        }
        dialogue = Dialogue::new(protect(dialogue.stream.into_inner(), host, settings.ca.as_deref()).await?);
        server = dialogue.hello().await?;
    }
    if let (Some((user, _)), Some(password)) = (&settings.login, password) {
        dialogue.sign_in(&server, Credentials::new(user.clone(), password)).await?;
    }
    let mut parameters = Vec::new();
    let addresses = envelope.from().into_iter().chain(envelope.to());
    if !addresses.map(AsRef::<str>::as_ref).all(str::is_ascii) {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            return Err("the server takes no addresses with letters beyond ASCII".to_owned());
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    dialogue.say(Mail::new(envelope.from().cloned(), parameters), "the sender").await?;
    let mut refused = Vec::new();
    for to in envelope.to() {
        let answer = dialogue.ask(Rcpt::new(to.clone(), Vec::new())).await?;
        match answer.code().severity {
            Severity::PositiveCompletion => {}
            Severity::PermanentNegativeCompletion => {
                refused.push(told(&answer, &format!("the recipient `{to}`")))
            }
            // Later all of them may be taken; nothing has been sent yet.
            Severity::PositiveIntermediate | Severity::TransientNegativeCompletion => {
                return Err(told(&answer, &format!("the recipient `{to}`")));
            }
        }
    }
    if refused.len() == envelope.to().len() {
        return Err(refused.join("; "));
    }
    dialogue.say(Data, "DATA").await?;
    dialogue.write(&transparent(message)).await?;
    dialogue.positive("the message").await?;
    // It has the message, whatever becomes of the farewell.
    let _ = dialogue.write(Quit.to_string().as_bytes()).await;
    Ok((!refused.is_empty()).then(|| refused.join("; ")))
}

/// A message with its end: lines that begin with a dot get another one.
fn transparent(message: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(message.len() + 16);
    let mut before = b'\n';
    for byte in message {
        if before == b'\n' && *byte == b'.' {
            text.push(b'.');
        }
        text.push(*byte);
        before = *byte;
    }
    if !text.ends_with(b"\r\n") {
        text.extend(b"\r\n");
    }
    text.extend(b".\r\n");
    text
}

/// What a server said to something.
fn told(answer: &Response, to: &str) -> String {
    let said: Vec<&str> = answer.message().collect();
    format!("the server answered {to} with {} {}", answer.code(), line(&said.join(" "), 200))
}

struct Dialogue {
    stream: BufReader<Box<dyn Stream>>,
    heard: usize,
}

impl Dialogue {
    fn new(stream: Box<dyn Stream>) -> Dialogue {
        Dialogue { stream: BufReader::new(stream), heard: 0 }
    }

    async fn hello(&mut self) -> Result<ServerInfo, String> {
        let answer = self.say(Ehlo::new(ClientId::default()), "EHLO").await?;
        ServerInfo::from_response(&answer).map_err(|error| error.to_string())
    }

    async fn sign_in(&mut self, server: &ServerInfo, login: Credentials) -> Result<(), String> {
        let known = server.get_auth_mechanism(&[Mechanism::Plain, Mechanism::Login]);
        let way = known.ok_or("the server offers no way to sign in with a password")?;
        let words = Auth::new(way, login.clone(), None).map_err(|error| error.to_string())?;
        let mut answer = self.ask(words).await?;
        for _ in 0..5 {
            if !answer.has_code(334) {
                break;
            }
            let words = Auth::new_from_response(way, login.clone(), &answer)
                .map_err(|_| "the server asks what is no question")?;
            answer = self.ask(words).await?;
        }
        if answer.has_code(235) { Ok(()) } else { Err(told(&answer, "the password")) }
    }

    /// Says something that must be answered well.
    async fn say(&mut self, words: impl std::fmt::Display, name: &str) -> Result<Response, String> {
        self.write(words.to_string().as_bytes()).await?;
        self.positive(name).await
    }

    /// Says something; any answer will do.
    async fn ask(&mut self, words: impl std::fmt::Display) -> Result<Response, String> {
        self.write(words.to_string().as_bytes()).await?;
        self.listen().await
    }

    async fn positive(&mut self, name: &str) -> Result<Response, String> {
        let answer = self.listen().await?;
        if answer.is_positive() { Ok(answer) } else { Err(told(&answer, name)) }
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        let lost = |error: std::io::Error| format!("the connection was lost: {error}");
        self.stream.write_all(bytes).await.map_err(lost)?;
        self.stream.flush().await.map_err(lost)
    }

    /// Reads an answer: lines with `-` behind the code, and a last one without.
    async fn listen(&mut self) -> Result<Response, String> {
        let mut answer = String::new();
        loop {
            let mut line = Vec::new();
            let read = (&mut self.stream).take(LINE).read_until(b'\n', &mut line).await;
            read.map_err(|error| format!("the connection was lost: {error}"))?;
            self.heard += line.len();
            if !line.ends_with(b"\n") || self.heard > ALL {
                let why = if line.len() as u64 == LINE || self.heard > ALL {
                    "talks too much"
                } else {
                    "ended the connection"
                };
                return Err(format!("the server {why}"));
            }
            answer += &String::from_utf8_lossy(&line);
            if line.get(3) != Some(&b'-') {
                return answer.parse().map_err(|_| "the server does not speak SMTP".to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_at_the_beginning_of_lines() {
        assert_eq!(transparent(b".a\r\n..\r\nb."), b"..a\r\n...\r\nb.\r\n.\r\n");
        assert_eq!(transparent(b""), b"\r\n.\r\n");
        assert_eq!(transparent(b"a\r\n"), b"a\r\n.\r\n");
    }
}
