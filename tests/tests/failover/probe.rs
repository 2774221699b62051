use std::{
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use handfast_postgres::tokio_postgres::{Client, NoTls, SimpleQueryMessage, connect};
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use crate::times::{Moment, now};

/// Longer than Patroni ever takes.
const LIMIT: Duration = Duration::from_secs(120);

/// Asks nodes by themselves, without the store.
pub(crate) struct Probe(Runtime);

impl Probe {
    pub(crate) fn new() -> Self {
        Probe(Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap())
    }

    async fn client(address: &str) -> Option<Client> {
        let (client, connection) = connect(address, NoTls).await.ok()?;
        tokio::spawn(connection);
        Some(client)
    }

    /// Makes what it writes.
    pub(crate) fn prepare(&self, address: &str) {
        let made =
            async { Self::client(address).await?.batch_execute("CREATE TABLE probe (at timestamptz)").await.ok() };
        self.0.block_on(made).expect("a primary");
    }

    /// The moments at which one of the nodes leads, and at which it has committed something: asked every few
    /// milliseconds.
    pub(crate) fn wait_until_written(&self, nodes: &[String]) -> (Moment, Moment) {
        let (written, heard) = channel();
        let asked: Vec<_> = nodes.iter().map(|node| self.0.spawn(Self::write(node.clone(), written.clone()))).collect();
        let moments = heard.recv_timeout(LIMIT);
        asked.iter().for_each(|asked| asked.abort());
        moments.expect("another node that takes writes")
    }

    async fn write(node: String, written: Sender<(Moment, Moment)>) {
        let mut led = None;
        while Self::has_written(&node, &mut led).await.is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let now = now();
        let _ = written.send((led.unwrap_or(now), now));
    }

    async fn has_written(node: &str, led: &mut Option<Moment>) -> Option<()> {
        let client = Self::client(node).await?;
        let row = client.query_one("SELECT pg_is_in_recovery()", &[]).await.ok()?;
        if row.get(0) {
            return None;
        }
        led.get_or_insert(now());
        client.batch_execute("INSERT INTO probe VALUES (clock_timestamp())").await.ok()
    }

    /// The rows of a question, as text.
    pub(crate) fn rows(&self, address: &str, sql: &str) -> Vec<Vec<String>> {
        let asked = async { Self::client(address).await.expect("a node").simple_query(sql).await.unwrap() };
        let messages = self.0.block_on(async { timeout(LIMIT, asked).await.expect("an answer") });
        let row = |message| match message {
            SimpleQueryMessage::Row(row) => {
                Some((0..row.len()).map(|at| row.get(at).unwrap_or_default().to_owned()).collect())
            }
            _ => None,
        };
        messages.into_iter().filter_map(row).collect()
    }
}
