//! The PostgreSQL of the tests: one server for all of them, which ends with this program.

use handfast_postgres_server::{
    SHARED, Safety, Server, WITHOUT, WITHOUT_PATRONI, WITHOUT_POOLER, missing, missing_patroni, missing_pooler,
};

use crate::steps::Missing;

/// The server that the tests share, if there is a PostgreSQL, and what is left out.
pub(crate) struct Postgres {
    server: Option<Server>,
    left_out: Vec<(&'static str, &'static str)>,
}

impl Postgres {
    /// Starts it; fails where it is missing and must not be. Its pooler may be, and what makes a
    /// cluster of several: those are nobody's daily tools.
    pub(crate) fn start(when: Missing) -> Result<Self, String> {
        let parts = [(WITHOUT, missing()), (WITHOUT_POOLER, missing_pooler()), (WITHOUT_PATRONI, missing_patroni())];
        let left_out: Vec<_> = parts.into_iter().filter_map(|(name, what)| Some((name, what?))).collect();
        if let (Missing::Fail, Some(what)) = (when, missing()) {
            return Err(format!("PostgreSQL cannot be tested: {what}"));
        }
        let server = missing().is_none().then(|| Server::start(Safety::Fast));
        Ok(Postgres { server, left_out })
    }

    /// What tells the tests.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let shared = self.server.iter().map(|server| (SHARED, server.address()));
        shared.chain(self.left_out.iter().map(|(name, _)| (*name, "1".to_owned()))).collect()
    }

    /// Says what was left out.
    pub(crate) fn tell(&self) {
        for (_, what) in &self.left_out {
            println!("some of PostgreSQL was skipped: {what}");
        }
    }
}
