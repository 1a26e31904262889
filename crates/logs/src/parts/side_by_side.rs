//! Jobs handed around among threads, and what they give put back into order.
//!
//! The jobs go to the threads in turn and their parts are taken in the same turn, so that little waits in memory: a job
//! before each thread, one in it, and a part behind it.

use super::job::{Give, Given, Job, cut, run};
use super::{LogFile, Part, PartOptions};
use crate::open::OpenError;
use crate::summary::FileRead;
use memchr::memchr_iter;
use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// What a thread says of its job.
enum Told {
    Given(Box<Given>),
    Done,
    Failed(OpenError),
}

/// Takes the parts of files in their order.
pub(super) fn read<E: From<OpenError>>(
    files: &[(LogFile, u64)],
    options: &PartOptions,
    take: &mut dyn FnMut(usize, Part) -> Result<(), E>,
) -> Result<(), E> {
    let mut order = Order { files, rows: 0, lines_before: None };
    if options.threads <= 1 {
        return read_alone(files, options, &mut order, take);
    }
    thread::scope(|scope| {
        let (mut senders, mut receivers) = (Vec::new(), Vec::new());
        for _ in 0..options.threads {
            let (sender, jobs) = sync_channel(1);
            let (told, receiver) = sync_channel(1);
            scope.spawn(move || work(&jobs, files, options, &told));
            senders.push(sender);
            receivers.push(receiver);
        }
        scope.spawn(move || {
            let mut turn = senders.iter().cycle();
            let mut send = |job| turn.next().is_some_and(|sender| sender.send(job).is_ok());
            (0..files.len()).all(|file| cut(file, files, options, &mut send))
        });
        for receiver in receivers.iter().cycle() {
            loop {
                match receiver.recv() {
                    Ok(Told::Given(given)) => {
                        let (file, part) = order.put(*given);
                        take(file, part)?;
                    }
                    Ok(Told::Done) => break,
                    Ok(Told::Failed(error)) => return Err(order.name_line(error).into()),
                    // Whose turn it is got no job: there are no more.
                    Err(_) => return Ok(()),
                }
            }
        }
        Ok(())
    })
}

fn work(jobs: &Receiver<Job>, files: &[(LogFile, u64)], options: &PartOptions, told: &SyncSender<Told>) {
    let gone = || OpenError::TooLarge { reason: "nobody takes it".to_owned() };
    let mut give = |given| told.send(Told::Given(Box::new(given))).map_err(|_| gone());
    for job in jobs {
        let done = match run(job, files, options, &mut give) {
            Ok(()) => Told::Done,
            Err(error) => Told::Failed(error),
        };
        if told.send(done).is_err() {
            return;
        }
    }
}

/// As `read`, without any other thread.
fn read_alone<E: From<OpenError>>(
    files: &[(LogFile, u64)],
    options: &PartOptions,
    order: &mut Order<'_>,
    take: &mut dyn FnMut(usize, Part) -> Result<(), E>,
) -> Result<(), E> {
    for file in 0..files.len() {
        let mut refused = None;
        let give: &mut Give<'_> = &mut |given| {
            let (file, part) = order.put(given);
            take(file, part).map_err(|error| {
                refused = Some(error);
                OpenError::TooLarge { reason: "not taken".to_owned() }
            })
        };
        let read = run(Job::Whole { file }, files, options, give);
        match (refused, read) {
            (Some(error), _) => return Err(error),
            (None, Err(error)) => return Err(order.name_line(error).into()),
            (None, Ok(())) => {}
        }
    }
    Ok(())
}

/// What is known of the file whose parts are coming.
struct Order<'f> {
    files: &'f [(LogFile, u64)],
    /// Rows of the file so far, where several jobs read it.
    rows: u64,
    /// Lines before the byte that reading began at, and in which file.
    lines_before: Option<(usize, u64)>,
}

impl Order<'_> {
    /// The place of the file and its part, with the numbers that lines have in the whole file.
    fn put(&mut self, given: Given) -> (usize, Part) {
        let Given { file, mut part, closes } = given;
        if part.summary.problems.iter().any(|problem| problem.line > 0) {
            let before = self.lines_before(file);
            part.summary.problems.iter_mut().filter(|problem| problem.line > 0).for_each(|problem| {
                problem.line += before;
            });
        }
        self.rows += part.summary.rows_read;
        if let Some(shape) = closes {
            let file = self.files[file].0.label().to_owned();
            part.summary.files += 1;
            part.summary.shapes.push(FileRead { file, shape, rows: self.rows });
        }
        if part.summary.files > 0 {
            self.rows = 0;
        }
        (file, part)
    }

    /// An error with the number that its line has in the whole file.
    fn name_line(&mut self, error: OpenError) -> OpenError {
        let OpenError::Refused(mut problem) = error else {
            return error;
        };
        let place = self.files.iter().position(|(file, _)| file.label() == problem.file);
        if let Some(file) = place.filter(|_| problem.line > 0) {
            problem.line += self.lines_before(file);
        }
        OpenError::Refused(problem)
    }

    /// Lines of a file before the byte that it is read from: counted only when a line must be named.
    fn lines_before(&mut self, file: usize) -> u64 {
        let (log_file, from) = &self.files[file];
        match self.lines_before {
            Some((known, lines)) if known == file => lines,
            _ => {
                let lines = log_file.resumes_at(*from).map_or(0, |from| count_lines(log_file, from));
                self.lines_before = Some((file, lines));
                lines
            }
        }
    }
}

fn count_lines(file: &LogFile, bytes: u64) -> u64 {
    let Some(opened) = file.path().and_then(|path| std::fs::File::open(path).ok()) else {
        return 0;
    };
    let mut stream = BufReader::with_capacity(1 << 17, opened.take(bytes));
    let mut lines = 0;
    while let Ok(read) = stream.fill_buf() {
        if read.is_empty() {
            break;
        }
        lines += memchr_iter(b'\n', read).count() as u64;
        let used = read.len();
        stream.consume(used);
    }
    lines
}
