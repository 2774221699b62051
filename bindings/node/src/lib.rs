//! handfast for Node: the native half of the package. The other half, in `../lib`, gives it its face.
//!
//! Every operation goes through one of two doors, [`NodeHandle::call`] and [`NodeHandle::call_sync`], by its name. What
//! comes of a call, the mails for a mailer, progress and the lines of the log go the other way through one function of
//! JavaScript, in the order in which they happened.
#![deny(unsafe_code)]

mod callback;
mod clock;
mod handle;
mod news;
mod operations;
mod thrown;
