//! The hosts of an address: the one that takes writes is found, whatever the others do.
//!
//! A host that is down refuses at once. One that is off, cut off or frozen says nothing, so the next one is not kept
//! waiting for it: they are asked side by side.

use std::{
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use tokio::{task::JoinSet, time::timeout};
use tokio_postgres::{
    Client, Config,
    config::{Host, LoadBalanceHosts, TargetSessionAttrs},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::failure::Failure;

/// What a host has to itself before the next one is asked beside it (RFC 8305 recommends as much).
const HEAD_START: Duration = Duration::from_millis(250);

/// A host that has said nothing for so long is given up, unless the address says otherwise.
pub(crate) const LIMIT: Duration = Duration::from_secs(5);

pub(crate) struct Hosts {
    each: Vec<Config>,
    tls: MakeRustlsConnect,
    /// What a connection is told first.
    greeting: Option<String>,
    limit: Duration,
    /// The one that was of use last.
    last: AtomicUsize,
}

impl Hosts {
    pub(crate) fn new(config: &Config, tls: MakeRustlsConnect, greeting: Option<String>) -> Self {
        let count = config.get_hosts().len().max(config.get_hostaddrs().len());
        let each = (0..count).map(|at| alone(config, at)).collect();
        let limit = config.get_connect_timeout().copied().unwrap_or(LIMIT);
        Hosts { each, tls, greeting, limit, last: AtomicUsize::new(0) }
    }

    /// A connection to the first host that is of use. Errors: of what waiting may mend, before what it does not.
    pub(crate) async fn connect(&self) -> Result<Client, Failure> {
        let (mut asked, mut next) = (JoinSet::new(), self.order().into_iter());
        let mut failed = None;
        loop {
            if let Some((at, config)) = next.next() {
                let greeted = greeted(config.clone(), self.tls.clone(), self.greeting.clone());
                let limit = self.limit;
                asked.spawn(async move { (at, timeout(limit, greeted).await.unwrap_or(Err(Failure::Lost))) });
            }
            let is_last = next.len() == 0;
            let answer = match timeout(HEAD_START, asked.join_next()).await {
                Ok(answer) => answer,
                Err(_) if is_last => asked.join_next().await,
                Err(_) => continue,
            };
            let failure = match answer {
                Some(Ok((at, Ok(client)))) => {
                    self.last.store(at, Relaxed);
                    return Ok(client);
                }
                Some(Ok((_, Err(failure)))) => failure,
                Some(Err(_)) => Failure::Misuse,
                None if is_last => return Err(failed.unwrap_or(Failure::Lost)),
                None => continue,
            };
            failed = failed.filter(|failed: &Failure| failed.is_outage()).or(Some(failure));
        }
    }

    /// In which order they are asked. Where only one takes writes, it is most often the one that did last.
    fn order(&self) -> Vec<(usize, &Config)> {
        let mut order: Vec<_> = self.each.iter().enumerate().collect();
        match self.each.first() {
            Some(config) if config.get_load_balance_hosts() == LoadBalanceHosts::Random => {
                fastrand::shuffle(&mut order)
            }
            Some(config) if config.get_target_session_attrs() == TargetSessionAttrs::ReadWrite => {
                let last = self.last.load(Relaxed);
                order.sort_by_key(|(at, _)| *at != last);
            }
            _ => {}
        }
        order
    }
}

async fn greeted(config: Config, tls: MakeRustlsConnect, greeting: Option<String>) -> Result<Client, Failure> {
    let (client, connection) = config.connect(tls).await.map_err(|error| Failure::of_connecting(&error))?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(failure = ?Failure::from(error), "a connection to PostgreSQL ended");
        }
    });
    if let Some(greeting) = &greeting {
        client.batch_execute(greeting).await?;
    }
    Ok(client)
}

/// What is said of all hosts, for one of them.
fn alone(all: &Config, at: usize) -> Config {
    let mut config = Config::new();
    match all.get_hosts().get(at) {
        Some(Host::Tcp(name)) => _ = config.host(name),
        #[cfg(unix)]
        Some(Host::Unix(path)) => _ = config.host_path(path),
        None => {}
    }
    all.get_hostaddrs().get(at).map(|address| config.hostaddr(*address));
    all.get_ports().get(at).or(all.get_ports().first()).map(|port| config.port(*port));
    all.get_user().map(|user| config.user(user));
    all.get_password().map(|password| config.password(password));
    all.get_dbname().map(|name| config.dbname(name));
    all.get_options().map(|options| config.options(options));
    all.get_application_name().map(|name| config.application_name(name));
    all.get_connect_timeout().map(|limit| config.connect_timeout(*limit));
    all.get_tcp_user_timeout().map(|limit| config.tcp_user_timeout(*limit));
    all.get_keepalives_interval().map(|interval| config.keepalives_interval(interval));
    all.get_keepalives_retries().map(|retries| config.keepalives_retries(retries));
    config
        .keepalives(all.get_keepalives())
        .keepalives_idle(all.get_keepalives_idle())
        .ssl_mode(all.get_ssl_mode())
        .ssl_negotiation(all.get_ssl_negotiation())
        .target_session_attrs(all.get_target_session_attrs())
        .channel_binding(all.get_channel_binding())
        .load_balance_hosts(all.get_load_balance_hosts());
    config
}

#[cfg(test)]
#[path = "hosts_tests.rs"]
mod tests;
