//! A server that answers one connection after the other, each by a function of the connection.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server on the loopback interface; its thread ends with the test's process.
pub struct Server {
    pub port: u16,
    /// What was heard, connection by connection.
    pub heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that speaks with each connection as the function says; what the function returns is kept.
    pub fn new(speak: impl Fn(TcpStream) -> String + Send + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = heard.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let text = speak(stream.unwrap());
                kept.lock().unwrap().push(text);
            }
        });
        Server { port, heard }
    }

    /// A server that answers every request of HTTP with a text.
    pub fn http(answer: impl Into<String>) -> Server {
        let answer = answer.into();
        Server::new(move |mut stream| {
            let request = request(&mut stream);
            // The other side may have heard enough.
            let _ = stream.write_all(answer.as_bytes());
            request
        })
    }

    /// What was heard so far.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// Reads one request: its head, and as much of a body as the head says.
pub fn request(stream: &mut impl Read) -> String {
    let mut text = Vec::new();
    let mut byte = [0];
    while !text.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).unwrap_or(0) == 0 {
            return String::from_utf8_lossy(&text).into_owned();
        }
        text.push(byte[0]);
    }
    let head = String::from_utf8(text).unwrap();
    let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

/// The value of a header.
pub fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let lines = request.split("\r\n\r\n").next().unwrap().lines().skip(1);
    lines
        .filter_map(|line| line.split_once(": "))
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
