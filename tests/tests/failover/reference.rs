use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use handfast_postgres_server::cluster::Cluster;
use tokio::time::{sleep, timeout};

use crate::{
    GRACE,
    probe::Probe,
    times::{Moment, longest_joined, now},
};

/// Longer than Patroni ever takes.
const LIMIT: Duration = Duration::from_secs(120);

/// How often a node is asked.
const EVERY: Duration = Duration::from_millis(10);

/// What Patroni makes of it, seen without the store: every node is asked all the time whether it leads, and written to while
/// it does.
pub(crate) struct Reference(Arc<Mutex<Seen>>);

/// What was seen, with the node.
#[derive(Default)]
struct Seen {
    led: Vec<(usize, Moment)>,
    committed: Vec<(usize, Moment)>,
}

impl Reference {
    pub(crate) fn start(probe: &Probe, cluster: &Cluster) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        for node in 0..cluster.size() {
            let (address, seen) = (cluster.address_of(node), Arc::clone(&seen));
            probe.0.spawn(async move {
                loop {
                    let _ = write(node, &address, &seen).await;
                    sleep(EVERY).await;
                }
            });
        }
        Reference(seen)
    }

    /// Waits until another node than the one that was killed has committed something; gives the moments at which it
    /// led, and at which it had.
    pub(crate) fn wait_until_written(&self, killed: usize, at: Moment) -> (Moment, Moment) {
        let until = Instant::now() + LIMIT;
        let first = |seen: &[(usize, Moment)]| {
            let later = seen.iter().rev().take_while(|(_, moment)| *moment > at);
            later.filter(|(node, _)| *node != killed).last().map(|(_, moment)| *moment)
        };
        loop {
            let seen = self.0.lock().unwrap();
            if let (Some(led), Some(committed)) = (first(&seen.led), first(&seen.committed)) {
                return (led, committed);
            }
            drop(seen);
            assert!(Instant::now() < until, "no other node takes writes");
            thread::sleep(EVERY);
        }
    }

    /// The longest time in which nobody could commit, or not for as long as a host may need to carry on, of those that end
    /// after `from` and begin before `to`.
    pub(crate) fn gap(&self, from: Moment, to: Moment) -> Duration {
        let committed = self.0.lock().unwrap().committed.iter().map(|(_, moment)| *moment).collect();
        longest_joined(committed, GRACE, from, to)
    }
}

/// Writes to a node for as long as it leads.
async fn write(node: usize, address: &str, seen: &Mutex<Seen>) -> Option<()> {
    let client = timeout(Duration::from_secs(2), Probe::client(address)).await.ok()??;
    let row = client.query_one("SELECT pg_is_in_recovery()", &[]).await.ok()?;
    if row.get(0) {
        return None;
    }
    seen.lock().unwrap().led.push((node, now()));
    loop {
        client.batch_execute("INSERT INTO probe VALUES (clock_timestamp())").await.ok()?;
        seen.lock().unwrap().committed.push((node, now()));
        sleep(EVERY).await;
    }
}
