//! Programs that run until they are killed, and the ports that they keep when they are started again.

use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Stdio},
    sync::atomic::{AtomicU16, Ordering::Relaxed},
};

use crate::binaries::Owner;

/// Starts a program as the leader of a group, with its output in `log` and its number in `pid`.
pub(super) fn start(owner: &Owner, program: &Path, folder: &Path, arguments: &[String]) -> Child {
    let log = File::options().append(true).create(true).open(folder.join("log")).expect("a log");
    let mut command = owner.run(program);
    command.args(arguments).process_group(0);
    command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log")).stderr(log);
    let child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    fs::write(folder.join("pid"), child.id().to_string()).expect("a file");
    child
}

/// Signals processes and groups (`-number`) at once; those that are gone are gone.
pub(super) fn signal(owner: &Owner, name: &str, numbers: &[String]) {
    let mut kill = owner.run("sh");
    // more than this is not the same in every shell
    let kill = kill.args(["-c", r#"kill -s "$0" -- "$@""#, name]).args(numbers);
    let _ = kill.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

/// A port on 127.0.0.1 that is free, and stays so while nobody listens on it: no system gives it to who asks for any, or
/// to a connection. Of those a client that tries again and again is given the very port that it tries, and finds itself.
pub(super) fn steady_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % 1_000).unwrap_or_default() * 18;
    (0..1_000)
        .map(|_| 12_000 + (own + NEXT.fetch_add(1, Relaxed)) % 20_000)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("a port")
}
