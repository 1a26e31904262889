//! A connection for hyper over a plain socket. In: a `TcpStream`. Out: what hyper reads from and writes to. A thread
//! waits for what comes, so that a reader who goes away is noticed while the queries still run; what goes out is written
//! by the connection's own thread, which has nothing else to do meanwhile.

use bytes::{Buf, Bytes};
use hyper::rt::{Read, ReadBufCursor, Write};
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// How long a reader may leave what is sent untaken.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// Pieces that came and are not yet read, and bytes of a piece, at most.
const PIECES: usize = 4;
const PIECE: usize = 16 << 10;

/// A connection.
pub struct Socket {
    stream: TcpStream,
    received: Receiver<Bytes>,
    rest: Bytes,
}

impl Socket {
    /// Takes over a stream.
    ///
    /// # Errors
    /// When it cannot be set up, or no thread can be started.
    pub fn new(stream: TcpStream) -> io::Result<Socket> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE_TIME))?;
        let incoming = stream.try_clone()?;
        let (sender, received) = mpsc::channel(PIECES);
        let waiter = std::thread::Builder::new().name("socket".to_owned());
        waiter.spawn(move || receive(incoming, &sender))?;
        Ok(Socket { stream, received, rest: Bytes::new() })
    }
}

/// Hands over what comes until there is no more, or nobody takes it.
fn receive(mut stream: TcpStream, sender: &Sender<Bytes>) {
    let mut piece = vec![0; PIECE];
    while let Ok(read @ 1..) = stream.read(&mut piece) {
        if sender.blocking_send(Bytes::copy_from_slice(&piece[..read])).is_err() {
            break;
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Wakes the thread that waits; a connection that is closed already needs no closing.
        drop(self.stream.shutdown(Shutdown::Both));
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if self.rest.is_empty() {
            match ready!(self.received.poll_recv(context)) {
                Some(piece) => self.rest = piece,
                None => return Poll::Ready(Ok(())),
            }
        }
        let length = self.rest.len().min(into.remaining());
        into.put_slice(&self.rest[..length]);
        self.rest.advance(length);
        Poll::Ready(Ok(()))
    }
}

impl Write for Socket {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.stream.write(bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.stream.flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.stream.shutdown(Shutdown::Write))
    }
}
