//! One PostgreSQL and its Patroni.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::Child,
    thread,
    time::Duration,
};

use super::{
    Death,
    program::{signal, start, steady_port},
};
use crate::binaries::{Binaries, Owner};

pub(super) struct Node {
    pub(super) name: String,
    /// Of PostgreSQL.
    pub(super) port: u16,
    /// Of Patroni's own interface.
    rest: u16,
    folder: PathBuf,
    patroni: PathBuf,
    running: Option<Child>,
}

impl Node {
    pub(super) fn new(
        owner: &Owner,
        patroni: &Path,
        binaries: &Binaries,
        folder: PathBuf,
        name: String,
        etcd: u16,
    ) -> Self {
        let (port, rest) = (steady_port(), steady_port());
        let (patroni, running) = (patroni.to_owned(), None);
        let node = Node { name, port, rest, folder, patroni, running };
        let settings = node.settings(binaries, etcd);
        fs::write(node.file(), settings).expect("a configuration");
        owner.own(&node.file());
        node
    }

    fn file(&self) -> PathBuf {
        self.folder.join("patroni.yml")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// What Patroni is told. A lease is short, so that a death is soon known, but not so short that a busy machine
    /// outlives it. A PostgreSQL that died is not waited for while another one can lead. Refusals are daily work, and
    /// not logged.
    fn settings(&self, binaries: &Binaries, etcd: u16) -> String {
        let Node { name, port, rest, .. } = self;
        let (folder, data) = (self.folder.display(), self.data());
        let (data, tools) = (data.display(), binaries.initdb.parent().unwrap_or(Path::new("")).display());
        format!(
            "scope: handfast
name: {name}
restapi: {{listen: '127.0.0.1:{rest}', connect_address: '127.0.0.1:{rest}'}}
etcd3: {{hosts: '127.0.0.1:{etcd}'}}
bootstrap:
  dcs:
    ttl: 10
    loop_wait: 1
    retry_timeout: 3
    primary_start_timeout: 0
    maximum_lag_on_failover: 16777216
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters: {{max_connections: 200, wal_log_hints: 'on', wal_keep_size: 64MB, min_wal_size: 32MB, max_wal_size: 128MB,
                    log_min_messages: log}}
  initdb: [{{encoding: UTF8}}, {{locale: C}}, no-sync, {{auth: trust}}]
  pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust']
postgresql:
  listen: 127.0.0.1:{port}
  connect_address: 127.0.0.1:{port}
  data_dir: {data}
  bin_dir: {tools}
  pgpass: {folder}/pgpass
  basebackup: [{{checkpoint: fast}}, no-sync]
  remove_data_directory_on_rewind_failure: true
  remove_data_directory_on_diverged_timelines: true
  authentication: {{superuser: {{username: postgres}}, replication: {{username: replicator}}}}
  parameters: {{unix_socket_directories: {folder}, shared_buffers: 32MB, fsync: 'off', wal_retrieve_retry_interval: 500ms}}
"
        )
    }

    /// Starts its Patroni, which starts its PostgreSQL; one that is alive has its Patroni do that.
    pub(super) fn start(&mut self, owner: &Owner) {
        if self.running.is_none() {
            let file = self.file().display().to_string();
            self.running = Some(start(owner, &self.patroni, &self.folder, &[file]));
        }
    }

    pub(super) fn kill(&mut self, owner: &Owner, death: Death) {
        let postmaster = self.postmaster();
        let children = || postmaster.iter().flat_map(|postmaster| children(postmaster));
        if death == Death::CutOff {
            let senders: Vec<_> = children().filter(|number| is_sender(number)).collect();
            signal(owner, "STOP", &senders);
            thread::sleep(Duration::from_millis(500));
        }
        let patroni = (death != Death::Postgres).then(|| self.running.take()).flatten();
        let group = patroni.iter().map(|patroni| format!("-{}", patroni.id()));
        let numbers: Vec<_> = group.chain(postmaster.clone()).chain(children()).collect();
        signal(owner, "KILL", &numbers);
        if let Some(mut patroni) = patroni {
            let _ = patroni.wait();
        }
    }

    /// The number of the process that leads PostgreSQL's.
    fn postmaster(&self) -> Option<String> {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        file.lines().next().map(str::to_owned)
    }

    /// Whether Patroni says that the node is `primary`, `sync` or `replica`.
    pub(super) fn is(&self, role: &str) -> bool {
        self.ask(role).is_some_and(|answer| answer.split(' ').nth(1) == Some("200"))
    }

    fn ask(&self, path: &str) -> Option<String> {
        const SOON: Duration = Duration::from_secs(2);
        let mut stream = TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], self.rest)), SOON).ok()?;
        stream.set_read_timeout(Some(SOON)).ok()?;
        write!(stream, "GET /{path} HTTP/1.0\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(mut patroni) = self.running.take() {
            let _ = patroni.kill();
            let _ = patroni.wait();
        }
    }
}

/// Whether a process of PostgreSQL gives another node what is written.
fn is_sender(number: &str) -> bool {
    fs::read(format!("/proc/{number}/cmdline")).is_ok_and(|name| String::from_utf8_lossy(&name).contains("walsender"))
}

/// The processes that one has begun.
fn children(of: &str) -> Vec<String> {
    let parent = |folder: &fs::DirEntry| {
        let stat = fs::read_to_string(folder.path().join("stat")).ok()?;
        // the name before it may hold anything, also brackets
        stat.rsplit_once(") ")?.1.split(' ').nth(1).map(str::to_owned)
    };
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let own = processes.filter(|folder| parent(folder).as_deref() == Some(of));
    own.map(|folder| folder.file_name().to_string_lossy().into_owned()).collect()
}
