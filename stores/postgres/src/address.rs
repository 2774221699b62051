//! `postgres://` addresses: the driver's own parameters, and ours.

use std::time::Duration;

use handfast::{Code, Error, Result};
use tokio_postgres::{
    Config,
    config::{Host, SslMode, TargetSessionAttrs},
};

use crate::{
    hosts,
    options::{Options, Pooler},
};

/// PostgreSQL cuts longer names.
const LONGEST_NAME: usize = 63;

/// A host that does not confirm for so long that it has received something is gone. One that is only slow to answer
/// confirms at once.
const VANISHED: Duration = Duration::from_secs(10);

/// Reads an address. Errors: `not_a_database`, without what it says, which may be a password.
pub(crate) fn read(url: &str, mut options: Options) -> Result<(Config, Options)> {
    if !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Err(refused("does not begin with `postgres://`"));
    }
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut rest = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        if let Some(theirs) = own(pair, &mut options)? {
            rest.push(theirs);
        }
    }
    let chosen = |name: &str| rest.iter().any(|pair| pair.split('=').next() == Some(name));
    let (is_tls_chosen, is_target_chosen) = (chosen("sslmode"), chosen("target_session_attrs"));
    let joined = if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) };
    let mut config: Config = joined.parse().map_err(|_| refused("cannot be read"))?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(refused("names no host"));
    }
    if !is_tls_chosen {
        let near =
            config.get_hosts().iter().all(is_near) && config.get_hostaddrs().iter().all(|host| host.is_loopback());
        config.ssl_mode(if near { SslMode::Disable } else { SslMode::Require });
    }
    if !is_target_chosen {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    if config.get_application_name().is_none() {
        config.application_name("handfast");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(hosts::LIMIT);
    }
    // a host that vanishes without a word is noticed by the system, also while nobody waits for it, and sooner than
    // another one takes over
    if !chosen("keepalives_idle") {
        config.keepalives_idle(Duration::from_secs(5));
    }
    if !chosen("keepalives_interval") {
        config.keepalives_interval(Duration::from_secs(2));
    }
    if !chosen("keepalives_retries") {
        config.keepalives_retries(3);
    }
    if !chosen("tcp_user_timeout") {
        config.tcp_user_timeout(VANISHED);
    }
    if options.schema.is_empty() || options.schema.len() > LONGEST_NAME || options.schema.contains('\0') {
        return Err(refused("has a `schema` that is not of 1 to 63 bytes"));
    }
    Ok((config, options))
}

fn refused(why: &str) -> Error {
    Error::because(Code::NotADatabase, format!("`url` {why}"))
}

/// Takes one of our parameters; gives back one of the driver's.
fn own(pair: &str, options: &mut Options) -> Result<Option<String>> {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    match name {
        "schema" => options.schema = decoded(value).ok_or_else(|| refused("has a `schema` that is no text"))?,
        "connections" => {
            let most = value.parse().ok().filter(|most| (1..=10_000).contains(most));
            options.connections = most.ok_or_else(|| refused("has `connections` that are not 1 to 10000"))?;
        }
        "pooler" => {
            options.pooler = match value {
                "session" => Pooler::Session,
                "transaction" => Pooler::Transaction,
                _ => return Err(refused("has a `pooler` that is neither `session` nor `transaction`")),
            }
        }
        "statement_timeout" => options.statement_timeout = seconds(name, value)?,
        "connection_wait" => options.connection_wait = seconds(name, value)?,
        "patience" => options.patience = seconds(name, value)?,
        "sslrootcert" => {
            let file = decoded(value).ok_or_else(|| refused("has an `sslrootcert` that is no text"))?;
            options.authority = Some(file.into());
        }
        // certificates are always checked, so these say no more than `require`
        "sslmode" if matches!(value, "verify-full" | "verify-ca") => return Ok(Some("sslmode=require".to_owned())),
        _ => return Ok(Some(pair.to_owned())),
    }
    Ok(None)
}

fn seconds(name: &str, value: &str) -> Result<Duration> {
    let seconds = value.parse().ok().filter(|seconds| (0.001..=86_400.0).contains(seconds));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| refused(&format!("has a `{name}` that is not 0.001 to 86400 seconds")))
}

/// Whether nothing on the way can read along: a socket of this machine, or its own address.
fn is_near(host: &Host) -> bool {
    match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
    }
}

/// Percent-decoded text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            plain => plain,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
