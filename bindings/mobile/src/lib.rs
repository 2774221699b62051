//! handfast for Kotlin and Swift: the table of operations as objects with asynchronous methods.
//!
//! Every call does its work on a thread of its own, so that no host's main thread and no coroutine's thread waits.

mod callback;
mod clock;
mod groups;
mod open;
mod special;

pub use callback::{Clock, HostFailure, Logger, MailRejection, Mailer, Progress};
pub use clock::ManualClock;
pub use groups::*;
pub use open::Handfast;

uniffi::setup_scaffolding!();
