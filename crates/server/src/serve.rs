//! Starts and stops the server. In: options. Out: a server on 127.0.0.1 with the address that lets a reader in.

use crate::alerts::{Alerts, RuleSource};
use crate::data::{Data, DataSource, watch};
use crate::guard::Guard;
use crate::pages::Pages;
use crate::route::{State, route};
use crate::socket::Socket;
use crate::token::Token;
use crate::work::Workers;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioTimer;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// Bytes of a request's head at most.
const HEAD: usize = 32 << 10;
/// Headers of a request at most.
const HEADERS: usize = 64;
/// How long a request's head may take to come.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// Connections at once.
const CONNECTIONS: usize = 64;
/// Pages whose queries run at once.
const PAGES: usize = 4;

/// What is served, and how.
pub struct ServeOptions {
    /// Where the data lies.
    pub source: Box<dyn DataSource>,
    /// The workbooks.
    pub pages: Arc<dyn Pages>,
    /// The rules whose alerts are shown; none: no alerts.
    pub rules: Option<Box<dyn RuleSource>>,
    /// The port; 0 is any that is free.
    pub port: u16,
    /// The workbook that is shown first, with values of its parameters; none: the list.
    pub first: Option<(String, Vec<(String, String)>)>,
    /// How often the data is looked after.
    pub look_every: Duration,
    /// How long the queries of a page may take.
    pub time_limit: Duration,
}

/// A server that runs; it stops when this is dropped.
pub struct Running {
    /// The address to open, with the token.
    pub url: String,
    /// The same for a program that is started to open it: its token lets in one reader, and nobody after that.
    pub url_once: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// The data behind its pages.
    pub data: Arc<Data>,
    stopped: Arc<AtomicBool>,
}

/// Reads the data and starts to listen.
///
/// # Errors
/// A sentence, when the data cannot be read or the port is taken.
pub fn serve(options: ServeOptions) -> Result<Running, String> {
    // Before the data is read: a port that is taken is known at once.
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)));
    let listener = listener.map_err(|error| format!("port {} cannot be used: {error}", options.port))?;
    let address = listener.local_addr().map_err(|error| format!("the server has no address: {error}"))?;
    let data = Data::open(options.source)?;
    watch(&data, options.look_every).map_err(|error| format!("the data cannot be watched: {error}"))?;
    let (token, once) = (Token::new()?, Token::new()?);
    let [url, url_once] =
        [&token, &once].map(|token| format!("http://127.0.0.1:{}/?token={}", address.port(), token.text()));
    let stopped = Arc::new(AtomicBool::new(false));
    let state = Arc::new(State {
        guard: Guard { port: address.port(), token, once: Mutex::new(Some(once)) },
        data: Arc::clone(&data),
        pages: options.pages,
        alerts: options.rules.map(|rules| Arc::new(Alerts::new(rules))),
        workers: Workers::new(PAGES, options.time_limit),
        first: options.first,
        stopped: Arc::clone(&stopped),
    });
    let listening = std::thread::Builder::new().name("listen".to_owned());
    let listening = listening.spawn(move || listen(&listener, &state));
    listening.map_err(|error| format!("no thread can be started: {error}"))?;
    Ok(Running { url, url_once, address, data, stopped })
}

impl Running {
    /// Serves until Ctrl-C.
    ///
    /// # Errors
    /// When Ctrl-C cannot be listened for.
    pub fn until_interrupted(self) -> io::Result<()> {
        runtime()?.block_on(tokio::signal::ctrl_c())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Release);
        // Wakes the thread that waits for connections.
        drop(TcpStream::connect_timeout(&self.address, Duration::from_secs(1)));
    }
}

/// Gives each connection a thread: they are few, and each waits for queries most of its time.
fn listen(listener: &TcpListener, state: &Arc<State>) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        if state.stopped.load(Ordering::Acquire) {
            return;
        }
        let Ok(stream) = stream else {
            // Out of sockets: those in use are soon closed.
            std::thread::sleep(Duration::from_millis(100));
            continue;
        };
        if open.load(Ordering::Acquire) >= CONNECTIONS {
            continue;
        }
        let place = Place::taken(&open);
        let state = Arc::clone(state);
        let thread = std::thread::Builder::new().name("connection".to_owned());
        let started = thread.spawn(move || {
            // A reader that goes away in the middle is no error of ours.
            drop(connection(stream, state));
            drop(place);
        });
        // Without a thread the connection is closed; the reader sees that and may ask again.
        drop(started);
    }
}

/// One of the connections that may be open.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn taken(open: &Arc<AtomicUsize>) -> Place {
        open.fetch_add(1, Ordering::AcqRel);
        Place(Arc::clone(open))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Answers the requests of one connection, one after the other.
fn connection(stream: TcpStream, state: Arc<State>) -> io::Result<()> {
    let socket = Socket::new(stream)?;
    let service = service_fn(move |request| {
        let state = Arc::clone(&state);
        async move { Ok::<_, Infallible>(route(state, request).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD)
        .max_headers(HEADERS)
        .serve_connection(socket, service);
    runtime()?.block_on(served).map_err(io::Error::other)
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
