//! Makes pieces of files on all cores and takes them in their order, a few at a time.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Pieces that a thread has before it or behind it, beside the one that it makes.
const WAITING: usize = 2;

/// Makes something of each item, side by side, and takes what was made in the order of the items. As many are under way
/// as three for each core, so items and what is made of them may be big, but not huge.
///
/// # Errors
/// The first that `make` or `take` gives.
pub(super) fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T>,
    make: impl Fn(T) -> io::Result<R> + Sync,
    mut take: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    let make = &make;
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<(SyncSender<T>, Receiver<io::Result<R>>)> = (0..cores)
            .map(|_| {
                let (give, given) = sync_channel::<T>(WAITING);
                let (finish, finished) = sync_channel(WAITING);
                scope.spawn(move || {
                    for item in given {
                        // Nobody takes any more once something has failed.
                        if finish.send(make(item)).is_err() {
                            break;
                        }
                    }
                });
                (give, finished)
            })
            .collect();
        let stopped = || io::Error::other("a thread that makes files stopped");
        let mut collect = |number: usize| -> io::Result<()> {
            take(workers[number % cores].1.recv().map_err(|_| stopped())??)
        };
        // Each thread gets every so-manieth item, so the order is known without numbers.
        let (ahead, mut given) = (cores * WAITING, 0);
        for item in items {
            if given >= ahead {
                collect(given - ahead)?;
            }
            workers[given % cores].0.send(item).map_err(|_| stopped())?;
            given += 1;
        }
        (given.saturating_sub(ahead)..given).try_for_each(&mut collect)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_comes_in_order() {
        for count in [0, 1, 5, 1_000] {
            let mut taken = Vec::new();
            let took = in_order(
                0..count,
                |item| Ok(item * 2),
                |made| {
                    taken.push(made);
                    Ok(())
                },
            );
            assert!(took.is_ok());
            assert_eq!(taken, (0..count).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_error_ends_it() {
        let fails = |at: i32| move |item| if item == at { Err(io::Error::other("made")) } else { Ok(item) };
        let made = in_order(0.., fails(100), |_| Ok(()));
        assert_eq!(made.unwrap_err().to_string(), "made");
        let taken = in_order(0.., Ok, |item| fails(100)(item).map(|_| ()));
        assert_eq!(taken.unwrap_err().to_string(), "made");
    }
}
