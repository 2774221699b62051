//! What calls back: the mailer, and who hears of progress.

use std::sync::{Arc, Mutex, PoisonError};

use blocking::unblock;
use futures_lite::future::block_on;
use handfast_contract::{Category, Code, Delivery, Failure, Message, Rejection, mobile::HandfastError};

use crate::{
    callback::{HostFailure, Mailer, Progress},
    groups::Mails,
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

/// Does a call on many rows, and tells how far it has come; what a listener throws ends it once all is done.
pub(crate) fn telling<T>(
    progress: Option<Arc<dyn Progress>>,
    work: impl FnOnce(&dyn Fn(u32, u32)) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let thrown = Mutex::new(None);
    let tell = |done, total| {
        let told = progress.as_ref().map_or(Ok(()), |progress| block_on(progress.advanced(done, total)));
        if let Err(failure) = told {
            thrown.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
        }
    };
    let done = work(&tell)?;
    match thrown.into_inner().unwrap_or_else(PoisonError::into_inner) {
        None => Ok(done),
        Some(failure) => Err(progress_failed(&failure)),
    }
}

fn progress_failed(failure: &HostFailure) -> Failure {
    Failure {
        code: Code::Internal,
        category: Category::Internal,
        retryable: false,
        message: format!("all is done, but `progress` failed: {failure}"),
        faults: Vec::new(),
        retry_after: None,
    }
}
