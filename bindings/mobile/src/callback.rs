//! What a host writes and the library calls.

use std::{panic::resume_unwind, sync::Arc};

use handfast_contract::{LogRecord, Message, Permanence, Rejection, Timestamp};

/// Sends mails.
#[uniffi::export(foreign)]
#[async_trait::async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one mail. To be tried again later is what everything thrown says but a permanent rejection.
    async fn send(&self, message: Message) -> Result<(), MailRejection>;
}

/// Thrown by a mailer that does not take a mail.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum MailRejection {
    /// Try again later.
    Temporary {
        /// Why.
        reason: String,
    },
    /// Never try again.
    Permanent {
        /// Why.
        reason: String,
    },
}

impl std::fmt::Display for MailRejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (MailRejection::Temporary { reason } | MailRejection::Permanent { reason }) = self;
        f.write_str(reason)
    }
}

impl std::error::Error for MailRejection {}

/// Whatever else a mailer throws is worth another try.
impl From<uniffi::UnexpectedUniFFICallbackError> for MailRejection {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        MailRejection::Temporary { reason: error.reason }
    }
}

impl From<MailRejection> for Rejection {
    fn from(rejection: MailRejection) -> Self {
        let (reason, permanence) = match rejection {
            MailRejection::Temporary { reason } => (reason, Permanence::Temporary),
            MailRejection::Permanent { reason } => (reason, Permanence::Permanent),
        };
        Rejection { reason, permanence }
    }
}

/// Hears how far a long call has come.
#[uniffi::export(foreign)]
#[async_trait::async_trait]
pub trait Progress: Send + Sync {
    /// So many are done, of so many.
    async fn advanced(&self, done: u32, total: u32) -> Result<(), HostFailure>;
}

/// Hears what the library says. It may be called from any thread, many at once; what it throws is ignored.
#[uniffi::export(foreign)]
pub trait Logger: Send + Sync {
    /// One line.
    fn log(&self, record: LogRecord) -> Result<(), HostFailure>;
}

/// Tells the time. A call whose clock throws ends with `internal`.
#[uniffi::export(rust, foreign)]
pub trait Clock: Send + Sync {
    /// What time it is. A clock that goes back is not believed.
    fn now(&self) -> Result<Timestamp, HostFailure>;
}

/// What a logger, a clock or a listener to progress throws.
#[derive(Clone, Debug, uniffi::Error)]
pub enum HostFailure {
    /// It failed.
    Failed {
        /// Why.
        reason: String,
    },
}

impl std::fmt::Display for HostFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let HostFailure::Failed { reason } = self;
        f.write_str(reason)
    }
}

impl std::error::Error for HostFailure {}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostFailure {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        HostFailure::Failed { reason: error.reason }
    }
}

/// The host's logger, whose failures change nothing.
pub(crate) struct HostLogger(pub(crate) Arc<dyn Logger>);

impl handfast_contract::Logger for HostLogger {
    fn log(&self, record: LogRecord) {
        let _ = self.0.log(record);
    }
}

/// The host's clock.
pub(crate) struct HostClock(pub(crate) Arc<dyn Clock>);

impl handfast::Clock for HostClock {
    fn now(&self) -> handfast::Timestamp {
        match self.0.now() {
            Ok(Timestamp(millis)) => handfast::Timestamp::from_millis(millis),
            // there is no time to go on with: the call under way ends, and says so
            Err(failure) => resume_unwind(Box::new(format!("the clock failed: {failure}"))),
        }
    }
}
