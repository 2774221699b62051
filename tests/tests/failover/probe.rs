use std::time::Duration;

use handfast_postgres::tokio_postgres::{Client, NoTls, SimpleQueryMessage, connect};
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

/// Longer than an answer ever takes.
const LIMIT: Duration = Duration::from_secs(60);

/// Asks nodes by themselves, without the store.
pub(crate) struct Probe(pub(crate) Runtime);

impl Probe {
    pub(crate) fn new() -> Self {
        Probe(Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap())
    }

    pub(crate) async fn client(address: &str) -> Option<Client> {
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
