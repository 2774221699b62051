//! A server for tests of other languages: `cargo run -p handfast-postgres-server --example serve`. It prints what to put
//! into the environment, and ends with its standard input.

use std::io::{Read, Result, stdin};

use handfast_postgres_server::{SHARED, Safety, Server};

fn main() -> Result<()> {
    let server = Server::start(Safety::Fast);
    println!("export {SHARED}={}", server.address());
    stdin().read_to_end(&mut Vec::new()).map(drop)
}
