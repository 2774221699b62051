//! The connections: opened when needed, kept when idle, and never more than are allowed.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tokio_postgres::{Client, Config, Row};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{
    failure::Failure,
    hosts::Hosts,
    options::{Options, Pooler},
    shared::greeting,
    wire::{self, Ask, At, Frame, Prepared},
};

/// After this a connection is replaced: the load then spreads over servers that were added.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

pub(crate) struct Pool {
    hosts: Hosts,
    tls: MakeRustlsConnect,
    pooler: Pooler,
    wait: Duration,
    limit: Duration,
    idle: Mutex<Vec<Session>>,
    places: Arc<Semaphore>,
}

/// A connection, and the statements it has prepared.
pub(crate) struct Session {
    client: Client,
    prepared: Prepared,
    opened: Instant,
    /// Whether answers are outstanding: such a connection is not used again.
    is_busy: bool,
}

impl Pool {
    pub(crate) fn new(config: &Config, tls: MakeRustlsConnect, options: &Options) -> Self {
        Pool {
            hosts: Hosts::new(config, tls.clone(), greeting(options.statement_timeout, options.pooler)),
            tls,
            pooler: options.pooler,
            wait: options.connection_wait,
            // the server gives up first, and says so
            limit: options.statement_timeout + Duration::from_secs(2),
            idle: Mutex::default(),
            places: Arc::new(Semaphore::new(options.connections)),
        }
    }

    /// A connection that nobody else uses meanwhile.
    pub(crate) async fn take(self: &Arc<Self>) -> Result<Lent, Failure> {
        let place = timeout(self.wait, Arc::clone(&self.places).acquire_owned()).await;
        let place = place.map_err(|_| Failure::Crowded)?.map_err(|_| Failure::Misuse)?;
        let session = match self.idle() {
            Some(session) => session,
            None => self.connect().await?,
        };
        Ok(Lent { session: Some(session), of: Arc::clone(self), _place: place })
    }

    /// Whether a connection keeps the statements that it has prepared.
    pub(crate) fn keeps_statements(&self) -> bool {
        self.pooler == Pooler::Session
    }

    fn idle(&self) -> Option<Session> {
        let mut idle = self.locked();
        while let Some(session) = idle.pop() {
            if session.is_of_use() {
                return Some(session);
            }
        }
        None
    }

    /// Closes what is idle: the server it leads to is no longer the one.
    pub(crate) fn forget_idle(&self) {
        self.locked().clear();
    }

    async fn connect(&self) -> Result<Session, Failure> {
        let client = self.hosts.connect().await?;
        Ok(Session { client, prepared: Prepared::default(), opened: Instant::now(), is_busy: false })
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Session>> {
        // a panic elsewhere leaves nothing half done behind this lock
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    fn is_of_use(&self) -> bool {
        !self.is_busy && !self.client.is_closed() && self.opened.elapsed() < LIFETIME
    }
}

/// A connection lent out; dropped, it comes back if it is still of use.
pub(crate) struct Lent {
    session: Option<Session>,
    of: Arc<Pool>,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    /// The connection itself.
    pub(crate) fn client(&self) -> Result<&Client, Failure> {
        self.session.as_ref().map(|session| &session.client).ok_or(Failure::Misuse)
    }

    /// Sends statements, prepared where that is of use.
    pub(crate) async fn send(&mut self, frame: Option<Frame<'_>>, asks: &[Ask<'_>]) -> Answered {
        let Some(session) = &mut self.session else { return Err((At::Begin, Failure::Misuse)) };
        session.is_busy = true;
        let sent = async {
            if self.of.pooler == Pooler::Session {
                session.prepared.prepare(&session.client, asks).await.map_err(|failure| (At::Begin, failure))?;
            }
            wire::send(&session.client, &session.prepared, frame, asks).await
        };
        let answered = timeout(self.of.limit, sent).await;
        self.settle(answered)
    }

    fn settle(&mut self, answered: Result<Answered, tokio::time::error::Elapsed>) -> Answered {
        match answered {
            Ok(answered) => {
                if let Some(session) = &mut self.session {
                    session.is_busy = false;
                }
                answered
            }
            Err(_) => {
                self.cancel();
                Err((At::End, Failure::Silent))
            }
        }
    }

    /// Tells the server, without waiting, that nobody waits for an answer any more.
    fn cancel(&self) {
        if let Some(session) = &self.session {
            let (token, tls) = (session.client.cancel_token(), self.of.tls.clone());
            tokio::spawn(async move {
                // who is not reached needs not be told
                let _ = timeout(Duration::from_secs(5), token.cancel_query(tls)).await;
            });
        }
    }
}

/// The rows of each statement, or where and why it failed first.
pub(crate) type Answered = Result<Vec<Vec<Row>>, (At, Failure)>;

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(session) = self.session.take().filter(Session::is_of_use) {
            self.of.locked().push(session);
        }
    }
}
