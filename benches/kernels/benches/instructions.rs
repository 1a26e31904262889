//! How many instructions each kernel takes a row, counted by valgrind and held against `instructions.toml`, which says
//! what they were: `cargo bench --bench instructions`. Unlike time, they are the same on a busy machine.
//!
//! A kernel that takes 5 % more fails; one that takes 10 % less asks for the file to be written anew, which
//! `CALYPSO_UPDATE=1` does. Without valgrind nothing is counted, which is a failure only where `CI=true`.

use calypso_kernels::{Kernel, kernels, rows};
use std::fmt::Write;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// With this argument the program runs the kernels, to be watched by valgrind.
const RUN: &str = "--run-the-kernels";
/// More than so much of the old count fails. Runs differ by 0.2 % (hash seeds, places in memory), lost tricks by more.
const MOST: f64 = 1.05;
/// The same where another compiler, or one for other processors, made the old counts.
const MOST_ELSEWHERE: f64 = 1.5;
/// Less than so much asks for an update.
const LEAST: f64 = 0.9;

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == RUN) {
        run();
        return ExitCode::SUCCESS;
    }
    match compare() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// Runs each kernel twice: what the first run sets up for all later ones (tables, compiled patterns) does not count.
fn run() {
    let rows = rows();
    for kernel in kernels() {
        black_box(kernel.run(black_box(&rows)));
        counted(&|| kernel.run(black_box(&rows)));
    }
}

/// Where valgrind counts: it writes the count down at the end of each call.
#[inline(never)]
fn counted(run: &dyn Fn() -> usize) {
    black_box(run());
}

/// The function above, as valgrind names it. No pattern: it would begin and end the counting, but write nothing down.
const COUNTED: &str = "instructions::counted";

fn compare() -> Result<(), String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return match std::env::var("CI").as_deref() {
            Ok("true") => Err("there is no valgrind to count with".to_owned()),
            _ => {
                println!("skipped: there is no valgrind to count with");
                Ok(())
            }
        };
    }
    let kernels = kernels();
    let given = count(&kernels)?;
    let compiler = compiler()?;
    if std::env::var_os("CALYPSO_UPDATE").is_some() {
        return std::fs::write(file(), page(&compiler, &kernels, &given)).map_err(|error| told(&error));
    }
    let known: toml::Table = std::fs::read_to_string(file())
        .map_err(|error| told(&error))?
        .parse()
        .map_err(|error| told(&error))?;
    let counted_by = known.get("compiler").and_then(toml::Value::as_str).unwrap_or("nothing");
    let most = if counted_by == compiler { MOST } else { MOST_ELSEWHERE };
    if most > MOST {
        println!("counted with {counted_by}, this is {compiler}: up to {most} times as many pass");
    }
    let mut wrong = 0;
    for (kernel, given) in kernels.iter().zip(&given) {
        let known = known.get(kernel.name).and_then(toml::Value::as_float);
        let ratio = known.map(|known| given / known);
        let word = match ratio {
            None => "NEW: CALYPSO_UPDATE=1 adds it",
            Some(ratio) if ratio > most => "SLOWER",
            Some(ratio) if ratio < LEAST => "faster: CALYPSO_UPDATE=1 keeps it so",
            Some(_) => "",
        };
        wrong += usize::from(ratio.is_none_or(|ratio| ratio > most));
        println!("{:24} {given:10.1} a row, was {:10.1}  {word}", kernel.name, known.unwrap_or(0.0));
    }
    if wrong > 0 {
        Err(format!("{wrong} kernels take more instructions than they did, or are new"))
    } else {
        Ok(())
    }
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.toml")
}

fn told(error: &dyn std::error::Error) -> String {
    format!("{}: {error}", file().display())
}

/// The compiler's release and what it compiles for: other instructions come of another.
fn compiler() -> Result<String, String> {
    let output = Command::new("rustc").arg("-vV").output().map_err(|error| format!("rustc: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let of = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    Ok(format!("{} {}", of("release: "), of("host: ")))
}

/// Instructions a row of each kernel.
fn count(kernels: &[Kernel]) -> Result<Vec<f64>, String> {
    let told = |error: std::io::Error| error.to_string();
    let folder = tempfile::tempdir().map_err(told)?;
    let out = folder.path().join("count");
    let status = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", "--collect-atstart=no"])
        .arg(format!("--toggle-collect={COUNTED}"))
        .arg(format!("--dump-after={COUNTED}"))
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe().map_err(told)?)
        .arg(RUN)
        .status()
        .map_err(told)?;
    if !status.success() {
        return Err(format!("valgrind ended with {status}"));
    }
    let rows = rows().num_rows() as f64;
    let total = |number: usize| {
        let text = std::fs::read_to_string(format!("{}.{number}", out.display()))
            .map_err(|error| format!("valgrind wrote nothing down for kernel {number}: {error}"))?;
        let total = text.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse::<u64>().ok());
        match total {
            Some(total) if total > 0 => Ok(total as f64 / rows),
            _ => Err("valgrind counted nothing".to_owned()),
        }
    };
    (1..=kernels.len()).map(total).collect()
}

/// The counts as a file.
fn page(compiler: &str, kernels: &[Kernel], counts: &[f64]) -> String {
    let mut page = format!(
        "# Instructions that each kernel takes a row, as counted by `cargo bench --bench instructions`.\n\
         # CALYPSO_UPDATE=1 writes this file; more than 5 % above it fails.\n\n\
         compiler = {compiler:?}\n\n",
    );
    for (kernel, count) in kernels.iter().zip(counts) {
        let _ = writeln!(page, "{:?} = {count:.1}", kernel.name);
    }
    page
}
