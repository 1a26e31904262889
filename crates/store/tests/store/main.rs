//! The store over generated logs: what readers find is what opening the same files in memory gives.

mod same_rows;
