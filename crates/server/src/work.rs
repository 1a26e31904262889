//! Queries for requests. In: work that a token stops. Out: its result, or why there is none. Whoever waits for it may go
//! away: the future is dropped then, and with it the queries are stopped.

use calypso_engine::CancelToken;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// Deep expressions are read by recursion.
const STACK: usize = 64 << 20;

/// Threads for queries, and how long one may take.
pub struct Workers {
    /// How many may run at once.
    places: Arc<Semaphore>,
    /// The longest time for one piece of work, waiting included.
    limit: Duration,
}

/// Cancels when dropped; after the work has ended this changes nothing.
struct Leash(CancelToken);

impl Drop for Leash {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Workers {
    /// So many pieces of work at once, each with so much time.
    pub fn new(places: usize, limit: Duration) -> Workers {
        Workers { places: Arc::new(Semaphore::new(places)), limit }
    }

    /// Does work that `cancel` stops.
    ///
    /// # Errors
    /// A sentence, when it took too long, broke or could not be begun.
    pub async fn run<T: Send + 'static>(
        &self,
        cancel: &CancelToken,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, String> {
        let _leash = Leash(cancel.clone());
        let begun = async {
            let place = Arc::clone(&self.places).acquire_owned().await;
            let place = place.map_err(|_| "the server is being stopped".to_owned())?;
            let (sender, result) = oneshot::channel();
            let worker = std::thread::Builder::new().name("page".to_owned()).stack_size(STACK);
            let started = worker.spawn(move || {
                let done = catch_unwind(AssertUnwindSafe(work));
                // The place is free when the work has ended, not when nobody waits for it any more.
                drop(place);
                // Nobody may be waiting any more.
                drop(sender.send(done));
            });
            started.map_err(|error| format!("no thread can be started: {error}"))?;
            match result.await {
                Ok(Ok(done)) => Ok(done),
                Ok(Err(_)) | Err(_) => Err("the page broke, which is a fault in Calypso".to_owned()),
            }
        };
        let seconds = self.limit.as_secs();
        tokio::time::timeout(self.limit, begun).await.unwrap_or_else(|_| {
            Err(format!("the queries took longer than {seconds} seconds and were stopped; a shorter time range may help"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Instant;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(future)
    }

    /// Works until it is stopped, then says so.
    fn endless(cancel: CancelToken, stopped: mpsc::Sender<()>) -> impl FnOnce() + Send {
        move || {
            while !cancel.is_cancelled() {
                std::thread::sleep(Duration::from_millis(1));
            }
            stopped.send(()).unwrap();
        }
    }

    #[test]
    fn what_takes_too_long_is_stopped() {
        let (workers, cancel, (sender, stopped)) =
            (Workers::new(1, Duration::from_millis(20)), CancelToken::default(), mpsc::channel());
        let result = block_on(workers.run(&cancel, endless(cancel.clone(), sender)));
        assert!(result.unwrap_err().starts_with("the queries took longer than 0 seconds"));
        stopped.recv_timeout(Duration::from_secs(10)).unwrap();
    }

    #[test]
    fn what_nobody_waits_for_is_stopped() {
        let (workers, cancel, (sender, stopped)) =
            (Workers::new(1, Duration::from_secs(60)), CancelToken::default(), mpsc::channel());
        let begun = Instant::now();
        block_on(async {
            let work = workers.run(&cancel, endless(cancel.clone(), sender));
            assert!(tokio::time::timeout(Duration::from_millis(20), work).await.is_err());
        });
        stopped.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(begun.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn what_breaks_is_told() {
        let workers = Workers::new(1, Duration::from_secs(60));
        let broken = block_on(workers.run(&CancelToken::default(), || panic!("on purpose")));
        assert_eq!(broken, Err::<(), _>("the page broke, which is a fault in Calypso".to_owned()));
        assert_eq!(block_on(workers.run(&CancelToken::default(), || 5)), Ok(5), "the place is free again");
    }
}
