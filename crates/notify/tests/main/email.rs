//! E-mail against a small server of SMTP.

use crate::server::Server;
use crate::{attempt, fired, settings};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// A server that answers each line it hears, by the line's first word; after `DATA` it hears until the dot.
fn smtp(answers: &'static [(&'static str, &'static str)]) -> Server {
    Server::new(move |mut stream| {
        let mut heard = String::new();
        let mut lines = BufReader::new(stream.try_clone().unwrap());
        let answer = |word: &str| {
            let known = answers.iter().find(|(name, _)| word.starts_with(name)).map(|(_, answer)| *answer);
            known.unwrap_or("250 fine\r\n")
        };
        let mut said = answer("GREETING");
        loop {
            if stream.write_all(said.as_bytes()).is_err() {
                return heard;
            }
            let mut line = String::new();
            if lines.read_line(&mut line).unwrap_or(0) == 0 {
                return heard;
            }
            heard += &line;
            said = answer(line.trim_end());
            if line == "DATA\r\n" && said.starts_with("354") {
                stream.write_all(said.as_bytes()).unwrap();
                while !heard.ends_with("\r\n.\r\n") {
                    let mut line = String::new();
                    if lines.read_line(&mut line).unwrap_or(0) == 0 {
                        return heard;
                    }
                    heard += &line;
                }
                said = answer("MESSAGE");
            }
        }
    })
}

const PLAIN: &[(&str, &str)] =
    &[("GREETING", "220 here\r\n"), ("EHLO", "250-here\r\n250 8BITMIME\r\n"), ("DATA", "354 go on\r\n")];

fn mail(server: &Server, more: &str) -> Result<Option<String>, String> {
    let text = format!(
        "host = \"127.0.0.1\"\nport = {}\nfrom = \"Calypso <c@example.org>\"\nto = [\"a@example.org\", \"b@example.org\"]\n{more}",
        server.port
    );
    attempt(&settings(Path::new("."), "email", &text)).map_err(|(error, _)| error)
}

/// What was heard on the first connection, once it is over.
fn heard(server: &Server) -> String {
    loop {
        if let Some(heard) = server.heard().into_iter().next() {
            return heard;
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_message_arrives() {
    let server = smtp(PLAIN);
    assert_eq!(mail(&server, "tls = \"none\""), Ok(None));
    let heard = heard(&server);
    let words: Vec<&str> = heard.lines().take(4).collect();
    assert_eq!(
        words[1..],
        ["MAIL FROM:<c@example.org>", "RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>"]
    );
    assert!(heard.contains(&format!("Message-ID: <{}-fired-c@example.org>\r\n", fired(1).alert)), "{heard}");
    assert!(heard.contains("Subject: [Fired] Sev1 failures: Spike in failures\r\n"), "{heard}");
    assert!(
        heard.contains("\r\n  series    Number = 1\r\n") && heard.ends_with("\r\n.\r\nQUIT\r\n"),
        "{heard}"
    );
}

#[test]
fn nothing_is_said_without_tls_where_tls_is_wanted() {
    let server = smtp(PLAIN);
    let login = "user = \"u\"\npassword = { env = \"PASSWORD\" }";
    let error = mail(&server, login).unwrap_err();
    assert!(error.starts_with("the server offers no STARTTLS"), "{error}");
    assert_eq!(heard(&server).lines().count(), 1);
    // Words that are pushed in before the handshake end the attempt.
    let pushing = smtp(&[
        ("GREETING", "220 here\r\n"),
        ("EHLO", "250-here\r\n250 STARTTLS\r\n"),
        ("STARTTLS", "220 go on\r\n250 pushed\r\n"),
    ]);
    assert_eq!(mail(&pushing, login).unwrap_err(), "the server said more than it may before TLS");
    assert!(!heard(&pushing).contains("AUTH"));
}

#[test]
fn refused_recipients() {
    let one = smtp(&[
        ("GREETING", "220 here\r\n"),
        ("EHLO", "250 here\r\n"),
        ("RCPT TO:<a@", "550 5.1.1 unknown\r\n"),
        ("DATA", "354 go on\r\n"),
    ]);
    let note = mail(&one, "tls = \"none\"").unwrap().unwrap();
    assert_eq!(note, "the server answered the recipient `a@example.org` with 550 5.1.1 unknown");
    let all = smtp(&[("GREETING", "220 here\r\n"), ("EHLO", "250 here\r\n"), ("RCPT", "550 no\r\n")]);
    assert!(mail(&all, "tls = \"none\"").unwrap_err().contains("b@example.org` with 550 no"));
    let later =
        smtp(&[("GREETING", "220 here\r\n"), ("EHLO", "250 here\r\n"), ("RCPT TO:<b@", "451 later\r\n")]);
    assert!(mail(&later, "tls = \"none\"").unwrap_err().contains("with 451 later"));
    assert!(!heard(&later).contains("DATA"));
}

#[test]
fn servers_that_misbehave() {
    for (answers, expected) in [
        (
            &[("GREETING", "554 not\x1b[2J here\r\n")][..],
            "the server answered the greeting with 554 not�[2J here",
        ),
        (&[("GREETING", "HTTP/1.1 400 Bad Request\r\n")], "the server does not speak SMTP"),
        (
            &[("GREETING", "220 here\r\n"), ("EHLO", "250 here\r\n"), ("MAIL", "421 bye\r\n")],
            "the server answered the sender with 421 bye",
        ),
    ] {
        assert_eq!(mail(&smtp(answers), "tls = \"none\"").unwrap_err(), expected);
    }
    let error = mail(&smtp(&[("GREETING", "")]), "tls = \"none\"\ntimeout = 2").unwrap_err();
    assert_eq!(error, "no success within 2 s");
    let endless = Server::new(|mut stream| {
        while stream.write_all(b"220-more and more\r\n").is_ok() {}
        String::new()
    });
    assert_eq!(mail(&endless, "tls = \"none\"").unwrap_err(), "the server talks too much");
}
