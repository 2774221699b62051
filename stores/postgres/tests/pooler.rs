//! The promises of every store behind pgbouncer, which gives a server for one transaction at a time.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    net::TcpStream,
    sync::{Arc, OnceLock},
    thread,
    time::Duration,
};

use handfast::store::{Memory, Store};
use handfast_postgres::PostgresStore;
use handfast_postgres_server::{Beside, Safety, Server, is_pooler_left_out, pooler, schema};

/// A server and the pooler before it; they end with this process.
fn pooled() -> &'static str {
    static POOLED: OnceLock<(Server, Beside, String)> = OnceLock::new();
    let (_, _, address) = POOLED.get_or_init(|| {
        let server = Server::start(Safety::Fast);
        let (port, folder) = (Server::free_port(), server.folder().display().to_string());
        let users = server.give("users.txt", "\"postgres\" \"\"\n");
        let lines = format!(
            "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir = {folder}\nauth_type = trust\nauth_file = {}\npool_mode = transaction\n\
             default_pool_size = 4\nmax_client_conn = 500\nlogfile = {folder}/pooler.log\n",
            server.port(),
            users.display(),
        );
        let settings = server.give("pooler.ini", &lines);
        let beside = server.beside(&pooler(), &[&settings.display().to_string()]);
        let is_up = || TcpStream::connect(("127.0.0.1", port)).is_ok();
        let waited = (0..500).any(|_| {
            is_up() || {
                thread::sleep(Duration::from_millis(10));
                false
            }
        });
        assert!(waited, "pgbouncer does not start");
        (server, beside, format!("postgres://postgres@127.0.0.1:{port}/postgres?pooler=transaction"))
    });
    address
}

fn fresh() -> Arc<dyn Store> {
    if is_pooler_left_out() {
        return Arc::new(Memory::new());
    }
    Arc::new(PostgresStore::options().schema(schema()).open(pooled()).expect("opens"))
}

mod behind_pgbouncer {
    handfast::store_conformance!(super::fresh());
}
