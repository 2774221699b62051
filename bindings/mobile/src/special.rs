//! The operations that call back.

use std::sync::{Arc, Mutex, PoisonError};

use blocking::unblock;
use futures_lite::future::block_on;
use handfast_contract::{
    Actor, BulkDecision, BulkRow, Category, Code, Delivery, Failure, Message, Rejection, mobile::HandfastError,
};

use crate::{
    callback::{HostFailure, Mailer, Progress},
    groups::{Mails, Requests},
};

#[uniffi::export]
impl Mails {
    /// Hands mails that are due to `mailer`, at most `limit` of them. Many workers may deliver at once. What is not
    /// taken is tried again later, and given up after twelve tries (`mail_attempts`); what the mailer said is in
    /// `failures`. No lock is held while the mailer is called: it may call handfast.
    pub async fn deliver(&self, mailer: Arc<dyn Mailer>, limit: u32) -> Result<Delivery, HandfastError> {
        let handle = self.0.clone();
        let send = move |message: Message| block_on(mailer.send(message)).map_err(Rejection::from);
        Ok(unblock(move || handle.mails().deliver(&send, limit)).await?)
    }
}

#[uniffi::export]
impl Requests {
    /// Decides many requests, each on its own: what one is refused for does not touch the others. Repeated under the
    /// same `key`, it changes nothing and gives the first answer, row by row; a call that was cut short goes on where
    /// it stopped. `progress` hears after every row how many are done; when it throws, the rest is decided all the
    /// same, and the call ends with `internal` and what it said.
    #[uniffi::method(default(progress = None))]
    pub async fn decide_many(
        &self,
        actor: Actor,
        key: String,
        decisions: BulkDecision,
        progress: Option<Arc<dyn Progress>>,
    ) -> Result<Vec<BulkRow>, HandfastError> {
        let handle = self.0.clone();
        let decide = move || {
            let thrown = Mutex::new(None);
            let tell = |done, total| {
                let told = progress.as_ref().map_or(Ok(()), |progress| block_on(progress.advanced(done, total)));
                if let Err(failure) = told {
                    thrown.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
                }
            };
            let rows = handle.requests().decide_many(actor, key, decisions, &tell)?;
            match thrown.into_inner().unwrap_or_else(PoisonError::into_inner) {
                None => Ok(rows),
                Some(failure) => Err(progress_failed(&failure)),
            }
        };
        Ok(unblock(decide).await?)
    }
}

fn progress_failed(failure: &HostFailure) -> Failure {
    Failure {
        code: Code::Internal,
        category: Category::Internal,
        retryable: false,
        message: format!("all is decided, but `progress` failed: {failure}"),
        faults: Vec::new(),
        retry_after: None,
    }
}
