//! The `calypso` command.

fn main() {
    println!("calypso {}", env!("CARGO_PKG_VERSION"));
}
