//! A cluster of the tests' own: three PostgreSQL under Patroni, which fail over by themselves, and the etcd by which
//! Patroni agrees on who leads. It is gone with the process that started it, however that ends.
//!
//! ```no_run
//! use handfast_postgres_server::cluster::{Cluster, Death};
//!
//! let mut cluster = Cluster::start();
//! let primary = cluster.wait_until_safe();
//! cluster.kill(primary, Death::Machine);
//! // .. another one leads
//! cluster.start_again(primary);
//! cluster.wait_until_whole();
//! println!("{}", cluster.address());
//! ```
//!
//! What is acknowledged stands on two nodes: replication is synchronous, also where that makes writers wait, and Patroni
//! lets only a node lead that has it all. That `fsync` is off takes nothing from that, for what dies here are processes;
//! what they have written is with the system.

mod etcd;
mod node;
mod program;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Child,
    thread,
    time::{Duration, Instant},
};

use crate::binaries::{Binaries, Owner, PATRONI_HOW_TO_GET, program as find};
use etcd::Etcd;
use node::Node;

/// Nodes: enough that what is acknowledged stands on two of them when one is gone.
const NODES: usize = 3;

/// Longer than anything takes on the slowest machine.
const LIMIT: Duration = Duration::from_secs(180);

/// How a node dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// With everything on it, as a machine does: the others learn of it when its lease ends.
    Machine,
    /// The same after half a second in which nothing that it commits gets to the others.
    CutOff,
    /// PostgreSQL alone: its Patroni sees it, and lets another node lead.
    Postgres,
}

/// A running cluster. Dropped, it is stopped and its folder removed.
pub struct Cluster {
    owner: Owner,
    nodes: Vec<Node>,
    _etcd: Etcd,
    /// Stops everything when its standard input ends, be it that this process is killed.
    watch: Child,
}

impl Cluster {
    /// Starts a cluster and waits until it is whole. Panics when Patroni, etcd or PostgreSQL is missing, and says how to
    /// get it.
    pub fn start() -> Self {
        let (Some(patroni), Some(etcd), Some(binaries)) = (find("patroni"), find("etcd"), Binaries::find()) else {
            panic!("{PATRONI_HOW_TO_GET}")
        };
        let owner = Owner::find();
        let folder = tempfile::Builder::new().prefix("handfast-cluster").tempdir().expect("a folder").keep();
        owner.own(&folder);
        let watch = owner.watch(WATCH, [&binaries.pg_ctl, &folder]);
        let etcd = Etcd::start(&owner, &etcd, &made(&owner, &folder.join("etcd")));
        let nodes = (1..=NODES).map(|number| {
            let folder = made(&owner, &folder.join(format!("node{number}")));
            Node::new(&owner, &patroni, &binaries, folder, format!("node{number}"), etcd.port)
        });
        let mut cluster = Cluster { nodes: nodes.collect(), owner, _etcd: etcd, watch };
        cluster.nodes.iter_mut().for_each(|node| node.start(&cluster.owner));
        cluster.wait_until_whole();
        cluster
    }

    /// The address of the database `postgres`, on whichever node takes writes.
    pub fn address(&self) -> String {
        let hosts: Vec<_> = self.nodes.iter().map(|node| format!("127.0.0.1:{}", node.port)).collect();
        format!("postgres://postgres@{}/postgres?target_session_attrs=read-write", hosts.join(","))
    }

    /// The address of the same database on one node, whatever it takes.
    pub fn address_of(&self, node: usize) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.nodes[node].port)
    }

    /// How many nodes there are; they are named from 0 on.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The node that leads, as Patroni sees it; `None` while none does.
    pub fn primary(&self) -> Option<usize> {
        self.nodes.iter().position(|node| node.is("primary"))
    }

    /// Waits until the primary could be lost without harm: another node has all that it has acknowledged. Gives the primary.
    pub fn wait_until_safe(&self) -> usize {
        self.wait("no primary with a synchronous standby", || self.followed(1))
    }

    /// Waits until all nodes are there. Gives the primary.
    pub fn wait_until_whole(&self) -> usize {
        self.wait("not all nodes come up", || self.followed(NODES - 1))
    }

    /// The primary, if so many others follow it, one of which is safe to take over.
    fn followed(&self, by: usize) -> Option<usize> {
        let primary = self.primary()?;
        let followers = self.nodes.iter().filter(|node| node.is("replica?lag=16MB")).count();
        let is_safe = self.nodes.iter().any(|node| node.is("sync"));
        (followers >= by && is_safe).then_some(primary)
    }

    fn wait<T>(&self, why: &str, done: impl Fn() -> Option<T>) -> T {
        let until = Instant::now() + LIMIT;
        loop {
            match done() {
                Some(done) => return done,
                None if Instant::now() > until => panic!("{why}\n{}", self.told()),
                None => thread::sleep(Duration::from_millis(100)),
            }
        }
    }

    /// The last that the nodes have told.
    pub fn told(&self) -> String {
        let mut told = String::new();
        for node in &self.nodes {
            let log = String::from_utf8_lossy(&fs::read(node.log()).unwrap_or_default()).into_owned();
            let lines: Vec<_> = log.lines().collect();
            let last = lines.len().saturating_sub(25);
            let _ = writeln!(told, "== {}\n{}", node.name, lines[last..].join("\n"));
        }
        told
    }

    /// Kills a node with -9.
    pub fn kill(&mut self, node: usize, death: Death) {
        self.nodes[node].kill(&self.owner, death);
    }

    /// Starts what was killed of a node; Patroni makes it follow the one that leads now.
    pub fn start_again(&mut self, node: usize) {
        self.nodes[node].start(&self.owner);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        // whether it could be stopped is no matter of the test
        let _ = self.watch.wait();
    }
}

/// Waits until nobody holds its standard input any more. Each program leads a group of its own; PostgreSQL has left that of
/// its Patroni, and is stopped as it likes, so that it leaves no shared memory.
const WATCH: &str = r#"
trap '' INT HUP TERM; read -r _
for pid in "$2"/*/pid; do kill -s KILL -- "-$(cat "$pid")"; done
for node in "$2"/node*; do "$1" -D "$node/data" -m immediate stop; done
rm -rf "$2" || { sleep 1; rm -rf "$2"; }
"#;

fn made(owner: &Owner, folder: &Path) -> PathBuf {
    fs::create_dir(folder).expect("a folder");
    owner.own(folder);
    folder.to_owned()
}
