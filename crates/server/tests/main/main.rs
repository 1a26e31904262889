//! The live page as a browser meets it: who is let in, what is answered, and, in a real browser, what a reader sees.

#![allow(clippy::unwrap_used, reason = "tests stop where they fail")]

mod alerts;
mod asking;
mod browser;
mod doors;
mod edited;
mod live;
mod logs;
mod sample;
