//! Faults that others had with addresses, invitations, second factors and sessions, each tried here; named after what
//! is known of them by.

mod addresses;
mod endings;
mod factors;
mod invitations;
mod tries;
