//! The data behind the pages. In: a source that can be opened and looked at. Out: generations: an engine over the data
//! as it was at one moment, with the instant that pages count back from. A generation stays whole for the pages that
//! began with it while the next one is read.

use calypso_engine::Engine;
use calypso_workbook::Now;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;

/// Where the data lies.
pub trait DataSource: Send + Sync + 'static {
    /// A number that is another one when the data has changed.
    fn fingerprint(&self) -> u64;

    /// Reads the data.
    ///
    /// # Errors
    /// A sentence, where it cannot be read.
    fn open(&self) -> Result<Engine, String>;

    /// The instant that pages count back from, asked once for each generation.
    fn now(&self) -> Now;

    /// The machine's clock, in milliseconds since 1970.
    fn clock(&self) -> u64;
}

/// The data as it was at one moment.
pub struct Generation {
    /// Counts up from 1.
    pub number: u64,
    /// The tables.
    pub engine: Engine,
    /// The instant that pages count back from.
    pub now: Now,
    /// When the data was read, in milliseconds since 1970.
    pub read: u64,
}

/// The data, read again when it changes.
pub struct Data {
    source: Box<dyn DataSource>,
    current: RwLock<Arc<Generation>>,
    watched: Mutex<Watched>,
    /// Held by who reads, so that two do not read at once.
    reading: Mutex<()>,
}

/// What the watch has seen.
struct Watched {
    /// The fingerprint of the data that was read last, well or not.
    tried: u64,
    /// The fingerprint met last, and how often it was another one than before.
    met: (u64, u32),
    /// Why the data as it now lies cannot be read.
    problem: Option<String>,
}

/// Files that are still written are given this many looks to settle.
const LOOKS: u32 = 5;

impl Data {
    /// Reads the data for the first time.
    ///
    /// # Errors
    /// A sentence, where it cannot be read.
    pub fn open(source: Box<dyn DataSource>) -> Result<Arc<Data>, String> {
        let print = source.fingerprint();
        let engine = open(source.as_ref())?;
        let first = Generation { number: 1, engine, now: source.now(), read: source.clock() };
        let watched = Watched { tried: print, met: (print, 0), problem: None };
        Ok(Arc::new(Data {
            source,
            current: RwLock::new(Arc::new(first)),
            watched: Mutex::new(watched),
            reading: Mutex::default(),
        }))
    }

    /// The newest generation.
    pub fn current(&self) -> Arc<Generation> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Why the data as it now lies cannot be read; the pages then show what was read before.
    pub fn problem(&self) -> Option<String> {
        self.watched().problem.clone()
    }

    /// Reads the data again where it has changed and is no longer being written.
    pub fn look(&self) {
        let print = self.source.fingerprint();
        let settled = {
            let mut watched = self.watched();
            if print == watched.tried {
                watched.met = (print, 0);
                return;
            }
            let still = watched.met.0 == print;
            watched.met = (print, watched.met.1 + 1);
            still || watched.met.1 >= LOOKS
        };
        if settled {
            self.read(print);
        }
    }

    /// Reads changed data, and lets pages count back from now.
    pub fn refresh(&self) {
        let print = self.source.fingerprint();
        if print == self.watched().tried && self.problem().is_none() {
            let engine = self.current().engine.clone();
            self.replace(engine, self.current().read);
        } else {
            self.read(print);
        }
    }

    fn read(&self, print: u64) {
        let _alone = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = open(self.source.as_ref());
        let problem = match opened {
            Ok(engine) => {
                self.replace(engine, self.source.clock());
                None
            }
            Err(why) => Some(why),
        };
        let mut watched = self.watched();
        (watched.tried, watched.met, watched.problem) = (print, (print, 0), problem);
    }

    fn replace(&self, engine: Engine, read: u64) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let number = current.number + 1;
        *current = Arc::new(Generation { number, engine, now: self.source.now(), read });
    }

    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the data; a reader that breaks over a half-written file is an error, too.
fn open(source: &dyn DataSource) -> Result<Engine, String> {
    catch_unwind(AssertUnwindSafe(|| source.open()))
        .unwrap_or_else(|_| Err("reading the data broke, which is a fault in Calypso".to_owned()))
}

/// Looks after the data every so often, until nobody holds it any more.
///
/// # Errors
/// When no thread can be started.
pub fn watch(data: &Arc<Data>, every: Duration) -> std::io::Result<()> {
    let data: Weak<Data> = Arc::downgrade(data);
    let watcher = std::thread::Builder::new().name("watch".to_owned());
    watcher.spawn(move || {
        loop {
            std::thread::sleep(every);
            let Some(data) = data.upgrade() else { break };
            data.look();
        }
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calypso_engine::EngineOptions;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A source whose fingerprint is set from outside; 13 cannot be read, 14 breaks.
    struct Scripted(Arc<AtomicU64>);

    impl DataSource for Scripted {
        fn fingerprint(&self) -> u64 {
            self.0.load(Ordering::SeqCst)
        }

        fn open(&self) -> Result<Engine, String> {
            match self.fingerprint() {
                13 => Err("line 7 ends too early".to_owned()),
                14 => panic!("a reader that breaks"),
                _ => Engine::new(EngineOptions::default()).map_err(|error| error.to_string()),
            }
        }

        fn now(&self) -> Now {
            Now::At(5)
        }

        fn clock(&self) -> u64 {
            self.fingerprint() * 1000
        }
    }

    #[test]
    fn changed_data_is_read_when_it_has_settled() {
        let print = Arc::new(AtomicU64::new(1));
        let data = Data::open(Box::new(Scripted(Arc::clone(&print)))).unwrap();
        let looked = |value| {
            print.store(value, Ordering::SeqCst);
            data.look();
            (data.current().number, data.current().read, data.problem().is_some())
        };
        assert_eq!(looked(1), (1, 1000, false));
        assert_eq!(looked(2), (1, 1000, false), "it may still be written");
        assert_eq!(looked(2), (2, 2000, false));
        assert_eq!(looked(13), (2, 2000, false));
        assert_eq!(looked(13), (2, 2000, true), "what was read before is kept");
        assert_eq!(looked(14), (2, 2000, true));
        assert_eq!(looked(14), (2, 2000, true));
        assert_eq!(data.problem().unwrap(), "reading the data broke, which is a fault in Calypso");
        assert_eq!(looked(3), (2, 2000, true));
        assert_eq!(looked(3), (3, 3000, false));
    }

    #[test]
    fn data_that_never_settles_is_read_now_and_then() {
        let print = Arc::new(AtomicU64::new(100));
        let data = Data::open(Box::new(Scripted(Arc::clone(&print)))).unwrap();
        for value in 101..=110 {
            print.store(value, Ordering::SeqCst);
            data.look();
        }
        assert_eq!(data.current().number, 3);
    }

    #[test]
    fn a_refresh_counts_from_now_without_reading_what_has_not_changed() {
        let print = Arc::new(AtomicU64::new(1));
        let data = Data::open(Box::new(Scripted(Arc::clone(&print)))).unwrap();
        data.refresh();
        assert_eq!((data.current().number, data.current().read), (2, 1000));
        print.store(2, Ordering::SeqCst);
        data.refresh();
        assert_eq!((data.current().number, data.current().read), (3, 2000));
    }
}
