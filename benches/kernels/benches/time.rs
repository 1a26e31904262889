//! How long each kernel takes a row: `cargo bench [--bench time] [NAME]`. Prints the least of many runs, which a busy
//! machine disturbs least.

use calypso_kernels::{kernels, rows};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Each kernel is run for so long.
const FOR: Duration = Duration::from_millis(300);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|text| !text.starts_with('-')).collect();
    let rows = rows();
    for kernel in kernels() {
        if !wanted.is_empty() && !wanted.iter().any(|text| kernel.name.contains(text.as_str())) {
            continue;
        }
        let mut least = Duration::MAX;
        let begun = Instant::now();
        while begun.elapsed() < FOR {
            let started = Instant::now();
            black_box(kernel.run(black_box(&rows)));
            least = least.min(started.elapsed());
        }
        let nanoseconds = least.as_secs_f64() * 1e9 / rows.num_rows() as f64;
        println!("{:24} {nanoseconds:10.1} ns a row", kernel.name);
    }
}
