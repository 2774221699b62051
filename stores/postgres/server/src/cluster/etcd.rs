//! Where Patroni keeps who leads.

use std::{path::Path, process::Child};

use super::program::{start, steady_port};
use crate::binaries::Owner;

pub(super) struct Etcd {
    pub(super) port: u16,
    child: Child,
}

impl Etcd {
    pub(super) fn start(owner: &Owner, program: &Path, folder: &Path) -> Self {
        let (port, peers) = (steady_port(), steady_port());
        let url = |port: u16| format!("http://127.0.0.1:{port}");
        let arguments = [
            ("name", "etcd".to_owned()),
            ("data-dir", folder.join("data").display().to_string()),
            ("listen-client-urls", url(port)),
            ("advertise-client-urls", url(port)),
            ("listen-peer-urls", url(peers)),
            ("initial-advertise-peer-urls", url(peers)),
            ("initial-cluster", format!("etcd={}", url(peers))),
        ];
        let arguments = arguments.map(|(name, value)| format!("--{name}={value}"));
        Etcd { port, child: start(owner, program, folder, &arguments) }
    }
}

impl Drop for Etcd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
