//! One command that sets up and runs everything.
fn main() {}
