//! A PostgreSQL of the tests' own: started in a temporary folder on a free port, as a user without rights, and gone with
//! the process that started it, however that ends.
//!
//! ```no_run
//! use handfast_postgres_server::{Safety, Server};
//!
//! let server = Server::start(Safety::Fast);
//! println!("{}", server.address());
//! ```
//!
//! Tests that need no server to themselves share one ([`shared`]), in a schema each.

// a server that cannot be had is told by a panic: this crate is for tests
#![allow(clippy::expect_used, clippy::panic, reason = "for tests")]

pub mod cluster;

mod binaries;

use std::{
    env,
    ffi::OsStr,
    fs, iter,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

pub use binaries::{
    WITHOUT, WITHOUT_PATRONI, WITHOUT_POOLER, is_left_out, is_patroni_left_out, is_pooler_left_out, missing,
    missing_patroni, missing_pooler, pooler,
};

use binaries::{Binaries, Owner};

/// The variable that names a server which several test programs share: whoever runs them all starts it once.
pub const SHARED: &str = "HANDFAST_TEST_POSTGRES";

/// What a commit survives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Nothing: for all tests but those that kill the server.
    Fast,
    /// What it survives by default.
    Full,
}

/// A running server. Dropped, it is stopped and its folder removed.
pub struct Server {
    binaries: Binaries,
    owner: Owner,
    folder: PathBuf,
    port: u16,
    /// Stops the server when its standard input ends, be it that this process is killed.
    watch: Child,
}

impl Server {
    /// Starts a server. Panics when there is no PostgreSQL, and says how to get it.
    pub fn start(safety: Safety) -> Self {
        Server::start_with(safety, "")
    }

    /// The same with more lines in `postgresql.conf`.
    pub fn start_with(safety: Safety, settings: &str) -> Self {
        let binaries = Binaries::find().unwrap_or_else(|| panic!("{}", binaries::HOW_TO_GET));
        let owner = Owner::find();
        let folder = tempfile::Builder::new().prefix("handfast-postgres").tempdir().expect("a folder").keep();
        owner.own(&folder);
        let port = free_port();
        let watch = owner.watch(WATCH, [&binaries.pg_ctl, &folder]);
        let server = Server { binaries, owner, folder, port, watch };
        server.init(safety, settings);
        server.control(&["start", "-w", "-l", &server.log()]);
        server
    }

    fn init(&self, safety: Safety, settings: &str) {
        let mut initdb = self.owner.run(&self.binaries.initdb);
        initdb.args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D"]).arg(self.data());
        run(&mut initdb, Path::new(&self.log()));
        let (port, folder) = (self.port, self.folder.display());
        let fast = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n";
        let fast = if safety == Safety::Fast { fast } else { "" };
        let lines = format!(
            "\nlisten_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{folder}'\nmax_connections = 300\n\
             shared_buffers = 64MB\n{fast}{settings}\n"
        );
        let file = self.data().join("postgresql.conf");
        let known = fs::read_to_string(&file).expect("a configuration");
        fs::write(&file, known + &lines).expect("a configuration");
    }

    /// The address of the database `postgres` on it.
    pub fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A folder that belongs to the server's user, and is removed with the server.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts a file into the folder that only the server's user may read, and gives its path.
    pub fn give(&self, name: &str, content: &str) -> PathBuf {
        let file = self.folder.join(name);
        fs::write(&file, content).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a file of one's own");
        self.owner.own(&file);
        file
    }

    /// Stops it, ending every connection, as an administrator would.
    pub fn stop(&self) {
        self.control(&["stop", "-w", "-m", "fast"]);
    }

    /// Kills it without a chance to write anything.
    pub fn kill(&self) {
        self.control(&["stop", "-w", "-m", "immediate"]);
    }

    /// Starts it again.
    pub fn start_again(&self) {
        self.control(&["start", "-w", "-l", &self.log()]);
    }

    /// A command that runs as the server's user.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        self.owner.run(program)
    }

    /// Starts another program as the server's user; it ends when what is given is dropped, or with this process.
    pub fn beside(&self, program: &Path, arguments: &[&str]) -> Beside {
        let arguments = arguments.iter().map(OsStr::new);
        Beside(self.owner.watch(WATCH_ANY, iter::once(program.as_os_str()).chain(arguments)))
    }

    /// A port on 127.0.0.1 that is free.
    pub fn free_port() -> u16 {
        free_port()
    }

    fn control(&self, arguments: &[&str]) {
        let mut pg_ctl = self.owner.run(&self.binaries.pg_ctl);
        run(pg_ctl.arg("-D").arg(self.data()).args(arguments), Path::new(&self.log()));
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> String {
        self.folder.join("log").display().to_string()
    }
}

/// Waits until nobody holds its standard input any more.
const WATCH: &str = r#"trap '' INT HUP TERM; read -r _; "$1" -D "$2/data" -m immediate stop; rm -rf "$2""#;

/// The same for any program.
const WATCH_ANY: &str = r#"trap '' INT HUP TERM; "$@" & read -r _; kill $!"#;

/// A program that runs beside the server.
pub struct Beside(Child);

impl Drop for Beside {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        // whether it could be stopped is no matter of the test
        let _ = self.watch.wait();
    }
}

fn run(command: &mut Command, log: &Path) {
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let done = output.as_ref().is_ok_and(|status| status.success());
    let log = || fs::read_to_string(log).unwrap_or_default();
    assert!(done, "{command:?}: {output:?}\n{}", log());
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("a port").port()
}

/// The address of a server that all tests share: the one that [`SHARED`] names, or one that this process starts.
pub fn shared() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    // statics are not dropped: its watch stops it when this process is gone
    static SERVER: OnceLock<Server> = OnceLock::new();
    ADDRESS.get_or_init(|| match env::var(SHARED) {
        Ok(address) => address,
        Err(_) => SERVER.get_or_init(|| Server::start(Safety::Fast)).address(),
    })
}

/// The name of a schema that nobody else uses.
pub fn schema() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("a clock").as_millis();
    format!("test_{}_{since}_{}", std::process::id(), NUMBER.fetch_add(1, Relaxed))
}
