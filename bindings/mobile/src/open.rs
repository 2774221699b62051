use std::sync::Arc;

use blocking::unblock;
use handfast_contract::{Copied, Handle, Settings, mobile::HandfastError};

use crate::{
    callback::{Clock, HostClock, HostLogger, Logger, Progress},
    special::telling,
};

/// The library, open on a store.
#[derive(uniffi::Object)]
pub struct Handfast(Arc<Handle>);

impl Handfast {
    pub(crate) fn handle(&self) -> Arc<Handle> {
        self.0.clone()
    }
}

#[uniffi::export]
impl Handfast {
    /// Opens the library on `memory:`, on the SQLite file `sqlite:shop.db`, on the SQLite file of that path, or on the
    /// PostgreSQL database at `postgres://user@host/shop`, which needs a `root_key`. A file is made when there is none.
    /// `clock` and `logger` may be the host's own.
    #[uniffi::constructor(default(settings = None, clock = None, logger = None))]
    pub async fn open(
        url: String,
        settings: Option<Settings>,
        clock: Option<Arc<dyn Clock>>,
        logger: Option<Arc<dyn Logger>>,
    ) -> Result<Arc<Self>, HandfastError> {
        let logger = logger.map(|logger| Arc::new(HostLogger(logger)) as _);
        let (settings, clock) = (settings.unwrap_or_default(), clock.map(HostClock));
        let handle = unblock(move || Handle::open_with(&url, settings, clock, logger)).await?;
        Ok(Arc::new(Handfast(Arc::new(handle))))
    }

    /// Copies all that the library holds to another database: a file, or `postgres://user@host/shop`. It must be empty or
    /// an earlier copy, of which what differs is written, so a copy that was cut short is called again. The library may be
    /// used meanwhile, the other database by nobody.
    ///
    /// With `live`, while others write, nothing is verified. Once they have stopped, call it again without: both databases
    /// are compared in the end, row by row. Open the copy with the same root key: it is in neither database.
    ///
    /// `progress` hears how many rows are done, of how many; until the verification begins, of as many as were read.
    #[uniffi::method(default(live = false, progress = None))]
    pub async fn copy_to(
        &self,
        url: String,
        live: bool,
        progress: Option<Arc<dyn Progress>>,
    ) -> Result<Copied, HandfastError> {
        let handle = self.handle();
        Ok(unblock(move || telling(progress, |tell| handle.copy_to(&url, live, tell))).await?)
    }

    /// Ends it: calls that are under way finish, later ones are refused with `closed`. Closing twice does nothing.
    pub fn close(&self) {
        self.0.close();
    }

    /// Panics inside a call, for a host that wants to see that it survives: always `internal`.
    pub async fn provoke_panic(&self) -> Result<(), HandfastError> {
        let handle = self.handle();
        Ok(unblock(move || handle.provoke_panic()).await?)
    }
}
