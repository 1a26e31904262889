//! How tables lie in files that keep microseconds: what the store writes and the engine reads.

/// A datetime column `X` kept as a timestamp in microseconds has its seventh digit, 0 to 9, in the Int8 column
/// `X_tick` beside it: ticks = microseconds × 10 + digit.
pub const TICK_SUFFIX: &str = "_tick";
